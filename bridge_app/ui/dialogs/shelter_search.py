"""A search that the service itself carries out, over what is synced here and what is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import Asset, AssetId, LibraryRecord
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.shelter import service_name, shelter_of
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.badges import KIND_ICONS
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import bytes_text, error_text, isolated, one_line
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 680, 560


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the service found, in its order; `new` lie where nothing was synced yet."""

    assets: tuple[Asset, ...]
    new: frozenset[AssetId]


class ShelterSearchDialog(QDialog):
    """A line for words, what the service finds, and a way to go there."""

    showWanted = Signal(object)  # list[AssetId]

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        library: LibraryRecord,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asker = asker
        self._account = shelter_of(library.id) or ""
        self._library = library
        self._latest = Latest(asker, self)
        self._found: tuple[Asset, ...] = ()
        theme, icons = looks.theme, looks.icons
        self._service = isolated(service_name(self._account))
        title = self.tr("Search all of {service}").format(service=self._service)
        self._head = DialogHead(theme, icons, "library", title=title)
        self.field = QLineEdit()
        self._search = QPushButton(self.tr("Search"), default=True)
        self._trouble = Banner(theme, icons)
        self._lines = LineList(self)
        self.view = QListView()
        self.view.setItemDelegate(TwoLine(theme, icons, self.view))
        self._show = QPushButton(self.tr("Show in window"), autoDefault=False)
        self._build()

    def show_words(self, words: str) -> None:
        """Begin with these words; search for them unless there are none."""
        self.field.setText(words)
        if words.strip():
            self.search()

    def search(self) -> None:
        """Have the service look for what is in the line."""
        words, desk, account = self.field.text().strip(), self._worker.shelters, self._account
        if not words:
            return
        self._trouble.hide()
        self._search.setEnabled(False)
        self._latest.ask(lambda: desk.search_online(account, words), self._read_assets, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        self._latest.forget()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        hint = self.tr("{service} looks through {library}, synced here or not.")
        library = isolated(one_line(self._library.name))
        self._head.set_text(hint.format(service=self._service, library=library))
        self.field.setPlaceholderText(self.tr("Words in names, captions and keywords"))
        self.field.setAccessibleName(self.tr("Search words"))
        self._search.clicked.connect(self.search)
        self.view.setModel(self._lines)
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.setAccessibleName(self.tr("Found at {service}").format(service=self._service))
        self.view.doubleClicked.connect(self._go_to)
        self._show.clicked.connect(self._go)
        self._show.setEnabled(False)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self._search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addLayout(line)
        layout.addWidget(self._trouble)
        layout.addWidget(self.view, 1)
        layout.addLayout(dialog_foot(close, self._show))

    def _read_assets(self, ids: Sequence[AssetId]) -> None:
        """The service's facts are in the catalog now; which of its folders are not, is told."""
        desk, account = self._worker.shelters, self._account

        def read(reader: CatalogReader) -> Found:
            by_id = {asset.id: asset for asset in reader.assets(ids)}
            assets = tuple(by_id[one] for one in ids if one in by_id)
            unsynced = desk.unsynced(account)
            # Media lie in galleries: what is in none is in one that was not read yet.
            new = frozenset(one.id for one in assets if not one.folder or one.folder in unsynced)
            return Found(assets=assets, new=new)

        self._latest.read(read, self._take, self._fail)

    def _take(self, found: Found) -> None:
        self._search.setEnabled(True)
        self._found = found.assets
        self._lines.take([self._line(asset, found) for asset in found.assets])
        self._head.set_text(self.tr("%Ln asset(s) found.", "", len(found.assets)))
        self._show.setEnabled(bool(found.assets))

    def _line(self, asset: Asset, found: Found) -> Line:
        where = asset.folder or self._library.name
        return Line(
            key=asset.id,
            icon=KIND_ICONS[asset.kind],
            title=one_line(asset.name),
            text=one_line(f"{where} · {bytes_text(asset.bytes)}"),
            mark=self.tr("Not synced yet") if asset.id in found.new else "",
            tone="info",
        )

    def _fail(self, error: BridgeError) -> None:
        self._search.setEnabled(True)
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def _go(self) -> None:
        """Show what is selected; everything found if nothing is."""
        rows = sorted(index.row() for index in self.view.selectedIndexes())
        chosen = [self._found[row].id for row in rows] or [asset.id for asset in self._found]
        self.showWanted.emit(chosen)
        self.accept()

    def _go_to(self, index: QModelIndex) -> None:
        self.showWanted.emit([AssetId(index.data(LineRole.KEY))])
        self.accept()
