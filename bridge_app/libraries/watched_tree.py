"""Every folder of a library under watch, and the news of them as paths in the library."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from bridge_app.libraries.errors import WatchLimitedError, shown
from bridge_app.libraries.inotify import Event, Inotify, Mask
from bridge_app.libraries.left_out import is_left_out
from bridge_app.libraries.trail import Trail, below

_ARRIVED = Mask.CREATE | Mask.MOVED_TO
_LEFT = Mask.DELETE | Mask.MOVED_FROM


class WatchedTree:
    """A library's folders, also behind links, watched by the system.

    Folders that cannot be read are left unwatched, and tried again when their permissions
    change. Raises WatchLimitedError when the system has no more watches.
    """

    def __init__(self, root: Path, key: str) -> None:
        self._root = root
        self._top = Trail(path="", key=key)
        self._trails: dict[int, dict[str, Trail]] = {}
        self._watches: dict[str, int] = {}
        try:
            self._inotify = Inotify()
        except OSError as error:
            raise self._limited(error) from error
        try:
            self._follow(self._top)
        except WatchLimitedError:
            self.close()
            raise

    def fileno(self) -> int:
        """Readable when something changed."""
        return self._inotify.fileno()

    def close(self) -> None:
        """Stop watching."""
        self._inotify.close()

    def changed(self) -> set[str]:
        """The paths that changed since the last call; does not wait.

        A folder that arrived stands for all that is in it; "" for everything: then the system
        could not keep up. Watches are placed before a folder is told, so that whatever
        happens in it later is told as well.
        """
        paths: set[str] = set()
        for event in self._inotify.read():
            if event.mask & Mask.OVERFLOW:
                self._follow(self._top)
                paths.add("")
            elif event.mask & Mask.IGNORED:
                for path in self._trails.pop(event.watch, ()):
                    self._watches.pop(path, None)
            else:
                paths |= self._told(event)
        return paths

    def _told(self, event: Event) -> set[str]:
        trails = self._trails.get(event.watch, {})
        if not event.name:
            return {""} if "" in trails else set()
        if is_left_out(event.name):
            return set()
        for trail in tuple(trails.values()):
            self._keep_up(trail, event)
        return {below(path, event.name) for path in trails}

    def _keep_up(self, trail: Trail, event: Event) -> None:
        """Place and take back watches as folders, and links to folders, come and go."""
        path = below(trail.path, event.name)
        if event.mask & _LEFT and path in self._watches:
            deleted = event.mask & Mask.DELETE and event.mask & Mask.IS_FOLDER
            self._forget([path] if deleted else self._at_and_below(path))
        elif event.mask & _ARRIVED or (event.mask & Mask.ATTRIB and path not in self._watches):
            folder = _folder(trail, self._root / path)
            if folder is not None:
                self._follow(folder)

    def _follow(self, top: Trail) -> None:
        """Watch a folder and all below it. What cannot be read, a walk will say."""
        waiting = [top]
        while waiting:
            trail = waiting.pop()
            place = self._root / trail.path
            try:
                watch = self._inotify.add(place)
                self._trails.setdefault(watch, {})[trail.path] = trail
                self._watches[trail.path] = watch
                with os.scandir(place) as entries:
                    folders = (_folder(trail, entry) for entry in entries)
                    waiting.extend(folder for folder in folders if folder is not None)
            except OSError as error:
                if error.errno in {errno.ENOSPC, errno.ENOMEM}:
                    raise self._limited(error) from error

    def _at_and_below(self, path: str) -> list[str]:
        return [known for known in self._watches if f"{known}/".startswith(f"{path}/")]

    def _forget(self, paths: list[str]) -> None:
        for path in paths:
            watch = self._watches.pop(path)
            trails = self._trails.get(watch, {})
            trails.pop(path, None)
            if not trails:
                self._trails.pop(watch, None)
                with suppress(OSError):  # the system may have dropped it with the folder
                    self._inotify.remove(watch)

    def _limited(self, error: OSError) -> WatchLimitedError:
        return WatchLimitedError(path=shown(self._root), detail=error.strerror)


def _folder(trail: Trail, entry: "os.DirEntry[str] | Path") -> Trail | None:
    """The folder that an entry is or leads to, unless it is left out or cannot be reached."""
    try:
        if is_left_out(entry.name) or not entry.is_dir():
            return None
        further = trail.into(entry.name, entry.stat(), by_link=entry.is_symlink())
    except OSError:
        return None
    return further if isinstance(further, Trail) else None
