"""Filters that are typed as words: `type:image rating:>=3 keyword:"old town" expires:<30d`."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, StrEnum

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Kind
from bridge_app.domain.query import Orientation, Query
from bridge_app.domain.rights import RightsState

TOKEN = re.compile(r'(?<!\S)([a-z]+):((?:"[^"]*(?:"|$)|[^\s"])*)', re.IGNORECASE)
RATING = re.compile(r"(>=|>|=)?\s*([0-5])(\+?)")
DAYS = re.compile(r"<?(\d{1,4})d")
DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
LONGEST_VALUE = 200
MOST_STARS = 5
MOST_DAYS = 9_999
MOST_KEYWORDS = 50
"""In one search; SQLite takes no condition of a thousand parts."""


class Key(StrEnum):
    """What can stand before the colon."""

    TYPE = "type"
    APPROVAL = "approval"
    RIGHTS = "rights"
    RATING = "rating"
    SHAPE = "shape"
    TAKEN = "taken"
    PUSHED = "pushed"
    READABLE = "readable"
    KEYWORD = "keyword"
    IN = "in"
    EXPIRES = "expires"


SPACED = frozenset({Key.KEYWORD, Key.IN})
"""What has names with blanks for values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A filter as it was typed, from `start` to before `end` in the text."""

    key: Key
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood: the query, and the tokens that mean nothing."""

    query: Query
    tokens: tuple[Token, ...] = ()
    wrong: tuple[Token, ...] = ()


WORDS: Mapping[Key, Mapping[str, Enum]] = {
    Key.TYPE: {one.value: one for one in Kind},
    Key.APPROVAL: {one.value.replace("_", "-"): one for one in Approval},
    Key.RIGHTS: {one.value.replace("_", "-"): one for one in RightsState},
    Key.SHAPE: {one.value: one for one in Orientation},
}
"""The words that a key takes; several are parted by commas, and are alternatives."""
YES_NO = ("yes", "no")
OFFERED: Mapping[Key, tuple[str, ...]] = {
    **{key: tuple(words) for key, words in WORDS.items()},
    Key.RATING: (">=1", ">=2", ">=3", ">=4", "5"),
    Key.TAKEN: ("<7d", "<30d", "<365d"),
    Key.PUSHED: YES_NO,
    Key.READABLE: YES_NO,
    Key.EXPIRES: ("<7d", "<30d", "<90d"),
    Key.KEYWORD: (),
    Key.IN: (),
}
"""What is offered after the colon; of keywords and folders there is no end."""


def tokens_in(text: str) -> list[Token]:
    """The tokens in a text; a word with a colon that is no key of ours is a word."""
    keys = {key.value: key for key in Key}
    return [
        Token(
            key=keys[found.group(1).lower()],
            value=found.group(2).replace('"', "").strip()[:LONGEST_VALUE],
            start=found.start(),
            end=found.end(),
        )
        for found in TOKEN.finditer(text)
        if found.group(1).lower() in keys
    ]


def as_typed(word: str) -> str:
    """A token whose value has blanks that a shell has kept together, as it is typed in a field.

    Whoever has put several into the same quotes means several.
    """
    key, colon, value = word.partition(":")
    spaced = colon and key.lower() in SPACED and " " in value and '"' not in value
    return f'{key}:"{value}"' if spaced and not tokens_in(value) else word


def read_query(text: str, base: Query, *, today: date) -> Reading:
    """The query that a text means, over one that has filters already.

    Tokens that mean something become filters and leave the text; others stay in it, and are told.
    """
    query, read, wrong = base, [], []
    for token in tokens_in(text):
        meant = _apply(query, token, today)
        if meant is None:
            wrong.append(token)
        else:
            query = meant
            read.append(token)
    words = _without(text, read)
    return Reading(query=replace(query, text=words), tokens=tuple(read), wrong=tuple(wrong))


def unfinished(text: str) -> Token | None:
    """The token at the end of a text, as long as nothing follows it."""
    found = tokens_in(text)
    return found[-1] if found and found[-1].end == len(text) else None


