"""Reads delivery URLs from anywhere: pages, style sheets, chats, an embedded player."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from bridge_app.domain.errors import BridgeError
from bridge_app.transform.auth_token import NAME as TOKEN
from bridge_app.transform.delivery_address import ANALYTICS, SHORT
from bridge_app.transform.delivery_host import HostFound, host_found
from bridge_app.transform.delivery_url import DeliveryPath, split_delivery_path
from bridge_app.transform.errors import TransformationError

RESOURCE_TYPES = ("image", "video", "raw")
STORED = ("upload", "private", "authenticated", "list", "text", "sprite", "multi")
REMOTE = ("fetch", "facebook", "twitter", "twitter_name", "gravatar", "youtube", "vimeo")
DELIVERY_TYPES = frozenset((*STORED, *REMOTE, "hulu", "dailymotion", "animoto", "worldstarhiphop"))
SUFFIXED = {
    "images": ("image", "upload"),
    "private_images": ("image", "private"),
    "authenticated_images": ("image", "authenticated"),
    "videos": ("video", "upload"),
    "files": ("raw", "upload"),
}
PLAYER = "player.cloudinary.com"
CONSOLES = ("console.cloudinary.com", "cloudinary.com")
_URL = re.compile(
    r"(?:https?:)?//[^\s\"'<>\\]+|\b[a-z0-9.-]*res(?:-[\w]+)?\.cloudinary\.com/[^\s\"'<>\\]+",
    re.IGNORECASE,
)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_VERSION = re.compile(r"v[0-9]+")
LONGEST = 4_000
MOST_NAMES = 24
_ASSET_ID = re.compile(r"[0-9a-f]{32}")
_UNESCAPED = "%/:?#@&=+$,;!*()[]{}|~"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRead:
    """What a URL says about an asset.

    `host` is compared with the accounts' own names where `cloud` is "". `names` are the public
    IDs it can mean, likeliest first: a folder may look like a transformation or a version, and
    a public ID may end like a format. `resource_type` and `delivery_type` are "" where the URL
    does not say. `says_kind` is False for an image at the root, which any page's address may
    look like. `asset_id` is that of a console's page; then there are no names.
    """

    host: str
    cloud: str = ""
    known_host: bool = False
    resource_type: str = ""
    delivery_type: str = ""
    says_kind: bool = True
    names: tuple[str, ...] = ()
    asset_id: str = ""
    path: DeliveryPath | None = None
    suffix: str = ""
    token: str = ""
    analytics: str = ""


def url_in(text: str) -> str:
    """The first address in a text, such as an `<img>` element or a Markdown link; or ""."""
    found = _URL.search(html.unescape(text[:LONGEST]))
    if found is None:
        return ""
    url = found[0].rstrip(".,;:!?")
    while url and url[-1] in _CLOSING and url.count(url[-1]) > url.count(_CLOSING[url[-1]]):
        url = url[:-1].rstrip(".,;:!?")
    return url


def read_url(text: str) -> AddressRead | None:
    """What the first address in a text says about an asset; None if it says nothing.

    Any host will do if the path is one of delivery's; a path of its own is believed on
    Cloudinary's hosts only, or by whoever knows the `host`.
    Source: reference/cloudinary.md, 1.3 and 8.
    """
    url = url_in(text)
    try:
        parts = urlsplit(url if "//" in url[:8] else f"//{url}")
    except ValueError:
        return None
    if not url or not parts.netloc:
        return None
    if parts.netloc.lower() == PLAYER:
        return _player(parts)
    if parts.netloc.lower() in CONSOLES:
        return _console(parts)
    return _delivered(parts, host_found(parts.netloc))


def read_line(text: str) -> AddressRead | None:
    """What a line that begins with an address says: first all of it, then what is no blank's end.

    Where people copy an address as it reads, blanks and quotes in a name stand unescaped.
    """
    read, line = read_url(text), text.strip()
    url = url_in(line)
    if read is None or url == line or not line.startswith(url) or len(line.splitlines()) > 1:
        return read
    whole = read_url(quote(line, safe=_UNESCAPED))
    return read if whole is None else replace(whole, names=(*whole.names, *read.names))


def _player(parts: SplitResult) -> AddressRead | None:
    """The embedded player says in its query what it plays."""
    said = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    name = said.get("public_id", "")
    if not name:
        return None
    return AddressRead(
        host=PLAYER,
        cloud=said.get("cloud_name", ""),
        known_host=True,
        resource_type="video",
        names=(name,),
    )


def _console(parts: SplitResult) -> AddressRead | None:
    """A page of the console names an asset by its immutable ID."""
    for segment in reversed(parts.path.split("/")):
        if _ASSET_ID.fullmatch(segment):
            return AddressRead(host=parts.netloc.lower(), known_host=True, asset_id=segment)
    return None


def _delivered(parts: SplitResult, host: HostFound) -> AddressRead | None:
    segments = parts.path.strip("/").split("/")
    cloud = host.cloud
    start = _kind_at(segments)
    if start is None:
        return _root_path(parts, host, segments)
    if start == 1:
        cloud = unquote(segments[0])
    kind, rest = segments[start], segments[start + 1 :]
    suffix = ""
    if kind == SHORT:
        resource_type, delivery_type = "image", "upload"
    elif kind in SUFFIXED:
        resource_type, delivery_type = SUFFIXED[kind]
        rest, suffix = _without_suffix(rest, resource_type)
    else:
        resource_type, delivery_type, rest = kind, rest[0], rest[1:]
    return _read(parts, host, rest, cloud=cloud, kind=(resource_type, delivery_type), suffix=suffix)


def _kind_at(segments: Sequence[str]) -> int | None:
    """Where the resource type stands: first, or behind the cloud's name."""
    for start in (1, 0):
        if len(segments) < start + 2:
            continue
        kind, after = segments[start], segments[start + 1]
        if kind in RESOURCE_TYPES and after in DELIVERY_TYPES and len(segments) > start + 2:
            return start
        if kind == SHORT or (kind in SUFFIXED and len(segments) > start + 2):
            return start
    return None


