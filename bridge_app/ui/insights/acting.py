"""What is done with a report: exported, kept, forgotten; and access logs imported."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from bridge_app.domain.reports import (
    SUFFIXES,
    Exported,
    ExportFormat,
    ReportKind,
    ReportScope,
    SavedReport,
)
from bridge_app.ui.asker import Asker
from bridge_app.ui.insights.log_import import LogImportDialog
from bridge_app.ui.insights.questions import title_text
from bridge_app.ui.insights.save_dialog import SaveDialog
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.parts.confirm import ConfirmDialog, Question
from bridge_app.ui.parts.errand import Errand, Told
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.insights import InsightsDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the window shows: a question with its scope, and what of it is kept already.

    `about` says the scope in words, `digest` names the access log that is chosen, "" for none.
    """

    kind: ReportKind
    scope: ReportScope
    saved: SavedReport | None = None
    about: str = ""
    digest: str = ""


class InsightsActs(QObject):
    """GUI thread only.

    Signals:
        imported: Another access log is counted.
        written: A report is on disk: Exported.
        kept: A report is kept under its name: SavedReport.
        gone: A saved report, or an access log, is forgotten.
        failed: BridgeError.
        importing: A log is about to be read: LogImportDialog.
        writing: A report is about to be written: Errand.
    """

    imported = Signal()
    written = Signal(object)
    kept = Signal(object)
    gone = Signal()
    failed = Signal(object)
    importing = Signal(object)
    writing = Signal(object)

    def __init__(self, window: QWidget, desk: InsightsDesk, asker: Asker, looks: Looks) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._asker = asker
        self._looks = looks
        self._forgetting = Latest(asker, self)

    def choose_log(self) -> None:
        """Ask for an access log, and import it."""
        dialog = QFileDialog(self._window, self.tr("Import an access log"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Access logs (*.csv *.tsv *.txt *.log)"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(lambda path: self.import_file(Path(path)))
        open_dialog(dialog)

    def import_file(self, file: Path) -> None:
        """Import an access log."""
        dialog = LogImportDialog(self._desk, self._asker, self._looks, file, self._window)
        dialog.imported.connect(self.imported)
        dialog.sentBeside.connect(partial(self._hand_over, dialog))
        self.importing.emit(dialog)
        open_dialog(dialog)

    def _hand_over(self, dialog: LogImportDialog) -> None:
        """What goes on in the background outlives the window of reports."""
        main = self._window.parentWidget()
        if main is not None:
            dialog.setParent(main, dialog.windowFlags())

    def ask_where(self, shown: Shown, form: ExportFormat) -> None:
        """Ask for a file, and write the whole report into it."""
        dialog = QFileDialog(self._window, self.tr("Export the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIXES[form].lstrip("."))
        dialog.selectFile(f"{shown.kind.value}{SUFFIXES[form]}")
        dialog.fileSelected.connect(lambda path: self.export(shown, Path(path), form))
        open_dialog(dialog)

    def export(self, shown: Shown, path: Path, form: ExportFormat) -> None:
        """Write the whole report into a file; one that is there is replaced."""

        def write(told: Told) -> Exported:
            return self._desk.export(shown.kind, shown.scope, path, form, told=told)

        errand = Errand(self._asker, icon="file-text", title=one_line(path.name), owner=self)
        self.writing.emit(errand)
        errand.carry_out(write, self.written.emit, self.failed.emit)

    def keep(self, shown: Shown) -> None:
        """Ask for a name and a schedule, and keep the report with its scope."""
        new = SavedReport(name="", kind=shown.kind, scope=shown.scope)
        report = replace(shown.saved, scope=shown.scope) if shown.saved else new
        about = "  ·  ".join(filter(None, (title_text(shown.kind), shown.about)))
        dialog = SaveDialog(self._desk, self._asker, self._looks, report, about, self._window)
        dialog.saved.connect(self.kept)
        open_dialog(dialog)

    def forget(self, shown: Shown) -> None:
        """Ask whether a saved report is to go."""
        if shown.saved is None:
            return
        name = shown.saved.name
        question = Question(
            icon="trash-2",
            title=self.tr("Forget “{name}”?").format(name=isolated(one_line(name))),
            text=self.tr("It is not written any more. Files that it wrote stay."),
            act=self.tr("Forget"),
            leave=self.tr("Keep"),
        )
        self._confirm(question, partial(self._desk.forget, name))

    def forget_log(self, shown: Shown) -> None:
        """Ask whether the access log that is chosen is to be counted no longer."""
        question = Question(
            icon="trash-2",
            title=self.tr("Count this access log no longer?"),
            text=self.tr("What it added is taken away from all reports. The file stays."),
            act=self.tr("Count no longer"),
            leave=self.tr("Keep"),
        )
        if shown.digest:
            self._confirm(question, partial(self._desk.forget_log, shown.digest))

    def _confirm(self, question: Question, act: Callable[[], None]) -> None:
        dialog = ConfirmDialog(self._looks.theme, self._looks.icons, question, self._window)
        gone = self._forgetting
        dialog.confirmed.connect(
            lambda: gone.ask(act, lambda _: self.gone.emit(), self.failed.emit)
        )
        open_dialog(dialog)
