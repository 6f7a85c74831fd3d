"""Everything that goes between the window and other programs, made and connected."""

from PySide6.QtWidgets import QMainWindow

from bridge_app.ui.exchange.drags import make_dragging, wire_drags
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.panels.renditions import RenditionsPanel
from bridge_app.ui.studio_errands import StudioErrands
from bridge_app.ui.window_core import Core


def serve_exchange(
    window: QMainWindow,
    core: Core,
    browser: BrowserPanel,
    *,
    renditions: RenditionsPanel,
    studio: StudioErrands,
) -> None:
    """Let the window exchange files, pictures and links with other programs."""
    del window
    wire_drags(make_dragging(core, browser.messages), browser.grid, renditions, studio)
