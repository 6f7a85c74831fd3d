"""Where master and rendition lie on the canvas, in each way of looking at them."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt

from bridge_app.ui.studio.crop_frame import Grip
from bridge_app.ui.studio.viewing import Viewing

GAP_PX = 2.0

CURSORS = {
    Grip.LEFT: Qt.CursorShape.SizeHorCursor,
    Grip.RIGHT: Qt.CursorShape.SizeHorCursor,
    Grip.TOP: Qt.CursorShape.SizeVerCursor,
    Grip.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Grip.LEFT | Grip.TOP: Qt.CursorShape.SizeFDiagCursor,
    Grip.RIGHT | Grip.BOTTOM: Qt.CursorShape.SizeFDiagCursor,
    Grip.RIGHT | Grip.TOP: Qt.CursorShape.SizeBDiagCursor,
    Grip.LEFT | Grip.BOTTOM: Qt.CursorShape.SizeBDiagCursor,
    Grip.WHOLE: Qt.CursorShape.SizeAllCursor,
}
"""What the pointer looks like over what can be held of a crop."""


class Look(Enum):
    """What is shown, and how."""

    SPLIT = "split"
    BESIDE = "beside"
    RENDITION = "rendition"
    MASTER = "master"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """One arrangement. Sizes are the pictures' own pixels; `divider` is a share of the width.

    While a crop `is_cropped` out of the master, a small rendition does not make that small too.
    """

    canvas: QRectF
    look: Look
    viewing: Viewing
    divider: float
    master: QSizeF
    rendition: QSizeF
    is_cropped: bool = False

    @property
    def master_room(self) -> QRectF:
        """The part of the canvas for the master; all of it unless they stand beside each other."""
        if self.look is not Look.BESIDE:
            return self.canvas
        return QRectF(0, 0, (self.canvas.width() - GAP_PX) / 2, self.canvas.height())

    @property
    def rendition_room(self) -> QRectF:
        """The part for the rendition."""
        room = self.master_room
        return room.translated(room.width() + GAP_PX, 0) if self.look is Look.BESIDE else room

    @property
    def master_place(self) -> QRectF:
        """Where the master lies; compared, it is as large as the rendition."""
        shown, room = self.master, self.master_room
        if self.look in (Look.SPLIT, Look.BESIDE):
            whole = max(shown.width(), shown.height())
            longest = max(self.rendition.width(), self.rendition.height())
            if self.is_cropped:
                longest = max(longest, whole * Viewing().scale(shown, room.size()))
            shown = shown * (longest / whole)
        return self.viewing.place(shown, room.size()).translated(room.topLeft())

    @property
    def rendition_place(self) -> QRectF:
        """Where the rendition lies."""
        room = self.rendition_room
        return self.viewing.place(self.rendition, room.size()).translated(room.topLeft())

    @property
    def divider_x(self) -> float:
        """Where the line between them is."""
        return self.canvas.width() * self.divider

    @property
    def shown(self) -> QSizeF:
        """The picture that zoom and percentages are about."""
        return self.master if self.look is Look.MASTER else self.rendition

    def room_at(self, at: QPointF) -> QRectF:
        """The part of the canvas that a point is in."""
        room = self.rendition_room
        return room if room.contains(at) else self.master_room

    def is_master_side(self, at: QPointF) -> bool:
        """Whether it is the master that is seen at a point."""
        if self.look is Look.SPLIT:
            return at.x() <= self.divider_x
        return self.look is Look.MASTER or (
            self.look is Look.BESIDE and self.master_room.contains(at)
        )
