"""When, where and how densely a picture was taken: read from its file when a search asks, and kept.

Source: reference/cloudinary.md 5.4, tier 2.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bridge_app.domain.errors import BridgeError
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.search_area import POINT, Point
from bridge_app.sandbox.records import StoredAsset

INSIDE = frozenset({"taken_at", "location", "initial_dpi"})
HEAD = 1 << 16
CM_PER_INCH = 2.54


class Inside(NamedTuple):
    """What a file says of when and where it was taken, and how many dots it has to an inch."""

    taken_at: datetime | None = None
    location: Point | None = None
    initial_dpi: int | None = None


NOTHING = Inside()


async def looked_inside(cloud: Cloud, assets: Iterable[StoredAsset]) -> Mapping[str, Inside]:
    """What these files say, by the version's ID; each version is looked at once."""
    known = cloud.index.insides
    for asset in assets:
        if asset.bytes > 0 and asset.version_id not in known:
            known[asset.version_id] = await cloud.in_thread(_inside, cloud, asset)
    return known


def _inside(cloud: Cloud, asset: StoredAsset) -> Inside:
    """Blocks."""
    path = cloud.content(asset)
    try:
        record = cloud.decoder.read_record(path).record
    except BridgeError:
        return NOTHING
    where = POINT.fullmatch(str(record.get("coordinate") or ""))
    return Inside(
        taken_at=_moment(str(record.get("date_taken") or "")),
        location=(float(where[1]), float(where[2])) if where else None,
        initial_dpi=_dpi(path),
    )


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _dpi(path: Path) -> int | None:
    """Of the JFIF header or the pHYs chunk, which is where most files say it."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head[:2] == b"\xff\xd8" and head[6:11] == b"JFIF\0":
        across = int.from_bytes(head[14:16], "big")
        return {1: across, 2: round(across * CM_PER_INCH)}.get(head[13]) or None
    at = head.find(b"pHYs")
    if head.startswith(b"\x89PNG") and 0 < at <= len(head) - 13 and head[at + 12] == 1:
        return round(int.from_bytes(head[at + 4 : at + 8], "big") / 100 * CM_PER_INCH)
    return None
