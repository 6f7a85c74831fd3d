"""Calls of the management API: its headers, its pace, its refusals.

The SDK is not used: it sets two seconds for everything, never tries again, and raises nothing.
Source: reference/destinations.md, 1.2, 1.3 and 1.9.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from bridge_app import __version__
from bridge_app.channels.contentstack.errors import SERVICE, trouble
from bridge_app.channels.contentstack.gathering import Gathering
from bridge_app.channels.contentstack.pacing import Pacing, Sort
from bridge_app.channels.errors import ReceiverTroubleError
from bridge_app.domain.contentstack import Destination
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, ServiceTroubleError

# It is loaded when the first call is made.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    import httpx

CONNECT_S = 10.0
SILENCE_S = 60.0
TRIES = 6
"""Of a call that is answered with 429: it was not carried out. They wait 1, 2, 4, 8, 16 s."""

Json = dict[str, Any]
Part = tuple[str, IO[bytes], str]


class Transport:
    """One stack's calls; thread-safe, methods block and raise BridgeError.

    Args:
        destination: Whose stack.
        token: Of its management; sent to that stack's host alone.
        spread: From 0 to 1, by lot.
        pause: Waits so many seconds; by default until `close`.
    """

    def __init__(
        self,
        destination: Destination,
        token: str,
        *,
        spread: Callable[[], float],
        pause: Callable[[float], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._base = destination.base
        self._headers = {
            "api_key": destination.api_key,
            "authorization": token,
            "branch": destination.branch,
            "User-Agent": f"AssetBridge/{__version__}",
        }
        self._spread = spread
        self._closing = threading.Event()
        self._pause = pause or self._closing.wait
        self._pacing = Pacing(clock=clock, pause=self._pause)
        self.gathering = Gathering()
        self._lock = threading.Lock()
        self._client: httpx.Client | None = None

    def close(self) -> None:
        """Close the connections; whoever waits goes on, and fails."""
        self._closing.set()
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def get(self, path: str, **query: str | int) -> Json:
        """Read."""
        return self._called("GET", path, Sort.READ, params=query)

    def send(self, method: str, path: str, body: Json, **query: str) -> Json:
        """Write JSON. Whoever tries again looks first: an answer that was lost may have been yes.

        Only a refusal for the pace is tried again here.
        """
        return self._called(method, path, Sort.WRITE, params=query, json=body)

    def has_room(self) -> bool:
        """Could one more be written without waiting?"""
        return self._pacing.has_room(Sort.WRITE)

    def wait_for_many(self) -> None:
        """Until a call for many may be made; `send_many` is that call."""
        self._pacing.take(Sort.MANY)

    def send_many(self, path: str, body: Json) -> None:
        """Write about many at once, as `send` does."""
        self._called("POST", path, None, json=body)

    def send_file(
        self, method: str, path: str, texts: dict[str, str], parts: Mapping[str, Part]
    ) -> Json:
        """Write a form with files: each its name there, its content, its type."""
        return self._called(method, path, Sort.WRITE, data=texts, files=parts)

    def _called(self, method: str, path: str, sort: Sort | None, **said: Any) -> Json:
        import httpx

        for number in range(TRIES):
            if sort is not None:
                self._pacing.take(sort)
            try:
                response = self._open().request(method, self._base + path, **said)
            except (httpx.HTTPError, RuntimeError) as error:
                # That one stack is out of reach says nothing of the network as a whole.
                detail = str(error) or type(error).__name__
                raise ReceiverTroubleError(host=SERVICE, detail=detail) from error
            if response.status_code != 429 or number == TRIES - 1:
                return _read(response)
            self._pause(2.0**number * (1.0 + self._spread() / 4))
        raise AssertionError("the last try returns or raises")

    def _open(self) -> "httpx.Client":
        import httpx

        with self._lock:
            if self._closing.is_set():
                raise ReceiverTroubleError(
                    host=SERVICE, detail=QT_TRANSLATE_NOOP("facts", "the program ends")
                )
            if self._client is None:
                for name in ("httpx", "httpcore"):
                    # They would write addresses down.
                    logging.getLogger(name).setLevel(logging.WARNING)
                self._client = httpx.Client(
                    headers=self._headers,
                    timeout=httpx.Timeout(SILENCE_S, connect=CONNECT_S),
                    follow_redirects=False,
                )
            return self._client


def moment(at: datetime) -> str:
    """A moment as the service reads it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def _read(response: "httpx.Response") -> Json:
    try:
        body = response.json() if response.content else {}
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        if response.status_code < 400:
            raise ServiceTroubleError(
                service=SERVICE, detail=QT_TRANSLATE_NOOP("facts", "it is no JSON")
            ) from error
        body = {}
    if response.status_code >= 400:
        raise trouble(response.status_code, body)
    if response.status_code >= 300 or not isinstance(body, dict):
        detail = f"an answer of another kind ({response.status_code})"
        raise ServiceTroubleError(service=SERVICE, detail=detail)
    return body
