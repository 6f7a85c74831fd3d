"""Presets in the ledger: kept, put back, and never lost by half."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.channel_formats import EDITION, STARTING_LIBRARY
from bridge_app.domain.errors import StorageTroubleError
from bridge_app.domain.presets import Contract, RenditionPreset
from bridge_app.domain.rendition_sets import PresetLibrary, RenditionSet
from bridge_app.storage.database import Writer
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.presets import PresetOrder, Presets, PresetsMovedOnError

NOW = datetime(2026, 11, 21, tzinfo=UTC)
HERO = RenditionPreset(
    name="hero",
    title="Hero “big”",
    transformation="c_fill,w_9",
    format="jpg",
    channel="web",
    markets=("DE",),
    languages=("de",),
    contract=Contract(width=9, exact=False, formats=("jpg",)),
)
BOTH = RenditionSet(name="both", title="Both", presets=("hero", "story"))


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    opened = open_ledger(tmp_path / "ledger.db")
    yield opened
    opened.close()


@pytest.fixture
def presets(writer: Writer) -> Presets:
    return Presets(writer)


def test_what_is_kept_is_there_after_a_restart(tmp_path: Path) -> None:
    first = open_ledger(tmp_path / "l.db")
    Presets(first).put([HERO], [BOTH], at=NOW)
    first.close()
    second = open_ledger(tmp_path / "l.db")
    library = Presets(second).library()
    second.close()
    assert library == PresetLibrary.of([HERO], [BOTH])


def test_the_starting_library_is_copied_in_once(presets: Presets) -> None:
    assert presets.copy_in(STARTING_LIBRARY, edition=EDITION, at=NOW)
    assert list(presets.library().presets) == list(STARTING_LIBRARY.presets)
    assert presets.library() == STARTING_LIBRARY
    presets.change({"hero": None}, {"social": None}, at=NOW)
    assert not presets.copy_in(STARTING_LIBRARY, edition=EDITION, at=NOW)
    assert "hero" not in presets.library().presets
    assert "social" not in presets.library().sets


def test_a_later_edition_adds_and_changes_nothing_of_ours(presets: Presets) -> None:
    presets.copy_in(STARTING_LIBRARY, edition=1, at=NOW)
    ours = replace(STARTING_LIBRARY.presets["hero"], title="Ours")
    presets.put([ours], at=NOW)
    later = PresetLibrary.of([*STARTING_LIBRARY.presets.values(), replace(HERO, name="new")])
    assert presets.copy_in(later, edition=2, at=NOW)
    assert presets.library().presets["hero"] == ours
    assert "new" in presets.library().presets


def test_a_changed_preset_keeps_its_place(presets: Presets) -> None:
    presets.put([HERO, replace(HERO, name="story")], at=NOW)
    presets.put([replace(HERO, title="Other")], at=NOW)
    assert list(presets.library().presets) == ["hero", "story"]


def test_a_change_can_be_taken_back_and_that_too(presets: Presets) -> None:
    presets.put([HERO], at=NOW)
    after = replace(HERO, transformation="c_fit,w_1")
    change = presets.put([after], [BOTH], at=NOW)
    assert change.presets == {"hero": (HERO, after)}
    back = presets.undo(change, at=NOW)
    assert presets.library() == PresetLibrary.of([HERO])
    presets.undo(back, at=NOW)
    assert presets.library() == PresetLibrary.of([after], [BOTH])


def test_what_was_changed_again_is_not_taken_back(presets: Presets) -> None:
    presets.put([HERO], at=NOW)
    change = presets.put([replace(HERO, title="second")], [BOTH], at=NOW)
    third = presets.put([replace(HERO, title="third")], at=NOW)
    with pytest.raises(PresetsMovedOnError, match="hero"):
        presets.undo(change, at=NOW)
    assert presets.library().presets["hero"].title == "third"
    assert "both" in presets.library().sets
    assert not third.is_nothing


def test_saying_the_same_again_is_no_change(presets: Presets) -> None:
    presets.put([HERO], at=NOW)
    assert presets.put([HERO], at=NOW).is_nothing


def test_a_row_that_is_no_preset_is_told_and_not_dropped(writer: Writer, presets: Presets) -> None:
    presets.put([HERO], at=NOW)
    with writer.atomic() as connection:
        connection.execute('UPDATE preset SET told = \'{"name": "a b"}\'')
    with pytest.raises(StorageTroubleError, match=r"presets\[0\]"):
        presets.library()


def test_names_are_put_in_order_and_what_is_not_named_comes_last(presets: Presets) -> None:
    names = ("a1", "b2", "c3")
    presets.put([replace(HERO, name=name) for name in names], at=NOW)
    change = presets.change({}, {}, order=PresetOrder(presets=("c3", "gone", "a1")), at=NOW)
    assert not change.is_nothing
    assert [*presets.library().presets] == ["c3", "a1", "b2"]
    presets.undo(change, at=NOW)
    assert [*presets.library().presets] == [*names]


def test_what_is_deleted_comes_back_where_it_was(presets: Presets) -> None:
    presets.put([replace(HERO, name=name) for name in ("a1", "b2", "c3")], at=NOW)
    before = presets.library()
    change = presets.change({"a1": None, "b2": None}, {}, at=NOW)
    again = presets.undo(change, at=NOW)
    assert presets.library() == before
    assert [*presets.library().presets] == ["a1", "b2", "c3"]
    presets.undo(again, at=NOW)
    assert [*presets.library().presets] == ["c3"]
