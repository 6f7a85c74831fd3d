"""Everything of a window that its assets can be looked through without; loaded behind them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from bridge_app.domain.assets import AssetId, LibraryRecord
from bridge_app.ui.exchange.window_exchange import WindowExchange
from bridge_app.ui.helping.help_errands import HelpErrands
from bridge_app.ui.helping.walk import Walk
from bridge_app.ui.job_troubles import JobTroubles
from bridge_app.ui.menus import add_demo_menu, put_menu
from bridge_app.ui.window_commands import WindowCommands
from bridge_app.ui.window_core import make_core
from bridge_app.ui.window_front import Front
from bridge_app.ui.window_memory import WindowMemory
from bridge_app.ui.window_parts import make_frame, make_middle, make_sides
from bridge_app.ui.wiring import wire_accounts, wire_assets, wire_browser, wire_schemes
from bridge_app.work.worker import Worker


class DemoControl(Protocol):
    """The stand-in for Cloudinary, as far as the window may pull its plug."""

    @property
    def sandbox_running(self) -> bool:
        """Does it answer?"""

    def set_sandbox_running(self, *, on: bool) -> None:
        """Pull the plug, or put it back. Blocks for less than a second."""

    @property
    def is_preparing(self) -> bool:
        """Are the sample libraries being made, or about to be?"""

    def sample(self) -> LibraryRecord:
        """The sample campaign, made unless it is there. Blocks."""


class Rest:
    """Made around what is there, step by step; afterwards each part has its name.

    Args:
        show: Chooses assets in the window, wherever they are.
        keys: The first key of an action, once there are keys.
    """

    def __init__(
        self,
        window: QMainWindow,
        front: Front,
        worker: Worker,
        demo: DemoControl | None,
        *,
        show: Callable[[Sequence[AssetId]], None],
        keys: Callable[[QAction], str],
    ) -> None:
        self._window = window
        self._front = front
        self._demo = demo
        self._show = show
        self._keys = keys
        self.core = make_core(window, worker, front)

    def steps(self) -> Iterator[None]:
        """Make the next part."""
        window, front, core = self._window, self._front, self.core
        core.actions.dress()
        yield
        window.setWindowIcon(core.looks.icons.app_icon())
        yield
        middle = self.middle = yield from make_middle(window, core, front)
        yield
        sides = self.sides = yield from make_sides(window, core)
        put_menu(sides.account_menu, front.account_menu)
        if self._demo is not None:
            add_demo_menu(window.menuBar(), core.actions)
        yield
        frame = self.frame = yield from make_frame(window, core, front, middle, sides)
        yield
        helping = self.helping = HelpErrands(core, middle.browser, self._demo)
        helping.serve_undo(sides.inspector.undo)
        yield
        self.walk = Walk(
            window,
            core,
            middle,
            sides,
            is_welcoming=lambda: not helping.strip.isHidden(),
            keys=self._keys,
        )
        self.memory = WindowMemory(window, core, middle, sides, frame)
        yield
        self.exchange = WindowExchange(window, core, middle, sides, frame, show=self._show)
        yield
        self._wire_parts()
        yield

    def commands(self) -> WindowCommands:
        """Made last: it gives the keys to what the others do."""
        return WindowCommands(self._window, self.core, self.middle, self.sides, self.frame)

    def _wire_parts(self) -> None:
        """Who hears whom where the window itself has nothing to say."""
        core, middle, sides, frame = self.core, self.middle, self.sides, self.frame
        actions, messages, errands = core.actions, middle.browser.messages, middle.errands
        wire_assets(actions, middle.selection, errands)
        wire_browser(actions, middle.browser)
        wire_schemes(actions, core.looks.theme)
        wire_accounts(actions, errands.accounts)
        messages.open_keys_with(actions.accounts)
        troubles = (sides.folders.failed, sides.transfers.failed, frame.overlay.failed)
        for failed in (*troubles, core.remembering.failed):
            failed.connect(messages.show_error)
        JobTroubles(core.worker, core.asker, core.bridge, messages, self._window)
        sides.activity.transfersWanted.connect(lambda: sides.transfers.set_expanded(on=True))
        sides.account_menu.chosen.connect(errands.accounts.use)
        sides.renditions.pushWanted.connect(errands.push)
        sides.transfers.accountWanted.connect(errands.accounts.show_accounts)
        sides.transfers.expandedChanged.connect(actions.transfers.setChecked)
        errands.decided.connect(middle.selection.move_on)
        frame.look.moved.connect(middle.browser.grid.go)
        frame.look.closed.connect(middle.browser.grid.focus_view)
        files = sides.inspector.files
        files.copyWanted.connect(actions.copy_path.trigger)
        files.revealWanted.connect(actions.reveal.trigger)
        files.openWanted.connect(actions.open_original.trigger)
        actions.add_folder.triggered.connect(errands.choose_folder)
        # PySide calls a builtin method without the flag, a lambda with it.
        actions.sidebar.triggered.connect(lambda on: sides.sidebar.setVisible(on))  # noqa: PLW0108
        actions.inspector.triggered.connect(lambda on: sides.inspector.setVisible(on))  # noqa: PLW0108
        actions.transfers.triggered.connect(lambda on: sides.transfers.set_expanded(on=on))
