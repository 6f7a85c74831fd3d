"""How one value of a source is written in one place at Cloudinary, and read back from there.

Source: reference/cloudinary.md 3.2 (tags, context), 6.2 (structured metadata) and 12.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

from bridge_app.domain.edits import MAX_CONTEXT_LETTERS, MAX_TAG_LETTERS
from bridge_app.domain.mapping_sources import Shape
from bridge_app.domain.metadata_fields import FieldType, FieldValue

DAY_LETTERS = len("2026-12-01")
BETWEEN = re.compile(r"(?<!\\)((?:\\\\)*); ?")


def in_context(value: FieldValue) -> str:
    """As text of contextual metadata: at most 1,024 characters, of a list only whole members."""
    if not isinstance(value, tuple):
        return in_words(value)[:MAX_CONTEXT_LETTERS].strip()
    kept = len(value)
    while len(in_words(value[:kept])) > MAX_CONTEXT_LETTERS:
        kept -= 1
    return in_words(value[:kept])


def in_words(value: FieldValue) -> str:
    """As text; the members of a list are separated by semicolons, which a backslash escapes."""
    if isinstance(value, tuple):
        return "; ".join(one.replace("\\", r"\\").replace(";", r"\;") for one in value)
    return "" if value is None else str(value)


def from_words(shape: Shape, text: str) -> FieldValue:
    """What a text says; None if it is nothing of this shape."""
    if shape is Shape.LIST:
        parts = BETWEEN.sub("\\1\0", text).split("\0")
        return tuple(sorted({re.sub(r"\\(.)", r"\1", part) for part in parts if part})) or None
    if shape is Shape.WHOLE:
        return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else None
    if shape in (Shape.MOMENT, Shape.END):
        return text if _moment(text) is not None else None
    return text or None


def as_tags(words: tuple[str, ...]) -> tuple[str, ...]:
    """As tags: they are sent in one list with commas in between, so a comma becomes a space."""
    tags = (re.sub(r"\s*,\s*", " ", one)[:MAX_TAG_LETTERS].strip() for one in words)
    return tuple(sorted(set(tags) - {""}))


def in_field(kind: FieldType, shape: Shape, value: FieldValue) -> FieldValue:
    """As a value of a structured metadata field of this type; None if it cannot be one."""
    match kind:
        case FieldType.STRING:
            return in_words(value) or None
        case FieldType.INTEGER:
            return value if isinstance(value, int) else None
        case FieldType.DATE:
            return _day(shape, value)
        case FieldType.ENUM:
            return value[0] if isinstance(value, tuple) else in_words(value) or None
        case FieldType.SET:
            return value if isinstance(value, tuple) else (in_words(value),)


def from_field(shape: Shape, value: FieldValue) -> FieldValue:
    """What a structured metadata value says to a source of this shape."""
    if shape is Shape.LIST and isinstance(value, tuple):
        return tuple(sorted(value)) or None
    text = in_words(value)
    if shape is Shape.END and len(text) == DAY_LETTERS and (day := _moment(text)) is not None:
        return in_second(day + timedelta(days=1))
    return from_words(shape, text)


def in_second(moment: datetime) -> str:
    """A moment as the one text for it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def moment_in(text: str) -> str | None:
    """The moment that a text of the service names, to the second; None if it is none."""
    moment = _moment(text)
    return None if moment is None else in_second(moment)


def _day(shape: Shape, value: FieldValue) -> str | None:
    """The day of a moment; of an end at midnight the day that was the last one."""
    moment = _moment(value) if isinstance(value, str) else None
    if moment is None:
        return None
    ends = shape is Shape.END and moment.time() == time() and moment.date() > date.min
    return (moment - timedelta(days=1 if ends else 0)).date().isoformat()


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
