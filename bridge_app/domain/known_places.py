"""What place a coordinate is at, as far as others in the libraries have said: no service is asked.

A master that names its city beside its coordinate teaches what lies there; others nearby borrow
it.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

NEAR_KM = 10.0
"""So far a place's name is borrowed."""
EARTH_KM, DEGREE_KM = 6_371.0, 111.0
CELL_DEGREES = 0.5
"""Places are looked up by cells of this size, which are higher than `NEAR_KM`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place with its names; degrees, north and east are positive."""

    NAMES: ClassVar = ("city", "state", "country", "country_iso")

    latitude: float
    longitude: float
    names: Mapping[str, str]

    @classmethod
    def read(cls, coordinate: str, names: Mapping[str, str]) -> "Place | None":
        """The place at a coordinate as the field has it; None without one, or without a city."""
        where = degrees(coordinate)
        if where is None or not names.get("city"):
            return None
        known = {name: text for name, text in names.items() if text}
        return cls(latitude=where[0], longitude=where[1], names=known)


class KnownPlaces:
    """Places that are looked up by coordinate; built once, then only read."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._cells: dict[tuple[int, int], list[Place]] = {}
        for place in places:
            cell = self._cells.setdefault(_cell(place.latitude, place.longitude), [])
            cell.append(place)

    def nearest(self, coordinate: str) -> Place | None:
        """The nearest place within `NEAR_KM`; the first of several that are as near."""
        where = degrees(coordinate)
        if where is None:
            return None
        row, column = _cell(*where)
        cell_km = DEGREE_KM * CELL_DEGREES * math.cos(math.radians(where[0]))
        wide = COLUMNS // 2 if cell_km < NEAR_KM / 10 else math.ceil(2 * NEAR_KM / cell_km)
        columns = {(column + step) % COLUMNS for step in range(-wide, wide + 1)}
        near = [
            place
            for there in (row - 1, row, row + 1)
            for beside in columns
            for place in self._cells.get((there, beside), ())
        ]
        found = min(near, key=lambda place: _kilometres(where, place), default=None)
        return found if found and _kilometres(where, found) <= NEAR_KM else None


def degrees(coordinate: str) -> tuple[float, float] | None:
    """Latitude and longitude of a coordinate as the field has it; None if it is none."""
    parts = coordinate.split(",")
    try:
        latitude, longitude = map(float, parts)
    except ValueError:
        return None
    fits = abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if fits else None


COLUMNS = round(360 / CELL_DEGREES)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / CELL_DEGREES), math.floor(longitude / CELL_DEGREES) % COLUMNS


def _kilometres(where: tuple[float, float], place: Place) -> float:
    """Along a great circle (haversine)."""
    one, other = math.radians(where[0]), math.radians(place.latitude)
    up = math.sin((other - one) / 2) ** 2
    aside = math.sin(math.radians(place.longitude - where[1]) / 2) ** 2
    return (
        2 * EARTH_KM * math.asin(min(1.0, math.sqrt(up + math.cos(one) * math.cos(other) * aside)))
    )
