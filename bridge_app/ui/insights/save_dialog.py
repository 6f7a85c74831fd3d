"""Keeps a report under a name, and has it written into a folder from time to time."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.reports import Every, ExportFormat, SavedReport, Schedule
from bridge_app.ui.asker import Asker
from bridge_app.ui.insights.formats import format_names
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import date_text, error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.insights import InsightsDesk

WIDTH_PX = 500
LONGEST_NAME = 100


class SaveDialog(QDialog):
    """`saved` carries the SavedReport that is kept now.

    Args:
        report: What is to be kept; under its name if it has one already.
        about: What it looks at, in words.
    """

    saved = Signal(object)

    def __init__(
        self,
        desk: InsightsDesk,
        asker: Asker,
        looks: Looks,
        report: SavedReport,
        about: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report = report
        self._latest = Latest(asker, self)
        self._head = DialogHead(
            looks.theme, looks.icons, "bookmark", title=self.tr("Save report"), text=about
        )
        self.said = Banner(looks.theme, looks.icons)
        self.name = QLineEdit(report.name, maxLength=LONGEST_NAME)
        self.every = QComboBox()
        self.form = QComboBox()
        self.folder = QLineEdit()
        self._browse = QPushButton(self.tr("Choose…"), autoDefault=False)
        self.act = QPushButton(self.tr("Save"), default=True)
        self._rows = Form()
        self._build()
        self._show(report.schedule)
        self._follow()

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.setMinimumWidth(WIDTH_PX)
        self.every.addItem(self.tr("Only when I ask"), None)
        for text, every in (
            (self.tr("Every day"), Every.DAY),
            (self.tr("Every week"), Every.WEEK),
            (self.tr("Every month"), Every.MONTH),
        ):
            self.every.addItem(text, every.value)
        for form, name in format_names().items():
            self.form.addItem(name, form.value)
        # A path reads from left to right in every language.
        self.folder.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._browse.clicked.connect(self._choose)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self._browse)
        self._rows.addRow(self.tr("&Name"), self.name)
        self._rows.addRow(self.tr("&Write it"), self.every)
        into = QLabel(self.tr("&Into the folder"))
        into.setBuddy(self.folder)
        self._rows.addRow(into, place)
        self._rows.addRow(self.tr("&As"), self.form)
        for changed in (self.name.textEdited, self.folder.textEdited, self.every.activated):
            changed.connect(lambda _: self._follow())
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        self.act.setProperty("kind", "primary")
        self.act.clicked.connect(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(self._head)
        layout.addLayout(self._rows)
        layout.addWidget(self.said)
        layout.addLayout(dialog_foot(cancel, self.act))

    def _show(self, schedule: Schedule | None) -> None:
        """Fill the form."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = schedule.folder if schedule else QStandardPaths.writableLocation(documents)
        self.folder.setText(QDir.toNativeSeparators(folder))
        if schedule is not None:
            self.every.setCurrentIndex(self.every.findData(schedule.every.value))
            self.form.setCurrentIndex(self.form.findData(schedule.format.value))
        self.name.selectAll()
        self.name.setFocus()

    def _follow(self) -> None:
        """What is asked for follows from whether it is written at all."""
        on = self.every.currentData() is not None
        for row in (2, 3):
            self._rows.setRowVisible(row, on)
        where = Path(self.folder.text().strip()).expanduser()
        self.act.setEnabled(bool(self.name.text().strip()) and (not on or where.is_absolute()))
        scope = self._report.scope
        if on and scope.since and scope.until:
            text = self.tr("It will always be about the same days, {first} – {last}.")
            shown = text.format(first=date_text(scope.since), last=date_text(scope.until))
            self.said.say(Tone.INFO, shown)
        elif on:
            text = self.tr("It is written while Asset Bridge runs; what was missed, at the start.")
            self.said.say(Tone.INFO, text)
        else:
            self.said.hush()
        self.adjustSize()

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Write the report into"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setDirectory(self.folder.text())
        dialog.fileSelected.connect(self.use_folder)
        open_dialog(dialog)

    def use_folder(self, path: str) -> None:
        """A person chose this folder."""
        self.folder.setText(QDir.toNativeSeparators(path))
        self._follow()

    def _wish(self) -> SavedReport:
        every = self.every.currentData()
        schedule = None
        if every is not None:
            schedule = Schedule(
                every=Every(every),
                folder=str(Path(self.folder.text().strip()).expanduser()),
                format=ExportFormat(self.form.currentData()),
            )
        return replace(self._report, name=self.name.text().strip(), schedule=schedule)

    def _save(self) -> None:
        wish = self._wish()
        self.act.setEnabled(False)
        self._latest.ask(lambda: self._desk.save(wish), lambda _: self._is_kept(wish), self._fail)

    def _is_kept(self, wish: SavedReport) -> None:
        self.accept()
        self.saved.emit(wish)

    def _fail(self, error: BridgeError) -> None:
        self._follow()
        self.said.say(Tone.NEGATIVE, error_text(error))
