"""The bytes of a file as a reply: whole, or the one range that was asked for.

Source: reference/photoshelter.md 7.3; whether the real service knows ranges is not known.
"""

import re
from urllib.parse import quote

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bridge_app.sandbox.photoshelter.contents import Content, pieces

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
BYTES = "application/octet-stream"


class ContentReply(Response):
    """Delivers `content`; answers single ranges, `If-Range` and HEAD.

    Args:
        content: What is delivered.
        name: What a browser would save it as.
        etag: Names these bytes; without quotes.
    """

    def __init__(self, content: Content, *, name: str, etag: str) -> None:
        super().__init__(
            media_type=BYTES,
            headers={
                "Accept-Ranges": "bytes",
                "Cache-Control": "private, no-store",
                "Content-Disposition": f"attachment; filename*=UTF-8''{_escaped(name)}",
                "ETag": f'"{etag}"',
            },
        )
        self._content = content

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the bytes."""
        del receive
        asked = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        size = self._content.size
        span = self._span(asked, size)
        if span is None:
            self.status_code, span = 416, (0, 0)
            self.headers["Content-Range"] = f"bytes */{size}"
        elif span != (0, size):
            self.status_code = 206
            self.headers["Content-Range"] = f"bytes {span[0]}-{span[1] - 1}/{size}"
        self.headers["Content-Length"] = str(span[1] - span[0])
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        if scope["method"] != "HEAD":
            for piece in pieces(self._content, *span):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def _span(self, asked: dict[str, str], size: int) -> tuple[int, int] | None:
        """First byte and the one behind the last; None beyond the end.

        All of it where nothing is asked for that can be understood, or the bytes are others now.
        """
        found = RANGE.fullmatch(asked.get("range", "").replace(" ", ""))
        known = asked.get("if-range", self.headers["etag"]) == self.headers["etag"]
        if found is None or found[1] == found[2] == "" or not known:
            return 0, size
        if not found[1]:
            return max(size - int(found[2]), 0), size
        start = int(found[1])
        end = min(int(found[2]) + 1, size) if found[2] else size
        return (start, end) if start < end else None


def _escaped(name: str) -> str:
    return quote(name.encode("utf-8", "replace"))
