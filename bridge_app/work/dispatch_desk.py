"""What the dispatcher and its lanes share: who is ready, who is on the way, and who has ended."""

import threading
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.storage.jobs import Result
from bridge_app.work.context import Context
from bridge_app.work.pace import LIGHT, Load, Pace


@dataclass(slots=True, eq=False)
class Run:
    """A job in hand, from its claim until its end is on disk.

    `weight` is how many bytes it brings on the way.
    """

    job: JobRecord
    context: Context
    weight: int
    cancelled: bool = False
    result: Result | None = None

    def stopped(self) -> Result:
        """It ended because it was asked to."""
        state = JobState.CANCELLED if self.cancelled else JobState.QUEUED
        return Result(job=self.job.id, state=state, counted=False)


@dataclass(slots=True)
class Desk:
    """Everything under one lock: `news` is what the dispatcher waits for, `turn` the lanes."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    news: threading.Condition = field(init=False)
    turn: threading.Condition = field(init=False)
    ready: deque[Run] = field(default_factory=deque)
    in_hand: dict[int, Run] = field(default_factory=dict)
    ended: list[Run] = field(default_factory=list)
    load: Load = field(default_factory=Load)
    pace: Pace = field(default_factory=Pace)
    hold_until: datetime | None = None
    woken: bool = False
    stopping: bool = False
    abandoned: bool = False

    def __post_init__(self) -> None:
        self.news = threading.Condition(self.lock)
        self.turn = threading.Condition(self.lock)

    def take(self, runs: Collection[Run]) -> None:
        """Lanes may begin these, in this order."""
        self.ready.extend(runs)
        self.hand_back()
        self.turn.notify(len(runs))

    def hand_back(self) -> None:
        """What was asked to stop before it began has ended, however long the others take."""
        stopped = [run for run in self.ready if run.context.stopped]
        if not stopped:
            return
        for run in stopped:
            self.ready.remove(run)
            run.result = run.stopped()
        self.ended.extend(stopped)
        self.news.notify()
        # A heavy one that was first in line may have kept others waiting.
        self.turn.notify_all()

    def next_place(self) -> int | None:
        """The place of the one among the ready that may begin.

        Light ones pass heavy ones, which go in their order: a film is not passed for hours by
        pictures behind it.
        """
        if self.stopping:
            return 0 if self.ready else None
        if self.load.transfers >= self.pace.lanes:
            return None
        is_held_up = False
        for place, run in enumerate(self.ready):
            if run.weight > LIGHT and is_held_up:
                continue
            if self.load.admits(run.weight):
                return place
            is_held_up = True
        return None

    def begin(self) -> Run | None:
        """Take the next one; None: there is none."""
        place = self.next_place()
        if place is None:
            return None
        run = self.ready[place]
        del self.ready[place]
        self.load = self.load.plus(run.weight)
        return run

    def wake_others(self, run: Run) -> None:
        """After a run its lane takes the next one; others are woken if there is room for more."""
        room = self.pace.lanes - self.load.transfers - 1
        if self.ready and room > 0:
            self.turn.notify(min(room, 1 + run.weight // LIGHT))
