"""The search for media: what its parameters ask of a media item. Pure.

Source: reference/photoshelter.md 7.1. All parameters are ANDed; there is no query language. Texts
are substrings whatever their case; days and moments are inclusive; what nobody knows is ignored.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bridge_app.sandbox.photoshelter.iptc_record import CONTACT, LISTS, TEXTS
from bridge_app.sandbox.photoshelter.moments import moment_taken
from bridge_app.sandbox.photoshelter.records import Media
from bridge_app.sandbox.photoshelter.search_parameters import (
    BadSearchError,
    Params,
    contacts,
    custom_options,
    flag,
    listed,
    number,
    when,
)

Asks = Callable[[Media], bool]
"""Whether a media item is among what is looked for."""

NARROWING = (
    *("terms", "custom_metadata", "date_start", "date_end", "user_id", "org_id"),
    *("photographer_id", "virtual_agency_id", "orientation", "state", "country", "country_iso"),
)
"""At least one of these must be there."""
TERM_FIELDS = (
    *("file_name", "title", "headline", "caption", "keywords"),
    *("city", "state", "country", "country_iso"),
)
PEOPLE = ("user_id", "photographer_id")
FLAGS = {
    "model_release": "model_released",
    "property_release": "property_released",
    "searchable": "searchable",
    "searchble": "searchable",
    "flagged": "flagged",
}
"""The documented misspelling is one of them."""
FIELDS = tuple(name for name in (*TEXTS, *LISTS) if name != "date_taken")
CONTACT_PREFIX = "ci_"
PRESENCE = frozenset({*FIELDS, *(CONTACT_PREFIX + name for name in CONTACT)})
WORD = re.compile(r'"([^"]+)"|(\S+)')
KINDS = {"doc": "document"}
ORIENTATIONS = ("horizontal", "vertical", "panoramic", "square")
PANORAMIC = 2.0
"""Width over height of what is a panorama."""
SECOND = timedelta(seconds=1)
NEVER, FOR_EVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaSearch:
    """What is looked for. `galleries` and `collections` are empty where they don't matter."""

    galleries: frozenset[str]
    collections: frozenset[str]
    asks: tuple[Asks, ...]
    order: Callable[[Media], Any]
    descending: bool

    def finds(self, media: Media) -> bool:
        """Whether a media item is among it, wherever it lies."""
        return all(asks(media) for asks in self.asks)


def read_search(params: Params) -> MediaSearch:
    """The search that a request's parameters ask for; whether they narrow it is not asked.

    Raises:
        BadSearchError: A parameter cannot be understood.
    """
    order = ORDERS.get(params.get("sort_by") or "relevance")
    if order is None:
        raise BadSearchError("sort_by", params["sort_by"])
    direction = params.get("sort_dir") or params.get("sort_direction") or "asc"
    if direction not in {"asc", "desc", "ascending", "descending"}:
        raise BadSearchError("sort_dir", direction)
    return MediaSearch(
        galleries=frozenset(listed(params, "galleries")),
        collections=frozenset(listed(params, "collections")),
        asks=tuple(_asked(params)),
        order=order,
        descending=direction.startswith("desc"),
    )


def _asked(params: Params) -> Iterator[Asks]:
    """One question for each parameter; the cheap ones first."""
    yield from _scope(params)
    yield from _flags(params)
    yield from _numbers(params)
    yield from _dates(params)
    yield from _presence(params)
    yield from _texts(params)


def _scope(params: Params) -> Iterator[Asks]:
    """Whose it is, which it is, and of what kind."""
    for name, owner in (("org_id", "organization"), *((one, "creator") for one in PEOPLE)):
        if params.get(name):
            yield partial(_is, attribute=owner, wanted=frozenset({params[name]}))
    if params.get("virtual_agency_id"):
        yield _nobody
    if ids := listed(params, "media_id"):
        yield partial(_is, attribute="id", wanted=frozenset(ids))
    if kinds := listed(params, "media_type"):
        spelled = frozenset(KINDS.get(kind, kind) for kind in kinds)
        yield partial(_is, attribute="kind", wanted=spelled)
    if chosen := custom_options(params):
        yield lambda media: chosen <= media.custom.items()


def _flags(params: Params) -> Iterator[Asks]:
    """What is either so or not; what nobody said is no release."""
    for name, attribute in FLAGS.items():
        wanted = flag(params, name)
        if wanted is not None:
            yield partial(_is_so, attribute=attribute, wanted=wanted)


