"""Dropped files and folders are copied into a library: whole or not at all, over nothing."""

import errno
import itertools
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import FileIO
from pathlib import Path

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.libraries.drafts import Drafts
from bridge_app.libraries.errors import (
    FileChangedWhileReadingError,
    LibraryUnavailableError,
    NotTakenInError,
    disk_trouble,
    shown,
)
from bridge_app.libraries.left_out import is_left_out
from bridge_app.libraries.library import SENTENCES, Cancelled, Found, Skipped, SkipReason
from bridge_app.libraries.local import LocalLibrary
from bridge_app.libraries.reading import opened, pieces, pieces_of_one_version

LONGEST_NAME = 255
"""Bytes; what ext4, XFS, Btrfs, APFS and NTFS allow at least for one name."""

NO_HARD_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""How FAT, exFAT and some network disks answer."""


class Intake(StrEnum):
    """How a dropped file ended."""

    COPIED = "copied"
    ALREADY_THERE = "already_there"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What became of one dropped file.

    `place` is where its content lies in the library now; if it was not taken, `place` is None
    and `trouble` says why.
    """

    source: Path
    place: Path | None
    outcome: Intake
    trouble: BridgeError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copying:
    """Where drafts are noted, who may stop it, and who hears of each piece."""

    drafts: Drafts
    cancelled: Cancelled
    report: Callable[[int], None]


def take_in(
    sources: Sequence[Path],
    folder: Path,
    *,
    drafts: Drafts,
    cancelled: Cancelled,
    report: Callable[[int], None],
) -> list[TakenIn]:
    """Copy files and whole folders into `folder`, which lies in a library.

    Nothing is overwritten: a file whose content is there already is recognised, one whose name
    is taken gets a number. Folders of one name are joined. What a library leaves out is left
    out. A file appears under its name only when all of it is on the disk, with its old time.

    `report` gets the bytes of each piece copied. After `cancelled` the files copied so far
    stay, and are returned. Raises LibraryUnavailableError if `folder` is not there,
    DiskFullError, and what `report` raises; other trouble is told of the one file.
    """
    if not folder.is_dir():
        raise LibraryUnavailableError(path=shown(folder), detail=SENTENCES[SkipReason.VANISHED])
    taken: list[TakenIn] = []
    copying = _Copying(drafts=drafts, cancelled=cancelled, report=report)
    for source in sources:
        try:
            with disk_trouble(source, kind=NotTakenInError):
                files = _planned(source, folder, taken, cancelled)
            for file, target in files:
                taken.extend(_attempted(file, target, copying))
        except (NotTakenInError, LibraryUnavailableError) as trouble:
            taken.append(_refused(source, trouble))
    return taken


def numbered(name: str, number: int) -> str:
    """`name` with " (number)" before its suffix, cut to what a disk allows; 1 is `name`."""
    if number == 1:
        return name
    suffix = Path(name).suffix
    if len(os.fsencode(suffix)) > LONGEST_NAME // 2:
        suffix = ""
    stem, tail = name.removesuffix(suffix), f" ({number}){suffix}"
    while len(os.fsencode(stem + tail)) > LONGEST_NAME:
        stem = stem[:-1]
    return stem + tail


def _planned(
    source: Path, folder: Path, taken: list[TakenIn], cancelled: Cancelled
) -> list[tuple[Path, Path]]:
    """Each file of a dropped thing, and where it would lie. A folder is read before any copy."""
    if is_left_out(source.name):
        raise NotTakenInError(
            path=shown(source),
            detail=QT_TRANSLATE_NOOP("facts", "hidden and system files are left out"),
        )
    if not source.is_dir():
        return [(source, folder / source.name)]
    if folder.resolve().is_relative_to(source.resolve()):
        raise NotTakenInError(
            path=shown(source),
            detail=QT_TRANSLATE_NOOP("facts", "a folder cannot be copied into itself"),
        )
    target = next(place for place in _candidates(folder / source.name) if _may_join(place))
    files: list[tuple[Path, Path]] = []
    for seen in LocalLibrary(source).walk(cancelled):
        if isinstance(seen, Found):
            files.append((source / seen.path, target / seen.path))
        elif isinstance(seen, Skipped):
            trouble = NotTakenInError(path=shown(seen.path), detail=SENTENCES[seen.reason])
            taken.append(_refused(source / seen.path, trouble))
    return files


def _attempted(source: Path, target: Path, copying: _Copying) -> Iterator[TakenIn]:
    """What became of one file; nothing if it was cancelled."""
    try:
        if not copying.cancelled():
            with disk_trouble(source, kind=NotTakenInError, onto=target):
                yield from _taken(source, target, copying)
    except (NotTakenInError, FileChangedWhileReadingError) as trouble:
        yield _refused(source, trouble)


def _taken(source: Path, target: Path, copying: _Copying) -> Iterator[TakenIn]:
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened(source) as file:
        status = os.fstat(file.fileno())
        if (place := _held(file, status, target)) is not None:
            yield TakenIn(source=source, place=place, outcome=Intake.ALREADY_THERE)
            return
        file.seek(0)
        with copying.drafts.beside(target) as (draft, copy):
            for piece in pieces_of_one_version(file, source, source.name):
                if copying.cancelled():
                    return
                _write(copy, piece)
                copying.report(len(piece))
            os.utime(copy.fileno(), ns=(status.st_atime_ns, status.st_mtime_ns))
            os.fsync(copy.fileno())
            place = _published(draft, target)
        _sync_folder(target.parent)
    yield TakenIn(source=source, place=place, outcome=Intake.COPIED)


def _refused(source: Path, trouble: BridgeError) -> TakenIn:
    return TakenIn(source=source, place=None, outcome=Intake.NOT_TAKEN, trouble=trouble)


def _candidates(target: Path) -> Iterator[Path]:
    """The names under which something may lie, in the order they are given."""
    return (target.parent / numbered(target.name, number) for number in itertools.count(1))


def _may_join(place: Path) -> bool:
    return place.is_dir() or not os.path.lexists(place)


def _held(file: FileIO, status: os.stat_result, target: Path) -> Path | None:
    """Where the folder already holds this content, under the file's name or a numbered one."""
    for place in _candidates(target):
        if not os.path.lexists(place):
            return None
        if _holds(place, file, status):
            return place
    return None


def _holds(place: Path, file: FileIO, status: os.stat_result) -> bool:
    """Is the content at `place` that of `file`? Decided by the bytes, all of them.

    What cannot be read counts as different: then both are kept.
    """
    try:
        there = place.stat()
        if not stat.S_ISREG(there.st_mode) or there.st_size != status.st_size:
            return False
        if os.path.samestat(there, status):
            return True
        file.seek(0)
        with opened(place) as other:
            pairs = itertools.zip_longest(pieces(file), pieces(other))
            return all(ours == theirs for ours, theirs in pairs)
    except OSError:
        return False


def _write(copy: FileIO, piece: memoryview) -> None:
    while piece:
        piece = piece[copy.write(piece) :]


def _published(draft: Path, target: Path) -> Path:
    """Give the draft the first free name; one that is taken meanwhile is passed over."""
    return next(place for place in _candidates(target) if _is_given(draft, place))


def _is_given(draft: Path, place: Path) -> bool:
    """Name the draft `place`, unless something has that name."""
    try:
        place.hardlink_to(draft)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise
        return _is_given_by_renaming(draft, place)
    return True


def _is_given_by_renaming(draft: Path, place: Path) -> bool:
    """The same where there are no hard links: an empty file takes the name first."""
    try:
        place.touch(exist_ok=False)
    except FileExistsError:
        return False
    draft.replace(place)
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
