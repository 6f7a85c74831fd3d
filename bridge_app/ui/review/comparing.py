"""A picture against another one: beside it, below a line, shining through, or what differs."""

from enum import Enum

from PySide6.QtCore import QCoreApplication, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.ui.review.zooming import Room, Zoom
from bridge_app.ui.studio.canvas_paint import draw_picture
from bridge_app.ui.theme import Tokens

ALIKE = 0.02
"""So much may the shapes of two pictures differ that are laid over each other."""
BOOST = 2
"""How often what differs is doubled: four times as bright as it is, to be seen at all."""


class Look(Enum):
    """How pictures are looked at."""

    ALONE = "alone"
    BESIDE = "beside"
    SPLIT = "split"
    ONION = "onion"
    DIFFERENCE = "difference"

    @property
    def compares(self) -> bool:
        """Are two pictures in one place?"""
        return self in COMPARING


COMPARING = (Look.SPLIT, Look.ONION, Look.DIFFERENCE)


class Against(Enum):
    """What a picture is compared with."""

    EARLIER = "earlier"
    MASTER = "master"


AGAINST_WORDS = {
    Against.EARLIER: QT_TRANSLATE_NOOP("review looks", "Version before"),
    Against.MASTER: QT_TRANSLATE_NOOP("review looks", "Master"),
}


def against_text(against: Against) -> str:
    """What is compared with."""
    return QCoreApplication.translate("review looks", AGAINST_WORDS[against])


def next_look(look: Look) -> Look:
    """The one after it: from each way of comparing to the next, and back to one picture."""
    ring = (Look.ALONE, *COMPARING)
    return ring[(ring.index(look) + 1) % len(ring)] if look in ring else Look.SPLIT


def place_beside(before: QSizeF, after: QSizeF, zoom: Zoom, room: Room) -> QRectF:
    """Where a picture lies that is compared with `after`: on it if they have one shape.

    Another shape is as long at its longest side, and moves with it.
    """
    place = zoom.place(after, room)
    if are_alike(before, after):
        return place
    scale = max(place.width(), place.height()) / max(before.width(), before.height())
    size = before * scale
    x = (room.area.center().x() - place.left()) / place.width()
    y = (room.area.center().y() - place.top()) / place.height()
    left = room.area.center().x() - x * size.width()
    top = room.area.center().y() - y * size.height()
    return QRectF(left, top, size.width(), size.height())


def are_alike(before: QSizeF, after: QSizeF) -> bool:
    """Do two pictures have one shape?"""
    first = before.width() / max(1.0, before.height())
    second = after.width() / max(1.0, after.height())
    return abs(first - second) <= ALIKE * max(first, second)


def draw_onion(
    painter: QPainter, image: QImage, place: QRectF, tokens: Tokens, *, share: float
) -> None:
    """The picture so much over what is painted there already; 0..1."""
    painter.save()
    painter.setOpacity(share)
    draw_picture(painter, image, place, tokens)
    painter.restore()


def difference_of(before: QImage, after: QImage) -> QImage:
    """What differs between two pictures, four times as bright; black where they are the same.

    Differences that are only in transparency are not seen.
    """
    found = after.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(
        QRectF(found.rect()),
        before.convertToFormat(QImage.Format.Format_RGB32),
        QRectF(before.rect()),
    )
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
    for _ in range(BOOST):
        painter.drawImage(0, 0, found.copy())
    painter.end()
    return found
