"""Opens the studio for an asset, and contact sheets; none is left when the main window closes."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.opening import fit_window
from bridge_app.ui.pixels import PICTURED
from bridge_app.ui.remembering import Remembering
from bridge_app.work.worker import Worker

if TYPE_CHECKING:
    from bridge_app.ui.studio.contact_sheet import ContactSheet
    from bridge_app.ui.studio.window import Seat, StudioWindow


class StudioErrands(QObject):
    """GUI thread only. `opened` tells a studio that was opened or brought to the front."""

    opened = Signal(object)  # StudioWindow
    presetsWanted = Signal(object, object)  # Asset, StudioWindow
    dragWanted = Signal(object, object)  # QWidget, list[RenderedWish]: files of renditions
    copyWanted = Signal(object)  # the same, onto the clipboard

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
        self._open: dict[AssetId, StudioWindow] = {}
        self._sheets: list[ContactSheet] = []

    @property
    def windows(self) -> "tuple[StudioWindow, ...]":
        """The studios that are open."""
        return tuple(self._open.values())

    @property
    def sheets(self) -> "tuple[ContactSheet, ...]":
        """The contact sheets that are open."""
        return tuple(self._sheets)

    def show_sheet(self, assets: Sequence[AssetId]) -> None:
        """Show the renditions of these assets side by side, in a window of their own."""
        if not assets:
            return

        def load() -> type:
            # It loads libvips, as the studio does.
            from bridge_app.ui.studio.contact_sheet import ContactSheet  # noqa: PLC0415

            return ContactSheet

        self._asker.ask(load, partial(self._make_sheet, tuple(assets)), self._messages.show_error)

    def use(self, asset: Asset, preset: RenditionPreset) -> None:
        """Show the studio for an asset with a preset's steps; the studio can take them back."""
        self.open(asset, preset)

    def open(self, asset: Asset, preset: RenditionPreset | None = None) -> None:
        """Show the studio for an asset that there is a picture of."""
        if asset.kind not in PICTURED or asset.error:
            return
        if asset.id in self._open:
            self._show(self._open[asset.id], preset)
            return

        def load() -> type:
            # The transformation language loads libvips, which the window must not wait for.
            from bridge_app.ui.studio.window import StudioWindow  # noqa: PLC0415

            return StudioWindow

        def made(kind: type) -> None:
            del kind
            if asset.id not in self._open:
                self._make(asset)
            self._show(self._open[asset.id], preset)

        self._asker.ask(load, made, self._messages.show_error)

    def close(self) -> None:
        """Close all of them."""
        for window in (*self.windows, *self.sheets):
            window.close()

    def _make(self, asset: Asset) -> None:
        from bridge_app.ui.studio.window import StudioWindow  # noqa: PLC0415 - loaded by now

        master = self._worker.studio.open(asset)
        studio = StudioWindow(self._seat(), asset, master, parent=self._window)
        fit_window(studio, studio.sizeHint())
        self._open[asset.id] = studio
        studio.closed.connect(lambda: self._forget(asset.id))
        handle = studio.head.handle
        handle.dragWanted.connect(lambda: self.dragWanted.emit(handle, [studio.taken()]))
        handle.clicked.connect(lambda: self.copyWanted.emit([studio.taken()]))
        studio.head.presetsWanted.connect(lambda: self.presetsWanted.emit(asset, studio))

    def _seat(self) -> "Seat":
        from bridge_app.ui.studio.window import Seat  # noqa: PLC0415 - loaded by now

        return Seat(
            worker=self._worker,
            asker=self._asker,
            looks=self._looks,
            remembering=self._remembering,
        )

    def _make_sheet(self, assets: Sequence[AssetId], kind: "type[ContactSheet]") -> None:
        sheet = kind(self._seat(), assets, parent=self._window)
        fit_window(sheet, sheet.sizeHint())
        self._sheets.append(sheet)
        sheet.studioWanted.connect(lambda asset: self.open(asset))  # noqa: PLW0108 - it has more
        sheet.dragWanted.connect(self.dragWanted)
        sheet.closed.connect(partial(self._put_away, sheet))
        sheet.show()

    def _put_away(self, sheet: "ContactSheet") -> None:
        self._sheets.remove(sheet)
        sheet.deleteLater()

    def _show(self, studio: "StudioWindow", preset: RenditionPreset | None = None) -> None:
        if preset is not None:
            studio.use(preset)
        studio.show()
        studio.raise_()
        studio.activateWindow()
        self.opened.emit(studio)

    def _forget(self, asset: AssetId) -> None:
        studio = self._open.pop(asset, None)
        if studio is not None:
            studio.deleteLater()
