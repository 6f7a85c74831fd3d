"""What the window has fetched from Cloudinary: downloads, and searches beyond the mirror."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.shelter import shelter_of
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415


class MirrorErrands(QObject):
    """Carries out what the window's actions about mirrored assets stand for."""

    showWanted = Signal(object)  # list[AssetId]: show these in the browser
    originalsWanted = Signal(object, object)  # tuple[Asset, ...] to fetch, folder

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages

    def download(self, assets: Sequence[Asset]) -> None:
        """Ask where to, then download those of the chosen assets that are at a service."""
        wanted = [asset for asset in assets if is_away(asset)]
        if not wanted:
            text = self.tr("These files are in a folder here already. Nothing to download.")
            self._messages.say(Tone.INFO, text)
            return
        dialog = QFileDialog(self._window, self.tr("Download to"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.download_to(wanted, Path(chosen)))
        open_dialog(dialog)

    def download_to(self, assets: Sequence[Asset], folder: Path) -> None:
        """Download these into a folder; nothing there is replaced."""
        self.originalsWanted.emit(tuple(assets), folder)

    def search(self, expression: str = "") -> None:
        """Search the whole environment with Cloudinary's own expressions."""
        from bridge_app.ui.dialogs.cloud_search import CloudSearchDialog

        account = self._worker.current_account()
        if account is None:
            self._messages.say(Tone.INFO, self.tr("There is no account yet. Add one first."))
            return
        dialog = CloudSearchDialog(
            self._worker, self._asker, self._looks, account, parent=self._window
        )
        dialog.showWanted.connect(self.showWanted)
        dialog.show_expression(expression)
        open_dialog(dialog)

    def upload_presets(self) -> None:
        """List the upload presets of the environment in use."""
        from bridge_app.ui.dialogs.upload_presets import UploadPresetsDialog

        account = self._worker.current_account()
        if account is None:
            self._messages.say(Tone.INFO, self.tr("There is no account yet. Add one first."))
            return
        open_dialog(
            UploadPresetsDialog(
                self._worker, self._asker, self._looks, account, parent=self._window
            )
        )

    def upload_from(self) -> None:
        """Have Cloudinary fetch a file from an address."""
        from bridge_app.ui.dialogs.upload_address import UploadAddressDialog

        if self._worker.current_account() is None:
            self._messages.say(Tone.INFO, self.tr("There is no account yet. Add one first."))
            return
        theme, icons = self._looks.theme, self._looks.icons
        dialog = UploadAddressDialog(self._worker, self._asker, theme, icons, parent=self._window)
        dialog.arrived.connect(self._tell_arrival)
        open_dialog(dialog)

    def _tell_arrival(self, public_id: str) -> None:
        text = self.tr("{public_id} is at Cloudinary now, unpublished.")
        self._messages.say(Tone.POSITIVE, text.format(public_id=isolated(one_line(public_id))))


def is_away(asset: Asset) -> bool:
    """Is it a service that has the original?"""
    return environment_of(asset.library) is not None or shelter_of(asset.library) is not None
