"""The block in an asset's instructions that says when, where and for what it may be used.

`[[rights expires=2027-03-31 regions=NO,SE channels=web]]`: custom fields cannot hold dates, and
keywords are short. What cannot be understood holds the asset back.
Source: reference/photoshelter.md, 10 "rights block".
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar

from bridge_app.domain.countries import COUNTRIES
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.territories import REGIONS, WORLD

CHANNELS = frozenset(
    {"web", "social", "email", "print", "ooh", "broadcast", "ecommerce", "internal"}
)
"""What a use can be for."""
TERRITORIES = COUNTRIES | REGIONS.keys() | {WORLD}
"""Where a use can be."""
KEYS = frozenset({"embargo", "starts", "expires", "regions", "channels", "max_px", "credit", "ai"})
DAY_LETTERS = len("2027-03-31")
FIRST_YEAR = 1900
"""Of rights; an earlier one is a slip."""

OPENING = re.compile(r"\[\[\s*rights", re.IGNORECASE)
BLOCK = re.compile(r"\[\[\s*rights(?P<body>[^\[\]]*)\]\]", re.IGNORECASE)
WITH_SPACE = re.compile(rf"[ \t]*{BLOCK.pattern}[ \t]*", BLOCK.flags)
PAIR = re.compile(
    r'\s+(?P<key>[A-Za-z_][\w-]*)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))', re.ASCII
)
MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{3}(\d{3})?)?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
NUMBER = re.compile(r"[1-9][0-9]{0,5}")
KEY = re.compile(r"[a-z_][\w-]*", re.ASCII)
_T = TypeVar("_T")


class UnreadableRightsBlockError(BridgeError):
    """There is a block, and nobody can tell what it says."""

    text = QT_TRANSLATE_NOOP("errors", "The rights block cannot be read: {detail}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsBlock:
    """What a block says; times are aware UTC, `expires` is the first moment without rights.

    Empty `regions` and `channels` limit nothing. `max_px` bounds the longest side, in pixels.
    `others` are the keys we do not know with their values, in their order, kept as they are.
    """

    embargo: datetime | None = None
    starts: datetime | None = None
    expires: datetime | None = None
    regions: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    max_px: int | None = None
    credit_required: bool = False
    no_ai: bool = False
    others: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for key, value in self.others:
            known = not KEY.fullmatch(key) or key in KEYS
            if known or value != value.strip() or not value or set(value) & set('"[]'):
                raise UnreadableRightsBlockError(detail=f"{key}={value}")

    @property
    def is_empty(self) -> bool:
        """Does it say nothing at all?"""
        return self == RightsBlock()

    def __str__(self) -> str:
        """The block as text, the same for the same values."""
        told = "".join(f" {key}={_quoted(value)}" for key, value in _told(self))
        return f"[[rights{told}]]"


def read_block(instructions: str) -> RightsBlock | None:
    """The last block in this text; None if there is none.

    Raises UnreadableRightsBlockError for a block that is open-ended or empty, says something
    twice, or has a value that its key does not take.
    """
    openings = list(OPENING.finditer(instructions))
    if not openings:
        return None
    found = BLOCK.match(instructions, openings[-1].start())
    if found is None:
        raise UnreadableRightsBlockError(
            detail=QT_TRANSLATE_NOOP("facts", "it does not end with ]]")
        )
    said: dict[str, str] = {}
    for key, value in _pairs(found["body"]):
        if key in said:
            raise UnreadableRightsBlockError(detail=f"{key} is there twice")
        said[key] = value
    if not said:
        raise UnreadableRightsBlockError(detail=QT_TRANSLATE_NOOP("facts", "it is empty"))
    return _block(said)


def with_block(instructions: str, block: RightsBlock) -> str:
    """The text with this block as its only one; one that says nothing leaves no trace.

    Raises UnreadableRightsBlockError rather than replace a block that nobody can read.
    """
    read_block(instructions)
    bare = without_block(instructions)
    return bare if block.is_empty else f"{bare.rstrip()} {block}".strip()


def without_block(instructions: str) -> str:
    """The text for people, without any block that is complete."""
    kept, blocks = WITH_SPACE.subn(" ", instructions)
    return kept.strip() if blocks else instructions


def _pairs(body: str) -> Iterator[tuple[str, str]]:
    place = 0
    while body[place:].strip():
        found = PAIR.match(body, place)
        if found is None:
            raise UnreadableRightsBlockError(detail=body[place:].strip())
        value = (found["quoted"] if found["bare"] is None else found["bare"]).strip()
        if not value:
            raise UnreadableRightsBlockError(detail=f"{found['key']} has no value")
        yield found["key"].lower(), value
        place = found.end()


def _block(said: Mapping[str, str]) -> RightsBlock:
    return RightsBlock(
        embargo=_taken(said, "embargo", _begin),
        starts=_taken(said, "starts", _begin),
        expires=_taken(said, "expires", _end),
        regions=_taken(said, "regions", _regions) or frozenset(),
        channels=_taken(said, "channels", _channels) or frozenset(),
        max_px=_taken(said, "max_px", _pixels),
        credit_required=_taken(said, "credit", _is_required) is True,
        no_ai=_taken(said, "ai", _is_no) is True,
        others=tuple((key, value) for key, value in said.items() if key not in KEYS),
    )


def _taken(said: Mapping[str, str], key: str, read: Callable[[str], _T]) -> _T | None:
    if key not in said:
        return None
    try:
        return read(said[key])
    except (ValueError, OverflowError):
        raise UnreadableRightsBlockError(detail=f"{key}={said[key]}") from None


def _begin(text: str) -> datetime:
    """A day begins at midnight UTC; a time without a zone is taken as UTC."""
    if not MOMENT.fullmatch(text.upper()):
        raise ValueError(text)
    moment = datetime.fromisoformat(text.upper())
    if moment.year < FIRST_YEAR:
        raise ValueError(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _end(text: str) -> datetime:
    """A bare day counts to its last moment."""
    return _begin(text) + timedelta(days=1 if len(text) == DAY_LETTERS else 0)


def _regions(text: str) -> frozenset[str]:
    found = frozenset(part.strip().upper() for part in text.split(","))
    if not found <= TERRITORIES:
        raise ValueError(text)
    return found


def _channels(text: str) -> frozenset[str]:
    found = frozenset(part.strip().casefold() for part in text.split(","))
    if not found <= CHANNELS:
        raise ValueError(text)
    return found


def _pixels(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _is_required(text: str) -> bool:
    return _one_of(text, yes="required", no="optional")


def _is_no(text: str) -> bool:
    return _one_of(text, yes="no", no="yes")


def _one_of(text: str, *, yes: str, no: str) -> bool:
    if text.casefold() not in (yes, no):
        raise ValueError(text)
    return text.casefold() == yes


def _told(block: RightsBlock) -> Iterator[tuple[str, str]]:
    for key, moment in (("embargo", block.embargo), ("starts", block.starts)):
        if moment is not None:
            yield key, _written(moment)
    if block.expires is not None:
        yield "expires", _written_end(block.expires)
    for key, names in (("regions", block.regions), ("channels", block.channels)):
        if names:
            yield key, ",".join(sorted(names))
    if block.max_px is not None:
        yield "max_px", str(block.max_px)
    if block.credit_required:
        yield "credit", "required"
    if block.no_ai:
        yield "ai", "no"
    yield from block.others


def _written(moment: datetime) -> str:
    """A midnight as its day; seconds only where there are any."""
    if moment.time() == time():
        return moment.date().isoformat()
    precision = "auto" if moment.second or moment.microsecond else "minutes"
    return moment.replace(tzinfo=None).isoformat(timespec=precision) + "Z"


def _written_end(moment: datetime) -> str:
    """The end of a day as that day."""
    if moment.time() == time():
        return (moment - timedelta(days=1)).date().isoformat()
    return _written(moment)


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value
