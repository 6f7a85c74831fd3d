"""A file of one's own as the new version of a master at a service: chosen, then asked about."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.shelter import shelter_of
from bridge_app.ui.exchange.open_with import OpenWith
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.window_core import Core


class NewVersion(QObject):
    """Serves the action; GUI thread only. Where a review has stages, the file passes them first."""

    def __init__(
        self,
        window: QWidget,
        core: Core,
        selection: AssetSelection,
        messages: MessageBar,
        open_with: OpenWith,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker, self._asker = core.worker, core.asker
        self._selection = selection
        self._messages = messages
        self._open_with = open_with
        self._action = core.actions.exchange.new_version
        self._action.triggered.connect(self._choose)
        selection.chosen.connect(self._follow)
        self._follow()

    def bring(self, asset: Asset, file: Path) -> None:
        """Ask whether this file is to take the master's place."""
        opening = self._worker.opening
        self._asker.ask(
            lambda: opening.bring(asset, file),
            self._open_with.look_at_version,
            self._messages.show_error,
        )

    def _follow(self) -> None:
        asset = self._selection.single()
        self._action.setEnabled(asset is not None and _is_at_a_service(asset))

    def _choose(self) -> None:
        asset = self._selection.single()
        if asset is None:
            return
        dialog = QFileDialog(self._window, self._action.text().replace("&", "").rstrip("…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(partial(self._chosen, asset))
        open_dialog(dialog)

    def _chosen(self, asset: Asset, path: str) -> None:
        self.bring(asset, Path(path))


def _is_at_a_service(asset: Asset) -> bool:
    return environment_of(asset.library) is not None or shelter_of(asset.library) is not None
