"""All pushes in one line: how many, how far, how fast."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bridge_app.domain.jobs import JobState, TransferSummary
from bridge_app.storage.jobs import Jobs
from bridge_app.work.jobs import PUSHES

WINDOW_S = 5.0
"""Seconds over which the rate is averaged."""


class RateMeter:
    """Bytes per second over the last seconds, from totals that only grow within a burst."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._samples: deque[tuple[float, int]] = deque()

    def rate(self, total: int) -> float:
        """Take note of the bytes done so far; bytes per second lately."""
        now = self._clock()
        if self._samples and total < self._samples[-1][1]:
            self._samples.clear()
        self._samples.append((now, total))
        while len(self._samples) > 2 and now - self._samples[1][0] >= WINDOW_S:
            self._samples.popleft()
        began, first = self._samples[0]
        return (total - first) / (now - began) if now > began else 0.0


class Summariser:
    """Adds up the ledger's pushes since the queue was last empty.

    `refresh` asks the ledger; `summary` only computes, so that a lane that reports its progress
    never waits for a write to the disk.
    """

    def __init__(
        self, jobs: Jobs, *, now: Callable[[], datetime], clock: Callable[[], float]
    ) -> None:
        self._jobs = jobs
        self._now = now
        self._meter = RateMeter(clock)
        self._since = now().isoformat()
        self._known = TransferSummary()

    def refresh(self) -> None:
        """Count the jobs as they are on disk."""
        was_idle = not self._known.active
        totals = self._jobs.totals(*PUSHES, since=self._since)
        counts = {state: totals.get(state, (0, 0, 0)) for state in JobState}
        waiting = self._jobs.waiting_for(*PUSHES) if counts[JobState.WAITING][0] else None
        self._known = TransferSummary(
            queued=counts[JobState.QUEUED][0],
            running=counts[JobState.RUNNING][0],
            waiting=counts[JobState.WAITING][0],
            done=counts[JobState.DONE][0],
            failed=counts[JobState.FAILED][0],
            cancelled=counts[JobState.CANCELLED][0],
            bytes_done=counts[JobState.DONE][1],
            bytes_total=sum(
                total for state, (_, _, total) in counts.items() if state is not JobState.CANCELLED
            ),
            waiting_for=waiting[0] if waiting else None,
            waiting_until=waiting[1] if waiting else None,
        )
        if was_idle and self._known.active:
            self._since = self._now().isoformat()
            self.refresh()

    def summary(self, in_flight: int, *, paused: bool) -> TransferSummary:
        """The summary now; `in_flight` are bytes of running transfers that have left."""
        done = self._known.bytes_done + in_flight
        rate = self._meter.rate(done) if self._known.active else 0.0
        return replace(self._known, bytes_done=done, rate=rate, paused=paused)
