"""Pushes and copies as a whole: queued, run, paused, cancelled, and told of."""

import threading
import time
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from itertools import chain
from random import Random

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError, OfflineError
from bridge_app.domain.jobs import (
    JobProgress,
    JobRecord,
    JobState,
    TransferSummary,
    WaitingFor,
)
from bridge_app.domain.push_plan import PushPlan
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.looks import LOOK
from bridge_app.storage.settings import Settings
from bridge_app.work.connectivity import ConnectivityWatch
from bridge_app.work.dispatcher import Dispatcher, Handler
from bridge_app.work.events import Connectivity, Event, JobTrouble, trouble_of
from bridge_app.work.jobs import (
    EDIT,
    PUSH_REFERENCE,
    PUSHES,
    TAKE_IN,
    WRITE_FILE,
    WRITE_SHELTER,
)
from bridge_app.work.kinds import (
    ARCHIVE,
    CLOUD_CHANGE,
    CONTENTSTACK,
    EXPORT,
    KIT,
    MAKE,
    MODERATE,
    NEW_VERSION,
    RETRACT,
    RETRACT_RENDITION,
    TAG_MASTER,
    TELL_FILE,
    WEBHOOK,
    WRITE_APPROVAL,
    WRITE_BACK,
    WRITE_RIGHTS,
)
from bridge_app.work.reference_jobs import push_jobs
from bridge_app.work.summary import Summariser

TELL_EVERY_S = 0.1
AWAY = OfflineError.__name__
PASSING = (
    RETRACT_RENDITION,
    CLOUD_CHANGE,
    RETRACT,
    WRITE_APPROVAL,
    WRITE_RIGHTS,
    MODERATE,
    WRITE_BACK,
    TAG_MASTER,
    NEW_VERSION,
    TELL_FILE,
    CONTENTSTACK,
)
"""Kinds of job that leave the list when they are done."""
SENT = (*PUSHES, EXPORT, MAKE, KIT)
"""What is cancelled or tried again together."""
FEW = {
    EXPORT: 8,
    MAKE: 8,
    KIT: 2,
    PUSH_REFERENCE: 4,
    TAKE_IN: 8,
    RETRACT: 16,
    RETRACT_RENDITION: 16,
    WRITE_FILE: 16,
    WRITE_SHELTER: 16,
    WRITE_APPROVAL: 4,
    WRITE_RIGHTS: 4,
    WRITE_BACK: 1,
    NEW_VERSION: 1,
    ARCHIVE: 1,
    WEBHOOK: 8,
    CONTENTSTACK: 1,
}
"""Jobs that keep decoders or another service busy, however many are queued, and those that a person
waits for while an upload of hours is queued before them."""
HERE = (TAKE_IN, EXPORT, KIT, WRITE_FILE, TELL_FILE)
"""What needs no network."""
AT_MASTERS = (WRITE_SHELTER, WRITE_APPROVAL, WRITE_RIGHTS, NEW_VERSION, TAG_MASTER)
ELSEWHERE = (*HERE, *AT_MASTERS, WEBHOOK, CONTENTSTACK)
"""What asks nothing of Cloudinary."""


