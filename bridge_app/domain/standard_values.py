"""What a standard field can hold: the one form of its values, and what is wrong with others.

A field is known here by the key of its path: `title`, `alt_text[de]`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from types import MappingProxyType

from bridge_app.domain.coordinates import read_coordinate
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.metadata_fields import FieldValue, normalised
from bridge_app.domain.standard_schema import (
    LISTED,
    MOST_ENTRIES,
    MOST_WORDS,
    Shape,
    StandardField,
)
from bridge_app.domain.standard_table import BY_ID

_KEY = re.compile(
    r"(?P<id>[a-z0-9_]+)(?:#(?P<number>[1-9][0-9]?))?(?:\[(?P<language>[^\[\]]+)\])?", re.ASCII
)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,7}", re.ASCII)
_DAY = r"(?P<year>\d{4})(?:[-:](?P<month>\d\d)(?:[-:](?P<day>\d\d)"
_CLOCK = r"(?P<hour>\d\d:\d\d)(?P<second>:\d\d(?:\.\d{1,9})?)?"
_MOMENT = re.compile(
    rf"{_DAY}(?:[T ]{_CLOCK} ?(?P<zone>[Zz]|[+-]\d\d:?\d\d)?)?)?)?", flags=re.ASCII
)
_PATTERNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "scene": (r"\d{6}", QT_TRANSLATE_NOOP("facts", "a scene code has six digits")),
        "subject_code": (r"\d{8}", QT_TRANSLATE_NOOP("facts", "a subject code has eight digits")),
        "model_age": (r"\d{1,3}", QT_TRANSLATE_NOOP("facts", "an age is a number of years")),
        "languages": (
            _LANGUAGE.pattern,
            QT_TRANSLATE_NOOP("facts", "a language is written such as de or en-GB"),
        ),
        **{
            f"{place}country_iso": (
                r"[A-Za-z]{2,3}",
                QT_TRANSLATE_NOOP("facts", "a country code has two or three letters"),
            )
            for place in ("", "created_", "shown_")
        },
        **{
            f"region_{name}": (
                r"-?\d+(\.\d+)?",
                QT_TRANSLATE_NOOP("facts", "a measure is a number such as 0.25"),
            )
            for name in ("x", "y", "w", "h", "radius")
        },
    }
)
"""What the text, or each word, of some fields looks like."""


def split_key(key: str) -> tuple[StandardField, str] | None:
    """The field and the language of a key; "" is the default. None for a key of no field."""
    found = _KEY.fullmatch(key)
    field = BY_ID.get(found["id"]) if found else None
    if found is None or field is None:
        return None
    number = int(found["number"] or 0)
    if number:
        if number == 1 or number > MOST_ENTRIES or field.group not in LISTED:
            return None
        field = field.nth(number)
    language = found["language"] or ""
    if language and (not field.by_language or language != language_tag(language)):
        return None
    return field, language


def language_tag(text: str) -> str | None:
    """A language tag in its usual capitals: `de`, `pt-BR`, `zh-Hant`; "" for `x-default`.

    None if it is no tag (RFC 5646 2.1.1 says which capitals are usual).
    """
    plain = text.strip().replace("_", "-")
    if plain.lower() == "x-default":
        return ""
    if not _LANGUAGE.fullmatch(plain):
        return None
    first, *more = plain.split("-")
    return "-".join((first.lower(), *map(_subtag, more)))


def tidied(field: StandardField, value: FieldValue) -> FieldValue:
    """The value in the one form of its field, as far as it can be brought into it."""
    if value is None or value in ("", ()):
        return None
    if field.shape is Shape.BAG:
        words = value if isinstance(value, tuple) else (str(value),)
        return normalised(tuple(filter(None, (word.strip() for word in words))))
    if isinstance(value, tuple):
        return normalised(value)
    return normalised(_TIDY.get(field.shape, str.strip)(str(value)))


def fault(field: StandardField, value: FieldValue) -> str:
    """What is wrong with a tidied value, for people; "" if it can be written."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return _bag_fault(field, value)
    if isinstance(value, int):
        return _number_fault(field, value)
    if field.shape is Shape.BAG:
        return QT_TRANSLATE_NOOP("facts", "it takes a set of words")
    return _text_fault(field, value) or _FAULTS.get(field.shape, _none)(field, value)


def _subtag(text: str) -> str:
    if len(text) == 4 and text.isalpha():
        return text.title()
    return text.upper() if len(text) == 2 else text.lower()


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _names(text: str) -> str:
    return "; ".join(dict.fromkeys(filter(None, (name.strip() for name in text.split(";")))))


def _moment(text: str) -> str:
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return text.strip()
    day = "-".join(filter(None, found.group("year", "month", "day")))
    if not found["hour"]:
        return day
    zone = (found["zone"] or "").upper()
    if len(zone) == len("+0200"):
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{day}T{found['hour']}{found['second'] or ''}{zone}"


