"""With how few calls many assets are read as they are now: by their IDs, or a listing at a time.

Both tell the truth at once, which a search does not. A read by ID takes 100 assets, a listing 500,
but gives whatever else lies there. Source: reference/cloudinary.md 4.1 and 4.2. Pure.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bridge_app.domain.cloud import FolderMode

BY_ID, LISTED = 100, 500
"""Assets in one call."""
AT_ONCE = 500
"""Assets read by their IDs and then written: what was read is not old by then."""
MOST_LISTED = 10_000
"""Assets in a listing whose pages are read before anything is written, for the same reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Everything in a folder (`resource_type` ""), or of one kind, below `prefix` if it has one."""

    folder: str = ""
    resource_type: str = ""
    delivery_type: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an asset lies, as it was seen last."""

    resource_type: str
    delivery_type: str
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where assets lie, by asset ID, and how many lie at each place of their environment."""

    places: Mapping[str, Place] = field(default_factory=dict)
    counts: Mapping[Place, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Assets that are read together; without a listing by their IDs."""

    asset_ids: tuple[str, ...]
    listing: Listing | None = None


def plan_reads(
    asset_ids: Sequence[str], where: Whereabouts, mode: FolderMode
) -> tuple[Reading, ...]:
    """Every asset in one reading: a listing where that takes fewer calls, else by ID.

    Places may be old: what a listing does not show has to be looked for by its ID.
    """
    kinds: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    by_id: list[str] = []
    for name in asset_ids:
        place = where.places.get(name)
        if place is None:
            by_id.append(name)
        else:
            kinds[place.resource_type, place.delivery_type].append(name)
    listed: list[Reading] = []
    for (resource_type, delivery_type), names in kinds.items():
        parts, rest, apart = _by_folder(names, where, mode)
        whole = Listing(resource_type=resource_type, delivery_type=delivery_type)
        calls = _calls(whole, where)
        if calls is not None and calls < apart + _pages(len(rest), BY_ID):
            parts, rest = [Reading(asset_ids=tuple(names), listing=whole)], []
        listed += parts
        by_id += rest
    chunks = (by_id[at : at + AT_ONCE] for at in range(0, len(by_id), AT_ONCE))
    return (*listed, *(Reading(asset_ids=tuple(chunk)) for chunk in chunks))


def _by_folder(
    names: Sequence[str], where: Whereabouts, mode: FolderMode
) -> tuple[list[Reading], list[str], int]:
    """The folders that are listed for less, what is left of the others, and the listings' calls."""
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        folders[where.places[name].folder].append(name)
    parts: list[Reading] = []
    rest: list[str] = []
    apart = 0
    for folder, some in folders.items():
        # A hundredth of a call for each: what is read by ID shares its calls with others.
        worth = folder and len(some) > BY_ID
        listing = _folder_listing(where.places[some[0]], mode)
        calls = _calls(listing, where) if worth else None
        if calls is None or calls * BY_ID >= len(some):
            rest += some
        else:
            parts.append(Reading(asset_ids=tuple(some), listing=listing))
            apart += calls
    return parts, rest, apart


def _folder_listing(place: Place, mode: FolderMode) -> Listing:
    if mode is FolderMode.DYNAMIC:
        return Listing(folder=place.folder)
    kind, delivery = place.resource_type, place.delivery_type
    return Listing(resource_type=kind, delivery_type=delivery, prefix=f"{place.folder}/")


def _calls(listing: Listing, where: Whereabouts) -> int | None:
    """The calls that its pages take; None where there are more than are read at once."""
    count = sum(many for place, many in where.counts.items() if _shows(listing, place))
    return None if count > MOST_LISTED else max(1, _pages(count, LISTED))


def _shows(listing: Listing, place: Place) -> bool:
    if not listing.resource_type:
        return place.folder == listing.folder
    same = (place.resource_type, place.delivery_type)
    is_below = f"{place.folder}/".startswith(listing.prefix)
    return same == (listing.resource_type, listing.delivery_type) and is_below


def _pages(count: int, size: int) -> int:
    return -(-count // size)
