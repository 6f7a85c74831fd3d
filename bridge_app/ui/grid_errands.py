"""Opens the metadata grid for the chosen masters; one window at a time."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.storage.master_questions import masters_among
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.looks import Looks
from bridge_app.ui.master_errands import MasterErrands
from bridge_app.ui.messages import error_text
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.panels.metadata_undo import EditUndo
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.remembering import Remembering
from bridge_app.work.worker import Worker

if TYPE_CHECKING:
    from bridge_app.domain.grid_tables import Block
    from bridge_app.ui.grid_editor.drafts import Faults
    from bridge_app.ui.grid_editor.window import GridEditor

FIRST = 60
"""Rows that are read before the grid is shown: a screen full of them."""
TURN_MS = 1
"""With 0, Qt goes on without serving anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the grid begins with."""

    kind: "type[GridEditor]"
    ids: tuple[AssetId, ...]
    known: tuple[SaidMaster, ...]


class GridErrands(QObject):
    """GUI thread only. `opened` tells the window that was opened.

    `masters` runs the errands beside the grid: templates, tables, copied metadata.
    """

    opened = Signal(object)  # GridEditor

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
        self._open: GridEditor | None = None
        self.masters = MasterErrands(
            window, worker, asker, looks, messages=messages, remembering=remembering
        )

    @property
    def window(self) -> "GridEditor | None":
        """The grid that is open."""
        return self._open

    def serve(
        self, actions: Actions, selection: AssetSelection, bridge: WorkerBridge, undo: EditUndo
    ) -> None:
        """Hear the window's actions; all that is said here is undone with `undo`."""
        actions.metadata_grid.triggered.connect(lambda: self.open_grid(selection.ids, undo))
        self.masters.serve(actions, selection, undo)
        bridge.changed.connect(self.take_changes)

    def open_grid(self, assets: Sequence[AssetId], undo: EditUndo) -> None:
        """Edit the masters among these in a grid."""
        wanted, masters = tuple(assets), self._worker.masters

        def load(ids: tuple[AssetId, ...]) -> None:
            def begin() -> _Found:
                # Loading its modules takes a moment too.
                from bridge_app.ui.grid_editor.window import GridEditor  # noqa: PLC0415

                return _Found(kind=GridEditor, ids=ids, known=tuple(masters.said(ids[:FIRST])))

            if ids:
                show = partial(self._show, undo, len(wanted) - len(ids))
                self._asker.ask(begin, show, self._messages.show_error)
            else:
                text = self.tr("The grid is for masters; choose some in a library.")
                self._messages.say(Tone.INFO, text)

        def choose() -> tuple[AssetId, ...]:
            # The window's own reader may be busy with what is chosen for a second.
            with closing(self._worker.catalog_reader()) as reader:
                return reader.ask(masters_among(wanted))

        self._asker.ask(choose, load, self._messages.show_error)

    def take_changes(self, changes: ChangeSet) -> None:
        """Something is different, in the grid that is open too."""
        if self._open is not None:
            self._open.take_changes(changes)

    def close(self) -> None:
        """Close it with the main window."""
        if self._open is not None:
            self._open.close()

    def _show(self, undo: EditUndo, others: int, found: _Found) -> None:
        from bridge_app.ui.grid_editor.window import GridSeat  # noqa: PLC0415 - loaded by now

        self.close()
        seat = GridSeat(
            masters=self._worker.masters,
            asker=self._asker,
            looks=self._looks,
            remembering=self._remembering,
            undo=undo,
            words=self._worker.words.words_in_use,
            custom=self._worker.shelters.custom_fields.anywhere,
            unkept=self._tell_unkept,
        )
        grid = found.kind(seat, parent=self._window)
        grid.setGeometry(self._window.geometry())
        grid.closed.connect(partial(self._forget, grid))
        grid.templateWanted.connect(lambda ids: self.masters.show_templates(ids, above=grid))
        self._open = grid
        grid.setWindowState(self._window.windowState())
        grid.show_masters(found.ids, found.known, others=others)
        # In a turn of its own: the main window is served between the two.
        QTimer.singleShot(TURN_MS, grid, partial(self._bring_up, grid))

    def _bring_up(self, grid: "GridEditor") -> None:
        if self._open is not grid:
            return
        grid.show()
        grid.raise_()
        grid.activateWindow()
        self.opened.emit(grid)

    def _tell_unkept(self, faults: "Faults", error: BridgeError) -> None:
        """What was written in a grid that is closed by now could not be kept."""
        from bridge_app.ui.grid_editor.unkept import unkept_table  # noqa: PLC0415 - seldom

        if not faults:
            self._messages.show_error(error)
            return
        masters = self._worker.masters
        show = partial(self._offer_unkept, error)
        self._asker.ask(lambda: unkept_table(masters, faults), show, self._messages.show_error)

    def _offer_unkept(self, error: BridgeError, texts: "Block") -> None:
        from bridge_app.ui.grid_editor.acting import put_on_clipboard  # noqa: PLC0415 - loaded

        text = self.tr("%Ln text(s) of the grid could not be kept.", "", len(texts))
        copy = QAction(self.tr("Copy"), self)
        copy.triggered.connect(lambda: put_on_clipboard(texts))
        self._messages.say(Tone.NEGATIVE, f"{text} {error_text(error)}", action=copy)

    def _forget(self, grid: "GridEditor") -> None:
        if self._open is grid:
            self._open = None
        grid.deleteLater()
