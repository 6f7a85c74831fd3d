"""Files that a look through a library had to leave out, each with its reason."""

from collections.abc import Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.search import SkippedFile
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, fact_text, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.clearing import let_clear
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 640, 520


class SkippedDialog(QDialog):
    """A list to read, filter and copy; and a button that looks again."""

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        library: LibraryRecord,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asker = asker
        self._library = library
        self._latest = Latest(asker, self)
        self._lines = LineList(self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._lines)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._shown.setFilterRole(Qt.ItemDataRole.AccessibleTextRole)
        self._head = DialogHead(theme, icons, "file-warning", title=self.tr("Skipped files"))
        self._head.set_icon("file-warning", badge="warning")
        self._trouble = Banner(theme, icons)
        self._search = QLineEdit()
        self._view = QListView()
        self._build(theme, icons)
        self._load()

    def done(self, result: int) -> None:
        """Qt: the dialog closes; the list is of no interest any more."""
        self._latest.forget()
        super().done(result)

    def _build(self, theme: Theme, icons: Icons) -> None:
        self.setWindowTitle(self.tr("Skipped files"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._search.setPlaceholderText(self.tr("Filter by name or reason"))
        self._search.setAccessibleName(self.tr("Filter by name or reason"))
        let_clear(self._search)
        self._search.textEdited.connect(self._shown.setFilterFixedString)
        self._view.setModel(self._shown)
        elide = Qt.TextElideMode.ElideMiddle
        self._view.setItemDelegate(TwoLine(theme, icons, self._view, elide=elide))
        self._view.setUniformItemSizes(True)
        self._view.setLayoutMode(QListView.LayoutMode.Batched)
        self._view.setMouseTracking(True)
        self._view.setAccessibleName(self.tr("Skipped files"))
        again = QPushButton(self.tr("Look again"), autoDefault=False)
        again.setToolTip(self.tr("Scan the library again, for instance after mending permissions"))
        again.clicked.connect(self._scan_again)
        self._copy = QPushButton(self.tr("Copy list"), autoDefault=False)
        self._copy.clicked.connect(self._copy_list)
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(again)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        for part in (self._head, self._trouble, self._search):
            layout.addWidget(part)
        layout.addWidget(self._view, 1)
        layout.addLayout(buttons)

    def _load(self) -> None:
        library = self._library.id
        failed = self._failed
        self._latest.read(lambda reader: reader.skipped(library), self._show, failed)

    def _show(self, files: Sequence[SkippedFile]) -> None:
        name = one_line(self._library.name)
        if files:
            text = self.tr("%Ln file(s) of {library} left out and left alone.", "", len(files))
        else:
            text = self.tr("Every file of {library} could be taken in.")
        self._head.set_text(text.format(library=name))
        self._copy.setEnabled(bool(files))
        self._search.setEnabled(bool(files))
        self._lines.take(
            [
                Line(
                    key=file.path,
                    icon="file-question-mark",
                    title=one_line(file.path),
                    text=fact_text(file.reason),
                )
                for file in files
            ]
        )

    def _failed(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def _copy_list(self) -> None:
        lines = [
            self._shown.index(row, 0).data(LineRole.LINE) for row in range(self._shown.rowCount())
        ]
        QGuiApplication.clipboard().setText(
            "\n".join(f"{line.title}\t{line.text}" for line in lines)
        )

    def _scan_again(self) -> None:
        self._worker.scan(self._library.id)
        self.accept()
