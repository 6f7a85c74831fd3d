"""The renditions of a kit that are made already, kept until the kit is handed out as a whole."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bridge_app.libraries.errors import disk_trouble
from bridge_app.work.rendition_files import NotWrittenError, write_whole

FACTS = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A made file: its pixels, extension, weight and SHA-256, and how true it is."""

    width: int
    height: int
    format: str
    bytes: int
    sha256: str
    fidelity: str = ""


def discard_unwanted(folder: Path, is_wanted: Callable[[str], bool]) -> None:
    """Of all exports in a folder, drop those that nobody goes on with, told by their names."""
    left = [one for one in folder.iterdir() if not is_wanted(one.name)] if folder.is_dir() else []
    for one in left:
        shutil.rmtree(one, ignore_errors=True)


class Pieces:
    """Those of one export, in a folder of their own; a run after a crash finds them again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def made(self, key: str, make: Callable[[], tuple[Piece, bytes]]) -> Piece:
        """The piece of this name; made now unless a run before this one did.

        Raises what `make` raises, NotWrittenError or DiskFullError.
        """
        path = self._folder / key
        known = self._known(path)
        if known is not None:
            return known
        piece, data = make()
        write_whole(path, data, replaces=True)
        facts = path.with_name(path.name + FACTS)
        write_whole(facts, json.dumps(asdict(piece)).encode(), replaces=True)
        return piece

    def data(self, key: str) -> bytes:
        """What is in a piece. Raises NotWrittenError."""
        with disk_trouble(self._folder / key, kind=NotWrittenError):
            return (self._folder / key).read_bytes()

    def discard(self) -> None:
        """None of them is needed any more."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _known(self, path: Path) -> Piece | None:
        """A piece that is whole; whatever is wrong with it, it is made anew."""
        try:
            told: Mapping[str, Any] = json.loads(path.with_name(path.name + FACTS).read_bytes())
            piece = Piece(**told)
            whole = hashlib.sha256(path.read_bytes()).hexdigest() == piece.sha256
        except (OSError, ValueError, TypeError):
            return None
        return piece if whole else None
