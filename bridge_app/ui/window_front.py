"""What of a window is there first: its assets, to be looked through, chosen and searched."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSize, QUrl
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui import window_state
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker, Readers
from bridge_app.ui.coming_worker import ComingWorker
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.menus import fill_menus
from bridge_app.ui.models.asset_list import AssetList
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panel_area import PanelArea
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.remembering import Beside, Remembering
from bridge_app.ui.screen_layouts import layout_on, screens_now
from bridge_app.ui.theme import Theme

if TYPE_CHECKING:
    from bridge_app.ui.panels.welcome import Welcome

FRAME_PX = QSize(8, 40)
"""Room that the system's frame and title take."""


class FrontWorker(Readers, Protocol):
    """What assets need to be shown."""

    def thumbnail(self, asset: AssetId) -> bytes:
        """A grid cell's picture. Blocking; raises MediaError."""

    def preview(self, asset: AssetId) -> bytes:
        """A large picture. Blocking; raises MediaError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The parts that everything else is made around."""

    settings: SettingsFile | Beside
    asker: Asker
    remembering: Remembering
    looks: Looks
    actions: Actions
    model: AssetList
    selection: AssetSelection
    browser: BrowserPanel
    around: QWidget
    area: PanelArea
    account_menu: QMenu  # stands in the menu bar until there are accounts to choose from

    def lay_out(self, window: QMainWindow) -> None:
        """Let all stand as the person left it, the panels empty."""
        kept = self.remembering.settings
        geometry = window_state.geometry(kept.window_geometry)
        if geometry.isEmpty() or not window.restoreGeometry(geometry):
            # The usual size, or what the screen has room for with a window's frame.
            room = window.screen().availableGeometry().size() - FRAME_PX
            window.resize(QSize(*window_state.SIZE_PX).boundedTo(room))
        self.area.set_sizes(window_state.splitter(kept))
        self.area.restore(layout_on(kept.layouts, screens_now(rtl=window.isRightToLeft())))
        is_list = kept.view == "list"
        (self.actions.list if is_list else self.actions.grid).setChecked(True)
        self.browser.set_list(on=is_list)
        self.browser.set_picture_width(window_state.picture_width(kept))


def make_front(
    window: QMainWindow,
    worker: FrontWorker,
    settings: SettingsFile | Beside,
    theme: Theme,
    icons: Icons,
    now: Callable[[], datetime],
) -> Front:
    """Made, and put into the window."""
    asker = Asker(worker, window)
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=window)
    looks, actions = Looks(theme, icons, pixels, now), Actions(theme, icons, window)
    remembering = Remembering(settings, asker, window)
    # Addresses are known with all the rest; until then nothing has one.
    ready = worker.listing if isinstance(worker, ComingWorker) else None
    model = AssetList(asker, now=now, url_of=lambda _: QUrl(), ready=ready, parent=window)
    selection = AssetSelection(model, asker)

    def welcome() -> "Welcome":
        # For those who have no assets yet.
        from bridge_app.ui.panels.welcome import Welcome  # noqa: PLC0415

        first = (actions.add_folder, actions.add_shelter, actions.accounts, actions.helping.demo)
        return Welcome(icons, theme, first)

    account_menu = QMenu(window)
    fill_menus(window.menuBar(), actions, account=account_menu)
    around = QWidget()
    window.setCentralWidget(around)
    column = QVBoxLayout(around)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    area = PanelArea()
    column.addWidget(area, 1)
    browser = BrowserPanel(
        model,
        selection,
        looks,
        push=actions.push,
        views=(actions.grid, actions.list),
        welcome=welcome,
    )
    for action in (actions.exchange.copy, actions.exchange.paste):
        browser.grid.addAction(action)
    hidden = window_state.hidden_parts(remembering.settings)
    panels = {"sidebar": actions.sidebar, "inspector": actions.inspector}
    for name, action in panels.items():
        action.setChecked(name not in hidden)
    area.fill(browser, panels, below={"transfers": actions.transfers})
    return Front(
        settings=settings,
        asker=asker,
        remembering=remembering,
        looks=looks,
        actions=actions,
        model=model,
        selection=selection,
        browser=browser,
        around=around,
        area=area,
        account_menu=account_menu,
    )
