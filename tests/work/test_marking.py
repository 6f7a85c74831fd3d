"""Ratings and labels are edits of metadata where a library takes them, and kept here elsewhere."""

import sqlite3
from collections.abc import Callable

import pytest

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.marks import Label, Mark, MarkError
from bridge_app.domain.metadata_fields import Entry, FieldType, MetadataField
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.reviews import ReviewDesk
from tests.desk import Desk, picture
from tests.work.studio import CLOUD, Studio

METADATA = "SELECT metadata FROM cloud_asset"


@pytest.fixture
def reviews(desk: Desk) -> ReviewDesk:
    return desk.parts.worker.reviews


@pytest.fixture
def here(desk: Desk, sandbox: Sandbox) -> Studio:
    return Studio(desk, sandbox)


def rating(of: FieldType = FieldType.INTEGER) -> MetadataField:
    return MetadataField(external_id="rating", label="Rating", type=of)


def label(*colours: str) -> MetadataField:
    entries = tuple(Entry(external_id=colour, value=colour.title()) for colour in colours)
    return MetadataField(external_id="label", label="Label", type=FieldType.ENUM, entries=entries)


def two(desk: Desk) -> tuple[AssetId, AssetId]:
    for number, name in enumerate(("a.jpg", "b.jpg")):
        picture(desk.folder / name, number)
    desk.library()
    return desk.asset("a.jpg").id, desk.asset("b.jpg").id


def test_local_files_stay_as_they_are_and_their_marks_survive_a_restart(desk: Desk) -> None:
    first, second = two(desk)
    before = (desk.folder / "a.jpg").read_bytes()
    reviews = desk.parts.worker.reviews
    reviews.mark([first, second], rating=3)
    reviews.mark([first], label=Label.RED)
    reviews.mark([second], rating=0)
    desk.reopen()
    assert desk.parts.worker.reviews.marks([first, second]) == {
        first: Mark(rating=3, label=Label.RED),
        second: Mark(rating=0),
    }
    assert (desk.folder / "a.jpg").read_bytes() == before


def test_a_label_is_taken_away_by_none(desk: Desk, reviews: ReviewDesk) -> None:
    first, _ = two(desk)
    reviews.mark([first], rating=5, label=Label.BLUE)
    reviews.mark([first], label=Label.NONE)
    assert reviews.marks([first]) == {first: Mark(rating=5)}


def test_a_rating_that_there_is_not_is_refused(desk: Desk, reviews: ReviewDesk) -> None:
    first, _ = two(desk)
    for wrong in (-1, 6):
        with pytest.raises(MarkError, match="0 to 5"):
            reviews.mark([first], rating=wrong)
    assert reviews.marks([first]) == {first: Mark()}


def test_marks_are_told(desk: Desk, reviews: ReviewDesk) -> None:
    first, _ = two(desk)
    desk.events.clear()
    reviews.mark([first], rating=1, initiator=desk)
    assert ChangeSet(assets=frozenset({first}), reviews=True, initiator=desk) in desk.events


def test_an_environment_that_has_the_fields_keeps_them_itself(
    here: Studio, reviews: ReviewDesk
) -> None:
    here.editing.define(CLOUD, rating())
    here.editing.define(CLOUD, label("red", "green"))
    (hero,) = here.stock("hero")
    reviews.mark([hero.id], rating=4, label=Label.GREEN)
    assert reviews.marks([hero.id]) == {hero.id: Mark(rating=4, label=Label.GREEN)}
    here.desk.until(
        lambda: here.said(hero)["metadata"] == {"rating": 4, "label": "green"}, what="the edits"
    )
    assert here.desk.parts.stock.marks.of([hero.id]) == {}
    reviews.mark([hero.id], label=Label.NONE)
    assert reviews.marks([hero.id]) == {hero.id: Mark(rating=4)}
    here.desk.until(lambda: here.said(hero)["metadata"] == {"rating": 4}, what="the emptied field")


class Arrival:
    """Does something once: when the catalog has heard of a label, and the ledger has yet to."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act
        self._has_begun = False
        self.is_over = False

    def follow(self, catalog: sqlite3.Connection) -> None:
        if self._has_begun or "green" not in str(catalog.execute(METADATA).fetchall()):
            return
        self._has_begun = True
        try:
            self._act()
        finally:
            self.is_over = True


@pytest.mark.parametrize("colours", [(Label.NONE,), (Label.NONE, Label.GREEN)])
def test_what_is_said_while_a_mark_arrives_is_shown_at_once_and_arrives_too(
    here: Studio, reviews: ReviewDesk, colours: tuple[Label, ...]
) -> None:
    here.editing.define(CLOUD, label("red", "green"))
    (hero,) = here.stock("hero")
    shown: list[Label] = []

    def say() -> None:
        for colour in colours:
            reviews.mark([hero.id], label=colour)
            shown.append(reviews.marks([hero.id])[hero.id].label)

    stock = here.desk.parts.stock
    arrival = Arrival(say)
    stock.catalog.writer.on_commit(arrival.follow)
    reviews.mark([hero.id], label=Label.GREEN)
    here.desk.until(lambda: arrival.is_over, what="the first label")
    here.desk.until(lambda: not stock.edits.open_of([hero.id]), what="the others")
    assert shown == list(colours)
    assert here.said(hero)["metadata"] == ({"label": "green"} if colours[-1] else {})


def test_what_an_environment_does_not_take_is_kept_here(here: Studio, reviews: ReviewDesk) -> None:
    here.editing.define(CLOUD, rating(FieldType.DATE))
    here.editing.define(CLOUD, label("red"))
    (hero,) = here.stock("hero")
    reviews.mark([hero.id], rating=2, label=Label.PURPLE)
    assert reviews.marks([hero.id]) == {hero.id: Mark(rating=2, label=Label.PURPLE)}
    assert here.editing.history(hero.id) == []


def test_a_colour_that_was_kept_here_gives_way_to_one_that_is_kept_there(
    here: Studio, reviews: ReviewDesk
) -> None:
    here.editing.define(CLOUD, label("red"))
    (hero,) = here.stock("hero")
    for colour in (Label.PURPLE, Label.RED):
        reviews.mark([hero.id], label=colour)
        assert reviews.marks([hero.id]) == {hero.id: Mark(label=colour)}
