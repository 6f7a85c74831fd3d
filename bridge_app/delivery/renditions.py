"""Delivered files, fetched from where the public gets them."""

from collections.abc import Callable
from pathlib import Path

import httpx

from bridge_app.delivery.connections import SERVICE, SLOW_DOWN, USER_PLATFORM
from bridge_app.delivery.routes import Routed, transport_error
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    OfflineError,
    RateLimitedError,
    RefusedByServiceError,
    ServiceTroubleError,
)

LARGEST = 100_000_000
"""Bytes; a rendition for the web is never larger."""
STILL_GENERATING = 423


class Renditions:
    """Fetches delivery URLs. Methods block, run on any thread, raise BridgeError only.

    `on_offline` is called where delivery could not be reached at all.
    """

    def __init__(
        self, *, timeout_s: float = 30.0, on_offline: Callable[[], None] = lambda: None
    ) -> None:
        self._on_offline = on_offline
        self._client = httpx.Client(
            transport=Routed(),
            timeout=timeout_s,
            follow_redirects=False,
            headers={"User-Agent": USER_PLATFORM},
        )

    def fetch(
        self,
        url: str,
        into: Path,
        *,
        largest: int = LARGEST,
        on_bytes: Callable[[int], None] | None = None,
    ) -> int:
        """Write the delivered file to `into`; returns its size in bytes.

        What has more than `largest` bytes is refused. `on_bytes` is told how many are here, and
        ends it by raising.
        """
        try:
            with self._client.stream("GET", url) as reply:
                _check(reply)
                return _drain(reply, into, largest, on_bytes)
        except httpx.HTTPError as error:
            trouble = transport_error(error)
            if isinstance(trouble, OfflineError):
                self._on_offline()
            raise trouble from error

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _check(reply: httpx.Response) -> None:
    if reply.status_code in SLOW_DOWN:
        raise RateLimitedError(service=SERVICE, retry_after_s=None)
    if reply.status_code >= 500 or reply.status_code == STILL_GENERATING:
        raise ServiceTroubleError(service=SERVICE, detail=f"HTTP {reply.status_code}")
    if reply.status_code != httpx.codes.OK:
        why = reply.headers.get("x-cld-error") or f"HTTP {reply.status_code}"
        raise RefusedByServiceError(service=SERVICE, detail=why)


def _drain(
    reply: httpx.Response, into: Path, largest: int, on_bytes: Callable[[int], None] | None
) -> int:
    size = 0
    with into.open("wb") as file:
        for part in reply.iter_bytes(1 << 16):
            size += len(part)
            if size > largest:
                raise RefusedByServiceError(
                    service=SERVICE, detail=QT_TRANSLATE_NOOP("facts", "the file is too large")
                )
            file.write(part)
            if on_bytes is not None:
                on_bytes(size)
    return size
