"""A standard field's value as the field mapping has it, and back.

The mapping says `released` where a file holds PLUS's address of it, and moments in UTC.
"""

from bridge_app.domain.mapping_sources import MISSING, RELEASED, taken
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.shelter_reading import RATINGS
from bridge_app.domain.standard_choices import (
    NO_MODELS,
    NO_PROPERTIES,
    PLUS,
    UNLIMITED_MODELS,
    UNLIMITED_PROPERTIES,
)
from bridge_app.domain.standard_schema import StandardField
from bridge_app.domain.standard_values import fault, tidied

_TO_SOURCE = {
    UNLIMITED_MODELS: RELEASED,
    UNLIMITED_PROPERTIES: RELEASED,
    NO_MODELS: MISSING,
    NO_PROPERTIES: MISSING,
    f"{PLUS}MR-LMR": MISSING,
    f"{PLUS}PR-LPR": MISSING,
}
_FROM_SOURCE = {
    ("model_released", RELEASED): UNLIMITED_MODELS,
    ("model_released", MISSING): NO_MODELS,
    ("property_released", RELEASED): UNLIMITED_PROPERTIES,
    ("property_released", MISSING): NO_PROPERTIES,
}
_DAY = len("2026-12-01")


def to_source(field: StandardField, value: FieldValue) -> FieldValue:
    """What the mapping carries of a value; None where it has no word for it.

    Limited releases count as missing (reference/photoshelter.md 15); a month or a year is no day.
    """
    if value is None or fault(field, value):
        return None
    match field.id:
        case "model_released" | "property_released":
            return _TO_SOURCE.get(str(value))
        case "date_taken":
            return taken(str(value)) if len(str(value)) >= _DAY else None
        case "rating":
            return value if value in RATINGS else None
    return value


def from_source(field: StandardField, value: FieldValue) -> FieldValue:
    """The field's value for one of the mapping; None where it has none."""
    if value is None:
        return None
    return tidied(field, _FROM_SOURCE.get((field.id, str(value)), value))
