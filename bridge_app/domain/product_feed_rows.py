"""One row of a feed: checked field by field, and written down in one form.

Source: reference/destinations.md, 2.2 "product-feed/1".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from bridge_app.domain.countries import COUNTRIES
from bridge_app.domain.presets import LANGUAGE
from bridge_app.domain.product_feed import (
    Fault,
    Finding,
    MediaLink,
    ProductKey,
    Slot,
    printable,
)
from bridge_app.domain.product_feed_use import EUROPE, WORLD

UPSERT, DELETE = "upsert", "delete"
MARKETS = COUNTRIES | {WORLD, EUROPE}
USES = frozenset({"unrestricted", "web", "print", "social", "ecommerce", "internal"})
TEXTS = {"product_name": 255, "brand": 255, "category": 255, "variant_of": 64}
"""Fields of plain text, and how many letters they take."""
DATES = {"rights_starts": False, "rights_expires": True, "embargo_until": False}
"""Fields that are moments; True where a bare date means the end of its day."""
LONGEST_SKU, LONGEST_ALT, LONGEST_REF, LONGEST_OWN = 64, 500, 1024, 4096
MOST_POSITION = 9_999
MOST_MEDIA = 500
MEDIA = ("slot", "position", "media_ref", "alt_text")
OWN = ("gtin", "campaign", "usage_rights", *TEXTS, *DATES)
KNOWN = frozenset({"op", "sku", "market", "language", "updated_at", "media", *OWN, *MEDIA})
REFERENCES = ("ps", "cld", "file", "kw")
SLOTS = frozenset(slot.value for slot in Slot)
_GTIN = re.compile(r"\d{8}|\d{12,14}", re.ASCII)
_CAMPAIGN = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that was understood. Moments are ISO 8601 in UTC; `links` None says nothing of any."""

    line: int
    key: ProductKey
    updated_at: str
    is_deletion: bool = False
    told: Mapping[str, object] = field(default_factory=dict)
    links: tuple[MediaLink, ...] | None = None
    warnings: tuple[Finding, ...] = ()


class _BadRowError(Exception):
    """Why a row is not taken."""

    def __init__(self, name: str, code: Fault, value: object = "") -> None:
        super().__init__(name)
        self.field, self.code, self.value = name, code, str(value)


def row_of(cells: Mapping[str, object], line: int) -> Row | Finding:
    """A row of a table, or an object of JSON, by our names of columns; or why it is not taken."""
    try:
        return _row(cells, line)
    except _BadRowError as bad:
        sku = cells.get("sku")
        return Finding(
            line=line,
            code=bad.code,
            sku=printable(str(sku)[:LONGEST_SKU]) if isinstance(sku, str | int) else "",
            field=bad.field,
            value=bad.value[:LONGEST_OWN],
        )


def key_of(cells: Mapping[str, object]) -> ProductKey | None:
    """The product that a row is about, where that much of it can be read."""
    try:
        return _key(cells)
    except _BadRowError:
        return None


def _row(cells: Mapping[str, object], line: int) -> Row:
    key = _key(cells)
    op = (_text(cells, "op", 20) or UPSERT).casefold()
    if op not in (UPSERT, DELETE):
        raise _BadRowError("op", Fault.BAD_OP, op)
    updated_at = _updated_at(cells)
    if op == DELETE:
        return Row(line=line, key=key, updated_at=updated_at, is_deletion=True)
    told: dict[str, object] = {}
    for name, most in TEXTS.items():
        if text := _text(cells, name, most):
            told[name] = text
    if "product_name" not in told:
        raise _BadRowError("product_name", Fault.MISSING)
    warnings = _facts(cells, told, line, key.sku)
    _dates(cells, told)
    for name, value in cells.items():
        if name.startswith("x_") and value not in (None, ""):
            told[name] = _own(name, value)
    return Row(
        line=line,
        key=key,
        updated_at=updated_at,
        told=told,
        links=_links(cells),
        warnings=warnings,
    )


def _key(cells: Mapping[str, object]) -> ProductKey:
    sku = _text(cells, "sku", LONGEST_SKU)
    if not sku:
        raise _BadRowError("sku", Fault.MISSING)
    market = (_text(cells, "market", 20) or WORLD).upper()
    if market not in MARKETS:
        raise _BadRowError("market", Fault.BAD_MARKET, market)
    language = _text(cells, "language", 40) or "en"
    if not LANGUAGE.fullmatch(language):
        raise _BadRowError("language", Fault.BAD_LANGUAGE, language)
    return ProductKey(sku, market, language)


