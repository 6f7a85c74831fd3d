"""Whether something was delivered within its rights, day by day, as `usage-extract/1` tells it."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

EXPIRING = timedelta(days=30)
"""Rights that end so soon after a day are expiring on it."""
SCHEMA = "usage-extract/1"


class RightsStatus(StrEnum):
    """How the rights in what was delivered stood on that day."""

    OK = "ok"
    EMBARGOED = "embargoed"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


VIOLATIONS = frozenset({RightsStatus.EMBARGOED, RightsStatus.EXPIRED})


def rights_status(day: date, starts: datetime | None, ends: datetime | None) -> RightsStatus:
    """On a UTC day: outside only if the whole of it is, so that a day in part is no violation."""
    begins = datetime.combine(day, time(), UTC)
    if ends is not None and ends <= begins:
        return RightsStatus.EXPIRED
    if starts is not None and starts >= begins + timedelta(days=1):
        return RightsStatus.EMBARGOED
    if ends is not None and ends < begins + EXPIRING:
        return RightsStatus.EXPIRING
    return RightsStatus.OK
