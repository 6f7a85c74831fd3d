"""Where one can look: everything, the libraries with their folders, and saved filters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import LibraryId, LibraryKind, LibraryRecord
from bridge_app.domain.kept_places import Favourite, KeptPlaces
from bridge_app.domain.query import Query
from bridge_app.domain.rights import RightsState
from bridge_app.domain.shelter import service_name, shelter_of
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.messages import one_line
from bridge_app.ui.models.branches import NO_BRANCHES, Branches, Mark, PlaceMarks

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Place(Enum):
    """What sort of row it is."""

    HEADING = "heading"
    EVERYTHING = "everything"
    LIBRARY = "library"
    FOLDER = "folder"
    COLLECTION = "collection"
    SMART = "smart"
    FAVOURITE = "favourite"
    PRESET = "preset"


class FolderRole(IntEnum):
    """What a row tells beyond Qt's own roles."""

    PLACE = Qt.ItemDataRole.UserRole + 1  # Place
    QUERY = Qt.ItemDataRole.UserRole + 2  # Query that finds what is there
    COUNT = Qt.ItemDataRole.UserRole + 3  # int, or None while it is not known
    ICON = Qt.ItemDataRole.UserRole + 4  # str, its name
    LIBRARY = Qt.ItemDataRole.UserRole + 5  # LibraryRecord of a library or folder
    MARK = Qt.ItemDataRole.UserRole + 6  # Mark


COLLECTIONS = {
    "review": Query(approvals=frozenset({Approval.IN_REVIEW})),
    "approved": Query(approvals=frozenset({Approval.APPROVED})),
    "pushed": Query(pushed=True),
    "ended": Query(rights=frozenset({RightsState.ENDED})),
    "unreadable": Query(unreadable=True),
}
LIBRARY_ICONS = {
    LibraryKind.LOCAL: "hard-drive",
    LibraryKind.CLOUDINARY: "cloud",
    LibraryKind.PHOTOSHELTER: "library",
}
NO_MARKS = PlaceMarks()
COLLECTION_ICONS = {
    "review": "clock",
    "approved": "circle-check",
    "pushed": "cloud-check",
    "ended": "lock",
    "unreadable": "file-warning",
}


NAMED = (Place.HEADING, Place.SMART, Place.FAVOURITE, Place.PRESET)
"""Rows that may be about the same place: their names tell them apart."""
SMART_COUNT = "smart:"
"""Before the name of a smart folder, among the names of what is counted."""
BESIDE = (Place.HEADING, Place.FAVOURITE, Place.PRESET)
"""Rows that nobody is at: what they lead to has a row of its own."""


@dataclass(eq=False, slots=True)
class Node:
    """One row, with what lies below it; `grown` says that its children are made."""

    place: Place
    title: str
    icon: str = ""
    query: Query = field(default_factory=Query)
    count: int | None = None
    library: LibraryRecord | None = None
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    number: int = 0
    mark: Mark = Mark.NONE
    note: str = ""
    grown: bool = False

    @property
    def key(self) -> tuple[str, str, Query]:
        """What makes it the same row after the tree was read again."""
        return (self.place.value, self.title if self.place in NAMED else "", self.query)


