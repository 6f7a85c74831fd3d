"""Carries out changes of cloud assets: read by ID, see what is left to do, do it, tell the mirror.

Running it again after any crash or lost reply ends in the same world, because every run begins
with a read of the assets by their immutable IDs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.operations import KeptAsset, NoBackupError, Operations
from bridge_app.domain.access_rules import access_rules, widens
from bridge_app.domain.cloud import AccessRule, CloudAsset, FolderMode
from bridge_app.domain.cloud_changes import (
    RELEASING,
    CloudAction,
    CloudChange,
    Standing,
    standing,
)
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    GateRefusalError,
    NoKeyringError,
)
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.work.cloud_jobs import changes_of
from bridge_app.work.context import Context
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting

WHOLE_FOLDERS = frozenset({CloudAction.FOLDER, CloudAction.LEAVE})
NAMED = 5
"""How many names an error tells."""


class MovedOnError(BridgeError):
    """Somebody else changed what was decided on."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} was changed by somebody else since you looked at it. It was left alone: look at "
        "it again, then decide anew.",
    )


class GoneError(BridgeError):
    """The asset is not there any more."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{name} is not at {service} any more. Nothing was changed there."
    )


class Withdrawn(Protocol):
    """What has to be known here of assets that are elsewhere, or nowhere, from now on."""

    def forget_copies(self, environment: str, asset_ids: Iterable[str]) -> None:
        """These delivered copies are gone."""

    def rename_copy(self, environment: str, asset_id: str, public_id: str, url: str) -> None:
        """A delivered copy has another public ID and address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """Reasons of the gate in a sentence, "" for none.

    `content` is asked by SHA-256 and environment, `seeing` of what is there through something (""
    for itself), `version` of the kept one that a change names.
    """

    content: Callable[[str, str], str]
    seeing: Callable[[CloudAsset, str], str]
    version: Callable[[Operations, CloudChange], str]


