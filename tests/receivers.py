"""A receiver of signed messages, as a partner runs one: it checks them by the standard's text."""

import base64
import hashlib
import hmac
import json
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Received:
    """One call: its headers in lower case, and its body as it came."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def type(self) -> str:
        return str(self.told["type"])

    def is_signed_with(self, secret: str) -> bool:
        """By the text of Standard Webhooks 1.0.0; nothing of the program's own is used."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        head = f"{self.id}.{self.headers['webhook-timestamp']}.".encode()
        wanted = base64.b64encode(hmac.new(key, head + self.body, hashlib.sha256).digest()).decode()
        given = self.headers["webhook-signature"].split(" ")
        return any(hmac.compare_digest(one, f"v1,{wanted}") for one in given)


class Receiver:
    """Answers 204, or with what is put into `answers`: a status, or (status, headers)."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: deque[int | tuple[int, Mapping[str, str]]] = deque()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            """One request."""

            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                """Take a message."""
                length = int(self.headers["Content-Length"])
                body = self.rfile.read(length)
                if len(body) < length:
                    return  # the sender died in the middle of it
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.received.append(Received(headers, body))
                answer = receiver.answers.popleft() if receiver.answers else 204
                status, extra = answer if isinstance(answer, tuple) else (answer, {})
                self.send_response(status)
                for name, value in extra.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/hooks"

    def of_type(self, name: str) -> list[Received]:
        """The messages of one type, in the order they came."""
        return [one for one in self.received if one.type == name]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
