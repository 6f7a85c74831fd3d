"""Everything that goes between the window and other programs, made and connected."""

import os
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from bridge_app.domain.app_links import AssetLink, link_to
from bridge_app.domain.assets import AssetId
from bridge_app.ui.exchange.clipboard import Clipboard
from bridge_app.ui.exchange.drags import make_dragging, wire_drags
from bridge_app.ui.exchange.link_opening import LinkOpening
from bridge_app.ui.exchange.open_with import OpenWith
from bridge_app.ui.window_core import Core
from bridge_app.ui.window_parts import Frame, Middle, Sides

ACTIVATION = "XDG_ACTIVATION_TOKEN"


class WindowExchange:
    """Of one window; GUI thread only.

    Args:
        show: Chooses assets in the window, wherever they are.
    """

    def __init__(
        self,
        window: QMainWindow,
        core: Core,
        middle: Middle,
        sides: Sides,
        frame: Frame,
        *,
        show: Callable[[Sequence[AssetId]], None],
    ) -> None:
        browser = middle.browser
        self._window = window
        self._middle = middle
        self._core = core
        self.clipboard = Clipboard(core.worker, core.asker, core.looks, browser.messages)
        self.links = LinkOpening(core.worker, core.asker, browser, middle.errands, show=show)
        self.open_with = OpenWith(window, core, middle.selection, browser.messages)
        dragging = make_dragging(core, browser.messages)
        wire_drags(dragging, browser.grid, sides.renditions, middle.studio)
        middle.studio.copyWanted.connect(self.clipboard.copy_files)
        self.clipboard.pasted.connect(frame.overlay.take)
        self.clipboard.addressed.connect(self.links.find)
        frame.overlay.pictureDropped.connect(self.clipboard.take)
        self._wire_actions()

    def open(self, words: Sequence[str], *, token: str = "") -> None:
        """Show what another start was asked to show, with the window in front."""
        if token:
            os.environ[ACTIVATION] = token
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self.links.open(words)

    def _wire_actions(self) -> None:
        actions, selection = self._core.actions.exchange, self._middle.selection
        for action in (actions.copy, actions.paste):
            self._middle.browser.grid.addAction(action)
        actions.copy.triggered.connect(self._copy)
        actions.paste.triggered.connect(self.clipboard.paste)
        actions.copy_link.triggered.connect(self._copy_link)
        selection.chosen.connect(partial(self._follow, actions.copy, actions.copy_link))
        self._follow(actions.copy, actions.copy_link)

    def _follow(self, copy: QAction, link: QAction) -> None:
        count = self._middle.selection.count
        copy.setEnabled(count > 0)
        link.setEnabled(count == 1)

    def _copy(self) -> None:
        selection = self._middle.selection
        self.clipboard.copy_assets(selection.assets(), chosen=selection.count)

    def _copy_link(self) -> None:
        asset = self._middle.selection.single()
        if asset is not None:
            told = self.clipboard.tr("Link copied. It opens this asset where it is known.")
            self.clipboard.copy_text(link_to(AssetLink(asset=asset.id)), told)
