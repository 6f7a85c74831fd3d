"""Lines over a picture: what a channel's own buttons cover, thirds, and what a crop leaves."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.ui.theme import Theme


class Guide(Enum):
    """Which lines are drawn."""

    NONE = "none"
    SAFE = "safe"
    THIRDS = "thirds"
    CROPS = "crops"


GUIDE_WORDS = {
    Guide.NONE: QT_TRANSLATE_NOOP("review guides", "No guides"),
    Guide.SAFE: QT_TRANSLATE_NOOP("review guides", "Safe area"),
    Guide.THIRDS: QT_TRANSLATE_NOOP("review guides", "Thirds and centre"),
    Guide.CROPS: QT_TRANSLATE_NOOP("review guides", "Crops of other formats"),
}
FORMATS = ((16, 9), (4, 5), (1, 1), (9, 16))
"""Formats that a picture is cut to most often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Shares of a picture's sides that what matters keeps away from."""

    left: float
    top: float
    right: float
    bottom: float

    def inside(self, place: QRectF) -> QRectF:
        """What is left of a picture that lies in `place`."""
        return place.adjusted(
            place.width() * self.left,
            place.height() * self.top,
            -place.width() * self.right,
            -place.height() * self.bottom,
        )


TITLES = Margins(left=0.05, top=0.05, right=0.05, bottom=0.05)
"""Graphics-safe area of pictures of all shapes. Source: EBU R 95, 5 % on each side."""
STORY = Margins(left=0.06, top=0.14, right=0.06, bottom=0.2)
"""Upright full-screen pictures: 250 pixels above and 340 below of 1920 are covered by the names
and buttons of the networks that show stories. Source: the networks' own guides for advertisers."""
STORY_SHAPE = 0.6
"""Width by height, at most: 9 : 16 and what is close to it."""


def margins(width: float, height: float) -> Margins:
    """The safe area of a picture of this shape."""
    return STORY if width / max(1.0, height) <= STORY_SHAPE else TITLES


def crop_frame(place: QRectF, wide: int, high: int) -> QRectF:
    """The largest frame of a format in the middle of a picture."""
    ratio = Fraction(wide, high)
    width = min(place.width(), place.height() * float(ratio))
    frame = QRectF(0, 0, width, width / float(ratio))
    frame.moveCenter(place.center())
    return frame


def guide_text(guide: Guide) -> str:
    """What a guide is called."""
    return QCoreApplication.translate("review guides", GUIDE_WORDS[guide])


def draw_guide(painter: QPainter, guide: Guide, place: QRectF, theme: Theme) -> None:
    """Draw it over a picture that lies in `place`."""
    match guide:
        case Guide.SAFE:
            _draw_safe(painter, place, theme)
        case Guide.THIRDS:
            _draw_thirds(painter, place, theme)
        case Guide.CROPS:
            _draw_crops(painter, place, theme)
        case Guide.NONE:
            return


def _draw_safe(painter: QPainter, place: QRectF, theme: Theme) -> None:
    """What is outside is darkened; the line is dashed."""
    inner = margins(place.width(), place.height()).inside(place)
    shade = QColor(theme.tokens.overlay)
    shade.setAlpha(110)
    for rest in (
        QRectF(place.left(), place.top(), place.width(), inner.top() - place.top()),
        QRectF(place.left(), inner.bottom(), place.width(), place.bottom() - inner.bottom()),
        QRectF(place.left(), inner.top(), inner.left() - place.left(), inner.height()),
        QRectF(inner.right(), inner.top(), place.right() - inner.right(), inner.height()),
    ):
        painter.fillRect(rest, shade)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _outline(painter, inner, theme, Qt.PenStyle.DashLine)


def _draw_thirds(painter: QPainter, place: QRectF, theme: Theme) -> None:
    thin = QColor(theme.tokens.overlay_text)
    thin.setAlpha(150)
    shadow = QColor(theme.tokens.overlay)
    shadow.setAlpha(120)
    for pen in (QPen(shadow, 3), QPen(thin, 1)):
        painter.setPen(pen)
        for third in (1 / 3, 2 / 3):
            x, y = place.left() + place.width() * third, place.top() + place.height() * third
            painter.drawLine(QLineF(x, place.top(), x, place.bottom()))
            painter.drawLine(QLineF(place.left(), y, place.right(), y))
        middle = place.center()
        painter.drawLine(QLineF(middle.x() - 9, middle.y(), middle.x() + 9, middle.y()))
        painter.drawLine(QLineF(middle.x(), middle.y() - 9, middle.x(), middle.y() + 9))


def _draw_crops(painter: QPainter, place: QRectF, theme: Theme) -> None:
    """Each format as a frame with its name in a corner."""
    painter.setFont(theme.font(theme.tokens.font_px.caption))
    for wide, high in FORMATS:
        frame = crop_frame(place, wide, high)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _outline(painter, frame, theme, Qt.PenStyle.SolidLine)
        name = f"{wide} : {high}"
        width = painter.fontMetrics().horizontalAdvance(name) + 10
        tag = QRectF(frame.left() + 1, frame.bottom() - 18, width, 17)
        painter.fillRect(tag, theme.tokens.overlay)
        painter.setPen(theme.tokens.overlay_text)
        painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), name)


def _outline(painter: QPainter, frame: QRectF, theme: Theme, style: Qt.PenStyle) -> None:
    """Seen on light and on dark pictures."""
    painter.setPen(QPen(theme.tokens.overlay, 3))
    painter.drawRect(frame)
    painter.setPen(QPen(theme.tokens.overlay_text, 1.2, style))
    painter.drawRect(frame)
