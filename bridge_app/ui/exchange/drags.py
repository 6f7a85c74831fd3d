"""Where drags begin in the window, and what each of them takes along."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import Asset
from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.exchange.dragging import Dragging
from bridge_app.ui.panels.grid import GridPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.panels.renditions import RenditionsPanel
from bridge_app.ui.studio_errands import StudioErrands
from bridge_app.ui.window_core import Core
from bridge_app.work.exchange.departure import DeliveredWish, OriginalWish, Wish


def make_dragging(core: Core, messages: MessageBar) -> Dragging:
    """Who begins drags; what goes wrong is told where the rest is."""
    worker = core.worker
    dragging = Dragging(lambda: worker.leaving, core.asker, core.looks, messages)
    dragging.failed.connect(messages.show_error)
    return dragging


def wire_drags(
    dragging: Dragging, grid: GridPanel, renditions: RenditionsPanel, studio: StudioErrands
) -> None:
    """Let them begin."""
    grid.lateDragWanted.connect(partial(_drag_originals, dragging, grid))
    renditions.dragWanted.connect(partial(_drag_delivered, dragging, renditions))
    studio.dragWanted.connect(partial(_drag_rendered, dragging))


def _drag_originals(dragging: Dragging, grid: GridPanel, assets: Sequence[Asset]) -> None:
    dragging.drag(grid.view, [OriginalWish(asset=asset) for asset in assets])


def _drag_delivered(
    dragging: Dragging, source: QWidget, asset: Asset, preset: RenditionPreset
) -> None:
    dragging.drag(source, [DeliveredWish(asset=asset, preset=preset)])


def _drag_rendered(dragging: Dragging, source: QWidget, wishes: Sequence[Wish]) -> None:
    dragging.drag(source, wishes)
