"""Where drags begin in the window, and what each of them takes along."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import Asset
from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.exchange.dragging import Dragging
from bridge_app.ui.leaving_words import warn
from bridge_app.ui.panels.drag_out import is_here
from bridge_app.ui.panels.grid import GridPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.panels.renditions import RenditionsPanel
from bridge_app.ui.review_errands import ReviewErrands
from bridge_app.ui.studio_errands import StudioErrands
from bridge_app.ui.window_core import Core
from bridge_app.work.exchange.departure import (
    DeliveredWish,
    OriginalWish,
    RenderedWish,
    Wish,
)

if TYPE_CHECKING:
    from bridge_app.ui.review.subjects import Subject


def make_dragging(core: Core, messages: MessageBar) -> Dragging:
    """Who begins drags; what goes wrong is told where the rest is."""
    worker = core.worker
    dragging = Dragging(lambda: worker.leaving, core.asker, core.looks, messages)
    dragging.failed.connect(messages.show_error)
    dragging.warned.connect(partial(warn, messages))
    return dragging


def wire_drags(
    dragging: Dragging,
    grid: GridPanel,
    renditions: RenditionsPanel,
    studio: StudioErrands,
    review: ReviewErrands,
) -> None:
    """Let them begin."""
    grid.lateDragWanted.connect(partial(_drag_originals, dragging, grid))
    renditions.dragWanted.connect(partial(_drag_delivered, dragging, renditions))
    studio.dragWanted.connect(partial(_drag_rendered, dragging))
    review.dragWanted.connect(partial(_drag_reviewed, dragging))


def _drag_originals(dragging: Dragging, grid: GridPanel, assets: Sequence[Asset]) -> None:
    dragging.drag(grid.view, [OriginalWish(asset=asset) for asset in assets])


def _drag_delivered(
    dragging: Dragging, source: QWidget, asset: Asset, preset: RenditionPreset
) -> None:
    dragging.drag(source, [DeliveredWish(asset=asset, preset=preset)])


def _drag_rendered(dragging: Dragging, source: QWidget, wishes: Sequence[Wish]) -> None:
    dragging.drag(source, wishes)


def _drag_reviewed(dragging: Dragging, source: QWidget, subjects: "Sequence[Subject]") -> None:
    dragging.drag(source, [_wish(one) for one in subjects])


def _wish(subject: "Subject") -> Wish:
    """The master itself, or the rendition: as delivered where its master is not here."""
    asset, preset = subject.asset, subject.preset
    if subject.is_master:
        return OriginalWish(asset=asset)
    if preset is None or is_here(asset):
        title = preset.name if preset is not None else subject.transformation
        return RenderedWish(asset=asset, transformation=subject.transformation, title=title)
    return DeliveredWish(asset=asset, preset=preset)
