"""Tiny square pictures for rows of lists, by content; fetched once, when a row is first painted."""

from collections import OrderedDict

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from bridge_app.domain.errors import BridgeError
from bridge_app.storage.thumbs import THUMB_EDGE, ThumbsReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.decoded import decoded

EDGE_PX = 80
"""Device pixels: the largest row's tile on a dense screen."""
KEPT = 800


class SmallThumbs(QObject):
    """Squares cut from stored thumbnails; GUI thread only.

    Nothing is made here: what has no stored thumbnail stays without a picture.
    """

    arrived = Signal()

    def __init__(self, asker: Asker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asker = asker
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()

    def square(self, content: str) -> QPixmap | None:
        """The picture of that content; None while or because there is none."""
        if not content:
            return None
        if content in self._kept:
            return self._kept[content]
        self._kept[content] = None
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

        def cut(reader: ThumbsReader) -> tuple[str, QImage]:
            return content, _square(reader.get(content, THUMB_EDGE))

        self._asker.pixels.put(cut, self._take, self._without)
        return None

    def _take(self, answer: tuple[str, QImage]) -> None:
        content, image = answer
        if not image.isNull():
            self._kept[content] = QPixmap.fromImage(image)
            self.arrived.emit()

    def _without(self, error: BridgeError) -> None:
        """A row without a picture shows its sign; the grid says what is wrong with pictures."""


def _square(stored: bytes | None) -> QImage:
    """The middle of a picture, as a small square; runs off the GUI thread."""
    image = decoded(stored or b"")
    if image.isNull():
        return image
    edge = min(image.width(), image.height())
    middle = QRect(0, 0, edge, edge)
    middle.moveCenter(image.rect().center())
    return image.copy(middle).scaled(
        QSize(EDGE_PX, EDGE_PX),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
