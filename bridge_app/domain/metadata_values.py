"""Values of structured metadata: read from words, checked, and shown; faults as plain sentences."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.metadata_fields import (
    MAX_ENTRIES,
    MAX_LETTERS,
    AllOf,
    Bound,
    FieldType,
    FieldValue,
    Length,
    MetadataField,
    Pattern,
    Validation,
    normalised,
)
from bridge_app.domain.metadata_rules import FieldState, Schema

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
MOST_STEPS = 2e7
"""What a pattern may cost: one that could cost more is left to the service."""
REPEATED_GROUP = re.compile(r"\)\s*[*+{]")
OPEN_ENDED = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\d*\})")
CHOICE = re.compile(r"(?<!\\)[?|]")
BACK_REFERENCE = re.compile(r"\\[1-9]|\(\?P=")


class MetadataValueError(InvalidInputError):
    """A value that its field does not take."""

    text = QT_TRANSLATE_NOOP("errors", "{what} cannot be used: {detail}.")


def typed(field: MetadataField, given: object) -> FieldValue:
    """A value of the service as ours; what does not fit the type comes as text.

    It is shown and kept as it is: a definition may have changed since it was set.
    """
    if given is None or isinstance(given, bool | float | dict):
        return None if given is None else str(given)
    if field.type is FieldType.SET:
        return normalised([str(one) for one in given] if isinstance(given, list) else [str(given)])
    if isinstance(given, list | tuple):
        return normalised([str(one) for one in given])
    if field.type is FieldType.INTEGER and WHOLE_NUMBER.fullmatch(str(given)):
        return int(str(given))
    return normalised(str(given))


def parsed(field: MetadataField, words: str | Sequence[str]) -> FieldValue:
    """What somebody entered as a value; entries may be named by what people read.

    Several values of a set come as a sequence, or separated by commas. Nothing is None.
    Raises MetadataValueError.
    """
    if field.type is FieldType.SET:
        parts = words.split(",") if isinstance(words, str) else words
        return normalised([_entry(field, part) for part in parts if part.strip()])
    text = (words if isinstance(words, str) else ",".join(words)).strip()
    if not text:
        return None
    match field.type:
        case FieldType.INTEGER:
            if not WHOLE_NUMBER.fullmatch(text):
                raise MetadataValueError(what=f"“{text}”", detail=_needs(field, "a whole number"))
            return int(text)
        case FieldType.DATE:
            return _date(field, text)
        case FieldType.ENUM:
            return _entry(field, text)
        case _:
            return words if isinstance(words, str) else text


def shown(field: MetadataField, value: FieldValue) -> str:
    """A value as people read it; several are separated by commas."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(sorted((field.label_of(one) for one in value), key=str.casefold))
    return field.label_of(str(value)) if field.type is FieldType.ENUM else str(value)


def faults(schema: Schema, values: Mapping[str, FieldValue]) -> dict[str, Trouble]:
    """What is wrong with an asset's values, by field; {} if all is well.

    Fields the schema does not know are passed over: the definitions may be older than the asset.
    """
    found: dict[str, Trouble] = {}
    for name, state in schema.states(values).items():
        field = schema.field(name)
        if field is not None:
            trouble = fault(field, normalised(values.get(name)), state)
            if trouble is not None:
                found[name] = trouble
    return found


def fault(field: MetadataField, value: FieldValue, state: FieldState) -> Trouble | None:
    """Why the field must not have this value in this state; None if it may."""
    if not state.enabled:
        return None if value is None else _trouble(DISABLED, field)
    if value is None:
        empty = state.mandatory and state.value is None
        return _trouble(MANDATORY, field) if empty else None
    kind = _type_fault(field, value)
    if kind is not None:
        return kind
    if field.type.has_datasource:
        return _choice_fault(field, value, state)
    return _check_fault(field, value, field.validation)


DISABLED = QT_TRANSLATE_NOOP(
    "errors", "“{field}” is switched off by a rule for what the other fields say."
)
MANDATORY = QT_TRANSLATE_NOOP("errors", "“{field}” must not be empty.")
NO_NUMBER = QT_TRANSLATE_NOOP("errors", "“{field}” needs a whole number.")
NO_DATE = QT_TRANSLATE_NOOP("errors", "“{field}” needs a date such as 2026-05-31.")
NO_ENTRY = QT_TRANSLATE_NOOP("errors", "“{value}” is not in the list of “{field}”.")
NOT_NOW = QT_TRANSLATE_NOOP(
    "errors", "“{value}” cannot be chosen for “{field}” with what the other fields say."
)
TOO_MANY = QT_TRANSLATE_NOOP("errors", "“{field}” takes at most {most} values.")
TOO_LONG = QT_TRANSLATE_NOOP("errors", "“{field}” takes at most {most} characters.")
TOO_SHORT = QT_TRANSLATE_NOOP("errors", "“{field}” needs at least {least} characters.")
NO_MATCH = QT_TRANSLATE_NOOP("errors", "“{field}” has to match the pattern {pattern}.")
NOT_ABOVE = QT_TRANSLATE_NOOP("errors", "“{field}” has to be greater than {bound}.")
NOT_AT_LEAST = QT_TRANSLATE_NOOP("errors", "“{field}” has to be {bound} or more.")
NOT_BELOW = QT_TRANSLATE_NOOP("errors", "“{field}” has to be less than {bound}.")
NOT_AT_MOST = QT_TRANSLATE_NOOP("errors", "“{field}” has to be {bound} or less.")


