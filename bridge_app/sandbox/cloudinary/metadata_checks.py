"""What a value of a structured metadata field must satisfy: its type, and its validation.

Source: reference/cloudinary.md 6.2. Pure.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bridge_app.sandbox.cloudinary.errors import bad_request

Value = str | int | list[str] | None
"""A value as it is kept: text, also for dates and enums; a number; a set's external IDs."""

MAX_LETTERS = 4_000_000
MAX_INTEGER = 2**63
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
INTEGER = re.compile(r"[+-]?\d{1,19}")
COMPARED = frozenset({"integer", "date"})


def is_empty(value: object) -> bool:
    """Whether a value means that there is none."""
    return value is None or value in ("", [])


def typed(kind: str, given: object) -> Value:
    """A value as a field of this type keeps it.

    Raises:
        ValueError: It is no value of that type.
    """
    if kind == "set":
        return [str(one) for one in (given if isinstance(given, list) else [given])]
    if isinstance(given, list | dict | bool | float) or given is None:
        raise ValueError(f"{given} is no {kind}")
    text = str(given)
    if kind == "integer":
        return _integer(text)
    if kind == "date":
        return _date(text)
    if len(text) > MAX_LETTERS:
        raise ValueError("too long")
    return text


def _integer(text: str) -> int:
    if not INTEGER.fullmatch(text) or abs(int(text)) > MAX_INTEGER:
        raise ValueError(f"{text} is no integer")
    return int(text)


def _date(text: str) -> str:
    if not ISO_DATE.fullmatch(text):
        raise ValueError(f"{text} is no date")
    return date.fromisoformat(text).isoformat()


def as_validation(kind: str, given: object) -> Mapping[str, Any] | None:
    """A validation for fields of this type; None for none.

    Raises:
        CloudinaryError: 400, it is none, or not for this type.
    """
    if is_empty(given):
        return None
    if not isinstance(given, dict) or not _is_validation(kind, given):
        raise bad_request("validation is invalid")
    return given


def _is_validation(kind: str, rule: Mapping[str, Any]) -> bool:
    match rule.get("type"):
        case "and":
            rules = rule.get("rules")
            return (
                isinstance(rules, list)
                and bool(rules)
                and all(isinstance(one, dict) and _is_validation(kind, one) for one in rules)
            )
        case "greater_than" | "less_than":
            return kind in COMPARED and _is_typed(kind, rule.get("value"))
        case "strlen":
            bounds = [rule[name] for name in ("min", "max") if rule.get(name) is not None]
            return kind == "string" and bool(bounds) and all(_is_length(one) for one in bounds)
        case "strregex":
            return kind == "string" and _is_regex(rule.get("regex"))
        case _:
            return False


def _is_typed(kind: str, value: object) -> bool:
    try:
        typed(kind, value)
    except ValueError:
        return False
    return True


def _is_length(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_regex(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(re.compile(text))
    except re.error:
        return False


def satisfies(validation: Mapping[str, Any] | None, value: Value) -> bool:
    """Whether a value of the right type passes; without a validation every one does."""
    if validation is None:
        return True
    match validation["type"]:
        case "and":
            return all(satisfies(rule, value) for rule in validation["rules"])
        case "greater_than":
            return _is_above(value, validation["value"], validation)
        case "less_than":
            return _is_above(validation["value"], value, validation)
        case "strlen":
            letters = len(str(value))
            highest = validation.get("max")
            return letters >= (validation.get("min") or 0) and (
                highest is None or letters <= highest
            )
        case _:
            return re.search(validation["regex"], str(value)) is not None


def _is_above(value: Any, bound: Any, rule: Mapping[str, Any]) -> bool:
    """Compare two numbers or two ISO dates, which order as their texts do."""
    if isinstance(value, int) or isinstance(bound, int):
        value, bound = int(value), int(bound)
    return value > bound or (bool(rule.get("equals")) and value == bound)
