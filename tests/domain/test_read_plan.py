"""How many assets are read: each once, and with as few calls as listings allow."""

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.read_plan import (
    AT_ONCE,
    BY_ID,
    LISTED,
    MOST_LISTED,
    Listing,
    Place,
    Reading,
    Whereabouts,
    plan_reads,
)

DYNAMIC, FIXED = FolderMode.DYNAMIC, FolderMode.FIXED
SPRING = Place("image", "upload", "spring")


def lying(wanted: Mapping[Place, int], others: Mapping[Place, int] | None = None) -> Whereabouts:
    """So many wanted ones at each place, with others beside them."""
    places = {
        f"{place.folder}-{place.resource_type}-{number}": place
        for place, count in wanted.items()
        for number in range(count)
    }
    counts = Counter(wanted) + Counter(others or {})
    return Whereabouts(places=places, counts=counts)


def calls(readings: tuple[Reading, ...], where: Whereabouts) -> int:
    """What they take: all pages of a listing, and a call for each hundred IDs."""
    return sum(
        -(-len(one.asset_ids) // BY_ID)
        if one.listing is None
        else -(-sum(_shown(one.listing, where)) // LISTED)
        for one in readings
    )


def _shown(listing: Listing, where: Whereabouts) -> list[int]:
    return [
        count
        for place, count in where.counts.items()
        if (
            place.folder == listing.folder
            if not listing.resource_type
            else (place.resource_type, place.delivery_type)
            == (listing.resource_type, listing.delivery_type)
            and f"{place.folder}/".startswith(listing.prefix)
        )
    ]


def test_a_whole_folder_is_listed() -> None:
    where = lying({SPRING: 2_000}, {Place("image", "upload", ""): 90_000})
    (one,) = plan_reads(list(where.places), where, DYNAMIC)
    assert one.listing == Listing(folder="spring")
    assert calls((one,), where) == 4
    (one,) = plan_reads(list(where.places), where, FIXED)
    assert one.listing == Listing(resource_type="image", delivery_type="upload", prefix="spring/")


def test_what_is_spread_over_many_folders_is_listed_by_its_kind() -> None:
    where = lying({Place("image", "upload", f"f{number}"): 20 for number in range(250)})
    (one,) = plan_reads(list(where.places), where, DYNAMIC)
    assert one.listing == Listing(resource_type="image", delivery_type="upload")
    assert calls((one,), where) == 10


@pytest.mark.parametrize("others", [60_000, MOST_LISTED + 1])
def test_a_few_among_many_are_read_by_their_ids(others: int) -> None:
    where = lying({SPRING: 700}, {SPRING: others})
    readings = plan_reads(list(where.places), where, DYNAMIC)
    assert [(one.listing, len(one.asset_ids)) for one in readings] == [(None, AT_ONCE), (None, 200)]


def test_what_lies_nobody_knows_where_is_read_by_its_id() -> None:
    (one,) = plan_reads(["unknown"], Whereabouts(), DYNAMIC)
    assert one == Reading(asset_ids=("unknown",))


KINDS = st.sampled_from(["image", "video"])
FOLDERS = st.sampled_from(["", "a", "a/b", "ab", "c"])
PLACES = st.builds(Place, KINDS, st.just("upload"), FOLDERS)


@given(
    wanted=st.dictionaries(PLACES, st.integers(0, 1_500), max_size=6),
    others=st.dictionaries(PLACES, st.integers(0, 3_000), max_size=6),
    mode=st.sampled_from(FolderMode),
)
def test_each_is_read_once_and_never_with_more_calls_than_by_id(
    wanted: dict[Place, int], others: dict[Place, int], mode: FolderMode
) -> None:
    where = lying(wanted, others)
    names = list(where.places)
    readings = plan_reads(names, where, mode)
    assert sorted(name for one in readings for name in one.asset_ids) == sorted(names)
    by_id = -(-len(names) // BY_ID)
    # A rest that is read by ID shares its last call with nothing: one more at the most.
    assert calls(readings, where) <= by_id + 1
