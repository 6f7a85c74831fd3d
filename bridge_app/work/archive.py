"""What is asked about archiving campaigns: the preview, the carrying out, and the taking back.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bridge_app.domain.archive_plan import (
    BLOCKERS,
    EARLIEST,
    LATEST,
    ArchiveMember,
    ArchivePlan,
    ArchiveWish,
    Campaign,
    plan_archive,
)
from bridge_app.domain.assets import Asset, AssetId, CloudCopy
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError, NotFoundError
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import (
    RENDITIONS_SUFFIX,
    ContainerKind,
    ShelterAsset,
    ShelterContainer,
    shelter_library,
)
from bridge_app.libraries.errors import disk_trouble
from bridge_app.storage.archives import ArchiveRecord, Archives, ArchiveState, StepRecord
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.jobs import Jobs, NewJob
from bridge_app.storage.renditions import MadeRenditions
from bridge_app.storage.search import Readers
from bridge_app.storage.write_backs import WriteBacks
from bridge_app.work.archive_jobs import ArchiveJob
from bridge_app.work.jobs import PUSHES
from bridge_app.work.kinds import MAKE
from bridge_app.work.shelter_desk import ShelterDesk

IN_THE_WAY = (*PUSHES, MAKE)
"""Jobs that would publish what is being archived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStores:
    """What the desk reads, and keeps its archives in. `withheld`: is this copy held back?"""

    archives: Archives
    kept: WriteBacks
    made: MadeRenditions
    deliveries: Deliveries
    jobs: Jobs
    readers: Readers
    withheld: Callable[[CloudCopy], bool]


