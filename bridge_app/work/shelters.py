"""Keeps libraries of PhotoShelter's kind: each has a thread that syncs it and fetches ahead.

Several are synced at once; one that cannot be reached does not hold up the others.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import (
    BridgeError,
    CredentialsError,
    OfflineError,
    RateLimitedError,
)
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.shelter import shelter_library
from bridge_app.libraries.photoshelter.errors import StoppedError
from bridge_app.work.events import Connectivity, Event, ScanProgress, trouble_of
from bridge_app.work.shelter_keep import ShelterListing, ShelterStores
from bridge_app.work.shelter_run import RunMemory, ShelterRun

POLL = timedelta(minutes=5)
"""Between two looks for changes."""
SWEEP = timedelta(days=1)
"""Between two listings of everything, where they tell all facts."""
SWEEP_WITHOUT_FACTS = timedelta(days=7)
"""The same where each fact takes a call of its own; what is approved is read every day."""
RECHECK = timedelta(days=1)
MOST_RECHECKED = 500
AGAIN = timedelta(seconds=30)
"""After the service could not be reached."""
LONGEST_WAIT = timedelta(hours=1)
SHORTEST_PAUSE_S = 0.2


class AheadFetcher(Protocol):
    """Fetches what is kept for offline."""

    def fetch(self, account: str, is_stopped: Callable[[], bool]) -> None:
        """Fetch what is missing of an account. Raises StoppedError when somebody asked to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the threads know of the rest.

    `service` may raise NotFoundError, SignInAgainError, NoKeyringError; `is_known` says whether
    there is such an account, `online` whether the network may be used.
    """

    service: Callable[[str], ShelterListing]
    is_known: Callable[[str], bool]
    is_signed_in: Callable[[str], bool]
    online: Callable[[], bool]
    now: Callable[[], datetime]


@dataclass(slots=True)
class _Wishes:
    """What is to be done for one account; its lock is the condition of its thread."""

    sync: bool = False
    asked: bool = False
    media_ids: set[str] = field(default_factory=set)
    ahead: bool = False
    due: datetime | None = None
    not_before: datetime | None = None
    rechecked_at: datetime | None = None


class ShelterThread:
    """Keeps one account. Any thread may ask; its own one does the work."""

    def __init__(
        self,
        account: str,
        stores: ShelterStores,
        around: Surroundings,
        ahead: AheadFetcher,
    ) -> None:
        self._account = account
        self._library = shelter_library(account)
        self._stores = stores
        self._around = around
        self._ahead = ahead
        self._wishes = _Wishes()
        self._memory = RunMemory()
        self._news = threading.Condition()
        self._busy = self._is_seen_busy = False
        self._watching = False
        self._closing = threading.Event()
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="shelter", daemon=True)
        self.trouble: Trouble | None = None

    @property
    def is_running(self) -> bool:
        """Is something being fetched? Whoever hears so is told when it has ended."""
        with self._news:
            self._is_seen_busy |= self._busy
            return self._busy

    def watch(self) -> None:
        """Look for changes now and then, by itself; nobody is asked who is not signed in to."""
        with self._news:
            self._watching = True
            self._wishes.ahead |= self._around.is_signed_in(self._account)
            self._wake()

    def request(self) -> None:
        """A person wants it looked at now."""
        with self._news:
            self._wishes.sync = self._wishes.asked = self._wishes.ahead = True
            self._wishes.not_before = None
            self._wake()

    def refresh(self, media_ids: Iterable[str]) -> None:
        """Read these soon, by their ids."""
        with self._news:
            self._wishes.media_ids |= set(media_ids)
            self._wake()

    def fetch_ahead(self) -> None:
        """Something is to be kept for offline."""
        with self._news:
            self._wishes.ahead = True
            self._wake()

    def wake(self) -> None:
        """The network may be back."""
        with self._news:
            if self._thread.is_alive():
                self._news.notify_all()

    def cancel(self) -> None:
        """End what is under way; what was fetched stays."""
        with self._news:
            self._cancelled.set()
            self._wishes.sync = self._wishes.ahead = False
            self._news.notify_all()

    def is_idle(self) -> bool:
        """Is nothing being fetched, and nothing asked for?"""
        with self._news:
            return not self._busy and not self._is_ready()

    def stop(self) -> None:
        """End as soon as may be; what was under way goes on another time."""
        self._closing.set()
        self._cancelled.set()
        with self._news:
            self._news.notify_all()

    def close(self, timeout_s: float) -> None:
        """End, and wait for that."""
        self.stop()
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
                self._look_at_the_clock()
                if not self._is_ready():
                    self._news.wait(timeout=self._pause_s())
                    continue
                self._busy = True
                self._cancelled.clear()
            ended = self._work()
            if not self._around.is_known(self._account):
                # It was removed while an answer was on its way, which must not bring it back.
                self._stores.mirror.remove_account(self._account)
            if ended is not None:
                self._stores.emit(ended)
            with self._news:
                is_seen, self._busy, self._is_seen_busy = self._is_seen_busy, False, False
                self._news.notify_all()
            if is_seen:
                self._stores.emit(ChangeSet(libraries=True))

    def _look_at_the_clock(self) -> None:
        wishes, now = self._wishes, self._around.now()
        is_due = self._watching and (wishes.due is None or now >= wishes.due)
        if is_due and self._around.is_signed_in(self._account):
            wishes.sync = True
            wishes.due = now + POLL

    def _is_ready(self) -> bool:
        wishes = self._wishes
        if not (wishes.sync or wishes.media_ids or wishes.ahead):
            return False
        if wishes.not_before is not None and self._around.now() < wishes.not_before:
            return False
        return wishes.asked or self._around.online()

    def _pause_s(self) -> float | None:
        wishes = self._wishes
        dues = [wishes.due] if wishes.due and self._watching else []
        dues += [wishes.not_before] if wishes.not_before else []
        if not dues:
            return None
        return max(SHORTEST_PAUSE_S, (min(dues) - self._around.now()).total_seconds())

    def _work(self) -> ScanProgress | None:
        """One error policy: trouble is told, and there is another try later."""
        wishes = self._wishes
        with self._news:
            media_ids, wishes.media_ids = wishes.media_ids, set()
            wants_sync, asked, wants_ahead = wishes.sync, wishes.asked, wishes.ahead
            wishes.sync = wishes.asked = wishes.ahead = False
        try:
            ended = self._run(media_ids, wants_sync=wants_sync)
            if wants_sync or wants_ahead:
                self._ahead.fetch(self._account, self._is_cancelled)
        except StoppedError:
            return ScanProgress(library=self._library, finished=True, cancelled=True)
        except BridgeError as error:
            with self._news:
                wishes.media_ids |= media_ids
                wishes.ahead |= wants_ahead
                wishes.sync |= wants_sync
                wishes.due = wishes.not_before = self._around.now() + _wait_after(error)
            return self._told(error, asked=asked)
        wishes.not_before = None
        self.trouble = ended.trouble
        return ended if wants_sync or ended.trouble else None

    def _run(self, media_ids: set[str], *, wants_sync: bool) -> ScanProgress:
        if not (media_ids or wants_sync):
            return ScanProgress(library=self._library, finished=True)
        service = self._around.service(self._account)
        run = ShelterRun(
            service,
            self._account,
            self._stores,
            cancelled=self._is_cancelled,
            now=self._around.now,
            memory=self._memory,
        )
        ended = run.refresh(sorted(media_ids))
        if wants_sync:
            ended = run.sync(sweep=self._is_sweep_due(service))
            self._recheck(run, service)
        return ended

    def _is_sweep_due(self, service: ShelterListing) -> bool:
        swept = self._stores.mirror.state(self._account).swept_at
        if swept is None:
            return False
        rest = SWEEP if service.capabilities().listing_includes else SWEEP_WITHOUT_FACTS
        return self._around.now() - datetime.fromisoformat(swept) >= rest

    def _recheck(self, run: ShelterRun, service: ShelterListing) -> None:
        before, now = self._wishes.rechecked_at, self._around.now()
        self._wishes.rechecked_at = before or now
        if before is None or now - before < RECHECK or service.capabilities().listing_includes:
            return
        self._wishes.rechecked_at = now
        run.recheck(MOST_RECHECKED)

    def _told(self, error: BridgeError, *, asked: bool) -> ScanProgress:
        """Being offline is no news unless somebody asked."""
        told = trouble_of(error)
        is_news = asked or not isinstance(error, OfflineError)
        self.trouble = told if is_news else self.trouble
        self._stores.emit(ChangeSet(libraries=True))
        return ScanProgress(library=self._library, finished=True, trouble=told if is_news else None)

    def _is_cancelled(self) -> bool:
        return (
            self._cancelled.is_set()
            or self._closing.is_set()
            or not self._around.is_known(self._account)
        )


class ShelterThreads:
    """The threads of all accounts; they begin with the first wish."""

    def __init__(self, make: Callable[[str], ShelterThread]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._threads: dict[str, ShelterThread] = {}

    def of(self, account: str) -> ShelterThread:
        """The thread of an account."""
        with self._lock:
            if account not in self._threads:
                self._threads[account] = self._make(account)
            return self._threads[account]

    def cancel(self, account: str) -> None:
        """End what is under way for an account, if there is such a one."""
        with self._lock:
            thread = self._threads.get(account)
        if thread is not None:
            thread.cancel()

    def hear(self, event: Event) -> None:
        """Take note: the network may be back."""
        if isinstance(event, Connectivity):
            with self._lock:
                threads = list(self._threads.values())
            for thread in threads:
                thread.wake()

    def is_idle(self) -> bool:
        """Is nothing being fetched for anybody?"""
        with self._lock:
            threads = list(self._threads.values())
        return all(thread.is_idle() for thread in threads)

    def end(self, account: str, timeout_s: float) -> None:
        """End an account's thread."""
        with self._lock:
            thread = self._threads.pop(account, None)
        if thread is not None:
            thread.close(timeout_s)

    def stop(self) -> None:
        """Tell all of them to end."""
        with self._lock:
            threads = list(self._threads.values())
        for thread in threads:
            thread.stop()

    def close(self, timeout_s: float) -> None:
        """End all of them."""
        with self._lock:
            threads = list(self._threads.values())
            self._threads.clear()
        for thread in threads:
            thread.close(timeout_s)


def _wait_after(error: BridgeError) -> timedelta:
    """How long to leave the service alone after trouble."""
    if isinstance(error, CredentialsError):
        return LONGEST_WAIT
    if isinstance(error, OfflineError):
        return AGAIN
    if isinstance(error, RateLimitedError) and error.retry_after_s is not None:
        return min(timedelta(seconds=error.retry_after_s + 1), LONGEST_WAIT)
    return POLL
