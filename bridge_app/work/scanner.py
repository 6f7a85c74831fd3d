"""Keeps the catalog true to the libraries: looks through them, and again where they change."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.errors import BridgeError
from bridge_app.libraries.library import HELD_NS, QUIET_NS, Found, Library, is_settled
from bridge_app.work.events import ScanProgress, trouble_of
from bridge_app.work.scan_run import ScanRun, Stores

AGAIN_NS = QUIET_NS + 50_000_000
WATCHING_S = 5.0
"""How long a look waits for the watcher, so that nothing changes unseen between the two."""
UNAVAILABLE_NS = 5_000_000_000
"""How often a library that is not there is looked for."""


class Watching(Protocol):
    """Tells of changes in a library until it is closed."""

    def start(self) -> None:
        """Begin."""

    def wait_until_watching(self, timeout_s: float) -> bool:
        """Wait until every change from now on is told."""

    def close(self) -> None:
        """End, within 2 s."""


OnChange = Callable[[frozenset[str]], None]
OnTrouble = Callable[[BridgeError], None]
Watch = Callable[[Path, OnChange, OnTrouble], Watching]


@dataclass(slots=True)
class _Shelf:
    """One library being kept."""

    record: LibraryRecord
    library: Library
    watching: Watching
    wanted: set[str] = field(default_factory=set)
    whole: bool = True
    cancelled: threading.Event = field(default_factory=threading.Event)
    unsettled: dict[str, tuple[Found, int]] = field(default_factory=dict)
    postponed: set[str] = field(default_factory=set)
    revisited: set[str] = field(default_factory=set)
    due_ns: int | None = None
    due_whole_ns: int | None = None


class Scanner:
    """One thread that looks, and a few that read; libraries take turns.

    `tidy` is called before each look through a whole library.
    """

    def __init__(
        self,
        stores: Stores,
        *,
        open_library: Callable[[LibraryRecord], Library],
        tidy: Callable[[], None],
        watch: Watch,
        now_ns: Callable[[], int],
    ) -> None:
        self._stores = stores
        self._open_library = open_library
        self._tidy = tidy
        self._watch = watch
        self._emit = stores.emit
        self._now_ns = now_ns
        self._shelves: dict[LibraryId, _Shelf] = {}
        self._news = threading.Condition()
        self._busy: LibraryId | None = None
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="scanner", daemon=True)

    def start(self, records: Iterable[LibraryRecord]) -> None:
        """Watch and look through these libraries."""
        self._thread.start()
        for record in records:
            self.add(record)

    def add(self, record: LibraryRecord) -> None:
        """Watch one more, and look through it."""
        watching = self._watch(
            Path(record.location),
            lambda paths: self.request(record.id, paths),
            lambda error: self._trouble(record.id, error),
        )
        with self._news:
            self._shelves[record.id] = _Shelf(record, self._open_library(record), watching)
            self._news.notify_all()
        watching.start()

    def remove(self, library: LibraryId) -> None:
        """Keep it no longer; returns when nothing of it is being read any more."""
        with self._news:
            shelf = self._shelves.pop(library, None)
            if shelf is not None:
                shelf.cancelled.set()
            self._news.wait_for(lambda: self._busy != library, timeout=10.0)
        if shelf is not None:
            shelf.watching.close()

    def library(self, library: LibraryId) -> Library | None:
        """The library itself, to open a file of it."""
        with self._news:
            shelf = self._shelves.get(library)
        return shelf.library if shelf else None

    def request(self, library: LibraryId, paths: frozenset[str] | None) -> None:
        """Look at these paths soon, or through the whole library (None)."""
        with self._news:
            shelf = self._shelves.get(library)
            if shelf is None:
                return
            if paths is None or "" in paths:
                shelf.whole = True
            else:
                shelf.wanted |= paths
            self._news.notify_all()

    def cancel(self, library: LibraryId) -> None:
        """End the look that is under way; what was read stays."""
        with self._news:
            shelf = self._shelves.get(library)
            if shelf is not None:
                shelf.cancelled.set()
                shelf.whole = False
                shelf.wanted.clear()
                shelf.unsettled.clear()
                shelf.due_ns = None

    def is_idle(self) -> bool:
        """Is nothing being looked at, and nothing waiting to be?"""
        with self._news:
            waiting = any(
                shelf.whole or shelf.wanted or shelf.due_ns is not None
                for shelf in self._shelves.values()
            )
            return self._busy is None and not waiting

    def close(self, timeout_s: float) -> None:
        """Stop looking and watching."""
        self._closing.set()
        with self._news:
            for shelf in self._shelves.values():
                shelf.cancelled.set()
            self._news.notify_all()
        for shelf in list(self._shelves.values()):
            shelf.watching.close()
        self._stores.readers.shutdown(wait=False, cancel_futures=True)
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _loop(self) -> None:
        while not self._closing.is_set():
            with self._news:
                chosen = self._choose()
                if chosen is None:
                    self._news.wait(timeout=self._pause_s())
                    continue
                shelf, paths = chosen
                self._busy = shelf.record.id
                shelf.cancelled.clear()
            self._emit(self._look(shelf, paths))
            with self._news:
                self._busy = None
                self._news.notify_all()

    def _choose(self) -> tuple[_Shelf, frozenset[str] | None] | None:
        """The next look whose time has come; called with the lock held."""
        now = self._now_ns()
        for shelf in self._shelves.values():
            if shelf.due_whole_ns is not None and now >= shelf.due_whole_ns:
                shelf.due_whole_ns, shelf.whole = None, True
            if shelf.due_ns is not None and now >= shelf.due_ns:
                shelf.due_ns = None
                shelf.wanted |= shelf.unsettled.keys() | shelf.revisited
                shelf.revisited.clear()
            if shelf.whole:
                shelf.whole = False
                shelf.wanted.clear()
                return shelf, None
            if shelf.wanted:
                paths, shelf.wanted = frozenset(shelf.wanted), set()
                return shelf, paths
        return None

    def _pause_s(self) -> float | None:
        dues = [
            due
            for shelf in self._shelves.values()
            for due in (shelf.due_ns, shelf.due_whole_ns)
            if due is not None
        ]
        return max(0.0, (min(dues) - self._now_ns()) / 1e9) if dues else None

    def _look(self, shelf: _Shelf, paths: frozenset[str] | None) -> ScanProgress:
        """One error policy: trouble is told, and the library is looked through again later."""
        run = ScanRun(
            shelf.record,
            shelf.library,
            self._stores,
            cancelled=lambda: shelf.cancelled.is_set() or self._closing.is_set(),
            postpone=lambda found: self._postpone(shelf, found),
            revisit=lambda path: self._revisit(shelf, path),
        )
        shelf.postponed.clear()
        if paths is None:
            self._tidy()
        try:
            if paths is None and Path(shelf.record.location).is_dir():
                shelf.watching.wait_until_watching(WATCHING_S)
            ended = run.run(paths)
        except BridgeError as error:
            shelf.due_whole_ns = self._now_ns() + UNAVAILABLE_NS
            return ScanProgress(library=shelf.record.id, finished=True, trouble=trouble_of(error))
        except RuntimeError:
            # The readers are shut down while a look is under way when the program ends.
            if not self._closing.is_set():
                raise
            return ScanProgress(library=shelf.record.id, finished=True, cancelled=True)
        for path in (paths if paths is not None else set(shelf.unsettled)) - shelf.postponed:
            shelf.unsettled.pop(path, None)
        return ended

    def _postpone(self, shelf: _Shelf, found: Found) -> bool:
        """True while somebody may still be writing to the file; it is looked at again."""
        now = self._now_ns()
        before, since = shelf.unsettled.get(found.path, (None, 0))
        rested = before if before == found and now - since >= QUIET_NS else None
        patient = before != found or now - since < HELD_NS
        if is_settled(rested, found, now) and not (
            patient and shelf.library.is_being_written(found.path)
        ):
            shelf.unsettled.pop(found.path, None)
            return False
        if before != found:
            shelf.unsettled[found.path] = (found, now)
        shelf.postponed.add(found.path)
        self._look_again(shelf)
        return True

    def _revisit(self, shelf: _Shelf, path: str) -> None:
        """Look at this path again, together with what is postponed."""
        shelf.revisited.add(path)
        self._look_again(shelf)

    def _look_again(self, shelf: _Shelf) -> None:
        due = self._now_ns() + AGAIN_NS
        shelf.due_ns = due if shelf.due_ns is None else min(shelf.due_ns, due)

    def _trouble(self, library: LibraryId, error: BridgeError) -> None:
        self._emit(ScanProgress(library=library, finished=True, trouble=trouble_of(error)))
        with self._news:
            shelf = self._shelves.get(library)
            if shelf is not None:
                shelf.due_whole_ns = self._now_ns() + UNAVAILABLE_NS
            self._news.notify_all()
