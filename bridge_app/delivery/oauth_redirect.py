"""The one page on this machine that a browser comes back to after a login (RFC 8252, 7.3).

Where the login's own address holds a secret, it also sets out from here.
"""

import hmac
import secrets
import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Self
from urllib.parse import parse_qs, urlsplit

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.storage.secrets import Secret

PATH = "/callback"
SET_OUT = "/go"
LOOK_EVERY_S = 0.2
SLOWEST_S = 5.0
"""A browser that connects and says nothing is dropped after that."""
LONGEST_ERROR = 200
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Asset Bridge</title></head>
<body><h1>{title}</h1><p>{text}</p></body></html>
"""


class LoginTimedOutError(BridgeError):
    """Nobody came back from the browser."""

    text = QT_TRANSLATE_NOOP(
        "errors", "Nobody logged in within the time there was. Nothing was changed; try again."
    )


class LoginCancelledError(BridgeError):
    """The person ended the wait."""

    text = QT_TRANSLATE_NOOP("errors", "The login was cancelled. Nothing was changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the browser brought back: a code, or why there is none."""

    code: Secret | None = None
    error: str = ""


class Redirect:
    """Listens on 127.0.0.1 while it is open, on a free port unless it has to be a certain one.

    Used by one thread. Only a request that carries `state` counts: any other page could send a
    browser here.
    """

    def __init__(self, state: str, *, port: int = 0) -> None:
        self._server = _Server(state, port)
        self.uri = f"http://127.0.0.1:{self._server.server_port}{PATH}"

    def leads_to(self, address: Secret) -> str:
        """An address of this page that leads a browser there, once.

        What a browser is started with is an argument of a process, which is no secret.
        """
        nonce = secrets.token_urlsafe(24)
        self._server.lead = (nonce, address)
        return f"http://127.0.0.1:{self._server.server_port}{SET_OUT}?{nonce}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.server_close()

    def wait(self, *, timeout_s: float, cancelled: threading.Event) -> Answer:
        """The answer. Raises LoginTimedOutError or LoginCancelledError."""
        ends = time.monotonic() + timeout_s
        while self._server.answer is None:
            if cancelled.is_set():
                raise LoginCancelledError
            if time.monotonic() >= ends:
                raise LoginTimedOutError
            self._server.handle_request()
        return self._server.answer


class _Server(ThreadingHTTPServer):
    """Each connection has a thread: browsers open some that they do not use."""

    daemon_threads = True
    timeout = LOOK_EVERY_S

    def __init__(self, state: str, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Page)
        self.state = state
        self.answer: Answer | None = None
        self.lead: tuple[str, Secret] | None = None
        self._lock = threading.Lock()

    def onward(self, query: str) -> Secret | None:
        """Where this visitor is led; only the first one that was sent here is."""
        with self._lock:
            if self.lead is None or not hmac.compare_digest(self.lead[0].encode(), query.encode()):
                return None
            address, self.lead = self.lead[1], None
            return address

    def take(self, query: str) -> bool:
        """Is this what we wait for? The first one counts."""
        given = {name: values[-1] for name, values in parse_qs(query).items()}
        right = hmac.compare_digest(given.get("state", "").encode(), self.state.encode())
        if not right or not (given.get("code") or given.get("error")):
            return False
        with self._lock:
            if self.answer is None:
                self.answer = _answer(given)
        return True


class _Page(BaseHTTPRequestHandler):
    """Answers the browser; tells no log, since the address holds the code."""

    server: _Server
    timeout: ClassVar[float] = SLOWEST_S

    def do_GET(self) -> None:
        """Take what the browser brings, and say that it may be closed."""
        parts = urlsplit(self.path)
        address = self.server.onward(parts.query) if parts.path == SET_OUT else None
        if address is not None:
            self._lead(address)
        elif parts.path != PATH:
            self._reply(HTTPStatus.NOT_FOUND, "Not found", "There is nothing here.")
        elif not self.server.take(parts.query):
            self._reply(HTTPStatus.BAD_REQUEST, "Not logged in", "This page was not expected.")
        elif self.server.answer is not None and self.server.answer.code is None:
            self._reply(HTTPStatus.OK, "Not logged in", "You can close this window.")
        else:
            self._reply(HTTPStatus.OK, "Logged in", "You can go back to Asset Bridge.")

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""

    def _lead(self, address: Secret) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", address.reveal())
        self.send_header("Content-Length", "0")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()

    def _reply(self, status: HTTPStatus, title: str, text: str) -> None:
        body = PAGE.format(title=title, text=text).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(body)


def _answer(given: dict[str, str]) -> Answer:
    if given.get("code"):
        return Answer(code=Secret(given["code"]))
    detail = given.get("error_description") or given["error"]
    return Answer(error=detail[:LONGEST_ERROR])
