"""The folder for files that other programs take: made for a drag or a copy, kept a while.

Mail programs and page layouts read what was dropped on them much later, so nothing goes when a
drag ends; what is old, or too much, goes at the next one.
"""

import shutil
import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from bridge_app.libraries.errors import disk_trouble

MOST_BYTES = 5_000_000_000
KEPT_FOR = timedelta(days=2)


class OutTray:
    """Each drag has a folder of its own in it. Methods block and raise FileTroubleError."""

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    def new(self) -> Path:
        """An empty folder."""
        place = self._folder / uuid.uuid4().hex
        with disk_trouble(place):
            place.mkdir(parents=True, mode=0o700)
        return place

    def discard(self, place: Path) -> None:
        """Nobody took what lies there."""
        shutil.rmtree(place, ignore_errors=True)

    def tidy(self, at: datetime, *, needed: Collection[Path] = ()) -> None:
        """Delete what is old, and the oldest while there is too much; never the newest.

        What is `needed` still stays: a transfer that waits for long has yet to read it.
        """
        kept = {one.parent for one in needed}
        with disk_trouble(self._folder):
            if not self._folder.is_dir():
                return
            found = sorted(self._folder.iterdir(), key=_age, reverse=True)
            oldest, room = (at - KEPT_FOR).timestamp(), self._most_bytes
            for number, place in enumerate(found):
                room -= _bytes(place)
                if place in kept:
                    continue
                if _age(place) < oldest or (room < 0 and number > 0):
                    self.discard(place)


def _age(place: Path) -> float:
    try:
        return place.lstat().st_mtime
    except FileNotFoundError:
        return 0.0  # another drag has put its folder away meanwhile


def _bytes(place: Path) -> int:
    try:
        return sum(one.lstat().st_size for one in place.rglob("*") if one.is_file())
    except FileNotFoundError:
        return 0
