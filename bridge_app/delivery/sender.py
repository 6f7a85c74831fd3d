"""Sends files over HTTP/1.1 connections that stay open, with little work for each request.

urllib3 is made for everything; with some tens of senders at once its share of the interpreter
is what limits them. This does one thing, a multipart POST, and leaves the parsing to httptools.
"""

import itertools
import secrets
import socket
import ssl
import threading
import time
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Protocol
from urllib.parse import urlsplit

import httptools
from urllib3.fields import format_multipart_header_param
from urllib3.util.wait import wait_for_read

IDLE_S = 60.0
"""Routers forget a silent connection after some minutes; ours end long before."""
RECEIVE = 1 << 16
LARGEST_REPLY = 1 << 24
"""Bytes; a longer reply is not one of Cloudinary's."""
LONGEST_REPLY_S = 600.0
"""A reply is whole so long after it had to begin; who sends a byte now and then ends, too."""
AT_ONCE: int | None = getattr(socket, "TCP_QUICKACK", None)
"""Makes the system acknowledge the next segments at once, where it can. A server that writes its
reply in two pieces, by Nagle's algorithm, holds the second back until the first is acknowledged;
the system would do that after 40 ms. It goes back to that by itself, so it is asked each time."""
KEEP_ALIVE = ((socket.TCP_KEEPIDLE, 60), (socket.TCP_KEEPINTVL, 60), (socket.TCP_KEEPCNT, 3))

Origin = tuple[str, str, int]
"""Scheme, host, port."""
Idle = defaultdict[Origin, list[tuple[socket.socket, float]]]
"""Open connections with the moment since which they are not used."""


class NotReachedError(OSError):
    """No connection could be made, so nothing was sent."""


class Part(Protocol):
    """Content that is read while it is sent."""

    def __len__(self) -> int:
        """How many bytes `blocks` gives in all."""

    def blocks(self) -> Iterator[bytes | memoryview]:
        """The content, some hundred KB at a time; a block is sent before the next is asked for."""


Content = bytes | Part
Fields = Sequence[tuple[str, object | tuple[str, Content]]]


class Reply:
    """What came back: status, headers with lower-case names, the whole body."""

    __slots__ = ("_body", "_size", "data", "done", "headers", "status")

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.data = b""
        self.done = False
        self._body: list[bytes] = []
        self._size = 0

    def on_message_begin(self) -> None:
        """Called by the parser; what came before (1xx) was no reply."""
        self.done = False
        self.headers.clear()
        self._body.clear()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser."""
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, data: bytes) -> None:
        """Called by the parser. Raises ConnectionError if there is no end of it."""
        self._size += len(data)
        if self._size > LARGEST_REPLY:
            raise ConnectionError("the reply is too long")
        self._body.append(data)

    def on_message_complete(self) -> None:
        """Called by the parser."""
        self.data = b"".join(self._body)
        self.done = True


class Sender:
    """Posts forms; any number of threads at once, each on a connection of its own.

    Redirects are not followed: what is sent is signed for one host.
    """

    def __init__(self, *, ca_certs: str, longest_reply_s: float = LONGEST_REPLY_S) -> None:
        self._ca_certs = ca_certs
        self._longest_reply_s = longest_reply_s
        self._idle: Idle = defaultdict(list)
        self._lock = threading.Lock()
        # Nobody can know the beginning of a boundary, so no content can hold one on purpose.
        self._boundary = secrets.token_hex(16)
        self._numbers = itertools.count()
        # A sender that is dropped while others still use it leaves no open connection behind.
        weakref.finalize(self, _close_all, self._idle)

    def post(
        self, url: str, *, fields: Fields, headers: Mapping[str, str], timeout_s: float | None
    ) -> Reply:
        """Send a form and read the reply.

        `timeout_s` limits each wait, not the whole. Raises NotReachedError before, and other
        OSErrors after something may have arrived.
        """
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        origin = (parts.scheme, parts.hostname or "", parts.port or (443 if secure else 80))
        boundary = f"{self._boundary}{next(self._numbers):x}"
        body = form(fields, boundary)
        head = _head(parts.netloc, parts.path, headers, boundary, sum(map(len, body)))
        connection = self._connection(origin, timeout_s)
        try:
            reply = _exchange(connection, head, body, self._longest_reply_s)
        except BaseException:
            connection.close()
            raise
        if reply.headers.get("connection", "").lower() == "close" or not reply.done:
            connection.close()
        else:
            with self._lock:
                self._idle[origin].append((connection, time.monotonic()))
        return reply

    def clear(self) -> None:
        """Close the connections that are not in use."""
        with self._lock:
            _close_all(self._idle)

    def _connection(self, origin: Origin, timeout_s: float | None) -> socket.socket:
        """One that is open still, the latest used first, or a new one."""
        while True:
            with self._lock:
                idle = self._idle[origin]
                connection, since = idle.pop() if idle else (None, 0.0)
            if connection is None:
                return self._opened(origin, timeout_s)
            if time.monotonic() - since < IDLE_S and not wait_for_read(connection, 0):
                if connection.gettimeout() != timeout_s:
                    connection.settimeout(timeout_s)
                return connection
            connection.close()

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Made when it is first needed: reading the authorities takes a while."""
        return ssl.create_default_context(cafile=self._ca_certs)

    def _opened(self, origin: Origin, timeout_s: float | None) -> socket.socket:
        scheme, host, port = origin
        try:
            connection = socket.create_connection((host, port), timeout_s)
        except OSError as error:
            raise NotReachedError(str(error)) from error
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, value in KEEP_ALIVE:
            connection.setsockopt(socket.IPPROTO_TCP, option, value)
        if scheme != "https":
            return connection
        try:
            return self._tls.wrap_socket(connection, server_hostname=host)
        except OSError:
            connection.close()
            raise


