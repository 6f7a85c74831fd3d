"""Fields that a policy wants filled in before something leaves: which there are, what is missing.

Words of a person about a master; what a camera or a service writes by itself is not asked for.
"""

from collections.abc import Iterable, Mapping

from bridge_app.domain.errors import QT_TRANSLATE_NOOP

REQUIRABLE: Mapping[str, str] = {
    "title": QT_TRANSLATE_NOOP("required fields", "title"),
    "caption": QT_TRANSLATE_NOOP("required fields", "caption"),
    "keywords": QT_TRANSLATE_NOOP("required fields", "keywords"),
    "creator": QT_TRANSLATE_NOOP("required fields", "creator"),
    "credit": QT_TRANSLATE_NOOP("required fields", "credit line"),
    "copyright": QT_TRANSLATE_NOOP("required fields", "copyright notice"),
    "usage_terms": QT_TRANSLATE_NOOP("required fields", "usage terms"),
}
"""The fields that may be required, by their ids in the standard; each named inside a sentence."""


def filled(values: Mapping[str, object]) -> frozenset[str]:
    """The ids of the requirable fields in which something stands; spaces alone are nothing."""
    return frozenset(name for name in REQUIRABLE if _says_something(values.get(name)))


def lacking(required: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    """What is required and not filled in, in the order of `required`."""
    return tuple(name for name in required if name not in known)


def field_label(name: str) -> str:
    """What people call a field, as English text to be translated; its id where it is unknown."""
    return REQUIRABLE.get(name, name)


def _says_something(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return any(map(_says_something, value)) if isinstance(value, tuple | list) else False
