"""Gives a whole folder at Cloudinary another place: asked first, done once, and told the mirror.

A folder has no identity that could be read: whether an earlier run got through is told by the old
place being gone and the new one being there. Where folders are fixed the folder that all was
renamed from goes once that is through; it stays if the service says that anything is left in it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.operations import Operations
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import CloudFolder
from bridge_app.domain.cloud_changes import CloudAction, CloudChange
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.folder_changes import FolderPlace
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.storage.cloud_mirror import CloudMirror, Vouchers
from bridge_app.storage.deliveries import Deliveries
from bridge_app.work.cloud_jobs import changes_of
from bridge_app.work.context import Context
from bridge_app.work.events import Event
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting

AT_ONCE = 500
"""Mirrored assets that are written together."""
LOOK_AGAIN_S = 1.0
"""How soon to see whether all was renamed."""


class FolderGoneError(BridgeError):
    """The folder is not there any more."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The folder {name} is not at {service} any more. Nothing was changed there."
    )


class FolderTakenError(BridgeError):
    """Another folder lies where it was to go."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "There is a folder {name} at {service} already. Nothing was changed there: choose another "
        "name.",
    )


class FolderMover:
    """Carries out one change of a folder; any thread.

    `look_again` is told an environment whose folders are not what the mirror says; `is_open` says
    of a batch whether any job but this one is on its way.
    """

    def __init__(
        self,
        mirror: CloudMirror,
        deliveries: Deliveries,
        *,
        emit: Callable[[Event], None],
        look_again: Callable[[str], None],
        is_open: Callable[[str, int], bool],
    ) -> None:
        self._mirror = mirror
        self._deliveries = deliveries
        self._emit = emit
        self._look_again = look_again
        self._is_open = is_open

    def __call__(self, operations: Operations, job: JobRecord, context: Context) -> Outcome:
        """Move the folder, or have it go. Raises what the service's answers raise."""
        (change,) = changes_of(job.params)
        if change.action is CloudAction.FOLDER:
            return self._move(operations, change)
        if self._is_open(job.batch, job.id):
            until = context.now() + timedelta(seconds=LOOK_AGAIN_S)
            return Waiting(reason=WaitingFor.ARRIVAL, until=until)
        gone = not operations.has_folder(change.before) or operations.leave_folder(
            change.before, change.value
        )
        self._look_again(change.environment)
        return Done(result={"gone": gone})

    def _move(self, operations: Operations, change: CloudChange) -> Outcome:
        """Unless it is there already."""
        source = FolderPlace(environment=change.environment, path=change.before)
        was_there = operations.has_folder(change.before)
        arrived = operations.has_folder(change.value)
        if not (was_there and not arrived):
            self._look_again(change.environment)
            if was_there:
                return Failed(error=FolderTakenError(name=change.value, service=SERVICE))
            if not arrived:
                return Failed(error=FolderGoneError(name=change.before, service=SERVICE))
            return Done(result={"folder": change.value})
        operations.move_folder(change.before, change.value)
        self._follow(source, change.value)
        return Done(result={"folder": change.value})

    def _follow(self, source: FolderPlace, to: str) -> None:
        """The mirror says the same as the service now, without a call for each asset."""
        environment, cut = source.environment, len(source.path)
        folders = self._mirror.folders(environment)
        self._mirror.put_folders(
            environment,
            [
                CloudFolder(path=to + one.path[cut:], external_id=one.external_id)
                if source.holds(one.path)
                else one
                for one in folders
            ],
        )
        vouchers = Vouchers.of(self._deliveries.copies(environment))
        ids = sorted(self._mirror.in_folder(environment, source.path))
        for start in range(0, len(ids), AT_ONCE):
            known = self._mirror.assets(environment, ids[start : start + AT_ONCE])
            moved = [
                replace(one, asset_folder=to + one.asset_folder[cut:]) for one in known.values()
            ]
            self._mirror.put_again(environment, moved, vouchers=vouchers)
            self._emit(ChangeSet(assets=frozenset(one.id for one in moved)))
        self._emit(ChangeSet(libraries=True))
