"""Opens the studio for an asset; one window for each, and none is left when the main one closes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.pixels import PICTURED
from bridge_app.ui.remembering import Remembering
from bridge_app.work.worker import Worker

if TYPE_CHECKING:
    from bridge_app.ui.studio.window import StudioWindow


class StudioErrands(QObject):
    """GUI thread only. `opened` tells a studio that was opened or brought to the front."""

    opened = Signal(object)  # StudioWindow

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

    @property
    def windows(self) -> "tuple[StudioWindow, ...]":
        """The studios that are open."""
        return tuple(self._open.values())

    def open(self, asset: Asset) -> None:
        """Show the studio for an asset that there is a picture of."""
        if asset.kind not in PICTURED or asset.error:
            return
        if asset.id in self._open:
            self._show(self._open[asset.id])
            return

        def load() -> type:
            # The transformation language loads libvips, which the window must not wait for.
            from bridge_app.ui.studio.window import StudioWindow  # noqa: PLC0415

            return StudioWindow

        def made(kind: type) -> None:
            del kind
            if asset.id not in self._open:
                self._make(asset)
            self._show(self._open[asset.id])

        self._asker.ask(load, made, self._messages.show_error)

    def close(self) -> None:
        """Close all of them."""
        for studio in self.windows:
            studio.close()

    def _make(self, asset: Asset) -> None:
        from bridge_app.ui.studio.window import Seat, StudioWindow  # noqa: PLC0415 - loaded by now

        seat = Seat(
            worker=self._worker,
            asker=self._asker,
            looks=self._looks,
            remembering=self._remembering,
        )
        master = self._worker.studio.open(asset)
        studio = StudioWindow(seat, asset, master, parent=self._window)
        studio.resize(studio.sizeHint())
        self._open[asset.id] = studio
        studio.closed.connect(lambda: self._forget(asset.id))

    def _show(self, studio: "StudioWindow") -> None:
        studio.show()
        studio.raise_()
        studio.activateWindow()
        self.opened.emit(studio)

    def _forget(self, asset: AssetId) -> None:
        studio = self._open.pop(asset, None)
        if studio is not None:
            studio.deleteLater()
