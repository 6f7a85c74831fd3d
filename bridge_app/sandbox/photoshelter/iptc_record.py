"""What an IPTC record may hold, and what an edit makes of it. Pure; the calls are elsewhere.

Source: reference/photoshelter.md 9, "Our contract, IPTC record".
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Record = dict[str, Any]

TEXTS = (
    "title",
    "headline",
    "caption",
    "caption_writer",
    "author",
    "position",
    "credit",
    "source",
    "copyright",
    "rights",
    "web_statement",
    "instructions",
    "trans_ref",
    "category",
    "urgency",
    "edit_status",
    "genre",
    "city",
    "state",
    "country",
    "country_iso",
    "location",
    "date_taken",
)
LISTS = ("keywords", "scene", "subject_code")
CONTACT = ("city", "country", "address", "postal_code", "region", "email", "phone", "url")
KEYWORDS_MODES = frozenset({"append", "remove", "replace"})
MAX_KEYWORD_BYTES = 64
"""The limit of IIM 2:25."""
MAX_TEXT_CHARACTERS = 32_000
TIME = r"[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|GMT|[+-]\d\d:?\d\d))?"
DATE = re.compile(rf"\d{{4}}(-\d\d(-\d\d({TIME})?)?)?")


class UnacceptableError(Exception):
    """An edit that cannot be carried out; the text says what is wrong with which field."""


def whole_record(stored: Mapping[str, Any]) -> Record:
    """A stored record with every field there is, empty ones as null, [] and {}."""
    return {
        **dict.fromkeys(TEXTS),
        **{name: [] for name in LISTS},
        "contact_info": {},
        **stored,
    }


def edited_record(
    stored: Mapping[str, Any], changes: Mapping[str, Any], *, keywords_mode: str = "replace"
) -> Record:
    """`stored` after an edit: absent keys stay, null and "" clear, lists replace.

    Keywords are appended to or removed from the stored ones where `keywords_mode` says so.

    Raises:
        UnacceptableError: A field nobody knows, or a value that cannot be; nothing is changed.
    """
    if keywords_mode not in KEYWORDS_MODES:
        message = f"keywords_mode is none of append, remove, replace: {keywords_mode}"
        raise UnacceptableError(message)
    after = dict(stored)
    for name, value in changes.items():
        accept = ACCEPTED.get(name)
        if accept is None:
            message = f"Unknown field: {name}"
            raise UnacceptableError(message)
        accepted = accept(name, value)
        if name == "keywords":
            accepted = _keywords(stored.get(name) or (), accepted or (), keywords_mode)
        if accepted:
            after[name] = accepted
        else:
            after.pop(name, None)
    return after


def _keywords(before: Iterable[str], given: Iterable[str], mode: str) -> list[str]:
    """Each keyword once, in the order they came; they are the same whatever their case."""
    gone = {word.casefold() for word in given} if mode == "remove" else set()
    words = {"append": (*before, *given), "remove": (*before,), "replace": (*given,)}[mode]
    once: dict[str, str] = {}
    for word in words:
        once.setdefault(word.casefold(), word)
    return [word for folded, word in once.items() if folded not in gone]


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        message = f"{name} must be a text"
        raise UnacceptableError(message)
    if len(value) > MAX_TEXT_CHARACTERS:
        message = f"{name} is longer than {MAX_TEXT_CHARACTERS} characters"
        raise UnacceptableError(message)
    return value


def _urgency(name: str, value: object) -> str:
    text = str(value) if type(value) is int else _text(name, value)
    if text and not re.fullmatch("[1-8]", text):
        message = f"{name} is a number from 1 to 8"
        raise UnacceptableError(message)
    return text


def _date(name: str, value: object) -> str:
    text = _text(name, value)
    if text and not DATE.fullmatch(text):
        message = f"{name} is no date: {text}"
        raise UnacceptableError(message)
    return text


def _country_code(name: str, value: object) -> str:
    text = _text(name, value)
    if text and not re.fullmatch(r"[A-Za-z]{2,3}", text):
        message = f"{name} is no country code: {text}"
        raise UnacceptableError(message)
    return text


def _words(name: str, value: object) -> list[str]:
    if value is None or value == "":
        return []
    if not isinstance(value, list):
        message = f"{name} must be a list"
        raise UnacceptableError(message)
    return [word for one in value if (word := _text(name, one).strip())]


def _keyword_list(name: str, value: object) -> list[str]:
    words = _words(name, value)
    for word in words:
        if len(word.encode("utf-8", "surrogatepass")) > MAX_KEYWORD_BYTES:
            message = f"A keyword has at most {MAX_KEYWORD_BYTES} bytes: {word}"
            raise UnacceptableError(message)
    return words


def _contact(name: str, value: object) -> dict[str, str]:
    if value is None or value == "":
        return {}
    if not isinstance(value, dict) or set(value) - set(CONTACT):
        message = f"{name} must hold some of {', '.join(CONTACT)}"
        raise UnacceptableError(message)
    texts = {key: _text(f"{name}.{key}", one) for key, one in value.items()}
    return {key: text for key, text in texts.items() if text}


ACCEPTED: Mapping[str, Callable[[str, object], Any]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(LISTS, _words),
    "keywords": _keyword_list,
    "urgency": _urgency,
    "date_taken": _date,
    "country_iso": _country_code,
    "contact_info": _contact,
}
"""What takes a field's value as it was sent, and gives what is stored; empty clears."""
