"""Delivery tokens: a signed permission in a query or a cookie, for some paths and some time.

Source: reference/cloudinary.md 2.7.
"""

import hmac
import re
from binascii import unhexlify
from datetime import datetime
from fnmatch import translate
from urllib.parse import unquote

from bridge_app.sandbox.cloudinary.params import WHOLE

NAME = "__cld_token__"
ESCAPE = re.compile("%[0-9A-F]{2}")
UNSAFE = re.compile(r"[ \"#%&'/:;<=>?@\[\\\]^`{|}~]")
"""What is escaped, with small letters, when a URL is signed."""


def token_in(query: str) -> str:
    """The token in a URL's query, as it came: escapes in its paths are signed as well."""
    parts = (part.partition("=") for part in query.split("&"))
    return next((value for name, _, value in parts if name == NAME), "")


def opens(token: str, key: str, *, path: str, address: str, now: datetime) -> bool:
    """Whether a token permits a path.

    Args:
        token: What stands behind `__cld_token__=`.
        key: Hexadecimal; an empty one opens nothing.
        path: The URL's path as it came, without its query.
        address: The IP address of who asks.
        now: The clock.
    """
    said, _, given = token.rpartition("~hmac=")
    parts = dict(part.partition("=")[::2] for part in said.split("~"))
    if not key or not given or not _is_now(parts, now):
        return False
    if "ip" in parts and parts["ip"] != address:
        return False
    signed = said if "acl" in parts else f"{said}~url={_escaped(path)}"
    # Some clients rewrite the escapes in a URL with large letters; they are signed with small ones.
    ways = (signed, ESCAPE.sub(lambda found: found[0].lower(), signed))
    rights = (hmac.new(unhexlify(key), way.encode(), "sha256").hexdigest() for way in ways)
    if not any(hmac.compare_digest(right.encode(), given.encode()) for right in rights):
        return False
    patterns = parts["acl"].split("!") if "acl" in parts else ()
    return not patterns or any(_fits(unquote(pattern), path) for pattern in patterns)


def _is_now(parts: dict[str, str], now: datetime) -> bool:
    start, end = parts.get("st", "0"), parts.get("exp", "")
    if not (WHOLE.fullmatch(start) and WHOLE.fullmatch(end)):
        return False
    return int(start) <= now.timestamp() < int(end)


def _fits(pattern: str, path: str) -> bool:
    """Whether a path is among those a pattern with `*` names; other signs mean themselves."""
    literal = re.sub(r"([\[\]?])", r"[\1]", pattern)
    return re.fullmatch(translate(literal), path) is not None


def _escaped(path: str) -> str:
    """A path as it is signed: its escapes are escaped once more."""
    return UNSAFE.sub(lambda found: f"%{ord(found[0]):02x}", path)
