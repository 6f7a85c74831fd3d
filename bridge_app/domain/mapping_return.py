"""What was changed at a copy, as changes of its master's record: the way back of the mapping.

Source: reference/photoshelter.md, 9 and 15.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.mapping_sources import (
    KEYWORD,
    Values,
    keywords_apart,
)
from bridge_app.domain.mapping_words import as_tags
from bridge_app.domain.rights_block import CHANNELS, TERRITORIES, RightsBlock, with_block
from bridge_app.domain.shelter import IptcValue, ShelterAsset
from bridge_app.domain.shelter_approval import keywords_of
from bridge_app.domain.shelter_reading import ShelterReading

TEXTS = ("title", "headline", "caption", "credit")
LISTS = {"regions": TERRITORIES, "channels": CHANNELS}
PLAIN = "keywords"


class NotForTheBlockError(InvalidInputError):
    """A rights block knows no such territory or channel."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{what} cannot stand in a rights block: {detail}. Nothing was changed."
    )


def can_return(source: str) -> bool:
    """Can a master's record be given another value of this?

    Its approval is decided, not written over; a rating cannot be written at the service.
    """
    return source in TEXTS or source in LISTS or _is_keywords(source)


def said_otherwise(ours: Values, there: Values, sources: Iterable[str]) -> Values:
    """What a copy says beyond or instead of what was sent of its master.

    What it does not say was perhaps never sent, so nothing is concluded from that.
    """
    found = {source: there[source] for source in sources if there.get(source) is not None}
    return {
        source: value
        for source, value in found.items()
        if (set(_members(value)) - set(_members(ours.get(source))))
        or (not _is_keywords(source) and value != ours.get(source))
    }


def record_changes(
    asset: ShelterAsset, reading: ShelterReading, otherwise: Values
) -> Mapping[str, IptcValue | None]:
    """What to write into the IPTC record for what a copy says otherwise; keywords are added.

    Raises NotForTheBlockError, UnreadableRightsBlockError.
    """
    changes: dict[str, IptcValue | None] = {
        source: str(otherwise[source]) for source in TEXTS if source in otherwise
    }
    if any(_is_keywords(source) for source in otherwise):
        changes[PLAIN] = _keywords(keywords_of(asset), otherwise)
    if otherwise.keys() & LISTS.keys():
        changes["instructions"] = _instructions(asset, reading, otherwise)
    return changes


def _keywords(before: tuple[str, ...], otherwise: Values) -> tuple[str, ...]:
    """The keywords as they are written, and the new ones behind."""
    held = {one for word in before for one in _told(word)}
    wanted = (
        (source, word)
        for source, words in sorted(otherwise.items())
        if _is_keywords(source)
        for word in _members(words)
    )
    added = (
        word if source == PLAIN else f"{source.removeprefix(KEYWORD)}:{word}"
        for source, word in wanted
        if (source, word) not in held
    )
    return (*before, *added)


def _told(word: str) -> list[tuple[str, str]]:
    """What one keyword says, as a copy would say it."""
    return [
        (source, one)
        for source, words in keywords_apart((word,)).items()
        for one in (as_tags(_members(words)) if source == PLAIN else _members(words))
    ]


def _members(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _is_keywords(source: str) -> bool:
    return source == PLAIN or source.startswith(KEYWORD)


def _instructions(asset: ShelterAsset, reading: ShelterReading, otherwise: Values) -> str:
    found = asset.iptc.get("instructions", "")
    text = found if isinstance(found, str) else " ".join(found)
    limits = {name: frozenset(_members(otherwise.get(name))) for name in LISTS}
    for name, members in limits.items():
        odd = sorted(members - LISTS[name])
        if odd:
            raise NotForTheBlockError(what=name, detail=", ".join(odd))
    block = reading.block or RightsBlock()
    return with_block(
        text,
        replace(
            block,
            regions=limits["regions"] or block.regions,
            channels=limits["channels"] or block.channels,
        ),
    )
