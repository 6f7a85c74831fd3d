"""A service that takes uploads in parts, and does to them what the test wants."""

import contextlib
import hashlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
FILE = re.compile(
    rb'name="file"; filename="[^"]*"\r\nContent-Type: [^\r]+\r\n\r\n(.*)\r\n--', re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One part that arrived whole."""

    upload_id: str
    start: int
    end: int
    total: int
    data: bytes
    fields: bytes


@dataclass(slots=True)
class Story:
    """What happens to parts: `before(number)` may raise ConnectionError, or answer a refusal.

    `number` counts requests from 1.
    """

    before: Callable[[int], tuple[int, dict[str, Any]] | None] = lambda _: None
    parts: list[Received] = field(default_factory=list)
    known: dict[str, dict[int, bytes]] = field(default_factory=dict)
    begun: int = 0

    def forget(self) -> None:
        """The service has lost what it had of unfinished uploads."""
        self.known.clear()


class PartsService:
    """Real HTTP on this machine; `url` is an upload prefix."""

    def __init__(self) -> None:
        self.story = Story()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                service.story.begun += 1
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if len(body) < int(self.headers["Content-Length"]):
                    self.close_connection = True
                    return
                try:
                    told = service.story.before(service.story.begun)
                except ConnectionError:
                    self.close_connection = True
                    return
                status, answer = told or (200, service.take(self.headers, body))
                data = json.dumps(answer).encode()
                with contextlib.suppress(ConnectionError):
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)

            def do_GET(self) -> None:
                """Nothing is there yet, whatever is asked for."""
                data = b'{"error": {"message": "Resource not found"}}'
                self.send_response(404)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_HEAD(self) -> None:
                """The service is there."""
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def take(self, headers: Any, body: bytes) -> dict[str, Any]:
        """Keep a part; the last one makes the asset, if all are there."""
        found = RANGE.fullmatch(headers["Content-Range"])
        content = FILE.search(body)
        assert found is not None
        assert content is not None
        start, end, total = (int(number) for number in found.groups())
        part = Received(
            upload_id=headers["X-Unique-Upload-Id"],
            start=start,
            end=end + 1,
            total=total,
            data=content[1],
            fields=body[: content.start()],
        )
        assert len(part.data) == part.end - part.start
        self.story.parts.append(part)
        known = self.story.known.setdefault(part.upload_id, {})
        known[start] = part.data
        whole = b"".join(known[at] for at in sorted(known))
        if part.end < total or len(whole) < total:
            return {"done": False, "public_id": "film"}
        return {
            "asset_id": "a" * 32,
            "public_id": "film",
            "resource_type": "raw",
            "type": "upload",
            "version": 1,
            "bytes": total,
            "etag": hashlib.md5(whole, usedforsecurity=False).hexdigest(),
            "secure_url": "https://example.com/film",
            "done": True,
        }

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
