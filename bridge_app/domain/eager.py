"""Renditions that are made with the push of their master, before anybody asks for them. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError, NotFoundError
from bridge_app.domain.gate import Use, verdict
from bridge_app.domain.localised import EVERYWHERE, unfilled
from bridge_app.domain.policies import Policy, demands
from bridge_app.domain.rendition_plan import RENDERED
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.domain.shelter import shelter_of


class EagerRendition(NamedTuple):
    """One that a preset gives for every market; a tuple, as the ledger keeps it."""

    preset: str
    transformation: str
    format: str
    channel: str


def eager_of(library: PresetLibrary, names: Iterable[str]) -> tuple[EagerRendition, ...]:
    """The renditions that presets and sets give. Raises InvalidInputError for one that cannot."""
    found: dict[EagerRendition, None] = {}
    for name in names:
        try:
            presets = library.of_set(name)
        except NotFoundError as error:
            raise InvalidInputError(
                what=name, detail=QT_TRANSLATE_NOOP("facts", "no preset or set has this name")
            ) from error
        for one in presets:
            if unfilled(one.transformation, EVERYWHERE[0]):
                raise InvalidInputError(
                    what=one.name,
                    detail=QT_TRANSLATE_NOOP("facts", "it is filled from a table of variants"),
                )
            found[EagerRendition(one.name, one.transformation, one.format, one.channel)] = None
    return tuple(found)


def eager_for(
    asset: Asset,
    wanted: Sequence[EagerRendition],
    policies: Sequence[Policy],
    environment: str,
    at: datetime,
) -> tuple[EagerRendition, ...]:
    """Those that may be made of a master that is a file here, as it is sent at `at` (UTC)."""
    if not wanted or asset.kind not in RENDERED or shelter_of(asset.library) is not None:
        return ()
    uses = {one: Use(channel=one.channel) for one in wanted}
    return tuple(
        one
        for one, use in uses.items()
        if verdict(
            asset, at=at, use=use, demands=demands(policies, asset, use, environment=environment)
        ).allows
    )
