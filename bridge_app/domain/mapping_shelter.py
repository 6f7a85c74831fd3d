"""The IPTC record of a PhotoShelter-style service as a record of standard fields, and back.

What says an approval or rights is no metadata here: those words stay, whatever is edited.
Source: reference/photoshelter.md, 9 and 15.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bridge_app.domain.master_sheet import CUSTOM, is_at_service
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.rights_block import read_block, with_block, without_block
from bridge_app.domain.shelter import IptcValue, ShelterAsset
from bridge_app.domain.shelter_approval import approval_keywords, is_approval_field, keywords_of
from bridge_app.domain.shelter_reading import RATINGS
from bridge_app.domain.standard_fields import FIELDS, Shape, StandardField, field_named
from bridge_app.domain.standard_values import tidied

KEYWORDS = "keywords"
INSTRUCTIONS = "instructions"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterWrites:
    """What to send so that a master's record says what is wanted, call by call."""

    iptc: Mapping[str, IptcValue | None] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    custom: Mapping[str, str | None] = field(default_factory=dict)


def record_at(asset: ShelterAsset) -> dict[str, FieldValue]:
    """What the service says of a master, by the keys of standard fields."""
    said = {one.id: tidied(one, _given(asset, one)) for one in _fields_at_service()}
    said["rating"] = asset.rating if asset.rating in RATINGS else None
    said |= {
        CUSTOM + name: option
        for name, option in asset.custom.items()
        if not is_approval_field(name)
    }
    return {key: value for key, value in said.items() if value is not None}


def writes_for(asset: ShelterAsset, wanted: Mapping[str, FieldValue]) -> ShelterWrites:
    """What brings these values, None for none, to the service.

    Raises UnreadableRightsBlockError rather than replace a block that nobody can read.
    """
    iptc: dict[str, IptcValue | None] = {}
    custom: dict[str, str | None] = {}
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    for key, value in wanted.items():
        known = field_named(key)
        if known is None:
            custom[key.removeprefix(CUSTOM)] = None if value is None else str(value)
        elif key == KEYWORDS:
            there, here = set(_keywords(asset)), set(value if isinstance(value, tuple) else ())
            added, removed = tuple(sorted(here - there)), tuple(sorted(there - here))
        elif key == INSTRUCTIONS:
            iptc[known.shelter] = _instructions(asset, "" if value is None else str(value))
        else:
            iptc[known.shelter] = value if isinstance(value, tuple) else _text(value)
    return ShelterWrites(iptc=iptc, added=added, removed=removed, custom=custom)


def _given(asset: ShelterAsset, one: StandardField) -> FieldValue:
    if one.id == KEYWORDS:
        return _keywords(asset)
    found = asset.iptc.get(one.shelter, "")
    if one.shape is Shape.BAG:
        return (found,) if isinstance(found, str) else tuple(found)
    between = "; " if one.shape is Shape.NAMES else ", "
    text = found if isinstance(found, str) else between.join(found)
    return without_block(text) if one.id == INSTRUCTIONS else text


def _keywords(asset: ShelterAsset) -> tuple[str, ...]:
    words = keywords_of(asset)
    deciding = set(approval_keywords(words))
    return tuple(word for word in words if word not in deciding)


def _instructions(asset: ShelterAsset, text: str) -> str | None:
    found = asset.iptc.get(INSTRUCTIONS, "")
    block = read_block(found if isinstance(found, str) else " ".join(found))
    return (with_block(text, block) if block is not None else text) or None


def _text(value: FieldValue) -> str | None:
    return None if value is None else str(value)


@lru_cache(maxsize=1)
def _fields_at_service() -> tuple[StandardField, ...]:
    return tuple(one for one in FIELDS if is_at_service(one))