def completions(text: str) -> list[str]:
    """What the text could become: with a key, or with a value of the key that is typed."""
    last = unfinished(text)
    if last is not None:
        values = OFFERED[last.key]
        begun = last.value.lower()
        head = text[: last.start] + f"{last.key.value}:"
        return [f"{head}{value} " for value in values if value.startswith(begun) and value != begun]
    head, _, word = text.rpartition(" ")
    if len(word) < 2 or '"' in word:
        return []
    before = f"{head} " if head else ""
    return [f"{before}{key.value}:" for key in Key if key.value.startswith(word.lower())]


def _without(text: str, tokens: Iterable[Token]) -> str:
    for token in sorted(tokens, key=lambda one: -one.start):
        text = text[: token.start] + text[token.end :].lstrip()
    return text


def _apply(query: Query, token: Token, today: date) -> Query | None:
    value = token.value
    if not value:
        return None
    return READERS[token.key](query, value, today)


def _words(field: str, key: Key) -> Callable[[Query, str, date], Query | None]:
    def read(query: Query, value: str, _: date) -> Query | None:
        known = WORDS[key]
        wanted = [known.get(word.strip().lower()) for word in value.split(",")]
        if None in wanted:
            return None
        return replace(query, **{field: frozenset(wanted)})  # type: ignore[arg-type]

    return read


def _rating(query: Query, value: str, _: date) -> Query | None:
    found = RATING.fullmatch(value)
    if found is None:
        return None
    stars = int(found.group(2)) + (found.group(1) == ">")
    return replace(query, min_rating=stars) if stars <= MOST_STARS else None


def _taken(query: Query, value: str, today: date) -> Query | None:
    days = DAYS.fullmatch(value)
    if days is not None:
        since = today - timedelta(days=int(days.group(1)))
        return replace(query, taken_from=since.isoformat(), taken_until=today.isoformat())
    first_text, between, last_text = value.partition("..")
    first = _span(first_text)
    last = _span(last_text) if between else first
    if first is None or last is None or first[0] > last[1]:
        return None
    return replace(query, taken_from=first[0].isoformat(), taken_until=last[1].isoformat())


def _span(text: str) -> tuple[date, date] | None:
    """The first and the last day of a year, a month or a day."""
    found = DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if day is not None:
            return first, first
        if month is None:
            return first, date(first.year, 12, 31)
        following = date(first.year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None
    return first, following - timedelta(days=1)


def _yes(query: Query, value: str, field: str, *, yes: object, no: object) -> Query | None:
    meant = {"yes": yes, "no": no}
    if value.lower() not in meant:
        return None
    return replace(query, **{field: meant[value.lower()]})  # type: ignore[arg-type]


def _pushed(query: Query, value: str, _: date) -> Query | None:
    return _yes(query, value, "pushed", yes=True, no=False)


def _readable(query: Query, value: str, _: date) -> Query | None:
    return _yes(query, value, "unreadable", yes=False, no=True)


def _keyword(query: Query, value: str, _: date) -> Query | None:
    keywords = query.keywords | {value}
    return replace(query, keywords=keywords) if len(keywords) <= MOST_KEYWORDS else None


def _in(query: Query, value: str, _: date) -> Query | None:
    return replace(query, inside=value.strip("/")) if value.strip("/") else None


def _expires(query: Query, value: str, _: date) -> Query | None:
    found = DAYS.fullmatch(value)
    days = int(found.group(1)) if found else 0
    return replace(query, ends_within_days=days) if days else None


READERS: Mapping[Key, Callable[[Query, str, date], Query | None]] = {
    Key.TYPE: _words("kinds", Key.TYPE),
    Key.APPROVAL: _words("approvals", Key.APPROVAL),
    Key.RIGHTS: _words("rights", Key.RIGHTS),
    Key.SHAPE: _words("orientations", Key.SHAPE),
    Key.RATING: _rating,
    Key.TAKEN: _taken,
    Key.PUSHED: _pushed,
    Key.READABLE: _readable,
    Key.KEYWORD: _keyword,
    Key.IN: _in,
    Key.EXPIRES: _expires,
}
