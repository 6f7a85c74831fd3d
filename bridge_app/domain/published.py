"""Renditions that were made in the cloud, and what a change of their preset does to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bridge_app.domain.assets import AssetId
from bridge_app.domain.presets import RenditionPreset


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRendition:
    """One derived asset that was made for a preset. `made_at` is ISO 8601 in UTC.

    `channel` and `made_by` are "" where they were not noted.
    """

    environment: str
    public_id: str
    version: int
    transformation: str
    format: str
    asset: AssetId
    name: str
    sha256: str
    preset: str
    market: str
    language: str
    url: str
    width: int
    height: int
    bytes: int
    made_at: str
    channel: str = ""
    made_by: str = ""

    @property
    def identity(self) -> str:
        """As `derived_costs.Wanted` names it."""
        asset = f"{self.environment}/{self.public_id}/{self.version}"
        return "/".join((asset, self.transformation, self.format))


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetEffect:
    """What putting a preset in another one's place does to what is published.

    Nothing published changes by itself: an address says its transformation literally. `outdated`
    are those whose address the preset would not give any more; `assets` are theirs.
    """

    outdated: tuple[PublishedRendition, ...] = ()

    @property
    def assets(self) -> tuple[AssetId, ...]:
        """Each asset once, in the order of the renditions."""
        return tuple(dict.fromkeys(one.asset for one in self.outdated))


def preset_effect(
    before: RenditionPreset, after: RenditionPreset | None, published: Iterable[PublishedRendition]
) -> PresetEffect:
    """Which renditions a change of a preset leaves behind; `after` None: it is deleted.

    Changing the title, the markets or what the contract says leaves all of them as they should be,
    but for those made for a market or a language that it does not serve any more.
    """
    own = [one for one in published if one.preset == before.name]
    return PresetEffect(outdated=tuple(one for one in own if _is_outdated(one, before, after)))


def _is_outdated(
    one: PublishedRendition, before: RenditionPreset, after: RenditionPreset | None
) -> bool:
    if after is None or after.name != before.name:
        return True
    looks_other = (before.transformation, before.format) != (after.transformation, after.format)
    return looks_other or not after.serves(one.market, one.language)


def identities(published: Sequence[PublishedRendition]) -> frozenset[str]:
    """What is known to be there, for counting costs."""
    return frozenset(one.identity for one in published)
