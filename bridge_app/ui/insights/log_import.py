"""Imports an access log: how far it is, and what became of its lines."""

import threading
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.reports import LogImport
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import date_text, error_text, isolated, number_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.beside_dialog import BesideDialog, Outcome
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.insights import InsightsDesk

WIDTH_PX = 560
SAMPLES_PX = 110
LOOK_MS = 100


class ImportStoppedError(BridgeError):
    """Somebody does not want it any more."""

    text = QT_TRANSLATE_NOOP("errors", "The import was stopped. Nothing of that log is counted.")


class Reading:
    """Reads one log in a thread; the window looks how far it is."""

    def __init__(self, desk: InsightsDesk, file: Path) -> None:
        self._desk = desk
        self._file = file
        self.stopped = threading.Event()
        self.lines = 0

    def carry_out(self) -> LogImport:
        """Blocking. Raises as `InsightsDesk.import_log` does, or ImportStoppedError."""
        return self._desk.import_log(self._file, told=self._note)

    def _note(self, lines: int) -> None:
        self.lines = lines
        if self.stopped.is_set():
            raise ImportStoppedError


class LogImportDialog(BesideDialog):
    """Begins at once; `imported` tells that the log is counted from now on."""

    imported = Signal(object)  # LogImport

    def __init__(
        self,
        desk: InsightsDesk,
        asker: Asker,
        looks: Looks,
        file: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._reading = Reading(desk, file)
        self._latest = Latest(asker, self)
        title = self.tr("Import “{name}”").format(name=isolated(one_line(file.name)))
        self.head = DialogHead(looks.theme, looks.icons, "file-text", title=title)
        self.said = Banner(looks.theme, looks.icons)
        self.bar = QProgressBar(textVisible=False)
        self.figures = QGridLayout()
        self.samples = QPlainTextEdit(readOnly=True)
        self.leave = QPushButton(self.tr("Stop"), autoDefault=False)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._build(title)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._look()
        self._latest.ask(self._reading.carry_out, self._is_read, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; a log that is being read is given up, and nothing of it counts."""
        self._reading.stopped.set()
        self._timer.stop()
        self._latest.forget()
        super().done(result)

    def _build(self, title: str) -> None:
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH_PX)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.figures.setHorizontalSpacing(16)
        self.figures.setVerticalSpacing(6)
        self.figures.setColumnStretch(2, 1)
        # Log lines read from left to right in every language.
        self.samples.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.samples.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.samples.setAccessibleName(self.tr("Some of the lines that are not counted"))
        self.samples.setVisible(False)
        self.leave.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.beside)
        buttons.addWidget(self.leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        for part in (self.head, self.bar, self.said):
            layout.addWidget(part)
        layout.addLayout(self.figures)
        layout.addWidget(self.samples, 1)
        layout.addLayout(buttons)

    def _look(self) -> None:
        lines = self._reading.lines
        amount = self.tr("%Ln line(s) read…", "", lines)
        self.head.set_text(amount)
        self.progressed.emit(lines, 0, amount)

    def _is_read(self, log: LogImport) -> None:
        self._end()
        self.head.set_icon("circle-check", badge="positive")
        self.head.set_text(self._about(log))
        figures = (
            (log.counted, self.tr("counted"), self.tr("added to what their assets delivered")),
            (log.passed_over, self.tr("passed over"), self.tr("errors and redirections")),
            (log.unknown, self.tr("unknown"), self.tr("belong to no asset known here")),
            (log.unreadable, self.tr("unreadable"), self.tr("are no lines of such a log")),
        )
        for row, (count, word, why) in enumerate(figures):
            self._add_figure(row, count, word, why)
        if log.samples:
            self.samples.setPlainText("\n".join(one_line(one) for one in log.samples))
            self.samples.setVisible(True)
            self.resize(self.width(), self.height() + SAMPLES_PX)
        if log.overlaps:
            text = self.tr(
                "Earlier imports are about the same days: {names}. What both hold is counted twice."
            )
            names = ", ".join(isolated(one_line(name)) for name in log.overlaps)
            self.said.say(Tone.WARNING, text.format(names=names))
        elif log.lines and not log.counted:
            text = self.tr(
                "No line belongs to an asset that is known here. Is the environment it is about "
                "the one in use?"
            )
            self.said.say(Tone.WARNING, text)
        self.imported.emit(log)
        self.ended.emit(Outcome(note=self._about(log), stays=True))

    def _about(self, log: LogImport) -> str:
        text = self.tr("%Ln line(s) read", "", log.lines)
        if log.first_day is None or log.last_day is None:
            return text
        days = self.tr("{lines}, {first} – {last}")
        return days.format(lines=text, first=date_text(log.first_day), last=date_text(log.last_day))

    def _add_figure(self, row: int, count: int, word: str, why: str) -> None:
        figure, name, note = QLabel(number_text(count)), QLabel(word), QLabel(why)
        figure.setProperty("tone", "strong")
        note.setProperty("tone", "muted")
        self.figures.addWidget(figure, row, 0, Qt.AlignmentFlag.AlignRight)
        self.figures.addWidget(name, row, 1)
        self.figures.addWidget(note, row, 2)

    def _fail(self, error: BridgeError) -> None:
        self._end()
        self.head.set_icon("circle-alert", badge="negative")
        self.head.set_text(self.tr("Nothing of it is counted."))
        self.said.say(Tone.NEGATIVE, error_text(error))
        self.ended.emit(Outcome(trouble=error, stays=True))

    def _end(self) -> None:
        self._timer.stop()
        self.bar.setVisible(False)
        self.beside.setVisible(False)
        self.leave.setText(self.tr("Close"))
        self.leave.setDefault(True)
        self.leave.setFocus()
