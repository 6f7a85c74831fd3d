"""One sync of an account of a PhotoShelter-style service: its tree, its media, what changed.

Every page is stored together with where the next one begins, so that a run which is cut short at
any moment goes on there. Source: reference/photoshelter.md, 13.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.shelter import service_name, shelter_library
from bridge_app.libraries.photoshelter.errors import NoPermissionError, NotThereError, StoppedError
from bridge_app.libraries.photoshelter.values import MediaPage, MediaWindow
from bridge_app.storage.shelter_rows import comparable
from bridge_app.work.events import ScanProgress
from bridge_app.work.shelter_differences import ShelterDifferences
from bridge_app.work.shelter_gone import MissingContainers
from bridge_app.work.shelter_keep import Reached, ShelterKeep, ShelterListing, ShelterStores
from bridge_app.work.shelter_pages import MediaPages, Place
from bridge_app.work.shelter_reads import ShelterReads
from bridge_app.work.shelter_walk import ShelterWalk, WalkMemory

BATCH = 20
"""Galleries whose media are listed together; folders become complete in such steps."""
OVERLAP = timedelta(minutes=10)
"""So much of what was read before is looked at again. Photoshelter.md, 13."""
AHEAD = timedelta(days=1)
"""So wrong our clock may be; what is told of a later time is not believed to be the newest."""
AGAIN = timedelta(seconds=5)
"""So much before the newest change is always listed again: more may follow within its second."""
MANY_AGAIN = 20
"""If so many were listed, it is time to leave those behind that have been known for long."""
PATIENCE = 2
"""Syncs in a row whose counts may disagree before everything is listed again."""
REST = timedelta(hours=6)
"""Between two listings of everything because of counts."""
ALL: tuple[str, ...] = ()
REFUSALS = (NoPermissionError, NotThereError)


class ShelterSyncStoppedError(StoppedError):
    """Somebody asked to stop."""

    text = QT_TRANSLATE_NOOP("errors", "The sync was stopped. What was fetched stays.")


@dataclass(slots=True)
class RunMemory:
    """What is remembered from one sync to the next, while the program runs."""

    walk: WalkMemory = field(default_factory=WalkMemory)


class ShelterRun:
    """One sync. Blocks; raises BridgeError; may end at any moment and be begun again."""

    def __init__(
        self,
        service: ShelterListing,
        account: str,
        stores: ShelterStores,
        *,
        cancelled: Callable[[], bool],
        now: Callable[[], datetime],
        memory: RunMemory,
    ) -> None:
        self._service = service
        self._account = account
        self._stores = stores
        self._mirror = stores.mirror
        self._cancelled = cancelled
        self._now = now
        self._memory = memory
        self._state = self._mirror.state(account)
        self._keep = ShelterKeep(account, stores, now=now)
        self._progress = ScanProgress(library=shelter_library(account))
        self._alone: set[str] = set()
        self._listed, self._listed_at = 0, now()
        self._reads = ShelterReads(
            service, stores, self._keep, account=account, check=self._check, now=now
        )

    def sync(self, *, sweep: bool) -> ScanProgress:
        """Bring the mirror up to date; a `sweep` lists everything again."""
        self._keep.finish_placing()
        if not self._state.newest:
            self._begin()
        was_sweeping = self._state.batch == ALL
        sweep = sweep and self._state.complete and not was_sweeping
        if self._is_listing():
            self._list_batches()
        walk = self._look_at_tree(thorough=sweep)
        if sweep:
            self._begin_sweep()
        self._list_batches()
        self._state = replace(self._state, complete=True)
        self._fetch_changes()
        self._read_outdated()
        self._reads.confirm()
        walk.confirm(self._state)
        self._reads.again(self._mirror.in_galleries(self._account, walk.gone))
        self._compare_counts()
        self._settle()
        return replace(self._progress, finished=True, trouble=self._reads.trouble)

    def refresh(self, media_ids: Sequence[str]) -> ScanProgress:
        """Read these masters by their ids, as they are at this moment."""
        self._reads.again(media_ids)
        return replace(self._progress, finished=True, trouble=self._reads.trouble)

    def recheck(self, limit: int) -> None:
        """Read again what is approved: a listing without facts would not show a withdrawal."""
        self._reads.again(self._mirror.approved(self._account, limit))

    # The whole

    def _is_listing(self) -> bool:
        """Was a listing cut short? Then it goes on before anything else is asked."""
        has_tree = bool(self._state.tree) and self._state.todo is None
        return has_tree and (self._state.batch is not None or not self._state.complete)

    def _begin(self) -> None:
        """What changes from now on is looked for when everything was listed."""
        told = self._service.server_time() or self._now()
        self._state = replace(self._state, newest=stamp(told))
        self._mirror.put_state(self._state)

    def _look_at_tree(self, *, thorough: bool) -> ShelterWalk:
        missing = MissingContainers(
            account=self._account,
            service=self._service,
            containers=self._stores.containers,
            check=self._check,
            now=self._now,
        )
        walk = ShelterWalk(
            self._service,
            self._stores,
            self._keep,
            self._state,
            self._check,
            self._memory.walk,
            missing,
        )
        self._state = walk.look(thorough=thorough)
        return walk

    def _begin_sweep(self) -> None:
        self._mirror.clear_skipped(self._account)
        self._state = replace(
            self._state, batch=ALL, since="", page=1, listing=self._state.listing + 1
        )
        self._mirror.put_state(self._state)

    def _list_batches(self) -> None:
        """Go on with the listing under way, then list galleries that were never read."""
        read = 0 if self._state.complete else self._mirror.count(self._account)
        self._progress = replace(self._progress, found=read, read=read)
        while True:
            if self._state.batch is None:
                batch = self._next_batch()
                if not batch:
                    return
                self._state = replace(self._state, batch=batch, since="", page=1)
            self._list_batch(self._state.batch or ALL)

    def _next_batch(self) -> tuple[str, ...]:
        """Galleries that were never read, in the order in which the tree is shown."""
        unread = self._unread()
        alone = next((one for one in unread if one in self._alone), None)
        return (alone,) if alone else tuple(unread[:BATCH])

    def _unread(self) -> list[str]:
        unread = self._stores.containers.unread(self._account)
        shown = [one.container for one in self._keep.tree.folders if one.container in unread]
        return list(dict.fromkeys((*shown, *sorted(unread))))

    def _list_batch(self, batch: tuple[str, ...]) -> None:
        """List the media of some galleries; each page is stored with where the next one is."""
        window = MediaWindow(galleries=batch)
        place = Place(since=self._state.since, page=self._state.page)
        try:
            for page, following in self._pages(window).from_(place):
                self._move_on(following)
                self._store(page, read=() if following else batch)
        except REFUSALS as error:
            if batch == ALL:
                raise
            self._refused(batch, error)
        if batch == ALL:
            self._end_sweep()

    def _move_on(self, following: Place | None) -> None:
        if following is None:
            self._state = replace(self._state, batch=None, since="", page=1)
        else:
            self._state = replace(self._state, since=following.since, page=following.page)

    def _refused(self, batch: tuple[str, ...], error: BridgeError) -> None:
        """One of them may not be seen: list each by itself, and leave that one out."""
        self._state = replace(self._state, batch=None, since="", page=1)
        if len(batch) > 1:
            self._alone |= set(batch)
            self._mirror.put_state(self._state)
            return
        (gallery,) = batch
        name = next(iter(self._keep.tree.paths(gallery)), gallery)
        self._mirror.put(self._account, (), self._state, skipped=[(name, str(error))], read=batch)

    def _end_sweep(self) -> None:
        """What was not shown is asked for by id."""
        self._state = replace(self._state, swept_at=self._now().isoformat())
        self._mirror.put_state(self._state)
        unseen = self._mirror.not_seen(self._account, self._state.listing)
        self._reads.again(unseen, are_doubtful=True)
        total = self._service.media_total(MediaWindow())
        if total is not None:
            difference = total - self._mirror.count(self._account)
            self._state = replace(self._state, difference=difference, doubtful=0)
            self._mirror.put_state(self._state)

    # What changed

    def _fetch_changes(self) -> None:
        """All that is newer than what was seen; and what may have come late into the index."""
        newest = self._state.newest or stamp(self._now())
        self._listed_at = self._now()
        for page in self._pages(MediaWindow(modified_from=later(newest, -AGAIN))):
            self._listed += len(page.assets)
            self._store(page)
        since = later(newest, -OVERLAP)
        recent = MediaWindow(modified_from=since, modified_until=newest)
        counted = self._service.media_total(recent)
        if self._is_explained(counted, since, newest):
            return
        for page in self._pages(recent):
            self._keep_page(page)
            if self._is_explained(counted, since, newest):
                return

    def _is_explained(self, counted: int | None, since: str, until: str) -> bool:
        """Are as many known that changed in that time as the service counts?"""
        have = self._mirror.changed_within(self._account, since, until)
        return counted is not None and 0 <= counted - have <= max(0, self._state.difference)

    def _read_outdated(self) -> None:
        """Galleries that have changed: who came in shows, who is not there is asked for."""
        for gallery in self._stores.containers.outdated(self._account):
            before = set(self._mirror.in_galleries(self._account, [gallery]))
            try:
                seen = self._seen_in(MediaWindow(galleries=(gallery,)))
            except REFUSALS as error:
                self._refused((gallery,), error)
                continue
            self._reads.again(sorted(before - seen))
            self._mirror.put(self._account, (), self._state, read=[gallery])

    def _compare_counts(self) -> None:
        """Deletions show in nothing but the number of what is there."""
        total = self._service.media_total(MediaWindow())
        if total is None or self._agrees(total):
            return
        differences = ShelterDifferences(
            self._service, self._mirror, account=self._account, check=self._check
        )
        for start, end in differences.spans(total):
            seen = self._seen_in(MediaWindow(created_from=start, created_until=end))
            unseen = self._mirror.ids_created_within(self._account, start, end) - seen
            self._reads.again(sorted(unseen))
        if self._agrees(total):
            return
        self._state = replace(self._state, doubtful=self._state.doubtful + 1)
        if self._state.doubtful < PATIENCE:
            return
        if self._was_swept_lately():
            difference = total - self._mirror.count(self._account)
            self._state = replace(self._state, difference=difference, doubtful=0)
        else:
            self._begin_sweep()
            self._list_batches()

    def _was_swept_lately(self) -> bool:
        """Counts that change by themselves must not make us list everything all the time."""
        swept = self._state.swept_at
        return swept is not None and self._now() - datetime.fromisoformat(swept) < REST

    def _agrees(self, total: int) -> bool:
        agrees = total - self._mirror.count(self._account) == self._state.difference
        if agrees:
            self._state = replace(self._state, doubtful=0)
        return agrees

    def _seen_in(self, window: MediaWindow) -> set[str]:
        """Keep what a window holds; the ids of all of it, also of what cannot be taken over."""
        seen: set[str] = set()
        for page in self._pages(window):
            self._keep_page(page)
            seen |= {one.media_id for one in page.assets} | {one.id for one in page.troubles}
        return seen

    # The rest

    def _settle(self) -> None:
        self._state = replace(
            self._state,
            newest=self._newest(),
            finished_at=self._now().isoformat(),
            swept_at=self._state.swept_at or self._now().isoformat(),
        )
        self._mirror.put_state(self._state)

    def _newest(self) -> str:
        """Up to when all changes are known, by the service's clock.

        That clock is asked only if something was listed: a record that is dated ahead of it must
        not hide what is changed until then.
        """
        known, now = self._state.newest or "", self._now()
        newest = max(self._mirror.newest(self._account, stamp(now + AHEAD)) or "", known)
        if newest == known and newest <= stamp(now) and self._listed < MANY_AGAIN:
            return newest
        listed_at = (self._service.server_time() or now) - (self._now() - self._listed_at)
        behind = min(later(newest, 2 * AGAIN), stamp(listed_at - 2 * AGAIN))
        return max(min(newest, stamp(listed_at)), behind)

    def _pages(self, window: MediaWindow) -> MediaPages:
        return MediaPages(self._service, service_name(self._account), window, self._check)

    def _store(self, page: MediaPage, *, read: tuple[str, ...] = ()) -> None:
        self._keep_page(page, read=read)
        count = len(page.assets)
        self._progress = replace(
            self._progress,
            found=self._progress.found + count,
            read=self._progress.read + count,
            skipped=self._progress.skipped + len(page.troubles),
        )
        self._stores.emit(self._progress)

    def _keep_page(self, page: MediaPage, *, read: tuple[str, ...] = ()) -> None:
        troubles = tuple((one.id or "?", one.sentence) for one in page.troubles)
        older = self._keep.keep(
            page.assets, Reached(state=self._state, skipped=troubles, read=read)
        )
        self._reads.again(older)

    def _check(self) -> None:
        self._keep.check()
        if self._cancelled():
            raise ShelterSyncStoppedError


def stamp(at: datetime) -> str:
    """A time as the mirror compares it: UTC, to the second."""
    return comparable(at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z")


def later(moment: str, by: timedelta) -> str:
    """A time after (or before) another one, both `YYYY-MM-DDTHH:MM:SSZ`."""
    at = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return stamp(at + by)
