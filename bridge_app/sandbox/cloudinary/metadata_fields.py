"""The definition of a structured metadata field: what it may be, and how it reads in replies.

Source: reference/cloudinary.md 6.2. Pure: no storage, no clock.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.metadata_checks import (
    Value,
    as_validation,
    is_empty,
    satisfies,
    typed,
)
from bridge_app.sandbox.journal import Row

FieldType = Literal["string", "integer", "date", "enum", "set"]
TYPES: Mapping[str, FieldType] = {
    "string": "string",
    "integer": "integer",
    "date": "date",
    "enum": "enum",
    "set": "set",
}
LISTS = frozenset({"enum", "set"})
"""The types whose values are entries of a data source."""
MAX_ID_LETTERS = 255
MAX_ENTRIES = 3_000

NewId = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One value of a data source; an inactive one was deleted and can be restored."""

    external_id: str
    value: str
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataField:
    """One field of a product environment's schema; `position` orders the fields."""

    external_id: str
    type: FieldType
    label: str
    created_at: str
    mandatory: bool = False
    default_value: Value = None
    validation: Mapping[str, Any] | None = None
    default_disabled: bool = False
    restrictions: Mapping[str, Any]
    allow_dynamic_list_values: bool = False
    datasource: tuple[Entry, ...] = ()
    position: int = 0

    def row(self) -> Row:
        """As JSON to keep."""
        return {
            **{name: getattr(self, name) for name in PLAIN},
            "datasource": [[one.external_id, one.value, one.active] for one in self.datasource],
        }

    @classmethod
    def from_row(cls, row: Row) -> "MetadataField":
        """From kept JSON."""
        entries = (
            Entry(external_id=external_id, value=value, active=active)
            for external_id, value, active in row["datasource"]
        )
        return cls(**{**row, "datasource": tuple(entries)})

    def active_ids(self) -> frozenset[str]:
        """The entries that may be chosen."""
        return frozenset(one.external_id for one in self.datasource if one.active)

    def accepts(self, value: Value) -> bool:
        """Whether a value of the right type may be set, as far as this field alone decides."""
        if self.type in LISTS:
            chosen = value if isinstance(value, list) else [str(value)]
            return len(chosen) <= MAX_ENTRIES and self.active_ids().issuperset(chosen)
        return satisfies(self.validation, value)


PLAIN = (
    "external_id",
    "type",
    "label",
    "created_at",
    "mandatory",
    "default_value",
    "validation",
    "default_disabled",
    "restrictions",
    "allow_dynamic_list_values",
    "position",
)
"""The properties that are JSON as they are."""


def new_field(body: Row, *, new_id: NewId, created_at: str, position: int) -> MetadataField:
    """A field as a client defines it.

    Raises:
        CloudinaryError: 400, the definition is not valid.
    """
    kind = TYPES.get(str(body.get("type")))
    if kind is None:
        raise bad_request(f"type {body.get('type')} is invalid")
    external_id = str(body.get("external_id") or new_id())
    if len(external_id) > MAX_ID_LETTERS:
        raise bad_request("external_id is too long (maximum is 255 characters)")
    if kind in LISTS and not isinstance(body.get("datasource"), dict):
        raise bad_request(f"datasource is required for a field of type {kind}")
    plain = MetadataField(
        external_id=external_id,
        type=kind,
        label=_label(body.get("label")),
        created_at=created_at,
        restrictions={"readonly_ui": False},
        position=position,
    )
    return changed_field(plain, body, new_id=new_id)


def changed_field(field: MetadataField, body: Row, *, new_id: NewId) -> MetadataField:
    """The field with what `body` says anew; its external ID and type never change.

    Raises:
        CloudinaryError: 400, the definition would not be valid.
    """
    said = {name: value for name, value in body.items() if value is not None}
    field = replace(
        field,
        mandatory=bool(said.get("mandatory", field.mandatory)),
        default_disabled=bool(said.get("default_disabled", field.default_disabled)),
        allow_dynamic_list_values=bool(
            said.get("allow_dynamic_list_values", field.allow_dynamic_list_values)
        ),
    )
    if "label" in body:
        field = replace(field, label=_label(body["label"]))
    if isinstance(body.get("restrictions"), dict):
        field = replace(field, restrictions={**field.restrictions, **body["restrictions"]})
    if "validation" in body:
        field = replace(field, validation=as_validation(field.type, body["validation"]))
    if field.type in LISTS and isinstance(body.get("datasource"), dict):
        field = with_entries(field, body["datasource"].get("values"), new_id=new_id)
    if "default_value" in body:
        field = replace(field, default_value=_default(field, body["default_value"]))
    elif not (is_empty(field.default_value) or field.accepts(field.default_value)):
        raise bad_request("default_value is invalid")
    if field.mandatory and is_empty(field.default_value):
        raise bad_request("default_value is required for a mandatory field")
    return field


