"""What a contract works on: a library through its adapter, and hands at the place itself."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Place = tuple[str, ...]
"""The names of the folders (collections, galleries) that a master lies in, outermost first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A master as an adapter tells it.

    `key` is its identity, `places` all that it lies in, and `content` a word that is another one
    when its file is another one.
    """

    key: str
    name: str
    places: frozenset[Place]
    bytes: int
    content: str


class Adapter(Protocol):
    """A library, as every kind of library can be asked. Methods block; BridgeError only."""

    def listed(self) -> list[Seen]:
        """All masters. Raises a transient error where the library cannot be reached."""

    def look(self, key: str) -> Seen | None:
        """One master by its identity; None if there certainly is none."""

    def fetch(self, key: str, into: Path) -> None:
        """Its file, whole."""


class Hands(Protocol):
    """What somebody else does at the place itself, without the adapter."""

    def put(self, place: Place, name: str, data: bytes) -> None:
        """Put a new file there; the place is made if need be."""

    def replace(self, place: Place, name: str, data: bytes) -> None:
        """Give a master another file."""

    def move(self, place: Place, name: str, *, to: Place) -> None:
        """Lay a master somewhere else."""

    def remove(self, place: Place, name: str) -> None:
        """Delete a master for good."""

    def unreachable(self) -> AbstractContextManager[object]:
        """While this lasts, the library cannot be reached: its disk or its network is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An empty library, and hands at it.

    `names` are file names that the place can hold, odd ones among them.
    """

    adapter: Adapter
    hands: Hands
    names: tuple[str, ...] = (
        "plain.jpg",
        "Größe · 100 % <fin&l>.jpg",
        "日本 🌊.jpg",
        "a.b.c.jpg",
        "CASE.jpg",
    )
