"""The assets a query finds, as rows: a window over the catalog, never a list of everything."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
    Signal,
)

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.query import Query, Sort
from bridge_app.ui.asker import Asker
from bridge_app.ui.messages import asset_sentence, one_line
from bridge_app.ui.models.listing import PAGE, Kept, Listing, page_numbers, read_listing

if TYPE_CHECKING:
    from bridge_app.storage.search import CatalogReader

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
KEPT_PAGES = 16


class AssetRole(IntEnum):
    """What a row tells beyond Qt's own roles."""

    ASSET = Qt.ItemDataRole.UserRole + 1  # Asset; None while the row is being read


class Column(IntEnum):
    """The columns of the list; the grid shows the first."""

    NAME = 0
    KIND = 1
    DIMENSIONS = 2
    BYTES = 3
    RATING = 4
    APPROVAL = 5
    RIGHTS = 6
    MODIFIED = 7
    PUSHED = 8


SORTS = {
    Column.NAME: Sort.NAME,
    Column.KIND: Sort.KIND,
    Column.BYTES: Sort.BYTES,
    Column.RATING: Sort.RATING,
    Column.MODIFIED: Sort.MODIFIED,
}


class AssetList(QAbstractTableModel):
    """Rows of the newest query, read in pages of 200 when they are looked at.

    `search` asks a new question (the model resets when it is answered), `refresh` the same one
    again (rows come and go in place, so that views keep their place). Each has a ticket; answers
    to older tickets are dropped.

    Args:
        ready: What the very first question finds, if that is known already.
    """

    counted = Signal(int)  # how many the newest query finds
    refreshing = Signal()  # right before rows change place
    refreshed = Signal(object)  # Listing, right after
    reread = Signal(object)  # frozenset[AssetId]: rows whose content is new
    arrived = Signal(object)  # frozenset[AssetId]: rows that were not read before
    failed = Signal(object)  # BridgeError

    def __init__(
        self,
        asker: Asker,
        *,
        now: Callable[[], datetime],
        url_of: Callable[[Asset], QUrl],
        ready: Callable[[Query], Listing | None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ready = ready
        self._asker = asker
        self._now = now
        self.url_of = url_of
        self._ticket = 0
        self._answered = 0
        self._query = self._shown_query = Query()
        self._total = 0
        self._pages: OrderedDict[int, list[Asset]] = OrderedDict()
        self._asked: set[int] = set()
        self._visible = range(0)
        self._headers = [
            self.tr("Name"),
            self.tr("Type"),
            self.tr("Dimensions"),
            self.tr("Size"),
            self.tr("Rating"),
            self.tr("Approval"),
            self.tr("Rights"),
            self.tr("Modified"),
            self.tr("Pushed"),
        ]

    @property
    def query(self) -> Query:
        """The newest question."""
        return self._query

    @property
    def ticket(self) -> int:
        """The number of the newest question; it changes whenever rows may have moved."""
        return self._ticket

    @property
    def visible(self) -> range:
        """The rows that a view shows, as far as it has said so."""
        return self._visible

    @property
    def is_waiting(self) -> bool:
        """Is the newest question still without an answer?"""
        return self._answered != self._ticket

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many assets the query finds."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what a row tells; one that is not here yet is asked for, once."""
        if not index.isValid():
            return None
        asset = self.asset(index.row())
        if asset is None:
            self._want(index.row() // PAGE)
            spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return self.tr("Being read…") if spoken else None
        if role == AssetRole.ASSET:
            return asset
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return one_line(asset.name) if index.column() == Column.NAME else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return asset_sentence(asset, self._now())
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Qt: the columns' titles; figures stand at the end of theirs."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.BYTES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section] if section < len(self._headers) else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: rows can be chosen and dragged out."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        """Qt: assets leave as files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """Qt: the originals of these rows, as file URLs."""
        rows = sorted({index.row() for index in indexes})
        found = [asset for row in rows if (asset := self.asset(row)) is not None]
        mime = QMimeData()
        mime.setUrls([self.url_of(asset) for asset in found])
        return mime

    def supportedDragActions(self) -> Qt.DropAction:
        """Qt: originals are copied, never moved away."""
        return Qt.DropAction.CopyAction

    def asset(self, row: int) -> Asset | None:
        """The asset in this row; None if it is not read (it is not asked for)."""
        page = self._pages.get(row // PAGE)
        place = row % PAGE
        return page[place] if page is not None and place < len(page) else None

    def loaded(self) -> dict[AssetId, int]:
        """The rows that are here, by asset."""
        return {
            asset.id: number * PAGE + place
            for number, page in self._pages.items()
            for place, asset in enumerate(page)
        }

    def note_visible(self, rows: range) -> None:
        """What a view shows now: these rows stay, and are read first when something changes."""
        self._visible = rows
        for number in page_numbers(rows):
            if number in self._pages:
                self._pages.move_to_end(number)

    def search(self, query: Query) -> None:
        """Ask a new question; rows of the one before stay until it is answered."""
        self._query = query
        self._visible = range(0)
        ready, self._ready = self._ready, None
        known = ready(query) if ready is not None else None
        if known is None:
            self._ask_listing([0], Kept, frozenset(), self._reset)
            return
        self._ticket += 1
        self._answered, self._shown_query = self._ticket, query
        self._reset(known)

    def refresh(self, keep: Callable[[], Kept], marks: frozenset[AssetId] = frozenset()) -> None:
        """Ask the same question again, because rows may have come, gone or moved.

        `marks` are found again, and what `keep` tells. It is asked once more when the answer is
        there: for what was chosen meanwhile the catalog is asked again, before any row moves.
        """
        pages = page_numbers(self._visible) or [0]
        self._ask_listing(pages, keep, marks, self._adapt)

    def reorder(self, query: Query, keep: Callable[[], Kept]) -> None:
        """Ask the same question in another order; rows move, and what is kept is found again."""
        self._query = query
        self._visible = range(0)
        self._ask_listing([0], keep, frozenset(), self._adapt)

    def ids_question(self) -> "Callable[[CatalogReader], list[AssetId]]":
        """What to ask the catalog for the ids of the rows that are shown, in their order."""
        query, now = self._shown_query, self._now()
        return lambda reader: reader.ids(query, now=now)

    def reread_rows(self, ids: frozenset[AssetId]) -> None:
        """Read these assets again where they are shown: their content changed in place."""
        shown = [asset for asset in self.loaded() if asset in ids]
        if not shown:
            return
        ticket, environment = self._ticket, self._query.environment

        def take(assets: list[Asset]) -> None:
            if ticket == self._answered:
                self._replace({asset.id: asset for asset in assets})

        self._asker.read(
            lambda reader: reader.assets(shown, environment=environment), take, self.failed.emit
        )

    def note_pixels(self, contents: frozenset[str]) -> None:
        """Thumbnails of these contents have arrived: repaint the rows on screen that show them."""
        for row in self._visible:
            asset = self.asset(row)
            if asset is not None and asset.picture_key in contents:
                index = self.index(row, Column.NAME)
                self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    def repaint_rows(self) -> None:
        """States that depend on the time of day may be others now."""
        if self._total:
            last = self.index(self._total - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.DisplayRole])

    def _ask_listing(
        self,
        pages: list[int],
        keep: Callable[[], Kept],
        marks: frozenset[AssetId],
        take: Callable[[Listing], None],
    ) -> None:
        self._ticket += 1
        ticket, query, now, kept = self._ticket, self._query, self._now(), keep()
        self._asker.void()

        def read(reader: "CatalogReader") -> Listing:
            return read_listing(reader, query, pages=pages, marks=marks, kept=kept, now=now)

        def done(listing: Listing) -> None:
            if ticket != self._ticket:
                return
            current = listing.keeping(keep())
            if current is None:
                self._ask_listing(pages, keep, marks, take)
                return
            self._answered = ticket
            self._asked.clear()
            self._shown_query = query
            take(current)

        self._asker.read(read, done, self._tell(ticket), urgent=True, voidable=True)

    def _reset(self, listing: Listing) -> None:
        self.beginResetModel()
        self._total = listing.total
        self._pages = OrderedDict(listing.pages)
        self.endResetModel()
        self.counted.emit(self._total)

    def _adapt(self, listing: Listing) -> None:
        """Bring the rows to the new answer without a reset, which would lose the view's place."""
        self.refreshing.emit()
        before, after = self._total, listing.total
        self._pages = OrderedDict(listing.pages)
        if after > before:
            self.beginInsertRows(NOWHERE, before, after - 1)
            self._total = after
            self.endInsertRows()
        elif after < before:
            self.beginRemoveRows(NOWHERE, after, before - 1)
            self._total = after
            self.endRemoveRows()
        self.repaint_rows()
        self.refreshed.emit(listing)
        self.counted.emit(self._total)

    def _want(self, number: int) -> None:
        # A page that came short stays so until the listing is refreshed.
        if number in self._asked or number in self._pages or self.is_waiting:
            return
        self._asked.add(number)
        ticket, query, now = self._ticket, self._query, self._now()

        def take(page: list[Asset]) -> None:
            if ticket == self._ticket:
                self._asked.discard(number)
                self._add(number, page)

        self._asker.read(
            lambda reader: reader.page(query, offset=number * PAGE, limit=PAGE, now=now),
            take,
            self._tell(ticket),
            urgent=True,
            voidable=True,
        )

    def _add(self, number: int, page: list[Asset]) -> None:
        self._pages[number] = page
        needed = set(page_numbers(self._visible))
        spare = [other for other in self._pages if other not in needed and other != number]
        for other in spare[: max(0, len(self._pages) - KEPT_PAGES)]:
            del self._pages[other]
        first, last = number * PAGE, min(number * PAGE + len(page), self._total) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
        self.arrived.emit(frozenset(asset.id for asset in page))

    def _replace(self, fresh: Mapping[AssetId, Asset]) -> None:
        for asset, row in self.loaded().items():
            if asset in fresh:
                self._pages[row // PAGE][row % PAGE] = fresh[asset]
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
        self.reread.emit(frozenset(fresh))

    def _tell(self, ticket: int) -> Callable[[BridgeError], None]:
        def failed(error: BridgeError) -> None:
            if ticket == self._ticket:
                self._answered = ticket
                self._asked.clear()
                self.failed.emit(error)

        return failed
