"""What the catalog remembers: identities, paths of any bytes, what is missing and forgotten."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import Asset, Kind, LibraryId
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.storage.catalog import Catalog, SeenFile, asset_id
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.paths import from_blob, shown, to_blob

HOME = LibraryId("home")


def seen(path: str, turn: int = 0) -> SeenFile:
    asset = Asset(
        id=asset_id(HOME, path, turn),
        library=HOME,
        path=path,
        name=shown(path.rpartition("/")[2]),
        folder=path.rpartition("/")[0],
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=7,
        modified_at="2026-05-01T00:00:00+00:00",
        sha256="s" + shown(path),
    )
    return SeenFile(asset=asset, modified_ns=5, file_key=f"1:{shown(path)}")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    open_ledger(tmp_path / "ledger.db").close()
    made = Catalog.open(tmp_path / "catalog.db", ledger=tmp_path / "ledger.db")
    yield made
    made.close()


def paths(catalog: Catalog) -> set[str]:
    return {file.path for file in catalog.known(HOME)}


def test_a_rebuilt_catalog_gives_the_same_identities(catalog: Catalog) -> None:
    assert catalog.new_id(HOME, "a/b.jpg") == asset_id(HOME, "a/b.jpg")
    others = {catalog.new_id(HOME, "a/c.jpg"), catalog.new_id(LibraryId("other"), "a/b.jpg")}
    assert len(others | {catalog.new_id(HOME, "a/b.jpg")}) == 3


def test_a_new_file_at_a_path_whose_asset_moved_away_is_somebody_else(catalog: Catalog) -> None:
    first = seen("a.jpg")
    catalog.put([first])
    catalog.put([replace(first, asset=replace(first.asset, path="moved.jpg", name="moved.jpg"))])
    second = catalog.new_id(HOME, "a.jpg")
    assert second == asset_id(HOME, "a.jpg", 1) != first.asset.id
    catalog.put([seen("a.jpg", 1)])
    assert {(f.path, f.id) for f in catalog.known(HOME)} == {
        ("moved.jpg", first.asset.id),
        ("a.jpg", second),
    }


@given(st.binary(max_size=20))
def test_a_path_of_any_bytes_survives(raw: bytes) -> None:
    assert to_blob(from_blob(raw)) == raw
    assert shown(from_blob(raw)).encode().decode() == shown(from_blob(raw))


def test_a_name_that_is_not_utf8_is_kept_and_shown_readably(catalog: Catalog) -> None:
    path = from_blob(b"caf\xe9/\xff\xfe.jpg")
    catalog.put([seen(path)])
    (known,) = catalog.known_at_or_below(HOME, from_blob(b"caf\xe9"))
    assert known.path == path
    reader = catalog.reader()
    found = reader.at_path(HOME, path)
    assert found == known.id
    (asset,) = reader.assets([known.id])
    assert (asset.path, asset.name) == (path, "\ufffd\ufffd.jpg")
    assert {folder.path for folder in reader.folders(HOME)} == {"", from_blob(b"caf\xe9")}
    reader.close()


def test_below_a_folder_is_not_beside_it(catalog: Catalog) -> None:
    catalog.put([seen(p) for p in ("a/1.jpg", "a/b/2.jpg", "a.jpg", "a-b/3.jpg", "a0/4.jpg")])

    def below(path: str) -> set[str]:
        return {file.path for file in catalog.known_at_or_below(HOME, path)}

    assert below("a") == {"a/1.jpg", "a/b/2.jpg"}
    assert below("a.jpg") == {"a.jpg"}


def test_the_missing_stay_until_a_person_lets_them_go(catalog: Catalog) -> None:
    gone, here = seen("gone.jpg"), seen("here.jpg")
    catalog.put([gone, here])
    catalog.mark_missing([gone.asset.id], "it is not there any more")
    reader = catalog.reader()
    (asset,) = reader.assets([gone.asset.id])
    assert asset.error == "it is not there any more"
    assert {f.path for f in catalog.known(HOME) if f.missing} == {"gone.jpg"}
    catalog.forget_missing(HOME)
    assert paths(catalog) == {"here.jpg"}
    assert reader.assets([gone.asset.id]) == []
    reader.close()


def test_a_missing_file_that_is_back_is_not_forgotten(catalog: Catalog) -> None:
    catalog.put([seen("back.jpg")])
    catalog.mark_missing([seen("back.jpg").asset.id], "gone")
    catalog.put([seen("back.jpg")])
    catalog.forget_missing(HOME)
    (known,) = catalog.known(HOME)
    assert not known.missing


def test_forgetting_a_library_leaves_the_others(catalog: Catalog) -> None:
    other = seen("x.jpg")
    other = replace(other, asset=replace(other.asset, id=asset_id(LibraryId("o"), "x.jpg")))
    other = replace(other, asset=replace(other.asset, library=LibraryId("o")))
    catalog.put([seen("x.jpg"), other])
    catalog.remove_library(HOME)
    assert (catalog.size(HOME), catalog.size(LibraryId("o"))) == (0, 1)


def test_what_a_look_below_a_folder_skipped_replaces_only_what_was_told_of_it(
    catalog: Catalog,
) -> None:
    catalog.set_skipped(HOME, "", [("a/1", "x"), ("a-b", "x"), ("b", "x")])
    catalog.set_skipped(HOME, "a", [("a/2", "y")])
    reader = catalog.reader()
    assert [(s.path, s.reason) for s in reader.skipped(HOME)] == [
        ("a-b", "x"),
        ("a/2", "y"),
        ("b", "x"),
    ]
    reader.close()


def test_records_are_kept_with_their_assets_and_go_with_them(catalog: Catalog) -> None:
    hero = seen("hero.jpg")
    said: dict[str, FieldValue] = {"title": "Grüße", "keywords": ("a", "b"), "rating": 3}
    catalog.put([replace(hero, record=said, differs=("title",), sidecars="1:2:3"), seen("b.jpg")])
    reader = catalog.reader()
    other = seen("b.jpg").asset.id
    assert reader.records([hero.asset.id, other]) == {hero.asset.id: said, other: {}}
    assert reader.differing([hero.asset.id, other]) == {hero.asset.id: ("title",)}
    assert catalog.known_at_or_below(HOME, "hero.jpg")[0].sidecars == "1:2:3"
    catalog.remove([hero.asset.id])
    assert reader.records([hero.asset.id]) == {hero.asset.id: {}}
    reader.close()
