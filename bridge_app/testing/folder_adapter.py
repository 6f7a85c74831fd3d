"""A folder-like library (`libraries.library.Library`) as contracts ask for it."""

import shutil
from pathlib import Path

from bridge_app.libraries.library import Found, Gone, Library
from bridge_app.testing.demands import demand
from bridge_app.testing.subject import Seen


class FolderAdapter:
    """Identity is the path."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def listed(self) -> list[Seen]:
        """Everything that a walk finds."""
        seen = list(self._library.walk(lambda: False))
        return [self._told(one) for one in seen if isinstance(one, Found)]

    def look(self, key: str) -> Seen | None:
        """What is at a path now; that nothing is there has to be said."""
        seen = list(self._library.look([key], lambda: False))
        found = [one for one in seen if isinstance(one, Found) and one.path == key]
        demand(found or Gone(path=key) in seen, f"nothing is said of {key}")
        return self._told(found[0]) if found else None

    def fetch(self, key: str, into: Path) -> None:
        """The file itself."""
        shutil.copyfile(self._library.place(key), into)

    def _told(self, found: Found) -> Seen:
        *place, name = found.path.split("/")
        digests = self._library.digest(found.path, on_bytes=lambda _: None)
        return Seen(
            key=found.path,
            name=name,
            places=frozenset({tuple(place)}),
            bytes=found.bytes,
            content=digests.sha256,
        )
