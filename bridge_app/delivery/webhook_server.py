"""Receives web hooks: small, strict, and on this machine's own interface unless told otherwise."""

import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bridge_app.delivery.notices import LARGEST, NotGenuineError
from bridge_app.domain.errors import BridgeError

Take = Callable[[bytes, str, str], None]
PATIENCE_S = 10.0
TIMESTAMP = "X-Cld-Timestamp"
SIGNATURE = "X-Cld-Signature"


class WebhookServer:
    """Hands every notice to `take(body, timestamp, signature)`, on a thread of its own.

    NotGenuineError becomes 401, other trouble 503, so that it is sent again later; `take`
    returning means 200. Source: reference/cloudinary.md 18.
    """

    def __init__(self, take: Take, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._server = ThreadingHTTPServer((host, port), _handler(take))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, name="webhooks"
        )

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Begin to receive."""
        self._thread.start()

    def close(self) -> None:
        """End."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(take: Take) -> type[BaseHTTPRequestHandler]:
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
