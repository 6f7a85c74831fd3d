"""The documents of a claim, as a list in a form: attached, opened, taken off."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.rights_claims import ClaimDocument, DocumentKind
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import ROW_PX, show_lines
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import bytes_text, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.rights_wording import document_kind_text
from bridge_app.work.rights import RightsDesk

ROWS = 2


class RightsDocumentsList(QWidget):
    """`edited` tells that one was attached or taken off; `failed` that it could not be."""

    edited = Signal()
    failed = Signal(object)  # BridgeError

    def __init__(self, desk: RightsDesk, asker: Asker, looks: Looks) -> None:
        super().__init__()
        self._desk = desk
        self._latest = Latest(asker, self)
        self._shown: list[ClaimDocument] = []
        self._before: tuple[ClaimDocument, ...] = ()
        self._lines = LineList(self)
        self.view = QListView()
        self.attach = QPushButton(self.tr("Attach"), autoDefault=False)
        self.open = QPushButton(self.tr("Open"), autoDefault=False)
        self.remove = QPushButton(self.tr("Take off"), autoDefault=False)
        self._build(looks)

    def show_documents(self, documents: tuple[ClaimDocument, ...]) -> None:
        """These are attached already."""
        self._before = documents
        self._set(list(documents))

    def put(self, documents: tuple[ClaimDocument, ...]) -> None:
        """Attach these, too; a template brings them."""
        self._set(list(dict.fromkeys((*self._shown, *documents))))
        self.edited.emit()

    def add(self, file: Path, kind: DocumentKind) -> None:
        """Have a file copied into the profile, and attach it."""
        self._latest.ask(
            lambda: self._desk.attach(file, kind), lambda one: self.put((one,)), self.failed.emit
        )

    @property
    def added(self) -> tuple[ClaimDocument, ...]:
        """What was attached here."""
        return tuple(one for one in self._shown if one not in self._before)

    @property
    def removed(self) -> frozenset[str]:
        """What was taken off here, by SHA-256."""
        return frozenset(one.sha256 for one in self._before if one not in self._shown)

    def _build(self, looks: Looks) -> None:
        show_lines(self.view, self._lines, looks.theme, looks.icons, self.tr("Documents"))
        self.view.setFixedHeight(ROWS * ROW_PX + 6)
        self.view.doubleClicked.connect(self.open.click)
        self.view.selectionModel().selectionChanged.connect(self._follow)
        menu = QMenu(self)
        for kind in DocumentKind:
            chosen = menu.addAction(self.tr("{kind}…").format(kind=document_kind_text(kind)))
            chosen.triggered.connect(lambda _=False, kind=kind: self._choose(kind))
        self.attach.setMenu(menu)
        self.open.clicked.connect(self._open)
        self.remove.clicked.connect(self._remove)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.attach, self.open, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.view)
        layout.addLayout(buttons)
        self._follow()

    def _set(self, documents: list[ClaimDocument]) -> None:
        self._shown = documents
        self._lines.take([_line(one) for one in documents])
        self._follow()

    def _chosen(self) -> ClaimDocument | None:
        rows = self.view.selectionModel().selectedIndexes()
        key = rows[0].data(LineRole.KEY) if rows else None
        return next((one for one in self._shown if _key(one) == key), None)

    def _follow(self) -> None:
        for button in (self.open, self.remove):
            button.setEnabled(self._chosen() is not None)

    def _choose(self, kind: DocumentKind) -> None:
        dialog = QFileDialog(self, self.tr("Attach a document"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.add(Path(chosen), kind))
        open_dialog(dialog)

    def _open(self) -> None:
        document = self._chosen()
        if document is not None:
            self._latest.ask(lambda: self._desk.document(document), _show_file, self.failed.emit)

    def _remove(self) -> None:
        document = self._chosen()
        if document is not None:
            self._set([one for one in self._shown if one != document])
            self.edited.emit()


def _show_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _key(document: ClaimDocument) -> str:
    return f"{document.kind.value}:{document.sha256}"


def _line(document: ClaimDocument) -> Line:
    return Line(
        key=_key(document),
        icon="file-text",
        title=one_line(document.name),
        text=f"{document_kind_text(document.kind)}  ·  {bytes_text(document.bytes)}",
    )
