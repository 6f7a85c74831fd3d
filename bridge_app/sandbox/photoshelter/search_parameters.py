"""Reads one parameter of a search at a time: lists, flags, numbers, moments and the odd ones.

Source: reference/photoshelter.md 7.1.
"""

import json
from collections.abc import ItemsView, Mapping
from datetime import datetime

from bridge_app.sandbox.photoshelter.moments import moment

Params = Mapping[str, str]

YES, NO = frozenset({"true", "t", "1", "yes"}), frozenset({"false", "f", "0", "no"})


class BadSearchError(Exception):
    """A parameter that cannot be understood; the text says which."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"Invalid value of {name}: {value}")


def listed(params: Params, name: str) -> list[str]:
    """The parts of a comma list."""
    return [part for one in params.get(name, "").split(",") if (part := one.strip())]


def flag(params: Params, name: str, *, default: bool | None = None) -> bool | None:
    """Yes or no, `default` where nothing is said.

    Raises:
        BadSearchError: It is neither.
    """
    value = params.get(name, "").strip().lower()
    if not value:
        return default
    if value not in YES | NO:
        raise BadSearchError(name, value)
    return value in YES


def number(params: Params, name: str) -> int | None:
    """A whole number.

    Raises:
        BadSearchError: It is none.
    """
    value = params.get(name, "").strip()
    try:
        return int(value) if value else None
    except ValueError:
        raise BadSearchError(name, value) from None


def when(params: Params, name: str) -> datetime | None:
    """A moment; of a bare day the last second where it is an end.

    Raises:
        BadSearchError: It is none.
    """
    value = params.get(name, "").strip()
    if not value:
        return None
    at = moment(value, at_end=name.endswith("_end"))
    if at is None:
        raise BadSearchError(name, value)
    return at


def custom_options(params: Params) -> ItemsView[str, str] | None:
    """The option that each custom field must have, by their identifiers.

    Raises:
        BadSearchError: It is no JSON object of texts.
    """
    text = params.get("custom_metadata", "").strip()
    if not text:
        return None
    try:
        chosen = json.loads(text)
    except ValueError:
        chosen = None
    if not isinstance(chosen, dict) or not all(isinstance(one, str) for one in chosen.values()):
        raise BadSearchError("custom_metadata", text)
    return chosen.items()


def contacts(params: Params) -> list[tuple[str, str]]:
    """What each part of the contact must say: `city,Oslo,country,Norway`.

    Raises:
        BadSearchError: They are no pairs.
    """
    parts = [part.strip() for part in params.get("contact_info", "").split(",")]
    if parts == [""]:
        return []
    if len(parts) % 2:
        raise BadSearchError("contact_info", params["contact_info"])
    return list(zip(parts[::2], parts[1::2], strict=True))
