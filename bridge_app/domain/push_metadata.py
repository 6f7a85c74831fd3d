"""Values of structured fields that a push says of everything it sends. Pure.

Source: reference/cloudinary.md 6.3.
"""

from collections.abc import Sequence

from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.metadata_fields import FieldValue, MetadataField, normalised
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.metadata_values import MetadataValueError, fault, parsed

Pairs = tuple[tuple[str, FieldValue], ...]
"""External IDs and their values, each once, sorted; a field without a value is not among them."""


def read_pairs(schema: Schema, words: Sequence[tuple[str, str]]) -> Pairs:
    """What people write: a field by its external ID or label, and a value as they read it.

    Of a field that is named several times the last counts. Raises NotFoundError for a field that
    there is not, MetadataValueError for a value that it does not take.
    """
    said = {}
    for name, text in words:
        field = _field_named(schema, name)
        said[field.external_id] = parsed(field, text)
    return checked_pairs(schema, tuple(said.items()))


def checked_pairs(schema: Schema, said: Pairs) -> Pairs:
    """The values, if their fields take them by type, validation, list and rules.

    Definitions that were never read forbid nothing: the service has the last word. Raises
    NotFoundError and MetadataValueError.
    """
    values = {name: value for name, value in dict(said).items() if normalised(value) is not None}
    if schema.fields:
        states = schema.states(values)
        for name, value in values.items():
            field = _field_named(schema, name)
            trouble = fault(field, normalised(value), states[field.external_id])
            if trouble is not None:
                detail = trouble.sentence().rstrip(".")
                raise MetadataValueError(what=field.label, detail=detail)
    return tuple(sorted(values.items()))


def _field_named(schema: Schema, name: str) -> MetadataField:
    """By its external ID, else by its label in whatever capitals."""
    wanted = name.strip().casefold()
    same = [one for one in schema.fields if one.label.strip().casefold() == wanted]
    found = schema.field(name.strip()) or next(iter(same), None)
    if found is None:
        raise NotFoundError(what=f"The field “{name.strip()}”")
    return found
