"""What the window has done about presets: looked after, and made into renditions."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.presets.make_sheet import MakeSheet, MakeWish
from bridge_app.ui.remembering import Remembering
from bridge_app.work.worker import Worker

if TYPE_CHECKING:
    from bridge_app.ui.presets.shelf_dialog import PresetsDialog


class PresetErrands(QObject):
    """GUI thread only. `queued` tells that renditions are on their way."""

    useWanted = Signal(object, object)  # Asset, RenditionPreset: to be opened in the studio
    queued = Signal()

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
        remembering: Remembering,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages
        self._remembering = remembering
        self._shown: PresetsDialog | None = None

    def show(self, asset: Asset | None, above: QWidget | None = None) -> None:
        """Show presets and sets, on this asset if there is one, above a window."""

        def load() -> "type[PresetsDialog]":
            # Its pictures load libvips, which the window must not wait for.
            from bridge_app.ui.presets.shelf_dialog import PresetsDialog  # noqa: PLC0415

            return PresetsDialog

        made = partial(self._show, asset, above or self._window)
        self._asker.ask(load, made, self._messages.show_error)

    def make(self, assets: Sequence[AssetId], *, in_cloud: bool = False, of: str = "") -> None:
        """Show what can be made of these assets; `of` names a set, or a preset, to begin with."""
        if not assets:
            return
        kept = self._remembering.settings
        wish = MakeWish(
            assets=tuple(dict.fromkeys(assets)),
            folder=kept.export_folder or str(_folder()),
            template=kept.export_template,
            in_cloud=in_cloud,
            of=of,
        )
        sheet = MakeSheet(self._worker, self._asker, self._looks, wish, self._window)
        sheet.queued.connect(self._is_queued)
        sheet.targetRemembered.connect(self._remember)
        open_dialog(sheet)

    def show_kits(self, assets: Sequence[AssetId]) -> None:
        """Show channel kits, and what these assets weigh in them."""
        from bridge_app.ui.kits.dialog import KitsDialog, chosen_seat  # noqa: PLC0415 - seldom

        folder = self._remembering.settings.export_folder or str(_folder())
        seat = chosen_seat(assets, folder)
        dialog = KitsDialog(self._worker, self._asker, self._looks, seat, self._window)
        dialog.queued.connect(self._is_exported)
        dialog.folderRemembered.connect(self._remember_folder)
        open_dialog(dialog)

    def take_changes(self, changes: ChangeSet) -> None:
        """Somebody else may have changed a preset."""
        if changes.presets and self._shown is not None and isValid(self._shown):
            self._shown.keeping.reload()

    def _show(self, asset: Asset | None, above: QWidget, kind: "type[PresetsDialog]") -> None:
        from bridge_app.ui.presets.shelf_dialog import ShelfSeat  # noqa: PLC0415 - loaded by now

        if not isValid(above):
            return
        seat = ShelfSeat(worker=self._worker, asker=self._asker, looks=self._looks, asset=asset)
        dialog = kind(seat, above)
        dialog.useWanted.connect(self.useWanted)
        dialog.finished.connect(self._put_away)
        self._shown = dialog
        open_dialog(dialog)

    def _put_away(self, _: int) -> None:
        self._shown = None

    def _is_queued(self, batch: str, count: int) -> None:
        del batch
        text = self.tr("%Ln rendition(s) are being made.", "", count)
        self._messages.say(Tone.INFO, text)
        self.queued.emit()

    def _is_exported(self, name: str) -> None:
        text = self.tr("{file} is being written.").format(file=isolated(one_line(name)))
        self._messages.say(Tone.INFO, text)
        self.queued.emit()

    def _remember_folder(self, folder: str) -> None:
        kept = self._remembering.settings
        self._remembering.keep(replace(kept, export_folder=folder))

    def _remember(self, folder: str, template: str) -> None:
        kept = self._remembering.settings
        self._remembering.keep(replace(kept, export_folder=folder, export_template=template))


def _folder() -> Path:
    """Where files go that nobody has named a folder for yet."""
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return (Path(pictures) if pictures else Path.home()) / "Renditions"
