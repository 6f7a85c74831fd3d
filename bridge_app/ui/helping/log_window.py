"""The log as a person reads it: newest last, by how grave it is, searched, copied, followed."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.storage.log_file import LogEntry, read_log
from bridge_app.storage.redaction import redacted
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.head import DialogHead

SIZE_PX = (860, 560)
FOLLOW_MS = 1500
GRAVITY = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class LogWindow(QDialog):
    """Stands beside the window and keeps nothing waiting; reads the files off the GUI thread."""

    def __init__(
        self, folder: Path, asker: Asker, looks: Looks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._reading = Latest(asker, self)
        self._entries: Sequence[LogEntry] = ()
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "file-text",
            title=self.tr("Log"),
            text=self.tr(
                "Warnings and faults of this program. Keys and passwords are never in it."
            ),
        )
        self.level = QComboBox()
        self.search = QLineEdit(
            placeholderText=self.tr("Search in the log"), clearButtonEnabled=True
        )
        self.follow = QCheckBox(self.tr("&Follow"))
        self.shown = QPlainTextEdit(readOnly=True)
        self.count = QLabel()
        self.copy = QPushButton(self.tr("&Copy"), autoDefault=False)
        self._timer = QTimer(self, interval=FOLLOW_MS)
        self._build()
        self._timer.timeout.connect(self.read)
        self._timer.start()
        self.read()

    def read(self) -> None:
        """Read what is there now."""
        folder = self._folder
        if not self._reading.waiting:
            self._reading.ask(lambda: read_log(folder), self._take, self._fail)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(*SIZE_PX)
        for title, level in (
            (self.tr("Everything"), "DEBUG"),
            (self.tr("Warnings and worse"), "WARNING"),
            (self.tr("Errors and worse"), "ERROR"),
        ):
            self.level.addItem(title, level)
        self.level.setAccessibleName(self.tr("How grave"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.follow.setChecked(True)
        self.shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.shown.setAccessibleName(self._head.title)
        # Log lines read from left to right in every language.
        self.shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.count.setProperty("tone", "muted")
        self.level.currentIndexChanged.connect(self._show)
        self.search.textChanged.connect(self._show)
        self.follow.toggled.connect(self._follow)
        self.copy.clicked.connect(self._copy)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.search.setFocus)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        tools = QHBoxLayout()
        tools.addWidget(self.search, 1)
        tools.addWidget(self.level)
        tools.addWidget(self.follow)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.copy)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addLayout(tools)
        layout.addWidget(self.shown, 1)
        layout.addLayout(foot)

    def _take(self, entries: Sequence[LogEntry]) -> None:
        if entries != self._entries or not self.count.text():
            self._entries = entries
            self._show()

    def _fail(self, error: BridgeError) -> None:
        self.count.setText(error_text(error))

    def _show(self) -> None:
        least, text = GRAVITY.index(self.level.currentData()), self.search.text().casefold()
        chosen = [
            one
            for one in self._entries
            if (GRAVITY.index(one.level) if one.level in GRAVITY else 0) >= least
            and text in f"{one.where} {one.text}".casefold()
        ]
        bar = self.shown.verticalScrollBar()
        place = bar.value()
        lines = (f"{one.at}  {one.level:<8}  {one.where}: {one.text}" for one in chosen)
        self.shown.setPlainText(redacted("\n".join(lines)))
        bar.setValue(bar.maximum() if self.follow.isChecked() else place)
        self.count.setText(
            self.tr("%Ln entries", "", len(chosen))
            if self._entries
            else self.tr("Nothing was logged: that is a good sign.")
        )

    def _follow(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        if on:
            self._timer.start()
            self.read()
            self.shown.verticalScrollBar().setValue(self.shown.verticalScrollBar().maximum())
        else:
            self._timer.stop()

    def _copy(self) -> None:
        chosen = self.shown.textCursor().selectedText().replace("\u2029", "\n")
        QGuiApplication.clipboard().setText(chosen or self.shown.toPlainText())
