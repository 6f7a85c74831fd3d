"""Which assets are chosen, by identity: rows only say where they are shown just now."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Signal,
)

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.listed_copies import cloud_ids
from bridge_app.ui.asker import Asker
from bridge_app.ui.models.asset_list import AssetList
from bridge_app.ui.models.listing import Kept, Listing, Span, runs

if TYPE_CHECKING:
    from bridge_app.storage.search import CatalogReader

Flag = QItemSelectionModel.SelectionFlag


class AssetSelection(QItemSelectionModel):
    """The selection that grid and list share; it survives refreshes of the listing.

    What a person selects by rows becomes a set of ids: at once where the rows are read, else
    after a question to the catalog (then `is_complete` is False meanwhile). A new search empties
    it, because the model resets.
    """

    chosen = Signal()  # the set, or how much of it is known, is another one
    failed = Signal(object)  # BridgeError

    def __init__(self, model: AssetList, asker: Asker) -> None:
        # The parent is named: of the one Qt makes of the model, Python would not know.
        super().__init__(model, model)
        self._model = model
        self._asker = asker
        # Never changed in place: the reader's thread may be looking at it.
        self._ids: Mapping[AssetId, None] = {}
        self._away: frozenset[AssetId] = frozenset()
        self._pending = 0
        self._serial = 0
        self._following = True
        self._current: AssetId | None = None
        self._first_row: int | None = None
        self._moves_on = False
        self.selectionChanged.connect(self._follow)
        self.currentRowChanged.connect(self._note_current)
        model.modelReset.connect(self.clear_all)
        model.refreshing.connect(self._hold)
        model.refreshed.connect(self._restore)
        model.reread.connect(self._renew)
        model.arrived.connect(self._complete)

    @property
    def ids(self) -> tuple[AssetId, ...]:
        """The chosen assets, in the order of the listing when they were chosen."""
        return tuple(self._ids)

    @property
    def count(self) -> int:
        """How many are chosen, also while not all of their ids are known yet."""
        return self._pending or len(self._ids)

    @property
    def is_complete(self) -> bool:
        """Are the ids of all chosen rows known?"""
        return not self._pending

    @property
    def current(self) -> AssetId | None:
        """The asset with the keyboard focus."""
        return self._current

    def assets(self) -> list[Asset]:
        """Those of the chosen assets that are read; in the order of the listing."""
        loaded = self._model.loaded()
        rows = sorted(loaded[asset] for asset in self._ids if asset in loaded)
        return [asset for row in rows if (asset := self._model.asset(row)) is not None]

    def masters(self) -> tuple[AssetId, ...]:
        """The chosen assets but for those that are known to lie at Cloudinary alone."""
        # Loaded when something is chosen.
        from bridge_app.domain.cloud import environment_of  # noqa: PLC0415

        away = {asset.id for asset in self.assets() if environment_of(asset.library)}
        away |= self._away
        return tuple(asset for asset in self._ids if asset not in away)

    def count_masters(self) -> int:
        """How many `masters` are chosen, also while not all of their ids are known yet."""
        return self._pending or len(self.masters())

    def single(self) -> Asset | None:
        """The one chosen asset; None if it is not exactly one, or not read."""
        found = self.assets() if self.count == 1 else []
        return found[0] if found else None

    def kept(self) -> Kept:
        """What must be found again after a refresh, as it is just now."""
        return Kept(current=self._current, chosen=self._ids, is_known=self.is_complete)

    def select(
        self,
        what: QItemSelection | QModelIndex | QPersistentModelIndex,
        command: QItemSelectionModel.SelectionFlag,
        /,
    ) -> None:
        """Qt: select; always whole rows, so that grid and list agree."""
        super().select(what, command | Flag.Rows)

    def move_on(self) -> None:
        """If the next refresh takes all that is chosen away, choose what took its place.

        So that one review after another needs no hand on the mouse.
        """
        self._moves_on = True

    def choose_all(self) -> None:
        """Choose everything the query finds, read or not."""
        if self._model.rowCount():
            last = self._model.index(self._model.rowCount() - 1, 0)
            self.select(QItemSelection(self._model.index(0, 0), last), Flag.ClearAndSelect)

    def choose(self, ids: Iterable[AssetId]) -> None:
        """Choose these assets, wherever they are; rows are marked at the next refresh."""
        self._serial += 1
        self._pending = 0
        self._ids = dict.fromkeys(ids)
        self._current = next(iter(self._ids), None)
        loaded = self._model.loaded()
        self._mark(runs(sorted(loaded[asset] for asset in self._ids if asset in loaded)))
        self.chosen.emit()

    def clear_all(self) -> None:
        """Choose nothing."""
        self._serial += 1
        self._ids, self._pending, self._current = {}, 0, None
        with self._held():
            self.clear()
        self.chosen.emit()

    def _follow(self) -> None:
        """A person changed the rows: find out which assets these are."""
        if not self._following:
            return
        self._serial += 1
        spans = self._spans()
        known = _known(self._model, spans)
        if known is None:
            self._pending = sum(last - first + 1 for first, last in spans)
            self._learn(spans)
        else:
            self._pending, self._ids = 0, known
        self.chosen.emit()

    def _learn(self, spans: list[Span]) -> None:
        serial = self._serial
        all_ids = self._model.ids_question()
        asked = [_Run(self._model, span) for span in spans]

        def read(reader: "CatalogReader") -> tuple[dict[AssetId, None], frozenset[AssetId]]:
            order = all_ids(reader)
            ids = dict.fromkeys(asset for run in asked for asset in run.found_in(order))
            return ids, reader.ask(cloud_ids).intersection(ids)

        def take(found: tuple[dict[AssetId, None], frozenset[AssetId]]) -> None:
            if serial == self._serial:
                self._pending = 0
                self._ids, self._away = found
                self.chosen.emit()

        def failed(error: BridgeError) -> None:
            if serial == self._serial:
                self.clear_all()
            self.failed.emit(error)

        self._asker.read(read, take, failed, urgent=True)

    def _note_current(self, index: QModelIndex) -> None:
        if self._following:
            asset = self._model.asset(index.row()) if index.isValid() else None
            self._current = asset.id if asset else None

    def _hold(self) -> None:
        """Rows are about to move: remember what cannot be told afterwards."""
        self._following = False
        spans = self._spans()
        self._first_row = spans[0][0] if spans else None

    def _restore(self, listing: Listing) -> None:
        """Mark the chosen assets where they are now; let go of those that are not found."""
        self._following = True
        if self.kept() != listing.kept:
            # Something that heard of the rows has chosen meanwhile.
            self._model.refresh(self.kept)
            return
        had_some = bool(self._ids)
        self._ids = listing.chosen
        self._mark(listing.spans)
        self._restore_current(listing)
        if had_some and not self._ids and self._moves_on and self.currentIndex().isValid():
            self.select(self.currentIndex(), Flag.ClearAndSelect)
        else:
            self.chosen.emit()
        self._moves_on = False

    def _restore_current(self, listing: Listing) -> None:
        """The focus stays with its asset, or goes to the one that took its place."""
        row = listing.rows.get(self._current) if self._current else None
        if row is None and self._first_row is not None and listing.total:
            row = min(self._first_row, listing.total - 1)
        with self._held():
            index = QModelIndex() if row is None else self._model.index(row, 0)
            self.setCurrentIndex(index, Flag.NoUpdate)
        asset = None if row is None else self._model.asset(row)
        self._current = asset.id if asset else None

    def _renew(self, ids: frozenset[AssetId]) -> None:
        if not ids.isdisjoint(self._ids):
            self.chosen.emit()

    def _complete(self, ids: frozenset[AssetId]) -> None:
        """The one that is chosen has been read."""
        if self.count == 1 and not ids.isdisjoint(self._ids):
            self.chosen.emit()

    def _mark(self, spans: Iterable[Span]) -> None:
        marked = QItemSelection()
        for first, last in spans:
            marked.select(self._model.index(first, 0), self._model.index(last, 0))
        with self._held():
            self.select(marked, Flag.ClearAndSelect)

    @contextmanager
    def _held(self) -> Iterator[None]:
        before, self._following = self._following, False
        try:
            yield
        finally:
            self._following = before

    def _spans(self) -> list[Span]:
        """The marked rows as (first, last) of each unbroken run, rising."""
        parts = sorted({(part.top(), part.bottom()) for part in self.selection().toList()})
        spans: list[Span] = []
        for first, last in parts:
            if spans and first <= spans[-1][1] + 1:
                spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
            else:
                spans.append((first, last))
        return spans


class _Run:
    """Rows that a person chose without having seen them all: from this asset to that one."""

    def __init__(self, model: AssetList, span: Span) -> None:
        self._span = span
        ends = [model.asset(row) for row in span]
        self._first, self._last = (end.id if end else None for end in ends)
        self._to_the_end = span[1] == model.rowCount() - 1 and self._last is None

    def found_in(self, order: list[AssetId]) -> list[AssetId]:
        """The assets between its ends now; an end that was not read moves with the other one."""
        first = _moved(order, self._span[0], self._first)
        last = _moved(order, self._span[1], self._last)
        begin = self._span[0] + (first if first is not None else last or 0)
        end = self._span[1] + (last if last is not None else first or 0)
        return order[max(begin, 0) : None if self._to_the_end else max(end + 1, 0)]


def _moved(order: list[AssetId], row: int, asset: AssetId | None) -> int | None:
    """By how many rows the asset of this row has moved; None if it is not known, or gone."""
    if order[row : row + 1] == [asset]:
        return 0
    return order.index(asset) - row if asset is not None and asset in order else None


def _known(model: AssetList, spans: list[Span]) -> dict[AssetId, None] | None:
    """The ids of these rows; None if one of them is not read."""
    ids: dict[AssetId, None] = {}
    for first, last in spans:
        for row in range(first, last + 1):
            asset = model.asset(row)
            if asset is None:
                return None
            ids[asset.id] = None
    return ids
