"""The one list of long jobs, whoever carries them out: running ones first, ended ones after."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

KEPT = 40
"""Ended activities that are remembered until the program is closed."""
LEAST_S, LEAST_SHARE = 2.0, 0.02
"""Below these nobody can tell how long the rest takes."""


class Course(StrEnum):
    """How it goes."""

    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Nothing more happens."""
        return self not in (Course.RUNNING, Course.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One long job as people see it.

    `total` is None as long as nobody knows it; `amount` says in words how far it is; `note` why it
    waits, what came of it, or what went wrong and what to do; its `{time}` is how long it still
    waits. `begun_s` and `until_s`, when it goes on by itself, are seconds of a monotonic clock,
    `left_s` from now.
    """

    key: str
    icon: str
    title: str
    course: Course = Course.RUNNING
    done: int = 0
    total: int | None = None
    amount: str = ""
    note: str = ""
    begun_s: float = 0.0
    left_s: float | None = None
    until_s: float | None = None
    can_stop: bool = False

    @property
    def share(self) -> float | None:
        """How much of it is done, 0 to 1; None where nobody knows."""
        if self.course is Course.DONE:
            return 1.0
        return min(1.0, self.done / self.total) if self.total else None


def time_left(activity: Activity, now_s: float) -> float | None:
    """Seconds that the rest takes if it goes on as before; None while that cannot be told."""
    if activity.left_s is not None:
        return activity.left_s
    passed_s, share = now_s - activity.begun_s, activity.share
    if activity.course is not Course.RUNNING or share is None:
        return None
    if passed_s < LEAST_S or share < LEAST_SHARE or share >= 1:
        return None
    return passed_s * (1 - share) / share


class Activities(QObject):
    """The list; GUI thread only. Whoever knows of a job puts it in and keeps it up to date.

    Args:
        clock: Seconds that only grow.
        beside: The list of another window, which shows what this one does, and the other way round.
    """

    changed = Signal()
    ended = Signal(object)  # Activity, once

    def __init__(
        self,
        clock: Callable[[], float],
        parent: QObject | None = None,
        *,
        beside: "Activities | None" = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._windows: list[Activities] = beside._windows if beside is not None else []
        self._own: set[str] = set()
        self._running: dict[str, Activity] = {}
        self._over: list[Activity] = []
        self._stops: dict[str, Callable[[], object]] = {}
        self._shows: dict[str, Callable[[], object]] = {}
        for other in self._windows:
            for key in other._own:
                self.put(other._running[key], stop=other._stops[key])
        self._windows.append(self)

    @property
    def running(self) -> tuple[Activity, ...]:
        """What goes on or waits, the newest first."""
        return tuple(reversed(self._running.values()))

    @property
    def over(self) -> tuple[Activity, ...]:
        """What has ended since the start of the program, the newest first."""
        return tuple(reversed(self._over))

    @property
    def now_s(self) -> float:
        """The present moment of the clock that `begun_s` is of."""
        return self._clock()

    def find(self, key: str) -> Activity | None:
        """What goes on under that key."""
        return self._running.get(key)

    def put(
        self,
        activity: Activity,
        *,
        stop: Callable[[], object] | None = None,
        show: Callable[[], object] | None = None,
    ) -> None:
        """It is new, or stands differently, or has ended.

        `stop` ends it and `show` leads to it, or to what came of it; each is kept until another is
        given.
        """
        key = activity.key
        before = self._running.get(key)
        begun_s = before.begun_s if before else activity.begun_s or self._clock()
        if stop is not None:
            self._stops[key] = stop
        if show is not None:
            self._shows[key] = show
        now = replace(activity, begun_s=begun_s, can_stop=key in self._stops)
        if activity.course.is_over:
            self._end(now)
        elif now != before:
            self._running[key] = now
            self.changed.emit()

    def put_everywhere(
        self,
        activity: Activity,
        *,
        stop: Callable[[], object] | None = None,
        show: Callable[[], object] | None = None,
    ) -> None:
        """The same in the lists of all windows; of this one's doing, and over when it closes."""
        if stop is not None:
            self._own.add(activity.key)
        if activity.course.is_over:
            self._own.discard(activity.key)
        for one in tuple(self._windows):
            one.put(activity, stop=stop, show=show)

    def close(self) -> None:
        """The window goes: what it does itself is stopped."""
        for key in tuple(self._own):
            self._stops[key]()
        self._windows.remove(self)

    def mended(self, key: str) -> None:
        """It went well this time: what went wrong with it before is of no interest any more."""
        left = [one for one in self._over if one.key != key or one.course is not Course.FAILED]
        if len(left) < len(self._over):
            self._over = left
            self.changed.emit()

    def drop(self, key: str) -> None:
        """It was not worth a word."""
        self._stops.pop(key, None)
        if self._running.pop(key, None) is not None:
            self.changed.emit()

    def stop(self, activity: Activity) -> None:
        """Somebody does not want it any more."""
        if activity.key in self._stops:
            self._stops[activity.key]()

    def can_show(self, activity: Activity) -> bool:
        """Is there a place that it leads to?"""
        return activity.key in self._shows

    def show(self, activity: Activity) -> None:
        """Lead somebody to it."""
        if activity.key in self._shows:
            self._shows[activity.key]()

    def clear(self) -> None:
        """Forget what has ended."""
        gone = {one.key for one in self._over} - self._running.keys()
        self._over.clear()
        for key in gone:
            self._shows.pop(key, None)
        self.changed.emit()

    def _end(self, activity: Activity) -> None:
        self._running.pop(activity.key, None)
        self._stops.pop(activity.key, None)
        # A folder is looked at again every few seconds while its trouble lasts: that is one word.
        self._over = [one for one in self._over if not _is_same_trouble(one, activity)]
        self._over.append(replace(activity, can_stop=False))
        for old in self._forgotten():
            self._shows.pop(old, None)
        self.changed.emit()
        self.ended.emit(activity)

    def _forgotten(self) -> Iterator[str]:
        """The keys of those that are pushed out of the list."""
        while len(self._over) > KEPT:
            key = self._over.pop(0).key
            if key not in self._running and all(one.key != key for one in self._over):
                yield key


def _is_same_trouble(before: Activity, now: Activity) -> bool:
    told = (now.key, now.course, now.note)
    return now.course is Course.FAILED and (before.key, before.course, before.note) == told
