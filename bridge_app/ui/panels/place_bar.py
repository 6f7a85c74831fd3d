"""The line above the search: the way back, the way forward, and where one is."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.key_texts import unmarked
from bridge_app.ui.panels.breadcrumbs import Breadcrumbs
from bridge_app.ui.panels.browser import HEAD_ICON_PX, HEAD_MARGINS_PX
from bridge_app.ui.parts.tab_order import lead_before
from bridge_app.ui.theme import Theme

MOST_LISTED = 15


class PlaceBar(QFrame):
    """Pressing *Back* long, or clicking it with the other button, lists where one has been.

    `wanted` tells by how many visits to go, less than nothing is back.
    """

    wanted = Signal(int)

    def __init__(
        self, crumbs: Breadcrumbs, theme: Theme, icons: Icons, *, back: QAction, forward: QAction
    ) -> None:
        super().__init__()
        self.crumbs = crumbs
        self._icons = icons
        self._buttons = [self._button(back), self._button(forward)]
        crumbs.come_after(self._buttons[-1])
        self.setProperty("surface", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(*HEAD_MARGINS_PX)
        row.setSpacing(2)
        for button in self._buttons:
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(crumbs, 1)
        theme.changed.connect(self._dress)
        self._dress()

    def come_before(self, widget: QWidget) -> None:
        """Let the tab key come here before it comes to this one."""
        lead_before(widget, *self._buttons)

    def show_ways(self, behind: Sequence[str], ahead: Sequence[str]) -> None:
        """The visits behind and ahead in words, the nearest first."""
        for button, names, sign in zip(self._buttons, (behind, ahead), (-1, 1), strict=True):
            menu = button.menu()
            menu.clear()
            for number, name in enumerate(names[:MOST_LISTED], start=1):
                entry = menu.addAction(name.replace("&", "&&"))
                entry.triggered.connect(partial(self._go, sign * number))

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the other way round, back points the other way."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._dress()

    def _go(self, steps: int, *_: bool) -> None:
        self.wanted.emit(steps)

    def _button(self, action: QAction) -> QToolButton:
        made = QToolButton()
        made.setIconSize(QSize(HEAD_ICON_PX, HEAD_ICON_PX))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.setMenu(QMenu(made))
        made.clicked.connect(action.trigger)
        made.customContextMenuRequested.connect(made.showMenu)

        def follow() -> None:
            made.setEnabled(action.isEnabled())
            made.setToolTip(action.toolTip())
            made.setAccessibleName(unmarked(action.text()))

        action.changed.connect(follow)
        follow()
        return made

    def _dress(self) -> None:
        names = ["arrow-left", "arrow-right"]
        if self.isRightToLeft():
            names.reverse()
        for button, name in zip(self._buttons, names, strict=True):
            button.setIcon(self._icons.icon(name, size_px=HEAD_ICON_PX))
