"""The keys of review mode over the window, until the next key."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bridge_app.ui.review.keys import Group, group_text, told
from bridge_app.ui.theme import Theme
from bridge_app.ui.window_keys import WindowKeys

CARD_PX = 880
COLUMN_PX = 408
LINE_PX = 27
HEADING_PX = 34
KEY_PX = 118
COLUMNS = ((Group.DECIDE, Group.GO), (Group.LOOK, Group.MARK))
GAP_PX = 12
PADDING_PX = 20


class HelpOverlay(QWidget):
    """Covers its parent; any key, or a click, takes it away."""

    def __init__(self, theme: Theme, keys: WindowKeys, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = keys
        self._below = parent
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVisible(False)
        parent.installEventFilter(self)
        self.setAccessibleName(self.tr("Keys of the review"))
        self.setAccessibleDescription(". ".join(self.lines))
        keys.changed.connect(self._tell)

    def _tell(self) -> None:
        self.setAccessibleDescription(". ".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """What it says, a line for each key."""
        return [f"{keys}: {words}" for group in Group for keys, words in told(group, self._keys)]

    def open(self) -> None:
        """Show it over everything else."""
        self.setGeometry(self._below.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        """Qt: the window's shortcuts rest meanwhile."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: back to the pictures."""
        modifiers = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
        if event.key() not in modifiers:
            self._leave()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: back to the pictures."""
        event.accept()
        self._leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: stay as large as the window."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._below.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a card with two columns on a darkened window."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        shade = QColor(tokens.overlay)
        shade.setAlpha(150)
        painter.fillRect(self.rect(), shade)
        height = max(_height(groups) for groups in COLUMNS) + 2 * PADDING_PX
        card = QRectF(0, 0, CARD_PX, height)
        card.moveCenter(QRectF(self.rect()).center())
        painter.setPen(tokens.border)
        painter.setBrush(tokens.panel)
        painter.drawRoundedRect(card, tokens.radius.card, tokens.radius.card)
        mirrored = self.isRightToLeft()
        for number, groups in enumerate(COLUMNS):
            left = card.left() + 28 + number * (COLUMN_PX + 8)
            if mirrored:
                left = card.right() - 28 - COLUMN_PX - number * (COLUMN_PX + 8)
            self._draw_column(painter, QRectF(left, card.top() + PADDING_PX, COLUMN_PX, 0), groups)
        painter.end()

    def _draw_column(self, painter: QPainter, place: QRectF, groups: tuple[Group, ...]) -> None:
        tokens, y = self._theme.tokens, place.top()
        for group in groups:
            painter.setFont(self._theme.font(tokens.font_px.strong, QFont.Weight.DemiBold))
            painter.setPen(tokens.text)
            line = QRectF(place.left(), y, place.width(), HEADING_PX)
            painter.drawText(line, _LEADING, group_text(group))
            y += HEADING_PX
            for keys, words in told(group, self._keys):
                self._draw_line(
                    painter, QRectF(place.left(), y, place.width(), LINE_PX), keys, words
                )
                y += LINE_PX
            y += GAP_PX

    def _draw_line(self, painter: QPainter, line: QRectF, keys: str, words: str) -> None:
        tokens = self._theme.tokens
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.setFont(self._theme.font(tokens.font_px.small, QFont.Weight.DemiBold))
        width = painter.fontMetrics().horizontalAdvance(keys) + 16
        cap = QRectF(line.left(), line.top() + 3, width, LINE_PX - 6)
        rest = line.adjusted(KEY_PX, 0, 0, 0)
        if mirrored:
            cap.moveRight(line.right())
            rest = line.adjusted(0, 0, -KEY_PX, 0)
        painter.setPen(tokens.border_strong)
        painter.setBrush(tokens.hover)
        painter.drawRoundedRect(cap, tokens.radius.small, tokens.radius.small)
        painter.setPen(tokens.text)
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), keys)
        painter.setFont(self._theme.font(tokens.font_px.body))
        painter.setPen(tokens.text_muted)
        shown = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, round(rest.width())
        )
        painter.drawText(rest, _LEADING, shown)

    def _leave(self) -> None:
        self.hide()
        self._below.setFocus()


def _height(groups: tuple[Group, ...]) -> int:
    """How high a column of these is."""
    return sum(HEADING_PX + LINE_PX * len(list(told(one))) + GAP_PX for one in groups)


_LEADING = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
