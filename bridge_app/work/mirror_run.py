"""One sync of an environment's mirror: streams it, or fetches what changed, and compares counts.

The decision "How the mirror knows what changed" says why each question is asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bridge_app.delivery.asset_answers import EARLIEST
from bridge_app.delivery.listing import (
    Listing,
    Page,
    changed_after,
    changed_within,
    created_from,
    created_within,
)
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import CloudAsset, CloudFolder, FolderMode, cloud_library
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, RefusedByServiceError
from bridge_app.storage.cloud_mirror import SyncState, Vouchers
from bridge_app.work.ahead import Ahead
from bridge_app.work.events import ScanProgress
from bridge_app.work.mirror_differences import Differences
from bridge_app.work.mirror_proof import LAG, MirrorStores, Reads

AHEAD = timedelta(days=1)
"""So wrong our clock may be; what is told of a later time is not believed to be the newest."""
WINDOW_PAGES = 2
"""So many pages of what may have come late are read whatever the counts say."""
FOLDERS_READ = 4_000
"""Folders that are listed at each thorough sync; of more, only if their number has changed."""
PATIENCE = 2
"""Syncs in a row whose counts may disagree before everything is listed by ID."""


class SyncCancelledError(BridgeError):
    """Somebody asked to stop."""

    text = QT_TRANSLATE_NOOP("errors", "The sync was stopped. What was fetched stays.")


class MirrorRun:
    """One sync. Blocks; raises BridgeError; may end at any moment and be begun again."""

    def __init__(
        self,
        listing: Listing,
        stores: MirrorStores,
        *,
        cancelled: Callable[[], bool],
        now: Callable[[], datetime],
    ) -> None:
        self._listing = listing
        self._stores = stores
        self._mirror = stores.mirror
        self._cancelled = cancelled
        self._now = now
        self._environment = listing.environment
        self._progress = ScanProgress(library=cloud_library(listing.environment))
        self._vouchers = Vouchers.of(stores.deliveries.copies(listing.environment))
        self._state = self._mirror.state(self._environment) or SyncState(
            environment=self._environment
        )
        self._reads = Reads(
            listing,
            stores,
            self._vouchers,
            check=self._check,
            keep=partial(self._keep, from_index=False),
            now=now,
        )

    @property
    def _mode(self) -> FolderMode:
        return self._state.folder_mode

    def sync(self, *, thorough: bool) -> ScanProgress:
        """Bring the mirror up to date; not `thorough` leaves settings and folders for later."""
        started = self._now()
        thorough = thorough or not self._state.complete
        if thorough:
            self._ask_mode()
        if not self._state.complete:
            self._stream()
        self._fetch_changes()
        self._fetch_own_pushes()
        if thorough:
            self._compare_folders()
        self._compare_counts(thorough=thorough)
        self._settle(started)
        touched = self._mirror.vouch(self._environment, self._vouchers)
        if touched:
            self._stores.emit(ChangeSet(assets=touched))
        return replace(self._progress, finished=True, trouble=self._reads.trouble)

    def refresh(self, asset_ids: Sequence[str]) -> ScanProgress:
        """Read these assets by their IDs, as they are at this moment."""
        self._reads.again(asset_ids, self._mode)
        return replace(self._progress, finished=True, trouble=self._reads.trouble)

    # The whole

    def _ask_mode(self) -> None:
        """An environment may be moved from fixed to dynamic folders: then all is listed anew."""
        mode = self._listing.folder_mode()
        self._check()
        begun = self._mirror.state(self._environment)
        if begun is None or mode is not begun.folder_mode:
            self._state = SyncState(
                environment=self._environment,
                folder_mode=mode,
                listing=self._state.listing + (begun is not None),
            )
            self._mirror.put_state(self._state)

    def _stream(self) -> None:
        """Everything, page by page; each is stored together with where the next one begins."""
        if self._state.newest is None:
            newest = self._listing.newest(self._mode)
            self._check()
            at = newest.updated_at if newest is not None else EARLIEST
            self._state = replace(self._state, newest=at, settled=earlier(at, LAG))
        there = self._mirror.seen(self._environment, self._state.listing)
        self._progress = replace(self._progress, found=there, read=there)
        coming = Ahead(partial(self._page_of, self._state))
        while True:
            self._check()
            page, self._state = coming.result()
            if page.cursor is not None:
                coming = Ahead(partial(self._page_of, self._state))
            self._store(page.assets, total=page.total)
            if page.cursor is None:
                break
        gone = self._mirror.not_seen(self._environment, self._state.listing)
        if gone:
            self._reads.again(gone, self._mode)
        self._state = replace(self._state, complete=True, since=None, reached=None)
        self._mirror.put_state(self._state)

    def _page_of(self, state: SyncState) -> tuple[Page, SyncState]:
        """The page at the cursor, and where the one behind it begins.

        A cursor does not live for ever: where it is refused, the time of creation goes on.
        """
        try:
            page = self._listing.page(created_from(state.since), state.cursor, state.folder_mode)
        except RefusedByServiceError:
            if state.cursor is None:
                raise
            state = replace(state, since=state.reached, cursor=None)
            page = self._listing.page(created_from(state.since), None, state.folder_mode)
        reached = page.assets[-1].created_at if page.assets else state.reached
        return page, replace(state, cursor=page.cursor, reached=reached)

    # What changed

    def _fetch_changes(self) -> None:
        """All that is newer than what was seen; and what may have come late into the index."""
        newest = self._state.newest or EARLIEST
        settled = self._state.settled or EARLIEST
        for page in self._listing.pages(changed_after(newest), self._mode):
            self._check()
            self._store(page.assets, total=page.total)
        if settled >= newest:
            return
        window = self._listing.pages(changed_within(settled, newest), self._mode)
        for number, page in enumerate(window, start=1):
            self._check()
            self._keep(page.assets, from_index=True)
            if number >= WINDOW_PAGES and self._counted(settled, newest) == page.total:
                return

    def _counted(self, after: str, until: str) -> int:
        count = self._mirror.changed_after
        return count(self._environment, after) - count(self._environment, until)

    def _fetch_own_pushes(self) -> None:
        """What we sent is read by ID, without waiting for the index."""
        if not self._vouchers.copies:
            return
        known = self._mirror.versions(self._environment)
        behind = [
            asset_id
            for asset_id, copy in self._vouchers.copies.items()
            if known.get(asset_id, -1) < copy.version
        ]
        if behind:
            self._reads.again(behind, self._mode)

    def _compare_folders(self) -> None:
        """Empty folders are kept; what lay in a folder that is gone or renamed is read again."""
        known = self._mirror.folders(self._environment)
        listed: list[CloudFolder] = []
        for total, folders in self._listing.folders():
            self._check()
            if total > FOLDERS_READ and total == len(known):
                return
            listed.extend(folders)
        there = {folder.path for folder in listed}
        renamed = {
            folder.path for folder in known if folder.external_id and folder.path not in there
        }
        if self._mode is FolderMode.DYNAMIC:
            renamed |= self._mirror.folders_in_use(self._environment) - there - {""}
        moved: set[str] = set()
        for path in renamed:
            moved |= self._mirror.in_folder(self._environment, path)
        if moved:
            self._reads.again(moved, self._mode)
        if set(listed) != known:
            self._mirror.put_folders(self._environment, listed)
            self._stores.emit(ChangeSet(libraries=True))

    # Counts

    def _compare_counts(self, *, thorough: bool) -> None:
        """Deletions show in nothing but the number of what is there."""
        total = self._listing.count("")
        self._check()
        if self._agrees(total) or self._is_growing(total):
            return
        if thorough or self._state.doubtful:
            finder = Differences(self._listing, self._mirror, check=self._check)
            for start, end in finder.spans(total):
                self._read_span(start, end)
            if self._agrees(total):
                return
        self._state = replace(self._state, doubtful=self._state.doubtful + 1)
        if self._state.doubtful >= PATIENCE:
            self._audit()
            total = self._listing.count("")
            counted = self._mirror.count(self._environment)
            self._state = replace(self._state, doubtful=0, difference=total - counted)

    def _agrees(self, total: int) -> bool:
        agrees = total - self._mirror.count(self._environment) == self._state.difference
        if agrees:
            self._state = replace(self._state, doubtful=0)
        return agrees

    def _is_growing(self, total: int) -> bool:
        """Others add at this moment: then what was there before has to agree, and nothing else."""
        state, count = self._state, self._mirror.count(self._environment)
        if state.newest is None or total - count <= state.difference:
            return False
        span = (EARLIEST, state.newest)
        here = self._mirror.created_within(self._environment, *span)
        there = self._listing.count(created_within(*span))
        self._check()
        return there - here == state.difference

    def _read_span(self, start: str, end: str) -> None:
        seen: set[str] = set()
        for page in self._listing.pages(created_within(start, end), self._mode):
            self._check()
            self._store(page.assets, total=page.total)
            seen |= {asset.asset_id for asset in page.assets}
        unseen = self._mirror.ids_created_within(self._environment, start, end) - seen
        if unseen:
            self._reads.again(unseen, self._mode)

    def _audit(self) -> None:
        """The listings by type do not lag: what they show and we lack, and the reverse, is read."""
        there: set[str] = set()
        for asset_ids in self._listing.all_ids(self._mirror.kinds(self._environment)):
            self._check()
            there |= set(asset_ids)
        different = there ^ self._mirror.all_ids(self._environment)
        if different:
            self._reads.again(different, self._mode)

    # The rest

    def _settle(self, started: datetime) -> None:
        """What was the newest a lag ago is certain now."""
        state = self._state
        looked = datetime.fromisoformat(state.looked_at) if state.looked_at else None
        has_settled = looked is not None and started - looked >= LAG
        newest = self._mirror.newest(self._environment, stamp(self._now() + AHEAD))
        self._state = replace(
            state,
            settled=state.newest if has_settled else state.settled,
            newest=max(newest or EARLIEST, state.newest or EARLIEST),
            looked_at=started.isoformat(),
            finished_at=self._now().isoformat(),
        )
        self._mirror.put_state(self._state)

    def _store(self, assets: Sequence[CloudAsset], *, total: int) -> None:
        self._progress = replace(
            self._progress,
            found=self._progress.found + len(assets),
            read=self._progress.read + len(assets),
            total=max(total, self._progress.read + len(assets)),
        )
        self._keep(assets, from_index=True)
        self._stores.emit(self._progress)

    def _keep(self, assets: Sequence[CloudAsset], *, from_index: bool) -> None:
        """Store what was told; what a search says of what is gone by now is not believed."""
        now = self._now()
        alive = [
            asset
            for asset in assets
            if not asset.placeholder and not (from_index and self._stores.gone.holds(asset, now))
        ]
        changed = self._mirror.put(
            alive, self._state, vouchers=self._vouchers, from_index=from_index
        )
        if changed:
            self._stores.emit(ChangeSet(assets=changed, listing=True, libraries=True))

    def _check(self) -> None:
        if self._cancelled():
            raise SyncCancelledError


def stamp(at: datetime) -> str:
    """A time as the mirror compares it: UTC, to the second."""
    return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def earlier(moment: str, by: timedelta) -> str:
    """A time before another one, both `YYYY-MM-DDTHH:MM:SSZ`."""
    at = datetime.fromisoformat(moment.removesuffix("Z"))
    return stamp(max(at, datetime(1971, 1, 1)) - by)  # noqa: DTZ001 - UTC, as `stamp` writes it
