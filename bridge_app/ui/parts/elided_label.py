"""A label that shortens its text instead of pushing its neighbours away."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QStyle, QWidget

from bridge_app.ui.messages import isolated


class ElidedLabel(QLabel):
    """One line of plain text; what does not fit is said by an ellipsis and the tool tip.

    Args:
        elide: Where the ellipsis stands.
        is_name: It is read as it is written, also in a window from right to left.
    """

    def __init__(
        self,
        text: str = "",
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        is_name: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._elide = elide
        self._is_name = is_name
        self._held_px: int | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)

    def hold_place(self, *, on: bool) -> None:
        """While on, the width asked for only grows: neighbours do not tremble with each text."""
        if on != (self._held_px is not None):
            self._held_px = 0 if on else None
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Qt: room for the whole text."""
        natural = super().sizeHint()
        if self._held_px is None:
            return natural
        self._held_px = max(self._held_px, natural.width())
        return QSize(self._held_px, natural.height())

    def minimumSizeHint(self) -> QSize:
        """Qt: a few characters are enough."""
        return QSize(self.fontMetrics().averageCharWidth() * 8, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw as much of the text as there is room for."""
        del event
        rect = self.contentsRect()
        text = " ".join(self.text().split("\n"))
        shown = self.fontMetrics().elidedText(text, self._elide, rect.width())
        self.setToolTip(self.text() if shown != text else "")
        painter = QPainter(self)
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        self.style().drawItemText(
            painter,
            rect,
            align.value | Qt.TextFlag.TextSingleLine.value,
            self.palette(),
            self.isEnabled(),
            isolated(shown) if self._is_name else shown,
            QPalette.ColorRole.WindowText,
        )
