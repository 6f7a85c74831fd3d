"""Opens assets in programs of a person's choice; what comes back from those is noticed."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.shelter import shelter_of
from bridge_app.storage.jobs import NewJob
from bridge_app.work.exchange.edited_files import EditedFile, EditedFiles, Target
from bridge_app.work.exchange.leaving import Handing, LeavingDesk
from bridge_app.work.exchange.programs import Program, Programs, kind_of
from bridge_app.work.exchange.version_gate import VersionGate
from bridge_app.work.version_jobs import VersionJob


class OpeningDesk:
    """Every method blocks and may be called from any thread."""

    def __init__(  # noqa: PLR0913 - each is a part of its own
        self,
        programs: Programs,
        edited: EditedFiles,
        leaving: LeavingDesk,
        versions: VersionGate,
        *,
        needed: Callable[[], frozenset[Path]],
        under_way: Callable[[], Mapping[tuple[str, str], str]],
        queue: Callable[[Sequence[NewJob]], list[int]],
        now: Callable[[], datetime],
    ) -> None:
        self._programs = programs
        self._leaving = leaving
        self._needed = needed
        self._under_way = under_way
        self._queue = queue
        self._now = now
        self.edited = edited
        self.versions = versions

    def programs(self, asset: Asset) -> tuple[Program, ...]:
        """Those that open such a file, the person's own choice first."""
        return self._programs.for_kind(kind_of(asset))

    def open(self, asset: Asset, program: Program) -> EditedFile | None:
        """Open the asset's file. One that lies in a library is opened where it lies.

        Of any other a copy is opened, which is returned. Raises what fetching raises,
        FileHeldBackError and ProgramTroubleError.
        """
        self._leaving.hand_over([asset.id], Handing.OPENED)
        original = self._leaving.original(asset, on_bytes=lambda _: None, cancelled=lambda: False)
        copy = None
        if environment_of(asset.library) is not None or shelter_of(asset.library) is not None:
            target = self.versions.target(asset)
            copy = self.edited.begin(asset, original, self._now(), target)
        self._programs.start(program, copy.file if copy is not None else original)
        return copy

    def settle(self, copies: Sequence[EditedFile]) -> None:
        """What these hold now is being taken into a library."""
        for one in copies:
            self.edited.settle(one, self._now())

    def target(self, asset: Asset) -> Target:
        """Where new versions of a master at a service go.

        Raises InvalidInputError where it takes none.
        """
        found = self.versions.target(asset)
        if not found.service:
            raise InvalidInputError(
                what=asset.name,
                detail=QT_TRANSLATE_NOOP("facts", "its master is a file in a folder here"),
            )
        return found

    def bring(self, asset: Asset, file: Path) -> EditedFile:
        """A copy of a file that is to be the new version of a master; raises as `target`."""
        return self.edited.bring(asset, file, self._now(), self.target(asset))

    def against(self, copy: EditedFile, *, approved: bool = False) -> str:
        """What the gate has against such a version, "" for nothing; as `VersionGate.against`."""
        if not copy.environment:
            return ""
        return self.versions.against(copy.asset, copy.environment, copy.now, approved=approved)

    def make_version(self, copy: EditedFile) -> str:
        """Queue what a copy of a master at a service holds as its new version there: the batch."""
        batch = uuid.uuid4().hex
        wish = VersionJob(
            asset=copy.asset, path=copy.path, sha256=copy.now, environment=copy.environment
        )
        if self._queue([wish.new_job(batch, name=copy.name)]):
            return batch
        return self._under_way().get((copy.path, copy.now), batch)

    def changed(self) -> list[EditedFile]:
        """The copies that other programs changed; old ones that hold nothing new go.

        What is on its way to be a new version is left out.
        """
        self.edited.tidy(self._now(), needed=self._needed())
        under_way = self._under_way()
        return [one for one in self.edited.changed() if (one.path, one.now) not in under_way]