def _whole(text: str) -> FieldValue:
    return int(text) if re.fullmatch(r"[+-]?\d{1,18}", text.strip(), re.ASCII) else text.strip()


def _place(text: str) -> str:
    return read_coordinate(text) or text.strip()


_TIDY: Mapping[Shape, Callable[[str], FieldValue]] = MappingProxyType(
    {
        Shape.PROSE: _lines,
        Shape.NAMES: _names,
        Shape.MOMENT: _moment,
        Shape.WHOLE: _whole,
        Shape.COORDINATE: _place,
    }
)


def _bag_fault(field: StandardField, words: tuple[str, ...]) -> str:
    if field.shape is not Shape.BAG:
        return QT_TRANSLATE_NOOP("facts", "it takes one value")
    if len(words) > MOST_WORDS:
        return f"it takes at most {MOST_WORDS:,} words"
    return next(filter(None, (_text_fault(field, word) for word in words)), "")


def _number_fault(field: StandardField, number: int) -> str:
    if field.shape is not Shape.WHOLE:
        return QT_TRANSLATE_NOOP("facts", "it takes a text")
    least, greatest = field.least, field.greatest
    if (least is not None and number < least) or (greatest is not None and number > greatest):
        return f"it is a number from {least} to {greatest}"
    return ""


def _text_fault(field: StandardField, text: str) -> str:
    limit = field.limit
    if limit is not None and len(text) > limit:
        return f"it takes at most {limit:,} characters" + (" a word" if _is_bag(field) else "")
    if not text.isprintable() and (detail := _letters_fault(field, text)):
        return detail
    if field.base not in _PATTERNS:
        return ""
    pattern, why = _PATTERNS[field.base]
    return "" if re.fullmatch(pattern, text, re.ASCII) else why


def _letters_fault(field: StandardField, text: str) -> str:
    kept = "\n\t" if field.shape is Shape.PROSE else ""
    for letter in text:
        if letter not in kept and _is_unfit(letter):
            if letter in "\n\r":
                return QT_TRANSLATE_NOOP("facts", "it is one line")
            return f"it holds the character U+{ord(letter):04X}, which no file can keep"
    return ""


def _is_unfit(letter: str) -> bool:
    """Control characters, halves of surrogate pairs, and what is no character at all."""
    return unicodedata.category(letter) in ("Cc", "Cs") or ord(letter) & 0xFFFE == 0xFFFE


def _is_bag(field: StandardField) -> bool:
    return field.shape is Shape.BAG


def _none(field: StandardField, text: str) -> str:
    del field, text
    return ""


def _moment_fault(field: StandardField, text: str) -> str:
    del field
    found = _MOMENT.fullmatch(text)
    if found is None:
        return QT_TRANSLATE_NOOP(
            "facts", "a date is written such as 2026, 2026-12-01 or 2026-12-01T09:00:00+01:00"
        )
    try:
        date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
        if found["hour"]:
            clock = f"{found['hour']}{(found['second'] or '')[:3]}"
            time.fromisoformat(clock)
            datetime.fromisoformat(f"2000-01-01T{clock}{found['zone'] or ''}")
    except ValueError:
        return QT_TRANSLATE_NOOP("facts", "there is no such day or time")
    return ""


def _choice_fault(field: StandardField, text: str) -> str:
    known = text in dict(field.choices)
    return "" if known else QT_TRANSLATE_NOOP("facts", "it is none of the choices")


def _link_fault(field: StandardField, text: str) -> str:
    del field
    has_blank = re.search(r"\s", text)
    return QT_TRANSLATE_NOOP("facts", "an address has no blanks") if has_blank else ""


def _place_fault(field: StandardField, text: str) -> str:
    del field
    parts = text.split(",")
    if len(parts) != 2 or read_coordinate(text) != text:
        return QT_TRANSLATE_NOOP(
            "facts",
            "a coordinate is written such as 48.85837, 2.29448 or 48°51′30″N 2°17′40″E",  # noqa: RUF001 - minutes of an arc
        )
    if abs(float(parts[0])) > 90 or abs(float(parts[1])) > 180:
        return QT_TRANSLATE_NOOP(
            "facts", "a latitude is at most 90 degrees, a longitude at most 180"
        )
    return ""


def _whole_fault(field: StandardField, text: str) -> str:
    del field, text
    return QT_TRANSLATE_NOOP("facts", "it is a whole number")


_FAULTS: Mapping[Shape, Callable[[StandardField, str], str]] = MappingProxyType(
    {
        Shape.MOMENT: _moment_fault,
        Shape.CHOICE: _choice_fault,
        Shape.LINK: _link_fault,
        Shape.COORDINATE: _place_fault,
        Shape.WHOLE: _whole_fault,
    }
)
