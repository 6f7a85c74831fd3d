"""The sidebar's tree: libraries with their folders, and collections, read off the GUI thread."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import (
    QElapsedTimer,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTreeView, QVBoxLayout, QWidget

from bridge_app.domain.assets import LibraryId, LibraryKind, LibraryRecord
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.kept_places import Favourite, KeptPlaces, SmartFolder
from bridge_app.domain.query import Query
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.folder_row import FolderRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.branches import Branches, PlaceMarks, branches_of
from bridge_app.ui.models.folder_tree import (
    COLLECTIONS,
    SMART_COUNT,
    FolderRole,
    FolderTree,
    Place,
)
from bridge_app.ui.shelter_marks import shelter_marks
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

RELOAD_MS = 400
AT_REST = 4
"""So many times as long as reading them takes they are left alone: counting a large catalog anew
at every change of an import would keep a core from the import."""


class Places(NamedTuple):
    """What the tree shows, as it was read together."""

    folders: dict[LibraryId, Branches]
    marks: dict[LibraryId, PlaceMarks]
    counts: dict[str, int]


class FoldersPanel(QWidget):
    """Emits the query of the place a person goes to."""

    chosen = Signal(object)  # Query
    menuWanted = Signal(object, QPoint)  # LibraryRecord, global position
    shelterMenuWanted = Signal(object, QPoint)  # Query of a place at a service, global position
    cloudMenuWanted = Signal(object, QPoint)  # Query of a folder at Cloudinary, global position
    keptMenuWanted = Signal(object, QPoint)  # SmartFolder or Favourite, global position
    placeMenuWanted = Signal(object, QPoint)  # Query of a place that has no other menu
    presetWanted = Signal(str)  # a favourite preset or set is to be used
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
        self.libraries: Sequence[LibraryRecord] = ()
        self.branches: Mapping[LibraryId, Branches] = {}
        self._marks: Mapping[LibraryId, PlaceMarks] = {}
        self._known = False
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

    def show_kept(self, kept: KeptPlaces) -> None:
        """These are the smart folders and the favourites."""
        self.tree.kept = kept
        if self._known:
            self.tree.show(self.libraries, self.branches, self._marks)
        self.reload()

    def kept_at(self, index: QModelIndex) -> SmartFolder | Favourite | None:
        """The smart folder or the favourite of a row."""
        kept = self.tree.kept
        starred = (Place.FAVOURITE, Place.PRESET)
        place = index.data(FolderRole.PLACE)
        alike = starred if place in starred else (Place.SMART,)
        if place not in alike:
            return None
        rows = (self.tree.index(row, 0) for row in range(index.row()))
        number = sum(one.data(FolderRole.PLACE) in alike for one in rows)
        return kept.favourites[number] if place in starred else kept.smart[number]

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
        smart = {SMART_COUNT + one.name: one.query for one in self.tree.kept.smart}
        asked = {**COLLECTIONS, **smart}

        def read(
            reader: CatalogReader,
        ) -> tuple[Places, int]:
            spent = QElapsedTimer()
            spent.start()
            folders = {library.id: branches_of(reader.folders(library.id)) for library in libraries}
            counts = {
                name: reader.count(replace(query, environment=environment), now=now)
                for name, query in asked.items()
            }
            marks = shelter_marks(self._worker, libraries)
            return Places(folders, marks, counts), spent.elapsed()

        def done(answer: tuple[Places, int]) -> None:
            places, took_ms = answer
            self._busy = False
            self._timer.setInterval(max(RELOAD_MS, took_ms * AT_REST))
            self.total = sum(found.assets or 0 for found in places.folders.values())
            self.libraries, self.branches = libraries, places.folders
            self._marks, self._known = places.marks, True
            self.tree.show(libraries, places.folders, places.marks)
            self.tree.show_counts(places.counts)
            self.loaded.emit()

        self._asker.read(read, done, self._fail)

    @property
    def viewport(self) -> QWidget:
        """Where the mouse is heard."""
        return self._view.viewport()

    def index_at(self, place: QPoint) -> QModelIndex:
        """The row at a place of the viewport."""
        return self._view.indexAt(place)

    def mark_drop(self, index: QPersistentModelIndex | None) -> None:
        """Show where something would be dropped; None is nowhere."""
        if self._row.landing != index:
            self._row.landing = index
            self._view.viewport().update()

    def focus_view(self) -> None:
        """Give the keyboard to the tree."""
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self, icons: Icons) -> None:
        view = self._view
        view.setModel(self.tree)
        self._row = FolderRow(self._theme, icons, view)
        view.setItemDelegate(self._row)
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
        view.clicked.connect(self._use)
        view.expanded.connect(self._note_expanded)
        view.collapsed.connect(self._note_collapsed)
        view.customContextMenuRequested.connect(self._want_menu)
        self.tree.modelReset.connect(self._restore)
        self._timer.timeout.connect(self.reload_now)
        self._theme.changed.connect(view.viewport().update)
        self.setMinimumSize(QSize(160, 120))

    def _go(self, index: QModelIndex) -> None:
        query = index.data(FolderRole.QUERY) if index.isValid() else None
        is_preset = index.data(FolderRole.PLACE) is Place.PRESET
        if query is not None and not self._showing and not is_preset:
            self.chosen.emit(query)

    def _restore(self) -> None:
        """The tree was read again: open what was open, mark where one is."""
        for library, folder in sorted(self._expanded):
            place = Query(library=LibraryId(library), folder=folder)
            index = self.tree.index_for(place)
            if index.data(FolderRole.QUERY) == place:
                self._view.expand(index)
        self.show_query(self._query)

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
        is_folder = index.data(FolderRole.PLACE) is Place.FOLDER
        where = self._view.viewport().mapToGlobal(place)
        if library is not None and library.kind is LibraryKind.PHOTOSHELTER:
            self.shelterMenuWanted.emit(index.data(FolderRole.QUERY), where)
        elif library is not None and environment_of(library.id) and is_folder:
            self.cloudMenuWanted.emit(index.data(FolderRole.QUERY), where)
        elif library is not None and index.data(FolderRole.PLACE) is Place.LIBRARY:
            self.menuWanted.emit(library, where)
        elif index.isValid() and (kept := self.kept_at(index)) is not None:
            self.keptMenuWanted.emit(kept, where)
        elif index.isValid() and index.data(FolderRole.PLACE) is not Place.HEADING:
            self.placeMenuWanted.emit(index.data(FolderRole.QUERY), where)

    def _use(self, index: QModelIndex) -> None:
        kept = self.kept_at(index)
        if isinstance(kept, Favourite) and kept.preset:
            self.presetWanted.emit(kept.preset)

    def _fail(self, error: Exception) -> None:
        self._busy = False
        self.failed.emit(error)
