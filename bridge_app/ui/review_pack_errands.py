"""What the window has done about review packs: written, and what comes back of them recorded."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.domain.review_requests import ReviewItem
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.remembering import Remembering
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.ui.dialogs.review_pack import Asked
    from bridge_app.work.review_pack import PackMade, PackRecorded


class ReviewPackErrands(QObject):
    """GUI thread only."""

    packing = Signal(object)  # ReviewPackDialog that is about to be shown
    recording = Signal(object)  # Errand that begins

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

    def serve(self, actions: Actions, selection: AssetSelection) -> None:
        """Hand out what is chosen, and take back what comes of it."""
        actions.review_pack.triggered.connect(lambda: self.pack(selection.ids))
        actions.import_verdicts.triggered.connect(self.ask_for_verdicts)

    def pack_items(self, items: Sequence[ReviewItem], title: str) -> None:
        """Hand out exactly these pictures, as they are asked to be looked at."""
        from bridge_app.ui.dialogs.review_pack import Asked

        self.pack([one.asset for one in items], Asked(items=tuple(items), title=title))

    def pack(self, assets: Sequence[AssetId], asked: "Asked | None" = None) -> None:
        """Ask what of these assets is to be handed out, and write it."""
        from bridge_app.ui.dialogs.review_pack import ReviewPackDialog

        if not assets:
            return
        folder = Path(self._remembering.settings.export_folder or _folder())
        dialog = ReviewPackDialog(
            self._worker,
            self._asker,
            self._looks,
            assets,
            folder=folder,
            asked=asked,
            parent=self._window,
        )
        dialog.written.connect(self._is_written)
        self.packing.emit(dialog)
        open_dialog(dialog)

    def ask_for_verdicts(self) -> None:
        """Let a person name the file that came back."""
        dialog = QFileDialog(self._window, self.tr("Import verdicts"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Verdicts (*.json)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.take_back(Path(path)))
        open_dialog(dialog)

    def take_back(self, path: Path) -> None:
        """Show what a file says that came back."""
        from bridge_app.ui.dialogs.review_pack_import import ReviewPackImportDialog

        dialog = ReviewPackImportDialog(self._worker, self._asker, self._looks, path, self._window)
        dialog.recorded.connect(self._is_recorded)
        dialog.recording.connect(self.recording)
        open_dialog(dialog)

    def _is_written(self, made: "PackMade") -> None:
        kept = self._remembering.settings
        self._remembering.keep(replace(kept, export_folder=str(made.path.parent)))
        text = self.tr("{name} holds %Ln picture(s).", "", len(made.pack.items))
        words = text.format(name=isolated(one_line(made.path.name)))
        show = QAction(self.tr("Show in File Manager"), self)
        where = QUrl.fromLocalFile(str(made.path.parent))
        show.triggered.connect(partial(QDesktopServices.openUrl, where))
        self._messages.say(Tone.POSITIVE, words, action=show)
        if made.left_out:
            first = made.left_out[0]
            text = self.tr(
                "%Ln picture(s) are not in the pack. {name}: {why}", "", len(made.left_out)
            )
            words = text.format(name=isolated(one_line(first.name)), why=error_text(first.why))
            self._messages.say(Tone.WARNING, words)
        if made.as_pictures:
            first = made.as_pictures[0]
            text = self.tr(
                "Of %Ln film(s) the pack has one picture. {name}: {why}",
                "",
                len(made.as_pictures),
            )
            words = text.format(name=isolated(one_line(first.name)), why=error_text(first.why))
            self._messages.say(Tone.WARNING, words)

    def _is_recorded(self, reviewer: str, done: "PackRecorded") -> None:
        parts = [
            self.tr("%Ln verdict(s)", "", done.decisions),
            self.tr("%Ln comment(s)", "", done.comments),
        ]
        text = self.tr("Recorded of {name}: {what}.")
        shown = text.format(name=isolated(one_line(reviewer)), what=", ".join(parts))
        self._messages.say(Tone.POSITIVE, shown)


def _folder() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
