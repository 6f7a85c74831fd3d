"""Days and times of a place as moments, where its clock jumps too.

Where a local time happens twice, or never, of both readings the one counts that gives fewer
rights: the later beginning, the earlier end.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.rights import RightsWindow

DAY_LETTERS = len("2027-03-31")
FIRST_YEAR = 1900
LAST_YEAR = 9998
"""A day more has to fit behind it."""


class UnreadableDateError(InvalidInputError):
    """A text that is no date."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{what} is no date: write 2027-03-31 or 2027-03-31T18:00. Nothing was changed."
    )


class Edge(StrEnum):
    """Which end of a window a moment is."""

    BEGINS = "begins"
    ENDS = "ends"


def moment_in(local: datetime, zone: tzinfo, edge: Edge) -> datetime:
    """The moment (UTC) at which a place's clock shows `local` (naive)."""
    readings = [local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return max(readings) if edge is Edge.BEGINS else min(readings)


def first_of(day: date, zone: tzinfo) -> datetime:
    """When a day begins at a place (UTC)."""
    return moment_in(datetime.combine(day, time()), zone, Edge.BEGINS)


def end_of(day: date, zone: tzinfo) -> datetime:
    """The first moment after a day at a place (UTC)."""
    return moment_in(datetime.combine(day + timedelta(days=1), time()), zone, Edge.ENDS)


def moment_from(text: str, zone: tzinfo, edge: Edge) -> datetime | None:
    """What a person typed: a day, or a day with a time; None for an empty text.

    A bare day counts from its first moment, and as an end to its last. A time may bring a zone of
    its own. Raises UnreadableDateError.
    """
    typed = text.strip()
    if not typed:
        return None
    try:
        read = datetime.fromisoformat(typed)
    except ValueError:
        raise UnreadableDateError(what=typed[:40]) from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise UnreadableDateError(what=typed[:40])
    if len(typed) <= DAY_LETTERS:
        return first_of(read, zone) if edge is Edge.BEGINS else end_of(read, zone)
    return moment_in(read, zone, edge) if read.tzinfo is None else read.astimezone(UTC)


def window_from(starts: str, ends: str, zone: tzinfo) -> RightsWindow:
    """The window between two typed dates.

    Raises UnreadableDateError, or EmptyRightsWindowError for one that ends before it begins.
    """
    return RightsWindow(
        starts=moment_from(starts, zone, Edge.BEGINS), ends=moment_from(ends, zone, Edge.ENDS)
    )


def typed(moment: datetime | None, zone: tzinfo, edge: Edge) -> str:
    """A moment as a person would type it at a place: `moment_from` reads it back the same.

    A whole day is written as that day; a time that the clock shows twice brings its offset.
    """
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    day = local.date() if edge is Edge.BEGINS else local.date() - timedelta(days=1)
    whole = first_of(day, zone) if edge is Edge.BEGINS else end_of(day, zone)
    if whole == moment:
        return day.isoformat()
    naive = local.replace(tzinfo=None, fold=0)
    precision = "auto" if naive.second or naive.microsecond else "minutes"
    shown = naive if moment_in(naive, zone, edge) == moment else local
    return shown.isoformat(timespec=precision)