def _close_all(idle: Idle) -> None:
    for connection, _ in (one for many in idle.values() for one in many):
        connection.close()
    idle.clear()


def form(fields: Fields, boundary: str) -> list[Content]:
    """A multipart/form-data body (RFC 7578) in pieces."""
    body: list[Content] = []
    text = bytearray()
    for name, value in fields:
        text += f"--{boundary}\r\nContent-Disposition: form-data; ".encode()
        text += _named(name)
        if isinstance(value, tuple):
            filename, content = value
            text += f"; {format_multipart_header_param('filename', filename)}\r\n".encode()
            text += b"Content-Type: application/octet-stream\r\n\r\n"
            body += [bytes(text), content]
            text.clear()
        else:
            text += f"\r\n\r\n{value}".encode()
        text += b"\r\n"
    text += f"--{boundary}--\r\n".encode()
    return [*body, bytes(text)]


@lru_cache(maxsize=256)
def _named(field: str) -> bytes:
    """A field's name as it stands in a form; there are few, and each is sent with every file."""
    return format_multipart_header_param("name", field).encode()


def _head(host: str, path: str, headers: Mapping[str, str], boundary: str, length: int) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {host.rpartition('@')[2]}",
        *(f"{name}: {value}" for name, value in headers.items()),
        f"Content-Type: multipart/form-data; boundary={boundary}",
        f"Content-Length: {length}",
    ]
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("a header holds a line break")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _exchange(
    connection: socket.socket, head: bytes, body: Iterable[Content], longest_s: float
) -> Reply:
    """Send all; a service that refuses may answer and hang up before it has read everything."""
    try:
        _send(connection, head, body)
    except (BrokenPipeError, ConnectionResetError):
        return _received(connection, longest_s)
    return _received(connection, longest_s)


def _send(connection: socket.socket, head: bytes, body: Iterable[Content]) -> None:
    """Small pieces go out together; blocks that are read from a file as they are."""
    waiting = [head]
    for content in body:
        if isinstance(content, bytes):
            waiting.append(content)
            continue
        _send_together(connection, waiting)
        waiting = []
        for block in content.blocks():
            connection.sendall(block)
    _send_together(connection, waiting)


def _send_together(connection: socket.socket, pieces: Sequence[bytes]) -> None:
    """In one call where that can be, without a copy of it all; TLS knows no such call."""
    if isinstance(connection, ssl.SSLSocket):
        connection.sendall(b"".join(pieces))
        return
    sent = connection.sendmsg(pieces)
    for piece in pieces:
        if sent < len(piece):
            connection.sendall(memoryview(piece)[sent:])
        sent = max(0, sent - len(piece))


def _received(connection: socket.socket, longest_s: float) -> Reply:
    """The final reply; what is announced before it (1xx) is passed over."""
    reply = Reply()
    parser = httptools.HttpResponseParser(reply)
    if AT_ONCE is not None:
        connection.setsockopt(socket.IPPROTO_TCP, AT_ONCE, 1)
    # A service that puts a large file together is given its time before it begins.
    until = time.monotonic() + (connection.gettimeout() or 0) + longest_s
    while not (reply.done and parser.get_status_code() >= 200):
        data = connection.recv(RECEIVE)
        if not data:
            return _ended(reply, parser)
        if time.monotonic() > until:
            raise ConnectionError("the reply does not end")
        try:
            parser.feed_data(data)
        except httptools.HttpParserCallbackError as error:
            raise ConnectionError(str(error.__context__)) from error
        except httptools.HttpParserError as error:
            raise ConnectionError("the reply is not HTTP") from error
    reply.status = parser.get_status_code()
    return reply


def _ended(reply: Reply, parser: httptools.HttpResponseParser) -> Reply:
    """The connection ended; that ends a reply as well whose length nobody said."""
    told = {"content-length", "transfer-encoding"}
    if not reply.headers or told & reply.headers.keys():
        raise ConnectionResetError("the connection ended before the reply")
    reply.status = parser.get_status_code()
    reply.on_message_complete()
    reply.done = False
    return reply
