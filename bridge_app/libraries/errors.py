"""Trouble with the places where masters live, and where the system's errors become ours."""

import errno
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    DiskFullError,
    FileTroubleError,
    TransientError,
)
from bridge_app.libraries.library import SENTENCES, SkipReason


class LibraryUnavailableError(TransientError):
    """The library's folder is not there: unmounted, unplugged, renamed or out of reach."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The library {path} cannot be reached: {detail}. Nothing in it is taken for deleted; "
        "it goes on by itself when the folder is back.",
    )


class FileChangedWhileReadingError(TransientError):
    """Somebody is writing to the file: what was read of it is not one version."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{path} is still being written. It is read again when it is at rest."
    )


class NotTakenInError(FileTroubleError):
    """A dropped file could not be copied into the library."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{path} was not copied: {detail}. The original is where it was."
    )


class WatchLimitedError(BridgeError):
    """The system does not tell of changes here, so the library is looked through instead."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The system cannot watch every folder of {path} ({detail}). The library is looked "
        "through at intervals instead: changes may take longer to appear.",
    )


_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_REASONS = {
    errno.EACCES: SkipReason.NO_PERMISSION,
    errno.EPERM: SkipReason.NO_PERMISSION,
    errno.ENOENT: SkipReason.VANISHED,
    errno.ENOTDIR: SkipReason.VANISHED,
    errno.ELOOP: SkipReason.BROKEN_LINK,
    errno.ENAMETOOLONG: SkipReason.PATH_TOO_LONG,
    errno.ENXIO: SkipReason.SPECIAL_FILE,
    errno.ENODEV: SkipReason.SPECIAL_FILE,
}


def reason_of(error: OSError) -> SkipReason:
    """What an error of the system means for the file it came from."""
    return _REASONS.get(error.errno or 0, SkipReason.DISK_ERROR)


def detail_of(error: OSError) -> str:
    """The same as words; what has no words of ours keeps the system's."""
    reason = reason_of(error)
    if reason is SkipReason.DISK_ERROR and error.strerror:
        return f"{SENTENCES[reason]} ({error.strerror})"
    return SENTENCES[reason]


def shown(path: str | os.PathLike[str]) -> str:
    """A path as it can be printed: what is no text, or moves the text around it, becomes a mark."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join("\ufffd" if _misleads(character) else character for character in text)


def _misleads(character: str) -> bool:
    """Controls, line breaks, and marks that reverse the text after them."""
    return unicodedata.category(character) in {"Cc", "Zl", "Zp"} or character in _DIRECTION_MARKS


@contextmanager
def disk_trouble(
    path: str | os.PathLike[str],
    *,
    kind: type[FileTroubleError] = FileTroubleError,
    onto: str | os.PathLike[str] | None = None,
) -> Iterator[None]:
    """The one place where an `OSError` about `path` becomes a `BridgeError` of that `kind`.

    `onto` is what is written to, if that is not `path`: its disk is the one that can be full.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError(path=shown(onto or path)) from error
        raise kind(path=shown(path), detail=detail_of(error)) from error
