"""What an edit of an IPTC record keeps, clears, replaces and refuses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.photoshelter.iptc_record import (
    UnacceptableError,
    edited_record,
    whole_record,
)

words = st.lists(st.text("abAB: ", min_size=1, max_size=6).filter(str.strip), max_size=6)


def test_an_absent_key_stays_and_an_empty_one_is_cleared() -> None:
    stored = {"title": "Dawn", "caption": "Ridge", "city": "Oslo"}
    after = edited_record(stored, {"caption": None, "city": "", "credit": "Studio"})
    assert after == {"title": "Dawn", "credit": "Studio"}


def test_a_whole_record_names_every_field_there_is() -> None:
    record = whole_record({"title": "Dawn", "keywords": ["a"]})
    assert record["title"] == "Dawn"
    assert record["keywords"] == ["a"]
    assert (record["headline"], record["scene"], record["contact_info"]) == (None, [], {})
    assert len(record) == 27


def test_lists_replace_and_drop_what_is_empty() -> None:
    after = edited_record({"scene": ["010100"]}, {"scene": [" 011000 ", "", None]})
    assert after == {"scene": ["011000"]}


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("append", ["Sea", "sky", "land"]),
        ("remove", ["sky"]),
        ("replace", ["SEA", "land"]),
    ],
)
def test_keywords_are_appended_removed_or_replaced(mode: str, expected: list[str]) -> None:
    changes = {"keywords": ["SEA", "land"]}
    after = edited_record({"keywords": ["Sea", "sky"]}, changes, keywords_mode=mode)
    assert after["keywords"] == expected


@given(stored=words, given_words=words)
def test_appended_keywords_are_all_there_once_and_removing_them_leaves_none(
    stored: list[str], given_words: list[str]
) -> None:
    before = {"keywords": stored} if stored else {}
    appended = edited_record(before, {"keywords": given_words}, keywords_mode="append")
    folded = [word.casefold() for word in appended.get("keywords", ())]
    assert len(set(folded)) == len(folded)
    assert {word.strip().casefold() for word in given_words} <= set(folded)
    removed = edited_record(appended, {"keywords": given_words}, keywords_mode="remove")
    left = {word.casefold() for word in removed.get("keywords", ())}
    assert left.isdisjoint({word.strip().casefold() for word in given_words})


@given(stored=words, given_words=words)
def test_appending_twice_is_appending_once(stored: list[str], given_words: list[str]) -> None:
    changes = {"keywords": given_words}
    once = edited_record({"keywords": stored}, changes, keywords_mode="append")
    assert edited_record(once, changes, keywords_mode="append") == once


def test_the_contact_keeps_what_says_something() -> None:
    after = edited_record({}, {"contact_info": {"email": "a@example.com", "city": ""}})
    assert after == {"contact_info": {"email": "a@example.com"}}


def test_urgency_may_be_a_number_or_a_text() -> None:
    assert edited_record({}, {"urgency": 5}) == edited_record({}, {"urgency": "5"})


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"title": 5},
        {"title": ["a"]},
        {"caption": "x" * 32_001},
        {"keywords": "a,b"},
        {"keywords": ["ø" * 33]},
        {"keywords": [5]},
        {"urgency": 9},
        {"urgency": "12"},
        {"urgency": True},
        {"date_taken": "yesterday"},
        {"country_iso": "Norway"},
        {"contact_info": {"fax": "1"}},
        {"contact_info": "me"},
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(changes: dict[str, Any]) -> None:
    stored = {"title": "Dawn"}
    with pytest.raises(UnacceptableError):
        edited_record(stored, {"city": "Oslo", **changes})
    assert stored == {"title": "Dawn"}


def test_an_unknown_way_to_set_keywords_is_refused() -> None:
    with pytest.raises(UnacceptableError, match="keywords_mode"):
        edited_record({}, {}, keywords_mode="merge")


@pytest.mark.parametrize(
    "date", ["2026", "2026-09", "2026-09-14", "2026-09-14T04:51:22Z", "2026-09-14 04:51:22 GMT"]
)
def test_a_date_may_be_partial_and_written_in_either_way(date: str) -> None:
    assert edited_record({}, {"date_taken": date}) == {"date_taken": date}
