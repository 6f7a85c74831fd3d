"""When an asset may be used: the window its licence opens."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Self

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError


class EmptyRightsWindowError(InvalidInputError):
    """A window that ends before it begins."""

    text = QT_TRANSLATE_NOOP("errors", "The rights end ({ends}) before they begin ({starts}).")


class RightsState(StrEnum):
    """Where a moment lies in a rights window."""

    OPEN = "open"
    NOT_YET = "not_yet"
    ENDED = "ended"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsWindow:
    """[starts, ends) in UTC; None is open-ended.

    `unreadable` is the text of a date that is there but cannot be understood: such an asset
    is held back, because nobody can tell whether its licence has ended. `has_ended` is as
    `as_recorded` finds it.
    """

    starts: datetime | None = None
    ends: datetime | None = None
    unreadable: str | None = None
    has_ended: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.starts and self.ends and self.ends <= self.starts:
            raise EmptyRightsWindowError(starts=self.starts, ends=self.ends)

    def state(self, at: datetime) -> RightsState:
        """Where `at` (aware, UTC) lies in this window."""
        if self.unreadable is not None:
            return RightsState.UNREADABLE
        if self.has_ended or (self.ends is not None and at >= self.ends):
            return RightsState.ENDED
        if self.starts is not None and at < self.starts:
            return RightsState.NOT_YET
        return RightsState.OPEN

    def holds(self, at: datetime) -> bool:
        """May it be used at `at`?"""
        return self.state(at) is RightsState.OPEN

    def as_recorded(self, newest: datetime | None) -> Self:
        """The same, ended for good if its end lies before the newest moment on record.

        No clock that is set back opens it again. What has not begun is asked of the clock alone:
        one that once was ahead opens nothing.
        """
        if newest is None or self.ends is None or newest < self.ends:
            return self
        return replace(self, has_ended=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restrictions:
    """What limits the use of an asset besides its window.

    `territories` are ISO 3166 alpha-2 codes or one of `REGIONS`, `channels` of `CHANNELS`; empty
    sets limit nothing. A release is True (there is one), False (it is missing) or None: nobody
    said that one is needed. `archived` assets stay where they are. `max_px` bounds the longest
    side of what may be seen.
    Source: PLUS LDF 2.0.1 (RegionConstraints, MediaConstraints, ModelReleaseStatus).
    """

    territories: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    model_released: bool | None = None
    property_released: bool | None = None
    archived: bool = False
    max_px: int | None = None


def rights_from_metadata(starts: str | None, ends: str | None) -> RightsWindow:
    """The window that PLUS LicenseStartDate/LicenseEndDate (or IIM 2:30/2:37) describe.

    A date without a time counts from its first moment and, as an end, to its last; a time
    without a zone is taken as UTC. What cannot be read makes the window `unreadable`.
    Source: PLUS LDF 2.0.1, IPTC IIM 4.2.
    """
    try:
        window = RightsWindow(starts=_moment(starts), ends=_moment(ends, end_of_day=True))
    except (ValueError, OverflowError):
        return RightsWindow(unreadable=f"{starts or ''} – {ends or ''}")
    except EmptyRightsWindowError as error:
        return RightsWindow(unreadable=str(error))
    return window


def narrowest(*windows: RightsWindow) -> RightsWindow:
    """The window that all of these allow: the latest start, the earliest end.

    One that cannot be read, or none that is left, makes it unreadable.
    """
    unreadable = [one.unreadable for one in windows if one.unreadable is not None]
    if unreadable:
        return RightsWindow(unreadable=unreadable[0])
    starts = [one.starts for one in windows if one.starts is not None]
    ends = [one.ends for one in windows if one.ends is not None]
    try:
        return RightsWindow(starts=max(starts, default=None), ends=min(ends, default=None))
    except EmptyRightsWindowError as error:
        return RightsWindow(unreadable=str(error))


def _moment(text: str | None, *, end_of_day: bool = False) -> datetime | None:
    if not text or not text.strip():
        return None
    text = text.strip()
    if len(text) <= 10:
        day = datetime.fromisoformat(text.replace(":", "-")).date()
        midnight = datetime.combine(day, time(), tzinfo=UTC)
        return midnight + timedelta(days=1) if end_of_day else midnight
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
