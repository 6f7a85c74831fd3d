"""What is wrong with an edited field mapping, and what Cloudinary still needs for it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bridge_app.domain.cloud import DIGEST_KEY
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.field_mapping import (
    CloudWords,
    FieldMapping,
    MappingRow,
    Place,
    Target,
    fits,
)
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.mapping_sources import Source, source_named
from bridge_app.domain.metadata_fields import (
    MAX_FIELDS,
    MAX_ID_LETTERS,
    Entry,
    FieldType,
    FieldValue,
    MetadataField,
)
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.metadata_values import faults

EXTERNAL_ID = re.compile(r"[A-Za-z0-9_-]{1,255}", re.ASCII)
CONTEXT_KEY = re.compile(r"[^\s|=][^|=\x00-\x1f]{0,254}")
RIGHTS = ("rights_start", "rights_end")


class Fault(StrEnum):
    """What can be wrong with a row."""

    UNKNOWN_SOURCE = "unknown_source"
    SOURCE_TWICE = "source_twice"
    NO_TARGET = "no_target"
    TARGET_TWICE = "target_twice"
    BAD_NAME = "bad_name"
    RESERVED = "reserved"
    DOES_NOT_FIT = "does_not_fit"
    OTHER_TYPE = "other_type"
    NO_ACCESS_CONTROL = "no_access_control"
    LEADS_NOWHERE = "leads_nowhere"


FAULTS = {
    Fault.UNKNOWN_SOURCE: QT_TRANSLATE_NOOP("mapping", "a master's record has no “{source}”"),
    Fault.SOURCE_TWICE: QT_TRANSLATE_NOOP("mapping", "“{source}” has two rows"),
    Fault.NO_TARGET: QT_TRANSLATE_NOOP("mapping", "it has a direction, but goes nowhere"),
    Fault.TARGET_TWICE: QT_TRANSLATE_NOOP("mapping", "{target} is filled by “{other}” already"),
    Fault.BAD_NAME: QT_TRANSLATE_NOOP("mapping", "{target} cannot have this name"),
    Fault.RESERVED: QT_TRANSLATE_NOOP("mapping", "{target} belongs to Asset Bridge"),
    Fault.DOES_NOT_FIT: QT_TRANSLATE_NOOP("mapping", "{target} cannot hold “{source}”"),
    Fault.OTHER_TYPE: QT_TRANSLATE_NOOP(
        "mapping", "{target} is of another type at Cloudinary: {other}"
    ),
    Fault.NO_ACCESS_CONTROL: QT_TRANSLATE_NOOP(
        "mapping",
        "without access control, copies stay open outside of their rights until they are retracted",
    ),
    Fault.LEADS_NOWHERE: QT_TRANSLATE_NOOP(
        "mapping", "“{other}” says which side leads for “{source}”, which has no row"
    ),
}
WARNINGS = frozenset({Fault.NO_ACCESS_CONTROL})
"""What may be so, and a person should know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingFault:
    """What is wrong with one row; `row` counts from 0, -1 is none of them."""

    row: int
    fault: Fault
    source: str = ""
    target: str = ""
    other: str = ""

    @property
    def is_warning(self) -> bool:
        """May the mapping be used all the same?"""
        return self.fault in WARNINGS

    def sentence(self) -> str:
        """The English text."""
        facts = {"source": self.source, "target": self.target, "other": self.other}
        return FAULTS[self.fault].format(**facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A value that a product environment does not take; `trouble` is None if it has no field."""

    field: str
    value: FieldValue
    trouble: Trouble | None = None


def validate(mapping: FieldMapping, schema: Schema | None = None) -> tuple[MappingFault, ...]:
    """What is wrong with each row, in their order; with a `schema` also types at Cloudinary.

    An environment may be one that nobody knows here; what leads there is said of rows.
    """
    taken: dict[str, str] = {}
    seen: set[str] = set()
    found: list[MappingFault] = []
    for index, row in enumerate(mapping.rows):
        source = source_named(row.source)
        about = MappingFault(row=index, fault=Fault.UNKNOWN_SOURCE, source=row.source)
        if source is None:
            found.append(about)
            continue
        if row.source in seen:
            found.append(replace(about, fault=Fault.SOURCE_TWICE))
        seen.add(row.source)
        found += (replace(about, fault=fault) for fault in _row_faults(row))
        for target in row.targets if row.carries else ():
            told = replace(about, target=str(target))
            found += _target_faults(source, target, told, taken=taken, schema=schema)
    return (*found, *_stray_leads(mapping))


def fields_needed(mapping: FieldMapping) -> tuple[MetadataField, ...]:
    """The structured metadata fields that this mapping fills, as they would be defined."""
    needed: dict[str, MetadataField] = {}
    for row in mapping.carrying:
        source = source_named(row.source)
        for target in row.targets:
            if source is not None and target.place is Place.METADATA:
                needed.setdefault(target.key, _definition(source, target))
    return tuple(needed.values())


def fields_missing(mapping: FieldMapping, schema: Schema) -> tuple[MetadataField, ...]:
    """Those that a product environment does not have, or that lack entries: what to define.

    A field that is there keeps all it has, and gets the entries that are missing.
    """
    missing: list[MetadataField] = []
    labels = {one.label.strip() for one in schema.fields}
    for wanted in fields_needed(mapping):
        there = schema.field(wanted.external_id)
        if there is None:
            label = f"{wanted.label} ({wanted.external_id})"
            missing.append(replace(wanted, label=label) if wanted.label in labels else wanted)
        elif there.type is wanted.type and (fresh := _entries_missing(there, wanted)):
            missing.append(replace(there, entries=(*there.entries, *fresh)))
    return tuple(missing)


def too_many(missing: Iterable[MetadataField], schema: Schema) -> bool:
    """Would these be more fields than a product environment can have?"""
    fresh = sum(schema.field(one.external_id) is None for one in missing)
    return len(schema.fields) + fresh > MAX_FIELDS


def fitting(words: CloudWords, schema: Schema) -> tuple[CloudWords, tuple[LeftOut, ...]]:
    """The words that a product environment takes, and those that it would refuse.

    One value that is not taken would refuse the whole upload.
    """
    known = {key: value for key, value in words.metadata.items() if schema.field(key)}
    wrong = faults(schema, known)
    left = [
        LeftOut(field=key, value=words.metadata[key])
        for key in words.metadata.keys() - known.keys()
    ]
    left += [
        LeftOut(field=key, value=known[key], trouble=trouble)
        for key, trouble in wrong.items()
        if key in known
    ]
    kept: Mapping[str, FieldValue] = {
        key: value for key, value in known.items() if key not in wrong
    }
    return replace(words, metadata=kept), tuple(sorted(left, key=lambda one: one.field))


def _stray_leads(mapping: FieldMapping) -> Iterator[MappingFault]:
    sources = {row.source for row in mapping.rows}
    for environment, leads in mapping.leads_in.items():
        for source in leads:
            if source not in sources:
                yield MappingFault(
                    row=-1, fault=Fault.LEADS_NOWHERE, source=source, other=environment
                )


def _row_faults(row: MappingRow) -> Iterator[Fault]:
    if row.direction is not row.direction.NONE and not row.targets:
        yield Fault.NO_TARGET
    bounded = any(target.place is Place.ACCESS for target in row.targets) and row.carries
    if row.source in RIGHTS and not bounded:
        yield Fault.NO_ACCESS_CONTROL


def _target_faults(
    source: Source,
    target: Target,
    told: MappingFault,
    *,
    taken: dict[str, str],
    schema: Schema | None,
) -> Iterator[MappingFault]:
    place = f"{target.place.value}.{target.key}"
    if target.place is not Place.TAGS:
        other = taken.setdefault(place, source.name)
        if other != source.name:
            yield replace(told, fault=Fault.TARGET_TWICE, other=other)
    if target.place is Place.CONTEXT and target.key == DIGEST_KEY:
        yield replace(told, fault=Fault.RESERVED)
    if not _is_name(target):
        yield replace(told, fault=Fault.BAD_NAME)
    if not fits(source, target):
        yield replace(told, fault=Fault.DOES_NOT_FIT)
    there = schema.field(target.key) if schema and target.place is Place.METADATA else None
    if there is not None and there.type is not target.type:
        yield replace(told, fault=Fault.OTHER_TYPE, other=there.type.value)


def _is_name(target: Target) -> bool:
    match target.place:
        case Place.METADATA:
            return EXTERNAL_ID.fullmatch(target.key) is not None
        case Place.CONTEXT:
            return CONTEXT_KEY.fullmatch(target.key) is not None
    return True


def _definition(source: Source, target: Target) -> MetadataField:
    kind = target.type or FieldType.STRING
    label = target.key.replace("_", " ").replace("-", " ").strip().capitalize()
    choices = source.choices if kind.has_datasource else ()
    return MetadataField(
        external_id=target.key,
        label=(label or source.name)[:MAX_ID_LETTERS],
        type=kind,
        entries=tuple(Entry(external_id=one, value=shown) for one, shown in choices),
        dynamic_entries=kind.has_datasource and not choices,
    )


def _entries_missing(there: MetadataField, wanted: MetadataField) -> tuple[Entry, ...]:
    held = there.active_ids()
    return tuple(entry for entry in wanted.entries if entry.external_id not in held)
