"""What would make a rendition lighter: changes worth a try, those that show least first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bridge_app.domain.kits import Change
from bridge_app.transform.model import Transformation
from bridge_app.transform.parse import parse

QUALITIES = ("q_auto:eco", "q_auto:low", "q_50")
FORMATS = ("webp", "avif")
SHARES = (0.8, 0.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lighter:
    """A change with the transformation and the extension to try it with."""

    change: Change
    what: str
    transformation: str
    format: str


def lighter(
    transformation: str, form: str, *, formats: Collection[str] = (), may_shrink: bool = False
) -> Iterator[Lighter]:
    """Changes of a rendition of the extension `form`, one after the other.

    Args:
        transformation: The rendition's. Raises TransformationError.
        form: The extension that it really has.
        formats: What the channel shows; none: anything.
        may_shrink: Whether the channel lets it have fewer pixels.
    """
    parsed = parse(transformation)
    for quality in QUALITIES:
        chain = _joined(without(parsed, "q"), quality)
        yield Lighter(change=Change.QUALITY, what=quality, transformation=chain, format=form)
    for other in FORMATS:
        if other != form and (not formats or other in formats):
            chain = without(parsed, "f")
            yield Lighter(change=Change.FORMAT, what=other, transformation=chain, format=other)
    if may_shrink:
        for share in SHARES:
            chain = _joined(str(parsed), f"c_scale,w_{share}")
            yield Lighter(
                change=Change.SIZE,
                what=f"{round(share * 100)} %",
                transformation=chain,
                format=form,
            )


def without(transformation: Transformation, key: str) -> str:
    """The text of a transformation without a parameter, wherever it stands."""
    kept = (
        ",".join(str(one) for one in component.parameters if one.key != key)
        for component in transformation.components
    )
    return "/".join(filter(None, kept))


def _joined(*parts: str) -> str:
    return "/".join(filter(None, parts))
