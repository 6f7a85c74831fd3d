"""How the canvas is painted: pictures, the line between them, the frame of a crop, a layer's."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from bridge_app.transform.geometry import Box, Size
from bridge_app.ui.studio.crop_frame import CropFrame
from bridge_app.ui.theme import Theme, Tokens

CHECK_PX = 10
HANDLE_PX = 9.0
DIVIDER_PX = 2.0
KNOB_PX = 30.0
CHIP_PX = 22.0


def draw_picture(painter: QPainter, image: QImage, place: QRectF, tokens: Tokens) -> None:
    """An image in its place; a chequered ground shows through it."""
    if image.hasAlphaChannel():
        _chequer(painter, place, tokens)
    enlarges = place.width() > image.width() * 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not enlarges)
    painter.drawImage(place, image, QRectF(image.rect()))


def draw_divider(painter: QPainter, x: float, view: QRectF, tokens: Tokens) -> None:
    """The line between master and rendition, with a knob to drag it by."""
    painter.setPen(QPen(tokens.overlay_text, DIVIDER_PX))
    painter.drawLine(QLineF(x, view.top(), x, view.bottom()))
    knob = QRectF(0, 0, KNOB_PX, KNOB_PX)
    knob.moveCenter(QPointF(x, view.center().y()))
    painter.setPen(QPen(tokens.overlay_text, DIVIDER_PX))
    painter.setBrush(tokens.overlay)
    painter.drawEllipse(knob)
    for side in (-1, 1):
        tip = QPointF(x + side * 9, knob.center().y())
        painter.drawLine(QLineF(tip, tip + QPointF(-side * 4, -4)))
        painter.drawLine(QLineF(tip, tip + QPointF(-side * 4, 4)))


def draw_chip(painter: QPainter, text: str, at: QPointF, theme: Theme, *, ends: bool) -> None:
    """A word on the canvas; `ends`: at the right of `at`'s x, else at its left."""
    tokens = theme.tokens
    font = theme.font(tokens.font_px.caption, QFont.Weight.DemiBold)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(text) + 18.0
    chip = QRectF(at.x() - width if ends else at.x(), at.y(), width, CHIP_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.overlay)
    painter.drawRoundedRect(chip, CHIP_PX / 2, CHIP_PX / 2)
    painter.setPen(tokens.overlay_text)
    painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), text)


def draw_crop(painter: QPainter, frame: CropFrame, place: QRectF, theme: Theme) -> None:
    """What is cut off darkened, thirds, a border, and handles at corners and edges."""
    tokens = theme.tokens
    box = on_canvas(frame, place)
    shade = QColor(tokens.overlay)
    shade.setAlpha(150)
    for rest in (
        QRectF(place.topLeft(), QPointF(place.right(), box.top())),
        QRectF(QPointF(place.left(), box.bottom()), place.bottomRight()),
        QRectF(QPointF(place.left(), box.top()), QPointF(box.left(), box.bottom())),
        QRectF(QPointF(box.right(), box.top()), QPointF(place.right(), box.bottom())),
    ):
        painter.fillRect(rest, shade)
    thin = QColor(tokens.overlay_text)
    thin.setAlpha(110)
    painter.setPen(QPen(thin, 1))
    for third in (1 / 3, 2 / 3):
        x, y = box.left() + box.width() * third, box.top() + box.height() * third
        painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
        painter.drawLine(QLineF(box.left(), y, box.right(), y))
    painter.setPen(QPen(tokens.overlay_text, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    if frame.content is not None:
        dashed_box(painter, _placed(frame.content, frame.size, place), tokens)
    _draw_handles(painter, box, tokens)


def dashed_box(painter: QPainter, box: QRectF, tokens: Tokens) -> None:
    """Around a layer that can be dragged, or content that was found."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tokens.overlay, 3))
    painter.drawRect(box)
    painter.setPen(QPen(tokens.accent, 1.5, Qt.PenStyle.DashLine))
    painter.drawRect(box)


def on_canvas(frame: CropFrame, place: QRectF) -> QRectF:
    """Where a crop's frame lies when its picture lies in `place`."""
    return _placed(frame.box, frame.size, place)


def _placed(box: Box, size: Size, place: QRectF) -> QRectF:
    across, along = place.width() / size.width, place.height() / size.height
    return QRectF(
        place.left() + box.left * across,
        place.top() + box.top * along,
        box.width * across,
        box.height * along,
    )


def in_picture(at: QPointF, place: QRectF, size: Size) -> tuple[float, float]:
    """A point of the canvas in pixels of the picture that lies in `place`."""
    return (
        (at.x() - place.left()) * size.width / place.width(),
        (at.y() - place.top()) * size.height / place.height(),
    )


def _draw_handles(painter: QPainter, box: QRectF, tokens: Tokens) -> None:
    painter.setPen(QPen(tokens.accent, 1.5))
    painter.setBrush(tokens.overlay_text)
    for column, x in enumerate((box.left(), box.center().x(), box.right())):
        for row, y in enumerate((box.top(), box.center().y(), box.bottom())):
            if (column, row) != (1, 1):
                handle = QRectF(0, 0, HANDLE_PX, HANDLE_PX)
                handle.moveCenter(QPointF(x, y))
                painter.drawRoundedRect(handle, 2, 2)


def _chequer(painter: QPainter, place: QRectF, tokens: Tokens) -> None:
    shown = place.intersected(QRectF(painter.viewport()))
    painter.fillRect(shown, tokens.checker_light)
    step = float(CHECK_PX)
    for row in range(int(shown.height() // step) + 1):
        for column in range(row % 2, int(shown.width() // step) + 1, 2):
            square = QRectF(shown.left() + column * step, shown.top() + row * step, step, step)
            painter.fillRect(square.intersected(shown), tokens.checker_dark)
