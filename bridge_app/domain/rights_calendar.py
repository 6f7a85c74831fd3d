"""What of rights begins and ends when, and which ends are told ahead."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bridge_app.domain.assets import AssetId, LibraryId
from bridge_app.domain.rights_times import Edge

AHEAD_DAYS = (30, 7, 1, 0)
"""When an end is told: so many days before it; 0 is when it has come."""
STALE = timedelta(days=14)
"""An end that long ago is no news to anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsEdge:
    """A moment (UTC) at which the rights in an asset begin or end, by file and claim together."""

    asset: AssetId
    library: LibraryId
    name: str
    at: datetime
    edge: Edge


@dataclass(frozen=True, slots=True, kw_only=True)
class EndNotice:
    """An end to tell of: `days` is the threshold of `AHEAD_DAYS` that was passed."""

    asset: AssetId
    name: str
    ends: datetime
    days: int


def due_notices(
    edges: Iterable[RightsEdge], told: Collection[tuple[str, str, int]], now: datetime
) -> list[EndNotice]:
    """The ends to tell of at `now` (UTC), each once for each threshold, the soonest first.

    `told` has asset, end (ISO 8601 in UTC) and threshold of what was told. A nearer threshold
    that was told covers the farther ones, so a clock that is set back repeats nothing.
    """
    nearest: dict[tuple[str, str], int] = {}
    for asset, ends, days in told:
        nearest[asset, ends] = min(days, nearest.get((asset, ends), days))
    found = []
    for one in edges:
        passed = _threshold(one, now)
        if passed is None or nearest.get((one.asset, one.at.isoformat()), passed + 1) <= passed:
            continue
        found.append(EndNotice(asset=one.asset, name=one.name, ends=one.at, days=passed))
    return sorted(found, key=lambda notice: (notice.ends, notice.name, notice.asset))


def _threshold(one: RightsEdge, now: datetime) -> int | None:
    if one.edge is not Edge.ENDS or now - one.at > STALE:
        return None
    passed = [days for days in AHEAD_DAYS if one.at - now <= timedelta(days=days)]
    return min(passed, default=None)