def _text(cells: Mapping[str, object], name: str, most: int) -> str:
    value = cells.get(name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _BadRowError(name, Fault.BAD_TEXT)
    text = str(value).strip()
    if len(text) > most:
        raise _BadRowError(name, Fault.TOO_LONG, text[:LONGEST_OWN])
    if text and not text.isprintable() and _UNREADABLE.search(text):
        raise _BadRowError(name, Fault.BAD_TEXT)
    if "\ufffd" in text:
        raise _BadRowError(name, Fault.ENCODING)
    return text


def _own(name: str, value: object) -> object:
    """What is theirs alone: kept as it is, if it is small and readable."""
    if isinstance(value, str):
        if len(value) > LONGEST_OWN:
            raise _BadRowError(name, Fault.TOO_LONG, value)
        if _UNREADABLE.search(value):
            raise _BadRowError(name, Fault.BAD_TEXT)
    elif len(repr(value)) > LONGEST_OWN:
        raise _BadRowError(name, Fault.TOO_LONG)
    return value


def _facts(
    cells: Mapping[str, object], told: dict[str, object], line: int, sku: str
) -> tuple[Finding, ...]:
    warnings: tuple[Finding, ...] = ()
    if gtin := _text(cells, "gtin", 40):
        if not _GTIN.fullmatch(gtin):
            raise _BadRowError("gtin", Fault.BAD_GTIN, gtin)
        told["gtin"] = gtin
        if not is_checked(gtin):
            found = Finding(line=line, code=Fault.GTIN_CHECK, sku=sku, field="gtin", value=gtin)
            warnings = (found,)
    if campaign := _text(cells, "campaign", 80):
        if not _CAMPAIGN.fullmatch(campaign):
            raise _BadRowError("campaign", Fault.BAD_CAMPAIGN, campaign)
        told["campaign"] = campaign
    if uses := _uses(cells.get("usage_rights")):
        told["usage_rights"] = uses
    return warnings


def is_checked(gtin: str) -> bool:
    """Is the last digit the one that the others demand? Source: GS1 General Specifications, 7.9."""
    digits = [int(one) for one in reversed(gtin)]
    total = sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return total % 10 == 0


def _uses(value: object) -> list[str]:
    if value in (None, ""):
        return []
    words = value if isinstance(value, list) else str(value).split(";")
    found = sorted({str(word).strip().casefold() for word in words} - {""})
    for word in found:
        if word not in USES:
            raise _BadRowError("usage_rights", Fault.BAD_USAGE, word)
    return found


def _updated_at(cells: Mapping[str, object]) -> str:
    text = _text(cells, "updated_at", 40)
    if not text:
        raise _BadRowError("updated_at", Fault.MISSING)
    return _moment("updated_at", text, end_of_day=False)


def _dates(cells: Mapping[str, object], told: dict[str, object]) -> None:
    for name, is_end in DATES.items():
        if text := _text(cells, name, 40):
            told[name] = _moment(name, text, end_of_day=is_end)
    ends = told.get("rights_expires")
    starts = [told[name] for name in ("rights_starts", "embargo_until") if name in told]
    if ends is not None and any(str(start) >= str(ends) for start in starts):
        raise _BadRowError("rights_expires", Fault.BAD_WINDOW)


def _moment(name: str, text: str, *, end_of_day: bool) -> str:
    found = _parsed(text, end_of_day)
    if found is Fault.BAD_DATE or found is Fault.NAIVE_TIME:
        raise _BadRowError(name, found, text)
    return str(found)


@lru_cache(maxsize=1024)
def _parsed(text: str, end_of_day: bool) -> str | Fault:  # noqa: FBT001 - a key
    """A bare date is the start of its day in UTC, or where that is meant, its end."""
    try:
        if _DAY.fullmatch(text):
            moment = datetime.combine(datetime.fromisoformat(text).date(), time(), tzinfo=UTC)
            return (moment + timedelta(days=int(end_of_day))).isoformat(timespec="microseconds")
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            return Fault.NAIVE_TIME
        return moment.astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        return Fault.BAD_DATE


def _links(cells: Mapping[str, object]) -> tuple[MediaLink, ...] | None:
    nested = cells.get("media")
    if nested is not None:
        if not isinstance(nested, list):
            raise _BadRowError("media", Fault.BAD_TEXT)
        if len(nested) > MOST_MEDIA:
            raise _BadRowError("media", Fault.TOO_LONG)
        found = (_link(one) for one in nested if isinstance(one, Mapping))
        return tuple(one for one in found if one is not None)
    if "media_ref" not in cells:
        return None
    one = _link(cells)
    return () if one is None else (one,)


def _link(cells: Mapping[str, object]) -> MediaLink | None:
    ref = _text(cells, "media_ref", LONGEST_REF)
    if not ref:
        return None
    kind, colon, rest = ref.partition(":")
    kind = kind.casefold()
    if not colon or kind not in REFERENCES or not rest.strip():
        raise _BadRowError("media_ref", Fault.BAD_REF, ref)
    slot = _text(cells, "slot", 20).casefold()
    if not slot:
        raise _BadRowError("slot", Fault.MISSING)
    if slot not in SLOTS:
        raise _BadRowError("slot", Fault.BAD_SLOT, slot)
    return MediaLink(
        slot,
        _position(_text(cells, "position", 20)),
        f"{kind}:{rest.strip()}",
        _text(cells, "alt_text", LONGEST_ALT),
    )


def _position(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) > MOST_POSITION:
        raise _BadRowError("position", Fault.BAD_POSITION, text)
    return int(text)
