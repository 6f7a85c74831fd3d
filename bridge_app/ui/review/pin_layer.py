"""What may be painted and dragged over a picture under review, as the canvas sees it."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, SignalInstance
from PySide6.QtGui import QKeyEvent, QPainter


class PinLayer(Protocol):
    """Pins, regions and strokes over one picture. GUI thread only.

    Points are shares (0..1) of the picture's sides as it is seen; outside of the picture they lie
    outside of 0..1. A handler that returns True keeps the event from moving the picture; a press
    that was taken has its moves and its release sent here too. Without a press, moves are sent as
    the pointer passes over, so that a pin can answer to it.
    """

    @property
    def changed(self) -> SignalInstance:
        """Something is painted differently now."""

    @property
    def is_placing(self) -> bool:
        """Is a place on the picture being chosen, by the mouse or by keys?"""

    def paint(self, painter: QPainter, picture_rect: QRectF) -> None:
        """Paint over the picture that lies in `picture_rect` (logical pixels of the canvas)."""

    def mouse_press(self, at: QPointF) -> bool:
        """The left button went down."""

    def mouse_move(self, at: QPointF) -> bool:
        """The pointer moved, with or without a button."""

    def mouse_release(self, at: QPointF) -> bool:
        """The left button went up."""

    def key_press(self, event: QKeyEvent) -> bool:
        """A key, while a place is chosen: whether it was meant for this."""
