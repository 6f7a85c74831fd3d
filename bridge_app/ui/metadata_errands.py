"""The dialogs about metadata: who opens them, and what becomes of what is said there."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.edits import Conflict, FieldPath
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_rules import Schema
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.inspector import InspectorPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.panels.metadata_panel import MetadataPanel
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.remembering import Remembering
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415

COUNT_AFTER_MS = 400


class MetadataErrands(QObject):
    """Serves the inspector's metadata pages, and keeps the count of conflicts in the menu.

    Signals:
        assetWanted: The AssetId that a person wants to see.
        stepWanted: So many assets on, or back.
    """

    assetWanted = Signal(str)
    stepWanted = Signal(int)

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
        self._counting = Latest(asker, self)
        self._show_count: Callable[[int], None] = lambda _: None
        self._soon = QTimer(self, interval=COUNT_AFTER_MS, singleShot=True)
        self._soon.timeout.connect(self._count)

    def serve(self, actions: Actions, inspector: InspectorPanel, bridge: WorkerBridge) -> None:
        """Hear the pages and the menu."""
        panels = (inspector.metadata, inspector.metadata_of_several)
        for panel in panels:
            panel.conflictWanted.connect(partial(self._settle, panel))
            panel.fieldsWanted.connect(partial(self._show_fields, panel))
            panel.historyWanted.connect(partial(self._show_history, panel))
            panel.stepWanted.connect(self.stepWanted)
            self._keep_groups(panel, panels)
        actions.metadata_fields.triggered.connect(partial(self._show_fields_in_use, inspector))
        actions.conflicts.triggered.connect(partial(self._show_conflicts, inspector))
        self._show_count = actions.show_conflicts
        bridge.changed.connect(self._take_changes)
        self._soon.start()

    def _keep_groups(self, panel: MetadataPanel, panels: tuple[MetadataPanel, ...]) -> None:
        """What is open is open on both pages, and the next time."""
        form, kept = panel.masters.form, self._remembering.settings.metadata_groups
        if kept:
            form.set_open_groups(kept.split())

        def remember() -> None:
            names = form.open_groups
            for other in panels:
                if other is not panel:
                    other.masters.form.set_open_groups(names)
            settings = self._remembering.settings
            self._remembering.keep(replace(settings, metadata_groups=" ".join(names) or "-"))

        form.folded.connect(remember)

    def _settle(self, panel: MetadataPanel, conflict: Conflict, schema: Schema) -> None:
        from bridge_app.ui.dialogs.conflict import ConflictDialog

        looks = self._looks
        dialog = ConflictDialog(looks.theme, looks.icons, conflict, schema, self._window)
        dialog.chosen.connect(lambda value: panel.settle(conflict, value))
        open_dialog(dialog)

    def _show_conflicts(self, inspector: InspectorPanel, *_: bool) -> None:
        from bridge_app.ui.dialogs.conflicts import ConflictsDialog

        dialog = ConflictsDialog(self._worker, self._asker, self._looks, self._window)
        dialog.settled.connect(inspector.undo.note)
        dialog.placeWanted.connect(self.assetWanted)
        open_dialog(dialog)

    def _show_history(self, panel: MetadataPanel, asset: AssetId, path: FieldPath) -> None:
        from bridge_app.ui.dialogs.field_history import FieldAsked, FieldHistoryDialog

        said = next(one for one in panel.masters.sheet.masters if one.asset.id == asset)
        asked = FieldAsked(
            asset=asset, name=said.asset.name, path=path, value=said.record().get(path)
        )
        dialog = FieldHistoryDialog(self._worker, self._asker, self._looks, asked, self._window)
        dialog.restoreWanted.connect(lambda value: panel.restore(asset, path, value))
        open_dialog(dialog)

    def _show_fields(self, panel: MetadataPanel, environment: str) -> None:
        from bridge_app.ui.dialogs.metadata_fields import MetadataFieldsDialog

        looks = self._looks
        dialog = MetadataFieldsDialog(
            self._worker, self._asker, looks.theme, looks.icons, environment, self._window
        )
        dialog.finished.connect(lambda _: panel.read_again())
        open_dialog(dialog)

    def _show_fields_in_use(self, inspector: InspectorPanel) -> None:
        """Those of the environment in use, whatever is chosen."""
        account = self._worker.current_account()
        if account is None:
            self._messages.say(Tone.INFO, self.tr("There is no account yet. Add one first."))
            return
        self._show_fields(inspector.metadata, account.environment)

    def _take_changes(self, changes: ChangeSet) -> None:
        if (changes.assets or changes.listing) and not self._soon.isActive():
            self._soon.start()

    def _count(self) -> None:
        """How many conflicts wait."""
        worker = self._worker
        self._counting.ask(lambda: len(worker.masters.conflicts()), self._show_count, _fail)


def _fail(_: BridgeError) -> None:
    """The count stays as it was; whoever opens the list hears why."""
