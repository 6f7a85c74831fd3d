"""The states of an asset as soft pills in one line."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from bridge_app.ui.delegates.badges import PILL_PX, Sign, Stamp
from bridge_app.ui.icons import Icons
from bridge_app.ui.theme import Theme

GAP_PX = 6


class StatePills(QWidget):
    """Pills, each with its words; what finds no room in the line keeps its icon."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._signs: Sequence[Sign] = ()
        self.setFixedHeight(PILL_PX)

    def show_signs(self, signs: Sequence[Sign]) -> None:
        """Show these."""
        self._signs = tuple(signs)
        words = ", ".join(sign.text for sign in signs)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: one line."""
        return QSize(120, PILL_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the pills."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        stamp = Stamp(painter, self._theme, self._icons, dpr=self.devicePixelRatioF())
        x = 0
        for number, sign in enumerate(self._signs):
            after = (len(self._signs) - number - 1) * (PILL_PX + GAP_PX)
            words = x + stamp.pill_width(sign, words=True) + after <= self.width()
            width = stamp.pill_width(sign, words=words)
            place = QStyle.visualRect(
                self.layoutDirection(), self.rect(), QRect(x, 0, width, PILL_PX)
            )
            stamp.pill(sign, place, ink=sign.badge.soft_ink, fill=sign.badge.soft, words=words)
            x += width + GAP_PX
        painter.end()


class Stars(QWidget):
    """A rating from 1 to 5."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._rating = 0
        self.setFixedHeight(PILL_PX)

    def show_rating(self, rating: int, words: str) -> None:
        """That many stars, and how they are read out."""
        self._rating = rating
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the stars."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        stamp = Stamp(painter, self._theme, self._icons, dpr=self.devicePixelRatioF())
        stamp.stars(self._rating, self.rect(), align=Qt.AlignmentFlag.AlignLeft)
        painter.end()
