"""Syncs with a PhotoShelter-style service: complete, cut short at any moment, and cheap."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import OfflineError
from bridge_app.domain.shelter import RENDITIONS_SUFFIX
from bridge_app.domain.shelter_tree import SLASH
from bridge_app.libraries.photoshelter.errors import EndlessListingError, NoPermissionError
from bridge_app.libraries.photoshelter.values import MediaPage, MediaWindow
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.ledger import open_ledger
from bridge_app.work.shelter_run import ShelterSyncStoppedError
from tests.shelters import ACCOUNT, LIBRARY, Shelf, Syncs

HOUR = timedelta(hours=1)
LOOKS = 2
"""A resumed sync looks once whether the tree has changed meanwhile."""
MakeSyncs = Callable[[Shelf], Syncs]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[MakeSyncs]:
    closing: list[Callable[[], None]] = []

    def made(shelf: Shelf) -> Syncs:
        home = tmp_path / str(len(closing))
        ledger = open_ledger(home / "ledger.db")
        catalog = Catalog.open(home / "catalog.db", ledger=home / "ledger.db")
        closing.extend((catalog.close, ledger.close))
        return Syncs(shelf, catalog, Decisions(ledger))

    yield made
    for close in closing:
        close()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def syncs(shelf: Shelf, make: MakeSyncs) -> Syncs:
    return make(shelf)


def offline(chosen: Callable[[], bool]) -> Callable[[str], None]:
    """A network that fails now and then."""

    def fault(_call: str) -> None:
        if chosen():
            raise OfflineError(service="PhotoShelter")

    return fault


def folders(syncs: Syncs) -> dict[str, int]:
    reader = syncs.catalog.reader()
    try:
        return {folder.path: folder.assets for folder in reader.folders(LIBRARY)}
    finally:
        reader.close()


# The first sync


def test_everything_is_there_after_the_first_sync_and_a_second_one_takes_five_calls(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.fill(galleries=40, assets=900)
    syncs.sync()
    assert syncs.names() == sorted(one.file_name for one in shelf.assets.values())
    assert len(syncs.calls_of()) == 5


def test_a_sync_cut_short_anywhere_goes_on_there_and_fetches_one_page_again_at_most(
    shelf: Shelf, make: MakeSyncs
) -> None:
    shelf.fill(galleries=45, assets=1_500)
    make(shelf).sync()
    undisturbed = shelf.pages_asked()
    shelf.calls.clear()
    chance = random.Random(5)  # noqa: S311 - where a story is cut short is no secret
    left = iter([True] * 8)
    shelf.fault = offline(lambda: chance.random() < 0.4 and next(left, False))
    syncs = make(shelf)
    tries = syncs.sync_to_the_end(OfflineError)
    assert tries == 9
    assert sum(shelf.pages_asked().values()) <= sum(undisturbed.values()) + 8 + LOOKS
    assert len(syncs.found()) == len({asset.id for asset in syncs.found()}) == 1_500


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
    assert set(folders(syncs)) >= {"Season 0/Shoot 0000", "Season 0/Shoot 0024"}
    reader = syncs.catalog.reader()
    assert reader.unsynced_folders(ACCOUNT) == set(folders(syncs)) - {""}
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


# What changed


def test_edits_additions_and_moves_are_noticed(shelf: Shelf, syncs: Syncs) -> None:
    first, second = shelf.fill(galleries=2, assets=20)
    syncs.sync()
    media = list(shelf.assets)
    shelf.change(media[0], iptc={"title": "Dawn", "keywords": ("running",)})
    shelf.move(media[2], second)
    shelf.add("new.jpg", first)
    syncs.sync()
    assert [asset.title for asset in syncs.found(text="dawn")] == ["Dawn"]
    assert "new.jpg" in syncs.names(folder="Season 0/Shoot 0000")
    assert "frame-000002.jpg" in syncs.names(folder="Season 0/Shoot 0001")
    assert "frame-000002.jpg" not in syncs.names(folder="Season 0/Shoot 0000")


def test_a_renamed_and_a_moved_collection_take_their_masters_along(
    shelf: Shelf, syncs: Syncs
) -> None:
    old, new = shelf.collection("Old"), shelf.collection("New")
    gallery = shelf.gallery("Heroes", old)
    shelf.add("hero.jpg", gallery)
    syncs.sync()
    before = syncs.found()[0].id
    shelf.rename(old, "Archive")
    syncs.sync()
    assert syncs.found()[0].path == "Archive/Heroes/hero.jpg"
    shelf.reparent(gallery, new)
    syncs.sync()
    (hero,) = syncs.found()
    assert (hero.path, hero.id) == ("New/Heroes/hero.jpg", before)
    assert syncs.names(folder="Archive") == []


def test_a_master_in_two_galleries_is_one_asset_found_in_both_and_counted_once(
    shelf: Shelf, syncs: Syncs
) -> None:
    spring, press = shelf.collection("Spring"), shelf.collection("Press")
    one, two = shelf.gallery("Heroes", spring), shelf.gallery("Web / Social", spring, press)
    shelf.add("both.jpg", one, two)
    shelf.add("first.jpg", one)
    syncs.sync()
    assert syncs.names(folder="Spring") == ["both.jpg", "first.jpg"]
    assert syncs.names(folder="Press") == ["both.jpg"]
    assert folders(syncs) == {
        "": 2,
        "Press": 1,
        f"Press/Web {SLASH} Social": 1,
        "Spring": 2,
        "Spring/Heroes": 2,
        f"Spring/Web {SLASH} Social": 1,
    }


def test_a_replaced_file_is_other_content_and_an_edit_of_metadata_is_not(
    shelf: Shelf, syncs: Syncs
) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"))
    syncs.sync()
    before = syncs.found()[0].content
    shelf.change(media, rating=5)
    syncs.sync()
    assert syncs.found()[0].content == before
    shelf.change(media, version=2)
    syncs.sync()
    assert syncs.found()[0].content != before


def test_galleries_of_renditions_hold_no_masters(shelf: Shelf, syncs: Syncs) -> None:
    heroes = shelf.gallery("Heroes")
    back = shelf.gallery("Heroes" + RENDITIONS_SUFFIX)
    shelf.add("hero.jpg", heroes)
    shelf.add("hero__renditions.json", back)
    syncs.sync()
    assert syncs.names() == ["hero.jpg"]
    assert len(syncs.calls_of()) == 5


# What is gone


def test_a_deleted_master_is_held_back_at_once_and_forgotten_after_it_was_asked_for_twice(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.fill(galleries=3, assets=30)
    syncs.sync()
    shelf.delete(next(iter(shelf.assets)))
    syncs.sync()
    (doubtful,) = syncs.found(unreadable=True)
    assert doubtful.name == "frame-000000.jpg"
    syncs.clock.forward(HOUR / 2)
    syncs.sync()
    assert len(syncs.found()) == 30
    syncs.clock.forward(HOUR)
    syncs.sync()
    assert "frame-000000.jpg" not in syncs.names()


def test_a_master_that_comes_back_is_as_it_was(shelf: Shelf, syncs: Syncs) -> None:
    shelf.fill(galleries=1, assets=5)
    syncs.sync()
    gone = shelf.assets.pop(next(iter(shelf.assets)))
    syncs.sync()
    shelf.assets[gone.media_id] = gone
    syncs.clock.forward(2 * HOUR)
    syncs.sync()
    assert len(syncs.found()) == 5
    assert syncs.found(unreadable=True) == []


def test_many_masters_gone_at_once_stay_until_a_person_says_so(shelf: Shelf, syncs: Syncs) -> None:
    shelf.fill(galleries=2, assets=60)
    syncs.sync()
    for media_id in list(shelf.assets)[:40]:
        shelf.delete(media_id)
    syncs.sync()
    syncs.clock.forward(2 * HOUR)
    ended = syncs.sync()
    assert ended.trouble is not None
    assert ended.trouble.kind == "ManyGoneFromShelterError"
    assert len(syncs.found()) == 60
    syncs.catalog.forget_missing(LIBRARY)
    assert len(syncs.found()) == 20
    assert syncs.sync().trouble is None


def test_an_empty_answer_is_no_deletion(shelf: Shelf, syncs: Syncs) -> None:
    shelf.fill(galleries=2, assets=60)
    syncs.sync()
    there = dict(shelf.assets)
    answers = shelf.media_page

    def nothing(window: MediaWindow, page: int) -> MediaPage:
        answers(window, page)
        return MediaPage(assets=(), total=0, has_more=False)

    shelf.media_page = nothing  # type: ignore[method-assign]
    syncs.sync(sweep=True)
    syncs.clock.forward(2 * HOUR)
    syncs.sync(sweep=True)
    assert len(syncs.found()) == len(there)
    assert syncs.found(unreadable=True) == []


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
    answers = shelf.media_page

    def lies(window: MediaWindow, page: int) -> MediaPage:
        found = answers(window, page)
        return MediaPage(assets=found.assets, total=7_000, has_more=found.has_more)

    shelf.media_page = lies  # type: ignore[method-assign]
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


# What the service says of approvals


def test_what_the_service_says_of_an_approval_is_a_decision_once(
    shelf: Shelf, syncs: Syncs
) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"), custom={"Approval Status": "Approved"})
    syncs.sync()
    shelf.change(media, rating=3)
    syncs.sync()
    (asset,) = syncs.found()
    assert asset.approval is Approval.APPROVED
    said = syncs.decisions.history(asset.id, asset.content)
    assert [(one.approval, one.who) for one in said] == [
        (Approval.APPROVED, "PhotoShelter · custom field")
    ]


def test_an_approval_taken_back_there_is_taken_back_here(shelf: Shelf, syncs: Syncs) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"), custom={"Approval Status": "Approved"})
    syncs.sync()
    shelf.change(media, custom={"Approval Status": "Rejected"})
    syncs.sync()
    assert syncs.found()[0].approval is Approval.REJECTED


def test_a_new_version_is_not_approved_by_what_was_said_of_the_old_one(
    shelf: Shelf, make: MakeSyncs, syncs: Syncs
) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"), custom={"Approval Status": "Approved"})
    syncs.sync()
    shelf.change(media, version=2)
    syncs.sync()
    (asset,) = syncs.found()
    assert (asset.approval, asset.lapsed) == (Approval.DRAFT, True)
    syncs.mirror.remove_account(ACCOUNT)
    syncs.sync()
    (asset,) = syncs.found()
    assert (asset.approval, asset.lapsed) == (Approval.DRAFT, True)


def test_a_catalog_made_anew_repeats_no_decision_and_no_identity(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.add("hero.jpg", shelf.gallery("_Approved finals"))
    syncs.sync()
    before = syncs.found()
    syncs.mirror.remove_account(ACCOUNT)
    syncs.sync()
    assert syncs.found() == before
    assert len(syncs.decisions.everything()) == 1


# Everything at random


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_whatever_people_do_and_wherever_it_is_cut_short_the_mirror_is_what_the_service_holds(
    seed: int, make: MakeSyncs
) -> None:
    chance = random.Random(seed)  # noqa: S311 - as above
    shelf = Shelf()
    galleries = shelf.fill(galleries=4, assets=24)
    syncs = make(shelf)
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
