"""What the program asks of the standard fields: by name, as a path of an edit, as text.

A language alternative is a path of its own (`alt_text[de]` beside `alt_text`, the default), so
that languages are merged by themselves.
"""

import re

from bridge_app.domain.edits import FieldPath, Subject, UnusableValueError
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError, NotFoundError
from bridge_app.domain.mapping_sources import CUSTOM
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_schema import (
    GROUP_LABELS,
    Group,
    Shape,
    StandardField,
)
from bridge_app.domain.standard_table import FIELDS
from bridge_app.domain.standard_values import fault, language_tag, split_key, tidied

__all__ = [
    "FIELDS",
    "GROUP_LABELS",
    "Group",
    "Shape",
    "StandardField",
    "checked_value",
    "field_named",
    "field_of",
    "language_of",
    "parsed_value",
    "path_named",
    "path_of",
    "text_of",
]

_WORD = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*(?=[,;\n]|$)|(?P<plain>[^,;\n]*))[,;\n]?')
_QUOTED = re.compile(r'[,;"\n]')


def field_named(name: str) -> StandardField | None:
    """The field with this identity, `licensor_name#2` of a list's second; None if there is none."""
    found = split_key(name)
    return found[0] if found and not found[1] else None


def path_of(name: str, language: str = "") -> FieldPath:
    """The path of a field, or of its alternative in a language ("" and `x-default`: the default).

    Raises NotFoundError for a name of no field, InvalidInputError for what is no language tag, and
    for a field without languages.
    """
    field = field_named(name)
    if field is None:
        raise NotFoundError(what=f"The field “{name}”")
    tag = language_tag(language) if language else ""
    if tag is None:
        raise InvalidInputError(
            what=f"The language “{language}”",
            detail=QT_TRANSLATE_NOOP("facts", "it is no language tag"),
        )
    if tag and not field.by_language:
        raise InvalidInputError(
            what=field.label,
            detail=QT_TRANSLATE_NOOP("facts", "it has no alternatives by language"),
        )
    return FieldPath(Subject.STANDARD, f"{name}[{tag}]" if tag else name)


def path_named(text: str) -> FieldPath:
    """The path that people write: an identity or a label, `alt_text`, `Alternative text [de]`.

    `custom:Brand` is a custom field of a service. Raises NotFoundError and InvalidInputError.
    """
    if len(text.strip()) > len(CUSTOM) and text.strip().startswith(CUSTOM):
        return FieldPath(Subject.STANDARD, text.strip())
    name, bracket, rest = text.strip().partition("[")
    plain, language = name.strip(), rest.removesuffix("]") if bracket else ""
    if field_named(plain):
        return path_of(plain, language)
    words, number, entry = plain.partition("#")
    wanted = words.strip().casefold()
    same = [one for one in FIELDS if wanted in (one.id.casefold(), one.label.casefold())]
    if not same:
        raise NotFoundError(what=f"The field “{plain}”")
    return path_of(f"{same[0].id}{number}{entry}", language)


def field_of(path: FieldPath) -> StandardField | None:
    """The field of a path; None for a path of another subject, or of no field."""
    found = split_key(path.key) if path.subject is Subject.STANDARD else None
    return found[0] if found else None


def language_of(path: FieldPath) -> str:
    """The language of a path; "" is the default."""
    found = split_key(path.key) if path.subject is Subject.STANDARD else None
    return found[1] if found else ""


def checked_value(field: StandardField, value: FieldValue) -> FieldValue:
    """The value in the one form of the field. Raises UnusableValueError with the reason."""
    plain = tidied(field, value)
    if detail := fault(field, plain):
        raise UnusableValueError(what=field.label, detail=detail)
    return plain


def parsed_value(field: StandardField, text: str) -> FieldValue:
    """The value that people wrote; "" is none. Raises UnusableValueError.

    The words of a bag are separated by commas, semicolons or line breaks, and one that holds such
    stands in quotation marks. A choice is said by its value, its label, or the end of its address.
    """
    match field.shape:
        case Shape.BAG:
            return checked_value(field, _words(text))
        case Shape.CHOICE:
            return checked_value(field, _chosen(field, text.strip()))
    return checked_value(field, text)


def text_of(field: StandardField, value: FieldValue) -> str:
    """The value as people write it: what `parsed_value` reads back as the same."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(map(_quoted, value))
    return field.label_of(value) if isinstance(value, str) else str(value)


def _words(text: str) -> tuple[str, ...]:
    found = []
    for one in _WORD.finditer(text):
        quoted = one["quoted"]
        found.append(one["plain"] if quoted is None else quoted.replace('""', '"'))
    return tuple(found)


def _quoted(word: str) -> str:
    if not _QUOTED.search(word):
        return word
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def _chosen(field: StandardField, text: str) -> str:
    wanted = text.casefold()
    for value, label in field.choices:
        if wanted in (value.casefold(), label.casefold(), value.rpartition("/")[2].casefold()):
            return value
    return text
