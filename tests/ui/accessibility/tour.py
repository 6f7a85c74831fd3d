"""A way through every window and dialog: whatever ends with “…” is pressed, every page is shown.

By the rule of the whole application, what ends with “…” asks before it does anything. What is
behind the buttons of a dialog is therefore found without anybody listing it.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QColorDialog,
    QFileDialog,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from bridge_app.ui.asker import Asker
from bridge_app.ui.parts.confirm import ConfirmDialog

Look = Callable[[str, QWidget], None]
DEPTH = 3
NOT_PRESSED = ("browser",)
"""What leaves the application."""


class Tour:
    """Opens one after the other and calls `look` with each, and with each of its pages.

    `seen` counts the windows by the names of their classes.
    """

    def __init__(self, qtbot: QtBot, asker: Asker, look: Look) -> None:
        self._qtbot = qtbot
        self._asker = asker
        self._look = look
        self._pressed: set[tuple[str, str]] = set()
        self.seen: Counter[str] = Counter()

    def look(self, label: str, window: QWidget) -> None:
        """Look at it as it is now, with the keyboard in it."""
        window.activateWindow()
        self._qtbot.waitUntil(window.isActiveWindow)
        self._look(label, window)

    def settle(self) -> None:
        """Wait until every question is answered, and what the answers ask in turn."""
        for _ in range(2):
            self.turn()
            self._qtbot.waitUntil(lambda: not self._asker._tasks._tasks)
        self.turn()

    def turn(self) -> None:
        """Let what is due happen."""
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()

    def opened(self, act: Callable[[], object]) -> list[QWidget]:
        """The windows that come of it."""
        before = _windows()
        act()
        self.settle()
        return [one for one in _windows() if one not in before]

    def press_all(self, window: QWidget, actions: Sequence[QAction]) -> None:
        """Take every action that asks more, and visit what it opens."""
        for action in actions:
            if isValid(action) and action.isEnabled() and action.menu() is None:
                self._follow("", _plain(action.text()), action.trigger, 1)
                self._leave_overlay(window)

    def _leave_overlay(self, window: QWidget) -> None:
        """Some things open within the window, and keep the keyboard until Escape."""
        here = window.focusWidget()
        if here is not None:
            QTest.keyClick(here, Qt.Key.Key_Escape)
            self.turn()

    def visit(self, label: str, window: QWidget, depth: int = 1) -> None:
        """Look at a window, its pages and what is behind its buttons; then close it."""
        name = type(window).__name__
        self.seen[name] += 1
        if isinstance(window, QFileDialog | QColorDialog):
            window.close()
            return
        if self.seen[name] == 1:
            self.look(label, window)
            self.show_pages(label, window)
            if depth < DEPTH:
                self._press_buttons(label, window, depth)
        self._close(window)

    def show_pages(self, label: str, window: QWidget) -> None:
        """Look at the pages that are not shown at first."""
        for bar in window.findChildren(QTabBar):
            if bar.isVisible():
                self._turn_over(label, window, bar)
        for stack in window.findChildren(QStackedWidget):
            if stack.isVisible() and not isinstance(stack.parent(), QTabWidget):
                self._turn_over(label, window, stack)

    def _turn_over(self, label: str, window: QWidget, pages: QTabBar | QStackedWidget) -> None:
        first = pages.currentIndex()
        for page in range(pages.count()):
            if page != first:
                pages.setCurrentIndex(page)
                self.settle()
                self.look(f"{label}, page {page + 1}", window)
                if isinstance(pages, QTabBar):
                    self._press_buttons(label, window, DEPTH - 1)
        pages.setCurrentIndex(first)
        self.settle()

    def _press_buttons(self, label: str, window: QWidget, depth: int) -> None:
        for text in dict.fromkeys(_plain(one.text()) for one in _buttons(window)):
            found = [one for one in _buttons(window) if _plain(one.text()) == text]
            if found:
                self._follow(label, text, found[0].click, depth + 1, inside=window)

    def _follow(
        self,
        label: str,
        text: str,
        act: Callable[[], object],
        depth: int,
        inside: QWidget | None = None,
    ) -> None:
        place = (type(inside).__name__ if inside else "", text)
        foreign = any(word in text for word in NOT_PRESSED)
        if not text.endswith("…") or place in self._pressed or foreign:
            return
        self._pressed.add(place)
        way = f"{label} > {text}" if label else text
        new = self.opened(act)
        for one in new:
            self.visit(way, one, depth)
        if inside is not None and not new and inside.isVisible():
            self.look(way, inside)
            back = [one for one in inside.findChildren(QPushButton) if one.text() == "Back"]
            for one in back:
                if one.isVisible():
                    one.click()
                    self.turn()

    def _close(self, window: QWidget) -> None:
        """Close it; what asks whether to lose something is told to lose it."""
        window.close()
        self.turn()
        for asking in _windows():
            if isinstance(asking, ConfirmDialog) and asking is not window:
                self.seen[type(asking).__name__] += 1
                asking.confirmed.emit()
                asking.reject()
                self.turn()


def _plain(text: str) -> str:
    return text.replace("&", "").strip()


def _buttons(window: QWidget) -> list[QAbstractButton]:
    """Those that ask more and open no menu."""
    return [
        one
        for one in (window.findChildren(QAbstractButton) if isValid(window) else ())
        if one.isVisible()
        and one.isEnabled()
        and _plain(one.text()).endswith("…")
        and (not isinstance(one, QPushButton | QToolButton) or one.menu() is None)
    ]


def _windows() -> list[QWidget]:
    return [
        one
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and one.isWindow() and not isinstance(one, QMenu)
    ]
