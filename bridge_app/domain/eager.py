"""Renditions that are made with the push of their master, before anybody asks for them. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from bridge_app.domain.assets import RENDERED, Asset
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError, NotFoundError
from bridge_app.domain.gate import Use, verdict
from bridge_app.domain.localised import (
    EVERYWHERE,
    Variant,
    localised,
    unfilled,
    variants_for,
)
from bridge_app.domain.policies import Policy, demands
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_sets import PresetLibrary


class EagerRendition(NamedTuple):
    """One that a preset gives, maybe for one market; a tuple, as the ledger keeps it."""

    preset: str
    transformation: str
    format: str
    channel: str
    market: str = ""
    language: str = ""

    @property
    def wanted(self) -> tuple[str, str]:
        """What Cloudinary makes, for several markets maybe: transformation and format."""
        return self.transformation, self.format


def eager_of(
    library: PresetLibrary, names: Iterable[str], table: Sequence[Variant] = EVERYWHERE
) -> tuple[EagerRendition, ...]:
    """The renditions that presets and sets give, for each line of a table.

    Raises InvalidInputError for one that cannot be made with a push.
    """
    found: dict[EagerRendition, None] = {}
    for name in names:
        try:
            presets = library.of_set(name)
        except NotFoundError as error:
            raise InvalidInputError(
                what=name, detail=QT_TRANSLATE_NOOP("facts", "no preset or set has this name")
            ) from error
        for one in presets:
            found |= dict.fromkeys(_renditions(one, table))
    return tuple(found)


def _renditions(preset: RenditionPreset, table: Sequence[Variant]) -> Iterator[EagerRendition]:
    variants = variants_for(preset, table) if table != EVERYWHERE else EVERYWHERE
    for one in variants:
        if unfilled(preset.transformation, one):
            raise InvalidInputError(
                what=preset.name,
                detail=QT_TRANSLATE_NOOP("facts", "it is filled from a table of variants"),
            )
        if one.image:
            raise InvalidInputError(
                what=preset.name,
                detail=QT_TRANSLATE_NOOP("facts", "the table names other pictures for it"),
            )
        text = localised(preset.transformation, one)
        yield EagerRendition(
            preset.name, text, preset.format, preset.channel, one.market, one.language
        )


def eager_for(
    asset: Asset,
    wanted: Sequence[EagerRendition],
    policies: Sequence[Policy],
    environment: str,
    at: datetime,
) -> tuple[EagerRendition, ...]:
    """Those that may be made of a master as it is sent at `at` (UTC)."""
    if not wanted or asset.kind not in RENDERED:
        return ()
    uses = {one: Use(market=one.market, channel=one.channel) for one in wanted}
    return tuple(
        one
        for one, use in uses.items()
        if verdict(
            asset, at=at, use=use, demands=demands(policies, asset, use, environment=environment)
        ).allows
    )
