"""Where assets went: every place that shows or holds one, and which of them are out of date."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bridge_app.domain.approvals import subject_text
from bridge_app.domain.assets import AssetId
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.uses import Use


class PlaceKind(StrEnum):
    """What brought an asset to a place."""

    PUSH = "push"
    """A delivered master in a product environment."""
    PUBLICATION = "publication"
    """A rendition's address in a product environment."""
    WRITE_BACK = "write_back"
    """The record of renditions at the master's service."""
    EXPORT = "export"
    """A rendition as a file in a folder."""
    DOWNLOAD = "download"
    """The original as a file in a folder."""
    DRAG_OUT = "drag_out"
    """The original, dropped into another program."""
    COPIED_FILE = "copied_file"
    """The original, copied to be pasted into another program."""
    REVIEW_PACK = "review_pack"
    """A picture in a review pack."""
    KIT = "kit"
    """A rendition as a file of a channel's kit."""
    FEED = "feed"
    """A rendition's address in a list that a channel reads."""
    COPY = "copy"
    """A rendition's address, or code with it, that a person copied to paste it somewhere."""
    ENTRY = "entry"
    """A rendition in an entry of a CMS."""


LISTED = frozenset({PlaceKind.FEED, PlaceKind.COPY})
"""Kinds that are addresses which somebody has; what is delivered there is there."""
STORED = LISTED | {
    PlaceKind.EXPORT,
    PlaceKind.DOWNLOAD,
    PlaceKind.DRAG_OUT,
    PlaceKind.COPIED_FILE,
    PlaceKind.REVIEW_PACK,
    PlaceKind.KIT,
}
"""Kinds that nothing else in the ledger tells of."""
FOLLOWING = LISTED | {PlaceKind.PUSH, PlaceKind.PUBLICATION, PlaceKind.ENTRY}
"""Kinds whose addresses show a new version of their master as soon as it is pushed."""
AGAINST = "against"
"""In `detail`: what the gate had against it when it left as a file, in English."""
IN_FILES = frozenset({PlaceKind.EXPORT, PlaceKind.DOWNLOAD, PlaceKind.REVIEW_PACK, PlaceKind.KIT})
"""Kinds that are files of this computer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place that an asset went to.

    `place` is an address, or the path of a file ("" where another program took it). `content` is
    what is there, as `Asset.content` names it; "" where nobody knows. `transformation` is as
    `subject_text` writes it, "" for the whole. `at` is ISO 8601 in UTC, and so is `gone_at`, which
    is "" while it is there; `detail` holds what only one kind has to tell.
    """

    kind: PlaceKind
    place: str
    asset: AssetId
    name: str
    content: str
    transformation: str = ""
    preset: str = ""
    channel: str = ""
    market: str = ""
    environment: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    who: str = ""
    at: str = ""
    gone_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlace:
    """A place beside how its asset and its preset are now."""

    place: Place
    is_stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementEffect:
    """What new versions of masters do to the places of the earlier ones.

    `changing` show the new version by themselves; `staying` keep what they have, and become out of
    date, if they are not already.
    """

    changing: tuple[Place, ...] = ()
    staying: tuple[Place, ...] = ()

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that change, in alphabetical order, and the stacks whose entries do."""
        told = {name for one in self.changing for name in (one.channel, one.detail.get("stack"))}
        return tuple(sorted(filter(None, told)))

    def count(self, *kinds: PlaceKind, stays: bool = False) -> int:
        """How many places of these kinds change, or stay."""
        return sum(one.kind in kinds for one in (self.staying if stays else self.changing))


def use_of(place: Place) -> Use:
    """What rights are asked about a place; a shop's channel is called otherwise there."""
    return Use(market=place.market, channel=place.detail.get("use", place.channel))


def is_stale(
    place: Place, contents: Collection[str], preset: RenditionPreset | None = None
) -> bool:
    """Does a place hold something else than it would get now?

    Args:
        place: One that is gone is never stale.
        contents: The names of the content that the asset has now: its SHA-256, and its version at
            a service. Nothing is compared where they are not known.
        preset: The preset of the place's name; None where there is none any more, which leaves
            the place as it is.
    """
    if place.gone_at:
        return False
    if place.content and contents and place.content not in contents:
        return True
    return preset is not None and not _is_made_with(place, preset)


def replacement_effect(places: Iterable[Place], environment: str) -> ReplacementEffect:
    """What pushing new versions of all these masters to an environment does."""
    there = [one for one in places if not one.gone_at]
    changing = [one for one in there if one.kind in FOLLOWING and one.environment == environment]
    return ReplacementEffect(
        changing=tuple(changing),
        staying=tuple(
            one
            for one in there
            if one.kind is not PlaceKind.WRITE_BACK
            and not (one.kind in FOLLOWING and one.environment == environment)
        ),
    )


class Replaced(StrEnum):
    """What became of a place when its asset was replaced."""

    CHANGED = "changed"
    STAYS = "stays"
    FAILED = "failed"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedPlace:
    """One place after a replacement; `why` says why it failed, in English."""

    place: Place
    state: Replaced
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementReport:
    """Every place of the assets that were replaced, in the order of the effect."""

    lines: tuple[ReplacedPlace, ...] = ()

    def count(self, state: Replaced) -> int:
        """How many places ended so."""
        return sum(one.state is state for one in self.lines)

    @property
    def is_over(self) -> bool:
        """Is nothing on its way any more?"""
        return not self.count(Replaced.WAITING)


def replacement_report(
    effect: ReplacementEffect,
    delivered: Mapping[tuple[str, str], str],
    pushed: Mapping[AssetId, str],
    failed: Mapping[AssetId, str],
) -> ReplacementReport:
    """What became of each place that a push was to change, or to leave.

    Args:
        effect: As it was told before the push.
        delivered: The content that an environment delivers of an asset by now.
        pushed: The content that each asset was pushed with.
        failed: Why the push of an asset came to nothing.
    """

    def state(place: Place) -> ReplacedPlace:
        wanted = pushed.get(place.asset)
        if wanted is not None and delivered.get((place.environment, place.asset)) == wanted:
            return ReplacedPlace(place=place, state=Replaced.CHANGED)
        if place.asset in failed:
            return ReplacedPlace(place=place, state=Replaced.FAILED, why=failed[place.asset])
        return ReplacedPlace(place=place, state=Replaced.WAITING)

    stays = (ReplacedPlace(place=one, state=Replaced.STAYS) for one in effect.staying)
    return ReplacementReport(lines=(*map(state, effect.changing), *stays))


def _is_made_with(place: Place, preset: RenditionPreset) -> bool:
    """Is it the preset's? Where it was made for a market, its variables have that one's values."""
    wanted = subject_text(preset.transformation, preset.format)
    if place.market or place.detail.get("language"):
        return _without_values(place.transformation) == _without_values(wanted)
    return place.transformation == wanted


def _without_values(transformation: str) -> str:
    """A transformation without the definitions of its variables."""
    components = (
        ",".join(one for one in part.split(",") if not one.startswith("$"))
        for part in transformation.split("/")
    )
    return "/".join(filter(None, components))
