"""A window with no room for both sides: one goes after the other, and comes back with the room."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

SPARE_PX = 24
"""So much more than enough is there before a side comes back: it would flicker at the edge."""


class Narrow(QObject):
    """Puts the sides away and back with the width of what they stand in.

    Args:
        around: Holds the middle and the sides; it may be narrower than all of them together.
        sides: Each with the action that shows it. The last goes first, unless it is asked for.
        rests: Are they put away by something else now?
    """

    def __init__(
        self,
        around: QWidget,
        middle: QWidget,
        sides: Sequence[tuple[QWidget, QAction]],
        *,
        rests: Callable[[], bool],
    ) -> None:
        super().__init__(around)
        self._around = around
        self._middle = middle
        self._sides = sides
        self._rests = rests
        self._away: list[QAction] = []
        self._is_fitting = False
        around.installEventFilter(self)
        for _, action in sides:
            action.triggered.connect(self._asked)

    def is_away(self, part: QWidget) -> bool:
        """Would this side be seen, if there were room?"""
        return any(one is part and action in self._away for one, action in self._sides)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: there is more room, or less."""
        if watched is self._around and event.type() is QEvent.Type.Resize:
            # Docks that come or go while their area is laid out would be laid out wrongly.
            QTimer.singleShot(0, self, self.fit)
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Show as many of the sides as there is room for."""
        if self._rests():
            return
        for _, action in reversed(self._sides):
            if action.isChecked() and self._needed() > self._around.width():
                self._put(action, away=True)
        for part, action in self._sides:
            more = part.minimumSizeHint().width() + SPARE_PX
            if action in self._away and self._needed() + more <= self._around.width():
                self._put(action, away=False)

    def _needed(self) -> int:
        here = self._around.window()
        shown = [part for part, action in self._sides if action.isChecked()]
        beside = [part for part in shown if part.window() is here]
        widths = (max(part.minimumWidth(), part.minimumSizeHint().width()) for part in beside)
        return self._middle.minimumWidth() + sum(width + 1 for width in widths)

    def _put(self, action: QAction, *, away: bool) -> None:
        self._is_fitting = True
        (self._away.append if away else self._away.remove)(action)
        action.trigger()
        self._is_fitting = False

    def _asked(self) -> None:
        """A person showed or hid a side: what is shown stays, and another one goes for it."""
        asked = self.sender()
        if self._is_fitting or self._rests() or not isinstance(asked, QAction):
            return
        if asked in self._away:
            self._away.remove(asked)
        for _, action in reversed(self._sides):
            is_in_the_way = asked.isChecked() and self._needed() > self._around.width()
            if is_in_the_way and action is not asked and action.isChecked():
                self._put(action, away=True)
