"""The page that describes the demo's PhotoShelter library, read into values.

Its pieces are those of a campaign (sandbox/campaign_recipe.py), with what such a service says of
them besides; its days count from the day the library is made.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bridge_app.sandbox.campaign_recipe import Brand, Piece, read_recipe

APPROVED = "Approved"
RELEASES: Mapping[str, bool | None] = MappingProxyType({"yes": True, "no": False, "unknown": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A collection or a gallery; `parents` are names of collections that stand before it."""

    name: str
    parents: tuple[str, ...]
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """One master: what is drawn, and what the service says of it.

    `state` is an option of the approval field or "", `block` the words of its rights block or "",
    `license_days` the days until the service's own licence date.
    """

    piece: Piece
    state: str
    block: str
    license_days: int | None
    model_released: bool | None
    property_released: bool | None

    @property
    def gallery(self) -> str:
        """The name of the gallery it lies in."""
        return self.piece.path.parts[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Showcase:
    """The whole library; what stands first is made first."""

    brand: Brand
    collections: tuple[Place, ...]
    galleries: tuple[Place, ...]
    masters: tuple[Master, ...]


def read_showcase(path: Path, *, now: datetime) -> Showcase:
    """Read the TOML page at `path`; `now` (aware) is the day its days count from."""
    page = tomllib.loads(path.read_text("utf-8"))
    drawn = read_recipe(path, now=now)
    return Showcase(
        brand=drawn.brand,
        collections=tuple(_place(row) for row in page["collection"]),
        galleries=tuple(_place(row) for row in page["gallery"]),
        masters=tuple(
            _master(row, piece) for row, piece in zip(page["piece"], drawn.pieces, strict=True)
        ),
    )


def _place(row: dict[str, Any]) -> Place:
    parents = row.get("parents", [row["parent"]] if "parent" in row else [])
    return Place(name=row["name"], parents=tuple(parents), mode=row.get("mode", "private"))


def _master(row: dict[str, Any], piece: Piece) -> Master:
    return Master(
        piece=piece,
        state=row.get("state", APPROVED),
        block=row.get("block", ""),
        license_days=row.get("license"),
        model_released=RELEASES[row.get("model", "yes")],
        property_released=RELEASES[row.get("property", "yes")],
    )
