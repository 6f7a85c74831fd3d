"""Feeds of products: where they come from, what they say of a product, and what is wrong in them.

Source: reference/destinations.md, 2.2 "product-feed/1".
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import NamedTuple

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.product_feed_names import DEFAULT_PATTERN

MOST_BAD = 0.2
"""Share of rejected rows above which a feed is paused."""
KEPT_FAULTS = 2_000
"""Rejected rows, and warnings, of one file that are kept for the report; all are counted."""
UNIT = "\x1f"


class FeedState(StrEnum):
    """Is a feed read by itself?"""

    ON = "on"
    OFF = "off"
    """A person switched it off."""
    PAUSED = "paused"
    """Too many rows of it were bad; a person has to look."""


class MatchBy(StrEnum):
    """How images are found for a product whose rows name none."""

    FILE_NAME = "file_name"
    KEYWORD = "keyword"


class Slot(StrEnum):
    """What an image is for its product."""

    HERO = "hero"
    ALT = "alt"
    DETAIL = "detail"
    SWATCH = "swatch"
    LIFESTYLE = "lifestyle"
    SPIN = "spin"
    VIDEO = "video"
    MANUAL = "manual"


class FeedUnreadableError(BridgeError):
    """A file or an answer that is no feed as a whole."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{name} was not taken: {detail}. What was known before stays as it is."
    )


