"""The port to a place where masters live, its words, and the two rules that need no disk.

The rules decide when a file is whole and when it is gone; both err on the side of waiting.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from bridge_app.domain.errors import QT_TRANSLATE_NOOP

QUIET_NS = 600_000_000
"""How long nobody may have written to a file before it counts as whole."""

UNSEEN_QUIET_NS = QUIET_NS + 2_000_000_000
"""The same for a file seen once only: FAT keeps times in steps of two seconds."""

HELD_NS = 30_000_000_000
"""How long a file that rests is waited for because a program has it open for writing: some keep
what they show open for hours."""


class SkipReason(StrEnum):
    """Why something that was found is not taken in."""

    NO_PERMISSION = "no_permission"
    BROKEN_LINK = "broken_link"
    LINK_LOOP = "link_loop"
    LINKS_TOO_DEEP = "links_too_deep"
    SPECIAL_FILE = "special_file"
    PATH_TOO_LONG = "path_too_long"
    VANISHED = "vanished"
    DISK_ERROR = "disk_error"


SENTENCES = {
    SkipReason.NO_PERMISSION: QT_TRANSLATE_NOOP("libraries", "you have no permission to read it"),
    SkipReason.BROKEN_LINK: QT_TRANSLATE_NOOP("libraries", "it is a link to nothing"),
    SkipReason.LINK_LOOP: QT_TRANSLATE_NOOP(
        "libraries", "it is a link back to a folder that it lies in"
    ),
    SkipReason.LINKS_TOO_DEEP: QT_TRANSLATE_NOOP(
        "libraries", "it lies behind too many links inside one another"
    ),
    SkipReason.SPECIAL_FILE: QT_TRANSLATE_NOOP("libraries", "it is not an ordinary file"),
    SkipReason.PATH_TOO_LONG: QT_TRANSLATE_NOOP("libraries", "its path is too long"),
    SkipReason.VANISHED: QT_TRANSLATE_NOOP("libraries", "it is not there any more"),
    SkipReason.DISK_ERROR: QT_TRANSLATE_NOOP("libraries", "the disk reports an error"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file of any type, as it is at this moment.

    `path` is relative to the library, POSIX, in `os.fsdecode`'s form: any bytes may be in it.
    `file_key` is `device:inode`; it stays the same when the file is renamed or moved within
    its disk. `sidecars` are the paths of the XMP files that belong to it, the leading one last,
    and `sidecars_state` is what changes with them.
    """

    path: str
    bytes: int
    modified_ns: int
    file_key: str
    sidecars: tuple[str, ...] = ()
    sidecars_state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Something that is there and is left alone. It is never read as absent."""

    path: str
    reason: SkipReason


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSeen:
    """A folder, told after what lies directly in it; "" is the library itself.

    `complete` says that the listing came to its end. What an incomplete one does not show may
    well be there.
    """

    path: str
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """There is certainly nothing at this path: the folder it lay in was looked at."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """What is in a file: both hashes in hex, made in one read of `bytes` bytes."""

    sha256: str
    md5: str
    bytes: int


Cancelled = Callable[[], bool]
"""Asked often; True ends the work early."""


class Library(Protocol):
    """Where masters live. Methods block, run on any worker thread, raise BridgeError only.

    A method whose library cannot be reached raises LibraryUnavailableError, and what it told
    before that must not be used to conclude that anything is gone.
    """

    def place(self, path: str) -> Path:
        """Where the file at `path` can be opened on this machine.

        Raises InvalidInputError if `path` leaves the library.
        """

    def walk(self, cancelled: Cancelled) -> Iterator[Found | Skipped | FolderSeen]:
        """Everything in the library, folder by folder, as a stream.

        A cancelled walk still tells every folder it knows of, as incomplete.
        """

    def look(
        self, paths: Iterable[str], cancelled: Cancelled
    ) -> Iterator[Found | Skipped | FolderSeen | Gone]:
        """What is at these paths now; a folder is walked. Cost grows with them alone.

        A path of a sidecar, and one of a master that has or had any, tells of all that belong
        together: a sidecar that belongs to a master is gone, as an asset of its own.
        """

    def is_being_written(self, path: str) -> bool:
        """Does a program have it open for writing? False where nobody can tell."""

    def digest(self, path: str, *, on_bytes: Callable[[int], None]) -> Digests:
        """Read the file once and hash it; `on_bytes` gets the bytes of each piece read.

        Raises FileChangedWhileReadingError if it was written to meanwhile, FileTroubleError
        if it cannot be read. What `on_bytes` raises passes through.
        """


def is_settled(before: Found | None, now: Found, now_ns: int) -> bool:
    """Is the file at rest, so that it can be taken whole?

    `before` is the same file at an earlier look, at least `QUIET_NS` ago, or None at the first
    look. A time in the future (a camera's or a server's clock) only asks for a second look.
    """
    age_ns = now_ns - now.modified_ns
    if before is None:
        return age_ns >= UNSEEN_QUIET_NS
    return before == now and not 0 <= age_ns < QUIET_NS


def is_gone(path: str, *, complete: Collection[str], uncertain: Collection[str]) -> bool:
    """May a file that a walk read to its end did not find be taken for gone?

    `complete` holds the paths of the folders listed completely, `uncertain` those of the
    incomplete ones and of everything skipped. Only a complete listing that does not show the
    next step of `path` proves anything.
    """
    if path in uncertain:
        return False
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        if folder in uncertain:
            return False
        if folder in complete:
            return True
    return False
