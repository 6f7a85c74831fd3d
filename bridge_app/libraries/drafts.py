"""Files on their way into libraries: each is noted before it is there, so that none is left."""

import contextlib
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path


class Drafts:
    """The drafts of one profile; any thread or process may use it.

    A note in the folder `notes` names each draft, and is locked by whoever writes that draft.
    What a note names while nobody holds it is what a killed process left: it is ours for certain,
    wherever a folder was copied or another desk writes into the same one.
    """

    def __init__(self, notes: Path) -> None:
        self._notes = notes

    @contextmanager
    def beside(self, target: Path) -> Iterator[tuple[Path, FileIO]]:
        """A new file in the folder of `target`, under a name that every library leaves out.

        It is removed at the end; what was published stays, having a name of its own.
        """
        self._notes.mkdir(exist_ok=True)
        number = os.urandom(8).hex()
        draft, note = target.with_name(_name(number)).absolute(), self._notes / number
        with FileIO(note, "xb") as noted:
            fcntl.flock(noted, fcntl.LOCK_EX)
            noted.write(os.fsencode(draft))
            try:
                with FileIO(draft, "xb") as copy:
                    yield draft, copy
            finally:
                _remove(draft, note)

    def tidy(self) -> None:
        """Remove the drafts that nobody writes any more. What cannot be reached is kept noted."""
        with contextlib.suppress(FileNotFoundError):
            for note in list(self._notes.iterdir()):
                with contextlib.suppress(OSError):  # another look will do, or another desk did
                    _remove_left(note)


def _name(number: str) -> str:
    return f".asset-bridge-{number}.part"


def _remove_left(note: Path) -> None:
    """Remove what a note names, unless somebody is writing it: then OSError is raised."""
    with FileIO(note, "rb") as noted:
        fcntl.flock(noted, fcntl.LOCK_EX | fcntl.LOCK_NB)
        draft = Path(os.fsdecode(noted.readall()))
        if draft.name == _name(note.name):  # else it is just being noted
            _remove(draft, note)


def _remove(draft: Path, note: Path) -> None:
    """Remove a draft and its note; the note stays where the draft is out of reach."""
    if draft.parent.is_dir() and any(draft.parent.iterdir()):  # an unmounted disk leaves it empty
        with contextlib.suppress(FileNotFoundError):
            if stat.S_ISREG(draft.lstat().st_mode):
                draft.unlink()
        note.unlink()
