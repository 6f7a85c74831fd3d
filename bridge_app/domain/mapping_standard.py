"""A master's record of standard fields as values of the field mapping, and back."""

from collections.abc import Mapping

from bridge_app.domain.edits import FieldPath, Record, Subject
from bridge_app.domain.mapping_sources import KEYWORD, Values, keywords_apart
from bridge_app.domain.metadata_fields import FieldValue, normalised
from bridge_app.domain.standard_fields import FIELDS
from bridge_app.domain.standard_mapping import from_source, to_source

KEYWORDS = "keywords"
BY_SOURCE = {field.mapping: field for field in FIELDS if field.mapping}
"""The standard fields by the source of the mapping that they are, which has their name."""


def values_in(record: Record) -> Values:
    """What a master's record says, source by source; languages but the default are left out."""
    found: dict[str, FieldValue] = {}
    for path, value in record.items():
        field = BY_SOURCE.get(path.key) if path.subject is Subject.STANDARD else None
        if field is None:
            continue
        said = to_source(field, value)
        if field.mapping == KEYWORDS and isinstance(said, tuple):
            found |= keywords_apart(said)
        else:
            found[field.mapping] = said
    return {name: value for name, value in found.items() if value is not None}


def path_at(source: str) -> FieldPath | None:
    """The field that a source is and that may be written; None for what is no standard field."""
    field = BY_SOURCE.get(KEYWORDS if source.startswith(KEYWORD) else source)
    if field is None or not field.editable:
        return None
    return FieldPath(Subject.STANDARD, field.id)


def with_values(record: Record, changed: Mapping[str, FieldValue]) -> dict[FieldPath, FieldValue]:
    """The fields of a master's record that say these values of their sources afterwards.

    Of a keyword's namespace only its own words are replaced. What has no field is left out.
    """
    wanted: dict[FieldPath, FieldValue] = {}
    for source, value in changed.items():
        path = path_at(source)
        if path is None:
            continue
        if path.key == KEYWORDS:
            wanted[path] = _with_words(wanted.get(path, record.get(path)), source, value)
        else:
            wanted[path] = from_source(BY_SOURCE[source], value)
    return wanted


def _with_words(before: FieldValue, source: str, value: FieldValue) -> FieldValue:
    """All keywords, with these in the place of those of the same source."""
    words = before if isinstance(before, tuple) else ()
    kept = [word for word in words if source not in keywords_apart((word,))]
    fresh = value if isinstance(value, tuple) else ()
    namespace = source.removeprefix(KEYWORD) if source.startswith(KEYWORD) else ""
    return normalised((*kept, *(f"{namespace}:{word}" if namespace else word for word in fresh)))
