"""Moments as the service writes them, and as callers do, each in ways of their own.

Source: reference/photoshelter.md 5, "Times", and 7.1.
"""

import re
from datetime import UTC, datetime, timedelta

DAY = re.compile(r"\d{4}-\d\d-\d\d")
PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?")
LAST_SECOND = timedelta(days=1, seconds=-1)


def written(at: datetime) -> str:
    """A moment as media show it: `2019-10-02 14:39:23 GMT`."""
    # Twice as fast as strftime, and a page shows hundreds.
    return f"{at.isoformat(sep=' ', timespec='seconds')[:19]} GMT"


def written_iso(at: datetime) -> str:
    """A moment as our own additions show it: `2019-10-02T14:39:23Z`."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str, *, at_end: bool = False) -> datetime | None:
    """A moment somebody wrote, in UTC where no zone is told; None for what is none.

    A bare day is its first second, or its last one `at_end`.
    """
    plain = text.strip().removesuffix("GMT").strip()
    try:
        at = datetime.fromisoformat(plain)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at + LAST_SECOND if at_end and DAY.fullmatch(plain) else at


def moment_taken(text: str) -> datetime | None:
    """When a picture was taken; of a bare year or month the beginning."""
    partial = PARTIAL.fullmatch(text.strip())
    if partial is None:
        return moment(text)
    return moment(f"{partial[1]}-{partial[2] or '01'}-01")
