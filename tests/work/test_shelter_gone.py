"""A short answer about the tree forgets nothing: what is gone was not there twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bridge_app.domain.gate import verdict
from bridge_app.domain.shelter import ContainerKind, ShelterContainer
from tests.shelters import Shelf, Syncs

HOUR = timedelta(hours=1)
APPROVED = {"Approval Status": "Approved"}


class Forgetful(Shelf):
    """Its listings leave out the containers in `hidden`, and the places of those in `lost`."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: set[str] = set()
        self.lost: set[tuple[str, str]] = set()

    def containers(
        self, parent: str | None, *, first_page: int = 1
    ) -> Iterator[tuple[ShelterContainer, ...]]:
        """See the service."""
        for page in super().containers(parent, first_page=first_page):
            yield tuple(
                one
                for one in page
                if one.id not in self.hidden and (parent, one.id) not in self.lost
            )

    def all_containers(self, kind: ContainerKind) -> Iterator[tuple[ShelterContainer, ...]]:
        """See the service."""
        for page in super().all_containers(kind):
            yield tuple(one for one in page if one.id not in self.hidden)


@pytest.fixture
def shelf() -> Forgetful:
    return Forgetful()


def may_leave(syncs: Syncs, name: str) -> bool:
    """Does the gate let it out?"""
    (found,) = [one for one in syncs.found() if one.name == name]
    return verdict(found, at=syncs.clock()).allows


@pytest.mark.parametrize("thorough", [False, True])
def test_an_empty_listing_of_the_tree_leaves_it_and_the_gate_as_they_were(
    shelf: Forgetful, syncs: Syncs, thorough: bool
) -> None:
    gallery = shelf.gallery("Old", shelf.collection("_Archive"))
    shelf.add("archived.jpg", gallery, custom=APPROVED)
    syncs.sync()
    folders = syncs.folders()
    shelf.hidden = set(shelf.containers_by_id)
    for _ in range(3):
        syncs.sync(sweep=thorough)
        syncs.clock.forward(2 * HOUR)
    assert syncs.folders() == folders
    assert not may_leave(syncs, "archived.jpg")


@pytest.mark.parametrize("thorough", [False, True])
def test_an_answer_without_them_moves_nothing_out_of_a_collection(
    shelf: Forgetful, syncs: Syncs, thorough: bool
) -> None:
    archive, live = shelf.collection("_Archive"), shelf.collection("Live")
    gallery = shelf.gallery("Old", archive, live)
    shelf.add("archived.jpg", gallery, custom=APPROVED)
    syncs.sync()
    shelf.tick()
    shelf.touch(archive)
    answers = iter([{(archive, gallery)}])

    def left_out_once(call: str) -> None:
        if call.startswith(f"children {archive} "):
            shelf.lost = next(answers, set())

    shelf.fault = left_out_once
    syncs.sync(sweep=thorough)
    assert not may_leave(syncs, "archived.jpg")
    shelf.reparent(gallery, live)
    syncs.sync(sweep=thorough)
    assert may_leave(syncs, "archived.jpg")


def test_a_deleted_gallery_goes_when_it_was_not_there_twice_and_its_masters_have_left(
    shelf: Forgetful, syncs: Syncs
) -> None:
    gallery, other = shelf.gallery("Gone"), shelf.gallery("Kept")
    moved, gone = shelf.add("moved.jpg", gallery), shelf.add("gone.jpg", gallery)
    shelf.add("kept.jpg", other)
    syncs.sync()
    del shelf.containers_by_id[gallery]
    shelf.assets.pop(gone)
    shelf.change(moved, galleries=(other,))
    syncs.sync()
    assert "Gone" in syncs.folders()
    assert syncs.names(folder="Kept") == ["kept.jpg", "moved.jpg"]
    syncs.clock.forward(2 * HOUR)
    syncs.sync()
    assert syncs.folders() == {"": 2, "Kept": 2}


def test_a_gallery_that_comes_back_within_the_hour_was_never_gone(
    shelf: Forgetful, syncs: Syncs
) -> None:
    gallery = shelf.gallery("Heroes")
    syncs.sync()
    known = shelf.containers_by_id.pop(gallery)
    syncs.sync()
    shelf.containers_by_id[gallery] = known
    syncs.clock.forward(2 * HOUR)
    syncs.sync()
    assert "Heroes" in syncs.folders()


def test_a_deleted_collection_goes_and_what_it_held_lies_where_the_service_says(
    shelf: Forgetful, syncs: Syncs
) -> None:
    archive, live = shelf.collection("_Archive"), shelf.collection("Live")
    gallery = shelf.gallery("Old", archive)
    shelf.add("back.jpg", gallery, custom=APPROVED)
    syncs.sync()
    shelf.reparent(gallery, live)
    del shelf.containers_by_id[archive]
    syncs.sync()
    assert not may_leave(syncs, "back.jpg")
    syncs.clock.forward(2 * HOUR)
    syncs.sync()
    assert may_leave(syncs, "back.jpg")
    assert syncs.folders() == {"": 1, "Live": 1, "Live/Old": 1}
