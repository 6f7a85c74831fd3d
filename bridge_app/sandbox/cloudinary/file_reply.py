"""A file as a reply: whole, in part, or not at all for a client that has it already.

Starlette's own file response reads through worker threads, which is slower for files that are
in the page cache, and leaves the file open when the server is stopped in the middle.
"""

import re
from email.utils import formatdate
from pathlib import Path
from typing import BinaryIO

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
CHUNK_BYTES = 1 << 18

Span = tuple[int, int]
"""First byte, and the one behind the last."""


class FileReply(Response):
    """Delivers `path` with an `etag`; answers If-None-Match, single ranges and HEAD.

    Args:
        path: An existing file.
        etag: Names this content; without quotes.
        content_type: The media type.
        headers: Further ones.
    """

    def __init__(
        self, path: Path, *, etag: str, content_type: str, headers: dict[str, str]
    ) -> None:
        super().__init__(headers={**headers, "ETag": f'"{etag}"', "Accept-Ranges": "bytes"})
        del self.headers["content-length"]
        self._path = path
        self._content_type = content_type

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file; a file that is gone by now is a 404."""
        del receive
        asked = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        if self.headers["etag"] in asked.get("if-none-match", ""):
            self.status_code = 304
            await self._send(send, b"")
            return
        try:
            file = self._path.open("rb")
        except FileNotFoundError:
            self.status_code = 404
            await self._send(send, b"")
            return
        with file:
            await self._send_file(file, asked.get("range", ""), scope["method"], send)

    async def _send_file(self, file: BinaryIO, asked: str, method: str, send: Send) -> None:
        """The file, or the part of it that was asked for."""
        size = file.seek(0, 2)
        span = _span(asked, size)
        if span is None:
            self.status_code = 416
            self.headers["Content-Range"] = f"bytes */{size}"
            await self._send(send, b"")
            return
        start, end = span
        if asked and span != (0, size):
            self.status_code = 206
            self.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        self.headers["Content-Type"] = self._content_type
        self.headers["Content-Length"] = str(end - start)
        self.headers["Last-Modified"] = formatdate(self._path.stat().st_mtime, usegmt=True)
        await self._start(send)
        file.seek(start)
        left = 0 if method == "HEAD" else end - start
        while left and (data := file.read(min(left, CHUNK_BYTES))):
            left -= len(data)
            await send({"type": "http.response.body", "body": data, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def _start(self, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )

    async def _send(self, send: Send, body: bytes) -> None:
        """A reply without the file."""
        if self.status_code != 304:
            self.headers["Content-Length"] = str(len(body))
        await self._start(send)
        await send({"type": "http.response.body", "body": body})


def _span(asked: str, size: int) -> Span | None:
    """What a Range header asks for; all of it if it cannot be read, None beyond the end."""
    found = RANGE.fullmatch(asked.replace(" ", ""))
    if found is None or found[1] == found[2] == "":
        return 0, size
    if not found[1]:
        return max(size - int(found[2]), 0), size
    start = int(found[1])
    end = min(int(found[2]) + 1, size) if found[2] else size
    return (start, end) if start < end else None
