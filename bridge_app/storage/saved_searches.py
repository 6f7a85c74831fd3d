"""Searches that people gave a name: one small file for a profile, by product environment."""

import json
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bridge_app.domain.errors import InvalidInputError
from bridge_app.storage.database import storage_errors

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
        found = self._read().get(environment, {})
        ordered = sorted(found.items(), key=lambda item: item[0].casefold())
        return tuple(SavedSearch(name=name, expression=text) for name, text in ordered)

    def put(self, environment: str, searches: Sequence[SavedSearch]) -> None:
        """Keep searches; each takes the place of one of the same name."""
        given = {one.name: one.expression for one in searches}
        with self._lock:
            kept = self._read()
            self._write({**kept, environment: {**kept.get(environment, {}), **given}})

    def remove(self, environment: str, name: str) -> None:
        """Forget a search; one that is not there is forgotten already."""
        with self._lock:
            kept = self._read()
            left = {key: text for key, text in kept.get(environment, {}).items() if key != name}
            self._write({**kept, environment: left})

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            with storage_errors(self._path):
                found = json.loads(self._path.read_bytes()) if self._path.exists() else {}
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise InvalidInputError(what=str(self._path), detail="it is damaged") from error
        return found if isinstance(found, dict) else {}

    def _write(self, searches: Mapping[str, Mapping[str, str]]) -> None:
        with storage_errors(self._path):
            fresh = self._path.with_suffix(".part")
            with fresh.open("w", encoding="utf-8") as file:
                json.dump(searches, file, indent=2, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)


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
            raise InvalidInputError(what=f"Line {number}", detail="it holds no name and expression")
        found.append(SavedSearch(name=name, expression=expression))
    return tuple(found)
