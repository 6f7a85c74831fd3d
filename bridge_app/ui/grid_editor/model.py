"""The chosen masters as rows and their fields as columns: a window over what the worker knows."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from shiboken6 import isValid

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.grid_edits import Place
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.standard_fields import path_named
from bridge_app.ui.asker import Asker
from bridge_app.ui.grid_editor.columns import GridColumn
from bridge_app.ui.grid_editor.drafts import Cell, Drafts, Faults, Sheet
from bridge_app.ui.grid_editor.frame import Frame
from bridge_app.ui.grid_editor.telling import TELLERS, CellRole, CellState, Line, Seen, told_text
from bridge_app.ui.messages import one_line

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
PAGE = 200
KEPT_ROWS = 2_000
"""Rows that stay read; those looked at longest ago are read again when they come back."""


class Masters(Protocol):
    """What the grid asks about masters."""

    def said(self, assets: Sequence[AssetId]) -> list[SaidMaster]:
        """What the masters among these say; blocks."""


class GridModel(QAbstractTableModel):
    """Rows are read in runs of 200 when they are looked at; GUI thread only.

    Signals:
        typed: A person wrote into cells: dict[Cell, str].
        told: What is known of some rows is new.
        failed: BridgeError.
    """

    typed = Signal(object)
    told = Signal()
    failed = Signal(object)

    def __init__(self, masters: Masters, asker: Asker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._masters = masters
        self._asker = asker
        self._ids: tuple[AssetId, ...] = ()
        self._row_of: dict[AssetId, int] = {}
        self._columns: tuple[GridColumn, ...] = ()
        self._lines: dict[AssetId, Line] = {}
        self._stale: set[AssetId] = set()
        self._asked: dict[AssetId, int] = {}
        self._wanted: set[AssetId] = set()
        self._reading = 0
        self._read_by: dict[AssetId, int] = {}
        self.drafts = Drafts()
        self._ask_soon = QTimer(self, interval=0, singleShot=True)
        self._ask_soon.timeout.connect(self._ask)

    # What is shown

    @property
    def ids(self) -> tuple[AssetId, ...]:
        """The masters, in the order of their rows."""
        return self._ids

    @property
    def columns(self) -> tuple[GridColumn, ...]:
        """The fields, in the order of the columns."""
        return self._columns

    def show_masters(self, ids: Iterable[AssetId], known: Iterable[SaidMaster] = ()) -> None:
        """Show these; `known` was read already."""
        self.beginResetModel()
        self._ids = tuple(ids)
        self._row_of = {asset: row for row, asset in enumerate(self._ids)}
        self._lines = {one.asset.id: Line(one) for one in known}
        self._reading += 1
        self._read_by |= dict.fromkeys(self._lines, self._reading)
        self._stale.clear()
        self._asked.clear()
        self.endResetModel()

    def show_columns(self, columns: Sequence[GridColumn]) -> None:
        """Show these fields."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def show_order(self, order: Sequence[int]) -> None:
        """The rows in another order: `order` tells which of the present rows comes first."""
        self.layoutAboutToBeChanged.emit()
        self._ids = tuple(self._ids[row] for row in order)
        self._row_of = {asset: row for row, asset in enumerate(self._ids)}
        places = {old: new for new, old in enumerate(order)}
        for index in self.persistentIndexList():
            moved = self.index(places[index.row()], index.column())
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many masters."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many fields."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what a cell tells; a row that is not here yet is asked for, once."""
        if not index.isValid():
            return None
        if role == CellRole.COLUMN:
            return self._columns[index.column()]
        line = self.line(index.row())
        if line is None:
            return CellState.READING if role == CellRole.STATE else None
        tell = TELLERS.get(role)
        return tell(self._seen(line, index.column())) if tell is not None else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: a person has written into a cell."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        cell = self.cell(index.row(), index.column())
        if str(value) != self.data(index, Qt.ItemDataRole.EditRole):
            self.typed.emit({cell: str(value)})
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Qt: the names of fields, and of masters."""
        if orientation is Qt.Orientation.Horizontal:
            return self._column_head(section, role)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        # Heads measure rows that nobody looks at: these are not read for that.
        line = self._lines.get(self._ids[section])
        return one_line(line.said.asset.name) if line is not None else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: what cannot be written can be chosen and copied."""
        flags = super().flags(index)
        if not index.isValid() or not self.may_edit(index.row(), index.column()):
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    # Asked by the parts of the window

    @property
    def lacking(self) -> tuple[FieldPath, ...]:
        """What is needed before a push, has no column, and is empty in a row that is read."""
        shown = {column.path.key for column in self._columns}
        lines = self._lines.values()
        needed = {key for line in lines for key in line.said.required} - shown
        return tuple(
            path
            for path in map(path_named, sorted(needed))
            if any(path.key in one.said.required and one.record.get(path) is None for one in lines)
        )

    @property
    def is_reading(self) -> bool:
        """Are rows on their way that somebody looks at?"""
        return bool(self._asked or self._wanted)

    def line(self, row: int) -> Line | None:
        """A row; None while it is read. What has changed meanwhile is asked for again."""
        asset = self._ids[row]
        line = self._lines.get(asset)
        if line is None or asset in self._stale:
            self._want(row)
        return line

    def cell(self, row: int, column: int) -> Cell:
        """What a place is about."""
        return self._ids[row], self._columns[column].path

    def row_of(self, asset: AssetId) -> int | None:
        """Where a master is shown."""
        return self._row_of.get(asset)

    def column_of(self, cell: Cell) -> int | None:
        """In which column a cell is shown."""
        paths = [column.path for column in self._columns]
        return paths.index(cell[1]) if cell[1] in paths else None

    def places(self, cells: Iterable[Cell]) -> Iterator[Place]:
        """Where these cells are shown, as far as they are."""
        for cell in cells:
            row, column = self.row_of(cell[0]), self.column_of(cell)
            if row is not None and column is not None:
                yield row, column

    def may_edit(self, row: int, column: int) -> bool:
        """Can the cell be written, as far as is known?"""
        line, one = self._lines.get(self._ids[row]), self._columns[column]
        return one.field.editable and (line is None or line.may_edit(one.path))

    def known_text(self, row: int, column: int) -> str | None:
        """The text of a cell; None if its row is not read."""
        line = self._lines.get(self._ids[row])
        if line is None or self._ids[row] in self._stale:
            return None
        return told_text(self._seen(line, column))

    # What happens

    @property
    def frame(self) -> Frame:
        """The table as it stands now, for another thread."""
        return Frame(ids=self._ids, columns=self._columns)

    def begin(self, texts: Mapping[Cell, str]) -> int:
        """Show what was typed until it is read back. Returns the number of the write."""
        write = self.drafts.begin()
        self.drafts.put(texts, write)
        self._repaint({asset for asset, _ in texts})
        return write

    def end(self, cells: Collection[Cell], write: int, faults: Faults) -> None:
        """What was typed is on disk, but for what cannot be kept; its masters are different."""
        touched = {asset for asset, _ in cells}
        kept = [cell for cell in cells if cell not in faults]
        self.drafts.settle(kept, write, self._reading + 1)
        self.drafts.refuse(faults, write)
        self.read_again(touched)

    def refuse(self, write: int, faults: Faults) -> None:
        """Nothing that was typed is on disk; its cells keep it, and say why."""
        self.drafts.refuse(faults, write)
        self._repaint({asset for asset, _ in faults})

    def begin_much(self, sheet: Sheet) -> None:
        """Show what a large step wrote until it is read back."""
        self.drafts.lay(sheet)
        self._repaint(sheet.masters)

    def end_much(self, sheet: Sheet, faults: Faults) -> None:
        """It is on disk, but for what cannot be kept; its masters are different."""
        touched = set(sheet.masters)
        self.drafts.refuse(faults, sheet.write)
        sheet.settle(self._lines, self._reading + 1)
        self.read_again(touched)

    def refuse_much(self, sheet: Sheet, fault: BridgeError) -> None:
        """Nothing of it is on disk; its cells keep what was written, and say why."""
        sheet.refuse(fault)
        self._repaint(sheet.masters)

    def give_up(self, cells: Iterable[Cell]) -> None:
        """Show what the masters say instead of what was typed there."""
        dropped = tuple(cells)
        self.drafts.drop(dropped)
        self._repaint({asset for asset, _ in dropped})

    def read_again(self, assets: Iterable[AssetId]) -> None:
        """These are different; those in sight are read at once, the others when they are seen."""
        touched = self._row_of.keys() & set(assets)
        self._stale |= touched
        for asset in touched:
            self._asked.pop(asset, None)
        self._repaint(touched)

    # How it works

    def _want(self, row: int) -> None:
        if self._ids[row] in self._wanted or self._ids[row] in self._asked:
            return
        first = row // PAGE * PAGE
        for asset in self._ids[first : first + PAGE]:
            if asset not in self._asked and (asset in self._stale or asset not in self._lines):
                self._wanted.add(asset)
        if self._wanted and not self._ask_soon.isActive():
            self._ask_soon.start()

    def _ask(self) -> None:
        wanted = [asset for asset in self._wanted if asset in self._row_of]
        self._wanted.clear()
        self._reading += 1
        reading = self._reading
        for first in range(0, len(wanted), PAGE):
            self._read(tuple(wanted[first : first + PAGE]), reading)

    def _read(self, assets: tuple[AssetId, ...], reading: int) -> None:
        self._asked |= dict.fromkeys(assets, reading)
        # What changes from now on is not in the answer.
        self._stale -= set(assets)

        def take(said: list[SaidMaster]) -> None:
            # The grid may be closed by now.
            if isValid(self):
                self._take(assets, said, reading)

        def fail(error: BridgeError) -> None:
            if isValid(self):
                self._answered(assets, reading)
                self.failed.emit(error)

        self._asker.ask(lambda: self._masters.said(assets), take, fail)

    def _take(self, asked: Sequence[AssetId], said: Sequence[SaidMaster], reading: int) -> None:
        self._answered(asked, reading)
        for one in said:
            asset = one.asset.id
            # Answers of several threads arrive in any order: an older one hides no newer one.
            if asset in self._row_of and reading >= self._read_by.get(asset, 0):
                self._read_by[asset] = reading
                self._lines.pop(asset, None)
                self._lines[asset] = Line(one)
                self.drafts.read(asset, reading)
        for asset in list(self._lines)[: max(0, len(self._lines) - KEPT_ROWS)]:
            del self._lines[asset]
        self._repaint({one.asset.id for one in said})
        self.told.emit()

    def _answered(self, assets: Iterable[AssetId], reading: int) -> None:
        """These are not on their way any more, unless they were asked for again."""
        for asset in assets:
            if self._asked.get(asset) == reading:
                del self._asked[asset]

    def _repaint(self, assets: Set[AssetId]) -> None:
        rows = [self._row_of[asset] for asset in assets if asset in self._row_of]
        if rows and self._columns:
            first, last = min(rows), max(rows)
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, first, last)

    def _seen(self, line: Line, column: int) -> Seen:
        one = self._columns[column]
        return Seen(line, one, self.drafts.get((line.said.asset.id, one.path)))

    def _column_head(self, section: int, role: int) -> object:
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            where = (column.field.xmp, column.field.iim and f"IIM {column.field.iim}")
            places = ", ".join(one for one in (*where, column.field.exif) if one)
            return "\n".join(one for one in (column.title, column.meaning, places) if one)
        return None
