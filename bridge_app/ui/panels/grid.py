"""The middle of the window: assets as cards or as a list, kept in place while things change."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QVBoxLayout, QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.domain.query import Query
from bridge_app.ui.delegates.asset_cell import AssetCell
from bridge_app.ui.delegates.asset_row import AssetRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.asset_list import AssetList
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.models.listing import Listing
from bridge_app.ui.panels.asset_grid import AssetGrid
from bridge_app.ui.panels.asset_table import AssetTable
from bridge_app.ui.panels.drag_out import comes_late, drag_assets, originals_away
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme

if TYPE_CHECKING:
    from bridge_app.domain.changes import ChangeSet

REFRESH_MS = 250
PATIENCE = 4
"""A refresh takes at most one part in this many of the reader's time."""
TIME_PASSES_MS = 60_000
MOST_SEATED = 10_000
"""So much that is chosen is chosen again when one comes back."""


class _Anchor(NamedTuple):
    """What was at the top of the view, and where."""

    asset: AssetId
    top_px: int


class Seat(NamedTuple):
    """How a result was left: what was chosen, and what was at the top of the view."""

    chosen: tuple[AssetId, ...]
    top: _Anchor | None


class GridPanel(QWidget):
    """Grid and list over one model and one selection; or what stands there instead of them."""

    lookWanted = Signal()  # space, Enter, a double click
    menuWanted = Signal(QPoint)  # global position
    widthChosen = Signal(int)  # pictures of another width, in logical pixels
    originalsWanted = Signal(object)  # tuple[Asset, ...]: fetched first, then they can be dragged
    lateDragWanted = Signal(object)  # tuple[Asset, ...]: got ready while they are dragged
    dragged = Signal(object)  # tuple[Asset, ...]: another program took them
    dragRefused = Signal()  # too much is chosen to be dragged at once
    endReached = Signal()  # there is no asset to go to
    typed = Signal(str)  # a letter that is no shortcut
    sortChosen = Signal(object, bool)  # Sort, descending: at the list's head

    def __init__(
        self,
        model: AssetList,
        selection: AssetSelection,
        *,
        theme: Theme,
        icons: Icons,
        pixels: Pixels,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._model = model
        self._selection = selection
        self._icons = icons
        self._pixels = pixels
        self._now = now
        self.asks_before_drag = False
        self._theme = theme
        self._anchor: _Anchor | None = None
        self._shows_new = self._stale = self._turns_over = False
        self._to_reveal: tuple[AssetId, ...] = ()
        self._seat: Seat | None = None
        self._took = QElapsedTimer()
        self._width_px = 176
        self.grid = AssetGrid(model, theme, AssetCell(theme, icons, pixels, now=now))
        self._views: list[AssetGrid | AssetTable] = [self.grid]
        self._stack = QStackedWidget()
        self._empty: QWidget | None = None
        self._refresh_timer = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._clock = QTimer(self, interval=TIME_PASSES_MS)
        self._build()
        self._connect()

    @cached_property
    def table(self) -> AssetTable:
        """The list, made when somebody first needs it."""
        row = AssetRow(self._theme, self._icons, self._pixels, now=self._now)
        made = AssetTable(self._model, row)
        made.setAccessibleName(self.tr("Assets as a list"))
        made.sortChosen.connect(self.sortChosen)
        query = self._model.query
        made.show_sort(query.sort, descending=query.descending)
        self._views.append(made)
        self._adopt(made)
        return made

    @property
    def view(self) -> AssetGrid | AssetTable:
        """The view in use."""
        return self.table if self._is_list else self.grid

    @property
    def is_list(self) -> bool:
        """Is it the list that is in use?"""
        return self._is_list

    @property
    def picture_width(self) -> int:
        """How wide the grid's pictures are at least, in logical pixels."""
        return self._width_px

    def set_list(self, *, on: bool) -> None:
        """Show the list, or else the grid; both show the same place."""
        anchor = self._top() if self.isVisible() else None
        self._is_list = on
        self._show()
        if anchor is not None:
            row = self._model.loaded().get(anchor.asset)
            if row is not None:
                hint = QAbstractItemView.ScrollHint.PositionAtTop
                self.view.scrollTo(self._model.index(row, 0), hint)

    def set_picture_width(self, width_px: int) -> None:
        """Cards with pictures at least this wide."""
        self._width_px = width_px
        self.grid.set_picture_width(width_px)

    def show_instead(self, widget: QWidget | None) -> None:
        """Show another widget in the views' place; None shows the views again."""
        if widget is not None and self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._empty = widget
        self._show()

    def search(self, query: Query) -> None:
        """Show what a query finds, from its beginning; another order keeps what is chosen."""
        if len(self._views) > 1:
            self.table.show_sort(query.sort, descending=query.descending)
        self._refresh_timer.stop()
        self._stale = False
        self._seat = None
        before = self._model.query
        if replace(before, sort=query.sort, descending=query.descending) == query != before:
            self._turns_over = True
            self._model.reorder(query, self._selection.kept)
        else:
            self._model.search(query)

    def refresh(self) -> None:
        """Ask again what the query finds, soon; several wishes become one."""
        self._stale = True
        if not self._refresh_timer.isActive():
            self._refresh_timer.start()

    def reveal(self, ids: Sequence[AssetId]) -> None:
        """Choose these assets, wherever they are in the result, and show the first of them."""
        self._to_reveal = tuple(ids)
        if not self._model.is_waiting:
            self._reveal_now()

    def seat(self) -> Seat:
        """How it is left now; of very much that is chosen, only the place."""
        if self._seat is not None:
            return self._seat  # it was not read yet
        chosen = self._selection.ids if self._selection.count <= MOST_SEATED else ()
        return Seat(chosen, self._top() if self.isVisible() else None)

    def sit(self, seat: Seat) -> None:
        """Once the result is read, choose what was chosen, and scroll to where it was left."""
        self._seat = seat if seat.chosen or seat.top else None
        if self._seat is not None and not self._model.is_waiting:
            self._sit_now()

    def take_changes(self, changes: "ChangeSet") -> None:
        """Show what is different now."""
        if changes.listing:
            self.refresh()
        elif changes.assets:
            self._model.reread_rows(changes.assets)
            if _depends_on_states(self._model.query):
                self.refresh()

    def focus_view(self) -> None:
        """Give the keyboard to the view, or to what keeps it for the one that comes."""
        here: QWidget = self._empty or self.view
        takes = here.focusPolicy() is not Qt.FocusPolicy.NoFocus
        (here if takes else self.view).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go(self, steps: int) -> None:
        """Choose the asset that many rows further on."""
        row = self._selection.currentIndex().row() + steps
        if 0 <= row < self._model.rowCount():
            # The view itself would add to what is chosen while Ctrl is held down.
            only = QItemSelectionModel.SelectionFlag.ClearAndSelect
            rows = QItemSelectionModel.SelectionFlag.Rows
            self._selection.setCurrentIndex(self._model.index(row, 0), only | rows)
        else:
            self.endReached.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the keys and the wheel that mean the same in both views."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            look = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if look and event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            ):
                self.lookWanted.emit()
                return True
        zooms = isinstance(event, QWheelEvent) and bool(
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        )
        if zooms and isinstance(event, QWheelEvent):
            self.widthChosen.emit(self._width_px + event.angleDelta().y() // 8)
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self._is_list = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.grid.setAccessibleName(self.tr("Assets"))
        self._adopt(self.grid)

    def _adopt(self, view: AssetGrid | AssetTable) -> None:
        """Let a view stand here, and hear it."""
        view.setSelectionModel(self._selection)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        self._stack.addWidget(view)
        view.shown.connect(self._note_shown)
        view.dragWanted.connect(self._drag)
        view.doubleClicked.connect(self.lookWanted)
        view.customContextMenuRequested.connect(self._want_menu)
        view.typed.connect(self.typed)

    def _connect(self) -> None:
        self._model.refreshing.connect(self._hold_place)
        self._model.refreshed.connect(self._restore_place)
        self._model.modelReset.connect(self._begin_anew)
        self._pixels.arrived.connect(self._model.note_pixels)
        self._refresh_timer.timeout.connect(self._refresh_now)
        self._clock.timeout.connect(self._time_passed)
        self._clock.start()
        self._theme.changed.connect(self._repaint)

    def _show(self) -> None:
        self._stack.setCurrentWidget(self._empty or self.view)

    def _refresh_now(self) -> None:
        if self._model.is_waiting:
            self._refresh_timer.start()
            return
        self._stale = False
        self._took.start()
        self._model.refresh(self._selection.kept, self._on_screen() | self._awaited())

    def _on_screen(self) -> frozenset[AssetId]:
        """The assets that may be the anchor; none at the very top, which shows what is new."""
        if self.view.verticalScrollBar().value() == 0:
            return frozenset()
        found = (self._model.asset(row) for row in self._model.visible)
        return frozenset(asset.id for asset in found if asset is not None)

    def _hold_place(self) -> None:
        seat, self._seat = self._seat, None
        self._anchor = seat.top if seat is not None else self._top()
        self._shows_new = seat is None and self._anchor is None and not self._selection.count

    def _restore_place(self, listing: Listing) -> None:
        self.view.updateGeometries()
        if self._turns_over:
            self._turns_over = False
            self._to_beginning()
            self.view.scrollTo(self._selection.currentIndex())
            return
        row = listing.rows.get(self._anchor.asset) if self._anchor else None
        if row is not None and self._anchor is not None:
            bar = self.view.verticalScrollBar()
            moved = self.view.visualRect(self._model.index(row, 0)).top() - self._anchor.top_px
            bar.setValue(bar.value() + moved)
        elif self._shows_new:
            self._to_beginning()  # Qt follows the card that only has the focus
        self._refresh_timer.setInterval(max(REFRESH_MS, PATIENCE * int(self._took.elapsed())))
        if self._stale and not self._refresh_timer.isActive():
            self._refresh_timer.start()

    def _top(self) -> _Anchor | None:
        if self.view.verticalScrollBar().value() == 0:
            return None
        visible = self._model.visible
        asset = self._model.asset(visible.start) if visible else None
        if asset is None:
            return None
        return _Anchor(asset.id, self.view.visualRect(self._model.index(visible.start, 0)).top())

    def _to_beginning(self) -> None:
        for view in self._views:
            view.verticalScrollBar().setValue(0)

    def _begin_anew(self) -> None:
        self._to_beginning()
        if self._to_reveal:
            self._reveal_now()
        elif self._seat is not None:
            self._sit_now()

    def _sit_now(self) -> None:
        seat = self._seat
        if seat is not None:
            self._selection.choose(seat.chosen)
            self._model.refresh(self._selection.kept, self._awaited())

    def _awaited(self) -> frozenset[AssetId]:
        """What will stand at the top, once somebody is back where they were."""
        top = self._seat.top if self._seat is not None else None
        return frozenset() if top is None else frozenset({top.asset})

    def _reveal_now(self) -> None:
        ids, self._to_reveal = self._to_reveal, ()
        self._selection.choose(ids)
        self._turns_over = True
        self._model.refresh(self._selection.kept, frozenset(ids))

    def _note_shown(self, rows: range) -> None:
        if self.sender() is self.view:
            self._model.note_visible(rows)

    def ask_before_drag(self, on: bool) -> None:  # noqa: FBT001 - a slot
        """Whether it has to be asked first if these files may leave."""
        self.asks_before_drag = on

    def _drag(self) -> None:
        away = originals_away(self._model, self._selection)
        assets = tuple(self._selection.assets())
        is_known = len(assets) == self._selection.count
        if is_known and (self.asks_before_drag or comes_late(assets, away)):
            self.lateDragWanted.emit(assets)
            return
        if away:
            self.originalsWanted.emit(away)
            return
        taken = drag_assets(
            self.view, self._model, self._selection, pixels=self._pixels, theme=self._theme
        )
        if taken is None:
            self.dragRefused.emit()
        elif taken:
            self.dragged.emit(tuple(taken))

    def _want_menu(self, place: QPoint) -> None:
        index: QModelIndex = self.view.indexAt(place)
        if index.isValid() and not self._selection.isSelected(index):
            self.view.setCurrentIndex(index)
        self.menuWanted.emit(self.view.viewport().mapToGlobal(place))

    def _time_passed(self) -> None:
        """Rights begin and end while the window is open."""
        self._model.repaint_rows()
        if self._model.query.rights:
            self.refresh()

    def _repaint(self) -> None:
        for view in self._views:
            view.viewport().update()


def _depends_on_states(query: Query) -> bool:
    """Can an asset enter or leave the result because something about it changed?"""
    states = (query.approvals, query.rights, query.min_rating, query.unreadable, query.text)
    typed = (query.keywords, query.ends_within_days)
    return any(states) or any(typed) or query.pushed is not None
