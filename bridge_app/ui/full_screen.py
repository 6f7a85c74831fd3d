"""The window on the whole screen: nothing but the assets, and a way back that can be seen."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenuBar, QToolButton, QWidget

EDGE_PX = 12


class FullScreen(QObject):
    """Hides menu and sides while the window fills the screen, and brings back what was there.

    Args:
        leave: The action that leads there and back; a button in the corner has it.
        sides: The actions of the panels beside the middle; a panel is put away by its own.
    """

    def __init__(self, window: QMainWindow, leave: QAction, sides: tuple[QAction, ...]) -> None:
        super().__init__(window)
        self._window = window
        self._leave = leave
        self._sides = sides
        self._hidden: list[QAction] = []
        self._before = Qt.WindowState.WindowNoState
        self._button = QToolButton(window)
        self._button.setText(self.tr("Leave Full Screen"))
        self._button.setToolTip(leave.toolTip())
        self._button.setProperty("chip", True)  # noqa: FBT003 - Qt's own
        self._button.clicked.connect(lambda: leave.trigger())  # noqa: PLW0108 - it takes no flag
        self._button.setVisible(False)
        window.installEventFilter(self)

    def fill(self, *, on: bool) -> None:
        """Fill the screen, or be as before."""
        window = self._window
        if on:
            self._before = window.windowState()
            self._hidden = [action for action in self._sides if action.isChecked()]
            # The keys of a menu that is hidden would do nothing.
            window.addActions(_within(window.menuBar()))
            window.menuBar().setVisible(False)
            for action in self._hidden:
                action.trigger()
            window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)
        else:
            window.setWindowState(self._before & ~Qt.WindowState.WindowFullScreen)
            window.menuBar().setVisible(True)
            for action in self._hidden:
                if not action.isChecked():
                    action.trigger()
            self._hidden = []
        self._button.setVisible(on)
        self._button.raise_()
        self._place()

    @property
    def is_on(self) -> bool:
        """Does the window fill the screen?"""
        return not self._button.isHidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: keep the way back in its corner."""
        if watched is self._window and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        button = self._button
        button.adjustSize()
        room = self._window.width() - button.width() - EDGE_PX
        left = EDGE_PX if self._window.isRightToLeft() else room
        button.move(left, self._window.height() - button.height() - EDGE_PX)


def _within(holder: QWidget) -> list[QAction]:
    """The actions of a menu bar's menus, and of the menus in these."""
    found: list[QAction] = []
    menus: list[QWidget] = [holder] if isinstance(holder, QMenuBar) else []
    while menus:
        for action in menus.pop().actions():
            menu = action.menu()
            if isinstance(menu, QWidget):
                menus.append(menu)
            else:
                found.append(action)
    return found
