"""Who decided and said what about an asset, when and why, and where it went."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QVBoxLayout, QWidget

from bridge_app.domain.assets import Asset
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.history_row import HistoryRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text
from bridge_app.ui.models.history import History, HistoryEntry, entry_of_decision, entry_of_edit
from bridge_app.ui.panels.places import PlacesPanel
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker


class HistoryPanel(QWidget):
    """The decisions about one asset, and what was edited; read when the panel is looked at."""

    def __init__(self, worker: Worker, asker: Asker, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._worker = worker
        self._latest = Latest(asker, self)
        self._history = History(self)
        self.places = PlacesPanel(worker, asker, theme, icons)
        self._view = QListView()
        self._note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._note.setProperty("tone", "muted")
        self._view.setModel(self._history)
        self._view.setItemDelegate(HistoryRow(theme, icons, self._view))
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setResizeMode(QListView.ResizeMode.Adjust)
        self._view.setAccessibleName(self.tr("History"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 0)
        layout.addWidget(self.places)
        layout.addWidget(self._note)
        layout.addWidget(self._view, 1)
        theme.changed.connect(self._view.viewport().update)

    def show_asset(self, asset: Asset | None) -> None:
        """Read and show what there is about this asset."""
        self.places.show_asset(asset)
        if asset is None:
            self._latest.forget()
            self._show(())
            return
        self._latest.ask(lambda: self._read(asset), self._show, self._fail)

    def take_changes(self, changes: ChangeSet) -> None:
        """It may have gone elsewhere."""
        self.places.take_changes(changes)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: now it is looked at."""
        super().showEvent(event)
        self.places.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: comments wrap at another place."""
        super().resizeEvent(event)
        self._view.scheduleDelayedItemsLayout()

    def _read(self, asset: Asset) -> list[HistoryEntry]:
        """Runs off the GUI thread."""
        decisions = self._worker.history(asset.id)
        entries = [entry_of_decision(decision, asset.content) for decision in decisions]
        environment = environment_of(asset.library)
        if environment is not None:
            schema = self._worker.editing.schema(environment)
            entries += [
                entry_of_edit(one, schema) for one in self._worker.editing.history(asset.id)
            ]
        return entries

    def _show(self, entries: Sequence[HistoryEntry]) -> None:
        self._history.show(entries)
        self._view.setVisible(bool(entries))
        self._say("" if entries else self.tr("Nobody has decided anything about it yet."))

    def _fail(self, error: BridgeError) -> None:
        self._view.setVisible(False)
        self._say(error_text(error))

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self._note.setContentsMargins(0, 8, 0, 8)
