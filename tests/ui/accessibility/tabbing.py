"""Where the tab key leads in a window: everywhere, in the order of reading, and back."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDateTimeEdit,
    QMenuBar,
    QScrollArea,
    QTableView,
    QWidget,
)

MOST = 400
SECTIONS = 7
"""Tab goes through the parts of a date before it leaves it."""


def walk(window: QWidget, key: Qt.Key) -> tuple[list[QWidget], str]:
    """What has the keyboard, one after the other, until it comes round; and what went wrong."""
    first = QApplication.focusWidget() or _step(window, Qt.Key.Key_Tab)
    if first is not None and not first.focusPolicy() & Qt.FocusPolicy.TabFocus:
        first = _step(first, Qt.Key.Key_Tab)
    if first is None:
        return [], f"{type(window).__name__}: nothing has the keyboard"
    seen = [first]
    while len(seen) < MOST:
        here = _step(seen[-1], key)
        if here is None or here is seen[-1]:
            return seen, f"trapped in {told(seen[-1])}" if len(stops(window)) > 1 else ""
        if here in seen:
            return seen, "" if here is first else f"a circle that begins at {told(here)}"
        seen.append(here)
    return seen, "no end"


def _step(here: QWidget, key: Qt.Key) -> QWidget | None:
    if isinstance(here, QTableView) and here.tabKeyNavigation():
        # As in spreadsheets: the tab key goes from cell to cell, F6 leaves.
        back = key == Qt.Key.Key_Backtab
        held = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(here, Qt.Key.Key_F6, held)
        return QApplication.focusWidget()
    tries = SECTIONS if isinstance(here, QDateTimeEdit) else 1
    for _ in range(tries):
        QTest.keyClick(here, key)
        if QApplication.focusWidget() is not here:
            break
    return QApplication.focusWidget()


def stops(window: QWidget) -> list[QWidget]:
    """What the tab key has to reach."""
    return [one for one in window.findChildren(QWidget) if _is_stop(one, window)]


def _is_stop(one: QWidget, window: QWidget) -> bool:
    can_be_used = one.isVisible() and one.isEnabled() and one.window() is window
    takes_tab = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    if not can_be_used or not takes_tab or one.focusProxy() or isinstance(one, QMenuBar):
        return False
    return not (isinstance(one, QAbstractButton) and _is_led_to_by_arrows(one))


def _is_led_to_by_arrows(one: QAbstractButton) -> bool:
    """Of several of which one is chosen, that one has the keyboard."""
    group, parent = one.group(), one.parentWidget()
    beside = parent.findChildren(QAbstractButton) if parent is not None else []
    exclusive = one.autoExclusive()
    if group is not None:
        beside, exclusive = group.buttons(), group.exclusive()
    return exclusive and not one.isChecked() and any(other.isChecked() for other in beside)


def faults_in_tabbing(window: QWidget) -> Iterator[str]:
    """Traps, what cannot be reached, jumps against the order of reading, another way back."""
    if not stops(window):
        return
    forth, wrong = walk(window, Qt.Key.Key_Tab)
    if wrong:
        yield wrong
        return
    for stop in stops(window):
        if stop not in forth:
            yield f"not reached: {told(stop)}"
    yield from _jumps(window, forth)
    back, wrong = walk(window, Qt.Key.Key_Backtab)
    if wrong or back[1:] != forth[:0:-1]:
        missing = ", ".join(told(one) for one in forth if one not in back)
        yield f"another way back: {wrong or missing}"


def _jumps(window: QWidget, order: Sequence[QWidget]) -> Iterator[str]:
    """From one to the next the eye goes down or on; up only into another column, and at last."""
    back = [pair for pair in pairwise((*order, order[0])) if _stands_before(window, *pair)]
    firsts = [pair for pair in back if not any(_stands_before(window, pair[1], o) for o in order)]
    for one, other in back:
        if (one, other) not in firsts[:1]:
            yield f"back from {told(one)} to {told(other)}"


def _stands_before(window: QWidget, one: QWidget, other: QWidget) -> bool:
    """Does the eye come to `other` sooner: above in the same column, or earlier in the line?"""
    if one.isAncestorOf(other) or other.isAncestorOf(one):
        return False
    of_a, of_b = _scrolled(one), _scrolled(other)
    a, b = _room(window, one), _room(window, other)
    if of_a is not of_b:  # what is scrolled away is not below what stands under the area
        a, b = _held(window, a, of_a), _held(window, b, of_b)
    beneath = min(a.right(), b.right()) - max(a.left(), b.left()) > 0.3 * _least(a, b).width()
    beside = min(a.bottom(), b.bottom()) - max(a.top(), b.top()) > 0.3 * _least(a, b).height()
    rtl = window.layoutDirection() is Qt.LayoutDirection.RightToLeft
    before = b.left() >= a.right() if rtl else b.right() <= a.left()
    return (beneath and b.bottom() <= a.top()) or (beside and before)


def _least(a: QRect, b: QRect) -> QRect:
    return QRect(0, 0, min(a.width(), b.width()), min(a.height(), b.height()))


def _room(window: QWidget, one: QWidget) -> QRect:
    return QRect(one.mapTo(window, QPoint()), one.size())


def _scrolled(one: QWidget) -> QScrollArea | None:
    above = one.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def _held(window: QWidget, room: QRect, area: QScrollArea | None) -> QRect:
    if area is None:
        return room
    edges = _room(window, area.viewport())
    top = max(edges.top(), min(room.top(), edges.bottom() + 1 - room.height()))
    return QRect(room.left(), top, room.width(), room.height())


def told(one: QWidget) -> str:
    """What it is, for who reads the report."""
    words = one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")
    return f"{type(one).__name__} “{words}” in {type(one.parent()).__name__}"
