"""What is asked of a window before it is whole: kept, and done as soon as it can be."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QWidget
from shiboken6 import isValid

from bridge_app.domain.assets import AssetId
from bridge_app.ui.window_front import Front

if TYPE_CHECKING:
    from bridge_app.ui.incoming import Incoming

ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
TAKEN = (QMouseEvent, QKeyEvent, QContextMenuEvent)
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Waiting(QObject):
    """Hears what is triggered, until others begin to; the assets can be used all the time.

    What was chosen when something was asked for is chosen again for it. GUI thread only.
    """

    def __init__(self, window: QMainWindow, front: Front) -> None:
        super().__init__(front.browser)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        browser = front.browser
        self._model = front.model
        self._selection = front.selection
        self._field = browser.search_bar.field
        self._kept: list[Callable[[], object]] = []
        self._press: Callable[[str], object] = lambda _: None
        self._give: Callable[[Incoming], object] = lambda _: None
        self._chosen: tuple[AssetId, ...] | None = None
        self._is_between = False
        self._grid = browser.grid
        self._model.counted.connect(self._find_focus)
        self._actions = front.actions.findChildren(QAction)
        for action in self._actions:
            action.triggered.connect(self._keep_action)
        grid, bar = browser.grid, browser.search_bar
        # Whether files may leave is known when all is there: until then drags ask.
        grid.ask_before_drag(on=True)
        self._heard = [
            grid.typed.connect(partial(self._keep_with, self._type)),
            grid.lookWanted.connect(lambda: self._keep(grid.lookWanted.emit)),
            grid.menuWanted.connect(partial(self._keep_with, grid.menuWanted.emit)),
            grid.lateDragWanted.connect(partial(self._keep_drag, grid.lateDragWanted.emit)),
            bar.cloudWanted.connect(partial(self._keep_with, bar.cloudWanted.emit)),
            bar.shelterWanted.connect(partial(self._keep_with, bar.shelterWanted.emit)),
        ]

    def give_way(self) -> None:
        """From now on those who act are made, and hear what is triggered themselves."""
        for action in self._actions:
            action.triggered.disconnect(self._keep_action)

    def give_way_to_parts(self) -> None:
        """From now on somebody hears the assets."""
        for connection in self._heard:
            QObject.disconnect(connection)

    def between(self) -> Iterator[None]:
        """One turn in which some of those who act are there, and some are not."""
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._is_between = True
        yield
        self._is_between = False
        if app is not None:
            app.removeEventFilter(self)

    def carry_out(self, press: Callable[[str], None], give: "Callable[[Incoming], None]") -> None:
        """Everybody is there: do what waits, in its order.

        Args:
            press: Does what a letter does while the assets have the keyboard.
            give: Does what is done with what is dropped.
        """
        self._press, self._give = press, give
        self._window.removeEventFilter(self)
        if self._kept:
            self._note_chosen()
        for act in self._kept:
            act()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a click or a key that may want somebody who is not there comes again later."""
        if isinstance(event, QDropEvent) and watched is self._window:
            self._take_drop(event)
            return True
        return self._is_between and self._has_taken(watched, event)

    def _has_taken(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Shortcut:
            if isinstance(watched, QAction):
                self._keep(watched.trigger)
            elif isinstance(watched, QShortcut):
                self._keep(watched.activated.emit)
            return True
        if not isinstance(watched, QWidget) or not isinstance(event, TAKEN):
            return False
        if event.type() is QEvent.Type.ShortcutOverride or self._is_looking(watched, event):
            return False
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseMove:
            # Files are dragged out when somebody is there who hands them out.
            return watched is self._grid.view.viewport() and bool(event.buttons())
        self._keep(partial(_send_again, watched, event.clone()))
        return True

    def _take_drop(self, event: QDropEvent) -> None:
        # Few have something in their hand when they start a program.
        from bridge_app.ui.incoming import incoming, picture_format  # noqa: PLC0415

        mime = event.mimeData()
        if event.source() is not None or not (mime.hasUrls() or picture_format(mime)):
            event.ignore()
            return
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self._keep(partial(self._hand_over, incoming(mime)))

    def _hand_over(self, found: "Incoming") -> None:
        self._give(found)

    def _is_looking(self, watched: QWidget, event: QEvent) -> bool:
        """Is it about going through the assets, or finding some?"""
        if watched is self._field:
            return not isinstance(event, QKeyEvent) or event.key() not in ENTERS
        view = self._grid.view
        if watched is view.viewport():
            return event.type() is not QEvent.Type.MouseMove
        return watched is view or isinstance(watched, QMainWindow)

    def _find_focus(self) -> None:
        """The first answer is there: the assets take the keyboard, unless somebody types."""
        self._model.counted.disconnect(self._find_focus)
        if not self._field.hasFocus():
            self._grid.focus_view()

    def _keep_action(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        if action.isCheckable() and action.actionGroup() is None:
            # It is switched when somebody hears it.
            action.setChecked(not action.isChecked())
        self._keep(action.trigger)

    def _type(self, letter: object) -> None:
        self._press(str(letter))

    def _keep_with(self, act: Callable[[object], None], what: object) -> None:
        self._keep(partial(act, what))

    def _keep_drag(self, drag: Callable[[object], None], assets: object) -> None:
        """It begins late, if it has not ended before."""

        def begin() -> None:
            if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
                drag(assets)

        self._keep(begin)

    def _keep(self, act: Callable[[], object]) -> None:
        self._note_chosen()
        self._kept.append(act)

    def _note_chosen(self) -> None:
        """Each act is about what a person had chosen then."""
        chosen = self._selection.ids
        if self._selection.is_complete and chosen != self._chosen:
            self._chosen = chosen
            self._kept.append(partial(self._choose, chosen))

    def _choose(self, chosen: tuple[AssetId, ...]) -> None:
        if chosen == self._selection.ids:
            return
        row = self._model.loaded().get(chosen[0]) if len(chosen) == 1 else None
        if row is None:
            self._selection.choose(chosen)
        else:
            self._selection.setCurrentIndex(self._model.index(row, 0), ONLY)


def _send_again(watched: QWidget, event: QEvent) -> None:
    if isValid(watched):
        QCoreApplication.sendEvent(watched, event)