class ArchiveDesk:
    """Every method may be called from any thread, and blocks.

    Args:
        queue: Puts jobs into the ledger; on disk when it returns.
        cancel: Stops jobs, at the latest before their next step.
    """

    def __init__(
        self,
        stores: ArchiveStores,
        shelters: ShelterDesk,
        *,
        queue: Callable[[Sequence[NewJob]], list[int]],
        cancel: Callable[[Sequence[int]], None],
        who: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._shelters = shelters
        self._queue = queue
        self._cancel = cancel
        self._who = who
        self._now = now

    def plan(self, wish: ArchiveWish) -> ArchivePlan:
        """Exactly what archiving a container would do; nothing is changed, nobody is asked.

        Raises NotFoundError for a container that is not known, InvalidInputError.
        """
        _check(wish)
        container = self._shelters.container(wish.account, wish.container)
        folders = self._shelters.folders_of(wish.account, wish.container)
        if container is None or not folders:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The collection"))
        library = shelter_library(wish.account)
        with self._stores.readers.lent() as reader:
            ids = reader.ids(Query(library=library, folder=folders[0]), now=self._now())
            found = reader.assets(ids)
        facts = self._shelters.shelter_assets(ids)
        members = [self._member(one, facts[one.id], folders) for one in found if one.id in facts]
        environments = {copy.environment for one in members for copy in one.copies}
        return plan_archive(
            wish,
            self._campaign(wish.account, container, folders, ids),
            members,
            total=sum(len(self._stores.deliveries.copies(name)) for name in environments),
        )

    def begin(self, plan: ArchivePlan) -> str:
        """Queue what a plan does; on disk on return. Returns the archive's name.

        Raises InvalidInputError for a plan that cannot begin, FileTroubleError if its folder
        cannot be made: nothing is frozen then.
        """
        if plan.blockers:
            raise InvalidInputError(what=plan.campaign.name, detail=BLOCKERS[plan.blockers[0]])
        with disk_trouble(plan.wish.folder):
            Path(plan.wish.folder).mkdir(parents=True, exist_ok=True)
        archive = uuid.uuid4().hex
        self._stores.archives.begin(archive, plan, who=self._who(), at=self._now())
        self._go_on(archive, plan.campaign.name, steps=len(plan.doing), undoes=False)
        return archive

    def go_on(self, archive: str) -> None:
        """Queue the rest of an archive that was stopped or failed. Raises NotFoundError."""
        record = self._record(archive)
        undoes = record.state.is_taken_back
        self._go_on(archive, record.name, steps=len(self.steps(archive)), undoes=undoes)

    def undo(self, archive: str) -> None:
        """Queue the taking back of all that was done; what is not done yet is called off.

        Raises NotFoundError.
        """
        record = self._record(archive)
        self._stores.archives.set_state(archive, ArchiveState.UNDOING, at=self._now())
        self._cancel(self._doing(archive))
        self._go_on(archive, record.name, steps=len(self.steps(archive)), undoes=True)

    def archives(self) -> tuple[ArchiveRecord, ...]:
        """All archives, the newest first."""
        return self._stores.archives.everything()

    def steps(self, archive: str) -> tuple[StepRecord, ...]:
        """How the steps of an archive stand."""
        return self._stores.archives.steps(archive)

    def _go_on(self, archive: str, name: str, *, steps: int, undoes: bool) -> None:
        job = ArchiveJob(archive=archive, name=name, steps=steps, undoes=undoes)
        self._queue([job.new_job(archive)])

    def _doing(self, archive: str) -> list[int]:
        """Its unfinished jobs that archive."""
        jobs = [one for one in self._stores.jobs.batch(archive) if not one.state.is_finished]
        return [one.id for one in jobs if not ArchiveJob.from_params(one.params).undoes]

    def _record(self, archive: str) -> ArchiveRecord:
        found = self._stores.archives.one(archive)
        if found is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The archive"))
        return found

    def _campaign(
        self,
        account: str,
        container: ShelterContainer,
        folders: Sequence[str],
        members: Sequence[AssetId],
    ) -> Campaign:
        unsynced = [one for one in self._shelters.unsynced(account) if _is_inside(one, folders)]
        return Campaign(
            id=container.id,
            name=container.name,
            path=folders[0],
            parents=container.parents,
            is_gallery=container.kind is ContainerKind.GALLERY,
            visibility=container.visibility.value,
            unsynced=len(unsynced),
            unfinished=self._unfinished(frozenset(members)),
        )

    def _member(self, asset: Asset, facts: ShelterAsset, folders: Sequence[str]) -> ArchiveMember:
        copies = self._stores.kept.copies(asset.id)
        held = [one for one in copies if self._stores.withheld(one)]
        return ArchiveMember(
            asset=asset.id,
            media_id=facts.media_id,
            name=facts.file_name,
            bytes=facts.bytes,
            approval=asset.approval,
            archived=asset.restrictions.archived,
            elsewhere=self._is_elsewhere(facts, folders),
            copies=copies,
            withheld=frozenset((one.environment, one.public_id) for one in held),
            renditions=newest(self._stores.made.of_master(asset.id)),
        )

    def _is_elsewhere(self, facts: ShelterAsset, folders: Sequence[str]) -> bool:
        """Does it lie in a gallery that is not part of the campaign, under any of its paths?"""
        for gallery in facts.galleries:
            for path in self._shelters.folders_of(facts.account, gallery):
                if not path.endswith(RENDITIONS_SUFFIX) and not _is_inside(path, folders):
                    return True
        return False

    def _unfinished(self, members: frozenset[AssetId]) -> int:
        jobs = self._stores.jobs
        found = map(jobs.one, jobs.unfinished(*IN_THE_WAY))
        return sum(one is not None and one.asset in members for one in found)


def newest(renditions: Sequence[PublishedRendition]) -> tuple[PublishedRendition, ...]:
    """Of each rendition the last one that was made, in an order that stays."""
    chosen: dict[tuple[str, ...], PublishedRendition] = {}
    for one in sorted(renditions, key=lambda one: (one.version, one.made_at)):
        chosen[one.environment, one.public_id, one.preset, one.market, one.language] = one
    return tuple(chosen[key] for key in sorted(chosen))


def _is_inside(path: str, folders: Sequence[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def _check(wish: ArchiveWish) -> None:
    if not EARLIEST <= wish.year <= LATEST:
        raise InvalidInputError(
            what=str(wish.year), detail=QT_TRANSLATE_NOOP("facts", "it is no year of an archive")
        )
    folder = Path(wish.folder)
    if not folder.is_absolute():
        raise InvalidInputError(
            what=wish.folder, detail=QT_TRANSLATE_NOOP("facts", "the folder's whole path is needed")
        )
    with disk_trouble(folder):
        is_taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if is_taken:
        raise InvalidInputError(
            what=wish.folder, detail=QT_TRANSLATE_NOOP("facts", "there is something in it already")
        )
