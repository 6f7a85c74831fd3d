"""Syncs with a PhotoShelter-style service: complete, cut short at any moment, and cheap."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge_app.domain.errors import OfflineError
from bridge_app.libraries.photoshelter.errors import EndlessListingError, NoPermissionError
from bridge_app.libraries.photoshelter.values import MediaPage, MediaWindow
from bridge_app.work.shelter_run import ShelterSyncStoppedError
from tests.shelters import ACCOUNT, LIBRARY, MakeSyncs, Shelf, Syncs

HOUR = timedelta(hours=1)
LOOKS = 2
"""A resumed sync looks once whether the tree has changed meanwhile."""


def offline(chosen: Callable[[], bool]) -> Callable[[str], None]:
    """A network that fails now and then."""

    def fault(_call: str) -> None:
        if chosen():
            raise OfflineError(service="PhotoShelter")

    return fault


# The first sync


def test_everything_is_there_after_the_first_sync_and_a_second_one_takes_five_calls(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.fill(galleries=40, assets=900)
    syncs.sync()
    assert syncs.names() == sorted(one.file_name for one in shelf.assets.values())
    assert len(syncs.calls_of()) == 5


def test_a_sync_cut_short_anywhere_goes_on_there_and_fetches_one_page_again_at_most(
    shelf: Shelf, make_syncs: MakeSyncs
) -> None:
    shelf.fill(galleries=45, assets=900)
    make_syncs(shelf).sync()
    undisturbed = shelf.pages_asked()
    shelf.calls.clear()
    chance = random.Random(5)  # noqa: S311 - where a story is cut short is no secret
    left = iter([True] * 8)
    shelf.fault = offline(lambda: chance.random() < 0.4 and next(left, False))
    syncs = make_syncs(shelf)
    tries = syncs.sync_to_the_end(OfflineError)
    assert tries == 9
    assert sum(shelf.pages_asked().values()) <= sum(undisturbed.values()) + 8 + LOOKS
    assert len(syncs.found()) == len({asset.id for asset in syncs.found()}) == 900


def test_a_page_is_stored_with_where_the_next_one_is_so_that_a_stop_loses_nothing(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.fill(galleries=3, assets=1_000)
    allowed = 5
    with pytest.raises(ShelterSyncStoppedError):
        syncs.sync(cancelled=lambda: len(shelf.calls) >= allowed)
    known = len(syncs.found())
    assert 0 < known < 1_000
    shelf.calls.clear()
    syncs.sync()
    assert len(syncs.found()) == 1_000
    assert max(shelf.pages_asked().values()) == 1


def test_folders_are_there_before_their_masters_and_those_not_read_are_known(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.fill(galleries=25, assets=500)
    with pytest.raises(ShelterSyncStoppedError):
        syncs.sync(cancelled=lambda: any(call.startswith("media") for call in shelf.calls))
    assert set(syncs.folders()) >= {"Season 0/Shoot 0000", "Season 0/Shoot 0024"}
    reader = syncs.catalog.reader()
    assert reader.unsynced_folders(ACCOUNT) == set(syncs.folders()) - {""}
    syncs.sync()
    assert reader.unsynced_folders(ACCOUNT) == frozenset()
    reader.close()


def test_media_uploaded_in_one_second_and_deleted_ones_hide_no_other(
    shelf: Shelf, syncs: Syncs
) -> None:
    gallery = shelf.gallery("Bulk")
    made = [shelf.add(f"{number:04}.jpg", gallery) for number in range(900)]
    same = shelf.assets[made[0]].created_at
    for media_id in made[:700]:
        shelf.change(media_id, created_at=same)

    def somebody_deletes(call: str) -> None:
        if "page 3" in call and made[0] in shelf.assets:
            shelf.delete(made[0])

    shelf.fault = somebody_deletes
    syncs.sync()
    assert set(syncs.names()) >= {one.file_name for one in shelf.assets.values()}


def test_a_daily_listing_cut_short_goes_on_and_is_not_begun_anew(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.fill(galleries=3, assets=900)
    syncs.sync()
    shelf.calls.clear()
    with pytest.raises(ShelterSyncStoppedError):
        syncs.sync(sweep=True, cancelled=lambda: len(shelf.calls) >= 5)
    syncs.sync(sweep=True)
    assert max(shelf.pages_asked().values()) == 1


# A service that means no good


def test_records_that_cannot_be_taken_over_are_listed_and_the_others_are_there(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.fill(galleries=1, assets=10)
    bad = list(shelf.assets)[3]
    shelf.broken[bad] = "its caption is longer than any caption has to be"
    ended = syncs.sync()
    assert (len(syncs.found()), ended.skipped) == (9, 1)
    reader = syncs.catalog.reader()
    assert [(one.path, one.reason) for one in reader.skipped(LIBRARY)] == [(bad, shelf.broken[bad])]
    shelf.broken.clear()
    shelf.change(bad)
    syncs.sync()
    assert reader.skipped(LIBRARY) == []
    reader.close()


def test_a_listing_without_an_end_is_ended_and_what_was_read_stays(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.fill(galleries=1, assets=10)
    answers = shelf.media_page

    def endless(window: MediaWindow, page: int) -> MediaPage:
        found = answers(window, 1)
        return MediaPage(assets=found.assets, total=10**9, has_more=True)

    shelf.media_page = endless  # type: ignore[method-assign]
    with pytest.raises(EndlessListingError):
        syncs.sync()
    assert len(syncs.found()) == 10
    assert len(shelf.calls) < 20


def test_a_circle_of_collections_is_walked_through_once(shelf: Shelf, syncs: Syncs) -> None:
    one = shelf.collection("One")
    two = shelf.collection("Two", one)
    shelf.reparent(one, two)
    entry = shelf.collection("Entry")
    shelf.reparent(two, one, entry)
    shelf.add("inside.jpg", shelf.gallery("Inside", two))
    syncs.sync()
    assert syncs.names() == ["inside.jpg"]
    assert len(shelf.calls) < 20


def test_a_gallery_that_may_not_be_seen_holds_up_no_other(shelf: Shelf, syncs: Syncs) -> None:
    galleries = shelf.fill(galleries=4, assets=40)

    def refuses(call: str) -> None:
        if "galleries=(" in call and galleries[2] in call:
            raise NoPermissionError(service="PhotoShelter", detail="no access")

    shelf.fault = refuses
    syncs.sync()
    reader = syncs.catalog.reader()
    assert [one.path for one in reader.skipped(LIBRARY)] == ["Season 0/Shoot 0002"]
    reader.close()
    assert len(syncs.found()) >= 30


def test_counts_that_lie_delete_nothing_and_are_looked_into_once(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.fill(galleries=2, assets=50)
    answers = shelf.media_total

    def lies(window: MediaWindow) -> int | None:
        answers(window)
        return 7_000

    shelf.media_total = lies  # type: ignore[method-assign]
    for _ in range(3):
        syncs.sync()
    assert len(syncs.found()) == 50
    assert len(syncs.calls_of()) <= 8


def test_a_service_that_tells_no_totals_is_synced_all_the_same(shelf: Shelf, syncs: Syncs) -> None:
    shelf.tells_totals = False
    shelf.fill(galleries=2, assets=50)
    syncs.sync()
    shelf.delete(next(iter(shelf.assets)))
    syncs.sync(sweep=True)
    assert len(syncs.found(unreadable=True)) == 1


# Everything at random


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_whatever_people_do_and_wherever_it_is_cut_short_the_mirror_is_what_the_service_holds(
    seed: int, make_syncs: MakeSyncs
) -> None:
    chance = random.Random(seed)  # noqa: S311 - as above
    shelf = Shelf()
    galleries = shelf.fill(galleries=4, assets=24)
    syncs = make_syncs(shelf)
    shelf.fault = offline(lambda: chance.random() < 0.05)
    for _ in range(chance.randint(1, 4)):
        syncs.sync_to_the_end(OfflineError)
        syncs.clock.forward(2 * HOUR)
        for _ in range(chance.randint(0, 8)):
            _something_happens(chance, shelf, galleries)
    shelf.fault = lambda _call: None
    for _ in range(3):
        syncs.sync(sweep=True)
        syncs.clock.forward(2 * HOUR)
    assert sorted(syncs.names()) == sorted(one.file_name for one in shelf.assets.values())
    for asset in syncs.found():
        known = syncs.mirror.known(ACCOUNT, [asset_media(syncs, asset.id)])
        (master,) = known.values()
        assert shelf.assets[master.asset.media_id] == master.asset


def asset_media(syncs: Syncs, asset: str) -> str:
    reader = syncs.catalog.reader()
    try:
        (found,) = reader.shelter_assets([asset]).values()  # type: ignore[list-item]
        return found.media_id
    finally:
        reader.close()


def _something_happens(chance: random.Random, shelf: Shelf, galleries: list[str]) -> None:
    media = chance.choice(list(shelf.assets))
    match chance.randrange(6):
        case 0:
            shelf.delete(media)
        case 1:
            shelf.add(f"new-{len(shelf.assets)}-{shelf.clock}.jpg", chance.choice(galleries))
        case 2:
            shelf.change(media, rating=chance.randint(0, 5))
        case 3:
            shelf.move(media, *chance.sample(galleries, 2))
        case 4:
            shelf.rename(chance.choice(galleries), f"Renamed {chance.randint(0, 9)}")
        case _:
            shelf.reparent(chance.choice(galleries))
