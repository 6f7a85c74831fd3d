"""Receives web hooks: small and strict."""

from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from bridge_app.delivery.notices import LARGEST, NotGenuineError
from bridge_app.domain.errors import BridgeError

Take = Callable[[bytes, str, str], None]
PATIENCE_S = 10.0
TIMESTAMP = "X-Cld-Timestamp"
SIGNATURE = "X-Cld-Signature"


def webhook_receiver(take: Take) -> type[BaseHTTPRequestHandler]:
    """What hands every notice to `take(body, timestamp, signature)`.

    NotGenuineError becomes 401, other trouble 503, so that it is sent again later; `take`
    returning means 200. Source: reference/cloudinary.md 18.
    """

    class Handler(BaseHTTPRequestHandler):
        """One request."""

        server_version = "AssetBridge"
        sys_version = ""
        timeout = PATIENCE_S

        def do_POST(self) -> None:
            """Take a notice."""
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal():
                self._say(HTTPStatus.LENGTH_REQUIRED)
                return
            if len(length) > 9 or int(length) > LARGEST:
                self._say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                return
            body = self.rfile.read(int(length))
            if len(body) < int(length):
                self._say(HTTPStatus.BAD_REQUEST)
                return
            stamp, signature = self.headers.get(TIMESTAMP, ""), self.headers.get(SIGNATURE, "")
            try:
                take(body, stamp, signature)
            except NotGenuineError:
                self._say(HTTPStatus.UNAUTHORIZED)
            except BridgeError:
                self._say(HTTPStatus.SERVICE_UNAVAILABLE)
            else:
                self._say(HTTPStatus.OK)

        def log_message(self, *_: Any) -> None:
            """Nothing: what was heard is told elsewhere, and addresses may hold secrets."""

        def _say(self, status: HTTPStatus) -> None:
            self.close_connection = True
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.send_header("Connection", "close")
            self.end_headers()

    return Handler
