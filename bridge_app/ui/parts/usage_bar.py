"""How much of something is used: a bar with words over it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from bridge_app.ui.theme import Theme

BAR_PX = 6
MUCH, NEARLY_ALL = 0.8, 0.95


class UsageBar(QWidget):
    """A name, an amount in words and, where there is a limit, a bar.

    Args:
        share: The part that is used, 0 to 1; None for no limit. Above 1 the bar is full.
    """

    def __init__(self, theme: Theme, name: str, amount: str, share: float | None) -> None:
        super().__init__()
        label = QLabel(name, textFormat=Qt.TextFormat.PlainText)
        words = QLabel(amount, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        words.setProperty("tone", "muted")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label)
        line.addWidget(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        if share is not None:
            layout.addWidget(_Bar(theme, min(1.0, max(0.0, share))))
        self.text = f"{name}: {amount}"
        self.setAccessibleName(self.text)


class _Bar(QWidget):
    def __init__(self, theme: Theme, share: float) -> None:
        super().__init__()
        self._theme = theme
        self._share = share
        self.setFixedHeight(BAR_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, BAR_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(self._theme.tokens.track)
        painter.drawRoundedRect(whole, BAR_PX / 2, BAR_PX / 2)
        if self._share > 0:
            width = max(float(BAR_PX), whole.width() * self._share)
            used = QRectF(whole.x(), whole.y(), width, whole.height())
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                used.moveRight(whole.right())
            painter.setBrush(self._colour())
            painter.drawRoundedRect(used, BAR_PX / 2, BAR_PX / 2)
        painter.end()

    def _colour(self) -> QColor:
        tokens = self._theme.tokens
        if self._share >= NEARLY_ALL:
            return tokens.negative.fill
        return tokens.warning.fill if self._share >= MUCH else tokens.accent
