"""A second start with links or files hands them to the window that is open, and ends.

Through a folder of the profile, which only its owner can write to: a note is one small file that
appears whole, and is gone once the window has taken it. What a window that just crashed did not
take is withdrawn, and the second start says that the profile is in use.
"""

import json
import os
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from bridge_app.domain.app_links import is_app_link

TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""By which a desktop lets a window that is told of a click come to the front."""
LARGEST_NOTE = 1_000_000
MOST_WORDS = 1000
WAITS_S, STEP_S = 5.0, 0.05
SUFFIX = ".note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Links and whole paths to be shown; `token` allows the window to come to the front."""

    words: tuple[str, ...]
    token: str = ""


def note_for(words: Sequence[str]) -> Note:
    """What this start was asked to show."""
    token = next((found for name in TOKENS if (found := os.environ.get(name))), "")
    return Note(words=tuple(map(_whole, words)), token=token)


def hand_over(home: Path, note: Note, *, waits_s: float = WAITS_S) -> bool:
    """Give a note to the window of a profile; did it take it? Blocks for a few seconds at most."""
    folder = _folder(home)
    place = folder / f"{uuid.uuid4().hex}{SUFFIX}"
    draft = place.with_suffix(".part")
    draft.write_text(json.dumps({"words": note.words, "token": note.token}))
    draft.replace(place)
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
        for unfinished in self._folder.glob("*.part"):
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
            note = _read(place)
            place.unlink(missing_ok=True)
            if note is not None:
                self.called.emit(note)


def _whole(word: str) -> str:
    """A path from the root, or a link as it is."""
    if word.lower().startswith("file://"):
        return os.fsdecode(unquote_to_bytes(urlsplit(word).path))
    is_link = is_app_link(word) or "://" in word
    return word if is_link else os.path.abspath(word)  # noqa: PTH100 - it may not exist


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
    except (OSError, ValueError):
        return None
    if not isinstance(told, dict) or not isinstance(told.get("words"), list):
        return None
    words = tuple(word for word in told["words"][:MOST_WORDS] if isinstance(word, str))
    return Note(words=words, token=str(told.get("token", "")))
