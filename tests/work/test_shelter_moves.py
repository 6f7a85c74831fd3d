"""Collections that are renamed or moved at their service take their masters along."""

from contextlib import suppress

import pytest

from bridge_app.domain.errors import OfflineError
from bridge_app.libraries.photoshelter.errors import StoppedError
from tests.shelters import MakeSyncs, Shelf, Syncs


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


def test_a_move_is_noticed_wherever_the_sync_that_reads_it_is_cut_short(
    shelf: Shelf, make_syncs: MakeSyncs
) -> None:
    year = shelf.collection("2026", shelf.collection("_Archive"))
    campaign, other = shelf.collection("Spring", year), shelf.collection("Press")
    shelf.add("hero.jpg", shelf.gallery("Heroes", campaign))
    syncs = make_syncs(shelf)
    syncs.sync()
    for number in range(12):
        shelf.reparent(campaign, *([other] if number % 2 else []))
        left = number // 2

        def fails(_call: str) -> None:
            nonlocal left
            left -= 1
            if left == -1:
                raise OfflineError(service="it")

        shelf.fault = fails
        with suppress(OfflineError):
            syncs.sync()
        shelf.fault = lambda _call: None
        syncs.sync()
        (hero,) = syncs.found()
        assert hero.path == f"{'Press/' if number % 2 else ''}Spring/Heroes/hero.jpg"


def test_a_move_that_was_read_is_placed_by_the_next_sync_where_this_one_was_ended(
    shelf: Shelf, syncs: Syncs, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = shelf.collection("Old"), shelf.collection("New")
    gallery = shelf.gallery("Heroes", old)
    shelf.add("hero.jpg", gallery)
    syncs.sync()
    shelf.reparent(gallery, new)

    def ends(*_: object, **__: object) -> None:
        raise StoppedError

    monkeypatch.setattr(syncs.mirror, "put", ends)
    with pytest.raises(StoppedError):
        syncs.sync()
    monkeypatch.undo()
    syncs.sync()
    assert [one.path for one in syncs.found()] == ["New/Heroes/hero.jpg"]
    assert syncs.names(folder="Old") == []
