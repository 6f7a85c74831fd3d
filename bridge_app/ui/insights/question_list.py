"""The list of questions, in groups, with the reports that were saved below them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from bridge_app.domain.reports import ReportKind, SavedReport
from bridge_app.ui.delegates.row_painter import RowPainter
from bridge_app.ui.icons import Icons
from bridge_app.ui.insights.questions import GROUPS, ICONS, question_text, title_text
from bridge_app.ui.messages import one_line
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW_PX, HEAD_PX = 32, 34
EDGE_PX, ICON_PX, GAP_PX = 12, 16, 6
TEXT_X = EDGE_PX + ICON_PX + 10
WIDTH_PX, MOST_PX = 330, 460
AROUND_PX = 2 * EDGE_PX + ICON_PX + 10 + 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row: a group's heading (without a kind), a question, or a saved report."""

    text: str
    kind: ReportKind | None = None
    saved: SavedReport | None = None

    @property
    def key(self) -> str:
        """By which it is remembered: "saved:Weekly costs", "usage"; "" for a heading."""
        if self.saved is not None:
            return f"saved:{self.saved.name}"
        return self.kind.value if self.kind else ""

    @property
    def icon(self) -> str:
        """Its sign."""
        if self.saved is not None:
            return "calendar-clock" if self.saved.schedule else "bookmark"
        return ICONS[self.kind] if self.kind else ""


class EntryRole(IntEnum):
    """What a row tells beyond Qt's own roles."""

    ENTRY = Qt.ItemDataRole.UserRole + 1  # Entry


class QuestionRows(QAbstractListModel):
    """Headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def take(self, kinds: Sequence[ReportKind], saved: Sequence[SavedReport]) -> None:
        """Show the questions that can be asked, and what was saved."""
        self.beginResetModel()
        self._entries = []
        for group, members in GROUPS.items():
            shown = [kind for kind in members if kind in kinds]
            if shown:
                heading = QCoreApplication.translate("insights", group)
                self._entries.append(Entry(text=heading))
            self._entries += [Entry(text=question_text(kind), kind=kind) for kind in shown]
        if saved:
            self._entries.append(Entry(text=self.tr("Saved reports")))
        self._entries += [Entry(text=one_line(one.name), kind=one.kind, saved=one) for one in saved]
        self.endResetModel()

    @property
    def entries(self) -> Sequence[Entry]:
        """All rows, headings too."""
        return self._entries

    def place_of(self, key: str) -> QModelIndex:
        """Where an entry is; an invalid index if there is none."""
        rows = (row for row, entry in enumerate(self._entries) if key and entry.key == key)
        return self.index(next(rows, -1), 0)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: headings are only read."""
        if not index.isValid() or self._entries[index.row()].kind is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what one row tells under `role`."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        title = title_text(entry.kind) if entry.kind else ""
        found: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: entry.text,
            Qt.ItemDataRole.ToolTipRole: f"{entry.text}\n{title}" if title else "",
            Qt.ItemDataRole.AccessibleTextRole: entry.text,
            Qt.ItemDataRole.AccessibleDescriptionRole: title,
            EntryRole.ENTRY: entry,
        }
        return found.get(role)


class QuestionList(QListView):
    """`chosen` carries the Entry that is asked for."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QuestionRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_QuestionRow(theme, icons, self))
        self.setProperty("surface", "sidebar")
        self.setAccessibleName(self.tr("Questions"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        # A question that is longer than the list is wide takes another line.
        self.setResizeMode(QListView.ResizeMode.Adjust)

    @property
    def entry(self) -> Entry | None:
        """The one that is chosen."""
        found = self.currentIndex().data(EntryRole.ENTRY)
        return found if isinstance(found, Entry) and found.kind else None

    def show_entries(self, kinds: Sequence[ReportKind], saved: Sequence[SavedReport]) -> None:
        """Show these; the one that was chosen stays so, if it is there."""
        before = self.entry
        self.rows.take(kinds, saved)
        self.updateGeometry()
        if before is not None:
            self.choose(before.key)

    def choose(self, key: str) -> None:
        """Choose the entry with this key; the first question if there is none."""
        place = self.rows.place_of(key)
        self.setCurrentIndex(place if place.isValid() else self.rows.index(1, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt: another row is chosen."""
        super().currentChanged(current, previous)
        entry = current.data(EntryRole.ENTRY)
        if isinstance(entry, Entry) and entry.kind:
            self.chosen.emit(entry)

    def sizeHint(self) -> QSize:
        """Qt: room for the longest question, as long as it is no novel."""
        words = [entry.text for entry in self.rows.entries]
        longest = max((self.fontMetrics().horizontalAdvance(text) for text in words), default=0)
        wanted = longest + AROUND_PX
        return QSize(max(WIDTH_PX, min(wanted, MOST_PX)), super().sizeHint().height())


class _QuestionRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, icons: Icons, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        entry: Entry = index.data(EntryRole.ENTRY)
        if entry.kind is None:
            return QSize(EDGE_PX, HEAD_PX)
        font = self._theme.font(self._theme.tokens.font_px.body, tabular=True)
        width = self._view.viewport().width() - TEXT_X - EDGE_PX
        room = QRect(0, 0, max(1, width), WIDTH_PX)
        needed = QFontMetrics(font).boundingRect(room, Qt.TextFlag.TextWordWrap, entry.text)
        return QSize(room.width(), max(ROW_PX, needed.height() + 2 * GAP_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(EntryRole.ENTRY)
        painter.save()
        row = RowPainter(painter, option, self._theme, self._icons)
        if entry.kind is None:
            self._paint_heading(row, entry)
        else:
            self._paint_question(row, entry)
        painter.restore()

    def _paint_heading(self, row: RowPainter, entry: Entry) -> None:
        tokens, rect = row.tokens, row.rect
        place = row.place(EDGE_PX, 8, rect.width() - 2 * EDGE_PX, rect.height() - 8)
        font = row.font(tokens.font_px.small, strong=True)
        row.line(place, entry.text, font=font, colour=tokens.text_muted)

    def _paint_question(self, row: RowPainter, entry: Entry) -> None:
        tokens, rect = row.tokens, row.rect
        row.back()
        tile = row.place(EDGE_PX, 0, ICON_PX, rect.height())
        failed = entry.saved is not None and entry.saved.trouble
        icon, ink = entry.icon, tokens.text_muted
        if failed:
            icon, ink = "circle-alert", tokens.negative.soft_ink
        row.icon(tile, icon, ink, size_px=ICON_PX)
        font = row.font(tokens.font_px.body)
        width = rect.width() - TEXT_X - EDGE_PX
        high = rect.height() > ROW_PX
        place = row.place(TEXT_X, GAP_PX if high else 0, width, rect.height() - GAP_PX * high)
        show = row.lines if high else row.line
        show(place, entry.text, font=font, colour=tokens.text)
