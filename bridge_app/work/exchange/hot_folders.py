"""Hot folders: whatever is put into one is copied into a library, whole and once.

A file is taken when it has been at rest for a while. Copying is the job that drops use: it survives
a restart, replaces nothing, and knows content that is there; so a file that is queued a second time
after a crash changes nothing. Files in a hot folder stay where they are.
"""

import errno
import fcntl
import logging
import os
import signal
import stat
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.errors import BridgeError, InvalidInputError
from bridge_app.libraries.left_out import is_left_out
from bridge_app.libraries.watcher import Watcher
from bridge_app.storage.json_file import read_json, write_json

logger = logging.getLogger(__name__)

WATCHING_S = 5.0
REST_S = 3.0
"""How long a file has to be seen as it is before it is taken.

By our clock: other machines' clocks, and copies that keep their time, say nothing of rest.
"""
AGAIN_S = 60.0
"""After which it is looked again where something could not be read or queued."""
KEY = "folders"
Stamp = tuple[int, int]
"""Bytes, and nanoseconds since 1970."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HotFolder:
    """One folder, and where its files go; `into` is a folder of the library, "" its top."""

    folder: str
    library: LibraryId
    into: str = ""
    taken: Mapping[str, Stamp] = field(default_factory=dict)


TakeIn = Callable[[Sequence[Path], LibraryId, str], None]


class HotFolders:
    """Every method may be called from any thread; all but `start` and `close` block for the disk.

    Args:
        profile: Where the list is kept.
        libraries: The local libraries, from memory.
        take_in: Queues copying; on disk when it returns.
        now_s: Seconds since any moment.
    """

    def __init__(
        self,
        profile: Path,
        *,
        libraries: Callable[[], Sequence[LibraryRecord]],
        take_in: TakeIn,
        now_s: Callable[[], float],
    ) -> None:
        self._profile = profile
        self._path = profile / "hot_folders.json"
        self._libraries = libraries
        self._take_in = take_in
        self._now_s = now_s
        self._lock = threading.Lock()
        self._news = threading.Event()
        self._closing = threading.Event()
        self._watchers: dict[str, Watcher] = {}
        self._seen: dict[str, dict[str, tuple[Stamp, float]]] = {}
        self._thread: threading.Thread | None = None

    @property
    def is_empty(self) -> bool:
        """Is there none?"""
        return not self._path.is_file() or not self.all()

    def all(self) -> tuple[HotFolder, ...]:
        """Every hot folder, in the order they were added."""
        try:
            told = read_json(self._path).get(KEY, [])
            return tuple(map(_folder, told)) if isinstance(told, list) else ()
        except (AttributeError, IndexError, TypeError, ValueError):
            return ()  # not what we wrote

    def add(self, folder: Path, library: LibraryId, into: str = "") -> HotFolder:
        """Take in what lies there, and whatever comes. Raises InvalidInputError."""
        place = folder.expanduser().absolute()
        self._check(place)
        new = HotFolder(folder=str(place), library=library, into=into)
        with self._lock:
            others = [one for one in self.all() if one.folder != new.folder]
            self._write([*others, new])
        self.start()
        self._news.set()
        return new

    def remove(self, folder: str) -> None:
        """Take nothing in from there any more; what was taken stays."""
        with self._lock:
            self._write([one for one in self.all() if one.folder != folder])
            watcher = self._watchers.pop(folder, None)
        if watcher is not None:
            watcher.close()

    def start(self) -> None:
        """Look from now on, in a thread."""
        with self._lock:
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._loop, name="hot", daemon=True)
                self._thread.start()

    def close(self, timeout_s: float) -> None:
        """End."""
        self._closing.set()
        self._news.set()
        for watcher in list(self._watchers.values()):
            watcher.close()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def look(self) -> bool:
        """Take in what is at rest; is there anything that is not yet? Raises BridgeError."""
        with self._lock:
            waiting = [self._look_at(one) for one in self.all()]
        return any(waiting)

    def _look_at(self, one: HotFolder) -> bool:
        seen = _files(Path(one.folder))
        new = {name: stamp for name, stamp in seen.items() if one.taken.get(name) != stamp}
        ready = {
            name: stamp
            for name, stamp in self._at_rest(one.folder, new).items()
            if not _is_written(Path(one.folder) / name)
        }
        known = {library.id for library in self._libraries()}
        if ready and one.library in known:
            sources = [Path(one.folder) / name for name in sorted(ready)]
            self._take_in(sources, one.library, one.into)
            # Only now: what is queued twice after a crash is recognised by its content.
            there = {name: stamp for name, stamp in one.taken.items() if name in seen}
            taken = replace(one, taken={**there, **ready})
            self._write([taken if other.folder == one.folder else other for other in self.all()])
        return len(ready) < len(new)

    def _at_rest(self, folder: str, new: Mapping[str, Stamp]) -> Mapping[str, Stamp]:
        """Those that have been as they are for long enough."""
        now, before = self._now_s(), self._seen.get(folder, {})
        since = self._seen[folder] = {
            name: before[name] if name in before and before[name][0] == stamp else (stamp, now)
            for name, stamp in new.items()
        }
        return {name: stamp for name, (stamp, at) in since.items() if now - at >= REST_S}

    def _loop(self) -> None:
        """One error policy: what cannot be done now is tried again, and when something changes."""
        self._news.set()
        wait: float | None = None
        while not self._closing.is_set():
            self._news.wait(wait)
            self._news.clear()
            if self._closing.is_set():
                return
            try:
                self._watch()
                wait = REST_S if self.look() else None
            except BridgeError as error:
                wait = AGAIN_S
                logger.warning("a hot folder could not be looked at: %s", error)

    def _watch(self) -> None:
        with self._lock:
            folders = [one.folder for one in self.all() if one.folder not in self._watchers]
        for folder in folders:
            watcher = Watcher(Path(folder), lambda _: self._news.set(), lambda _: self._news.set())
            self._watchers[folder] = watcher
            watcher.start()
            watcher.wait_until_watching(WATCHING_S)

    def _check(self, place: Path) -> None:
        """It would take in its own copies, or ours."""
        if not os.path.isdir(place):  # noqa: PTH112 - of what may not be read, too
            raise InvalidInputError(what=str(place), detail="it is not a folder")
        kept = [Path(one.location) for one in self._libraries() if one.location]
        real = _real(place)
        for other in map(_real, (*kept, self._profile)):
            if real.is_relative_to(other) or other.is_relative_to(real):
                detail = "a hot folder cannot be in a library, or hold one"
                raise InvalidInputError(what=str(place), detail=detail)

    def _write(self, folders: Sequence[HotFolder]) -> None:
        told = [
            {
                "folder": os.fsencode(one.folder).hex(),
                "library": one.library,
                "into": os.fsencode(one.into).hex(),
                "taken": {os.fsencode(name).hex(): list(at) for name, at in one.taken.items()},
            }
            for one in folders
        ]
        write_json(self._path, {KEY: told})


def _files(folder: Path) -> dict[str, Stamp]:
    """The files that lie directly in a folder; none while it is not there."""
    found: dict[str, Stamp] = {}
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode) and not is_left_out(entry.name):
                    found[entry.name] = (status.st_size, status.st_mtime_ns)
    return found


def _real(place: Path) -> Path:
    """Where it lies, whatever links lead there."""
    return Path(os.path.realpath(place))


def _is_written(path: Path) -> bool:
    """Has any program this file open to write it? False where the system cannot tell."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        # The system would tell of a writer that comes by ending us, if not told otherwise.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(descriptor)
    return False


def _folder(told: Mapping[str, object]) -> HotFolder:
    taken = told.get("taken")
    stamps = taken.items() if isinstance(taken, dict) else ()
    return HotFolder(
        folder=_path(told.get("folder")),
        library=LibraryId(str(told.get("library", ""))),
        into=_path(told.get("into")),
        taken={_path(name): (int(at[0]), int(at[1])) for name, at in stamps},
    )


def _path(told: object) -> str:
    return os.fsdecode(bytes.fromhex(str(told or "")))
