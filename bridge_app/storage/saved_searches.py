"""Searches that people gave a name: one small file for a profile, by product environment."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.storage.json_file import read_json, write_json

BETWEEN = "\t"
"""What stands between a name and its expression in a file for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """An expression of Cloudinary's search language, and what somebody calls it."""

    name: str
    expression: str


class SavedSearches:
    """Thread-safe. Writes are on disk on return, or raise DiskFullError or StorageTroubleError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def of(self, environment: str) -> tuple[SavedSearch, ...]:
        """The searches of an environment, by name. Raises StorageTroubleError."""
        found = _of(self._read(), environment)
        ordered = sorted(found.items(), key=lambda item: item[0].casefold())
        return tuple(SavedSearch(name=name, expression=text) for name, text in ordered)

    def put(self, environment: str, searches: Sequence[SavedSearch]) -> None:
        """Keep searches; each takes the place of one of the same name."""
        given = {one.name: one.expression for one in searches}
        with self._lock:
            kept = self._read()
            write_json(self._path, {**kept, environment: {**_of(kept, environment), **given}})

    def remove(self, environment: str, name: str) -> None:
        """Forget a search; one that is not there is forgotten already."""
        with self._lock:
            kept = self._read()
            left = {key: text for key, text in _of(kept, environment).items() if key != name}
            write_json(self._path, {**kept, environment: left})

    def _read(self) -> dict[str, object]:
        try:
            return read_json(self._path)
        except ValueError as error:
            raise InvalidInputError(
                what=str(self._path), detail=QT_TRANSLATE_NOOP("facts", "it is damaged")
            ) from error


def _of(kept: Mapping[str, object], environment: str) -> dict[str, str]:
    found = kept.get(environment)
    texts = found.items() if isinstance(found, dict) else ()
    return {name: text for name, text in texts if isinstance(text, str)}


def as_text(searches: Sequence[SavedSearch]) -> str:
    """Searches as a small text to hand on: on each line a name, a tab, an expression."""
    return "".join(f"{one.name}{BETWEEN}{one.expression}\n" for one in searches)


def from_text(text: str) -> tuple[SavedSearch, ...]:
    """Searches from such a text; empty lines mean nothing.

    Raises:
        InvalidInputError: A line is none, with its number.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, _, expression = (part.strip() for part in line.partition(BETWEEN))
        if not (name and expression):
            raise InvalidInputError(
                what=f"Line {number}",
                detail=QT_TRANSLATE_NOOP("facts", "it holds no name and expression"),
            )
        found.append(SavedSearch(name=name, expression=expression))
    return tuple(found)