def kind_until(segments: Sequence[str], host: HostFound) -> int:
    """How many segments of a path name the cloud and what kind of asset it is."""
    start = _kind_at(segments)
    if start is None:
        return 1 if host.known and not host.cloud else 0
    return start + (1 if segments[start] in {SHORT, *SUFFIXED} else 2)


def _root_path(parts: SplitResult, host: HostFound, segments: Sequence[str]) -> AddressRead | None:
    """An image delivered from the root; on the shared host the cloud comes first."""
    shared = host.known and not host.cloud
    rest = segments[1:] if shared else segments
    if not rest or not rest[-1]:
        return None
    cloud = unquote(segments[0]) if shared else host.cloud
    read = _read(parts, host, rest, cloud=cloud, kind=("image", "upload"), suffix="")
    return None if read is None else replace(read, says_kind=False)


def _read(
    parts: SplitResult,
    host: HostFound,
    rest: Sequence[str],
    *,
    cloud: str,
    kind: tuple[str, str],
    suffix: str,
) -> AddressRead | None:
    query = parse_qs(parts.query)
    token = query.get(TOKEN, [""])[-1]
    try:
        path = split_delivery_path(rest, resource_type=kind[0], delivery_type=kind[1])
    except TransformationError:
        path = None  # A wrong value in it: the asset can be found all the same.
    except BridgeError:
        return None
    return AddressRead(
        host=host.name,
        cloud=cloud,
        known_host=host.known,
        resource_type=kind[0],
        delivery_type=kind[1],
        names=tuple(islice(dict.fromkeys(_names(path, rest)), MOST_NAMES)),
        path=path,
        suffix=suffix,
        token=f"{TOKEN}={token}" if token else "",
        analytics=query.get(ANALYTICS, [""])[-1],
    )


def _without_suffix(rest: Sequence[str], resource_type: str) -> tuple[list[str], str]:
    """The segments without the words at their end; the extension goes to the asset's name."""
    *before, last = rest
    words, dot, extension = last.rpartition(".")
    if not dot:
        return list(before), last
    if resource_type != "raw" or not before[-1].endswith(f".{extension}"):
        before[-1] = f"{before[-1]}.{extension}"
    return before, words


def _names(path: DeliveryPath | None, rest: Sequence[str]) -> Iterator[str]:
    """As the rules read it, then behind a version, then with more and more of its start."""
    first = "" if path is None else path.public_id
    if path is not None:
        yield from dict.fromkeys((first, *_as_written(path)))
    begun = path is None
    for start in reversed(range(len(rest))):
        name = unquote("/".join(rest[start:]))
        stem = name.rpartition(".")[0]
        begun = begun or first in (name, stem)
        if begun or (start and _VERSION.fullmatch(rest[start - 1])):
            yield name
            if stem and "/" not in name[len(stem) :]:
                yield stem


def _as_written(path: DeliveryPath) -> Iterator[str]:
    if path.extension:
        yield f"{path.public_id}.{path.extension}"
