"""Everything that goes between the window and other programs, made and connected."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow

from bridge_app.domain.app_links import AssetLink, link_to
from bridge_app.domain.assets import AssetId
from bridge_app.domain.query import Query
from bridge_app.domain.rights import RightsState
from bridge_app.ui.exchange.clipboard import Clipboard
from bridge_app.ui.exchange.drags import make_dragging, wire_drags
from bridge_app.ui.exchange.drop_target import DropTarget
from bridge_app.ui.exchange.link_opening import LinkOpening
from bridge_app.ui.exchange.new_version import NewVersion
from bridge_app.ui.exchange.notices import (
    AGAIN,
    REVIEWS,
    RIGHTS,
    SHOW,
    TRANSFERS,
    DesktopNotices,
)
from bridge_app.ui.exchange.open_with import OpenWith
from bridge_app.ui.exchange.originals_warning import OriginalsWarning
from bridge_app.ui.exchange.tray import Tray
from bridge_app.ui.incoming import Incoming
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.window_core import Core
from bridge_app.ui.window_parts import Frame, Middle, Sides

PLACE = re.compile(r"[01] -?\d{1,5} -?\d{1,5}")
FIRST_PLACE = QPoint(40, 120)
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
        self.new_version = NewVersion(
            window, core, middle.selection, browser.messages, self.open_with
        )
        self.tray = Tray(window, core, core.looks.icons, show=self.come_to_front)
        self.notices = DesktopNotices(window, core, acts=self._acts(sides), fallback=self.tray.tell)
        self.target = DropTarget(core.looks, window)
        self.tray.leaving.connect(self.close)
        dragging = make_dragging(core, browser.messages)
        wire_drags(dragging, browser.grid, sides.renditions, middle.studio, middle.review)
        middle.studio.copyWanted.connect(self.clipboard.copy_files)
        self.clipboard.pasted.connect(frame.overlay.take)
        self.clipboard.addressed.connect(self.links.find)
        frame.overlay.pictureDropped.connect(self.clipboard.take)
        self._wire_actions()

    def open(self, words: Sequence[str], *, token: str = "") -> None:
        """Show what another start was asked to show, with the window in front."""
        if token:
            os.environ[ACTIVATION] = token
        self.come_to_front()
        self.links.open(words)

    def close(self) -> None:
        """The window goes."""
        self.notices.close()
        # Where it stands now is where it stands the next time.
        self.target.blockSignals(True)  # noqa: FBT003 - Qt's
        self.target.close()

    def come_to_front(self) -> None:
        """Show the window, wherever it was put."""
        window = self._window
        QApplication.setQuitOnLastWindowClosed(True)
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def _wire_actions(self) -> None:
        actions, selection = self._core.actions.exchange, self._middle.selection
        actions.copy.triggered.connect(self._copy)
        OriginalsWarning(self._core, selection, self._middle.browser.grid)
        actions.paste.triggered.connect(self.clipboard.paste)
        actions.copy_link.triggered.connect(self._copy_link)
        actions.hot_folders.triggered.connect(self._show_hot_folders)
        actions.notices.setChecked(self._core.remembering.settings.notices)
        actions.notices.triggered.connect(self._keep_notices)
        self._wire_target(actions.drop_target)
        self._core.remembering.changed.connect(self._follow_others)
        self._core.remembering.isFirst.connect(self._stand)
        selection.chosen.connect(partial(self._follow, actions.copy, actions.copy_link))
        self._follow(actions.copy, actions.copy_link)

    def _wire_target(self, action: QAction) -> None:
        """The small window stands where it stood, if it did."""
        target = self.target
        target.dropped.connect(self._take_dropped)
        self._stand()
        target.moved.connect(lambda _: self._keep_target())
        target.shown.connect(action.setChecked)
        target.shown.connect(lambda _: self._keep_target())
        # PySide calls a builtin method without the flag, a lambda with it.
        action.triggered.connect(lambda on: self._want_target(on=on))

    def _want_target(self, *, on: bool) -> None:
        if self._core.remembering.is_first:
            self.target.setVisible(on)
        else:
            # It is the first window's, which hears of it.
            kept = self._core.remembering.settings.drop_target
            _, *place = kept.split() if PLACE.fullmatch(kept) else ("", *_numbers(FIRST_PLACE))
            self._keep(drop_target=" ".join((str(int(on)), *place)))

    def _stand(self) -> None:
        """Of several windows the first has the drop target, as it was left."""
        kept = self._core.remembering.settings.drop_target
        is_open, *place = (int(one) for one in kept.split()) if PLACE.fullmatch(kept) else (0,)
        self._core.actions.exchange.drop_target.setChecked(bool(is_open))
        if self._core.remembering.is_first:
            self.target.place(QPoint(*place) if place else FIRST_PLACE)
            self.target.setVisible(bool(is_open))

    def _follow_others(self) -> None:
        """Another window was told something that is true of all."""
        kept, actions = self._core.remembering.settings, self._core.actions.exchange
        actions.notices.setChecked(kept.notices)
        self._stand()

    def _show_hot_folders(self) -> None:
        # Few ever ask for it, and a start need not load it.
        from bridge_app.ui.exchange.hot_folders_dialog import HotFoldersDialog  # noqa: PLC0415

        open_dialog(HotFoldersDialog(self._core, self._window))

    def _take_dropped(self, found: Incoming) -> None:
        self.come_to_front()
        self.clipboard.take(found)

    def _keep_target(self) -> None:
        target = self.target
        text = " ".join((str(int(target.isVisible())), *_numbers(target.pos())))
        self._keep(drop_target=text)

    def _keep_notices(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._keep(notices=on)

    def _keep(self, **changed: Any) -> None:
        remembering = self._core.remembering
        remembering.keep(replace(remembering.settings, **changed))

    def _acts(self, sides: Sides) -> Mapping[tuple[str, str], Callable[[], None]]:
        """What a click on a notice does, with the window in front."""
        actions, browser = self._core.actions, self._middle.browser

        def show(act: Callable[[], object]) -> Callable[[], None]:
            def acting() -> None:
                self.come_to_front()
                act()

            return acting

        ended = frozenset({RightsState.ENDED})
        return {
            (TRANSFERS, SHOW): show(lambda: sides.transfers.set_expanded(on=True)),
            (TRANSFERS, AGAIN): self._try_again,
            (REVIEWS, SHOW): show(actions.review_queue.trigger),
            (RIGHTS, SHOW): show(
                lambda: browser.ask(Query(rights=ended, environment=browser.query.environment))
            ),
        }

    def _try_again(self) -> None:
        messages = self._middle.browser.messages
        self._core.asker.ask(self._core.worker.retry, lambda _: None, messages.show_error)

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


def _numbers(place: QPoint) -> tuple[str, str]:
    return str(place.x()), str(place.y())
