"""A label of several lines that is never lower than its text, however little room is left."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel


class WholeLabel(QLabel):
    """Plain text. Layouts in layouts forget how high words are in so little width."""

    def __init__(self) -> None:
        super().__init__(wordWrap=True, textFormat=Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Qt: say something else, in as many lines as it needs."""
        super().setText(text)
        self._stretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: other lines in another width."""
        super().resizeEvent(event)
        self._stretch()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: only now its width means something."""
        super().showEvent(event)
        self._stretch()

    def _stretch(self) -> None:
        if self.isVisible():
            # Qt counts the height that a label must have to the height that its words need.
            self.setMinimumHeight(0)
            self.setMinimumHeight(self.heightForWidth(self.width()))
