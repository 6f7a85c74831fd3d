"""What was dropped on the window: folders, files we know, files we don't. Looked at off the GUI."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit

from PySide6.QtCore import QUrl

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import FileTroubleError

if TYPE_CHECKING:
    from bridge_app.work.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Paths by what will be done with them.

    Folders become libraries, known files are pushed, and where to copy the others is asked.
    """

    folders: tuple[Path, ...] = ()
    known: tuple[AssetId, ...] = ()
    unknown: tuple[Path, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Is there nothing to do?"""
        return not (self.folders or self.known or self.unknown)


def local_paths(urls: Sequence[QUrl]) -> tuple[Path, ...]:
    """The local files among some addresses; their names may be undecodable bytes."""
    return tuple(Path(_decoded(url)) for url in urls if url.isLocalFile())


def file_url(path: Path) -> QUrl:
    """A path as an address, byte by byte, also where its name is not valid UTF-8."""
    return QUrl.fromEncoded(path.as_uri().encode())


def look_at(worker: "Worker", paths: Sequence[Path]) -> Dropped:
    """Sort dropped paths. Blocking: reads the disk and the catalog."""
    folders = tuple(path for path in paths if path.is_dir())
    files = [path for path in paths if path.is_file()]
    located = [(path, worker.locate([path])) for path in files]
    return Dropped(
        folders=folders,
        known=tuple(asset for _, found in located for asset in found),
        unknown=tuple(path for path, found in located if not found),
    )


def contents(paths: Sequence[Path]) -> frozenset[str]:
    """The SHA-256 of each file. Blocking: reads them whole. Raises FileTroubleError."""
    found: set[str] = set()
    for path in paths:
        try:
            with path.open("rb") as file:
                found.add(hashlib.file_digest(file, "sha256").hexdigest())
        except OSError as error:
            raise FileTroubleError(path=path, detail=error.strerror or str(error)) from error
    return frozenset(found)


def _decoded(url: QUrl) -> str:
    """The path of a file address, with undecodable bytes in os.fsdecode's form."""
    return os.fsdecode(unquote_to_bytes(urlsplit(bytes(url.toEncoded().data())).path))
