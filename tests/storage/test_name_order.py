"""Assets are listed by name in the order of a language, from an index and without sorting."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.domain.errors import StorageTroubleError
from bridge_app.domain.query import Query, Sort
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.name_order import AT_ONCE
from bridge_app.storage.type_ahead import next_named
from tests.storage.shelf import NOW, Shelf, make

NAMES = (
    "nzz.jpg",
    "ñandú.jpg",
    "oca.jpg",
    "カード.jpg",
    "かあさん.jpg",
    "北京.jpg",
    "阿里.jpg",
    "a10.jpg",
    "a9.jpg",
)
ORDERS = {
    "es": ["a9", "a10", "nzz", "ñandú", "oca"],
    "de": ["a9", "a10", "ñandú", "nzz", "oca"],
    "ja": ["a9", "a10", "ñandú", "nzz", "oca", "かあさん", "カード", "阿里", "北京"],
    "zh_CN": ["a9", "a10", "ñandú", "nzz", "oca", "かあさん", "カード", "阿里", "北京"],
}
PLAN = "EXPLAIN QUERY PLAN SELECT rowid FROM asset ORDER BY name_key, id LIMIT 200 OFFSET 99000"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    made.put(*(make(name) for name in NAMES))
    yield made
    made.close()


def names(shelf: Shelf, query: Query | None = None) -> list[str]:
    page = shelf.reader.page(query or Query(), offset=0, limit=5_000, now=NOW)
    return [asset.name.rpartition(".")[0] for asset in page]


@pytest.mark.parametrize("language", ORDERS)
def test_names_are_listed_as_the_language_has_them(shelf: Shelf, language: str) -> None:
    assert shelf.catalog.sort_in(language)
    wanted = ORDERS[language]
    assert [name for name in names(shelf) if name in wanted] == wanted
    by_kind = names(shelf, Query(sort=Sort.KIND))
    assert by_kind == names(shelf)


def test_another_language_is_another_order_and_the_same_one_costs_nothing(shelf: Shelf) -> None:
    assert shelf.catalog.sort_in("de")
    before = names(shelf)
    assert not shelf.catalog.sort_in("de")
    assert shelf.catalog.sort_in("es")
    assert names(shelf) != before
    assert sorted(names(shelf)) == sorted(before)


def test_what_is_found_later_and_after_a_start_stands_in_the_same_order(
    shelf: Shelf, tmp_path: Path
) -> None:
    shelf.catalog.sort_in("es")
    shelf.put(make("ñu.jpg"), make("nube.jpg"))
    assert [one for one in names(shelf) if one.startswith(("n", "ñ"))] == [
        *("nube", "nzz", "ñandú", "ñu")
    ]
    again = Catalog.open(tmp_path / "catalog.db", ledger=tmp_path / "ledger.db")
    assert not again.sort_in("es")
    again.close()


def test_whoever_is_broken_off_begins_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put(*(make(f"é{number}.jpg") for number in range(2 * AT_ONCE)))
    atomic, turns = type(shelf.catalog.writer).atomic, iter((True, False))

    def ends(writer: object) -> object:
        if not next(turns):
            raise StorageTroubleError(path=Path("catalog.db"), detail="gone")
        return atomic(shelf.catalog.writer)

    with monkeypatch.context() as broken:
        broken.setattr(type(shelf.catalog.writer), "atomic", ends)
        with pytest.raises(StorageTroubleError):
            shelf.catalog.sort_in("es")
    assert shelf.catalog.sort_in("es")
    assert not shelf.catalog.sort_in("es")


def test_who_types_finds_names_in_every_order(shelf: Shelf) -> None:
    for language in ("", "es", "ja", "zh_CN"):
        shelf.catalog.sort_in(language)
        for typed, name in (
            ("ñ", "ñandú.jpg"),
            ("カ", "カード.jpg"),
            ("北", "北京.jpg"),
            ("a1", "a10.jpg"),
        ):
            found = next_named(shelf.reader, typed, Query(), after=None, now=NOW)
            assert found == make(name).id, (language, typed)


def test_the_order_is_read_from_an_index(shelf: Shelf) -> None:
    shelf.catalog.sort_in("ja")
    (plan,) = shelf.reader.ask(lambda connection: connection.execute(PLAN).fetchall())
    assert "USING COVERING INDEX asset_by_name" in plan[3]