class Transfers:
    """The jobs of the ledger and those who run them; thread-safe."""

    def __init__(
        self,
        jobs: Jobs,
        handlers: Mapping[str, Handler],
        *,
        emit: Callable[[Event], None],
        reachable: Callable[[], bool],
        now: Callable[[], datetime],
        settings: Settings,
    ) -> None:
        self._jobs = jobs
        self._emit = emit
        self._now = now
        self.on_rest: Callable[[], None] = lambda: None
        self.on_recorded: Callable[[list[tuple[JobRecord, Result]]], None] = lambda _: None
        self.paused = settings.paused
        self._summariser = Summariser(jobs, now=now, clock=time.monotonic)
        self._lock = threading.Lock()
        self._in_flight: dict[int, int] = {}
        self._telling = threading.Lock()
        self._is_untold = self._is_being_told = False
        self._told = 0.0
        self._mended_at: datetime | None = None
        self._summary = TransferSummary(paused=settings.paused)
        rng = Random()  # noqa: S311 - jitter
        self._dispatcher = Dispatcher(
            jobs, handlers, self, now=now, rng=rng, few=FEW, elsewhere=ELSEWHERE
        )
        self.connectivity = ConnectivityWatch(
            reachable=reachable,
            on_change=self._connection_changed,
            work_offline=settings.work_offline,
        )

    def start(self) -> None:
        """Go on where the last start ended."""
        self._dispatcher.start()
        self.connectivity.start()
        if self._is_online():
            self._jobs.release((WaitingFor.NETWORK, WaitingFor.ACCOUNT), at=self._now())
        self._hold_unless_online()
        self._tell_summary()

    def add(self, jobs: Sequence[NewJob]) -> list[int]:
        """Queue jobs; on disk when this returns."""
        added = self._jobs.add(jobs, at=self._now())
        self._hold_unless_online()
        self._changed()
        return added

    def nudge(self) -> None:
        """Somebody else has put jobs into the ledger."""
        self._changed()

    def push(self, plan: PushPlan) -> str:
        """Queue what a plan sends; returns the batch."""
        batch = uuid.uuid4().hex
        self.add(push_jobs(plan, batch))
        return batch

    def summary(self) -> TransferSummary:
        """All pushes in one line, as last told."""
        return self._summary

    def recent(self, limit: int) -> list[JobRecord]:
        """Jobs for a list; changes at Cloudinary leave it when they are done."""
        kinds = (*PUSHES, TAKE_IN, EXPORT, MAKE, KIT, ARCHIVE, LOOK, *PASSING)
        return self._jobs.recent(kinds, limit=limit, passing=(LOOK, *PASSING))

    def cancel(self, jobs: Sequence[int] | None) -> None:
        """Cancel these, or all unfinished pushes and renditions.

        A look for what may be delivered is none of anybody's wishes, and stays.
        """
        chosen = self._jobs.unfinished(*SENT) if jobs is None else jobs
        looks = set(self._jobs.unfinished(LOOK))
        self._dispatcher.cancel([one for one in chosen if one not in looks])
        self._changed(self._jobs.edited(chosen))

    def retry(self, jobs: Sequence[int] | None) -> None:
        """Try these again, or all failed pushes and renditions."""
        failed = (self._jobs.in_state(kind, JobState.FAILED) for kind in SENT)
        chosen = list(chain(*failed)) if jobs is None else jobs
        self._jobs.retry(chosen, at=self._now())
        self._changed(self._jobs.edited(chosen))

    def clear_finished(self) -> None:
        """Empty the list of what is finished."""
        told = (WRITE_APPROVAL, WRITE_RIGHTS, MODERATE, WRITE_BACK, TAG_MASTER, TELL_FILE)
        for kind in (*PUSHES, TAKE_IN, EXPORT, MAKE, KIT, ARCHIVE, NEW_VERSION, *told):
            self._jobs.clear_finished(kind)
        for kind in PASSING:
            self._jobs.clear_failed(kind)
        self._changed()

    def set_paused(self, *, paused: bool) -> None:
        """Stop or go on sending."""
        self.paused = paused
        if paused:
            self._dispatcher.put_back(PUSHES)
        self._changed()

    def release(self, reason: WaitingFor) -> None:
        """What jobs waited for is there now."""
        if reason is WaitingFor.ACCOUNT:
            self._mended_at = self._now()
        self._jobs.release((reason,), at=self._now())
        self._changed()

    def close(self, timeout_s: float) -> None:
        """Stop running jobs."""
        self.connectivity.close(timeout_s)
        self._dispatcher.close(timeout_s)

    def may_run(self) -> Collection[str]:
        """The kinds of job that may start now (asked by the dispatcher)."""
        if self.connectivity.state is Connectivity.WORK_OFFLINE:
            return HERE
        if self.connectivity.state is not Connectivity.ONLINE:
            # Endpoints are elsewhere: that Cloudinary cannot be reached says nothing of them.
            return (*HERE, WEBHOOK)
        edits = (EDIT, WRITE_FILE, WRITE_SHELTER)
        asked = (*edits, TAKE_IN, EXPORT, MAKE, KIT, ARCHIVE, LOOK, WEBHOOK, *PASSING)
        return asked if self.paused else (*asked, *PUSHES)

    def needs_network(self, kind: str) -> bool:
        """Does that kind of job not start now because the network is away?"""
        return not self._is_online() and kind not in self.may_run()

    def progressed(self, progress: JobProgress) -> None:
        """A running job reported (from a lane)."""
        with self._lock:
            self._in_flight[progress.job] = progress.done
        self._emit(progress)
        self._tell_progress()

    def recorded(self, ended: list[tuple[JobRecord, Result]]) -> None:
        """Runs ended, and it is on disk (from the dispatcher)."""
        with self._lock:
            for job, _ in ended:
                self._in_flight.pop(job.id, None)
        if any(result.waiting_for is WaitingFor.NETWORK for _, result in ended):
            self.connectivity.lost()
        if any(result.error is not None and result.error.kind == AWAY for _, result in ended):
            self.connectivity.doubt()
        if any(result.state is JobState.QUEUED for _, result in ended):
            self._hold_unless_online()
        self._release_what_is_mended(ended)
        delivered = frozenset(
            AssetId(job.asset) for job, result in ended if result.copy is not None and job.asset
        )
        left = (JobState.FAILED, JobState.CANCELLED)
        unsaid = self._jobs.edited([job.id for job, result in ended if result.state in left])
        self._emit(ChangeSet(assets=delivered | unsaid, jobs=True))
        self.on_recorded(ended)
        for job, result in ended:
            if result.state is JobState.FAILED and result.error is not None:
                self._emit(JobTrouble(job=job.id, name=job.name, trouble=result.error))
        self._tell_summary()

    def _hold_unless_online(self) -> None:
        """Queued pushes wait for the network, which may be back before that is on disk."""
        if not self._is_online():
            self._jobs.hold(WaitingFor.NETWORK, at=self._now())
            if self._is_online():
                self._jobs.release((WaitingFor.NETWORK,), at=self._now())

    def _release_what_is_mended(self, ended: list[tuple[JobRecord, Result]]) -> None:
        """A key that was mended while they ran with the old one was not there for these yet."""
        mended = self._mended_at
        if mended is None or mended > self._now():  # the clock was set back: all is before that
            return
        waiting = (job for job, result in ended if result.waiting_for is WaitingFor.ACCOUNT)
        if any(datetime.fromisoformat(job.updated_at) < mended for job in waiting):
            self._jobs.release((WaitingFor.ACCOUNT,), at=self._now())

    def _is_online(self) -> bool:
        return self.connectivity.state is Connectivity.ONLINE

    def rested(self) -> None:
        """The dispatcher has nothing in hand at the moment."""
        self.on_rest()

    def troubled(self, error: BridgeError) -> None:
        """The ledger cannot be written (from the dispatcher)."""
        self._emit(JobTrouble(job=0, name="", trouble=trouble_of(error)))

    def _connection_changed(self, state: Connectivity) -> None:
        if state is Connectivity.ONLINE:
            self._jobs.release((WaitingFor.NETWORK,), at=self._now())
        else:
            self._hold_unless_online()
            if state is Connectivity.WORK_OFFLINE:
                self._dispatcher.put_back((EDIT, WRITE_SHELTER, *PUSHES))
        self._emit(state)
        self._changed()

    def _changed(self, edited: frozenset[AssetId] = frozenset()) -> None:
        self._dispatcher.wake()
        self._emit(ChangeSet(assets=edited, jobs=True))
        self._tell_summary()

    def _tell_summary(self) -> None:
        """Count anew and tell; not from a lane, which must not wait for the ledger."""
        with self._telling:
            self._summariser.refresh()
            self._compute()
        self._tell_newest()

    def _tell_progress(self) -> None:
        """Tell how far the running transfers are, at most ten times a second."""
        if not self._telling.acquire(blocking=False):
            return
        try:
            if time.monotonic() - self._told < TELL_EVERY_S:
                return
            self._compute()
        finally:
            self._telling.release()
        self._tell_newest()

    def _compute(self) -> None:
        with self._lock:
            in_flight = sum(self._in_flight.values())
        self._told = time.monotonic()
        self._summary = self._summariser.summary(in_flight, paused=self.paused)
        self._is_untold = True

    def _tell_newest(self) -> None:
        """By one thread at a time, so that what was counted last is told last.

        No lock is held meanwhile: who listens may wait for somebody who asks us something.
        """
        while True:
            with self._telling:
                if self._is_being_told or not self._is_untold:
                    return
                self._is_untold, self._is_being_told = False, True
                newest = self._summary
            try:
                self._emit(newest)
            finally:
                self._is_being_told = False
