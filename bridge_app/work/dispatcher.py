"""Claims jobs from the ledger, runs their handlers on lanes, and records how they ended."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Protocol, assert_never

from bridge_app.delivery.answers import SERVICE
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import JobProgress, JobRecord, JobState, WaitingFor
from bridge_app.storage.jobs import Jobs, Result
from bridge_app.work.context import Context
from bridge_app.work.dispatch_desk import Desk, Run
from bridge_app.work.events import trouble_of
from bridge_app.work.outcome import CancelledError, Done, Failed, Outcome, Waiting
from bridge_app.work.pace import LARGEST
from bridge_app.work.retry import after_trouble

logger = logging.getLogger(__name__)

Handler = Callable[[JobRecord, Context], Outcome]
IDLE_S = 1.0
"""How often the ledger is looked at anyway: the command line adds jobs to it from outside."""
GATHER = 32
GATHER_S = 0.03
"""Ends are recorded in waves of so many, or after so long: one write to the disk for each wave."""
TROUBLED_S = 2.0
"""The pause after the ledger could not be written."""


class Observer(Protocol):
    """Who hears of the jobs. Called from worker threads; must not block."""

    def may_run(self) -> Collection[str]:
        """The kinds of job that may be started now."""

    def progressed(self, progress: JobProgress) -> None:
        """A running job reported."""

    def recorded(self, ended: list[tuple[JobRecord, Result]]) -> None:
        """These runs ended, and it is on disk."""

    def rested(self) -> None:
        """About once a second: a moment to look for what came from outside."""

    def troubled(self, error: BridgeError) -> None:
        """The ledger cannot be written at the moment; nothing is started until it can."""


class Dispatcher:
    """One thread that claims and records, and some tens of lanes that run handlers.

    Of the kinds in `few` only so many are in hand at once, and they are taken apart from the
    others, so that neither waits until thousands of the other are done. Those in `elsewhere` go
    on while Cloudinary asks for patience.
    """

    def __init__(  # noqa: PLR0913 - each is a part of its own
        self,
        jobs: Jobs,
        handlers: Mapping[str, Handler],
        observer: Observer,
        *,
        now: Callable[[], datetime],
        rng: Random,
        few: Mapping[str, int] | None = None,
        elsewhere: Collection[str] = (),
    ) -> None:
        self._jobs = jobs
        self._few = few or {}
        self._elsewhere = elsewhere
        self._handlers = handlers
        self._observer = observer
        self._now = now
        self._rng = rng
        self._desk = Desk()
        self._looked = now()
        self._untold: list[tuple[JobRecord, Result]] = []
        self._thread = threading.Thread(target=self._loop, name="dispatcher", daemon=True)
        self._lanes: list[threading.Thread] = []

    def start(self) -> None:
        """Queue again what a crash left running, and begin."""
        self._jobs.revive(at=self._now())
        self._thread.start()

    def wake(self) -> None:
        """There may be something to do: jobs were added, or may run again."""
        with self._desk.lock:
            self._desk.woken = True
            self._desk.news.notify()

    def cancel(self, jobs: Collection[int]) -> None:
        """Stop jobs in hand and mark the others cancelled."""
        with self._desk.lock:
            for number in jobs:
                run = self._desk.in_hand.get(number)
                if run is not None:
                    run.cancelled = True
                    run.context.stop(for_good=True)
            self._desk.hand_back()
        self._jobs.cancel(jobs, at=self._now())
        self.wake()

    def put_back(self, kinds: Collection[str]) -> None:
        """Stop jobs of these kinds at their next report and queue them again."""
        with self._desk.lock:
            for run in self._desk.in_hand.values():
                if run.job.kind in kinds:
                    run.context.stop()
            self._desk.hand_back()

    def close(self, timeout_s: float) -> None:
        """Stop. What does not stop in time is queued again at the next start."""
        with self._desk.lock:
            self._desk.stopping = True
            for run in self._desk.in_hand.values():
                run.context.stop()
            self._desk.news.notify()
            self._desk.turn.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        with self._desk.lock:
            # The ledger is closed next: what ends from now on is told to nobody.
            self._desk.abandoned = True
            self._desk.news.notify()

    def _loop(self) -> None:
        """One error policy: the ledger's trouble is told, and tried again; nothing is lost."""
        while True:
            with self._desk.lock:
                ended, self._desk.ended = self._desk.ended, []
                self._desk.woken = False
                stopping = self._desk.stopping
                if self._desk.abandoned:
                    return
            try:
                self._exchange(ended, claim=not stopping)
                self._tell()
            except BridgeError as error:
                self._observer.troubled(error)
                if self._wait_after_trouble(ended):
                    return
                continue
            if stopping and self._is_quiet():
                return
            try:
                self._rest(stopping=stopping)
            except BridgeError as error:
                self._observer.troubled(error)
                if self._wait_after_trouble([]):
                    return

    def _exchange(self, ended: list[Run], *, claim: bool) -> None:
        # What is due now and not claimed may not begin: nobody wakes up for it.
        self._looked = self._now()
        kinds = self._startable() if claim else ()
        with self._desk.lock:
            room = 2 * self._desk.pace.lanes
            busy = Counter(run.job.kind for run in self._desk.in_hand.values())
        busy.subtract(run.job.kind for run in ended)
        few = {kind: max(0, self._few[kind] - busy[kind]) for kind in kinds if kind in self._few}
        room -= sum(count for kind, count in busy.items() if kind not in self._few)
        limit = max(0, room) if kinds else 0
        for run in ended:
            run.result = _as_wished(run)
        results = [run.result for run in ended if run.result is not None]
        if not results and not limit and not any(few.values()):
            return
        quick = [kind for kind in kinds if kind not in few]
        claimed = self._jobs.exchange(results, quick, limit=limit, few=few, at=self._looked)
        self._take(claimed, ended)
        # Once they are on disk nobody records them again: the same jobs may be running anew.
        self._untold += [(run.job, run.result) for run in ended if run.result]
        ended.clear()

    def _tell(self) -> None:
        """Tell of the ends on disk; what cannot be told now is told another time."""
        if self._untold:
            self._observer.recorded(self._untold)
            self._untold = []

    def _startable(self) -> Collection[str]:
        """The kinds of job that may be started now."""
        allowed = self._observer.may_run()
        return [kind for kind in allowed if kind in self._elsewhere] if self._is_held() else allowed

    def _take(self, claimed: list[JobRecord], ended: list[Run]) -> None:
        with self._desk.lock:
            for run in ended:
                self._desk.in_hand.pop(run.job.id, None)
            runs = [Run(job, self._context(job), self._weight(job)) for job in claimed]
            self._desk.in_hand.update((run.job.id, run) for run in runs)
            wanted = min(LARGEST, self._desk.pace.lanes, len(self._desk.in_hand))
        # Asked again: who paused or closed while these were claimed found none of them in hand.
        allowed = self._observer.may_run() if runs else ()
        with self._desk.lock:
            for run in runs:
                if self._desk.stopping or run.job.kind not in allowed:
                    run.context.stop()
            self._desk.take(runs)
        while len(self._lanes) < wanted:
            lane = threading.Thread(target=self._lane, name=f"lane-{len(self._lanes)}", daemon=True)
            self._lanes.append(lane)
            lane.start()

    def _weight(self, job: JobRecord) -> int:
        """Of those that go a few at a time bytes need no second limit; some send none from here."""
        return 0 if job.kind in self._few else job.total

    def _context(self, job: JobRecord) -> Context:
        def report(done: int, total: int) -> None:
            self._observer.progressed(JobProgress(job=job.id, done=done, total=total))

        return Context(attempt=job.attempts, now=self._now, report=report)

    def _is_held(self) -> bool:
        with self._desk.lock:
            held = self._desk.hold_until
            if held is not None and self._now() >= held:
                self._desk.hold_until = held = None
            return held is not None

    def _is_quiet(self) -> bool:
        with self._desk.lock:
            return not self._desk.in_hand and not self._desk.ended

    def _rest(self, *, stopping: bool) -> None:
        """Wait for an end, a wake-up, or the time of the next waiting job."""
        until = None
        if not stopping:
            self._observer.rested()
            until = self._jobs.next_wake(self._handlers, after=self._looked)
        pause = IDLE_S
        if until is not None:
            due = (datetime.fromisoformat(until) - self._now()).total_seconds()
            pause = min(pause, max(0.01, due))
        with self._desk.lock:
            if self._desk.news.wait_for(self._has_news, timeout=pause):
                self._desk.news.wait_for(self._has_a_wave, timeout=GATHER_S)

    def _wait_after_trouble(self, ended: list[Run]) -> bool:
        """Keep the ends for the next try; True when the program is stopping meanwhile."""
        with self._desk.lock:
            self._desk.ended = ended + self._desk.ended
            self._desk.news.wait_for(lambda: self._desk.stopping, timeout=TROUBLED_S)
            return self._desk.stopping

    def _has_news(self) -> bool:
        quiet = self._desk.stopping and not self._desk.in_hand
        return bool(self._desk.ended or self._desk.woken or quiet)

    def _has_a_wave(self) -> bool:
        """Is there enough to be worth a write to the disk, or no time to wait for more?"""
        enough = min(GATHER, len(self._desk.in_hand))
        return self._desk.stopping or self._desk.woken or len(self._desk.ended) >= enough

    def _lane(self) -> None:
        while True:
            with self._desk.lock:
                self._desk.turn.wait_for(self._has_turn)
                run = self._desk.begin()
                if run is None:
                    return
            run.result = self._run(run)
            with self._desk.lock:
                self._desk.load = self._desk.load.minus(run.weight)
                self._adapt(run.result)
                self._desk.ended.append(run)
                self._desk.wake_others(run)
                if len(self._desk.ended) == 1 or self._has_a_wave():
                    self._desk.news.notify()

    def _has_turn(self) -> bool:
        return self._desk.stopping or self._desk.next_place() is not None

    def _adapt(self, result: Result) -> None:
        """More lanes after successes, half of them and a pause when the service pushes back."""
        if result.state is JobState.DONE:
            self._desk.pace = self._desk.pace.after_success()
        elif _pushes_back(result):
            in_flight = self._desk.load.transfers
            self._desk.pace = self._desk.pace.after_push_back(in_flight=in_flight)
        if result.waiting_for is WaitingFor.RATE_LIMIT and result.waiting_until is not None:
            until = datetime.fromisoformat(result.waiting_until)
            self._desk.hold_until = max(self._desk.hold_until or until, until)

    def _run(self, run: Run) -> Result:
        job = run.job
        try:
            if run.context.stopped:
                raise CancelledError  # noqa: TRY301 - as if its first report had said so
            outcome = self._handlers[job.kind](job, run.context)
        except CancelledError:
            return run.stopped()
        except BridgeError as error:
            if run.cancelled:
                return Result(job=job.id, state=JobState.CANCELLED, counted=False)
            attempts = 1 if run.context.advanced else job.attempts
            outcome = after_trouble(error, attempts=attempts, now=self._now(), rng=self._rng)
            return self._result(job, outcome, advanced=run.context.advanced)
        except Exception:
            logger.exception("the handler of %s is at fault", job.kind)
            return self._result(job, Failed(error=BridgeError()))
        return self._result(job, outcome)

    def _result(self, job: JobRecord, outcome: Outcome, *, advanced: bool = False) -> Result:
        match outcome:
            case Done():
                return Result(
                    job=job.id,
                    state=JobState.DONE,
                    done=job.total,
                    copy=outcome.copy,
                    result=outcome.result,
                )
            case Waiting():
                return Result(
                    job=job.id,
                    state=JobState.WAITING,
                    waiting_for=outcome.reason,
                    waiting_until=_iso(outcome.until),
                    error=trouble_of(outcome.error) if outcome.error else None,
                    counted=outcome.counts and not advanced,
                )
            case Failed():
                return Result(job=job.id, state=JobState.FAILED, error=trouble_of(outcome.error))
            case _:
                assert_never(outcome)


def _as_wished(run: Run) -> Result | None:
    """A run that would go on later, but was cancelled before that was on disk, is over."""
    again = (JobState.QUEUED, JobState.WAITING)
    if run.result is None or not run.cancelled or run.result.state not in again:
        return run.result
    return Result(job=run.job.id, state=JobState.CANCELLED, counted=False)


def _pushes_back(result: Result) -> bool:
    """Is it Cloudinary that has had too much?"""
    if result.waiting_for is WaitingFor.NEXT_TRY and result.error is not None:
        return result.error.facts.get("service") == SERVICE
    return result.waiting_for is WaitingFor.RATE_LIMIT


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else (moment + timedelta(milliseconds=1)).isoformat()
