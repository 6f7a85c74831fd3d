"""Is it seen what has the keyboard? The same place is drawn with it and without."""

from collections.abc import Iterator

from PySide6.QtCore import QMargins, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.accessibility.tabbing import stops, told

AROUND = QMargins(4, 4, 4, 4)
LEAST = 16
"""So many pixels have to differ: less than one side of a small ring."""
SIGNS = ("kind", "chip", "head", "tight", "surface", "rows", "search")


class FocusWatch:
    """Looks at each kind of control once: those of one kind are dressed alike."""

    def __init__(self) -> None:
        self._seen: set[tuple[object, ...]] = set()

    def faults(self, window: QWidget) -> Iterator[str]:
        """Those whose looks do not tell that they have the keyboard."""
        found = stops(window)
        for one in found:
            kind = (type(one), *(one.property(sign) for sign in SIGNS))
            other = next((stop for stop in reversed(found) if stop is not one), None)
            shown = one.visibleRegion().boundingRect().height()
            if other is None or kind in self._seen or shown < one.height() / 2:
                continue  # another of its kind is in view elsewhere
            self._seen.add(kind)
            if not _shows_focus(window, one, other):
                yield f"nobody sees that it has the keyboard: {told(one)} {kind[1:]}"


def _shows_focus(window: QWidget, one: QWidget, other: QWidget) -> bool:
    one.setFocus(Qt.FocusReason.TabFocusReason)
    if QApplication.focusWidget() is not one:
        return True  # it went or hands the keyboard on
    # Only now: what has the keyboard may have been brought into view.
    place = QRect(one.mapTo(window, QPoint()), one.size()).marginsAdded(AROUND)
    with_it = window.grab(place).toImage()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    return _differ(with_it, window.grab(place).toImage()) >= LEAST


def _differ(one: QImage, other: QImage) -> int:
    """How many pixels are not alike; no more are counted than it takes."""
    if one.size() != other.size():
        return LEAST
    found = 0
    for y in range(one.height()):
        if one.constScanLine(y) == other.constScanLine(y):
            continue
        for x in range(one.width()):
            found += one.pixel(x, y) != other.pixel(x, y)
            if found >= LEAST:
                return found
    return found
