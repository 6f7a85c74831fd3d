"""The window over the catalog: pages, tickets, and rows that stay in their place."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.query import Query, Sort
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.models.asset_list import (
    KEPT_PAGES,
    AssetList,
    AssetRole,
    Column,
)
from bridge_app.ui.models.listing import PAGE, Kept, Listing
from tests.desk import Desk
from tests.ui.stock import asset, listing, put

COMPLAIN = QAbstractItemModelTester.FailureReportingMode.Warning


@pytest.fixture
def model(reader: Asker) -> AssetList:
    return listing(reader)


def found(qtbot: QtBot, model: AssetList, query: Query | None = None) -> AssetList:
    """The model once it is answered."""
    with qtbot.waitSignal(model.counted):
        model.search(query or Query())
    return model


def names(model: QAbstractItemModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_it_is_a_sound_model_while_it_is_searched_and_refreshed(
    qtbot: QtBot, qtmodeltester: ModelTester, shelf: Desk, model: AssetList
) -> None:
    put(shelf, (asset(number) for number in range(5)))
    QAbstractItemModelTester(model, COMPLAIN, model)
    found(qtbot, model)
    put(shelf, (asset(number) for number in range(5, 9)))
    with qtbot.waitSignal(model.refreshed):
        model.refresh(Kept)
    assert model.rowCount() == 9
    found(qtbot, model, Query(text="00007"))
    qtmodeltester.check(model, force_py=True)
    assert names(model) == ["picture_00007.jpg"]


def test_a_row_that_is_not_here_is_asked_for_once_with_its_page(
    qtbot: QtBot, shelf: Desk, reader: Asker, model: AssetList, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, (asset(number) for number in range(3 * PAGE)))
    found(qtbot, model)
    pages: list[int] = []
    page = CatalogReader.page

    def counted(self: CatalogReader, query: Query, **where: object) -> object:
        pages.append(int(str(where["offset"])))
        return page(self, query, **where)  # type: ignore[arg-type]

    monkeypatch.setattr(CatalogReader, "page", counted)
    with qtbot.waitSignal(model.dataChanged):
        for _ in range(3):
            for row in range(2 * PAGE, 2 * PAGE + 20):
                assert model.index(row, 0).data(AssetRole.ASSET) is None
    assert pages == [2 * PAGE]
    assert model.index(2 * PAGE + 3, 0).data() == f"picture_{2 * PAGE + 3:05}.jpg"


def test_an_answer_to_an_older_question_is_dropped(
    qtbot: QtBot, shelf: Desk, model: AssetList
) -> None:
    put(shelf, (asset(number) for number in range(30)))
    answers: list[int] = []
    model.counted.connect(answers.append)
    for text in ("picture", "0000", "00003"):
        model.search(Query(text=text))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [1]
    assert names(model) == ["picture_00003.jpg"]


def test_rows_of_the_question_before_stay_until_the_new_one_is_answered(
    qtbot: QtBot, shelf: Desk, model: AssetList
) -> None:
    put(shelf, (asset(number) for number in range(3)))
    found(qtbot, model)
    model.search(Query(text="nothing is called that"))
    assert model.is_waiting
    assert len(names(model)) == 3
    qtbot.waitUntil(lambda: not model.is_waiting)
    assert names(model) == []


def test_only_so_many_pages_are_kept_and_never_the_visible_one_dropped(
    qtbot: QtBot, shelf: Desk, model: AssetList
) -> None:
    put(shelf, (asset(number) for number in range((KEPT_PAGES + 4) * PAGE)))
    found(qtbot, model)
    model.note_visible(range(0, 30))
    for number in range(1, KEPT_PAGES + 4):
        with qtbot.waitSignal(model.dataChanged):
            model.index(number * PAGE, 0).data()
    assert len(model.loaded()) <= KEPT_PAGES * PAGE
    assert model.asset(0) is not None
    assert model.asset(PAGE) is None


def test_a_refresh_tells_where_the_kept_assets_are_now(
    qtbot: QtBot, shelf: Desk, model: AssetList
) -> None:
    ids = put(shelf, (asset(number) for number in range(10, 14)))
    found(qtbot, model)
    put(shelf, [asset(1), asset(2)])
    shelf.parts.stock.catalog.remove([ids[1]])
    chosen = dict.fromkeys([ids[1], ids[2], ids[3]])
    with qtbot.waitSignal(model.refreshed) as told:
        model.refresh(lambda: Kept(chosen=chosen), frozenset({ids[0], ids[1]}))
    assert told.args is not None
    answer: Listing = told.args[0]
    assert answer.rows == {ids[0]: 2}
    assert list(answer.chosen) == [ids[2], ids[3]]
    assert list(answer.spans) == [(3, 4)]


def test_a_change_of_content_is_read_again_where_it_is_shown(
    qtbot: QtBot, shelf: Desk, model: AssetList
) -> None:
    ids = put(shelf, (asset(number) for number in range(4)))
    found(qtbot, model)
    shelf.parts.worker.decide([ids[2]], Approval.APPROVED)
    with qtbot.waitSignals([model.dataChanged, model.reread]):
        model.reread_rows(frozenset({ids[2], AssetId("elsewhere")}))
    shown = model.asset(2)
    assert shown is not None
    assert shown.approval is Approval.APPROVED


def test_another_order_keeps_the_rows_and_turns_them_over(
    qtbot: QtBot, shelf: Desk, model: AssetList
) -> None:
    put(shelf, (asset(number) for number in range(4)))
    found(qtbot, model)
    with qtbot.waitSignal(model.refreshed), qtbot.assertNotEmitted(model.modelReset):
        model.reorder(replace(model.query, sort=Sort.BYTES, descending=True), Kept)
    assert names(model)[0] == "picture_00003.jpg"


def test_rows_speak_for_those_who_cannot_see_them(
    qtbot: QtBot, shelf: Desk, model: AssetList
) -> None:
    put(shelf, [asset(1, rating=4, name="har\u202ebour\n.jpg")])
    found(qtbot, model)
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("harbour .jpg")
    assert "4 of 5 stars" in spoken
    assert "Draft" in spoken


def test_what_is_dragged_out_are_the_files(qtbot: QtBot, shelf: Desk, model: AssetList) -> None:
    put(shelf, (asset(number) for number in range(3)))
    found(qtbot, model)
    indexes = [model.index(row, column) for row in (2, 0) for column in (0, Column.KIND)]
    assert [url.toLocalFile() for url in model.mimeData(indexes).urls()] == [
        "/shelf/picture_00000.jpg",
        "/shelf/picture_00002.jpg",
    ]


def test_a_short_page_is_not_asked_for_again_and_again(
    qtbot: QtBot, shelf: Desk, model: AssetList
) -> None:
    ids = put(shelf, (asset(number) for number in range(PAGE + 5)))
    found(qtbot, model)
    shelf.parts.stock.catalog.remove(ids[-5:])
    with qtbot.assertNotEmitted(model.failed):
        model.index(PAGE + 1, 0).data()
        qtbot.waitUntil(lambda: model.asset(PAGE + 1) is None and not model._asked)
    for _ in range(3):
        model.index(PAGE + 1, 0).data()
    assert not model._asked
