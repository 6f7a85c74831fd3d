"""Is there a newer release? Asked only when a person wants it; nothing is ever fetched or run.

What the server says is believed only if a key that this version knows has signed it; who answers in
the server's place can keep silent, but cannot make an older or foreign program look new.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    InvalidInputError,
    OfflineError,
)
from bridge_app.domain.signed_release import (
    ENVELOPE_NAME,
    MAX_BYTES,
    Release,
    ReleaseFile,
    UntrustedReleaseError,
    verified,
)

if TYPE_CHECKING:
    import httpx

RELEASES_URL = ""
"""Where `asset-bridge-release.json` and the files of the newest release lie. There is no public
server yet: until there is one, somebody who has a mirror names it in the settings."""

TIMEOUT_S = 10.0
MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
STABLE = "stable"
VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:(a|b|rc)(\d+))?")
ELSEWHERE = QT_TRANSLATE_NOOP("facts", "its place has moved to another one")
STATUS = QT_TRANSLATE_NOOP("facts", "the server has none")
STAGES = {"a": 0, "b": 1, "rc": 2, None: 3}


class NoReleasesError(BridgeError):
    """Nobody has said where releases lie, or whose word counts."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "There is no place yet that news of releases come from. Nothing was asked. "
        "`updates_url` in the settings can name one.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A release that is newer, and where its files lie."""

    release: Release
    place: str

    def address(self, file: ReleaseFile) -> str:
        """Where that file can be fetched from, by a person."""
        return urljoin(self.place, file.name)


class UpdateDesk:
    """Asks one server; every call blocks.

    Args:
        here: The version that runs.
        keys: The public keys whose word counts, by their names.
        url: The folder that releases lie in; https, or http on this machine.
    """

    def __init__(self, *, here: str, keys: Mapping[str, bytes], url: str) -> None:
        self._here = here
        self._keys = keys
        self._url = url if not url or url.endswith("/") else f"{url}/"

    @property
    def place(self) -> str:
        """Who would be asked; "" for nobody."""
        return self._url if self._keys else ""

    def look(self) -> News | None:
        """The newest release, if it is newer than this one and for everybody.

        Raises NoReleasesError, OfflineError, InvalidInputError or UntrustedReleaseError.
        """
        if not self.place:
            raise NoReleasesError
        release = verified(self._fetched(), self._keys)
        is_news = release.channel == STABLE and _rank(release.version) > _rank(self._here)
        return News(release=release, place=self._url) if is_news else None

    def _fetched(self) -> bytes:
        # Few people ask, and seldom.
        import httpx  # noqa: PLC0415

        address = urljoin(_safe(self._url), ENVELOPE_NAME)
        host = urlsplit(address).netloc
        try:
            with httpx.Client(
                timeout=TIMEOUT_S, follow_redirects=False, headers={"Accept-Encoding": "identity"}
            ) as client:
                for _ in range(MOST_REDIRECTS + 1):
                    with client.stream("GET", address) as answer:
                        if answer.status_code not in REDIRECTS:
                            return _content(answer)
                        address = urljoin(address, answer.headers.get("location", ""))
                    if urlsplit(_safe(address)).netloc != host:
                        raise UntrustedReleaseError(detail=ELSEWHERE)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise OfflineError(service=urlsplit(self._url).hostname or "") from error
        raise UntrustedReleaseError(detail=ELSEWHERE)


def _content(answer: "httpx.Response") -> bytes:
    """The reply, no more of it than an envelope may have."""
    if answer.status_code != 200:
        raise UntrustedReleaseError(detail=STATUS)
    found = bytearray()
    for part in answer.iter_raw():  # packed, a few bytes could become very many
        found += part
        if len(found) > MAX_BYTES:
            break
    return bytes(found)


def _safe(url: str) -> str:
    """The address, if it may be asked. Raises InvalidInputError."""
    parts = urlsplit(url)
    is_local = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or (parts.scheme != "https" and not is_local) or parts.username:
        raise InvalidInputError(what="updates_url", detail="https://…")
    return url


def _rank(version: str) -> tuple[int, ...]:
    """Versions in their order; one that is none at all is the oldest."""
    match = VERSION.fullmatch(version)
    if match is None:
        return ()
    major, minor, patch, stage, number = match.groups()
    return int(major), int(minor), int(patch), STAGES[stage], int(number or 0)
