"""The dialogs about metadata: who opens them, and what becomes of what is said there."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from bridge_app.domain.edits import Conflict
from bridge_app.domain.metadata_rules import Schema
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.conflict import ConflictDialog
from bridge_app.ui.dialogs.metadata_fields import MetadataFieldsDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.inspector import InspectorPanel
from bridge_app.ui.panels.metadata_panel import MetadataPanel
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker


class MetadataErrands(QObject):
    """Opens the conflict dialog and that of the fields for the inspector's metadata pages."""

    def __init__(
        self, window: QWidget, worker: Worker, asker: Asker, theme: Theme, icons: Icons
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._theme = theme
        self._icons = icons

    def serve(self, inspector: InspectorPanel) -> None:
        """Hear its pages."""
        for panel in (inspector.metadata, inspector.metadata_of_several):
            panel.conflictWanted.connect(partial(self._settle, panel))
            panel.fieldsWanted.connect(partial(self._show_fields, panel))

    def _settle(self, panel: MetadataPanel, conflict: Conflict, schema: Schema) -> None:
        dialog = ConflictDialog(self._theme, self._icons, conflict, schema, self._window)
        dialog.chosen.connect(lambda value: panel.settle(conflict, value))
        open_dialog(dialog)

    def _show_fields(self, panel: MetadataPanel, environment: str) -> None:
        dialog = MetadataFieldsDialog(
            self._worker, self._asker, self._theme, self._icons, environment, self._window
        )
        dialog.finished.connect(lambda _: panel.read_again())
        open_dialog(dialog)
