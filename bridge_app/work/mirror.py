"""Keeps mirrors of product environments: syncs on demand and now and then, reads single assets."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bridge_app.delivery.answers import NotPermittedError
from bridge_app.delivery.listing import Listing, Page
from bridge_app.delivery.permissions import Capability
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import FolderMode, cloud_library
from bridge_app.domain.errors import BridgeError, OfflineError, RateLimitedError
from bridge_app.work.events import Connectivity, Event, ScanProgress, trouble_of
from bridge_app.work.mirror_allowance import Allowance
from bridge_app.work.mirror_proof import MirrorStores
from bridge_app.work.mirror_run import MirrorRun, SyncCancelledError
from bridge_app.work.rights_look import RightsLook

POLL = timedelta(minutes=5)
"""Between two looks for changes, of three calls each where nothing changed."""
THOROUGH = timedelta(hours=1)
"""Between two looks at settings and folders too."""
AFTER_PUSH = timedelta(minutes=1)
"""After something was delivered by ourselves."""
AGAIN = timedelta(seconds=30)
"""After the service could not be reached."""
WHOLE_LOOK = 6
"""Calls of a look at the whole environment."""
LEAST_PATIENCE = timedelta(seconds=10)
"""After the service asked for patience, and named no moment or one that is over."""
SHORTEST_PAUSE_S = 0.2
LONGEST_WAIT = timedelta(hours=1)


@dataclass(slots=True)
class _Kept:
    """What is to be done for one environment."""

    wanted: bool = False
    refused: bool = False
    thorough: bool = False
    asked: bool = False
    asset_ids: set[str] = field(default_factory=set)
    due: datetime | None = None
    not_before: datetime | None = None
    thorough_due: datetime | None = None
    search_due: datetime | None = None
    allowance: Allowance = field(default_factory=Allowance)
    cancelled: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class AroundMirrors:
    """What mirrors ask of those around them.

    `current` names the environment in use, which alone is looked at unasked, what its key may do
    first (`rights`); `known` says whether there is an account of an environment, without which
    no sync goes on.
    """

    current: Callable[[], str | None]
    known: Callable[[str], bool]
    online: Callable[[], bool]
    rights: RightsLook


class Mirrors:
    """One thread, which environments share; it begins with the first wish.

    `open_listing(environment)` may raise NotFoundError, CredentialsError or NoKeyringError.
    """

    def __init__(
        self,
        stores: MirrorStores,
        *,
        open_listing: Callable[[str], Listing],
        around: AroundMirrors,
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._open_listing = open_listing
        self._current = around.current
        self._known = around.known
        self._online = around.online
        self._rights = around.rights
        self._now = now
        self._kept: dict[str, _Kept] = {}
        self._begun = stores.mirror.environments()
        self._news = threading.Condition()
        self._busy: str | None = None
        self._watching = False
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="mirror", daemon=True)

    def begun(self) -> frozenset[str]:
        """The environments that have a mirror, from memory."""
        return self._begun

    def watch(self) -> None:
        """From now on look for changes of the environment in use now and then, by itself."""
        with self._news:
            self._watching = True
            self._wake()

    def hear(self, event: Event) -> None:
        """Take note: another environment may be in use, the network back, something delivered."""
        if not self._watching or not isinstance(event, ChangeSet | Connectivity):
            return
        with self._news:
            if isinstance(event, Connectivity) or event.accounts:
                self._wake()
            elif event.keys:
                for one in self._kept.values():
                    one.due = one.not_before = None
                self._wake()
            elif event.jobs and event.assets:
                kept = self._kept.get(self._current() or "")
                if kept is not None and kept.due is not None:
                    kept.due = min(kept.due, self._now() + AFTER_PUSH)
                    self._wake()

    def request(self, environment: str) -> None:
        """A person wants this environment looked at now."""
        with self._news:
            kept = self._kept.setdefault(environment, _Kept())
            kept.wanted = kept.thorough = kept.asked = True
            kept.not_before = None
            self._wake()

    def refresh(self, environment: str, asset_ids: Iterable[str]) -> None:
        """Read these assets by their IDs soon: something is known to have happened to them."""
        with self._news:
            self._kept.setdefault(environment, _Kept()).asset_ids |= set(asset_ids)
            self._wake()

    def heard(self, environment: str, asset_ids: Iterable[str], *, widely: bool) -> None:
        """Somebody else did something to these assets, or `widely` to more than was named.

        Of little each asset is read by its ID at once; of much a search tells a minute later,
        500 a call: what others do by the thousands would use up the calls of the hour.
        """
        named = set(asset_ids)
        with self._news:
            kept = self._kept.setdefault(environment, _Kept())
            calls = len(named) + (WHOLE_LOOK if widely else 0)
            if kept.allowance.take(calls, self._now()):
                kept.asset_ids |= named
                kept.wanted |= widely
            else:
                kept.search_due = kept.search_due or self._now() + AFTER_PUSH
            kept.thorough |= widely
            self._wake()

    def search(self, environment: str, expression: str, cursor: str | None) -> Page:
        """A page of what the service finds in the whole environment. Blocking.

        Raises what opening the environment and the service's answer raise.
        """
        state = self._stores.mirror.state(environment)
        mode = state.folder_mode if state is not None else FolderMode.DYNAMIC
        return self._open_listing(environment).search(expression, cursor, mode)

    def cancel(self, environment: str) -> None:
        """End the sync that is under way; what was fetched stays."""
        with self._news:
            kept = self._kept.get(environment)
            if kept is not None:
                kept.cancelled.set()
                kept.wanted = False

    def is_idle(self) -> bool:
        """Is nothing being fetched, and nothing asked for?"""
        with self._news:
            waiting = any(self._is_ready(kept) for kept in self._kept.values())
            return self._busy is None and not waiting

    def forget(self, environment: str) -> None:
        """Remove an environment's mirror; returns when nothing of it is being fetched any more."""
        with self._news:
            kept = self._kept.pop(environment, None)
            if kept is not None:
                kept.cancelled.set()
            self._news.wait_for(lambda: self._busy != environment, timeout=10.0)
        self._stores.mirror.remove_environment(environment)
        self._begun = self._stores.mirror.environments()

    def close(self, timeout_s: float) -> None:
        """End; a sync under way goes on from its cursor another time."""
        self._closing.set()
        with self._news:
            for kept in self._kept.values():
                kept.cancelled.set()
            self._news.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _wake(self) -> None:
        """Called with the lock held."""
        if not self._thread.is_alive() and not self._closing.is_set():
            self._thread.start()
        self._news.notify_all()

    def _loop(self) -> None:
        while not self._closing.is_set():
            with self._news:
                chosen = self._choose()
                if chosen is None:
                    self._news.wait(timeout=self._pause_s())
                    continue
                environment, kept = chosen
                self._busy = environment
                kept.cancelled.clear()
                asset_ids, kept.asset_ids = kept.asset_ids, set()
                wants_sync, asked = kept.wanted, kept.asked
                kept.wanted = kept.asked = False
            ended = self._work(environment, kept, asset_ids, wants_sync=wants_sync, asked=asked)
            if ended is not None:
                self._stores.emit(ended)
            with self._news:
                self._busy = None
                self._news.notify_all()

    def _choose(self) -> tuple[str, _Kept] | None:
        """Whose turn it is; called with the lock held."""
        now = self._now()
        current = self._current()
        if self._watching and current is not None:
            kept = self._kept.setdefault(current, _Kept())
            asks = self._rights.is_due(current)
            if _has_come(kept.due, now) or asks:
                kept.wanted |= asks or not self._is_refused(current, kept)
                kept.thorough |= _has_come(kept.thorough_due, now)
                kept.due = now + POLL
                if _has_come(kept.not_before, now):
                    kept.not_before = None
        for one in self._kept.values():
            if one.search_due is not None and now >= one.search_due:
                one.wanted, one.search_due = True, None
        ready = (item for item in self._kept.items() if self._is_ready(item[1]))
        return next(ready, None)

    def _is_refused(self, environment: str, kept: _Kept) -> bool:
        """Was it told that the key may not read, and is nothing else known since?"""
        known = self._rights.lessons.permission(environment, Capability.READ)
        return kept.refused and known.is_denied

    def _is_ready(self, kept: _Kept) -> bool:
        """Is there something to do whose time has come; called with the lock held."""
        if not (kept.wanted or kept.asset_ids):
            return False
        if not _has_come(kept.not_before, self._now()):
            return False
        return kept.asked or self._online()

    def _pause_s(self) -> float | None:
        dues = [kept.due for kept in self._kept.values() if kept.due and self._watching]
        for kept in self._kept.values():
            dues += [at for at in (kept.not_before, kept.search_due) if at]
        if not dues:
            return None
        pause_s = (min(dues) - self._now()).total_seconds()
        return min(LONGEST_WAIT.total_seconds(), max(SHORTEST_PAUSE_S, pause_s))

    def _work(
        self,
        environment: str,
        kept: _Kept,
        asset_ids: set[str],
        *,
        wants_sync: bool,
        asked: bool,
    ) -> ScanProgress | None:
        """One error policy: trouble is told, and there is another try later."""
        library = cloud_library(environment)
        if not self._known(environment):
            return ScanProgress(library=library, finished=True, cancelled=True)
        if self._watching and self._rights.is_due(environment):
            self._rights.look(environment)
        try:
            run = MirrorRun(
                self._open_listing(environment),
                self._stores,
                cancelled=lambda: (
                    kept.cancelled.is_set()
                    or self._closing.is_set()
                    or not self._known(environment)
                ),
                now=self._now,
            )
            ended = self._run(run, kept, asset_ids, wants_sync=wants_sync)
        except SyncCancelledError:
            return ScanProgress(library=library, finished=True, cancelled=True)
        except BridgeError as error:
            kept.asset_ids |= asset_ids
            kept.due = kept.not_before = self._now() + _wait_after(error)
            kept.refused = isinstance(error, NotPermittedError)
            if isinstance(error, OfflineError) and not asked:
                return ScanProgress(library=library, finished=True)
            waits = isinstance(error, RateLimitedError)
            return ScanProgress(
                library=library,
                finished=True,
                trouble=trouble_of(error),
                again_at=kept.not_before.isoformat() if waits else None,
            )
        finally:
            self._begun_now()
        kept.not_before, kept.refused = None, False
        return ended if wants_sync or ended.trouble else None

    def _run(
        self, run: MirrorRun, kept: _Kept, asset_ids: set[str], *, wants_sync: bool
    ) -> ScanProgress:
        refreshed = run.refresh(sorted(asset_ids))
        if not wants_sync:
            return refreshed
        thorough, kept.thorough = kept.thorough, False
        try:
            synced = run.sync(thorough=thorough)
        except BridgeError:
            kept.thorough |= thorough
            raise
        kept.due = self._now() + POLL
        if thorough:
            kept.thorough_due = self._now() + THOROUGH
        return replace(synced, trouble=synced.trouble or refreshed.trouble)

    def _begun_now(self) -> None:
        """A mirror that has begun is a library from now on."""
        if self._closing.is_set():
            return
        begun = self._stores.mirror.environments()
        if begun != self._begun:
            self._begun = begun
            self._stores.emit(ChangeSet(libraries=True, listing=True))


def _has_come(moment: datetime | None, now: datetime) -> bool:
    """Is it time? So far ahead a moment lies only where the clock was set back."""
    return moment is None or now >= moment or moment - now > LONGEST_WAIT


def _wait_after(error: BridgeError) -> timedelta:
    """How long to leave the service alone after trouble."""
    if isinstance(error, OfflineError):
        return AGAIN
    if isinstance(error, RateLimitedError) and error.retry_after_s is not None:
        asked = timedelta(seconds=error.retry_after_s + 1)
        return min(max(asked, LEAST_PATIENCE), LONGEST_WAIT)
    return POLL
