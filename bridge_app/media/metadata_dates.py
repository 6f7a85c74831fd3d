"""The spellings of dates in XMP, IIM and EXIF, as ISO 8601."""

import re
from collections.abc import Callable
from datetime import date, datetime, time


def iso(text: str, more: str) -> str | None:
    """A date in one of the three spellings as ISO 8601, or None when it is none.

    Args:
        text: "2021-10-20", "20211020", "2021:10:20 21:01:01", "2021-10-20T21:01:01.5Z"...
        more: What belongs to it elsewhere: a time ("21:01:01+00:00") or an offset ("+02:00").
    """
    if not text.strip():
        return None
    text = re.sub(r"^(\d{4}):(\d\d):(\d\d)", r"\1-\2-\3", text.strip()).replace(" ", "T", 1)
    text = re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", text)
    is_offset = re.fullmatch(r"[+-]\d\d:\d\d|Z", more.strip())
    if more.strip():
        text += more.strip() if is_offset and "T" in text else f"T{more.strip()}"
    for length, parse in PARSERS:
        if re.fullmatch(length, text):
            try:
                parse(text)
            except ValueError:
                return None
            return text
    return None


def _full(text: str) -> datetime:
    day, _, clock = text.partition("T")
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))


PARSERS: tuple[tuple[str, Callable[[str], object]], ...] = (
    (r"\d{4}", lambda text: date(int(text), 1, 1)),
    (r"\d{4}-\d\d", lambda text: date.fromisoformat(f"{text}-01")),
    (r"\d{4}-\d\d-\d\d", date.fromisoformat),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", _full),
)
