"""Smart folders and favourites as values, and as they are written down."""

import json

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Kind, LibraryId
from bridge_app.domain.kept_places import (
    Favourite,
    KeptPlaces,
    SmartFolder,
    as_text,
    from_text,
    place_of,
    query_from,
)
from bridge_app.domain.query import Query, Sort
from bridge_app.domain.query_tokens import MOST_KEYWORDS

COAST = Query(library=LibraryId("here"), folder="coast")
FOG = Query(
    text="fog “sea”",
    kinds=frozenset({Kind.IMAGE, Kind.VIDEO}),
    approvals=frozenset({Approval.APPROVED}),
    min_rating=3,
    pushed=False,
    taken_from="2026-01-01",
)
KEPT = KeptPlaces(
    favourites=(Favourite(title="coast", place=COAST), Favourite(title="Hero", preset="hero")),
    smart=(SmartFolder(name="Fog", query=FOG), SmartFolder(name="All", query=Query(text="a"))),
)


def names(kept: KeptPlaces) -> list[str]:
    return [one.name for one in kept.smart]


def test_what_is_kept_comes_back_as_it_was() -> None:
    assert from_text(as_text(KEPT)) == KEPT
    assert as_text(KeptPlaces()) == ""
    assert from_text("") == KeptPlaces()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"smart": 1, "favourites": {}}',
        '{"smart": [{"name": "", "query": {}}, {"name": "x"}, 7], "favourites": [{"title": "x"}]}',
    ],
)
def test_what_is_damaged_is_left_out(text: str) -> None:
    assert from_text(text) == KeptPlaces()


def test_of_a_newer_version_everything_that_is_known_is_read() -> None:
    facts = {"text": "fog", "kinds": ["image", "hologram"], "mood": "calm", "min_rating": "many"}
    assert query_from(facts) == Query(text="fog", kinds=frozenset({Kind.IMAGE}))
    assert query_from({"pushed": "yes", "unreadable": True}) == Query(unreadable=True)
    assert query_from(None) is None


def test_order_and_environment_are_those_of_the_moment() -> None:
    asked = Query(text="fog", sort=Sort.BYTES, descending=True, environment="studio")
    assert place_of(asked) == Query(text="fog")


def test_one_of_the_same_name_is_replaced_where_it_stands() -> None:
    kept = KEPT.with_smart(SmartFolder(name="Fog", query=COAST))
    assert names(kept) == ["Fog", "All"]
    assert kept.smart[0].query == COAST


def test_they_are_renamed_moved_and_let_go_of() -> None:
    starred = KEPT.with_favourite(Favourite(title="Fog", place=FOG))
    renamed = starred.renamed("Fog", "Mist")
    assert names(renamed) == ["Mist", "All"]
    assert renamed.favourites[-1].title == "Mist"
    assert KEPT.renamed("Fog", "All") == KEPT
    assert KEPT.renamed("gone", "Mist") == KEPT
    assert names(KEPT.moved_smart(1, -1)) == ["All", "Fog"]
    assert KEPT.moved_smart(0, -1) == KEPT
    assert [one.title for one in KEPT.moved_favourite(0, 1).favourites] == ["Hero", "coast"]
    assert names(KEPT.without_smart("Fog")) == ["All"]


def test_a_favourite_stands_there_once_and_is_known_by_its_place() -> None:
    again = KEPT.with_favourite(KEPT.favourites[0])
    assert again == KEPT
    found = KEPT.favourite_at(COAST)
    assert found == KEPT.favourites[0]
    assert found is not None
    assert KEPT.without_favourite(found).favourite_at(COAST) is None


@pytest.mark.parametrize(
    "asked",
    [
        {"ends_within_days": 10**12},
        {"ends_within_days": -1},
        {"min_rating": 10**30},
        {"text": "\ud800"},
        {"library": "l", "folder": "\ud800"},
        {"keywords": ["\ud800"]},
    ],
    ids=str,
)
def test_what_nobody_could_have_asked_for_is_not_asked(asked: dict[str, object]) -> None:
    read = from_text(json.dumps({"smart": [{"name": "n", "query": asked}]}))
    assert read.smart[0].query in (Query(), Query(library=LibraryId("l")))


def test_of_keywords_there_are_as_many_as_one_search_takes() -> None:
    asked = {"keywords": [f"word{number}" for number in range(3000)]}
    read = from_text(json.dumps({"smart": [{"name": "n", "query": asked}]}))
    assert len(read.smart[0].query.keywords) == MOST_KEYWORDS
