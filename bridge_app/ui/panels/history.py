"""Who decided what about an asset, when and why."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QVBoxLayout, QWidget

from bridge_app.domain.approvals import Decision
from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.decision_row import DecisionRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text
from bridge_app.ui.models.history import History
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker


class HistoryPanel(QWidget):
    """The decisions about one asset; read when the panel is looked at."""

    def __init__(self, worker: Worker, asker: Asker, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._worker = worker
        self._latest = Latest(asker, self)
        self._history = History(self)
        self._view = QListView()
        self._note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._note.setProperty("tone", "muted")
        self._view.setModel(self._history)
        self._view.setItemDelegate(DecisionRow(theme, icons, self._view.viewport()))
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setResizeMode(QListView.ResizeMode.Adjust)
        self._view.setAccessibleName(self.tr("History"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 0)
        layout.addWidget(self._note)
        layout.addWidget(self._view, 1)
        theme.changed.connect(self._view.viewport().update)

    def show_asset(self, asset: Asset | None) -> None:
        """Read and show the decisions about this asset."""
        if asset is None:
            self._latest.forget()
            self._show((), None)
            return
        identity, sha256 = asset.id, asset.sha256
        self._latest.ask(
            lambda: self._worker.history(identity),
            lambda decisions: self._show(decisions, sha256),
            self._fail,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: comments wrap at another place."""
        super().resizeEvent(event)
        self._view.scheduleDelayedItemsLayout()

    def _show(self, decisions: Sequence[Decision], sha256: str | None) -> None:
        self._history.show(decisions, sha256)
        self._view.setVisible(bool(decisions))
        self._say("" if decisions else self.tr("Nobody has decided anything about it yet."))

    def _fail(self, error: BridgeError) -> None:
        self._view.setVisible(False)
        self._say(error_text(error))

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self._note.setContentsMargins(0, 8, 0, 8)
