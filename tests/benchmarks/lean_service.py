"""A loopback service that drains each upload, hashes it and answers like Cloudinary, and no more.

The sandbox checks, keeps and describes what it gets; on two cores its work is what a benchmark of
a sender would measure. `python -m tests.benchmarks.lean_service SECONDS` serves until its input
ends; every request takes that many seconds longer, a new connection two times that once more.
"""

import asyncio
import gc
import hashlib
import json
import re
import socket
import sys
import threading
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send

FIELD = re.compile(rb'name="([a-z_]+)"\r\n\r\n(.*?)\r\n--', re.DOTALL)
CONFIG = {"cloud_name": "bench", "settings": {"folder_mode": "dynamic"}}


class LeanService:
    """The application; `latency_s` is how far away it is."""

    def __init__(self, latency_s: float) -> None:
        self._latency_s = latency_s
        self._known: set[tuple[str, int]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        delay = self._latency_s
        if scope["client"] not in self._known:
            self._known.add(scope["client"])
            delay += 2 * self._latency_s
        if delay:
            await asyncio.sleep(delay)
        pieces = []
        more = True
        while more:
            message = await receive()
            pieces.append(message.get("body", b""))
            more = message.get("more_body", False)
        is_upload = scope["path"].endswith("/upload")
        reply = uploaded(b"".join(pieces)) if is_upload else CONFIG
        body = json.dumps(reply).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def uploaded(body: bytes) -> dict[str, Any]:
    """The reply to an upload."""
    begin = body.index(b"\r\n\r\n", body.index(b'filename="')) + 4
    end = body.index(b"\r\n" + body[: body.index(b"\r\n")], begin)
    content = memoryview(body)[begin:end]
    found = FIELD.findall(body[:begin]) + FIELD.findall(body[end:])
    fields = {name.decode(): value.decode() for name, value in found}
    etag = hashlib.md5(content, usedforsecurity=False).hexdigest()
    public_id = fields.get("public_id", etag)
    key, _, value = fields.get("context", "").partition("=")
    return {
        "asset_id": hashlib.md5(public_id.encode(), usedforsecurity=False).hexdigest(),
        "public_id": public_id,
        "version": 1,
        "resource_type": "image",
        "type": "upload",
        "format": "jpg",
        "bytes": len(content),
        "etag": etag,
        "secure_url": f"https://res.cloudinary.com/bench/{public_id}.jpg",
        **({"context": {"custom": {key: value}}} if key else {}),
    }


def serve(latency_s: float) -> None:
    """Serve on a free port and say where, until standard input ends."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    config = uvicorn.Config(
        LeanService(latency_s),
        lifespan="off",
        loop="asyncio",
        access_log=False,
        log_level="error",
        timeout_keep_alive=75,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    gc.freeze()
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    serve(float(sys.argv[1]))
