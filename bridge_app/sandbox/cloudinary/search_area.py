"""Parts of the Earth in search expressions.

Around a point ("59.9,10.7 5km"), a box of two corners ("59,10|60,11"), or a polygon of more.
Source: reference/cloudinary.md 5.4, tier 2. Pure.
"""

import math
import re

EARTH_KM = 6371.0088
NUMBER = r"-?\d{1,3}(?:\.\d+)?"
POINT = re.compile(rf"\s*({NUMBER})\s*,\s*({NUMBER})\s*")
AROUND = re.compile(rf"{POINT.pattern}\s(\d+(?:\.\d+)?)\s*(km|mi|m|yd|ft)?\s*")
IN_KM = {"km": 1.0, "mi": 1.609344, "m": 0.001, "yd": 0.0009144, "ft": 0.0003048}
Point = tuple[float, float]
"""Latitude and longitude, in degrees."""


class Area:
    """A part of the Earth as an expression names it."""

    def __init__(self, corners: tuple[Point, ...], radius_km: float) -> None:
        self._corners = corners
        self._radius_km = radius_km

    @classmethod
    def parse(cls, text: str) -> "Area | None":
        """Read one; None if this is none."""
        around = AROUND.fullmatch(text)
        if around is not None:
            centre = (float(around[1]), float(around[2]))
            return cls((centre,), float(around[3]) * IN_KM[around[4] or "km"])
        found = [POINT.fullmatch(part) for part in text.split("|")]
        corners = tuple((float(one[1]), float(one[2])) for one in found if one is not None)
        whole = len(corners) == len(found) and len(corners) > 1
        return cls(corners, 0.0) if whole else None

    def holds(self, place: Point) -> bool:
        """Does this place lie in it?"""
        match self._corners:
            case (centre,):
                return _distance_km(centre, place) <= self._radius_km
            case (a, b):
                return all(
                    min(one) <= at <= max(one)
                    for one, at in zip(zip(a, b, strict=True), place, strict=True)
                )
            case _:
                return self._surrounds(place)

    def _surrounds(self, place: Point) -> bool:
        """How often a line from here to the edge of the map meets a side."""
        north, east = place
        is_inside = False
        ends = zip(self._corners, (*self._corners[1:], self._corners[0]), strict=True)
        for (y1, x1), (y2, x2) in ends:
            if (y1 > north) != (y2 > north) and east < (x2 - x1) * (north - y1) / (y2 - y1) + x1:
                is_inside = not is_inside
        return is_inside


def _distance_km(a: Point, b: Point) -> float:
    """Along the surface of a ball."""
    (north_a, east_a), (north_b, east_b) = (tuple(map(math.radians, one)) for one in (a, b))
    half = math.sin((north_b - north_a) / 2) ** 2
    half += math.cos(north_a) * math.cos(north_b) * math.sin((east_b - east_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
