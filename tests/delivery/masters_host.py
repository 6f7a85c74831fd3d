"""A host that serves masters by address, and lies or breaks off when a test wants it to."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class MastersHost:
    """Real HTTP on this machine; `files` are by path, `asked` what was asked for."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host.asked.append(self.path)
                data = host.files.get(self.path)
                body = data or b""
                with contextlib.suppress(ConnectionError):
                    self.send_response(404 if data is None else 200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    if self.command == "GET":
                        self.wfile.write(body)

            def do_HEAD(self) -> None:
                self.do_GET()

            def log_message(self, *_: Any) -> None:
                """Say nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def put(self, path: str, data: bytes) -> str:
        """Serve a file; its address."""
        self.files[path] = data
        return self.url + path

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def stream(data: bytes, block: int = 70_001) -> "Callable[[], Streamed]":
    """What gives these bytes as they arrive, in blocks of an odd size."""

    @contextmanager
    def opened() -> Iterator[Iterator[bytes]]:
        yield (data[start : start + block] for start in range(0, len(data), block))

    return opened


Streamed = contextlib.AbstractContextManager[Iterator[bytes]]
