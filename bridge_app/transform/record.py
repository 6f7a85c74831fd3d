"""What the record of a master says of it that the file does not: words, and boxes people drew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from bridge_app.transform.geometry import Box, Size
from bridge_app.transform.model import Component, Parameter, Transformation
from bridge_app.transform.parse import parse
from bridge_app.transform.resolve import Facts

Sides = Sequence[int]
"""Left, top, width and height."""
Point = Sequence[int]
_ANCHOR = parse("g_north_west").components[0].parameters[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Words for conditions, and boxes for gravities, by the gravity's text, in upright pixels.

    Source: reference/cloudinary.md 3.2 (`custom_coordinates`, `face_coordinates`, `regions`).
    """

    tags: tuple[str, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    drawn: Mapping[str, Box] = field(default_factory=dict)
    faces: int | None = None

    def added_to(self, facts: Facts) -> Facts:
        """What is known of the file, with what the record says; drawn faces are counted."""
        count = self.faces
        counted = facts.faces if count is None else lambda: count
        return replace(
            facts, tags=self.tags, context=self.context, metadata=self.metadata, faces=counted
        )

    def plain(self) -> dict[str, Any]:
        """As JSON, for a child that renders."""
        boxes = {
            name: [box.left, box.top, box.width, box.height] for name, box in self.drawn.items()
        }
        return {
            "tags": list(self.tags),
            "context": dict(self.context),
            "metadata": dict(self.metadata),
            "drawn": boxes,
            "faces": self.faces,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """From what `plain` made."""
        return cls(
            tags=tuple(plain["tags"]),
            context=plain["context"],
            metadata=plain["metadata"],
            drawn={name: _box(sides) for name, sides in plain["drawn"].items()},
            faces=plain["faces"],
        )


def drawn_boxes(
    *,
    custom: Sequence[Sides] = (),
    faces: Sequence[Sides] = (),
    regions: Mapping[str, Sequence[Point]],
) -> dict[str, Box]:
    """The boxes of a record by the gravity that asks for each.

    Args:
        custom: Boxes of `custom_coordinates`; several count as the one around them.
        faces: Boxes of `face_coordinates`, which stand in for what a detector would find.
        regions: By name the points of each: two corners, or a polygon's, which its box stands
            for.
    """
    found: dict[str, Box] = {}
    if custom:
        found["custom"] = _around(_corners(custom))
    if faces:
        largest = max(faces, key=lambda sides: sides[2] * sides[3])
        found |= dict.fromkeys(("face", "adv_face", "adv_eyes"), _box(largest))
        found |= dict.fromkeys(("faces", "adv_faces"), _around(_corners(faces)))
    return found | {f"region_!{name}!": _around(points) for name, points in regions.items()}


def without_known(transformation: Transformation, drawn: Mapping[str, Box]) -> Transformation:
    """The same with a plain anchor for each gravity whose box is known: of that there is no doubt.

    For judging alone; what is drawn goes by the boxes.
    """
    if not drawn:
        return transformation
    kept = (
        Component(parameters=tuple(_ANCHOR if _is_drawn(p, drawn) else p for p in c.parameters))
        for c in transformation.components
    )
    return Transformation(components=tuple(kept))


def _is_drawn(parameter: Parameter, drawn: Mapping[str, Box]) -> bool:
    return parameter.key == "g" and parameter.text in drawn


def scaled_box(box: Box, size: Size, to: Size) -> Box:
    """A box of a picture of `size` on a copy of it, at least a pixel large."""
    left, top = box.left * to.width // size.width, box.top * to.height // size.height
    right = -(-(box.left + box.width) * to.width // size.width)
    bottom = -(-(box.top + box.height) * to.height // size.height)
    return Box(left=left, top=top, width=max(1, right - left), height=max(1, bottom - top))


def _corners(boxes: Sequence[Sides]) -> list[Point]:
    return [
        corner
        for left, top, width, height in boxes
        for corner in ((left, top), (left + width, top + height))
    ]


def _around(points: Sequence[Point]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    left, top = min(across), min(down)
    return Box(
        left=left,
        top=top,
        width=max(1, max(across) - left),
        height=max(1, max(down) - top),
    )


def _box(sides: Sides) -> Box:
    left, top, width, height = sides
    return Box(left=left, top=top, width=width, height=height)
