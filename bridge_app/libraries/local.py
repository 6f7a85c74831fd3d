"""A folder on a disk of this machine as a library: walked, looked at again, and hashed."""

import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.sidecars import is_sidecar_name
from bridge_app.libraries.errors import LibraryUnavailableError, detail_of, reason_of, shown
from bridge_app.libraries.left_out import is_left_out, is_left_out_path
from bridge_app.libraries.library import (
    Cancelled,
    Digests,
    FolderSeen,
    Found,
    Gone,
    Skipped,
    SkipReason,
)
from bridge_app.libraries.reading import digest_of, is_open_for_writing
from bridge_app.libraries.sidecars import paired, together
from bridge_app.libraries.trail import Trail, below, file_key


class LocalLibrary:
    """The library in the folder `root`; fits the port `Library`.

    Links are followed, also out of `root`. Files are opened by `digest` and `is_being_written`
    alone, for reading.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._device: int | None = None

    def place(self, path: str) -> Path:
        """Where the file at `path` lies. Raises InvalidInputError if that leaves the library."""
        if path.startswith("/") or "\0" in path or ".." in path.split("/"):
            raise InvalidInputError(
                what=shown(path), detail=QT_TRANSLATE_NOOP("facts", "it leads out of the library")
            )
        return self._root / path

    def walk(self, cancelled: Cancelled) -> Iterator[Found | Skipped | FolderSeen]:
        """Everything in the library, one folder after the other; see the port."""
        with self._reachable() as top:
            yield from self._walk(top, cancelled)

    def look(
        self, paths: Iterable[str], cancelled: Cancelled
    ) -> Iterator[Found | Skipped | FolderSeen | Gone]:
        """What is at these paths now; see the port. A path that is left out tells nothing."""
        with self._reachable() as top:
            walked: list[str] = []
            for path in sorted(set(paths)):
                if cancelled():
                    return
                if any(_is_within(path, folder) for folder in walked):
                    continue
                seen = self._find(top, path)
                if isinstance(seen, Trail):
                    walked.append(seen.path)
                    yield from self._walk(seen, cancelled)
                elif isinstance(seen, Found | Skipped | Gone):
                    yield from together(seen, self._names, lambda other: self._file(top, other))

    def digest(self, path: str, *, on_bytes: Callable[[int], None]) -> Digests:
        """Both hashes in one read; see the port."""
        return digest_of(self.place(path), path, on_bytes=on_bytes)

    def is_being_written(self, path: str) -> bool:
        """Does a program have it open for writing? See the port."""
        return is_open_for_writing(self.place(path))

    @contextmanager
    def _reachable(self) -> Iterator[Trail]:
        """The way to the root, which must be the same folder at the end as at the beginning."""
        top = Trail(path="", key=self.root_key())
        yield top
        self.demand_root(top.key)

    def demand_root(self, key: str) -> None:
        """Raise LibraryUnavailableError unless the root is there and is still the folder `key`."""
        if self.root_key() != key:
            raise LibraryUnavailableError(
                path=shown(self._root),
                detail=QT_TRANSLATE_NOOP("facts", "another folder took its place"),
            )

    def root_key(self) -> str:
        """`device:inode` of the root. Raises LibraryUnavailableError if it cannot be listed."""
        try:
            status = self._root.stat()
            with os.scandir(self._root) as entries:
                is_empty = next(entries, None) is None
        except OSError as error:
            raise LibraryUnavailableError(
                path=shown(self._root), detail=detail_of(error)
            ) from error
        # An empty folder on the disk below is what an unmounted disk leaves behind.
        if is_empty and self._device not in {None, status.st_dev}:
            raise LibraryUnavailableError(
                path=shown(self._root),
                detail=QT_TRANSLATE_NOOP("facts", "its disk seems to be unmounted"),
            )
        self._device = status.st_dev
        return file_key(status)

    def _walk(self, top: Trail, cancelled: Cancelled) -> Iterator[Found | Skipped | FolderSeen]:
        waiting = [top]
        while waiting:
            trail = waiting.pop()
            inner: list[Trail] = []
            complete = yield from self._list(trail, inner, cancelled)
            yield FolderSeen(path=trail.path, complete=complete)
            waiting.extend(sorted(inner, key=lambda folder: folder.path, reverse=True))

    def _list(
        self, trail: Trail, inner: list[Trail], cancelled: Cancelled
    ) -> Generator[Found | Skipped, None, bool]:
        """What lies directly in a folder; its folders go to `inner`. True: to the end."""
        entries: list[os.DirEntry[str]] = []
        complete = yield from self._entries(trail, entries, cancelled)
        with_sidecars = any(is_sidecar_name(entry.name) for entry in entries)
        files: list[Found] = []
        for entry in entries:
            if cancelled():
                complete = False
                break
            seen = _see(trail, entry)
            if isinstance(seen, Trail):
                inner.append(seen)
            elif with_sidecars and isinstance(seen, Found):
                files.append(seen)
            else:
                yield seen
        yield from paired(files)
        return complete

    def _entries(
        self, trail: Trail, entries: "list[os.DirEntry[str]]", cancelled: Cancelled
    ) -> Generator[Skipped, None, bool]:
        try:
            with os.scandir(self._root / trail.path) as listing:
                for entry in listing:
                    if cancelled():
                        return False
                    if not is_left_out(entry.name):
                        entries.append(entry)
        except OSError as error:
            yield Skipped(path=trail.path, reason=reason_of(error))
            return False
        return True

    def _names(self, folder: str) -> list[str]:
        """The names in a folder; none where it cannot be listed."""
        try:
            with os.scandir(self._root / folder) as entries:
                return [entry.name for entry in entries if not is_left_out(entry.name)]
        except OSError:
            return []

    def _file(self, top: Trail, path: str) -> Found | Skipped | Gone | None:
        seen = self._find(top, path)
        return None if isinstance(seen, Trail) else seen

    def _find(self, top: Trail, path: str) -> Trail | Found | Skipped | Gone | None:
        """What is at `path`, step by step, so that a dead link on the way is not an absence."""
        self.place(path)
        if path and is_left_out_path(path):
            return None
        seen: Trail | Found | Skipped = top
        for name in path.split("/") if path else ():
            if not isinstance(seen, Trail):
                break
            entry = self._root / seen.path / name
            if not _is_there(entry):
                self.demand_root(top.key)
                return Gone(path=path)
            seen = _see(seen, entry)
        if isinstance(seen, Found) and seen.path != path:
            return Gone(path=path)
        return seen


def _see(trail: Trail, entry: "os.DirEntry[str] | Path") -> Trail | Found | Skipped:
    """What an entry of the folder at `trail` is. Links are followed."""
    path = below(trail.path, entry.name)
    by_link = False
    try:
        by_link = entry.is_symlink()
        status = entry.stat()
    except OSError as error:
        reason = reason_of(error)
        if by_link and reason is SkipReason.VANISHED:
            reason = SkipReason.BROKEN_LINK
        return Skipped(path=path, reason=reason)
    if stat.S_ISDIR(status.st_mode):
        further = trail.into(entry.name, status, by_link=by_link)
        return Skipped(path=path, reason=further) if isinstance(further, SkipReason) else further
    if not stat.S_ISREG(status.st_mode):
        return Skipped(path=path, reason=SkipReason.SPECIAL_FILE)
    if not os.access(entry, os.R_OK, effective_ids=_EFFECTIVE_IDS):
        return Skipped(path=path, reason=SkipReason.NO_PERMISSION)
    return Found(
        path=path,
        bytes=status.st_size,
        modified_ns=status.st_mtime_ns,
        file_key=file_key(status),
    )


_EFFECTIVE_IDS = os.access in os.supports_effective_ids


def _is_there(place: Path) -> bool:
    """Is anything at `place`, be it a dead link? Trouble other than absence counts as yes."""
    try:
        place.lstat()
    except OSError as error:
        return reason_of(error) is not SkipReason.VANISHED
    return True


def _is_within(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")
