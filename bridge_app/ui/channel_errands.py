"""What the window does about other systems."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.worker import Worker


class ChannelErrands(QObject):
    """Carries out what the actions about other systems stand for."""

    reading = Signal(object)  # Errand that begins

    def __init__(
        self, window: QWidget, worker: Worker, asker: Asker, looks: Looks, bridge: WorkerBridge
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._bridge = bridge

    def serve(self, actions: Actions, selection: AssetSelection) -> None:
        """Hear the window's actions."""
        actions.endpoints.triggered.connect(self.show_endpoints)
        actions.feeds.triggered.connect(self.show_feeds)
        actions.stacks.triggered.connect(lambda: self.show_stacks(selection.ids))

    def show_endpoints(self) -> None:
        """Show who is told what happens."""
        from bridge_app.ui.dialogs.webhooks import WebhooksDialog  # noqa: PLC0415 - seldom

        open_dialog(
            WebhooksDialog(self._worker, self._asker, self._looks, self._bridge, self._window)
        )

    def show_feeds(self) -> None:
        """Show feeds of products, and which images they find."""
        from bridge_app.ui.dialogs.feeds import FeedsDialog  # noqa: PLC0415 - seldom

        dialog = FeedsDialog(self._worker, self._asker, self._looks, self._bridge, self._window)
        dialog.reading.connect(self.reading)
        open_dialog(dialog)

    def show_stacks(self, chosen: Sequence[AssetId]) -> None:
        """Show stacks of Contentstack; renditions of these are offered to be published."""
        from bridge_app.ui.dialogs.contentstack import ContentstackDialog  # noqa: PLC0415 - seldom

        open_dialog(
            ContentstackDialog(
                self._worker,
                self._asker,
                self._looks,
                self._bridge,
                self._window,
                chosen=chosen,
            )
        )
