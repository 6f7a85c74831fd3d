"""The middle of the window and the panels beside it, which a person may put elsewhere."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMainWindow, QWidget

from bridge_app.ui.key_texts import unmarked

Area = Qt.DockWidgetArea
Feature = QDockWidget.DockWidgetFeature
SIDES = (Area.LeftDockWidgetArea, Area.RightDockWidgetArea)
ENDS = (Area.TopDockWidgetArea, Area.BottomDockWidgetArea)
MOVABLE = Feature.DockWidgetMovable | Feature.DockWidgetFloatable
OPEN_PX = 336
"""How high the panel below is when it is opened for the first time."""
LEAST_HEIGHT_PX = 300
"""Panels for which there is no room are put away, see `Narrow`."""
VERSION = 1
"""Of what `saveState` keeps: before, there was no panel below."""


class PanelArea(QMainWindow):
    """Holds the middle, with a panel at the start and one at the end of each line of reading.

    One more lies below them. Panels have no title until they are being arranged: then each can be
    dragged to the other side (that below: to the top), or out of the window.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._middle = QWidget()
        self._docks: list[_Panel] = []
        self._below: list[_Panel] = []
        self._open_px = OPEN_PX

    def fill(
        self,
        middle: QWidget,
        panels: Mapping[str, QAction],
        below: Mapping[str, QAction],
    ) -> None:
        """Give everything its place, once; what is in the panels may come later.

        Args:
            middle: Takes the room that is left.
            panels: The action of each, whose text is its title, by their names; the first stands
                at the start. Those that are switched on are seen.
            below: The same of the one that lies below.
        """
        self._middle = middle
        self.setCentralWidget(middle)
        # From the first moment: panels that are filled would make the window larger for good.
        self.setMinimumSize(middle.minimumWidth(), LEAST_HEIGHT_PX)
        self._docks = [_Panel(name, action, SIDES, self) for name, action in panels.items()]
        self._below = [_Panel(name, action, ENDS, self) for name, action in below.items()]
        for side, dock in zip(self._sides(), self._docks, strict=True):
            self.addDockWidget(side, dock)
        for dock in self._below:
            self.addDockWidget(ENDS[1], dock)
        self.arrange(on=False)

    def hold(self, name: str, part: QWidget) -> None:
        """Put what is in a panel into it."""
        for dock in (*self._docks, *self._below):
            if dock.objectName() == name:
                dock.hold(part)

    def sizes(self) -> list[int]:
        """The widths of the first panel, the middle and the last panel."""
        first, last = (dock.width() for dock in self._docks)
        return [first, self._middle.width(), last]

    def set_sizes(self, sizes: Sequence[int]) -> None:
        """Give the panels these widths; the middle takes the rest, whatever is said of it."""
        first, _, last = sizes
        self.resizeDocks(self._docks, [first, last], Qt.Orientation.Horizontal)

    def arrange(self, *, on: bool) -> None:
        """Let the panels be moved, by their titles; or take the titles away again."""
        for dock in (*self._docks, *self._below):
            dock.set_movable(on=on)

    def open_below(self, *, on: bool) -> None:
        """What lies below has more to show now, or is as low as it can be again."""
        for dock in self._below:
            if not on:
                self._open_px = dock.height()
            elif not dock.isFloating():
                # In a turn of its own: now, it is as low as before.
                self._resize_soon([dock], [self._open_px], Qt.Orientation.Vertical)

    def state(self) -> QByteArray:
        """Where the panels are, as Qt keeps it."""
        return self.saveState(VERSION)

    def restore(self, state: QByteArray) -> None:
        """Put them where they were; whether there is anything below is for now to say."""
        self.restoreState(state, VERSION)
        for dock in self._below:
            dock.follow()

    def swap(self) -> None:
        """Put each panel to the other side."""
        first = self.dockWidgetArea(self._docks[0])
        widths = [dock.width() for dock in self._docks]
        self._put(SIDES if first is SIDES[1] else SIDES[::-1], widths)

    def put_back(self, sizes: Sequence[int]) -> None:
        """Each to where it belongs, none outside, as wide as that."""
        self._put(self._sides(), [sizes[0], sizes[-1]])
        for dock in self._below:
            dock.setFloating(False)
            self.addDockWidget(ENDS[1], dock)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: it is read the other way now."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange and self._docks:
            self.swap()

    def _sides(self) -> tuple[Area, Area]:
        """Where reading begins, and where it ends: Qt does not mirror docks."""
        return SIDES[::-1] if self.isRightToLeft() else SIDES

    def _put(self, sides: tuple[Area, Area], widths: list[int]) -> None:
        shown = [not dock.isHidden() for dock in self._docks]
        for dock in self._docks:
            dock.setFloating(False)
            # Two at one side, if only for a moment, would make the window higher.
            self.removeDockWidget(dock)
        for side, dock, on in zip(sides, self._docks, shown, strict=True):
            self.addDockWidget(side, dock)
            dock.setVisible(on)
        # In a turn of its own: now, the widths would go to those who were there before.
        self._resize_soon(self._docks, widths, Qt.Orientation.Horizontal)

    def _resize_soon(self, docks: "list[_Panel]", sizes: list[int], along: Qt.Orientation) -> None:
        QTimer.singleShot(0, self, lambda: self.resizeDocks(docks, sizes, along))


class _Panel(QDockWidget):
    """One panel, seen while what is in it is meant to be seen."""

    def __init__(
        self, name: str, action: QAction, places: tuple[Area, Area], parent: QWidget
    ) -> None:
        super().__init__(unmarked(action.text()), parent)
        self.setObjectName(name)
        self.setVisible(action.isChecked())
        self.setAllowedAreas(places[0] | places[1])
        self._part: QWidget | None = None
        self._movable = False
        self._no_title = QWidget(self)
        # With nothing in it, it would be one pixel less than nothing high.
        QHBoxLayout(self._no_title).setContentsMargins(0, 0, 0, 0)
        self.topLevelChanged.connect(self._dress)

    def hold(self, part: QWidget) -> None:
        """From now on `part` is in it."""
        self._part = part
        is_hidden = self.isHidden()
        self.setWidget(part)  # which shows it
        part.setHidden(is_hidden)
        part.installEventFilter(self)
        self.follow()

    def follow(self) -> None:
        """Be seen exactly if what is in it is meant to be."""
        if self._part is not None:
            self.setVisible(not self._part.isHidden())

    def set_movable(self, *, on: bool) -> None:
        """Show its title, by which it is dragged, or let nothing be seen of it."""
        self._movable = on
        self._dress()

    def _dress(self) -> None:
        """One that is outside keeps its title: it can be brought home at any time."""
        movable = self._movable or self.isFloating()
        self.setFeatures(MOVABLE if movable else Feature.NoDockWidgetFeatures)
        self._no_title.setVisible(not movable)
        self.setTitleBarWidget(None if movable else self._no_title)  # type: ignore[arg-type]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the part is shown or hidden by whoever knows it; its panel follows."""
        if watched is self._part:
            if event.type() is QEvent.Type.HideToParent:
                self.setVisible(False)
            elif event.type() is QEvent.Type.ShowToParent:
                self.setVisible(True)
        return super().eventFilter(watched, event)
