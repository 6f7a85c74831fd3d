"""What renditions will cost at Cloudinary, before they are made.

Each new derived asset counts; some are made by add-ons or by models that are billed apart.
Source: reference/cloudinary.md, 9.7 (weights) and 9.4 (what is an add-on).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

FORMATS_OF_AUTO = 3
"""`f_auto` makes up to three files of a picture: AVIF, WebP, and one for everybody else."""


class Billing(StrEnum):
    """How something is billed that is more than an ordinary transformation."""

    ADD_ON = "add_on"
    """By an add-on that has to be subscribed to."""
    WEIGHTED = "weighted"
    """As several transformations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Something in a transformation that is billed apart; `weight` is in transformations."""

    name: str
    billing: Billing
    weight: int = 1


_WEIGHTS = {
    "gen_background_replace": 230,
    "gen_replace": 120,
    "gen_restore": 100,
    "auto_enhance": 100,
    "enhance": 100,
    "background_removal": 75,
    "extract": 75,
    "gen_fill": 50,
    "gen_recolor": 50,
    "gen_remove": 50,
    "upscale": 100,
}
"""The most that is documented for each."""
_ADD_ONS = (
    "adv_redeye",
    "viesus_correct",
    "style_transfer",
    "bgremoval",
    "dropshadow",
    "imagga_scale",
    "imagga_crop",
    "adv_face",
    "adv_faces",
    "adv_eyes",
    "ocr_text",
    "jpegmini",
)
_PARAMETER = re.compile(r"(?:^|[,/])(e|b|c|g|q)_([a-z_]+)")
_AUTO_FORMAT = re.compile(r"(?:^|[,/])f_auto(?=[,:/]|$)")


def charges(transformation: str) -> tuple[Charge, ...]:
    """What of a transformation is billed apart; each thing once for each time it is used."""
    found: list[Charge] = []
    for key, word in _PARAMETER.findall(transformation):
        if word in _WEIGHTS and key in ("e", "b"):
            found.append(Charge(name=word, billing=Billing.WEIGHTED, weight=_WEIGHTS[word]))
        elif word in _ADD_ONS:
            found.append(Charge(name=word, billing=Billing.ADD_ON))
    return tuple(found)


def files_of(transformation: str) -> int:
    """How many derived assets one transformation can become."""
    return FORMATS_OF_AUTO if _AUTO_FORMAT.search(transformation) else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One rendition of one delivered asset. `asset` is what names it there, with its version."""

    asset: str
    transformation: str
    format: str = ""

    @property
    def identity(self) -> str:
        """What Cloudinary tells derived assets apart by: the literal text."""
        return "/".join((self.asset, self.transformation, self.format))


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedCosts:
    """What making renditions adds.

    `new` derived assets for certain, `at_most` when every browser asks for its own format;
    `existing` are there already. `transformations` is what is counted at least; `add_ons` and
    `weighted` name what is billed apart, with how often.
    """

    new: int = 0
    at_most: int = 0
    existing: int = 0
    transformations: int = 0
    add_ons: tuple[tuple[str, int], ...] = ()
    weighted: tuple[tuple[str, int], ...] = ()

    def sentence(self) -> str:
        """In English, for the command line."""
        parts = [f"{self.new} new derived assets"]
        if self.at_most > self.new:
            parts.append(f"up to {self.at_most} with a file for each browser's format")
        if self.existing:
            parts.append(f"{self.existing} there already")
        parts.append(f"{self.transformations} transformations at least")
        parts += [f"{name} × {count} (billed apart)" for name, count in self.weighted]
        parts += [f"{name} × {count} (an add-on)" for name, count in self.add_ons]
        return ", ".join(parts)


def derived_costs(
    wanted: Iterable[Wanted],
    *,
    existing: Collection[str] = frozenset(),
    named: Mapping[str, str] | None = None,
) -> DerivedCosts:
    """What it costs to make these.

    Args:
        wanted: The renditions; the same one twice is made once.
        existing: The identities of those that are known to be there.
        named: What named transformations stand for, by name, without `t_`.
    """
    distinct = {one.identity: one for one in wanted}
    new = [one for identity, one in distinct.items() if identity not in existing]
    texts = [_expanded(one.transformation, named or {}) for one in new]
    counted: Counter[tuple[str, Billing]] = Counter()
    total = 0
    for text in texts:
        found = charges(text)
        total += max(1, sum(one.weight for one in found if one.billing is Billing.WEIGHTED))
        counted.update((one.name, one.billing) for one in found)
    return DerivedCosts(
        new=len(new),
        at_most=sum(map(files_of, texts)),
        existing=len(distinct) - len(new),
        transformations=total,
        add_ons=_of(counted, Billing.ADD_ON),
        weighted=_of(counted, Billing.WEIGHTED),
    )


def _of(counted: Counter[tuple[str, Billing]], kind: Billing) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, n) for (name, billing), n in counted.items() if billing is kind))


def _expanded(text: str, named: Mapping[str, str]) -> str:
    """The text with what its named transformations stand for behind it, one level deep."""
    names = re.findall(r"(?:^|[,/])t_([^,/]+)", text)
    inner = [named.get(name, "") for given in names for name in given.split(".")]
    return "/".join(filter(None, [text, *inner]))
