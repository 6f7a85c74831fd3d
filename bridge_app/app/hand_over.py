"""A second start with links or files hands them to the window that is open, and ends.

Through a folder of the profile, which only its owner can write to: a note is one small file that
appears whole, and is gone once the window has taken it. What a window that just crashed did not
take is withdrawn, and the second start says that the profile is in use.
"""

import json
import os
import threading
import time
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from bridge_app.domain.app_links import is_app_link

TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""By which a desktop lets a window that is told of a click come to the front."""
LARGEST_NOTE = 1_000_000
MOST_WORDS = 1000
LONGEST_TOKEN = 1000
WAITS_S, STEP_S = 5.0, 0.05
STALE_S = 60.0
"""Whoever wrote an older note does not wait for it any more."""
SUFFIX = ".note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Links and whole paths to be shown; `token` allows the window to come to the front."""

    words: tuple[str, ...]
    token: str = ""


def note_for(words: Sequence[str]) -> Note:
    """What this start was asked to show."""
    token = next((found for name in TOKENS if (found := os.environ.get(name))), "")
    return Note(words=_possible(map(_whole, words)), token=token)


def hand_over(home: Path, note: Note, *, waits_s: float = WAITS_S) -> bool:
    """Give a note to the window of a profile; did it take it? Blocks for a few seconds at most."""
    place = home / "door" / f"{uuid.uuid4().hex}{SUFFIX}"
    draft = place.with_suffix(".part")
    try:
        _folder(home)
        draft.write_text(json.dumps({"words": note.words, "token": note.token}))
        draft.replace(place)
    except OSError:
        # The disk is full, or no longer there: nobody can be told.
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        return False
    pause = threading.Event()
    for _ in range(round(waits_s / STEP_S)):
        if not place.exists():
            return True
        pause.wait(STEP_S)
    try:
        place.unlink()
    except FileNotFoundError:
        return True
    return False


class Door(QObject):
    """Takes notes while the window is open; GUI thread only."""

    called = Signal(object)  # Note

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = _folder(home)
        for unfinished in filter(_is_stale, self._folder.glob("*.part")):
            unfinished.unlink(missing_ok=True)
        self._watcher = QFileSystemWatcher([str(self._folder)], self)
        self._watcher.directoryChanged.connect(self._look)
        # Somebody may have knocked while the window was being made.
        QTimer.singleShot(0, self, self._look)

    def close(self) -> None:
        """Take no more."""
        self._watcher.removePath(str(self._folder))

    def _look(self) -> None:
        for place in sorted(self._folder.glob(f"*{SUFFIX}")):
            note = None if _is_stale(place) else _read(place)
            try:
                place.unlink()
            except OSError:
                continue  # withdrawn meanwhile, or no file at all
            if note is not None:
                self.called.emit(note)


def _whole(word: str) -> str:
    """A path from the root, or a link as it is."""
    if word.lower().startswith("file://"):
        try:
            return os.fsdecode(unquote_to_bytes(urlsplit(word).path))
        except ValueError:
            return word  # no address, and nothing will be found there
    is_link = is_app_link(word) or "://" in word
    return word if is_link else os.path.abspath(word)  # noqa: PTH100 - it may not exist


def _possible(words: Iterable[object]) -> tuple[str, ...]:
    """Those that can be a link, or the name of a file."""
    return tuple(word for word in words if isinstance(word, str) and _is_possible(word))


def _is_possible(word: str) -> bool:
    try:
        return b"\0" not in os.fsencode(word)
    except UnicodeEncodeError:
        return False


def _is_stale(place: Path) -> bool:
    try:
        return time.time() - place.stat().st_mtime > STALE_S
    except OSError:
        return False


def _folder(home: Path) -> Path:
    folder = home / "door"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _read(place: Path) -> Note | None:
    """A note; None for what is none."""
    try:
        if not place.is_file() or place.stat().st_size > LARGEST_NOTE:
            return None
        told = json.loads(place.read_text())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not isinstance(told.get("words"), list):
        return None
    token = told.get("token")
    allows = isinstance(token, str) and token.isascii() and token.isprintable()
    return Note(
        words=_possible(told["words"][:MOST_WORDS]),
        token=str(token) if allows and len(str(token)) <= LONGEST_TOKEN else "",
    )
