"""Receives feeds that other systems post: signed, bounded in size and time, read from a file.

A message is signed as our own are (Standard Webhooks 1.0.0). Source: reference/destinations.md 2.2.
"""

import hashlib
import hmac
import json
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from bridge_app.domain.errors import BridgeError

PATH = "/feeds/products"
LARGEST_POST = 256 << 20
"""Bytes."""
PATIENCE_S = 10.0
WITHIN_S = 600.0
"""So long a whole message may take, however steadily it drips."""
TOLERANCE_S = 300
"""A signature of another time is refused: somebody may have kept it."""
AT_ONCE = 4
CHUNK = 1 << 18
Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What whoever takes a feed is asked: `key` signs for it, `take` reads a file of its rows.

    Both may raise BridgeError. `now` is seconds since 1970.
    """

    key: Callable[[], bytes]
    take: Callable[[Path], Json]
    now: Callable[[], float]


class _RefusedError(Exception):
    """A post that is not taken."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


def feed_receiver(received: Received) -> type[BaseHTTPRequestHandler]:
    """What answers each post with what became of its rows."""
    turns = threading.BoundedSemaphore(AT_ONCE)

    class Handler(BaseHTTPRequestHandler):
        """One request."""

        server_version = "AssetBridge"
        sys_version = ""
        timeout = PATIENCE_S

        def do_POST(self) -> None:
            """Take a feed."""
            if not turns.acquire(blocking=False):
                self._say(HTTPStatus.SERVICE_UNAVAILABLE, {})
                return
            try:
                with tempfile.TemporaryDirectory(prefix="asset-bridge-") as folder:
                    path = Path(folder) / "posted"
                    self._receive(path)
                    self._say(HTTPStatus.OK, received.take(path))
            except _RefusedError as error:
                self._say(error.status, {})
            except BridgeError as error:
                self._say(HTTPStatus.CONFLICT, {"error": str(error)})
            except OSError:
                # Cut off, too slow, or there is no room for it: nothing was taken over.
                with suppress(OSError):
                    self._say(HTTPStatus.SERVICE_UNAVAILABLE, {})
            finally:
                turns.release()

        def log_message(self, *_: Any) -> None:
            """Nothing: what was received is told elsewhere."""

        def _receive(self, path: Path) -> None:
            """Write the body down. Raises _RefusedError unless it is one that we wait for."""
            told, until = self.headers, time.monotonic() + WITHIN_S
            if self.path.partition("?")[0] != PATH:
                raise _RefusedError(HTTPStatus.NOT_FOUND)
            length = told.get("Content-Length", "")
            if not (length.isascii() and length.isdecimal()):
                raise _RefusedError(HTTPStatus.LENGTH_REQUIRED)
            if len(length) > 12 or int(length) > LARGEST_POST:
                raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            if told.get("Content-Encoding", "identity").casefold() != "identity":
                raise _RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
            signing = _signing(told, received)
            left = int(length)
            with path.open("wb") as file:
                while left:
                    piece = self.rfile.read1(min(left, CHUNK))
                    if not piece or time.monotonic() > until:
                        raise _RefusedError(HTTPStatus.BAD_REQUEST)
                    signing.update(piece)
                    file.write(piece)
                    left -= len(piece)
            if not _is_signed(told.get("webhook-signature", ""), signing.digest()):
                raise _RefusedError(HTTPStatus.UNAUTHORIZED)

        def _say(self, status: HTTPStatus, told: Json) -> None:
            body = json.dumps(told).encode() if told else b""
            self.close_connection = True
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _signing(told: Message, received: Received) -> hmac.HMAC:
    """What the body is added to. Raises _RefusedError for a message that says no time of now."""
    message, moment = told.get("webhook-id", ""), told.get("webhook-timestamp", "")
    is_number = moment.isascii() and moment.isdecimal() and len(moment) < 12
    if not message or not is_number or abs(received.now() - int(moment)) > TOLERANCE_S:
        raise _RefusedError(HTTPStatus.UNAUTHORIZED)
    return hmac.new(received.key(), f"{message}.{moment}.".encode(), hashlib.sha256)


def _is_signed(given: str, digest: bytes) -> bool:
    wanted = f"v1,{b64encode(digest).decode('ascii')}".encode()
    return any(hmac.compare_digest(one.encode(), wanted) for one in given.split(" "))
