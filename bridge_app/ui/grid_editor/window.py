"""The grid editor: a window with the chosen masters as rows and their fields as columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QLocale, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from shiboken6 import isValid

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.custom_fields import CustomFields, custom_name
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.ui.asker import Asker
from bridge_app.ui.grid_editor.acting import Acting, Unkept
from bridge_app.ui.grid_editor.acts import GridActs
from bridge_app.ui.grid_editor.bars import GridFoot, GridHead
from bridge_app.ui.grid_editor.columns import (
    NONE,
    GridColumn,
    columns_named,
    columns_or_default,
    kept_text,
)
from bridge_app.ui.grid_editor.columns_dialog import ColumnsDialog
from bridge_app.ui.grid_editor.drafts import Cell
from bridge_app.ui.grid_editor.find_panel import FindPanel
from bridge_app.ui.grid_editor.frame import size_of
from bridge_app.ui.grid_editor.model import GridModel
from bridge_app.ui.grid_editor.saying import MasterWords
from bridge_app.ui.grid_editor.table import GridTable
from bridge_app.ui.grid_editor.telling import CellRole
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.metadata_wording import standard_text
from bridge_app.ui.panels.metadata_undo import EditUndo
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.parts.rule import Rule
from bridge_app.ui.remembering import Remembering

SIZE_PX = (1440, 900)
TELL_MS = 40
TOLD_LETTERS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class GridSeat:
    """What a grid needs of the window that opens it; `undo` is the one of the whole window.

    `words` tells the keywords that are offered while one is typed, `custom` the custom fields of
    services; both block. `unkept` hears what could not be kept once the grid is closed.
    """

    masters: MasterWords
    asker: Asker
    looks: Looks
    remembering: Remembering
    undo: EditUndo
    words: Callable[[], tuple[str, ...]]
    custom: Callable[[], CustomFields]
    unkept: Unkept


class GridEditor(QWidget):
    """A window of its own. `closed` tells that it is gone; what was written is on disk.

    Signals:
        templateWanted: Apply a template to these: tuple[AssetId, ...].
    """

    closed = Signal()
    templateWanted = Signal(object)

    def __init__(self, seat: GridSeat, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._seat = seat
        looks = seat.looks
        self.acts = GridActs(looks, self)
        self.acts.follow_keys()
        self.model = GridModel(seat.masters, seat.asker, self)
        self.acting = Acting(
            self.model, seat.masters, seat.asker, seat.undo, seat.unkept, parent=self
        )
        self.table = GridTable(self.model, looks)
        self.head = GridHead(self.acts)
        self.foot = GridFoot(looks.theme)
        self._find: FindPanel | None = None
        self._middle = QSplitter(Qt.Orientation.Horizontal)
        self.banner = Banner(looks.theme, looks.icons)
        self._custom: CustomFields = NONE
        self._tell_soon = QTimer(self, interval=TELL_MS, singleShot=True)
        self._build()
        self._connect()
        self._connect_acts()
        self.model.show_columns(columns_or_default(seat.remembering.settings.grid_columns))

    @property
    def find_panel(self) -> FindPanel:
        """Find and replace; made when somebody looks for something first."""
        if self._find is None:
            seat = self._seat
            self._find = FindPanel(seat.masters, seat.asker, seat.looks)
            self._find.setVisible(False)
            self._middle.addWidget(self._find)
            self._middle.setStretchFactor(1, 0)
            self._connect_find(self._find)
        return self._find

    def show_masters(
        self, ids: Sequence[AssetId], known: Sequence[SaidMaster], *, others: int = 0
    ) -> None:
        """Edit these; `others` were chosen too, but are no masters."""
        self.model.show_masters(ids, known)
        if others:
            text = self.tr(
                "%Ln of the chosen asset(s) are copies at Cloudinary; they are edited in the "
                "inspector.",
                "",
                others,
            )
            self.banner.say(Tone.INFO, text)
        self._seat.asker.ask(self._seat.words, self.table.cell.offer, self._fail)
        self._seat.asker.ask(self._seat.custom, self._take_custom, self._fail)
        if ids:
            self.table.go_to(0, 0)
        self.table.setFocus()
        self._tell()

    def take_changes(self, changes: ChangeSet) -> None:
        """Something is different: said here, read anew, or written."""
        everything = changes.listing or changes.libraries
        self.model.read_again(self.model.ids if everything else changes.assets)
        if self._find is not None:
            self._find.look_again()
        self._tell_soon.start()

    def sizeHint(self) -> QSize:
        """Qt: room for everything."""
        return QSize(*SIZE_PX)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: the columns stay as they are."""
        self._tell_soon.stop()
        self.acting.close()
        self._keep_columns()
        super().closeEvent(event)
        self.closed.emit()

    # How it is put together

    def _build(self) -> None:
        theme = self._seat.looks.theme
        self.setWindowTitle(self.tr("Metadata grid"))
        self.setObjectName("grid-editor")
        self.setAutoFillBackground(True)
        self.head.show_title(self.tr("Metadata"))
        middle = self._middle
        middle.setHandleWidth(1)
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.table)
        middle.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.head, Rule(theme), self.banner, middle, Rule(theme), self.foot):
            layout.addWidget(part, 1 if part is middle else 0)

    def _connect(self) -> None:
        table, acting = self.table, self.acting
        table.emptied.connect(lambda: acting.empty(table.areas))
        table.movedOn.connect(self._tell_soon.start)
        table.cell.everywhereWanted.connect(lambda text: acting.write_everywhere(text, table.areas))
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._show_cell_menu)
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu)
        header.sectionMoved.connect(self._columns_moved)
        self._tell_soon.timeout.connect(self._tell)
        self.model.told.connect(self._tell_soon.start)
        acting.busied.connect(self._tell_soon.start)
        acting.refused.connect(self._refused)
        acting.left.connect(self._left)
        acting.kept.connect(lambda _: self.banner.hush())
        for failed in (acting.failed, self.model.failed):
            failed.connect(self._fail)
        self.foot.faultWanted.connect(self._next_fault)
        self._seat.undo.changed.connect(self._tell_undo)

    def _connect_find(self, find: FindPanel) -> None:
        find.cellWanted.connect(self._go_to_cell)
        find.replaceWanted.connect(self.acting.replace)
        find.closeWanted.connect(partial(self._show_find, on=False))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), find)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(find.closeWanted)

    def _connect_acts(self) -> None:
        acts, acting, table, undo = self.acts, self.acting, self.table, self._seat.undo
        for action, act in (
            (acts.leave, self.close),
            (acts.undo, undo.undo),
            (acts.redo, undo.redo),
            (acts.cut, lambda: acting.cut(table.areas)),
            (acts.copy, lambda: acting.copy(table.areas)),
            (acts.paste, lambda: acting.paste(table.areas)),
            (acts.fill, lambda: acting.fill_down(table.areas)),
            (acts.empty, lambda: acting.empty(table.areas)),
            (acts.template, lambda: self.templateWanted.emit(self.chosen())),
            (acts.columns, self._choose_columns),
            (acts.rising, partial(self._sort, descending=False)),
            (acts.falling, partial(self._sort, descending=True)),
            (acts.hide_column, self._hide_column),
            (acts.next_fault, self._next_fault),
            (acts.give_up, self._give_up),
        ):
            action.triggered.connect(partial(_run, act))
        acts.search.triggered.connect(lambda on: self._show_find(on=on))
        acts.full_screen.triggered.connect(
            lambda on: self.showFullScreen() if on else self.showNormal()
        )

    # What is shown

    def chosen(self) -> tuple[AssetId, ...]:
        """The masters with a chosen cell, in the order of the rows."""
        rows = {row for area in self.table.areas for row in range(area.top, area.bottom + 1)}
        ids = self.model.ids
        return tuple(ids[row] for row in sorted(rows))

    def _tell(self) -> None:
        acts, areas = self.acts, self.table.areas
        masters, cells = self.model.rowCount(), size_of(areas)
        parts = [self.tr("%Ln master(s)", "", masters)]
        if cells > 1:
            parts.append(self.tr("%Ln cells chosen", "", cells))
        if self.acting.is_busy:
            parts.append(self.tr("being kept…"))
        if lacking := self.model.lacking:
            fields = QLocale().createSeparatedList([standard_text(path) for path in lacking])
            parts.append(self.tr("needed, but not shown: {fields}").format(fields=fields))
        self.head.show_place("  ·  ".join(parts))
        faults = len(self.model.drafts.faulty)
        self.foot.show_faults(faults)
        for action in (acts.next_fault, acts.give_up):
            action.setEnabled(faults > 0)
        self._tell_undo()
        for action in (acts.cut, acts.copy, acts.paste, acts.fill, acts.empty, acts.template):
            action.setEnabled(bool(areas))
        for action in (acts.rising, acts.falling, acts.hide_column):
            action.setEnabled(self.table.currentIndex().isValid())
        self._tell_cell()
        if acts.search.isChecked():
            self.find_panel.look_at(self.model.frame)

    def _tell_undo(self) -> None:
        self.acts.undo.setEnabled(self._seat.undo.can_undo)
        self.acts.redo.setEnabled(self._seat.undo.can_redo)

    def _tell_cell(self) -> None:
        index = self.table.currentIndex()
        column = self._column()
        if column is None:
            self.foot.show_cell("", "")
            return
        name = self.model.headerData(index.row(), Qt.Orientation.Vertical)
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")[:TOLD_LETTERS]
        parts = (column.title, isolated(str(name)), isolated(one_line(text)))
        self.foot.show_cell(
            "  ·  ".join(one for one in parts if one), index.data(CellRole.NOTE) or ""
        )

    def _column(self) -> GridColumn | None:
        index = self.table.currentIndex()
        return self.model.columns[index.column()] if index.isValid() else None

    # What happens

    def _show_find(self, *, on: bool) -> None:
        self.acts.search.setChecked(on)
        if on or self._find is not None:
            self.find_panel.setVisible(on)
        if on:
            self.find_panel.look_at(self.model.frame)
            self.find_panel.focus()
        else:
            self.table.setFocus()

    def _show_cell_menu(self, place: QPoint) -> None:
        self.acts.cell_menu().popup(self.table.viewport().mapToGlobal(place))

    def _show_column_menu(self, place: QPoint) -> None:
        header = self.table.horizontalHeader()
        column = header.logicalIndexAt(place)
        row = max(0, self.table.currentIndex().row())
        if column >= 0 and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(row, column))
        self.acts.column_menu().popup(header.mapToGlobal(place))

    def _take_custom(self, fields: CustomFields) -> None:
        """What can be chosen in custom fields is known now."""
        # The grid may be closed by now.
        if fields and isValid(self):
            self._custom = fields
            names = [column.name for column in self.model.columns]
            if any(custom_name(column.path) for column in self.model.columns):
                self._show_columns(columns_named(names, fields))

    def _choose_columns(self) -> None:
        dialog = ColumnsDialog(self._seat.looks, self.model.columns, self, custom=self._custom)
        dialog.chosen.connect(self._show_columns)
        open_dialog(dialog)

    def _show_columns(self, columns: Sequence[GridColumn]) -> None:
        row = max(0, self.table.currentIndex().row())
        self.model.show_columns(columns)
        self._keep_columns()
        if self.model.rowCount() and columns:
            self.table.go_to(row, 0)
        self.table.setFocus()
        self._tell()

    def _columns_moved(self, *_: int) -> None:
        """Columns were dragged: the model follows, so that places are the same for both."""
        columns = self.table.shown_columns
        self.table.settle_header()
        self._show_columns(columns)

    def _hide_column(self) -> None:
        hidden = self._column()
        rest = [column for column in self.model.columns if column is not hidden]
        if rest:
            self._show_columns(rest)

    def _keep_columns(self) -> None:
        remembering = self._seat.remembering
        text = kept_text(self.model.columns)
        remembering.keep(replace(remembering.settings, grid_columns=text))

    def _sort(self, *, descending: bool) -> None:
        column = self._column()
        if column is not None:
            self.acting.sort(column, descending=descending)

    def _go_to_cell(self, cell: Cell) -> None:
        row, column = self.model.row_of(cell[0]), self.model.column_of(cell)
        if row is not None and column is not None:
            self.table.go_to(row, column)

    def _next_fault(self) -> None:
        """The first faulty cell after the current one, in reading order; then from the top."""
        here = (self.table.currentIndex().row(), self.table.currentIndex().column())
        places = sorted(self.model.places(self.model.drafts.faulty))
        if places:
            self.table.go_to(*next((one for one in places if one > here), places[0]))
            self.table.setFocus()

    def _give_up(self) -> None:
        self.model.give_up(self.model.drafts.faulty)
        self.banner.hush()
        self._tell()

    def _refused(self, count: int) -> None:
        text = self.tr("%Ln cell(s) cannot be kept as they are; they say why.", "", count)
        self.banner.say(Tone.WARNING, text)

    def _left(self, count: int) -> None:
        text = self.tr(
            "%Ln cell(s) had no place here: the table ends, or they cannot be written.", "", count
        )
        self.banner.say(Tone.INFO, text)

    def _fail(self, error: BridgeError) -> None:
        self.banner.say(Tone.NEGATIVE, error_text(error))


def _run(act: Callable[[], object], *_: bool) -> None:
    """An act takes no flag."""
    act()