class MostlyBadError(BridgeError):
    """So many rows of a file were rejected that its feed is paused."""

    text = QT_TRANSLATE_NOOP("errors", "{name}: {bad} of {received} rows were not taken.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Where products come from and what is done with them.

    `source` is an absolute path of a file or a folder, or an address. `columns` maps their names
    of columns to ours. `every_min` is 0 where it is read only when a person asks. `encoding` "" is
    found out. With `pushes`, approved masters of its products go to `environment`, into `folder`
    ("{campaign}" stands for the product's), for uses on `channel`. `private_allowed` lets the host
    be one of this computer or network; `has_token` says that the key store has one for it,
    `has_secret` that it has one that posts are signed with; those are received on `port` of this
    machine, 0 for nowhere.
    """

    id: str
    name: str
    source: str
    match_by: MatchBy = MatchBy.FILE_NAME
    pattern: str = DEFAULT_PATTERN
    columns: tuple[tuple[str, str], ...] = ()
    encoding: str = ""
    every_min: int = 0
    pushes: bool = False
    environment: str = ""
    folder: str = ""
    channel: str = "ecommerce"
    private_allowed: bool = False
    has_token: bool = False
    has_secret: bool = False
    port: int = 0
    state: FeedState = FeedState.ON
    trouble: Trouble | None = None
    looked_at: str = ""

    @property
    def reason(self) -> str:
        """Why it is not read, in English; "" where it is."""
        return self.trouble.sentence() if self.trouble else ""

    @property
    def is_remote(self) -> bool:
        """Is it read from an address?"""
        return "://" in self.source


class ProductKey(NamedTuple):
    """What a product is known by in its feed."""

    sku: str
    market: str = "WW"
    language: str = "en"

    def __str__(self) -> str:
        return f"{self.sku} ({self.market}, {self.language})"


class MediaLink(NamedTuple):
    """An image that a row names. `position` None is the next one of its slot."""

    slot: str
    position: int | None
    ref: str
    alt_text: str = ""


class Fault(StrEnum):
    """What is wrong with a row, or worth a word."""

    MISSING = "missing"
    MISSING_COLUMN = "missing_column"
    TOO_LONG = "too_long"
    BAD_TEXT = "bad_text"
    BAD_OP = "bad_op"
    BAD_GTIN = "bad_gtin"
    BAD_CAMPAIGN = "bad_campaign"
    BAD_MARKET = "bad_market"
    BAD_LANGUAGE = "bad_language"
    BAD_USAGE = "bad_usage"
    BAD_DATE = "bad_date"
    NAIVE_TIME = "naive_time"
    BAD_WINDOW = "bad_window"
    BAD_SLOT = "bad_slot"
    BAD_POSITION = "bad_position"
    BAD_REF = "bad_media_ref"
    ENCODING = "encoding"
    COLUMNS = "columns"
    SEPARATOR = "separator"
    OPEN_QUOTE = "open_quote"
    LINE_TOO_LONG = "line_too_long"
    BAD_JSON = "bad_json"
    NO_OBJECT = "no_object"
    GTIN_CHECK = "gtin_check"
    DIFFERING = "differing"
    DUPLICATE = "duplicate"
    UNKNOWN_COLUMN = "unknown_column"
    NO_LINES = "no_lines"


SAID = {
    Fault.MISSING: QT_TRANSLATE_NOOP("feeds", "There is nothing in it, and it is needed."),
    Fault.MISSING_COLUMN: QT_TRANSLATE_NOOP("feeds", "The table has no such column."),
    Fault.TOO_LONG: QT_TRANSLATE_NOOP("feeds", "“{value}” is too long."),
    Fault.BAD_TEXT: QT_TRANSLATE_NOOP("feeds", "It holds signs that no text has."),
    Fault.BAD_OP: QT_TRANSLATE_NOOP("feeds", "“{value}” is neither upsert nor delete."),
    Fault.BAD_GTIN: QT_TRANSLATE_NOOP("feeds", "“{value}” has not 8, 12, 13 or 14 digits."),
    Fault.BAD_CAMPAIGN: QT_TRANSLATE_NOOP(
        "feeds", "“{value}” is not of small letters, digits, - and _."
    ),
    Fault.BAD_MARKET: QT_TRANSLATE_NOOP("feeds", "“{value}” is no country's code, EU or WW."),
    Fault.BAD_LANGUAGE: QT_TRANSLATE_NOOP("feeds", "“{value}” is no language tag."),
    Fault.BAD_USAGE: QT_TRANSLATE_NOOP("feeds", "“{value}” is no use that is known."),
    Fault.BAD_DATE: QT_TRANSLATE_NOOP("feeds", "“{value}” is no date."),
    Fault.NAIVE_TIME: QT_TRANSLATE_NOOP("feeds", "“{value}” does not say in which time zone."),
    Fault.BAD_WINDOW: QT_TRANSLATE_NOOP("feeds", "The rights end before they begin."),
    Fault.BAD_SLOT: QT_TRANSLATE_NOOP("feeds", "“{value}” is no slot."),
    Fault.BAD_POSITION: QT_TRANSLATE_NOOP("feeds", "“{value}” is no position."),
    Fault.BAD_REF: QT_TRANSLATE_NOOP(
        "feeds", "“{value}” does not begin with ps:, cld:, file: or kw:."
    ),
    Fault.ENCODING: QT_TRANSLATE_NOOP("feeds", "The line is not in the encoding of the file."),
    Fault.COLUMNS: QT_TRANSLATE_NOOP("feeds", "The line has {value} cells."),
    Fault.SEPARATOR: QT_TRANSLATE_NOOP(
        "feeds", "The line is separated by {value}, unlike the first one."
    ),
    Fault.OPEN_QUOTE: QT_TRANSLATE_NOOP("feeds", "A quotation mark is never closed."),
    Fault.LINE_TOO_LONG: QT_TRANSLATE_NOOP("feeds", "The line is too long to be read."),
    Fault.BAD_JSON: QT_TRANSLATE_NOOP("feeds", "It is no JSON: {value}."),
    Fault.NO_OBJECT: QT_TRANSLATE_NOOP("feeds", "It is no JSON object."),
    Fault.GTIN_CHECK: QT_TRANSLATE_NOOP("feeds", "The check digit of {value} is wrong."),
    Fault.DIFFERING: QT_TRANSLATE_NOOP(
        "feeds", "Rows of the product say different things; “{value}” was taken."
    ),
    Fault.DUPLICATE: QT_TRANSLATE_NOOP(
        "feeds", "The product is there twice with “{value}”; the later one was taken."
    ),
    Fault.UNKNOWN_COLUMN: QT_TRANSLATE_NOOP("feeds", "The column “{value}” is not known."),
    Fault.NO_LINES: QT_TRANSLATE_NOOP("feeds", "The feed is empty."),
}
WARNINGS = frozenset(
    {
        Fault.GTIN_CHECK,
        Fault.DIFFERING,
        Fault.DUPLICATE,
        Fault.UNKNOWN_COLUMN,
        Fault.NO_LINES,
    }
)
"""What costs no row."""
LONGEST_SHOWN = 60


def printable(text: str) -> str:
    """The same with a mark for each sign that cannot be shown, or is none."""
    return "".join(one if one.isprintable() else "\ufffd" for one in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rejected row, or a warning; the first line is 1. `field` is "" for the whole line."""

    line: int
    code: Fault
    sku: str = ""
    field: str = ""
    value: str = ""

    @property
    def message(self) -> str:
        """As an English sentence."""
        return SAID[self.code].format(value=self.shown)

    @property
    def shown(self) -> str:
        """Enough of what stands there to find it, without signs that move a cursor."""
        text = printable(self.value)
        return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"

    def told(self) -> dict[str, object]:
        """As the answer has it."""
        return {
            "line": self.line,
            "sku": self.sku,
            "field": self.field,
            "code": self.code.value,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What a feed says of a product. `told` holds its fields by the names of the contract.

    `updated_at` and the dates in `told` are ISO 8601 in UTC. `links` None: nothing is said of
    images. `is_whole` is False where a row of it was rejected: then nothing is taken away.
    """

    key: ProductKey
    updated_at: str
    told: Mapping[str, object] = field(default_factory=dict)
    links: tuple[MediaLink, ...] | None = None
    is_deleted: bool = False
    is_whole: bool = True

    @property
    def digest(self) -> str:
        """What changes when anything is said differently but for when it was said."""
        said = [dict(self.told), self.links, self.is_deleted]
        text = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedResult:
    """What became of one file. Rows are counted as the file has them, products by their keys."""

    received: int = 0
    bad_rows: int = 0
    upserted: int = 0
    unchanged: int = 0
    stale: int = 0
    deleted: int = 0
    warned: int = 0
    rejected: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def is_mostly_bad(self) -> bool:
        """Were so many rows bad that a person has to look?"""
        return self.bad_rows > MOST_BAD * max(self.received, 1)

    def told(self, feed_id: str) -> dict[str, object]:
        """The answer that the contract promises."""
        return {
            "feed_id": feed_id,
            **self.counts(),
            "rejected": [one.told() for one in self.rejected],
            "warnings": [one.told() for one in self.warnings],
        }

    def counts(self) -> dict[str, int]:
        """How many of each."""
        names = ("received", "upserted", "unchanged", "stale", "deleted")
        counted = {name: int(getattr(self, name)) for name in names}
        return counted | {"rejected_rows": self.bad_rows, "warning_count": self.warned}


def result_text(result: FeedResult) -> str:
    """As it is kept."""
    return json.dumps(asdict(result), ensure_ascii=True, separators=(",", ":"))


def result_from(text: str) -> FeedResult:
    """As it was kept."""
    told = json.loads(text)
    for name in ("rejected", "warnings"):
        told[name] = tuple(_finding(one) for one in told[name])
    return FeedResult(**told)


def _finding(told: Mapping[str, object]) -> Finding:
    return Finding(**{**told, "code": Fault(str(told["code"]))})  # type: ignore[arg-type]


@dataclass(slots=True)
class Report:
    """Collects what is found in a file: all are counted, the first ones kept."""

    rejected: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    bad_rows: int = 0
    warned: int = 0

    def take(self, findings: Iterable[Finding]) -> None:
        """Rows that were not taken, and what is worth a word."""
        for one in findings:
            kept = self.rejected
            if one.code in WARNINGS:
                kept = self.warnings
                self.warned += 1
            else:
                self.bad_rows += 1
            if len(kept) < KEPT_FAULTS:
                kept.append(one)


def push_key(sku: str, slot: str, position: int, media: str) -> str:
    """The identity of bringing an image of a product to delivery. Source: 2.3, with a vector."""
    return hashlib.sha256(UNIT.join((sku, slot, str(position), media)).encode()).hexdigest()
