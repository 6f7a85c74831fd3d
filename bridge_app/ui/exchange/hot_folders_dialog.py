"""Hot folders: which there are, where their files go, and a new one."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import LibraryId, LibraryKind
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.window_core import Core
from bridge_app.work.exchange.hot_folders import HotFolder

WIDTH_PX, HEIGHT_PX = 600, 420


class HotFoldersDialog(QDialog):
    """Takes effect at once; what was taken in stays when a hot folder is removed."""

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = core.worker
        self._latest = Latest(core.asker, self)
        looks = core.looks
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "inbox",
            title=self.tr("Hot folders"),
            text=self.tr(
                "Files that are put into these folders are copied into a library by themselves, "
                "and stay where they are. Nothing is pushed: that waits for approval as ever."
            ),
        )
        self._trouble = Banner(looks.theme, looks.icons)
        self.lines, self.view = LineList(self), QListView()
        self.library = QComboBox()
        self.add = QPushButton(self.tr("Add a Hot Folder…"), autoDefault=False)
        self.remove = QPushButton(self.tr("Remove"), autoDefault=False)
        self._found: tuple[HotFolder, ...] = ()
        self._build(core)
        self._read()

    def add_folder(self, chosen: str) -> None:
        """Take in what lies there, and what comes."""
        library = LibraryId(str(self.library.currentData()))
        folders = self._worker.hot_folders
        self._ask(lambda: folders.add(Path(chosen), library))

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self._latest.forget()
        super().done(result)

    def _build(self, core: Core) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        for record in self._worker.libraries():
            if record.kind is LibraryKind.LOCAL:
                self.library.addItem(one_line(record.name), str(record.id))
        label = QLabel(self.tr("New ones go &into"))
        label.setBuddy(self.library)
        show_lines(self.view, self.lines, core.looks.theme, core.looks.icons, self._head.title)
        self.view.selectionModel().selectionChanged.connect(self._follow)
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        self.add.clicked.connect(self._choose)
        self.remove.clicked.connect(self._remove)
        into = QHBoxLayout()
        into.addWidget(label)
        into.addWidget(self.library, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._trouble)
        layout.addWidget(self.view, 1)
        layout.addLayout(into)
        layout.addLayout(buttons)
        self.add.setEnabled(self.library.count() > 0)
        self._follow()

    def _read(self) -> None:
        folders = self._worker.hot_folders
        self._latest.ask(folders.all, self._show, self._fail)

    def _show(self, found: Sequence[HotFolder]) -> None:
        self._found = tuple(found)
        names = {one.id: one_line(one.name) for one in self._worker.libraries()}
        gone = self.tr("a library that was removed")
        self.lines.take(
            [
                Line(
                    key=one.folder,
                    icon="inbox",
                    title=one_line(Path(one.folder).name),
                    text=self.tr("{folder}, into {library}").format(
                        folder=isolated(one_line(one.folder)),
                        library=isolated(names.get(one.library, gone)),
                    ),
                )
                for one in found
            ]
        )
        self._follow()

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a hot folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.add_folder)
        open_dialog(dialog)

    def _remove(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            folders = self._worker.hot_folders
            self._ask(partial(folders.remove, self._found[index.row()].folder))

    def _ask(self, act: Callable[[], object]) -> None:
        folders = self._worker.hot_folders

        def work() -> tuple[HotFolder, ...]:
            act()
            return folders.all()

        self._trouble.hush()
        self._latest.ask(work, self._show, self._fail)

    def _fail(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def _follow(self) -> None:
        self.remove.setEnabled(self.view.currentIndex().isValid())
