"""What is chosen, by identity: beyond the pages that are read, and across refreshes."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import AssetId
from bridge_app.domain.query import Query
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.models.asset_list import AssetList
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.models.listing import PAGE, runs
from tests.desk import Desk
from tests.ui.stock import asset, listing, put

PATIENCE_S = 30
Flag = QItemSelectionModel.SelectionFlag


@pytest.fixture
def model(reader: Asker) -> AssetList:
    return listing(reader)


@pytest.fixture
def selection(model: AssetList, reader: Asker) -> AssetSelection:
    return AssetSelection(model, reader)


def search(qtbot: QtBot, model: AssetList, query: Query | None = None) -> None:
    with qtbot.waitSignal(model.counted):
        model.search(query or Query())


def refresh(qtbot: QtBot, selection: AssetSelection, model: AssetList) -> None:
    with qtbot.waitSignal(model.refreshed):
        model.refresh(selection.kept)


def choose(selection: AssetSelection, model: AssetList, first: int, last: int) -> None:
    rows = QItemSelection(model.index(first, 0), model.index(last, 0))
    selection.select(rows, Flag.ClearAndSelect)


def marked(selection: AssetSelection) -> list[int]:
    return sorted({index.row() for index in selection.selectedRows()})


def test_rows_that_are_read_are_known_at_once(
    qtbot: QtBot, shelf: Desk, model: AssetList, selection: AssetSelection
) -> None:
    ids = put(shelf, (asset(number) for number in range(6)))
    search(qtbot, model)
    choose(selection, model, 1, 3)
    assert selection.is_complete
    assert list(selection.ids) == ids[1:4]
    selection.select(model.index(2, 0), Flag.Toggle)
    assert list(selection.ids) == [ids[1], ids[3]]


def test_choosing_everything_reaches_beyond_the_pages_that_are_read(
    qtbot: QtBot, shelf: Desk, model: AssetList, selection: AssetSelection
) -> None:
    ids = put(shelf, (asset(number) for number in range(3 * PAGE + 7)))
    search(qtbot, model)
    selection.choose_all()
    assert selection.count == len(ids)
    qtbot.waitUntil(lambda: selection.is_complete)
    assert list(selection.ids) == ids


def test_what_comes_after_everything_was_chosen_is_not_chosen(
    qtbot: QtBot, shelf: Desk, model: AssetList, selection: AssetSelection
) -> None:
    ids = put(shelf, (asset(number) for number in range(10, 20)))
    search(qtbot, model)
    selection.choose_all()
    put(shelf, [asset(1), asset(15_000)])
    refresh(qtbot, selection, model)
    assert list(selection.ids) == ids
    assert marked(selection) == list(range(1, 11))


def test_a_refresh_keeps_what_is_chosen_though_rows_move(
    qtbot: QtBot, shelf: Desk, model: AssetList, selection: AssetSelection
) -> None:
    ids = put(shelf, (asset(number) for number in range(10, 20)))
    search(qtbot, model)
    choose(selection, model, 4, 5)
    selection.setCurrentIndex(model.index(5, 0), Flag.NoUpdate)
    put(shelf, (asset(number) for number in range(3)))
    refresh(qtbot, selection, model)
    assert list(selection.ids) == ids[4:6]
    assert marked(selection) == [7, 8]
    assert selection.currentIndex().row() == 8


def test_what_is_gone_is_not_chosen_any_more(
    qtbot: QtBot, shelf: Desk, model: AssetList, selection: AssetSelection
) -> None:
    ids = put(shelf, (asset(number) for number in range(6)))
    search(qtbot, model)
    choose(selection, model, 2, 3)
    shelf.parts.stock.catalog.remove([ids[2]])
    refresh(qtbot, selection, model)
    assert list(selection.ids) == [ids[3]]


@pytest.mark.parametrize("moves_on", [True, False])
def test_after_a_decision_the_next_one_is_chosen_and_only_then(
    qtbot: QtBot, shelf: Desk, model: AssetList, selection: AssetSelection, moves_on: bool
) -> None:
    ids = put(shelf, (asset(number) for number in range(6)))
    search(qtbot, model)
    choose(selection, model, 2, 2)
    selection.setCurrentIndex(model.index(2, 0), Flag.NoUpdate)
    if moves_on:
        selection.move_on()
    shelf.parts.stock.catalog.remove([ids[2]])
    refresh(qtbot, selection, model)
    assert list(selection.ids) == ([ids[3]] if moves_on else [])
    assert selection.currentIndex().row() == 2


def test_a_new_search_chooses_nothing(
    qtbot: QtBot, shelf: Desk, model: AssetList, selection: AssetSelection
) -> None:
    put(shelf, (asset(number) for number in range(6)))
    search(qtbot, model)
    selection.choose_all()
    search(qtbot, model, Query(text="0000"))
    assert selection.count == 0
    assert not selection.hasSelection()


def test_assets_can_be_chosen_before_their_rows_are_known(
    qtbot: QtBot, shelf: Desk, model: AssetList, selection: AssetSelection
) -> None:
    ids = put(shelf, (asset(number) for number in range(2 * PAGE)))
    search(qtbot, model)
    selection.choose([ids[PAGE + 9], ids[3]])
    assert selection.count == 2
    refresh(qtbot, selection, model)
    assert marked(selection) == [3, PAGE + 9]
    assert selection.currentIndex().row() == PAGE + 9


def test_a_selection_of_unread_rows_that_move_meanwhile_is_not_guessed(
    qtbot: QtBot, shelf: Desk, model: AssetList, selection: AssetSelection
) -> None:
    put(shelf, (asset(number) for number in range(3 * PAGE)))
    search(qtbot, model)
    choose(selection, model, PAGE - 1, PAGE + 5)
    guessed = selection.is_complete
    assert not guessed
    refresh(qtbot, selection, model)
    assert selection.is_complete
    assert selection.count == len(marked(selection))


class Held:
    """A listing that is being read, until it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._reading, self._may_go_on = threading.Event(), threading.Event()
        count = CatalogReader.count

        def waiting(reader: CatalogReader, query: Query, *, now: datetime) -> int:
            self._reading.set()
            assert self._may_go_on.wait(PATIENCE_S)
            return count(reader, query, now=now)

        monkeypatch.setattr(CatalogReader, "count", waiting)

    def begin(self, selection: AssetSelection, model: AssetList) -> None:
        model.refresh(selection.kept)
        assert self._reading.wait(PATIENCE_S)

    def end(self, qtbot: QtBot, model: AssetList) -> None:
        with qtbot.waitSignal(model.refreshed, timeout=PATIENCE_S * 1000):
            self._may_go_on.set()


