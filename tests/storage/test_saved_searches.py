"""Searches with names: kept by environment, handed on as a small text."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.errors import InvalidInputError
from bridge_app.storage.saved_searches import SavedSearch, SavedSearches, as_text, from_text

SPRING = SavedSearch(name="Spring", expression="tags=spring AND resource_type:image")
autumn = SavedSearch(name="autumn", expression="tags=autumn")

lines = st.text(string.printable, min_size=1, max_size=30).map(
    lambda text: " ".join(text.split()) or "x"
)


def test_searches_are_there_after_a_restart_in_the_order_of_their_names(tmp_path: Path) -> None:
    SavedSearches(tmp_path / "searches.json").put("studio", [SPRING, autumn])
    again = SavedSearches(tmp_path / "searches.json")
    assert again.of("studio") == (autumn, SPRING)
    assert again.of("other") == ()


def test_a_name_is_there_once(tmp_path: Path) -> None:
    searches = SavedSearches(tmp_path / "searches.json")
    searches.put("studio", [SPRING])
    searches.put("studio", [SavedSearch(name="Spring", expression="tags=may")])
    assert [one.expression for one in searches.of("studio")] == ["tags=may"]


def test_what_is_removed_is_gone_and_the_rest_stays(tmp_path: Path) -> None:
    searches = SavedSearches(tmp_path / "searches.json")
    searches.put("studio", [SPRING, autumn])
    searches.remove("studio", "Spring")
    searches.remove("studio", "never there")
    assert searches.of("studio") == (autumn,)


def test_a_damaged_file_is_told_and_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "searches.json"
    path.write_text("{ half")
    with pytest.raises(InvalidInputError):
        SavedSearches(path).put("studio", [SPRING])
    assert path.read_text() == "{ half"


@given(st.lists(st.builds(SavedSearch, name=lines, expression=lines), max_size=5))
def test_a_text_for_others_says_the_same(searches: list[SavedSearch]) -> None:
    assert from_text(as_text(searches)) == tuple(searches)


def test_a_line_that_is_no_search_is_named() -> None:
    with pytest.raises(InvalidInputError, match="Line 2"):
        from_text("Spring\ttags=spring\nno expression\n")