class FolderTree(QAbstractItemModel):
    """Rows of the sidebar. Headings cannot be chosen.

    Rows below a library are made when somebody looks below it: a library of ten thousand
    folders costs as much as what is unfolded of it. Reading the tree again resets it only if rows
    came, went or moved; else the counts change.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = {
            "review": self.tr("Waiting for review"),
            "approved": self.tr("Approved"),
            "pushed": self.tr("Pushed"),
            "ended": self.tr("Rights ended"),
            "unreadable": self.tr("Cannot be read"),
        }
        self._counts: dict[str, int] = {}
        self.kept = KeptPlaces()
        self._folders: Mapping[LibraryId, Branches] = {}
        self._marks: Mapping[LibraryId, PlaceMarks] = {}
        self._root = Node(Place.HEADING, "")
        # Indexes carry numbers: a pointer to a node that is gone would crash, a number does not.
        self._nodes: list[Node] = []
        self.show((), {})

    def show(
        self,
        libraries: Sequence[LibraryRecord],
        folders: Mapping[LibraryId, Branches],
        marks: Mapping[LibraryId, PlaceMarks] | None = None,
    ) -> None:
        """These libraries with these folders, and what marks them."""
        before, self._folders, self._marks = self._folders, folders, marks or {}
        fresh = self._top_rows(libraries)
        if self._is_same(fresh, before):
            self._take_facts(fresh)
            return
        self.beginResetModel()
        self._root = Node(Place.HEADING, "", grown=True)
        self._nodes = []
        self._adopt(self._root, fresh)
        self.endResetModel()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How much each collection finds."""
        self._counts = dict(counts)
        for node in self._root.children:
            if node.place in (Place.COLLECTION, Place.SMART):
                is_smart = node.place is Place.SMART
                name = SMART_COUNT + node.title if is_smart else _collection_of(node.query)
                node.count = self._counts.get(name or "")
                index = self._index_of(node)
                self.dataChanged.emit(index, index)

    def index_for(self, query: Query) -> QModelIndex:
        """The row that finds what `query` finds, before all filters; a collection if it is one."""
        bare = replace(query, sort=Query().sort, descending=False, environment=None)
        place = Query(library=query.library, folder=query.folder)
        for wanted in (bare, place, Query(library=query.library), Query()):
            node = self._found(wanted)
            if node is not None:
                return self._index_of(node)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Qt: the row's place in the tree."""
        below = self._below(self._node(parent))
        if column != 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, 0, below[row].number)

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Qt: the row above."""
        above = self._node(index).parent if index.isValid() else None
        return QModelIndex() if above is None or above is self._root else self._index_of(above)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows lie below."""
        return len(self._below(self._node(parent)))

    def hasChildren(self, parent: Index = NOWHERE) -> bool:
        """Qt: does anything lie below? Nothing is made for the answer."""
        node = self._node(parent)
        if node.grown:
            return bool(node.children)
        return node.library is not None and bool(self._branches(node).below.get(node.query.folder))

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: one."""
        del parent
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what a row tells."""
        if not index.isValid():
            return None
        node = self._node(index)
        told: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: node.title,
            Qt.ItemDataRole.ToolTipRole: self._tip(node),
            Qt.ItemDataRole.AccessibleTextRole: self._spoken(node),
            FolderRole.PLACE: node.place,
            FolderRole.QUERY: node.query,
            FolderRole.COUNT: node.count,
            FolderRole.ICON: node.icon,
            FolderRole.LIBRARY: node.library,
            FolderRole.MARK: node.mark,
        }
        return told.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: headings are only read."""
        if index.isValid() and self._node(index).place is Place.HEADING:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def _top_rows(self, libraries: Sequence[LibraryRecord]) -> list[Node]:
        local: list[Node] = []
        services: dict[str, list[Node]] = {}
        for library in sorted(libraries, key=lambda one: one.kind is LibraryKind.CLOUDINARY):
            account = shelter_of(library.id)
            if library.kind is LibraryKind.LOCAL:
                local.append(self._library(library))
                continue
            heading = self.tr("Cloudinary") if account is None else service_name(account)
            services.setdefault(heading, []).append(self._library(library))
        total = [known.assets for known in self._folders.values() if known.assets is not None]
        everything = Node(
            Place.EVERYTHING,
            self.tr("All assets"),
            "images",
            count=sum(total) if total else None,
        )
        rows = kept_rows(self.kept.favourites, self.tr("Favourites"), self._folders)
        rows += [Node(Place.HEADING, self.tr("Libraries")), everything]
        rows += local
        for heading, found in services.items():
            rows += [Node(Place.HEADING, heading), *found]
        rows.append(Node(Place.HEADING, self.tr("Collections")))
        rows += [
            Node(
                Place.COLLECTION,
                self._titles[name],
                COLLECTION_ICONS[name],
                query,
                self._counts.get(name),
            )
            for name, query in COLLECTIONS.items()
        ]
        if self.kept.smart:
            rows.append(Node(Place.HEADING, self.tr("Smart folders")))
            count = self._counts.get
            rows += [
                Node(Place.SMART, o.name, "sparkles", o.query, count(SMART_COUNT + o.name))
                for o in self.kept.smart
            ]
        return rows

    def _library(self, library: LibraryRecord) -> Node:
        marks = self._marks.get(library.id, NO_MARKS)
        return Node(
            Place.LIBRARY,
            one_line(library.name),
            LIBRARY_ICONS[library.kind],
            Query(library=library.id),
            self._folders.get(library.id, NO_BRANCHES).assets,
            library,
            mark=marks.library,
            note=marks.note,
        )

    def _branches(self, node: Node) -> Branches:
        library = node.library
        return self._folders.get(library.id, NO_BRANCHES) if library else NO_BRANCHES

    def _below(self, node: Node) -> list[Node]:
        """What lies below a row, made now if nobody has looked before."""
        if not node.grown:
            library = node.library
            inside = self._branches(node).below.get(node.query.folder, ()) if library else ()
            marks = self._marks.get(library.id, NO_MARKS) if library else NO_MARKS
            fresh = [
                Node(
                    Place.FOLDER,
                    one_line(folder.name),
                    "folder",
                    Query(library=folder.library, folder=folder.path),
                    folder.assets,
                    library,
                    mark=marks.of(folder.path),
                )
                for folder in inside
            ]
            self._adopt(node, in_reading_order(fresh, lambda child: child.title))
        return node.children

    def _adopt(self, above: Node, nodes: Iterable[Node]) -> None:
        above.grown = True
        for node in nodes:
            node.parent = above
            node.number = len(self._nodes)
            self._nodes.append(node)
            above.children.append(node)

    def _is_same(self, fresh: Sequence[Node], before: Mapping[LibraryId, Branches]) -> bool:
        """Are all rows where they were?"""
        if [node.key for node in fresh] != [node.key for node in self._root.children]:
            return False
        known = before.keys() | self._folders.keys()
        return all(
            before.get(one, NO_BRANCHES).shape == self._folders.get(one, NO_BRANCHES).shape
            for one in known
        )

    def _take_facts(self, fresh: Sequence[Node]) -> None:
        """The rows stay; what they tell may be new."""
        for before, after in zip(self._root.children, fresh, strict=True):
            before.library = after.library
            self._tell(before, after)
        for node in self._nodes:
            if node.place is Place.FOLDER and node.library is not None:
                library, path = node.library.id, node.query.folder
                count = self._folders[library].counts[path]
                mark = self._marks.get(library, NO_MARKS).of(path)
                self._tell(node, replace(node, count=count, mark=mark))

    def _tell(self, before: Node, after: Node) -> None:
        facts = (after.count, after.title, after.mark, after.note)
        if (before.count, before.title, before.mark, before.note) != facts:
            before.count, before.title, before.mark, before.note = facts
            index = self._index_of(before)
            self.dataChanged.emit(index, index)

    def _found(self, wanted: Query) -> Node | None:
        """The row of exactly this query, made if it was not yet."""
        for row in self._root.children:
            if row.place not in BESIDE and row.query == wanted:
                return row
        if not wanted.folder or wanted != Query(library=wanted.library, folder=wanted.folder):
            return None
        found = self._found(Query(library=wanted.library))
        while found is not None and found.query.folder != wanted.folder:
            below = self._below(found)
            found = next((one for one in below if _leads_to(one, wanted.folder)), None)
        return found

    def _spoken(self, node: Node) -> str:
        said = node.title
        if node.count is not None:
            said = self.tr("{place}, %Ln asset(s)", "", node.count).format(place=said)
        words = self._words(node.mark)
        return f"{said}, {words}" if words else said

    def _tip(self, node: Node) -> str:
        if node.library is None:
            return ""
        place = one_line("/".join(filter(None, (node.library.location, node.query.folder))))
        return "\n".join(filter(None, (place, node.note or self._words(node.mark))))

    def _words(self, mark: Mark) -> str:
        return {
            Mark.NONE: "",
            Mark.UNSYNCED: self.tr("not synced yet"),
            Mark.KEPT: self.tr("kept offline"),
            Mark.BUSY: self.tr("is being synced"),
            Mark.TROUBLE: self.tr("the last sync failed"),
        }[mark]

    def _node(self, index: Index) -> Node:
        return self._nodes[index.internalId()] if index.isValid() else self._root

    def _index_of(self, node: Node) -> QModelIndex:
        above = node.parent or self._root
        return self.createIndex(above.children.index(node), 0, node.number)


def kept_rows(
    favourites: Sequence[Favourite], heading: str, folders: Mapping[LibraryId, Branches]
) -> list[Node]:
    """The favourites with their heading, nothing if there are none."""
    rows = [Node(Place.HEADING, heading)] if favourites else []
    for one in favourites:
        if one.place is None:
            rows.append(Node(Place.PRESET, one_line(one.title), "images"))
            continue
        known = folders.get(one.place.library, NO_BRANCHES) if one.place.library else NO_BRANCHES
        is_place = one.place == Query(library=one.place.library, folder=one.place.folder)
        inside = known.counts.get(one.place.folder) if one.place.folder else known.assets
        count = inside if is_place else None
        rows.append(Node(Place.FAVOURITE, one_line(one.title), "star", one.place, count))
    return rows


def _leads_to(node: Node, path: str) -> bool:
    return path == node.query.folder or path.startswith(f"{node.query.folder}/")


def _collection_of(query: Query) -> str | None:
    return next((name for name, known in COLLECTIONS.items() if known == query), None)
