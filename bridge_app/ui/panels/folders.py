"""The sidebar's tree: libraries with their folders, and collections, read off the GUI thread."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTreeView, QVBoxLayout, QWidget

from bridge_app.domain.assets import Folder, LibraryId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.query import Query
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.folder_row import FolderRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.folder_tree import COLLECTIONS, FolderRole, FolderTree, Place
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

RELOAD_MS = 400
PATIENCE = 4


class FoldersPanel(QWidget):
    """Emits the query of the place a person goes to."""

    chosen = Signal(object)  # Query
    menuWanted = Signal(object, QPoint)  # LibraryRecord, global position
    loaded = Signal()  # the libraries' counts are known
    failed = Signal(object)  # BridgeError

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        *,
        theme: Theme,
        icons: Icons,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._worker = worker
        self._asker = asker
        self._theme = theme
        self._now = now
        self._environment: str | None = None
        self._query = Query()
        self._expanded: set[tuple[str, str]] = set()
        self._busy = False
        self._showing = False
        self.total: int | None = None
        self.tree = FolderTree(self)
        self._view = QTreeView()
        self._timer = QTimer(self, interval=RELOAD_MS, singleShot=True)
        self._build(icons)

    def show_query(self, query: Query) -> None:
        """Mark the place a query is about; nothing is emitted."""
        self._query = query
        index = self.tree.index_for(query)
        if index != self._view.currentIndex():
            self._showing = True
            self._view.setCurrentIndex(index)
            self._showing = False
        self._view.viewport().update()

    def set_environment(self, environment: str | None) -> None:
        """The product environment whose copies count as pushed."""
        self._environment = environment
        self.reload()

    def take_changes(self, changes: ChangeSet) -> None:
        """Read the places and counts again if they may be others, soon."""
        if changes.listing or changes.libraries or changes.assets or changes.accounts:
            self.reload()

    def reload(self) -> None:
        """Read libraries, folders and counts again, soon; several wishes become one."""
        if not self._timer.isActive():
            self._timer.start()

    def reload_now(self) -> None:
        """Read them at once."""
        if self._busy:
            self.reload()
            return
        self._busy = True
        libraries = self._worker.libraries()
        environment, now = self._environment, self._now()

        def read(
            reader: CatalogReader,
        ) -> tuple[dict[LibraryId, list[Folder]], dict[str, int]]:
            folders = {library.id: reader.folders(library.id) for library in libraries}
            counts = {
                name: reader.count(replace(query, environment=environment), now=now)
                for name, query in COLLECTIONS.items()
            }
            return folders, counts

        def done(answer: tuple[dict[LibraryId, list[Folder]], dict[str, int]]) -> None:
            self._busy = False
            folders, counts = answer
            self.total = sum(found[0].assets for found in folders.values() if found)
            self.tree.show(libraries, folders)
            self.tree.show_counts(counts)
            self.loaded.emit()

        self._asker.read(read, done, self._fail)

    def focus_view(self) -> None:
        """Give the keyboard to the tree."""
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self, icons: Icons) -> None:
        view = self._view
        view.setModel(self.tree)
        view.setItemDelegate(FolderRow(self._theme, icons, view))
        view.setProperty("surface", "sidebar")
        view.setHeaderHidden(True)
        view.setIndentation(14)
        view.setRootIsDecorated(True)
        view.setUniformRowHeights(False)
        view.setMouseTracking(True)
        view.setFrameShape(QTreeView.Shape.NoFrame)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setAccessibleName(self.tr("Places"))
        view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(view)
        view.selectionModel().currentChanged.connect(self._go)
        view.expanded.connect(self._note_expanded)
        view.collapsed.connect(self._note_collapsed)
        view.customContextMenuRequested.connect(self._want_menu)
        self.tree.modelReset.connect(self._restore)
        self._timer.timeout.connect(self.reload_now)
        self._theme.changed.connect(view.viewport().update)
        self.setMinimumSize(QSize(160, 120))

    def _go(self, index: QModelIndex) -> None:
        query = index.data(FolderRole.QUERY) if index.isValid() else None
        if query is not None and not self._showing:
            self.chosen.emit(query)

    def _restore(self) -> None:
        """The tree was read again: open what was open, mark where one is."""
        for index in self._indexes(QModelIndex()):
            if self._key(index) in self._expanded:
                self._view.expand(index)
        self.show_query(self._query)

    def _indexes(self, above: QModelIndex) -> list[QModelIndex]:
        found: list[QModelIndex] = []
        for row in range(self.tree.rowCount(above)):
            index = self.tree.index(row, 0, above)
            found.append(index)
            found.extend(self._indexes(index))
        return found

    def _key(self, index: QModelIndex) -> tuple[str, str]:
        query: Query = index.data(FolderRole.QUERY)
        return (query.library or "", query.folder)

    def _note_expanded(self, index: QModelIndex) -> None:
        self._expanded.add(self._key(index))

    def _note_collapsed(self, index: QModelIndex) -> None:
        self._expanded.discard(self._key(index))

    def _want_menu(self, place: QPoint) -> None:
        index = self._view.indexAt(place)
        library = index.data(FolderRole.LIBRARY) if index.isValid() else None
        if library is not None and index.data(FolderRole.PLACE) is Place.LIBRARY:
            self.menuWanted.emit(library, self._view.viewport().mapToGlobal(place))

    def _fail(self, error: Exception) -> None:
        self._busy = False
        self.failed.emit(error)
