"""What is asked about write-backs, and who sees that every change of what is published is told.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.shelters import WriteBackMode
from bridge_app.storage.write_backs import WriteBacks, Written
from bridge_app.work.kinds import WRITE_APPROVAL, WRITE_BACK
from bridge_app.work.shelter_desk import ShelterDesk
from bridge_app.work.write_back_jobs import PUBLISHING, masters_of, new_job
from bridge_app.work.write_back_record import Recorded, Records

REMEMBERED = 500
"""Finished jobs that are looked at after a start: the last one may not have been followed up."""


class WriteBackDesk:
    """Every method may be called from any thread, and blocks.

    Args:
        queue: Puts jobs into the ledger; on disk when it returns.
    """

    def __init__(
        self,
        records: Records,
        kept: WriteBacks,
        shelters: ShelterDesk,
        *,
        jobs: Jobs,
        queue: Callable[[Sequence[NewJob]], list[int]],
        now: Callable[[], datetime],
    ) -> None:
        self._records = records
        self._kept = kept
        self._shelters = shelters
        self._jobs = jobs
        self._queue = queue
        self._now = now

    # What people ask

    def preview(self, assets: Iterable[AssetId]) -> list[Recorded]:
        """The records of those of these that are masters of such a service."""
        found = (self._records.of(asset, self._now()) for asset in dict.fromkeys(assets))
        return [one for one in found if one is not None]

    def written(self, asset: AssetId) -> Written | None:
        """What was recorded of a master, as far as this desktop knows."""
        return self._kept.of_asset(asset)

    def queue(self, assets: Iterable[AssetId]) -> str:
        """Have the records of these masters written, where they are due. Returns the batch."""
        batch = uuid.uuid4().hex
        due = [one for one in self.preview(assets) if one.is_due]
        if due:
            self._queue([new_job(one, batch) for one in due])
        return batch

    def queue_all(self) -> str:
        """The same for every master of which something is or was published."""
        return self.queue(self._kept.concerned())

    def mode(self, account: str, container: str) -> WriteBackMode | None:
        """What was chosen for a container itself; None: as above it."""
        return self._kept.modes(account).get(container)

    def set_mode(self, account: str, container: str, mode: WriteBackMode | None) -> None:
        """Choose how renditions are recorded of what lies in or below a container.

        Raises NotFoundError.
        """
        if self._shelters.container(account, container) is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The collection"))
        self._kept.set_mode(account, container, mode)

    # What follows of itself

    def heard(self, ended: Sequence[tuple[JobRecord, Result]]) -> None:
        """Runs ended, and it is on disk: what they published, withdrew or decided is recorded."""
        if self._shelters.records():
            self._follow([job for job, result in ended if result.state is JobState.DONE])

    def look(self, assets: Iterable[AssetId]) -> None:
        """These are otherwise than before: records that said something else are written anew."""
        known = self._kept.recorded(assets)
        if known:
            self.queue(known)

    def catch_up(self) -> frozenset[AssetId]:
        """After a start: what ended just before the last end is followed up.

        Returns the masters whose records nobody looked at since, and where none has failed.
        """
        if not self._shelters.records():
            return frozenset()
        recent = self._jobs.recent((*PUBLISHING, WRITE_APPROVAL), limit=REMEMBERED)
        self._follow([job for job in recent if job.state is JobState.DONE])
        tried = self._jobs.recent((WRITE_BACK,), limit=REMEMBERED)
        failed = {AssetId(job.asset) for job in tried if job.asset and job.state is JobState.FAILED}
        return self._kept.recorded() - failed

    def _follow(self, jobs: Sequence[JobRecord]) -> None:
        masters = masters_of(jobs, self._kept.placed)
        # A record names the decision, too, and nothing else may be published for a long time.
        masters += [AssetId(job.asset) for job in jobs if job.kind == WRITE_APPROVAL and job.asset]
        own = self._shelters.shelter_assets(masters) if masters else {}
        if own:
            self.queue(own)
