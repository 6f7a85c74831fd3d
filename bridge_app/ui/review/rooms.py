"""How some pictures share a view, so that they are as large as they can be."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF

GAP_PX = 2.0
MOST = 6
"""Pictures beside each other; more would be thumbnails."""


def rooms(area: QRectF, pictures: Sequence[QSizeF], *, mirrored: bool = False) -> list[QRectF]:
    """A room for each picture, in rows; of all numbers of columns the one with the largest sight.

    `mirrored` fills the rows from the right.
    """
    if len(pictures) <= 1:
        return [QRectF(area)] * len(pictures)
    columns = max(
        range(1, len(pictures) + 1), key=lambda count: _sight(area, pictures, columns=count)
    )
    return [
        _room(area, place, len(pictures), columns, mirrored=mirrored)
        for place in range(len(pictures))
    ]


def _sight(area: QRectF, pictures: Sequence[QSizeF], *, columns: int) -> float:
    """The area of the smallest picture, when they stand in so many columns."""
    seen: list[float] = []
    for place, picture in enumerate(pictures):
        room = _room(area, place, len(pictures), columns, mirrored=False)
        scale = min(room.width() / picture.width(), room.height() / picture.height())
        seen.append(picture.width() * picture.height() * scale * scale)
    return min(seen)


def _room(area: QRectF, place: int, count: int, columns: int, *, mirrored: bool) -> QRectF:
    rows = -(-count // columns)
    row, column = divmod(place, columns)
    in_row = columns if row < rows - 1 else count - columns * (rows - 1)
    width = (area.width() - GAP_PX * (in_row - 1)) / in_row
    height = (area.height() - GAP_PX * (rows - 1)) / rows
    if mirrored:
        column = in_row - 1 - column
    return QRectF(
        area.left() + column * (width + GAP_PX), area.top() + row * (height + GAP_PX), width, height
    )
