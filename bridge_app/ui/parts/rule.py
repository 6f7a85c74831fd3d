"""Small things of layout: a hairline, the air before a button's words, and the leading edge."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bridge_app.ui.key_texts import unmarked
from bridge_app.ui.theme import Theme

THIN_SPACE, WIDE_SPACE = "\u2009", "\u2002"


class Rule(QWidget):
    """One pixel high, in the colour of borders."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(1)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the line."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.border)
        painter.end()


def with_gap(words: str, *, wide: bool = False) -> str:
    """A button's words, a little apart from its icon, and without the mark of a shortcut key.

    `wide` is as far as in the lines of places.
    """
    return f"{WIDE_SPACE * wide}{THIN_SPACE}{unmarked(words)}"


def leading() -> Qt.AlignmentFlag:
    """At the edge where the window's language begins to read.

    A label would go by the language of its text, and set English titles apart from Arabic ones.
    """
    if QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
    return Qt.AlignmentFlag.AlignLeft
