"""Presets and sets: seen on the chosen asset, changed, exchanged, compared with Cloudinary's."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError
from bridge_app.libraries.errors import disk_trouble
from bridge_app.storage.presets import PresetChange
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, number_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import ConfirmDialog, Question
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.presets.keeping import Deed, PresetKeeping
from bridge_app.ui.presets.named_page import NamedPage
from bridge_app.ui.presets.presets_page import PresetsPage
from bridge_app.ui.presets.previews import PresetPreviews
from bridge_app.ui.presets.sets_page import SetsPage
from bridge_app.work.preset_shelf import LARGEST_DOCUMENT, PresetsExistError
from bridge_app.work.rendition_files import write_whole
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 940, 680
FILE_NAME = "presets.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfSeat:
    """Who is asked, and on which asset presets are shown; None where none is chosen."""

    worker: Worker
    asker: Asker
    looks: Looks
    asset: Asset | None


class PresetsDialog(QDialog):
    """Three pages; what is done on the first two can be undone."""

    useWanted = Signal(object, object)  # Asset, RenditionPreset

    def __init__(self, seat: ShelfSeat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        worker, asker, looks = seat.worker, seat.asker, seat.looks
        self._looks = looks
        self._files = Latest(asker, self)
        self.previews = PresetPreviews(worker, asker, seat.asset, self)
        self.keeping = PresetKeeping(worker.rendition_presets, asker, self)
        self.presets = PresetsPage(self.keeping, self.previews, asker, looks)
        self.sets = SetsPage(self.keeping, looks)
        self.named = NamedPage(worker, self.keeping, asker, looks)
        self.banner = Banner(looks.theme, looks.icons)
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "bookmark",
            title=self.tr("Presets and sets"),
            text=self._explained(seat.asset),
        )
        self.tabs = QTabBar()
        self._pages = QStackedWidget()
        self.undo = QPushButton(self.tr("&Undo"), autoDefault=False)
        self._build()
        self._connect()
        self.keeping.reload()

    def open_page(self, number: int) -> None:
        """Show the presets (0), the sets (1), or what is at Cloudinary (2)."""
        self.tabs.setCurrentIndex(number)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        self.previews.forget()
        self.named.forget()
        self._files.forget()
        super().done(result)

    def _explained(self, asset: Asset | None) -> str:
        if asset is None or self.previews.asset is None:
            return self.tr("A preset is a transformation with a purpose; a set is what one needs.")
        return self.tr("Shown on {name}.").format(name=isolated(one_line(asset.name)))

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        for page in (self.presets, self.sets, self.named):
            self.tabs.addTab("")
            self._pages.addWidget(page)
        self.tabs.setAccessibleName(self._head.title)
        self.tabs.setExpanding(False)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.accept)
        take = QPushButton(self.tr("&Import…"), autoDefault=False)
        take.clicked.connect(self._ask_what)
        give = QPushButton(self.tr("E&xport…"), autoDefault=False)
        give.clicked.connect(self._ask_where)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (take, give, self.undo):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        for part in (self._head, self.banner, self.tabs):
            layout.addWidget(part)
        layout.addWidget(self._pages, 1)
        layout.addLayout(buttons)
        self._name_tabs()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_page)
        self.undo.clicked.connect(self.keeping.undo)
        self.keeping.changed.connect(self._name_tabs)
        self.keeping.said.connect(lambda text: self.banner.say(Tone.POSITIVE, text))
        self.keeping.failed.connect(self._fail)
        self.presets.useWanted.connect(self._use)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(self.keeping.undo)

    def _name_tabs(self) -> None:
        library = self.keeping.library
        for number, (words, count) in enumerate(
            (
                (self.tr("Presets"), len(library.presets)),
                (self.tr("Sets"), len(library.sets)),
                (self.tr("At Cloudinary"), 0),
            )
        ):
            self.tabs.setTabText(number, f"{words}  {number_text(count)}" if count else words)
        last = self.keeping.last
        self.undo.setEnabled(bool(last))
        self.undo.setToolTip(self.tr("Take back: {act}").format(act=last) if last else "")

    def _show_page(self, number: int) -> None:
        self.banner.hush()
        self._pages.setCurrentIndex(number)
        if self._pages.currentWidget() is self.named:
            self.named.begin()

    def _fail(self, error: BridgeError) -> None:
        self.banner.say(Tone.NEGATIVE, error_text(error))

    def _use(self, preset: object) -> None:
        asset = self.previews.asset
        if asset is not None:
            self.accept()
            self.useWanted.emit(asset, preset)

    # Exchange

    def export_to(self, path: Path) -> None:
        """Write all presets and sets; a file that is there was asked about by the system."""
        shelf = self.keeping.shelf

        def work() -> None:
            write_whole(path, shelf.exported().encode(), replaces=True, with_folders=False)

        words = self.tr("Written to {file}.").format(file=isolated(one_line(path.name)))
        self._files.ask(work, lambda _: self.banner.say(Tone.POSITIVE, words), self._fail)

    def import_from(self, path: Path, *, replaces: bool = False) -> None:
        """Add what a file holds, all or nothing; what it would change is asked about."""
        shelf = self.keeping.shelf

        def act() -> PresetChange:
            with disk_trouble(path), path.open("rb") as file:
                document = file.read(LARGEST_DOCUMENT + 1)
            return shelf.imported(document, replaces=replaces)

        words = self.tr("{file} was imported.").format(file=isolated(one_line(path.name)))
        self._keep_import(Deed(act=act, said=words), path)

    def _keep_import(self, deed: Deed, path: Path) -> None:
        def refused(error: BridgeError) -> None:
            if isinstance(error, PresetsExistError):
                self._ask_to_replace(error, path)
            else:
                self._fail(error)

        self.keeping.do(Deed(act=deed.act, said=deed.said, refused=refused))

    def _ask_to_replace(self, error: BridgeError, path: Path) -> None:
        names = str(error.facts.get("names", ""))
        question = Question(
            icon="refresh-cw",
            title=self.tr("Replace what is here?"),
            text=self.tr(
                "{names} exist already and say something else. They take over what the file says; "
                "you can undo it."
            ).format(names=isolated(one_line(names))),
            act=self.tr("Replace"),
            leave=self.tr("Go back"),
        )
        dialog = ConfirmDialog(self._looks.theme, self._looks.icons, question, self)
        dialog.confirmed.connect(lambda: self.import_from(path, replaces=True))
        open_dialog(dialog)

    def _ask_what(self) -> None:
        dialog = QFileDialog(self, self.tr("Import presets"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Presets (*.json)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.import_from(Path(name)))
        open_dialog(dialog)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Export presets"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Presets (*.json)")])
        dialog.setDefaultSuffix("json")
        dialog.selectFile(FILE_NAME)
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        open_dialog(dialog)