class CloudChangeHandler:
    """Runs `cloud_change` jobs; one instance serves all lanes.

    Args:
        opened: The operations of an environment; raises BridgeError.
        mode: Where the folders of an environment come from; may ask the service.
        copies: What is known to be delivered.
        folder: Gives a whole folder another place, and has one go that nothing is in any more.
        against: What the gate has against what would be delivered again, or be seen by more people.
        refresh: Told which assets of which environment the mirror has to look at again.
    """

    def __init__(
        self,
        *,
        opened: Callable[[str], Operations],
        mode: Callable[[str], FolderMode],
        copies: Withdrawn,
        folder: Callable[[Operations, JobRecord, Context], Outcome],
        against: Against,
        refresh: Callable[[str, Sequence[str]], None],
    ) -> None:
        self._opened = opened
        self._mode = mode
        self._copies = copies
        self._folder = folder
        self._against = against
        self._refresh = refresh

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Carry out a job's changes, once."""
        changes = changes_of(job.params)
        environment = changes[0].environment
        try:
            operations = self._opened(environment)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        context.report(0, len(changes))
        if changes[0].action in WHOLE_FOLDERS:
            return self._folder(operations, job, context)
        mode = self._mode(environment)
        again = context.attempt > 1
        match changes[0].action:
            case CloudAction.DELETE:
                outcome = self._delete(operations, changes, mode)
            case CloudAction.RESTORE:
                outcome = self._restore(operations, changes, mode, again=again)
            case _:
                outcome = self._change(operations, changes[0], mode, again=again)
        self._refresh(environment, [change.asset_id for change in changes])
        return outcome

    def _delete(
        self, operations: Operations, changes: Sequence[CloudChange], mode: FolderMode
    ) -> Outcome:
        """Delete what still is what a person saw; the rest is left alone and named."""
        there = operations.there([change.asset_id for change in changes], mode)
        state = {
            change.asset_id: standing(change, there.get(change.asset_id), again=True)
            for change in changes
        }
        wanted = [one for one, how in state.items() if how is Standing.OPEN]
        if wanted:
            operations.delete(wanted)
        gone = [one for one, how in state.items() if how is not Standing.MOVED_ON]
        self._copies.forget_copies(operations.environment, gone)
        left = [change.name for change in changes if state[change.asset_id] is Standing.MOVED_ON]
        if left:
            return Failed(error=MovedOnError(name=_names(left)))
        kept = operations.now(gone[0], mode) is not None
        return Done(result={"deleted": len(gone), "backup": kept})

    def _restore(
        self,
        operations: Operations,
        changes: Sequence[CloudChange],
        mode: FolderMode,
        *,
        again: bool,
    ) -> Outcome:
        """Bring back what is not there; a content whose rights have ended stays away."""
        there = operations.there([change.asset_id for change in changes], mode)
        open_ones = [
            change
            for change in changes
            if not _is_back(change, there.get(change.asset_id), again=again)
        ]
        for change in open_ones:
            reasons = self._against_return(operations, change)
            if reasons:
                return Failed(error=GateRefusalError(name=change.name, reasons=reasons))
        without: Iterable[str] = ()
        if open_ones:
            without = operations.restore({one.asset_id: one.value for one in open_ones})
        lost = [change.name for change in open_ones if change.asset_id in without]
        if lost:
            return Failed(error=NoBackupError(service=SERVICE, name=_names(lost), detail=""))
        return Done(result={"restored": len(changes)})

    def _against_return(self, operations: Operations, change: CloudChange) -> str:
        """Of content that did not come from here, nobody here said anything."""
        if not change.sha256:
            return ""
        if change.value:
            return self._against.version(operations, change)
        return self._against.content(change.sha256, change.environment)

    def _change(
        self, operations: Operations, change: CloudChange, mode: FolderMode, *, again: bool
    ) -> Outcome:
        """Everything that is done to one asset alone."""
        kept: KeptAsset | None = operations.now(change.asset_id, mode)
        found = None if kept is None else kept.asset
        how = standing(change, found, again=again)
        if found is None or how is Standing.GONE:
            return Failed(error=GoneError(name=change.name, service=SERVICE))
        if how is Standing.MOVED_ON:
            return Failed(error=MovedOnError(name=change.name))
        reasons = self._against_seeing(change, found)
        if reasons:
            return Failed(error=GateRefusalError(name=change.name, reasons=reasons))
        if change.action is CloudAction.RENAME:
            is_open = how is Standing.OPEN
            url = operations.rename(found, change.value) if is_open else found.url
            self._copies.rename_copy(operations.environment, change.asset_id, change.value, url)
        elif how is Standing.OPEN:
            _carry_out(operations, change, found)
        return Done(result={"asset_id": change.asset_id})

    def _against_seeing(self, change: CloudChange, found: CloudAsset) -> str:
        """Why the gate lets nobody see more of it than they do now; "" if it does."""
        through: Sequence[str] = ()
        if change.action is CloudAction.REFRESH:
            through = change.values
        elif (change.action, change.value) == RELEASING or _widens(change, found):
            through = ("",)
        told = (self._against.seeing(found, one) for one in through)
        return next(filter(None, told), "")


def _carry_out(operations: Operations, change: CloudChange, found: CloudAsset) -> None:
    """The one call that makes it so, about the asset as it is now."""
    acts: Mapping[CloudAction, Callable[[], None]] = {
        CloudAction.MOVE: lambda: operations.move(found, change.value),
        CloudAction.TITLE: lambda: operations.title(found, change.value),
        CloudAction.REFRESH: lambda: operations.refresh(found, change.values),
        CloudAction.RELATE: lambda: operations.relate(found, change.values),
        CloudAction.UNRELATE: lambda: operations.unrelate(found, change.values),
        CloudAction.ACCESS: lambda: operations.set_access(found, _rules(change)),
        CloudAction.MODERATE: lambda: operations.moderate(found, change.value),
    }
    acts[change.action]()


def _widens(change: CloudChange, found: CloudAsset) -> bool:
    access = change.action is CloudAction.ACCESS
    return access and widens(found.access_control, _rules(change))


def _rules(change: CloudChange) -> tuple[AccessRule, ...]:
    return access_rules(change.values)


def _is_back(change: CloudChange, found: CloudAsset | None, *, again: bool) -> bool:
    """Is it there already, in the version that is wanted?"""
    if found is None:
        return False
    return standing(change, found, again=again) is Standing.FULFILLED


def _names(names: Sequence[str]) -> str:
    """A few names, and how many more."""
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return f"{shown} (+{more})" if more > 0 else shown
