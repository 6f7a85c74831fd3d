"""Where one can look: everything, the libraries with their folders, and saved filters."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Folder, LibraryId, LibraryKind, LibraryRecord
from bridge_app.domain.query import Query, fold
from bridge_app.domain.rights import RightsState
from bridge_app.ui.messages import one_line

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Place(Enum):
    """What sort of row it is."""

    HEADING = "heading"
    EVERYTHING = "everything"
    LIBRARY = "library"
    FOLDER = "folder"
    COLLECTION = "collection"


class FolderRole(IntEnum):
    """What a row tells beyond Qt's own roles."""

    PLACE = Qt.ItemDataRole.UserRole + 1  # Place
    QUERY = Qt.ItemDataRole.UserRole + 2  # Query that finds what is there
    COUNT = Qt.ItemDataRole.UserRole + 3  # int, or None while it is not known
    ICON = Qt.ItemDataRole.UserRole + 4  # str, its name
    LIBRARY = Qt.ItemDataRole.UserRole + 5  # LibraryRecord of a library or folder


COLLECTIONS = {
    "review": Query(approvals=frozenset({Approval.IN_REVIEW})),
    "approved": Query(approvals=frozenset({Approval.APPROVED})),
    "pushed": Query(pushed=True),
    "ended": Query(rights=frozenset({RightsState.ENDED})),
    "unreadable": Query(unreadable=True),
}
LIBRARY_ICONS = {LibraryKind.LOCAL: "hard-drive", LibraryKind.CLOUDINARY: "cloud"}
COLLECTION_ICONS = {
    "review": "clock",
    "approved": "circle-check",
    "pushed": "cloud-check",
    "ended": "lock",
    "unreadable": "file-warning",
}


@dataclass(eq=False, slots=True)
class Node:
    """One row, with what lies below it."""

    place: Place
    title: str
    icon: str = ""
    query: Query = field(default_factory=Query)
    count: int | None = None
    library: LibraryRecord | None = None
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    number: int = 0

    @property
    def key(self) -> tuple[str, str, Query]:
        """What makes it the same row after the tree was read again."""
        return (self.place.value, self.title if self.place is Place.HEADING else "", self.query)


class FolderTree(QAbstractItemModel):
    """Rows of the sidebar. Headings cannot be chosen.

    Reading the tree again resets it only if rows came, went or moved; else the counts change.
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
        self._root = Node(Place.HEADING, "")
        # Indexes carry numbers: a pointer to a node that is gone would crash, a number does not.
        self._nodes: list[Node] = []
        self.show((), {})

    def show(
        self, libraries: Sequence[LibraryRecord], folders: Mapping[LibraryId, Sequence[Folder]]
    ) -> None:
        """These libraries with these folders (sorted by path; "" is the root)."""
        fresh = self._grown(libraries, folders)
        if [node.key for node in _below(fresh)] != [node.key for node in self._nodes]:
            self.beginResetModel()
            self._root, self._nodes = fresh, list(_below(fresh))
            for number, node in enumerate(self._nodes):
                node.number = number
            self.endResetModel()
            return
        for before, after in zip(self._nodes, _below(fresh), strict=True):
            if (before.count, before.title) != (after.count, after.title):
                before.count, before.title, before.library = (
                    after.count,
                    after.title,
                    after.library,
                )
                index = self._index_of(before)
                self.dataChanged.emit(index, index)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How much each collection finds."""
        self._counts = dict(counts)
        for node in self._root.children:
            if node.place is Place.COLLECTION:
                node.count = self._counts.get(_collection_of(node.query) or "")
                index = self._index_of(node)
                self.dataChanged.emit(index, index)

    def index_for(self, query: Query) -> QModelIndex:
        """The row that finds what `query` finds, before all filters; a collection if it is one."""
        bare = replace(query, sort=Query().sort, descending=False, environment=None)
        place = Query(library=query.library, folder=query.folder)
        for wanted in (bare, place, Query(library=query.library), Query()):
            for node in self._nodes:
                if node.place is not Place.HEADING and node.query == wanted:
                    return self._index_of(node)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Qt: the row's place in the tree."""
        above = self._node(parent)
        if column != 0 or not 0 <= row < len(above.children):
            return QModelIndex()
        return self.createIndex(row, 0, above.children[row].number)

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Qt: the row above."""
        above = self._node(index).parent if index.isValid() else None
        return QModelIndex() if above is None or above is self._root else self._index_of(above)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows lie below."""
        return len(self._node(parent).children)

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
            Qt.ItemDataRole.ToolTipRole: _tip(node),
            Qt.ItemDataRole.AccessibleTextRole: self._spoken(node),
            FolderRole.PLACE: node.place,
            FolderRole.QUERY: node.query,
            FolderRole.COUNT: node.count,
            FolderRole.ICON: node.icon,
            FolderRole.LIBRARY: node.library,
        }
        return told.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: headings are only read."""
        if index.isValid() and self._node(index).place is Place.HEADING:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def _grown(
        self, libraries: Sequence[LibraryRecord], folders: Mapping[LibraryId, Sequence[Folder]]
    ) -> Node:
        root = Node(Place.HEADING, "")
        local = [one for one in libraries if one.kind is LibraryKind.LOCAL]
        cloud = [one for one in libraries if one.kind is LibraryKind.CLOUDINARY]
        total = [found[0].assets for library in libraries if (found := folders.get(library.id))]
        everything = Node(
            Place.EVERYTHING,
            self.tr("All assets"),
            "images",
            count=sum(total) if total else None,
        )
        rows = [Node(Place.HEADING, self.tr("Libraries")), everything]
        rows += [_library(library, folders.get(library.id, ())) for library in local]
        if cloud:
            rows.append(Node(Place.HEADING, self.tr("Cloudinary")))
        rows += [_library(library, folders.get(library.id, ())) for library in cloud]
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
        _adopt(root, rows)
        return root

    def _spoken(self, node: Node) -> str:
        if node.count is None:
            return node.title
        return self.tr("{place}, %n asset(s)", "", node.count).format(place=node.title)

    def _node(self, index: Index) -> Node:
        return self._nodes[index.internalId()] if index.isValid() else self._root

    def _index_of(self, node: Node) -> QModelIndex:
        above = node.parent or self._root
        return self.createIndex(above.children.index(node), 0, node.number)


def _library(library: LibraryRecord, folders: Sequence[Folder]) -> Node:
    """A library's row, with its folders below it as they nest."""
    top = Node(
        Place.LIBRARY,
        one_line(library.name),
        LIBRARY_ICONS[library.kind],
        Query(library=library.id),
        library=library,
    )
    by_path = {"": top}
    for folder in folders:
        if not folder.path:
            top.count = folder.assets
            continue
        above = by_path.get(folder.path.rpartition("/")[0], top)
        node = Node(
            Place.FOLDER,
            one_line(folder.name),
            "folder",
            Query(library=library.id, folder=folder.path),
            folder.assets,
            library,
        )
        by_path[folder.path] = node
        _adopt(above, [node])
    for node in by_path.values():
        node.children.sort(key=lambda child: fold(child.title))
    return top


def _adopt(above: Node, nodes: Iterable[Node]) -> None:
    for node in nodes:
        node.parent = above
        above.children.append(node)


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)


def _collection_of(query: Query) -> str | None:
    return next((name for name, known in COLLECTIONS.items() if known == query), None)


def _tip(node: Node) -> str:
    if node.library is None:
        return ""
    return one_line("/".join(filter(None, (node.library.location, node.query.folder))))