def _numbers(params: Params) -> Iterator[Asks]:
    """The rating and the shape."""
    exact = number(params, "rating")
    least = number(params, "rating_min") if exact is None else exact
    most = number(params, "rating_max") if exact is None else exact
    if least is not None or most is not None:
        yield partial(_is_rated, least=least, most=most)
    shapes = listed(params, "orientation")
    if unknown := set(shapes) - set(ORIENTATIONS):
        raise BadSearchError("orientation", min(unknown))
    if shapes:
        yield lambda media: not _shapes(media).isdisjoint(shapes)


def _dates(params: Params) -> Iterator[Asks]:
    """When it was taken, made and changed, to the second."""
    for prefix, moment_of in DATES.items():
        start, end = when(params, f"{prefix}_start"), when(params, f"{prefix}_end")
        if start or end:
            # Moments are shown without their fractions: the last second counts as a whole.
            after = end.replace(microsecond=0) + SECOND if end else FOR_EVER
            yield partial(_lies_between, moment_of=moment_of, start=start or NEVER, after=after)


def _presence(params: Params) -> Iterator[Asks]:
    """Which fields hold nothing, and which something."""
    for name, wanted in (("is_empty", False), ("not_empty", True)):
        for field in listed(params, name):
            if field not in PRESENCE:
                raise BadSearchError(name, field)
            yield partial(_holds_something, field=field, wanted=wanted)


def _texts(params: Params) -> Iterator[Asks]:
    """What its fields say."""
    for field in ("file_name", *FIELDS):
        if wanted := params.get(field, "").strip().casefold():
            yield partial(_says, field=field, wanted=wanted)
    for place, wanted in contacts(params):
        yield partial(_says, field=CONTACT_PREFIX + place, wanted=wanted.casefold())
    words = [(one[1] or one[2]).casefold() for one in WORD.finditer(params.get("terms", ""))]
    if words:
        every = flag(params, "match_all_terms", default=True) is not False
        yield partial(_tells, words=words, every=every)


def said(media: Media, field: str) -> str:
    """What a field says, lists as one text; whatever stands there, however wrong its type."""
    if field == "file_name":
        return str(media.file_name)
    if field.startswith(CONTACT_PREFIX):
        contact = media.iptc.get("contact_info")
        value = contact.get(field.removeprefix(CONTACT_PREFIX)) if isinstance(contact, dict) else ""
    else:
        value = media.iptc.get(field)
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _is(media: Media, *, attribute: str, wanted: frozenset[str]) -> bool:
    return getattr(media, attribute) in wanted


def _is_so(media: Media, *, attribute: str, wanted: bool) -> bool:
    return bool(getattr(media, attribute)) is wanted


def _nobody(_media: Media) -> bool:
    """There are no virtual agencies here."""
    return False


def _is_rated(media: Media, *, least: int | None, most: int | None) -> bool:
    rating = media.rating if isinstance(media.rating, int) else 0
    return (least is None or rating >= least) and (most is None or rating <= most)


def _shapes(media: Media) -> set[str]:
    width, height = media.file.width, media.file.height
    if not width or not height:
        return set()
    shape = "square" if width == height else "horizontal" if width > height else "vertical"
    return {shape, "panoramic"} if width >= PANORAMIC * height else {shape}


def _lies_between(
    media: Media, *, moment_of: Callable[[Media], datetime | None], start: datetime, after: datetime
) -> bool:
    at = moment_of(media)
    return at is not None and start <= at < after


def _holds_something(media: Media, *, field: str, wanted: bool) -> bool:
    return bool(said(media, field)) is wanted


def _says(media: Media, *, field: str, wanted: str) -> bool:
    return wanted in said(media, field).casefold()


def _tells(media: Media, *, words: list[str], every: bool) -> bool:
    text = "\n".join(said(media, field) for field in TERM_FIELDS).casefold()
    found = (word in text for word in words)
    return all(found) if every else any(found)


def _taken(media: Media) -> datetime | None:
    return moment_taken(said(media, "date_taken"))


def _uploaded(media: Media) -> datetime:
    return media.created_at


def _modified(media: Media) -> datetime:
    return media.modified_at


DATES = {"date": _taken, "create": _uploaded, "modify": _modified}
ORDERS: Mapping[str, Callable[[Media], Any]] = {
    "relevance": lambda media: media.serial,
    "date": lambda media: (_taken(media) or NEVER, media.serial),
    "file_name": lambda media: (said(media, "file_name").casefold(), media.serial),
    "upload_time": lambda media: (media.created_at, media.serial),
    "creation_time": lambda media: (media.created_at, media.serial),
    "modification_time": lambda media: (media.modified_at, media.serial),
}
