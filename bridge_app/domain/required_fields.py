"""Fields that a policy wants filled in before something leaves: which there are, what is missing.

Words of a person about a master; what a camera or a service writes by itself is not asked for.
A text can be required in a language: `alt_text[de]` beside `alt_text`, the default.
"""

import re
from collections.abc import Iterable, Mapping

from bridge_app.domain.errors import QT_TRANSLATE_NOOP

REQUIRABLE: Mapping[str, str] = {
    "title": QT_TRANSLATE_NOOP("required fields", "title"),
    "caption": QT_TRANSLATE_NOOP("required fields", "caption"),
    "alt_text": QT_TRANSLATE_NOOP("required fields", "alternative text"),
    "keywords": QT_TRANSLATE_NOOP("required fields", "keywords"),
    "creator": QT_TRANSLATE_NOOP("required fields", "creator"),
    "credit": QT_TRANSLATE_NOOP("required fields", "credit line"),
    "copyright": QT_TRANSLATE_NOOP("required fields", "copyright notice"),
    "usage_terms": QT_TRANSLATE_NOOP("required fields", "usage terms"),
}
"""The fields that may be required, by their ids in the standard; each named inside a sentence."""
BY_LANGUAGE = frozenset({"title", "caption", "alt_text", "copyright", "usage_terms"})
"""Those among them that have alternatives by language."""
UNLISTED = frozenset({"alt_text"})
"""Those that a listing of assets has no column for; nor has it one for any language."""
_NAME = re.compile(
    r"(?P<field>[a-z_]+)(?:\[(?P<language>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,7})\])?", re.ASCII
)


def parts_of(name: str) -> tuple[str, str] | None:
    """The field and the language ("" is the default) of a name; None if it cannot be required."""
    found = _NAME.fullmatch(name)
    if found is None or found["field"] not in REQUIRABLE:
        return None
    language = found["language"] or ""
    return (found["field"], language) if not language or found["field"] in BY_LANGUAGE else None


def filled(values: Mapping[str, object]) -> frozenset[str]:
    """The names under which something requirable stands; spaces alone are nothing."""
    return frozenset(
        name.lower()
        for name, value in values.items()
        if _says_something(value) and parts_of(name) is not None
    )


def lacking(required: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    """What is required and not filled in, in the order of `required`; tags have no case."""
    return tuple(name for name in required if name.lower() not in known)


def field_label(name: str) -> str:
    """What people call a field, as English text to be translated; its id where it is unknown."""
    return REQUIRABLE.get(name, name)


def field_words(name: str) -> str:
    """The same with its language, in English: “alternative text [de]”."""
    field, language = parts_of(name) or (name, "")
    return f"{field_label(field)} [{language}]" if language else field_label(field)


def _says_something(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return any(map(_says_something, value)) if isinstance(value, tuple | list) else False