def _label(given: object) -> str:
    if not isinstance(given, str) or not given.strip():
        raise bad_request("label is required")
    return given


def _default(field: MetadataField, given: object) -> Value:
    """The default as the field's type has it; None for none."""
    if is_empty(given):
        return None
    try:
        value = typed(field.type, given)
    except ValueError as error:
        raise bad_request("default_value is invalid") from error
    if not field.accepts(value):
        raise bad_request("default_value is invalid")
    return value


def with_entries(field: MetadataField, given: object, *, new_id: NewId) -> MetadataField:
    """The field with entries renamed (a known external ID) or appended (an unknown one, or none).

    Raises:
        CloudinaryError: 400, an entry is not valid, or there are too many.
    """
    if not isinstance(given, list):
        raise bad_request("datasource values must be an array")
    entries = {one.external_id: one for one in field.datasource}
    named: set[str] = set()
    for one in given:
        entry = _entry(one, new_id)
        if entry.external_id in named:
            raise bad_request(f"external id {entry.external_id} appears twice in the datasource")
        named.add(entry.external_id)
        entries[entry.external_id] = entry
    if len(entries) > MAX_ENTRIES:
        raise bad_request(f"datasource has too many values (maximum is {MAX_ENTRIES})")
    return replace(field, datasource=tuple(entries.values()))


def _entry(given: object, new_id: NewId) -> Entry:
    """One entry of a data source; without an external ID it gets one."""
    value = given.get("value") if isinstance(given, dict) else None
    if not isinstance(given, dict) or is_empty(value):
        raise bad_request("datasource value is required")
    return Entry(
        external_id=str(given.get("external_id") or new_id()),
        value=str(value),
        active=given.get("state", "active") != "inactive",
    )


def with_state(field: MetadataField, external_ids: Iterable[str], *, active: bool) -> MetadataField:
    """The field with some entries deleted or restored.

    Raises:
        CloudinaryError: 400, there is no such entry.
    """
    named = set(external_ids)
    missing = sorted(named - {one.external_id for one in field.datasource})
    if missing or not named:
        raise bad_request(f"external_ids are invalid: {', '.join(missing)}")
    entries = (
        replace(one, active=active) if one.external_id in named else one for one in field.datasource
    )
    return replace(field, datasource=tuple(entries))


def sorted_entries(field: MetadataField, *, descending: bool) -> MetadataField:
    """The field with its entries in alphabetical order of what people read."""
    entries = sorted(
        field.datasource, key=lambda one: (one.value.casefold(), one.value), reverse=descending
    )
    return replace(field, datasource=tuple(entries))


def field_json(field: MetadataField) -> Row:
    """The field in a reply."""
    shown: Row = {
        "type": field.type,
        "external_id": field.external_id,
        "label": field.label,
        "mandatory": field.mandatory,
        "default_value": field.default_value,
        "validation": field.validation,
        "default_disabled": field.default_disabled,
        "restrictions": dict(field.restrictions),
        "allow_dynamic_list_values": field.allow_dynamic_list_values,
    }
    if field.type in LISTS:
        shown["datasource"] = {
            "values": [
                {
                    "external_id": one.external_id,
                    "value": one.value,
                    "state": "active" if one.active else "inactive",
                    "position": position,
                }
                for position, one in enumerate(field.datasource)
            ]
        }
    return shown


def datasource_json(field: MetadataField) -> Row:
    """The reply to calls about a data source: the active entries, without their state."""
    return {
        "values": [
            {"external_id": one.external_id, "value": one.value}
            for one in field.datasource
            if one.active
        ]
    }
