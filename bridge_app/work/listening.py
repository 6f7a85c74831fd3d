"""A place of our own at which other programs reach us: on one thread, until it is closed."""

import socket
import sys
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MOST = 100
"""Who is listened to at once."""
LONGEST_S = 900.0
"""So long a request may take; who sends a byte now and then keeps no thread for ever."""


class _Server(ThreadingHTTPServer):
    """Hangs up on those who are too many, or too slow."""

    daemon_threads = True
    request_queue_size = MOST
    """Many web hooks come at once; five, as is usual, would keep the others waiting seconds."""

    def __init__(
        self, place: tuple[str, int], handler: type[BaseHTTPRequestHandler], longest_s: float
    ) -> None:
        super().__init__(place, handler)
        self._longest_s = longest_s
        self._heard: dict[socket.socket, float] = {}
        self._lock = threading.Lock()

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002
        """Is there room for one more? Called before a request gets its thread."""
        with self._lock:
            has_room = len(self._heard) < MOST
            if has_room:
                self._heard[request] = time.monotonic() + self._longest_s
        return has_room

    def shutdown_request(self, request: Any) -> None:
        """It ended."""
        with self._lock:
            self._heard.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Called some times a second: who took too long finds the line cut."""
        now = time.monotonic()
        with self._lock:
            late = [request for request, until in self._heard.items() if now > until]
        for request in late:
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up is no trouble of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Listening:
    """Its port is taken at once; what comes is answered after `start`, each on its own thread.

    Raises OSError where the port cannot be had.
    """

    def __init__(
        self,
        handler: type[BaseHTTPRequestHandler],
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        name: str = "listening",
        longest_s: float = LONGEST_S,
    ) -> None:
        self._server = _Server((host, port), handler, longest_s)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, name=name
        )

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """End."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()
        if self._thread.is_alive():
            self._thread.join()
