"""Metadata from master to masters: copied and pasted, by templates, and as tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.panels.metadata_undo import EditUndo
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.remembering import Remembering
from bridge_app.work.worker import Worker

Values = Mapping[FieldPath, FieldValue]


class MasterErrands(QObject):
    """GUI thread only. What is said here is one step of the window's undo each time.

    `writing` tells each errand that writes a table.
    """

    writing = Signal(object)

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
        self._undo: EditUndo | None = None
        self._copied: tuple[str, Values] = ("", {})

    def serve(self, actions: Actions, selection: AssetSelection, undo: EditUndo) -> None:
        """Hear the window's actions."""
        self._undo = undo

        def copy() -> None:
            asset = selection.single()
            if asset is not None:
                self.copy(asset)

        def follow() -> None:
            kept = self._remembering.settings
            actions.keep_originals.setChecked(kept.keep_originals)
            actions.approvals_in_files.setChecked(kept.approvals_in_files)

        follow()
        self._remembering.changed.connect(follow)
        actions.keep_originals.triggered.connect(self._keep_originals)
        actions.approvals_in_files.triggered.connect(self._keep_approvals)
        actions.copy_metadata.triggered.connect(copy)
        actions.paste_metadata.triggered.connect(lambda: self.paste(selection.ids))
        actions.apply_template.triggered.connect(lambda: self.show_templates(selection.ids))
        actions.vocabularies.triggered.connect(self.show_vocabularies)
        actions.export_table.triggered.connect(lambda: self.export_table(selection.ids))
        actions.import_table.triggered.connect(lambda: self.ask_for_table(selection.ids))

    def copy(self, asset: Asset) -> None:
        """Remember what a master says, to be pasted."""
        masters = self._worker.masters

        def done(values: Values) -> None:
            if not values:
                text = self.tr("{name} says nothing that could be pasted.")
                self._messages.say(Tone.INFO, text.format(name=isolated(one_line(asset.name))))
                return
            self._copied = (asset.name, values)
            text = self.tr("%Ln field(s) of {name} copied.", "", len(values))
            self._messages.say(Tone.INFO, text.format(name=isolated(one_line(asset.name))))

        self._asker.ask(lambda: masters.copy(asset.id), done, self._messages.show_error)

    def paste(self, assets: Sequence[AssetId]) -> None:
        """Ask which of the copied fields these shall say."""
        from bridge_app.ui.dialogs.metadata_paste import (  # noqa: PLC0415 - seldom
            MetadataPasteDialog,
        )

        name, values = self._copied
        ids = tuple(assets)
        if not values:
            text = self.tr("Copy the metadata of a master first.")
            self._messages.say(Tone.INFO, text)
            return
        dialog = MetadataPasteDialog(self._looks, name, values, len(ids), self._window)
        dialog.chosen.connect(lambda chosen: self._paste(ids, chosen))
        open_dialog(dialog)

    def show_templates(self, assets: Sequence[AssetId], *, above: QWidget | None = None) -> None:
        """Show the templates, to be applied to these."""
        from bridge_app.ui.dialogs.metadata_templates import (  # noqa: PLC0415 - seldom
            MetadataTemplatesDialog,
        )

        dialog = MetadataTemplatesDialog(
            self._worker, self._asker, self._looks, assets, above or self._window
        )
        dialog.applied.connect(self._applied)
        open_dialog(dialog)

    def show_vocabularies(self) -> None:
        """Show the vocabularies."""
        from bridge_app.ui.dialogs.vocabularies import (  # noqa: PLC0415 - seldom
            VocabulariesDialog,
        )

        open_dialog(VocabulariesDialog(self._worker, self._asker, self._looks, self._window))

    def export_table(self, assets: Sequence[AssetId]) -> None:
        """Ask how, and write what these say into a table."""
        from bridge_app.ui.dialogs.metadata_csv_export import (  # noqa: PLC0415 - seldom
            MetadataCsvExportDialog,
        )
        from bridge_app.ui.grid_editor.columns import columns_or_default  # noqa: PLC0415

        columns = columns_or_default(self._remembering.settings.grid_columns)
        dialog = MetadataCsvExportDialog(
            self._worker, self._asker, self._looks, assets, columns, self._window
        )
        dialog.exported.connect(self._exported)
        dialog.writing.connect(self.writing)
        open_dialog(dialog)

    def ask_for_table(self, assets: Sequence[AssetId]) -> None:
        """Ask for a file, and show what it would change of these."""
        ids = tuple(assets)
        dialog = QFileDialog(self._window, self.tr("Import metadata"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Tables (*.csv *.tsv *.txt)"))
        dialog.fileSelected.connect(lambda path: self.import_table(ids, Path(path)))
        open_dialog(dialog)

    def import_table(self, assets: Sequence[AssetId], path: Path) -> None:
        """Show what a table would change of these."""
        from bridge_app.ui.dialogs.metadata_csv_import import (  # noqa: PLC0415 - seldom
            MetadataCsvImportDialog,
        )

        dialog = MetadataCsvImportDialog(
            self._worker, self._asker, self._looks, assets, path, self._window
        )
        dialog.applied.connect(self._imported)
        open_dialog(dialog)

    def _keep_originals(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        kept = self._remembering.settings
        self._remembering.keep(replace(kept, keep_originals=on))
        # The next write asks the file.
        self._remembering.save()

    def _keep_approvals(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        kept = self._remembering.settings
        self._remembering.keep(replace(kept, approvals_in_files=on))
        # The next decision asks the file.
        self._remembering.save()
        if on:
            text = self.tr(
                "From the next decision on, the files of masters say it too (keyword "
                "“approval:…”). What other programs write there waits in the review queue."
            )
            self._messages.say(Tone.INFO, text)

    def _paste(self, assets: Sequence[AssetId], values: Values) -> None:
        masters = self._worker.masters
        self._say(lambda: masters.paste(values, assets))

    def _say(self, work: Callable[[], str]) -> None:
        def done(batch: str) -> None:
            if batch:
                self._messages.say(Tone.POSITIVE, self.tr("Pasted. It can be undone."))
            else:
                self._messages.say(Tone.INFO, self.tr("They said all of this already."))

        keep = self._undo.keep if self._undo is not None else self._asker.ask
        keep(work, done, self._messages.show_error)

    def _applied(self, batch: str, masters: int, left_out: int) -> None:
        self._note(batch)
        text = self.tr("The template changes %Ln master(s).", "", masters)
        if left_out:
            more = self.tr("%Ln cannot take it and stay as they are.", "", left_out)
            self._messages.say(Tone.WARNING, f"{text} {more}")
        else:
            self._messages.say(Tone.POSITIVE, text)

    def _imported(self, batch: str, fields: int) -> None:
        self._note(batch)
        text = self.tr("%Ln field(s) say what the table says.", "", fields)
        self._messages.say(Tone.POSITIVE, text)

    def _exported(self, path: Path, masters: int) -> None:
        text = self.tr("%Ln master(s) are in {name}.", "", masters)
        self._messages.say(Tone.POSITIVE, text.format(name=isolated(one_line(path.name))))

    def _note(self, batch: str) -> None:
        if self._undo is not None:
            self._undo.note(batch)
