"""Presets beside Cloudinary's named transformations: which are the same, and which are not."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bridge_app.domain.presets import RenditionPreset


class Match(StrEnum):
    """How a preset and the named transformation of its name stand to each other."""

    SAME = "same"
    DIFFERENT = "different"
    ONLY_HERE = "only_here"
    ONLY_THERE = "only_there"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTransformation:
    """One of a product environment, without `t_`. `used`: something was derived with it."""

    name: str
    definition: str
    used: bool = False
    allowed_for_strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedMatch:
    """One name, with what it stands for on either side; None where there is none."""

    name: str
    match: Match
    here: str | None = None
    there: str | None = None
    used: bool = False


def match_named(
    presets: Iterable[RenditionPreset], named: Iterable[NamedTransformation]
) -> tuple[NamedMatch, ...]:
    """Every name of either side once: the presets in their order, then what is only there."""
    there = {one.name: one for one in named}
    found = []
    for preset in presets:
        other = there.pop(preset.name, None)
        found.append(
            NamedMatch(
                name=preset.name,
                match=_match(preset.transformation, other),
                here=preset.transformation,
                there=other.definition if other else None,
                used=bool(other and other.used),
            )
        )
    rest = (
        NamedMatch(name=one.name, match=Match.ONLY_THERE, there=one.definition, used=one.used)
        for one in there.values()
    )
    return (*found, *rest)


def _match(here: str, other: NamedTransformation | None) -> Match:
    if other is None:
        return Match.ONLY_HERE
    return Match.SAME if canonical(here) == canonical(other.definition) else Match.DIFFERENT


def canonical(transformation: str) -> str:
    """One spelling of all that mean the same: the parameters of each component in order.

    Variables and conditions stay in front, where they are read first; components that say nothing
    are left out. Source: reference/cloudinary.md, 4.8 and 9.1.
    """
    components = (_sorted(part) for part in transformation.split("/"))
    return "/".join(filter(None, components))


def _sorted(component: str) -> str:
    params = [one for one in component.split(",") if one]
    first = [one for one in params if one.startswith(("$", "if_"))]
    return ",".join([*first, *sorted(one for one in params if one not in first)])
