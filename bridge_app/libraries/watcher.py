"""Telling of changes in a library while it is open: by the system, or by looking again."""

import os
import select
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic

from bridge_app.domain.errors import BridgeError
from bridge_app.libraries.errors import LibraryUnavailableError, WatchLimitedError
from bridge_app.libraries.library import FolderSeen, Found, Skipped
from bridge_app.libraries.local import LocalLibrary
from bridge_app.libraries.watched_tree import WatchedTree

QUIET_S = 0.05
LONGEST_S = 0.2
"""Changes are told when none came for QUIET_S, at the latest LONGEST_S after the first."""

PULSE_S = 1.0
"""How often it is checked that the library is there."""

SHARE = 20
"""Where the system does not tell, the library is looked through every PULSE_S, or as rarely as
it takes to spend no more than one part in SHARE of a processor's time on it."""

EVERYTHING = frozenset({""})

Snapshot = dict[str, Found | Skipped | FolderSeen]


class Watcher:
    """Tells which paths of the library in `root` changed, from a thread of its own.

    `on_change` gets relative paths of files and folders that came, changed or went; a folder
    stands for all that is in it, "" for the whole library. They are places to look at
    (`LocalLibrary.look`), not facts: what is there may have changed again.

    `on_trouble` gets LibraryUnavailableError once when the library is no longer there; what
    was not told yet is dropped, and when it is back everything is told as changed. It gets
    WatchLimitedError once when the system cannot watch all folders: the library is then looked
    through at intervals, every second as long as that is cheap.

    Both are called in the watcher's thread and must not call `close`.
    """

    def __init__(
        self,
        root: Path,
        on_change: Callable[[frozenset[str]], None],
        on_trouble: Callable[[BridgeError], None],
    ) -> None:
        self._root = root
        self._library = LocalLibrary(root)
        self._on_change = on_change
        self._on_trouble = on_trouble
        self._bell = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._stopping = threading.Event()
        self._watching = threading.Event()
        self._missed = False
        self._thread = threading.Thread(target=self._run, name=f"watcher {root.name}", daemon=True)

    def start(self) -> None:
        """Begin. What changes before `wait_until_watching` is for a walk to find."""
        self._thread.start()

    def wait_until_watching(self, timeout_s: float) -> bool:
        """Wait until all changes are told; a walk that begins then misses nothing."""
        return self._watching.wait(timeout_s)

    def close(self) -> None:
        """Stop, within 2 s also where a disk does not answer. May be called again."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        os.eventfd_write(self._bell, 1)
        if self._thread.ident is not None:
            self._thread.join(2.0)
        if not self._thread.is_alive():
            os.close(self._bell)

    def _run(self) -> None:
        tell = self._told_by_the_system
        while not self._stopping.is_set():
            try:
                tell()
            except WatchLimitedError as notice:
                self._on_trouble(notice)
                self._missed = self._missed or self._watching.is_set()
                tell = self._told_by_looking
            except LibraryUnavailableError as trouble:
                self._on_trouble(trouble)
                self._missed = True
                self._wait_for_library()

    def _told_by_the_system(self) -> None:
        key = self._library.root_key()
        with closing(WatchedTree(self._root, key)) as tree:
            self._begin()
            while self._pause(PULSE_S, tree.fileno()):
                changed = self._gathered(tree)
                self._library.demand_root(key)
                self._tell(changed)

    def _gathered(self, tree: WatchedTree) -> set[str]:
        """What changed, until it is quiet for a moment."""
        changed = tree.changed()
        latest = monotonic() + LONGEST_S
        while changed and (left := latest - monotonic()) > 0:
            self._pause(min(left, QUIET_S), tree.fileno())
            more = tree.changed()
            if not more:
                break
            changed |= more
        return changed

    def _told_by_looking(self) -> None:
        before, pause_s = self._snapshot()
        self._begin()
        while self._pause(pause_s):
            now, pause_s = self._snapshot()
            self._tell({path for path in before.keys() | now.keys() if _differs(path, before, now)})
            before = now

    def _snapshot(self) -> tuple[Snapshot, float]:
        """All that is in the library, and the seconds to wait before looking again."""
        began = monotonic()
        seen = {item.path: item for item in self._library.walk(self._stopping.is_set)}
        return seen, max(PULSE_S, SHARE * (monotonic() - began))

    def _begin(self) -> None:
        """From here on no change is missed; what was missed before is told first."""
        self._watching.set()
        if self._missed:
            self._missed = False
            self._on_change(EVERYTHING)

    def _tell(self, changed: set[str]) -> None:
        if changed and not self._stopping.is_set():
            self._on_change(frozenset(changed))

    def _wait_for_library(self) -> None:
        while self._pause(PULSE_S):
            try:
                self._library.root_key()
            except LibraryUnavailableError:
                continue
            return

    def _pause(self, timeout_s: float, *descriptors: int) -> bool:
        """Wait for one of the descriptors, at most so long; False when it is time to stop."""
        poll = select.poll()
        for descriptor in (self._bell, *descriptors):
            poll.register(descriptor, select.POLLIN)
        poll.poll(timeout_s * 1000)
        return not self._stopping.is_set()


def _differs(path: str, before: Snapshot, now: Snapshot) -> bool:
    return before.get(path) != now.get(path)
