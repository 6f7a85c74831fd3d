"""What is done with many cells: pasted, filled down, searched and replaced; rows in order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.domain.grid_edits import (
    Area,
    Search,
    filled_down,
    finds,
    in_order,
    replaced,
    spread,
)
from bridge_app.domain.metadata_fields import FieldValue

BLOCK = (("a", "b"), ("c", "d"))


def area(top: int, left: int, bottom: int, right: int) -> Area:
    return Area(top=top, left=left, bottom=bottom, right=right)


def test_a_block_goes_to_the_chosen_cell_and_beyond() -> None:
    found = spread(BLOCK, area(1, 1, 1, 1), rows=9, columns=9)
    assert found.texts == {(1, 1): "a", (1, 2): "b", (2, 1): "c", (2, 2): "d"}
    assert found.outside == 0


def test_one_copied_cell_fills_all_that_is_chosen() -> None:
    found = spread((("x",),), area(0, 0, 2, 1), rows=9, columns=9)
    assert set(found.texts) == {(row, column) for row in range(3) for column in range(2)}
    assert set(found.texts.values()) == {"x"}


def test_a_block_is_repeated_where_it_fits_a_whole_number_of_times() -> None:
    found = spread((("a",), ("b",)), area(0, 0, 3, 0), rows=9, columns=9)
    assert [found.texts[row, 0] for row in range(4)] == ["a", "b", "a", "b"]
    once = spread((("a",), ("b",)), area(0, 0, 2, 0), rows=9, columns=9)
    assert set(once.texts) == {(0, 0), (1, 0)}


def test_what_has_no_place_in_the_table_is_counted() -> None:
    found = spread(BLOCK, area(0, 2, 0, 2), rows=1, columns=3)
    assert found.texts == {(0, 2): "a"}
    assert found.outside == 3
    assert spread((), area(0, 0, 0, 0), rows=1, columns=1).texts == {}


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 6), st.integers(1, 6))
@settings(max_examples=60)
def test_no_text_lands_outside_the_table(high: int, wide: int, rows: int, columns: int) -> None:
    block = tuple(tuple(f"{row}.{one}" for one in range(wide)) for row in range(high))
    found = spread(block, area(0, 0, rows - 1, columns - 1), rows=rows, columns=columns)
    assert all(row < rows and column < columns for row, column in found.texts)
    assert all(
        text == block[row % high][column % wide] for (row, column), text in found.texts.items()
    )


def test_filling_down_takes_the_topmost_chosen_cell_of_each_column() -> None:
    chosen = [(3, 0), (1, 0), (2, 0), (5, 1), (4, 1)]
    assert filled_down(chosen) == {(2, 0): (1, 0), (3, 0): (1, 0), (5, 1): (4, 1)}
    assert filled_down([(1, 1)]) == {}


@pytest.mark.parametrize(
    ("search", "value", "count"),
    [
        (Search(what="sea"), "Sea and seaside", 2),
        (Search(what="sea", case=True), "Sea and seaside", 1),
        (Search(what="sea", whole=True), "Sea and seaside", 1),
        (Search(what="sea"), ("sea", "coast", "Seagull"), 2),
        (Search(what="."), "a.b", 1),
        (Search(what="ß"), "straße", 1),
        (Search(what=""), "anything", 0),
        (Search(what="5"), 5, 1),
        (Search(what="x"), None, 0),
    ],
)
def test_a_search_finds_what_stands_there_and_takes_nothing_for_a_pattern(
    search: Search, value: FieldValue, count: int
) -> None:
    assert finds(search, value) == count


@pytest.mark.parametrize(
    ("search", "value", "after"),
    [
        (Search(what="Oslo", instead="Bergen"), "Oslo, oslo", "Bergen, Bergen"),
        (Search(what="x", instead=r"\1\n"), "axb", r"a\1\nb"),
        (Search(what="all"), "all", None),
        (Search(what="sea", instead="lake"), ("boat", "sea"), ("boat", "lake")),
        (Search(what="sea"), ("boat", "sea"), ("boat",)),
        (Search(what="a", instead="b"), ("a", "b"), ("b",)),
        (Search(what="3", instead="4"), 3, 4),
        (Search(what="3", instead="x"), 3, "x"),
        (Search(what="none"), "kept", "kept"),
    ],
)
def test_replacing(search: Search, value: FieldValue, after: FieldValue) -> None:
    assert replaced(search, value) == after


@given(st.text(max_size=30), st.text(max_size=4), st.text(max_size=4))
@settings(max_examples=80)
def test_replacing_a_word_by_itself_changes_nothing(text: str, what: str, instead: str) -> None:
    search = Search(what=what, instead=what, case=True)
    assert replaced(search, text) in (text, None if text == "" else text)
    if not finds(Search(what=what), text):
        assert (replaced(Search(what=what, instead=instead), text) or "") == text


def test_rows_are_ordered_by_number_and_letter_and_the_silent_ones_come_last() -> None:
    rows: list[tuple[str, FieldValue]] = [
        ("d", "Item 10"),
        ("c", None),
        ("b", "item 2"),
        ("a", "Éclair"),
        ("z", "eclair"),
    ]
    assert in_order(rows) == (3, 4, 2, 0, 1)
    assert in_order(rows, descending=True) == (0, 2, 3, 4, 1)


def test_ratings_are_ordered_by_size() -> None:
    rows: list[tuple[str, FieldValue]] = [("a", 5), ("b", 1), ("c", 3)]
    assert in_order(rows) == (1, 2, 0)
