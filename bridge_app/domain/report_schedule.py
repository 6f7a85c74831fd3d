"""When a saved report is written next."""

from datetime import datetime, timedelta

from bridge_app.domain.reports import Every, SavedReport

AGAIN = timedelta(hours=1)
"""What failed is tried again after that."""


def is_due(saved: SavedReport, now: datetime) -> bool:
    """Is its schedule to write now (UTC)? By calendar: once each day, week (from Monday), month."""
    if saved.schedule is None:
        return False
    if saved.wrote_at is None or saved.wrote_at > now:
        return True
    if saved.trouble:
        return now - saved.wrote_at >= AGAIN
    return _period(saved.schedule.every, saved.wrote_at) != _period(saved.schedule.every, now)


def _period(every: Every, at: datetime) -> tuple[int, ...]:
    if every is Every.MONTH:
        return (at.year, at.month)
    if every is Every.WEEK:
        return tuple(at.isocalendar()[:2])
    return (at.year, at.month, at.day)
