"""The demo library's recipe, read into values: what to draw, what to write into it, what was said.

Dates in the recipe are days from the day the library is made, so that it never grows old.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from bridge_app.sandbox.drawing import Palette


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """Whose campaign it is; goes into the metadata of every piece."""

    name: str
    campaign: str
    creator: str
    credit: str
    rights: str
    usage: str
    camera: tuple[str, str]  # maker and model, for Exif
    fonts: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file of the library."""

    brand: str  # whose name stands on what is drawn
    path: PurePosixPath  # below the library's folder
    scene: str
    palette: Palette
    seed: int
    size: tuple[int, int]  # pixels as seen, before `orientation` turns them for storage
    orientation: int  # Exif: 1, 3, 6 or 8
    words: tuple[str, ...]
    seconds: float  # of films; 0 otherwise
    colours: str  # "srgb" or "p3"
    quality: int  # 1..100
    title: str
    caption: str
    keywords: tuple[str, ...]
    rating: int  # 0: none, 1..5
    taken: datetime
    licence_from: datetime | None
    licence_until: datetime | None
    decision: str
    comment: str

    @property
    def suffix(self) -> str:
        """The kind of file, such as `.jpg`."""
        return self.path.suffix.lower()

    @property
    def effort(self) -> float:
        """Roughly how long it takes to make, against the others."""
        width, height = self.size
        return width * height * (1 + self.seconds * 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The whole library."""

    brand: Brand
    pieces: tuple[Piece, ...]


def read_recipe(path: Path, *, now: datetime) -> Recipe:
    """Read the TOML page at `path`; `now` (aware) is the day its dates count from."""
    page = tomllib.loads(path.read_text("utf-8"))
    palettes = {name: _palette(row) for name, row in page["palettes"].items()}
    brand = _brand(page["brand"], path.parent)
    pieces = tuple(_piece(row, palettes, brand.name, now) for row in page["piece"])
    return Recipe(brand=brand, pieces=pieces)


def _brand(row: dict[str, Any], folder: Path) -> Brand:
    maker, model = row["camera"]
    return Brand(
        name=row["name"],
        campaign=row["campaign"],
        creator=row["creator"],
        credit=row["credit"],
        rights=row["rights"],
        usage=row["usage"],
        camera=(maker, model),
        fonts=(folder / row["fonts"]).resolve(),
    )


def _palette(row: dict[str, Any]) -> Palette:
    top, middle, low = row["sky"]
    return Palette(**{**row, "sky": (top, middle, low)})


def _piece(row: dict[str, Any], palettes: dict[str, Palette], brand: str, now: datetime) -> Piece:
    width, height = row["size"]
    rights = row.get("rights", {})
    return Piece(
        brand=brand,
        path=PurePosixPath(row["path"]),
        scene=row["scene"],
        palette=palettes[row["palette"]],
        seed=row["seed"],
        size=(width, height),
        orientation=row.get("orientation", 1),
        words=tuple(row.get("words", ())),
        seconds=row.get("seconds", 0),
        colours=row.get("colours", "srgb"),
        quality=row.get("quality", 84),
        title=row.get("title", ""),
        caption=row.get("caption", ""),
        keywords=tuple(row.get("keywords", ())),
        rating=row.get("rating", 0),
        taken=_taken(row, now),
        licence_from=_day(rights.get("from"), now),
        licence_until=_day(rights.get("until"), now),
        decision=row.get("decision", "draft"),
        comment=row.get("comment", ""),
    )


def _day(offset: int | None, now: datetime) -> datetime | None:
    if offset is None:
        return None
    return (now + timedelta(days=offset)).replace(hour=0, minute=0, second=0, microsecond=0)


def _taken(row: dict[str, Any], now: datetime) -> datetime:
    """That many days ago, at an hour of the day that differs from piece to piece."""
    day = now - timedelta(days=row["days_ago"])
    minutes = 330 + row["seed"] * 97 % 840
    return day.replace(hour=0, minute=0, second=17, microsecond=0) + timedelta(minutes=minutes)
