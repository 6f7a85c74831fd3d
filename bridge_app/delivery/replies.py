"""Answers read whole, but not without end: neither what they unpack to nor how long they take."""

import time
from collections.abc import Iterator

from urllib3 import BaseHTTPResponse

from bridge_app.delivery.sender import LONGEST_REPLY_S, Reply

LARGEST = 1 << 26
"""Bytes, unpacked; many times a page of a listing with all its metadata."""
PIECE = 1 << 18


def read_whole(reply: BaseHTTPResponse, *, longest_s: float = LONGEST_REPLY_S) -> Reply:
    """The answer with its body. Raises ConnectionError if there is no end of it, and HTTPError."""
    found = Reply()
    found.status = reply.status
    found.headers = {name.lower(): value for name, value in reply.headers.items()}
    try:
        found.data = b"".join(_pieces(reply, time.monotonic() + longest_s))
    except BaseException:
        reply.close()
        raise
    return found


def _pieces(reply: BaseHTTPResponse, until: float) -> Iterator[bytes]:
    size = 0
    while piece := reply.read1(PIECE, decode_content=True):
        size += len(piece)
        if size > LARGEST or time.monotonic() > until:
            raise ConnectionError("the answer does not end")
        yield piece
