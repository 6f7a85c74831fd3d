"""One row of the palette: sign, name with what was typed marked, the way to it, and its keys."""

from unicodedata import bidirectional

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.ui.commands.command import Command, Found
from bridge_app.ui.commands.found_list import FoundRole
from bridge_app.ui.icons import Icons
from bridge_app.ui.key_texts import bare
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW_PX, HEADING_PX = 40, 28
ICON_PX = 18
EDGE_PX = 20
CAP_PX = 20
GAP_PX = 10
RIGHT_TO_LEFT = ("R", "AL")
LEADING = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
DEFAULT_ICON = "command"


def caps(keys: str) -> list[str]:
    """The first of some keys, key by key: "Ctrl", "Shift", "P"."""
    first = bare(keys).split(", ", maxsplit=1)[0]
    if first.endswith("++"):
        return [*filter(None, first[:-2].split("+")), "+"]
    return first.split("+") if len(first) > 1 else [first] * bool(first)


class FoundRow(QStyledItemDelegate):
    """Paints the rows of a `FoundList`."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: the first of a section has its heading above it."""
        del option
        return QSize(200, ROW_PX + (HEADING_PX if index.data(FoundRole.HEADING) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the row."""
        found = index.data(FoundRole.FOUND)
        if not isinstance(found, Found):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        row = QRect(option.rect)
        heading = str(index.data(FoundRole.HEADING) or "")
        if heading:
            self._heading(painter, row, heading)
            row.setTop(row.top() + HEADING_PX)
        self._ground(painter, row, selected=_is_selected(option))
        self._draw(painter, row, found, option)
        painter.restore()

    def _heading(self, painter: QPainter, row: QRect, heading: str) -> None:
        tokens = self._theme.tokens
        painter.setFont(self._theme.font(tokens.font_px.caption, QFont.Weight.DemiBold))
        painter.setPen(tokens.text_muted)
        place = QRect(row.left() + EDGE_PX, row.top() + 4, row.width() - 2 * EDGE_PX, HEADING_PX)
        painter.drawText(place, LEADING, heading)

    def _ground(self, painter: QPainter, row: QRect, *, selected: bool) -> None:
        if selected:
            tokens = self._theme.tokens
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.selection)
            ground = QRectF(row).adjusted(8, 1, -8, -1)
            painter.drawRoundedRect(ground, tokens.radius.control, tokens.radius.control)

    def _draw(
        self, painter: QPainter, row: QRect, found: Found, option: QStyleOptionViewItem
    ) -> None:
        command, tokens = found.command, self._theme.tokens
        inner = row.adjusted(EDGE_PX, 0, -EDGE_PX, 0)
        top = inner.top() + (inner.height() - ICON_PX) // 2
        spot = QRect(inner.left(), top, ICON_PX, ICON_PX)
        self._sign(painter, QStyle.visualRect(option.direction, row, spot), command)
        room = inner.adjusted(ICON_PX + 12, 0, 0, 0)
        room.setRight(room.right() - self._caps(painter, room, command, option))
        ink = tokens.text_muted if command.why_not else tokens.text
        taken = self._title(painter, room, found, ink, option)
        beside = command.why_not or command.where
        left = room.adjusted(taken + GAP_PX, 0, 0, 0)
        if beside and left.width() > 3 * GAP_PX:
            font = self._theme.font(tokens.font_px.small)
            painter.setFont(font)
            painter.setPen(tokens.text_muted)
            shown = QFontMetrics(font).elidedText(beside, Qt.TextElideMode.ElideRight, left.width())
            painter.drawText(QStyle.visualRect(option.direction, row, left), LEADING, shown)

    def _sign(self, painter: QPainter, spot: QRect, command: Command) -> None:
        tokens = self._theme.tokens
        dpr = painter.device().devicePixelRatioF()
        icon = "check" if command.ticked else command.icon
        if isinstance(icon, QIcon) and not icon.isNull():
            mode = QIcon.Mode.Disabled if command.why_not else QIcon.Mode.Normal
            icon.paint(painter, spot, Qt.AlignmentFlag.AlignCenter, mode)
            return
        name = icon if isinstance(icon, str) and icon else DEFAULT_ICON
        ink = tokens.link if command.ticked else tokens.text_muted
        ink = tokens.text_disabled if command.why_not else ink
        painter.drawPixmap(spot, self._icons.pixmap(name, ink, ICON_PX, dpr))

    def _title(
        self,
        painter: QPainter,
        room: QRect,
        found: Found,
        ink: QColor,
        option: QStyleOptionViewItem,
    ) -> int:
        """Write the name, with what was typed in bold; returns the width it takes."""
        tokens, text = self._theme.tokens, found.command.title
        usual = self._theme.font(tokens.font_px.body, QFont.Weight.Medium)
        metrics = QFontMetrics(usual)
        width = metrics.horizontalAdvance(text)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(usual)
        painter.setPen(ink)
        painter.drawText(QStyle.visualRect(option.direction, option.rect, room), LEADING, shown)
        if shown == text and not any(bidirectional(letter) in RIGHT_TO_LEFT for letter in text):
            self._underline(painter, room, found, metrics, option)
        return min(width, room.width())

    def _underline(
        self,
        painter: QPainter,
        room: QRect,
        found: Found,
        metrics: QFontMetrics,
        option: QStyleOptionViewItem,
    ) -> None:
        text = found.command.title
        painter.setPen(QPen(self._theme.tokens.link, 1.5))
        base = room.top() + (room.height() + metrics.ascent() - metrics.descent()) // 2 + 3
        seen = QStyle.visualRect(option.direction, option.rect, room)
        start = seen.left()
        if option.direction is Qt.LayoutDirection.RightToLeft:
            start += seen.width() - metrics.horizontalAdvance(text)
        for place in found.marked:
            left = start + metrics.horizontalAdvance(text[:place])
            painter.drawLine(left, base, start + metrics.horizontalAdvance(text[: place + 1]), base)

    def _caps(
        self, painter: QPainter, room: QRect, command: Command, option: QStyleOptionViewItem
    ) -> int:
        """Draw the keys at the end of the row; returns the width they take."""
        tokens = self._theme.tokens
        font = self._theme.font(tokens.font_px.caption, QFont.Weight.Medium)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        end = room.left() + room.width()
        taken = 0
        for cap in reversed(caps(command.keys)):
            width = max(CAP_PX, metrics.horizontalAdvance(cap) + 10)
            top = room.top() + (room.height() - CAP_PX) // 2
            box = QRect(end - taken - width, top, width, CAP_PX)
            place = QStyle.visualRect(option.direction, option.rect, box)
            painter.setPen(QPen(tokens.border, 1))
            painter.setBrush(tokens.window)
            painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(tokens.text_muted)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), cap)
            taken += width + 3
        return taken + GAP_PX if taken else 0


def _is_selected(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)
