"""What the window has done about published renditions: the plan, and the yes."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.publish import PublishDialog
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.worker import Worker


class PublishErrands(QObject):
    """Shows what would be made of the chosen assets, and has it made."""

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

    def publish(self, assets: Sequence[AssetId]) -> None:
        """Show what would be made of these."""
        if not assets:
            return
        dialog = PublishDialog(self._worker, self._asker, self._looks, assets, self._window)
        dialog.queued.connect(self._is_queued)
        open_dialog(dialog)

    def _is_queued(self, _: str, count: int) -> None:
        text = self.tr("%Ln rendition(s) are being made at Cloudinary.", "", count)
        self._messages.say(Tone.INFO, text)
