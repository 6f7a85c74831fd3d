"""Boxes that people drew on a stored picture, which its gravities go by.

Source: reference/cloudinary.md 3.3 (`coordinates`) and 4.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import cloudinary.api

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.asset_answers import misunderstood, object_of
from bridge_app.delivery.errors import cloudinary_errors

Sides = tuple[int, int, int, int]
"""Left, top, width and height, in upright pixels."""
Size = tuple[int, int]
ROUNDING_PX = 1
MOST = 1000
"""Boxes of a kind; nobody draws more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCoordinates:
    """`custom` is what `g_custom` shows, `faces` what stands in for faces that are found."""

    custom: tuple[Sides, ...] = ()
    faces: tuple[Sides, ...] = ()

    def parameters(self) -> dict[str, object]:
        """As upload parameters. Source: reference, 3.2."""
        said = {"custom_coordinates": self.custom, "face_coordinates": self.faces}
        return {name: [list(one) for one in boxes] for name, boxes in said.items() if boxes}

    def on(self, before: Size, after: Size) -> "DrawnCoordinates":
        """The same on a picture of another size; nothing on one of another shape.

        What was cut off or added moved everything, and nobody can tell where to.
        """
        if before == after or not self:
            return self
        scale = after[0] / before[0]
        if abs(before[1] * scale - after[1]) > ROUNDING_PX:
            return DrawnCoordinates()
        return DrawnCoordinates(
            custom=tuple(_scaled(one, scale) for one in self.custom),
            faces=tuple(_scaled(one, scale) for one in self.faces),
        )

    def __bool__(self) -> bool:
        """Was anything drawn?"""
        return bool(self.custom or self.faces)


NOTHING_DRAWN = DrawnCoordinates()


def drawn_coordinates(credentials: Credentials, asset_id: str) -> DrawnCoordinates:
    """What is kept with an asset; one call. Blocking; raises BridgeError."""
    with cloudinary_errors():
        reply = object_of(
            lambda: cloudinary.api.resource_by_asset_id(
                asset_id, coordinates=True, max_results=1, **credentials.options()
            )
        )
    told = reply.get("coordinates") or {}
    if not isinstance(told, Mapping):
        raise misunderstood("its coordinates are not an object")
    return DrawnCoordinates(custom=_boxes(told, "custom"), faces=_boxes(told, "faces"))


def _scaled(sides: Sides, scale: float) -> Sides:
    left, top, width, height = (round(one * scale) for one in sides)
    return left, top, width, height


def _boxes(told: Mapping[str, object], name: str) -> tuple[Sides, ...]:
    found = told.get(name) or []
    if not isinstance(found, list) or len(found) > MOST:
        raise misunderstood(f"its coordinates of {name} are not a list")
    return tuple(_sides(one, name) for one in found)


def _sides(one: object, name: str) -> Sides:
    if not isinstance(one, list) or len(one) != 4:
        raise misunderstood(f"coordinates of {name} are not four numbers")
    left, top, width, height = (_whole(number, name) for number in one)
    return left, top, width, height


def _whole(number: object, name: str) -> int:
    """Finite, and no larger than pictures are."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise misunderstood(f"coordinates of {name} are not four numbers")
    if not abs(number) < 1 << 31:
        raise misunderstood(f"coordinates of {name} are out of bounds")
    return int(number)
