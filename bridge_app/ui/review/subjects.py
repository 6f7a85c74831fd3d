"""What is under review: an asset's master or one of its renditions, and where it would go."""

from collections.abc import Sequence
from dataclasses import dataclass

from bridge_app.domain.approvals import subject_text
from bridge_app.domain.assets import Asset, AssetId, Kind
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.storage.search import CatalogReader

RENDERED = frozenset({Kind.IMAGE, Kind.VIDEO})
Key = tuple[str, str, str]
"""Asset, content and transformation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to be reviewed, by what it is called.

    `transformation` is as `subject_text` writes it, "" for the master itself; `preset` the name
    of the preset it came from, "" where none is known; `stage` the step of the review, "" where
    there are none.
    """

    asset: AssetId
    transformation: str = ""
    preset: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One picture under review.

    `preset` is None for the master, and where a transformation has no preset any more.
    """

    asset: Asset
    transformation: str = ""
    preset: RenditionPreset | None = None
    stage: str = ""

    @property
    def key(self) -> Key:
        """Another picture has another key."""
        return (self.asset.id, self.asset.picture_key, self.transformation)

    @property
    def is_master(self) -> bool:
        """Is it the master itself?"""
        return not self.transformation

    @property
    def channel(self) -> str:
        """The channel it is meant for; "" for none."""
        return self.preset.channel if self.preset is not None else ""

    @property
    def markets(self) -> Sequence[str]:
        """The markets it is meant for; none means all."""
        return self.preset.markets if self.preset is not None else ()


def rendition_text(preset: RenditionPreset) -> str:
    """What decisions on a preset's renditions are bound to."""
    return subject_text(preset.transformation, preset.format)


def subjects_of(
    assets: Sequence[Asset], presets: Sequence[RenditionPreset], *, masters: bool = True
) -> list[Subject]:
    """Each master, and its renditions behind it; only pictures and films have renditions."""
    found: list[Subject] = []
    for asset in assets:
        renditions = presets if asset.kind in RENDERED else ()
        if masters or not renditions:
            found.append(Subject(asset=asset))
        found += [
            Subject(asset=asset, transformation=rendition_text(one), preset=one)
            for one in renditions
        ]
    return found


def subjects_from(
    reader: CatalogReader, wanted: Sequence[Wanted], library: PresetLibrary, environment: str | None
) -> list[Subject]:
    """What is wanted, as far as it is there still; in its order. Blocking."""
    ids = list(dict.fromkeys(one.asset for one in wanted))
    assets = {asset.id: asset for asset in reader.assets(ids, environment=environment)}
    by_text = {rendition_text(one): one for one in library.presets.values()}
    return [
        Subject(
            asset=assets[one.asset],
            transformation=one.transformation,
            preset=library.presets.get(one.preset) or by_text.get(one.transformation),
            stage=one.stage,
        )
        for one in wanted
        if one.asset in assets
    ]
