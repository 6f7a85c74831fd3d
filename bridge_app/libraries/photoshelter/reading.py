"""Values out of hostile records: what is of another type is converted, left out, or refused.

Refused is what the gate decides by: a rights block that was cut or guessed would be worse than
an asset that is not taken over. Source: reference/photoshelter.md, 5 and 7.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP

LONGEST_TEXT = 100_000
"""Characters of one field; IIM's longest has 2,000 bytes."""
LONGEST_NAME = 255
MOST_WORDS = 5_000
LARGEST_FILE = 1 << 53
ID = re.compile(r"[A-Z]{1,3}0{2,4}[A-Za-z0-9._]{11}")
ID_LENGTH = 16
MEDIA_ID = re.compile(r"(AD|VD|DO|I0)000[A-Za-z0-9._]{11}")
CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
KEPT = frozenset("\n\t")
ZONES = re.compile(r"\s*(GMT|UTC|Z)$", re.IGNORECASE)
TRUE, FALSE = frozenset({"t", "true", "1", "yes"}), frozenset({"f", "false", "0", "no"})

TOO_LONG = QT_TRANSLATE_NOOP("libraries", "its field {field} is longer than {most} characters")
NOT_READABLE = QT_TRANSLATE_NOOP("libraries", "its field {field} cannot be read")
NO_ID = QT_TRANSLATE_NOOP("libraries", "it has no identity")


class UnreadableError(Exception):
    """A record cannot be taken over; `reason` is a template that `facts` fill."""

    def __init__(self, reason: str, **facts: str) -> None:
        self.reason = reason
        self.facts = facts
        super().__init__(reason.format(**facts))


def as_object(value: object) -> Mapping[str, Any]:
    """An object; anything else is an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """A list; an object is a list of one, anything else an empty one."""
    if isinstance(value, dict):
        return [value]
    return value if isinstance(value, list) else []


def attributes(record: object) -> Mapping[str, Any]:
    """What a resource says of itself."""
    return as_object(as_object(record).get("attributes"))


def included(record: object, name: str) -> object:
    """What was joined to a resource under that name: its `data`; None if nothing was.

    Source: reference/photoshelter.md, 5 (`includes` stands inside of the item).
    """
    found = _joins(record).get(name)
    return found.get("data", found) if isinstance(found, dict) else found


def is_joined(record: object, name: str) -> bool:
    """Was that joined to a resource at all, be it empty?"""
    return name in _joins(record)


def _joins(record: object) -> Mapping[str, Any]:
    return as_object(as_object(record).get("includes"))


def identity(record: object) -> str:
    """The id of a resource, "" if it has none that can be used."""
    found = as_object(record).get("id")
    return found if isinstance(found, str) and is_id(found) else ""


def is_id(value: str) -> bool:
    """Is it an id of this service? Source: reference/photoshelter.md, 2."""
    return len(value) == ID_LENGTH and ID.fullmatch(value) is not None


def text(value: object, field: str, *, longest: int = LONGEST_TEXT) -> str:
    """A text; numbers become one, null and nothing are "". Raises UnreadableError."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise UnreadableError(NOT_READABLE, field=field)
    found = str(value)
    if len(found) > longest:
        raise UnreadableError(TOO_LONG, field=field, most=str(longest))
    return cleaned(found)


def words(value: object, field: str) -> tuple[str, ...]:
    """A list of texts, each once; a single text is a list of one. Raises UnreadableError."""
    given: Iterable[object] = value if isinstance(value, list) else [value]
    found = [text(one, field).strip() for one in given]
    once = tuple(dict.fromkeys(word for word in found if word))
    if len(once) > MOST_WORDS or sum(map(len, once)) > LONGEST_TEXT:
        raise UnreadableError(TOO_LONG, field=field, most=str(LONGEST_TEXT))
    return once


def optional_text(value: object, *, longest: int = LONGEST_TEXT) -> str:
    """A text that nothing depends on: cut, and "" where it is something else."""
    return cleaned(value[:longest]) if isinstance(value, str) else ""


def name(value: object, otherwise: str) -> str:
    """A name on one line, bounded; `otherwise` where there is none."""
    if not isinstance(value, str):
        return otherwise
    return " ".join(cleaned(value[:LONGEST_NAME]).split()) or otherwise


def file_name(value: object, otherwise: str) -> str:
    """A name that a file can have: without separators, dots alone, or an end that is cut."""
    if not isinstance(value, str):
        return otherwise
    stem, dot, ending = value.rpartition(".")
    if len(value) > LONGEST_NAME and dot and len(ending) < 10:
        value = f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    found = re.sub(r"[/\\]", "_", name(value, otherwise))
    return found if found.strip(". ") else otherwise


def cleaned(found: str) -> str:
    """A text without what no database takes, or what moves the text around it."""
    if found.isascii() and found.isprintable():
        return found
    return "".join("\ufffd" if _misleads(one) else one for one in found)


def _misleads(one: str) -> bool:
    return one not in KEPT and (unicodedata.category(one) in CONTROLS or one in DIRECTION)


def whole(value: object, *, least: int = 0, most: int = LARGEST_FILE) -> int | None:
    """A whole number within bounds, also written as a text; None if it is none."""
    if isinstance(value, str) and value.isascii() and len(value) < 20:
        value = int(value) if value.removeprefix("-").isdecimal() else value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    is_one = isinstance(value, int) and not isinstance(value, bool)
    return value if is_one and isinstance(value, int) and least <= value <= most else None


def seconds(value: object) -> float | None:
    """A length of time; None if it is none."""
    try:
        found = float(value) if isinstance(value, str | int | float) else -1.0
    except (ValueError, OverflowError):
        return None
    return found if 0 <= found < 1e7 and not isinstance(value, bool) else None


def flag(value: object, field: str) -> bool | None:
    """Yes, no, or not said; "t" and "f" as version 3 has it. Raises UnreadableError."""
    if value is None or value == "" or isinstance(value, bool):
        return value if isinstance(value, bool) else None
    said = str(value).strip().lower() if isinstance(value, str | int) else ""
    if said in TRUE or said in FALSE:
        return said in TRUE
    raise UnreadableError(NOT_READABLE, field=field)


def moment(value: object) -> datetime | None:
    """A point in time; without a zone it is UTC. None if it is none."""
    if not isinstance(value, str) or not 8 <= len(value) <= 40:
        return None
    told = ZONES.sub("+00:00", value.strip())
    try:
        found = datetime.fromisoformat(told)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def iso(found: datetime | None) -> str:
    """A point in time as we keep it: ISO 8601, UTC, `Z`; "" for none."""
    return found.isoformat().replace("+00:00", "Z") if found else ""


def spoken(stored: str) -> str:
    """A time of ours as the service takes it: `2019-10-15 12:00:00 GMT`."""
    found = moment(stored)
    return f"{found:%Y-%m-%d %H:%M:%S} GMT" if found else ""


def times(told: Mapping[str, Any]) -> tuple[str, str]:
    """When a record was made and last changed, whatever the service calls the two.

    Source: reference/photoshelter.md, 5: the names are swapped in one of its documents.
    """
    names = ("created_at", "modified_at", "uploaded_at", "updated_at")
    found = [when for each in names if (when := moment(told.get(each))) is not None]
    return (iso(min(found)), iso(max(found))) if found else ("", "")


def rounded_up(stored: str) -> str:
    """The first whole second not before a time of ours, as the service takes it."""
    found = moment(stored)
    if found is not None and found.microsecond:
        found = found.replace(microsecond=0) + timedelta(seconds=1)
    return spoken(iso(found))
