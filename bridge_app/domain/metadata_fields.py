"""What a structured metadata field may hold: Cloudinary's definitions as values.

Source: reference/cloudinary.md 6.2. Reading and writing their JSON is in `metadata_json`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, count

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

FieldValue = str | int | tuple[str, ...] | None
"""A value of any field: text (ISO for dates, an external ID for enums), a number, the sorted
external IDs of a set, or None for no value."""

MAX_FIELDS = 100
MAX_ENTRIES = 3_000
MAX_ID_LETTERS = 255
MAX_LETTERS = 4_000_000


class FieldType(StrEnum):
    """What sort of values a field takes; it never changes."""

    STRING = "string"
    INTEGER = "integer"
    DATE = "date"
    ENUM = "enum"
    SET = "set"

    @property
    def has_datasource(self) -> bool:
        """Are its values chosen from a list?"""
        return self in (FieldType.ENUM, FieldType.SET)

    @property
    def is_ordered(self) -> bool:
        """Can its values be compared with bounds?"""
        return self in (FieldType.INTEGER, FieldType.DATE)


class WrongDefinitionError(InvalidInputError):
    """A field or a rule cannot be defined so."""

    text = QT_TRANSLATE_NOOP("errors", "{what} cannot be defined so: {detail}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Greater (or less) than `value`: an integer, or an ISO date; `equals` lets it be the same."""

    value: str | int
    above: bool
    equals: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """So many characters."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A regular expression (PCRE) that has to be found in the text."""

    regex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownCheck:
    """A validation of a kind we do not know: kept as its JSON text, and left to the service."""

    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every one of these."""

    checks: tuple["Validation", ...]


Validation = Bound | Length | Pattern | AllOf | UnknownCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One value of a data source; an inactive one was deleted there and can be restored."""

    external_id: str
    value: str
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataField:
    """One field of a product environment.

    `default_disabled` fields are off until a rule enables them. `readonly_ui` ones are for
    programs: people see them. `dynamic_entries` lets people add entries to the data source.
    """

    external_id: str
    label: str
    type: FieldType
    mandatory: bool = False
    default: FieldValue = None
    validation: Validation | None = None
    default_disabled: bool = False
    readonly_ui: bool = False
    dynamic_entries: bool = False
    entries: tuple[Entry, ...] = ()

    def active_ids(self) -> frozenset[str]:
        """The external IDs that may be chosen."""
        return frozenset(entry.external_id for entry in self.entries if entry.active)

    def label_of(self, external_id: str) -> str:
        """What people read for an entry; an unknown one is shown by its ID."""
        for entry in self.entries:
            if entry.external_id == external_id:
                return entry.value
        return external_id

    def entry_named(self, text: str) -> str | None:
        """The active entry with this external ID, or else with this value; None if there is none.

        Capitals count only where two values differ in nothing else.
        """
        wanted = text.strip()
        found: dict[int, str] = {}
        for entry in reversed(self.entries):
            if not entry.active:
                continue
            if entry.external_id == wanted:
                found[0] = entry.external_id
            elif entry.value == wanted:
                found[1] = entry.external_id
            elif entry.value.casefold() == wanted.casefold():
                found[2] = entry.external_id
        return found[min(found)] if found else None


def normalised(value: FieldValue | list[str]) -> FieldValue:
    """The one form of a value: nothing is None, a set is sorted and has nothing twice."""
    if isinstance(value, list | tuple):
        return tuple(sorted(set(value))) or None
    return None if value == "" else value


def checked_definition(
    field: MetadataField, others: Iterable[MetadataField] = (), *, is_new: bool = False
) -> MetadataField:
    """The field, if the service would take it. Raises WrongDefinitionError with the reason.

    `others` are the fields that are there already; none of them is meant by one that `is_new`.
    """
    there = list(others)
    if is_new and any(other.external_id == field.external_id for other in there):
        detail = QT_TRANSLATE_NOOP("facts", "another field has this external ID")
    else:
        detail = _definition_fault(field, there)
    if detail:
        what = (
            field.label.strip()
            or field.external_id
            or QT_TRANSLATE_NOOP("facts", "A field without a name")
        )
        raise WrongDefinitionError(what=what, detail=detail)
    return replace(field, label=field.label.strip())


def _definition_fault(field: MetadataField, others: list[MetadataField]) -> str:
    if not field.label.strip():
        return QT_TRANSLATE_NOOP("facts", "it needs a label")
    if len(field.external_id) > MAX_ID_LETTERS:
        return "its external ID is longer than 255 characters"
    same = [other for other in others if other.external_id == field.external_id]
    if not same and len(others) >= MAX_FIELDS:
        return "there are 100 fields already, and no more are possible"
    labels = {other.label.strip() for other in others if other not in same}
    if field.label.strip() in labels:
        return QT_TRANSLATE_NOOP("facts", "another field has this label")
    return _values_fault(field)


def _values_fault(field: MetadataField) -> str:
    if field.type.has_datasource and not field.active_ids():
        return QT_TRANSLATE_NOOP("facts", "a list needs at least one value to choose")
    if len(field.entries) > MAX_ENTRIES:
        return "a list has at most 3,000 values"
    names = [entry.value.strip() for entry in field.entries]
    if "" in names:
        return "a value of its list is empty"
    if field.mandatory and field.default is None:
        return QT_TRANSLATE_NOOP("facts", "a mandatory field needs a default value")
    return _check_fault(field.type, field.validation)


def _check_fault(kind: FieldType, check: Validation | None) -> str:
    """Does the validation fit the type?"""
    match check:
        case Bound():
            fits = kind is FieldType.INTEGER if isinstance(check.value, int) else None
            if not (kind is FieldType.DATE if fits is None else fits):
                return "bounds need a number for a whole number, and a date for a date"
        case Length():
            if kind is not FieldType.STRING:
                return "only texts have a length"
            if check.most is not None and check.most < check.least:
                return QT_TRANSLATE_NOOP("facts", "its longest length is shorter than its shortest")
        case Pattern():
            if kind is not FieldType.STRING:
                return "only texts can follow a pattern"
        case AllOf():
            faults = (_check_fault(kind, one) for one in check.checks)
            return next((fault for fault in faults if fault), "")
    return ""


def entries_called(values: Sequence[str], before: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries of a list that is to hold these values, each once.

    A value that was there keeps its entry, and one that was taken away gets its own back: assets
    that have it have it again. Of a new one the value stands for the external ID.
    """
    known = {entry.value: entry for entry in sorted(before, key=lambda entry: entry.active)}
    taken = {entry.external_id for entry in before}
    found: list[Entry] = []
    for value in values:
        entry = known.get(value)
        if entry is None:
            name = next(name for name in _names(value) if name not in taken)
            taken.add(name)
            entry = Entry(external_id=name, value=value)
        found.append(replace(entry, active=True))
    return tuple(found)


def _names(value: str) -> Iterator[str]:
    """The value, and others like it for where something else is called so."""
    return chain((value,), (f"{value}-{number}" for number in count(2)))
