"""A loopback server that answers whatever a test says, and remembers what it was sent."""

import json
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came. Names of headers are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer. `length` claims another length than the body has; `cut` ends without one."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    cut: bool = False


def said(data: object, *, status: int = 200, **meta: Any) -> Said:
    """An answer of the usual shape."""
    return Said(status=status, body=json.dumps({"data": data, "meta": meta}).encode())


def refused(status: int, error_id: str = "", **headers: str) -> Said:
    """An answer that says no."""
    error = {"id": error_id, "title": "No", "status": str(status)}
    return Said(status=status, body=json.dumps({"errors": [error]}).encode(), headers=headers)


Answer = Callable[[Asked], Said]
ID = "I0000abcdefghijk"
OK = said({"id": "U0000abcdefghijk"})


class Hostile:
    """Answers each path below `/psapi/v4.0` by what `on` was told; others with 404.

    The longest path that the request's begins with counts.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[str, Answer] = {}
        self._server = _Server(self)
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{self.root}/psapi/v4.0"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def on(self, path: str, *answers: Said | Answer) -> None:
        """Answer `path` by each in turn, and by the last from then on."""
        left = list(answers)

        def answer(asked: Asked) -> Said:
            one = left.pop(0) if len(left) > 1 else left[0]
            return one if isinstance(one, Said) else one(asked)

        self._answers[path] = answer

    def paths(self) -> list[str]:
        """What was asked, without the address of the service."""
        return [f"{one.method} {one.path.removeprefix('/psapi/v4.0')}" for one in self.asked]

    def answered(self, asked: Asked) -> Said:
        """What a request gets."""
        self.asked.append(asked)
        path = asked.path.removeprefix("/psapi/v4.0")
        fitting = [one for one in self._answers if path.startswith(one)]
        if not fitting:
            return refused(404, "ResourceNotFoundException")
        return self._answers[max(fitting, key=len)](asked)

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, hostile: Hostile) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.hostile = hostile

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Who asked may hang up."""
        with suppress(OSError):
            super().finish_request(request, client_address)


class _Page(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length", "0"))
        asked = Asked(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
        )
        answer = self.server.hostile.answered(asked)
        if answer.cut and not answer.body:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        claimed = len(answer.body) if answer.length is None else answer.length
        if claimed >= 0:
            self.send_header("Content-Length", str(claimed))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(answer.body)
        self.close_connection = self.close_connection or answer.cut


def record(media_id: str = ID, includes: object = None, **attributes: object) -> dict[str, Any]:
    """A record as a service that joins everything tells it."""
    usual = {"file_name": "hero.tif", "file_size": 100, "width": 10, "height": 20}
    joined = {
        "iptc": {"data": {"attributes": {}}},
        "custom-metadata": {"data": []},
        "galleries": {"data": []},
        "review": {"data": None},
    }
    return {
        "id": media_id,
        "type": "image",
        "attributes": {**usual, **attributes},
        "includes": joined if includes is None else includes,
    }
