"""Files dropped from outside: into which library and folder they are copied."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import Folder, LibraryId, LibraryKind
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.recent_field import RecentField
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 560, 460


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInWish:
    """What was dropped, and where: `folder` is relative to the library, "" its top.

    `library` None lets the person choose.
    """

    sources: tuple[Path, ...]
    library: LibraryId | None
    folder: str = ""


class TakeInDialog(QDialog):
    """Asks where to; the copying itself is a job that survives a restart."""

    taken = Signal(str, str)  # library, folder

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        wish: TakeInWish,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._wish = wish
        self._reading = Latest(asker, self)
        self._taking = Latest(asker, self)
        self._paths: dict[str, str] = {}
        count = len(wish.sources)
        self._head = DialogHead(
            theme,
            icons,
            "folder-plus",
            title=self.tr("Copy %Ln dropped item(s) into a library", "", count),
            text=self.tr(
                "The originals stay where they are. What the library already holds is not "
                "copied twice, and nothing in it is overwritten."
            ),
        )
        self._trouble = Banner(theme, icons)
        self._library = QComboBox()
        self._folder = RecentField(theme, icons)
        self._take = QPushButton(self.tr("Copy %Ln item(s)", "", count), default=True)
        self._build(theme, icons)
        self._offer_libraries()
        self._folder.textEdited.connect(self._tell)
        self._library.activated.connect(self._read_folders)
        self._take.clicked.connect(self._take_in)
        self._folder.setText(self._shown(wish.folder))
        self._read_folders()
        self._tell()

    @property
    def library(self) -> LibraryId | None:
        """The library chosen."""
        found = self._library.currentData()
        return LibraryId(found) if isinstance(found, str) else None

    @property
    def folder(self) -> str:
        """The folder chosen, relative to the library."""
        text = self._folder.text().strip("/ ")
        return self._paths.get(text, text)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; folders are of no interest any more."""
        self._reading.forget()
        super().done(result)

    def _build(self, theme: Theme, icons: Icons) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        lines = LineList(self)
        lines.take([_line(source) for source in self._wish.sources])
        view = QListView()
        show_lines(view, lines, theme, icons, self.tr("Dropped items"))
        self._folder.setPlaceholderText(self.tr("The top of the library"))
        fields = QGridLayout()
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(6)
        for column, (text, field) in enumerate(
            ((self.tr("&Library"), self._library), (self.tr("&Folder"), self._folder))
        ):
            label = QLabel(text)
            label.setProperty("tone", "heading")
            label.setBuddy(field)
            fields.addWidget(label, 0, column)
            fields.addWidget(field, 1, column)
            fields.setColumnStretch(column, 1)
        self._take.setProperty("kind", "primary")
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(self._head)
        layout.addWidget(self._trouble)
        layout.addLayout(fields)
        layout.addWidget(view, 1)
        layout.addLayout(dialog_foot(cancel, self._take))

    def _offer_libraries(self) -> None:
        for library in self._worker.libraries():
            if library.kind is not LibraryKind.LOCAL:
                continue
            self._library.addItem(one_line(library.name), str(library.id))
        wished = self._library.findData(str(self._wish.library))
        self._library.setCurrentIndex(max(0, wished))

    def _read_folders(self) -> None:
        library = self.library
        if library is not None:
            self._reading.read(
                lambda reader: reader.folders(library), self._offer_folders, self._failed
            )

    def _offer_folders(self, folders: Sequence[Folder]) -> None:
        self._paths = {self._shown(folder.path): folder.path for folder in folders if folder.path}
        self._folder.offer(list(self._paths))

    def _shown(self, path: str) -> str:
        """A path as a field can show it; undecodable bytes and line breaks are replaced."""
        shown = one_line(path)
        self._paths.setdefault(shown, path)
        return shown

    def _tell(self) -> None:
        parts = self.folder.split("/") if self.folder else []
        usable = all(part.strip() and part not in {".", ".."} for part in parts)
        if usable:
            self._trouble.hush()
        else:
            self._trouble.say(
                Tone.WARNING, self.tr("A folder needs a name at each level, and no “..”.")
            )
        self._take.setEnabled(usable and self.library is not None)

    def _take_in(self) -> None:
        library, folder, sources = self.library, self.folder, self._wish.sources
        if library is None:
            return
        self._take.setEnabled(False)

        def accepted(_: object) -> None:
            self.accept()
            self.taken.emit(library, folder)

        self._taking.ask(
            lambda: self._worker.take_in(sources, library, folder), accepted, self._failed
        )

    def _failed(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))
        self._take.setEnabled(self.library is not None)


def _line(source: Path) -> Line:
    return Line(
        key=str(source),
        icon="file",
        title=one_line(source.name),
        text=isolated(one_line(str(source.parent))),
    )
