"""Opens the field mapping for what is chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415


class MappingErrands(QObject):
    """`chosen` tells the assets that a dry run would be about; `synced` the batch of a sync."""

    synced = Signal(str)

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        chosen: Callable[[], Sequence[AssetId]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._chosen = chosen

    def show_mapping(self) -> None:
        """Show it, to be looked at and changed."""
        from bridge_app.ui.dialogs.field_mapping import FieldMappingDialog

        account = self._worker.current_account()
        dialog = FieldMappingDialog(
            self._worker,
            self._asker,
            (self._looks.theme, self._looks.icons),
            environment=account.environment if account else "",
            assets=self._chosen(),
            parent=self._window,
        )
        dialog.synced.connect(self.synced)
        open_dialog(dialog)
