"""Where cards are, and what keys and the mouse do to them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QDrag, QHoverEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.query import Query, Sort
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates import asset_cell
from bridge_app.ui.delegates.asset_cell import AssetCell
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.asset_list import AssetList, Column
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.asset_grid import AssetGrid
from bridge_app.ui.panels.grid import GridPanel
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.ui.stock import asset, listing, now, put

COUNT = 60
Flag = QItemSelectionModel.SelectionFlag
HINT = QAbstractItemView.ScrollHint.EnsureVisible


class Stand:
    """A grid panel on a shelf of assets."""

    def __init__(self, shelf: Desk, asker: Asker, theme: Theme, icons: Icons) -> None:
        self.shelf = shelf
        worker = shelf.parts.worker
        self.model: AssetList = listing(asker)
        self.selection = AssetSelection(self.model, asker)
        self.pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview)
        self.panel = GridPanel(
            self.model, self.selection, theme=theme, icons=icons, pixels=self.pixels, now=now
        )

    @property
    def grid(self) -> AssetGrid:
        return self.panel.grid

    def rect(self, row: int, column: int = 0) -> QRect:
        return self.panel.view.visualRect(self.model.index(row, column))


@pytest.fixture
def stand(qtbot: QtBot, shelf: Desk, reader: Asker, theme: Theme, icons: Icons) -> Stand:
    put(shelf, (asset(number) for number in range(COUNT)))
    made = Stand(shelf, reader, theme, icons)
    qtbot.addWidget(made.panel)
    made.panel.resize(900, 640)
    made.panel.show()
    made.panel.set_picture_width(160)
    with qtbot.waitSignal(made.model.counted):
        made.panel.search(Query())
    qtbot.waitUntil(lambda: len(made.model.visible) > 0)
    return made


def press(qtbot: QtBot, stand: Stand, key: Qt.Key, *, shift: bool = False) -> int:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(stand.panel.view, key, modifier)
    return stand.selection.currentIndex().row()


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_a_card_is_found_where_it_is_drawn(stand: Stand, direction: Qt.LayoutDirection) -> None:
    stand.grid.setLayoutDirection(direction)
    stand.grid.setFixedWidth(871)
    for row in (0, 1, 7, COUNT - 1):
        stand.grid.scrollTo(stand.model.index(row, 0), HINT)
        assert stand.grid.indexAt(stand.rect(row).center()).row() == row
        assert stand.grid.viewport().rect().contains(stand.rect(row).center())


def test_cards_share_the_width_and_leave_no_ragged_edge(stand: Stand) -> None:
    for width in (400, 633, 900, 1311):
        stand.grid.resize(width, 600)
        first, last = stand.rect(0), stand.rect(stand.grid.columns - 1)
        room = stand.grid.viewport().width()
        assert first.left() == room - 1 - last.right() or (
            abs(first.left() - (room - 1 - last.right())) < stand.grid.columns
        )


def test_right_to_left_begins_at_the_right(stand: Stand) -> None:
    stand.grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert stand.rect(0).left() > stand.rect(1).left()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(width=st.integers(200, 2400), px=st.integers(96, 320), row=st.integers(0, COUNT - 1))
def test_every_row_has_one_place_of_its_own(stand: Stand, width: int, px: int, row: int) -> None:
    stand.grid.resize(width, 500)
    stand.grid.set_picture_width(px)
    mine = stand.rect(row)
    assert mine.size() == stand.grid.cell
    for other in {max(0, row - 1), min(COUNT - 1, row + 1)} - {row}:
        assert not mine.intersects(stand.rect(other))


def test_keys_go_as_reading_does(qtbot: QtBot, stand: Stand) -> None:
    columns = stand.grid.columns
    assert columns > 2
    stand.panel.focus_view()
    stand.grid.setCurrentIndex(stand.model.index(0, 0))
    assert press(qtbot, stand, Qt.Key.Key_Right) == 1
    assert press(qtbot, stand, Qt.Key.Key_Down) == 1 + columns
    assert press(qtbot, stand, Qt.Key.Key_Left) == columns
    assert press(qtbot, stand, Qt.Key.Key_Left) == columns - 1
    assert press(qtbot, stand, Qt.Key.Key_End) == COUNT - 1
    assert press(qtbot, stand, Qt.Key.Key_Down) == COUNT - 1
    assert press(qtbot, stand, Qt.Key.Key_Home) == 0
    assert press(qtbot, stand, Qt.Key.Key_Up) == 0
    page = press(qtbot, stand, Qt.Key.Key_PageDown)
    assert page >= columns
    assert press(qtbot, stand, Qt.Key.Key_PageUp) == 0


def test_right_to_left_the_left_key_goes_on(qtbot: QtBot, stand: Stand) -> None:
    stand.grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    stand.grid.setCurrentIndex(stand.model.index(3, 0))
    assert press(qtbot, stand, Qt.Key.Key_Left) == 4


def test_shift_chooses_all_from_one_to_the_other(qtbot: QtBot, stand: Stand) -> None:
    qtbot.mouseClick(stand.grid.viewport(), Qt.MouseButton.LeftButton, pos=stand.rect(1).center())
    qtbot.mouseClick(
        stand.grid.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        stand.rect(5).center(),
    )
    assert stand.selection.count == 5
    press(qtbot, stand, Qt.Key.Key_Right, shift=True)
    assert stand.selection.count == 6
    qtbot.mouseClick(
        stand.grid.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        stand.rect(3).center(),
    )
    assert stand.selection.count == 5


def test_a_rubber_band_chooses_the_cards_it_touches(qtbot: QtBot, stand: Stand) -> None:
    viewport = stand.grid.viewport()
    start = stand.rect(0).topLeft()
    end = stand.rect(stand.grid.columns + 1).center()
    for kind, place in (
        (QMouseEvent.Type.MouseButtonPress, start),
        (QMouseEvent.Type.MouseMove, start + QPoint(40, 40)),
        (QMouseEvent.Type.MouseMove, end),
        (QMouseEvent.Type.MouseButtonRelease, end),
    ):
        up = kind is QMouseEvent.Type.MouseButtonRelease
        held = Qt.MouseButton.NoButton if up else Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind,
            QPointF(place),
            viewport.mapToGlobal(QPointF(place)),
            Qt.MouseButton.LeftButton,
            held,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, event)
        if kind is QMouseEvent.Type.MouseMove:
            viewport.grab()
    columns = stand.grid.columns
    rows = sorted({index.row() for index in stand.selection.selectedRows()})
    assert rows == [0, 1, columns, columns + 1]


def test_the_pointer_lights_one_card(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asset_cell, "TURN_MS", 60_000)  # no card is left to the next repaint
    viewport = stand.grid.viewport()
    before = stand.grid.grab(stand.rect(2)).toImage()
    place = QPointF(stand.rect(2).center())
    QApplication.sendEvent(
        viewport,
        QHoverEvent(QHoverEvent.Type.HoverMove, place, viewport.mapToGlobal(place), place),
    )
    assert stand.grid.grab(stand.rect(2)).toImage() != before
    QApplication.sendEvent(viewport, QHoverEvent(QHoverEvent.Type.HoverLeave, place, place, place))
    assert stand.grid.grab(stand.rect(2)).toImage() == before


def test_space_and_enter_ask_for_the_large_view(qtbot: QtBot, stand: Stand) -> None:
    stand.grid.setCurrentIndex(stand.model.index(2, 0))
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(stand.panel.lookWanted):
            qtbot.keyClick(stand.grid, key)


def test_control_and_the_wheel_change_the_size(qtbot: QtBot, stand: Stand) -> None:
    place = QPointF(100, 100)
    with qtbot.waitSignal(stand.panel.widthChosen) as told:
        event = QWheelEvent(
            place,
            place,
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(stand.grid.viewport(), event)
    assert told.args is not None
    assert told.args[0] > stand.panel.picture_width


def test_what_comes_above_does_not_move_what_one_looks_at(qtbot: QtBot, stand: Stand) -> None:
    stand.grid.verticalScrollBar().setValue(stand.grid.cell.height() * 4 + 31)
    stand.grid.viewport().grab()
    qtbot.waitUntil(lambda: stand.model.visible.start > 0)
    top = stand.model.visible.start
    watched = stand.model.asset(top)
    assert watched is not None
    y = stand.rect(top).top()
    put(stand.shelf, (asset(number, name=f"a_{number}.jpg") for number in range(200, 217)))
    with qtbot.waitSignal(stand.model.refreshed):
        stand.panel.take_changes(ChangeSet(listing=True))
    row = stand.model.loaded()[watched.id]
    assert row == top + 17
    assert stand.rect(row).top() == y


def test_at_the_very_top_what_is_new_is_shown(qtbot: QtBot, stand: Stand) -> None:
    put(stand.shelf, [asset(200, name="a_200.jpg")])
    with qtbot.waitSignal(stand.model.refreshed):
        stand.panel.take_changes(ChangeSet(listing=True))
    assert stand.grid.verticalScrollBar().value() == 0
    assert stand.model.index(0, 0).data() == "a_200.jpg"


def test_at_the_very_top_the_first_card_is_shown_until_one_is_chosen(
    qtbot: QtBot, stand: Stand
) -> None:
    stand.selection.setCurrentIndex(stand.model.index(0, 0), Flag.NoUpdate)  # as focus does
    put(stand.shelf, (asset(number, name=f"a_{number}.jpg") for number in range(200, 240)))
    with qtbot.waitSignal(stand.model.refreshed):
        stand.panel.take_changes(ChangeSet(listing=True))
    assert stand.grid.verticalScrollBar().value() == 0
    stand.grid.setCurrentIndex(stand.model.index(0, 0))
    put(stand.shelf, (asset(number, name=f"0_{number}.jpg") for number in range(300, 340)))
    with qtbot.waitSignal(stand.model.refreshed):
        stand.panel.take_changes(ChangeSet(listing=True))
    chosen = stand.rect(stand.selection.currentIndex().row())
    assert stand.grid.viewport().rect().contains(chosen.center())


def test_a_repaint_draws_for_so_long_and_leaves_the_rest_to_the_next(
    qtbot: QtBot, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = stand.grid.itemDelegate()
    assert isinstance(cell, AssetCell)
    qtbot.waitUntil(lambda: not cell.is_behind)
    monkeypatch.setattr(asset_cell, "TURN_MS", 0)
    repaints: list[range] = []
    stand.grid.shown.connect(repaints.append)
    stand.grid.selectAll()
    stand.grid.viewport().repaint()
    assert cell.is_behind
    qtbot.waitUntil(lambda: not cell.is_behind)
    assert len(repaints) >= len(repaints[0])


def test_many_changes_become_one_refresh(qtbot: QtBot, stand: Stand) -> None:
    refreshed: list[object] = []
    stand.model.refreshed.connect(refreshed.append)
    with qtbot.waitSignal(stand.model.refreshed):
        for _ in range(50):
            stand.panel.take_changes(ChangeSet(listing=True))
    assert len(refreshed) == 1


def test_another_order_keeps_what_is_chosen(qtbot: QtBot, stand: Stand) -> None:
    stand.grid.setCurrentIndex(stand.model.index(3, 0))
    chosen = stand.selection.ids
    with qtbot.waitSignal(stand.model.refreshed):
        stand.panel.search(Query(sort=Sort.BYTES, descending=True))
    assert stand.selection.ids == chosen
    assert stand.selection.currentIndex().row() == COUNT - 4
    assert stand.grid.viewport().rect().contains(stand.rect(COUNT - 4).center())


def test_grid_and_list_show_the_same_choice(qtbot: QtBot, stand: Stand) -> None:
    stand.grid.setCurrentIndex(stand.model.index(3, 0))
    stand.panel.set_list(on=True)
    assert stand.panel.view is stand.panel.table
    assert stand.panel.table.selectionModel().isRowSelected(3)
    assert press(qtbot, stand, Qt.Key.Key_Down) == 4
    assert stand.selection.count == 1
    stand.panel.set_list(on=False)
    assert stand.selection.currentIndex().row() == 4


def test_a_click_on_a_header_orders_the_rows(qtbot: QtBot, stand: Stand) -> None:
    stand.panel.set_list(on=True)
    header = stand.panel.table.horizontalHeader()
    with qtbot.waitSignal(stand.panel.table.sortChosen) as told:
        header.sectionClicked.emit(Column.BYTES)
    assert told.args == [Sort.BYTES, True]
    stand.panel.table.show_sort(Sort.BYTES, descending=True)
    with qtbot.waitSignal(stand.panel.table.sortChosen) as told:
        header.sectionClicked.emit(Column.BYTES)
    assert told.args == [Sort.BYTES, False]
    with qtbot.assertNotEmitted(stand.panel.table.sortChosen):
        header.sectionClicked.emit(Column.DIMENSIONS)


def columns_of(stand: Stand) -> set[Column]:
    header = stand.panel.table.horizontalHeader()
    shown = {column for column in Column if not header.isSectionHidden(column)}
    assert header.length() <= stand.panel.table.viewport().width()
    return shown


def test_columns_that_matter_less_give_way_where_the_list_is_narrow(stand: Stand) -> None:
    stand.panel.set_list(on=True)
    stand.panel.resize(1300, 640)
    assert columns_of(stand) == {*Column}
    stand.panel.resize(860, 640)
    lesser = {Column.KIND, Column.MODIFIED, Column.BYTES}
    assert columns_of(stand) == {*Column} - lesser
    stand.panel.resize(620, 640)
    assert columns_of(stand) == {Column.NAME, Column.APPROVAL, Column.RIGHTS}
    stand.panel.table.show_sort(Sort.MODIFIED, descending=True)
    assert columns_of(stand) == {Column.NAME, Column.APPROVAL, Column.MODIFIED}
    stand.panel.resize(1300, 640)
    assert columns_of(stand) == {*Column}


def test_originals_are_dragged_out_as_files(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    dragged: list[str] = []

    def executed(drag: QDrag, *_: object) -> Qt.DropAction:
        dragged.extend(url.toLocalFile() for url in drag.mimeData().urls())
        assert not drag.pixmap().isNull()
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", executed)
    stand.selection.choose([entry.id for entry in map(asset, (3, 4))])
    stand.grid.startDrag(Qt.DropAction.CopyAction)
    assert dragged == ["/shelf/picture_00003.jpg", "/shelf/picture_00004.jpg"]


def test_a_drag_of_what_is_not_read_is_refused_with_a_word(qtbot: QtBot, stand: Stand) -> None:
    stand.selection.choose([asset(3).id, asset(9999).id])
    with qtbot.waitSignal(stand.panel.dragRefused):
        stand.grid.startDrag(Qt.DropAction.CopyAction)


def test_the_slider_keeps_the_top_row_in_view(stand: Stand) -> None:
    stand.grid.verticalScrollBar().setValue(stand.grid.cell.height() * 5)
    top = stand.grid.rows_in(QRect(0, 20, 1, 1)).start
    stand.panel.set_picture_width(110)
    assert top in stand.grid.rows_in(QRect(QPoint(0, 0), QSize(1, stand.grid.cell.height())))


def test_cards_are_items_of_a_list_for_those_who_cannot_see_them(
    english: None, stand: Stand
) -> None:
    stand.selection.choose([asset(2).id])
    grid = QAccessible.queryAccessibleInterface(stand.grid)
    assert grid.role() is QAccessible.Role.List
    assert grid.childCount() == COUNT
    card = grid.child(2)
    assert card.text(QAccessible.Text.Name).startswith("picture_00002.jpg, Image")
    assert card.state().selected
    assert card.rect().topLeft() == stand.grid.viewport().mapToGlobal(stand.rect(2).topLeft())
