"""Pictures of presets on one asset, made off the GUI thread, those on the screen first."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.localised import Variant, unfilled
from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.asker import Asker
from bridge_app.ui.messages import error_text
from bridge_app.ui.pixels import PICTURED
from bridge_app.ui.studio.cloud_picture import fetched
from bridge_app.ui.studio.sampling import Made, SampleWish, Sampling
from bridge_app.ui.studio.sheet_model import SheetCell
from bridge_app.work.rendition_jobs import RenditionItem
from bridge_app.work.worker import Worker

KEPT = 300
"""Pictures in memory; those made longest ago are made again when they are wanted again."""
NOBODY = Variant()


class PresetPreviews(QObject):
    """GUI thread only. A picture belongs to a transformation and a format, not to a name.

    Args:
        asset: Whose renditions are shown; None where none is chosen.
    """

    arrived = Signal()

    def __init__(self, worker: Worker, asker: Asker, asset: Asset | None, parent: QObject) -> None:
        super().__init__(parent)
        is_shown = asset is not None and asset.kind in PICTURED and not asset.error
        self.asset = asset if is_shown else None
        self._asker = asker
        self._fetch = worker.rendition
        self._asked = ""
        self._refusals: dict[str, str] = {}
        self._cells: dict[str, SheetCell] = {}
        self._places: dict[str, int] = {}
        self._texts: dict[int, str] = {}
        self.sampling = Sampling(worker, asker, self)
        self.sampling.made.connect(lambda place, made: self._keep(place, SheetCell(made=made)))
        self.sampling.failed.connect(self._fail)

    def cell(self, preset: RenditionPreset) -> SheetCell:
        """What is known of a preset's picture; empty while it is being made."""
        lacking = unfilled(preset.transformation, NOBODY)
        if lacking:
            words = self.tr("Its texts come from a market table: {names}")
            return SheetCell(trouble=words.format(names=", ".join(lacking)))
        return self._cells.get(drawn(preset), SheetCell())

    def want(self, presets: Iterable[RenditionPreset]) -> None:
        """These are on the screen now, the most urgent first."""
        asset = self.asset
        if asset is None:
            return
        lacking = {drawn(one): None for one in presets if self.cell(one) == SheetCell()}
        self.sampling.want(
            [
                SampleWish(place=(self._place(text), 0), asset=asset, transformation=text)
                for text in lacking
            ]
        )

    def is_asked(self, preset: RenditionPreset) -> bool:
        """Is Cloudinary making it?"""
        return self._asked == drawn(preset)

    def why_refused(self, preset: RenditionPreset) -> str:
        """Why what was asked of Cloudinary does not come; "" where nothing was refused."""
        return self._refusals.get(drawn(preset), "")

    def show_from_cloud(self, preset: RenditionPreset) -> None:
        """Have it made by Cloudinary, which counts; one at a time."""
        asset, text = self.asset, drawn(preset)
        if asset is None or self._asked:
            return
        self._asked = text
        self._refusals.pop(text, None)
        self.arrived.emit()
        self._asker.ask(
            lambda: fetched(self._fetch, asset, preset),
            lambda made: self._delivered(text, made),
            self._refused,
        )

    def _delivered(self, text: str, made: Made) -> None:
        if isValid(self):
            self._asked = ""
            self._cells[text] = SheetCell(made=made)
            self.arrived.emit()

    def _refused(self, error: BridgeError) -> None:
        if isValid(self):
            self._refusals[self._asked] = error_text(error)
            self._asked = ""
            self.arrived.emit()

    def forget(self) -> None:
        """Nothing is wanted any more."""
        self.sampling.forget()

    def _place(self, text: str) -> int:
        if text not in self._places:
            self._places[text] = len(self._places)
            self._texts[self._places[text]] = text
        return self._places[text]

    def _keep(self, place: tuple[int, int], cell: SheetCell) -> None:
        self._cells[self._texts[place[0]]] = cell
        if len(self._cells) > KEPT:
            del self._cells[next(iter(self._cells))]
        self.arrived.emit()

    def _fail(self, place: tuple[int, int], error: BridgeError) -> None:
        self._keep(place, SheetCell(trouble=error_text(error)))


def drawn(preset: RenditionPreset) -> str:
    """The transformation with the preset's extension as its format, as delivery has it."""
    return RenditionItem(
        preset=preset.name,
        channel="",
        market="",
        language="",
        transformation=preset.transformation,
        format=preset.format,
    ).to_render
