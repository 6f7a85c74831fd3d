"""Searches that nobody meant, in the real catalog: whole texts, many filters, bytes of no text."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bridge_app.domain.query import Query
from bridge_app.domain.query_tokens import MOST_KEYWORDS, read_query
from tests.storage.shelf import NOW, Shelf, make

TODAY = date(2026, 1, 1)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    made.put(make("fog.jpg", keywords=("sea",)))
    yield made
    made.close()


@pytest.mark.parametrize("word", ["word{}", "w", "ö{}"])
def test_a_whole_text_can_be_pasted(shelf: Shelf, word: str) -> None:
    text = " ".join(word.format(number) for number in range(5000))
    assert shelf.names(text=text) == []
    assert shelf.names(text="fog " * 5000) == ["fog.jpg"]


def test_filters_are_as_many_as_one_search_takes_and_others_are_told(shelf: Shelf) -> None:
    typed = " ".join(f"keyword:word{number}" for number in range(3000))
    read = read_query(typed, Query(), today=TODAY)
    assert len(read.query.keywords) == MOST_KEYWORDS
    assert len(read.wrong) == 3000 - MOST_KEYWORDS
    words = " ".join(f"word{number}" for number in range(5000))
    full = replace(read.query, text=words, inside="a", ends_within_days=9999, min_rating=5)
    assert shelf.reader.page(full, offset=0, limit=10, now=NOW) == []


def test_bytes_that_are_no_text_find_nothing(shelf: Shelf) -> None:
    odd = "caf\udce9"
    read = read_query(f"in:{odd} keyword:{odd} {odd}", Query(), today=TODAY)
    assert shelf.reader.page(read.query, offset=0, limit=10, now=NOW) == []
    assert shelf.names(library=odd, taken_from=odd, taken_until=odd) == []