Act = Callable[[AssetSelection, AssetList, list[AssetId]], list[AssetId]]
"""What a person does while the listing is read again; tells what is chosen then."""


def click(selection: AssetSelection, model: AssetList, ids: list[AssetId]) -> list[AssetId]:
    selection.setCurrentIndex(model.index(4, 0), Flag.ClearAndSelect)
    return [ids[4]]


def add(selection: AssetSelection, model: AssetList, ids: list[AssetId]) -> list[AssetId]:
    selection.setCurrentIndex(model.index(4, 0), Flag.Toggle)
    return [ids[2], ids[4]]


def reach_unread_rows(
    selection: AssetSelection, model: AssetList, ids: list[AssetId]
) -> list[AssetId]:
    choose(selection, model, 3, PAGE + 5)
    return ids[3 : PAGE + 6]


def name_unread(selection: AssetSelection, model: AssetList, ids: list[AssetId]) -> list[AssetId]:
    selection.choose([ids[PAGE + 9], ids[3]])
    return [ids[3], ids[PAGE + 9]]


def take_all(selection: AssetSelection, model: AssetList, ids: list[AssetId]) -> list[AssetId]:
    selection.choose_all()
    return ids


def take_none(selection: AssetSelection, model: AssetList, ids: list[AssetId]) -> list[AssetId]:
    selection.clear_all()
    return []


@pytest.mark.parametrize("act", [click, add, reach_unread_rows, name_unread, take_all, take_none])
def test_what_is_chosen_while_the_listing_is_read_again_stays(
    qtbot: QtBot,
    shelf: Desk,
    model: AssetList,
    selection: AssetSelection,
    monkeypatch: pytest.MonkeyPatch,
    act: Act,
) -> None:
    ids = put(shelf, (asset(number) for number in range(10, 10 + 2 * PAGE)))
    search(qtbot, model)
    selection.setCurrentIndex(model.index(2, 0), Flag.ClearAndSelect)
    held = Held(monkeypatch)
    held.begin(selection, model)
    put(shelf, (asset(number) for number in range(3)))
    wanted = act(selection, model, ids)
    held.end(qtbot, model)
    assert selection.is_complete
    assert list(selection.ids) == wanted
    assert marked(selection) == [ids.index(one) + 3 for one in wanted]


def test_a_focus_that_moves_while_the_listing_is_read_again_stays(
    qtbot: QtBot,
    shelf: Desk,
    model: AssetList,
    selection: AssetSelection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = put(shelf, (asset(number) for number in range(10, 20)))
    search(qtbot, model)
    selection.setCurrentIndex(model.index(2, 0), Flag.ClearAndSelect)
    held = Held(monkeypatch)
    held.begin(selection, model)
    put(shelf, (asset(number) for number in range(3)))
    selection.setCurrentIndex(model.index(5, 0), Flag.NoUpdate)
    held.end(qtbot, model)
    assert selection.current == ids[5]
    assert selection.currentIndex().row() == 8
    assert list(selection.ids) == [ids[2]]


def test_what_is_chosen_by_somebody_who_hears_of_moving_rows_stays(
    qtbot: QtBot, shelf: Desk, model: AssetList, selection: AssetSelection
) -> None:
    ids = put(shelf, (asset(number) for number in range(10, 20)))
    search(qtbot, model)
    choose(selection, model, 2, 2)
    model.rowsInserted.connect(
        lambda: selection.choose([ids[7]]), Qt.ConnectionType.SingleShotConnection
    )
    put(shelf, (asset(number) for number in range(3)))
    refresh(qtbot, selection, model)
    qtbot.waitUntil(lambda: marked(selection) == [10], timeout=PATIENCE_S * 1000)
    assert list(selection.ids) == [ids[7]]


def test_a_run_that_was_chosen_by_its_ends_is_found_though_rows_moved_unseen(
    qtbot: QtBot, shelf: Desk, model: AssetList, selection: AssetSelection
) -> None:
    ids = put(shelf, (asset(number) for number in range(10, 10 + 3 * PAGE)))
    search(qtbot, model)
    with qtbot.waitSignal(model.dataChanged):
        model.index(2 * PAGE, 0).data()
    put(shelf, (asset(number) for number in range(3)))
    choose(selection, model, 3, 2 * PAGE + 5)
    qtbot.waitUntil(lambda: selection.is_complete, timeout=PATIENCE_S * 1000)
    assert list(selection.ids) == ids[3 : 2 * PAGE + 6]


def test_runs_of_rows() -> None:
    assert list(runs([])) == []
    assert list(runs([4])) == [(4, 4)]
    assert list(runs([0, 1, 2, 5, 6, 9])) == [(0, 2), (5, 6), (9, 9)]
