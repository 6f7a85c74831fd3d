"""Which addresses are spoken to: credentials to the configured host alone, nothing in the clear.

Source: reference/photoshelter.md, 1 and 3.
"""

import re
from urllib.parse import SplitResult, urlsplit

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.libraries.photoshelter.errors import UnsafeLinkError, WrongAddressError

API = "/psapi/v4.0"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SCHEMES = frozenset({"http", "https"})
LONGEST = 8_192
PLACE = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?")
"""A host and a port as all who read addresses agree on; nobody's name or password."""


def service_address(text: str) -> str:
    """The address that calls begin with, from what a person typed; without a slash at its end.

    A bare host gets `https` and the path of version 4. Raises WrongAddressError for what is no
    address, or would send keys in the clear over a network; it never repeats user or password.
    """
    typed = text.strip()
    parts = _split(typed if "://" in typed else f"https://{typed}")
    if parts is None or parts.query or parts.fragment:
        raise WrongAddressError(
            detail=QT_TRANSLATE_NOOP("facts", "it is not the address of a service")
        )
    if not _is_confidential(parts, loopback=True):
        raise WrongAddressError(detail=QT_TRANSLATE_NOOP("facts", "it has to begin with https://"))
    path = parts.path.rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path if '/psapi/' in path else path + API}"


def service_name(base_url: str) -> str:
    """The service as people know it: its host, without `www`."""
    return (_host(urlsplit(base_url)) or base_url).removeprefix("www.")


def checked_link(url: str, *, base_url: str, service: str) -> str:
    """A link of the service, if something may be fetched from it.

    `https` anywhere; `http` from this machine alone, and only for a service on this machine.
    Raises UnsafeLinkError.
    """
    parts = _split(url) if len(url) <= LONGEST else None
    if parts is None:
        raise UnsafeLinkError(
            service=service, detail=QT_TRANSLATE_NOOP("facts", "it is not an address")
        )
    is_here = _host(urlsplit(base_url)) in LOOPBACK
    if not _is_confidential(parts, loopback=is_here):
        raise UnsafeLinkError(service=service, detail=f"{parts.scheme}://{_host(parts)}")
    return url


def _split(text: str) -> SplitResult | None:
    """The parts of an http(s) address; None if it is none, or hides something from the reader."""
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        return None
    try:
        parts = urlsplit(text)
        usable = parts.scheme in SCHEMES and PLACE.fullmatch(parts.netloc) and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


def _is_confidential(parts: SplitResult, *, loopback: bool) -> bool:
    return parts.scheme == "https" or (loopback and _host(parts) in LOOPBACK)


def _host(parts: SplitResult) -> str:
    return parts.hostname or ""
