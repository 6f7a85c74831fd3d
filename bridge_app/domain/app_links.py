"""Links that lead into the window: `asset-bridge://asset/…`, `…/search?q=…`, `…/library/…`.

They show something, and never do anything: whoever wrote one is not known.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

SCHEME = "asset-bridge"
LONGEST = 4000
"""Characters; what is longer was not made by us."""
LONGEST_SEARCH = 500
ASSET = re.compile(r"[0-9A-Za-z:_-]{6,200}")


class BadLinkError(InvalidInputError):
    """A link that cannot be followed."""

    text = QT_TRANSLATE_NOOP(
        "errors", "This link cannot be followed ({detail}). Nothing was opened or changed."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetLink:
    """Shows one asset."""

    asset: AssetId


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLink:
    """Shows what a search finds."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryLink:
    """Shows a library, by its ID or its name, and in it a folder ("" for all of it)."""

    library: str
    folder: str = ""


AppLink = AssetLink | SearchLink | LibraryLink


def is_app_link(text: str) -> bool:
    """Does this lead into the window, as far as its beginning tells?"""
    return text[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def read_link(text: str) -> AppLink:
    """What a link shows. Raises BadLinkError; the text may be anything."""
    if len(text) > LONGEST:
        raise BadLinkError(detail="it is too long")
    if any(one < " " or one == "\x7f" for one in text):
        raise BadLinkError(detail="it has characters that no link has")
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise BadLinkError(detail="it is not a link") from error
    if parts.scheme.lower() != SCHEME:
        raise BadLinkError(detail=f"it does not begin with {SCHEME}://")
    places = [_plain(part) for part in parts.path.split("/") if part]
    match parts.netloc.lower(), places:
        case "asset", [asset] if ASSET.fullmatch(asset):
            return AssetLink(asset=AssetId(asset))
        case "search", []:
            return SearchLink(text=_search(parts.query))
        case "library", [library, *folders]:
            return LibraryLink(library=library, folder="/".join(folders))
    raise BadLinkError(detail="it names no asset, search or library")


def link_to(shown: AppLink) -> str:
    """The link that shows it."""
    match shown:
        case AssetLink(asset=asset):
            return f"{SCHEME}://asset/{quote(asset, safe='')}"
        case SearchLink(text=text):
            return f"{SCHEME}://search?{urlencode({'q': text}, quote_via=quote)}"
        case LibraryLink(library=library, folder=folder):
            places = [library, *filter(None, folder.split("/"))]
            return f"{SCHEME}://library/{'/'.join(quote(one, safe='') for one in places)}"


def _search(query: str) -> str:
    try:
        found = parse_qs(query, max_num_fields=8, errors="strict").get("q", [""])[0].strip()
    except ValueError as error:
        raise BadLinkError(detail="its search cannot be read") from error
    if not found or len(found) > LONGEST_SEARCH or not found.isprintable():
        raise BadLinkError(detail="it says nothing that could be searched")
    return found


def _plain(part: str) -> str:
    """A part of a path, unquoted; never one that leads anywhere else."""
    try:
        text = unquote(part, errors="strict")
    except UnicodeDecodeError as error:
        raise BadLinkError(detail="it is not readable") from error
    if text in {".", ".."} or "/" in text or not text.isprintable():
        raise BadLinkError(detail="a name in it is none")
    return text
