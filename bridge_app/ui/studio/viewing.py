"""Where a picture lies on the canvas: zoom and pan as arithmetic, without a widget."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

LEAST, MOST = 0.02, 16.0
MARGIN_PX = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    """How large a picture is shown, and which point of it is in the middle of the view.

    `zoom` is view pixels for each pixel of the picture; None fits the picture in. `middle` is a
    point of the picture as shares of its sides, so that master and rendition move together.
    """

    zoom: float | None = None
    middle: QPointF = field(default_factory=lambda: QPointF(0.5, 0.5))

    def scale(self, picture: QSizeF, view: QSizeF) -> float:
        """View pixels for each pixel of the picture; a small picture is not enlarged to fit."""
        if self.zoom is not None:
            return self.zoom
        width = max(1.0, view.width() - 2 * MARGIN_PX)
        height = max(1.0, view.height() - 2 * MARGIN_PX)
        return min(1.0, width / picture.width(), height / picture.height())

    def place(self, picture: QSizeF, view: QSizeF) -> QRectF:
        """Where the picture lies in a view."""
        scale = self.scale(picture, view)
        width, height = picture.width() * scale, picture.height() * scale
        left = view.width() / 2 - self.middle.x() * width
        top = view.height() / 2 - self.middle.y() * height
        return QRectF(left, top, width, height)

    def zoomed(self, factor: float, at: QPointF, picture: QSizeF, view: QSizeF) -> "Viewing":
        """Nearer or farther; the point of the picture below `at` stays where it is."""
        before = self.place(picture, view)
        scale = min(MOST, max(LEAST, self.scale(picture, view) * factor))
        x = (at.x() - before.left()) / before.width()
        y = (at.y() - before.top()) / before.height()
        middle = QPointF(
            x + (view.width() / 2 - at.x()) / (picture.width() * scale),
            y + (view.height() / 2 - at.y()) / (picture.height() * scale),
        )
        return Viewing(zoom=scale, middle=_inside(middle))

    def panned(self, by: QPointF, picture: QSizeF, view: QSizeF) -> "Viewing":
        """The picture pulled along by so many view pixels."""
        scale = self.scale(picture, view)
        middle = QPointF(
            self.middle.x() - by.x() / (picture.width() * scale),
            self.middle.y() - by.y() / (picture.height() * scale),
        )
        return replace(self, middle=_inside(middle))


def _inside(middle: QPointF) -> QPointF:
    """Some of the picture stays in sight."""
    return QPointF(min(1.0, max(0.0, middle.x())), min(1.0, max(0.0, middle.y())))