def _trouble(text: str, field: MetadataField, **facts: object) -> Trouble:
    told = {name: str(fact) for name, fact in facts.items()}
    return Trouble(kind="metadata", text=text, facts={"field": field.label, **told})


def _type_fault(field: MetadataField, value: FieldValue) -> Trouble | None:
    if field.type is FieldType.INTEGER and not isinstance(value, int):
        return _trouble(NO_NUMBER, field)
    if field.type is FieldType.DATE and not _is_date(value):
        return _trouble(NO_DATE, field)
    return None


def _choice_fault(field: MetadataField, value: FieldValue, state: FieldState) -> Trouble | None:
    chosen = value if isinstance(value, tuple) else (str(value),)
    if len(chosen) > MAX_ENTRIES:
        return _trouble(TOO_MANY, field, most=MAX_ENTRIES)
    for one in chosen:
        if one not in field.active_ids():
            return _trouble(NO_ENTRY, field, value=field.label_of(one))
        if state.allowed is not None and one not in state.allowed:
            return _trouble(NOT_NOW, field, value=field.label_of(one))
    return None


def _check_fault(
    field: MetadataField, value: FieldValue, check: Validation | None
) -> Trouble | None:
    """What a validation says of a value of the right type."""
    text = str(value)
    match check:
        case AllOf():
            found = (_check_fault(field, value, one) for one in check.checks)
            return next((one for one in found if one is not None), None)
        case Bound():
            return _bound_fault(field, value, check)
        case Length() if len(text) < check.least:
            return _trouble(TOO_SHORT, field, least=check.least)
        case Pattern() if matches(check.regex, text) is False:
            return _trouble(NO_MATCH, field, pattern=check.regex)
    most = check.most if isinstance(check, Length) and check.most is not None else MAX_LETTERS
    return _trouble(TOO_LONG, field, most=most) if len(text) > most else None


def _bound_fault(field: MetadataField, value: FieldValue, bound: Bound) -> Trouble | None:
    """Numbers compare as numbers; ISO dates order as their texts do."""
    same = str(value) == str(bound.value)
    if isinstance(value, int) and isinstance(bound.value, int):
        above = value > bound.value
    else:
        above = str(value) > str(bound.value)
    fits = same if bound.equals and same else (above == bound.above and not same)
    if fits:
        return None
    if bound.above:
        text = NOT_AT_LEAST if bound.equals else NOT_ABOVE
    else:
        text = NOT_AT_MOST if bound.equals else NOT_BELOW
    return _trouble(text, field, bound=bound.value)


def matches(regex: str, text: str) -> bool | None:
    """Is the pattern found in the text? None if that is for the service to say.

    The patterns are the service's, and a pattern can keep a program busy for years: what could
    cost too much, or is written in a way that Python does not know, is not tried here.
    """
    if REPEATED_GROUP.search(regex) or BACK_REFERENCE.search(regex) or len(regex) > 1_000:
        return None
    depth = len(OPEN_ENDED.findall(regex)) + (0 if regex.startswith("^") else 1)
    choices = min(100, len(CHOICE.findall(regex)))
    if len(text) ** depth * 2.0**choices > MOST_STEPS:
        return None
    try:
        return re.search(regex, text) is not None
    except re.error:
        return None


def _entry(field: MetadataField, words: str) -> str:
    found = field.entry_named(words)
    if found is None:
        raise MetadataValueError(
            what=f"“{words.strip()}”", detail=f"it is not in the list of “{field.label}”"
        )
    return found


def _date(field: MetadataField, text: str) -> str:
    if not _is_date(text):
        detail = _needs(field, "a date such as 2026-05-31")
        raise MetadataValueError(what=f"“{text}”", detail=detail)
    return text


def _is_date(value: object) -> bool:
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _needs(field: MetadataField, what: str) -> str:
    return f"“{field.label}” needs {what}"
