"""Calls to addresses that people typed: never into this computer or its network by accident.

Each connection goes to an address that was looked up and judged for it: a name that is looked up
differently a moment later leads nowhere else. Time and size of answers are bounded.
Source: OWASP, server-side request forgery.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from urllib.parse import urljoin, urlsplit

import httpcore

from bridge_app.channels.errors import (
    AnswerTooLargeError,
    NotAllowedHostError,
    ReceiverTroubleError,
    RefusedAnswerError,
    SourceTroubleError,
    UnusableAddressError,
)
from bridge_app.domain.errors import QT_TRANSLATE_NOOP

CONNECT_S = 10.0
SILENCE_S = 20.0
WHOLE_S = 30.0
"""For an answer that is read into memory, however it drips."""
DOWNLOAD_S = 600.0
"""For an answer that is kept in a file."""
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST = 1 << 16
"""Bytes of an answer that only has to be understood as yes or no."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
TROUBLE = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer, read whole; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)


def is_public(address: str) -> bool:
    """May this IP address be called without anybody's leave?"""
    ip: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip.teredo is not None:
            inner = ip.teredo[1]
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(ip.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class GuardedHttp:
    """Calls of one kind of channel; thread-safe, methods block.

    Raises NotAllowedHostError, UnusableAddressError and ReceiverTroubleError. No cookie is kept and
    no proxy used.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._hurry = _Hurry(clock)
        self._context = ssl.create_default_context()
        self._pools = {allowed: self._pool(allowed) for allowed in (False, True)}

    def _pool(self, allowed: bool) -> httpcore.ConnectionPool:  # noqa: FBT001 - a key
        return httpcore.ConnectionPool(
            ssl_context=self._context,
            network_backend=_Judging(self._hurry, private_allowed=allowed),
            max_keepalive_connections=8,
            keepalive_expiry=30.0,
        )

    def close(self) -> None:
        """Close the connections."""
        for pool in self._pools.values():
            pool.close()

    def post(
        self, url: str, headers: Mapping[str, str], body: bytes, *, private_allowed: bool = False
    ) -> Answer:
        """Send a body, and read the answer; a redirect is an answer."""
        self._hurry.ends = self._clock() + WHOLE_S
        with self._stream("POST", url, headers, body, private_allowed) as response:
            pieces, length = [], 0
            # Whoever says so much, or so slowly, has said yes or no already.
            with suppress(httpcore.ReadTimeout):
                for piece in response.iter_stream():
                    length += len(piece)
                    if length > LONGEST:
                        break
                    pieces.append(piece)
            return Answer(status=response.status, headers=_headers(response), body=b"".join(pieces))

    def download(
        self,
        url: str,
        headers: Mapping[str, str],
        into: BinaryIO,
        *,
        at_most: int,
        private_allowed: bool = False,
    ) -> int:
        """Write what is there into a file; how many bytes. Redirects are followed, and judged anew.

        `headers` and the leave for private addresses are for the host of `url` alone. Raises
        SourceTroubleError where nobody answers, AnswerTooLargeError and RefusedAnswerError.
        """
        try:
            return self._downloaded(url, headers, into, at_most, private_allowed)
        except ReceiverTroubleError as error:
            raise SourceTroubleError(**error.facts) from error

    def _downloaded(
        self,
        url: str,
        headers: Mapping[str, str],
        into: BinaryIO,
        at_most: int,
        private_allowed: bool,  # noqa: FBT001 - handed on
    ) -> int:
        home = _origin(url)
        self._hurry.ends = self._clock() + DOWNLOAD_S
        for _ in range(MOST_REDIRECTS + 1):
            is_home = _origin(url) == home
            allowed = private_allowed and urlsplit(url).hostname == home[1]
            with self._stream("GET", url, headers if is_home else {}, b"", allowed) as response:
                told = _headers(response)
                if response.status not in REDIRECTS:
                    host = urlsplit(url).hostname or home[1]
                    return self._kept(response, host, into, at_most)
                url = _redirected(url, told.get("location", ""))
        raise RefusedAnswerError(
            host=home[1], detail=QT_TRANSLATE_NOOP("facts", "it redirects again and again")
        )

    def _kept(self, response: httpcore.Response, host: str, into: BinaryIO, at_most: int) -> int:
        if response.status >= 500 or response.status == 429:
            raise ReceiverTroubleError(host=host, detail=f"it answered {response.status}")
        if response.status != 200:
            raise RefusedAnswerError(host=host, detail=f"it answered {response.status}")
        length = 0
        for piece in response.iter_stream():
            length += len(piece)
            if length > at_most:
                raise AnswerTooLargeError(most=at_most >> 20)
            into.write(piece)
        return length

    @contextmanager
    def _stream(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        private_allowed: bool,  # noqa: FBT001 - handed on
    ) -> Iterator[httpcore.Response]:
        host = _checked(url)
        timeout = {"connect": CONNECT_S, "read": SILENCE_S, "write": SILENCE_S, "pool": WHOLE_S}
        sent = {"Host": urlsplit(url).netloc.rpartition("@")[2], **headers}
        if body or method == "POST":
            sent["Content-Length"] = str(len(body))
        with ExitStack() as stack:
            try:
                response = stack.enter_context(
                    self._pools[private_allowed].stream(
                        method,
                        url,
                        headers=list(sent.items()),
                        content=body or None,
                        extensions={"timeout": timeout},
                    )
                )
            except (httpcore.UnsupportedProtocol, UnicodeError, ValueError) as error:
                raise UnusableAddressError(url=url, detail=str(error)) from error
            except TROUBLE as error:
                raise ReceiverTroubleError(host=host, detail=_detail(error)) from error
            try:
                yield response
            except TROUBLE as error:
                raise ReceiverTroubleError(host=host, detail=_detail(error)) from error


class _Hurry(threading.local):
    """When the call that this thread makes has to be over, however its answer drips."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.ends = clock()

    def left(self, timeout: float | None) -> float:
        """So long may be waited. Raises httpcore.ReadTimeout when the time is up."""
        left = self.ends - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout(QT_TRANSLATE_NOOP("facts", "it took too long"))
        return left if timeout is None else min(timeout, left)


class _Hurried(httpcore.NetworkStream):
    """A connection whose calls end in time: headers can be sent one letter at a time, too."""

    def __init__(self, inner: httpcore.NetworkStream, hurry: _Hurry) -> None:
        self._inner = inner
        self._hurry = hurry

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """See httpcore."""
        return self._inner.read(max_bytes, self._hurry.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """See httpcore."""
        self._inner.write(buffer, self._hurry.left(timeout))

    def close(self) -> None:
        """See httpcore."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """See httpcore."""
        left = self._hurry.left(timeout)
        return _Hurried(self._inner.start_tls(ssl_context, server_hostname, left), self._hurry)

    def get_extra_info(self, info: str) -> Any:
        """See httpcore."""
        return self._inner.get_extra_info(info)


class _Judging(httpcore.NetworkBackend):
    """Looks a host up, judges what it finds, and connects to exactly that."""

    def __init__(self, hurry: _Hurry, *, private_allowed: bool) -> None:
        self._hurry = hurry
        self._private_allowed = private_allowed
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """See httpcore."""
        found = _looked_up(host, port)
        if not self._private_allowed:
            for address in found:
                if not is_public(address):
                    raise NotAllowedHostError(host=host, address=address)
        trouble: Exception | None = None
        for address in found:
            try:
                made = self._inner.connect_tcp(
                    address, port, self._hurry.left(timeout), local_address, socket_options
                )
                return _Hurried(made, self._hurry)
            except httpcore.ConnectError as error:
                trouble = error
        raise trouble or httpcore.ConnectError("it has no address")


def _looked_up(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(str(error)) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _checked(url: str) -> str:
    """The host of an address that can be called."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UnusableAddressError(url=url, detail=str(error)) from error
    if parts.scheme not in ("https", "http") or not host:
        raise UnusableAddressError(
            url=url, detail=QT_TRANSLATE_NOOP("facts", "it has to be https://…")
        )
    if parts.username is not None or parts.password is not None:
        raise UnusableAddressError(
            url=host, detail=QT_TRANSLATE_NOOP("facts", "a password has no place in an address")
        )
    return host


def _origin(url: str) -> tuple[str, str, int | None]:
    host = _checked(url)
    parts = urlsplit(url)
    return parts.scheme, host, parts.port


def _redirected(url: str, location: str) -> str:
    """Where a redirect leads; never from https to http."""
    target = urljoin(url, location)
    if not location or (urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https"):
        raise RefusedAnswerError(
            host=urlsplit(url).hostname,
            detail=QT_TRANSLATE_NOOP("facts", "it redirects to nowhere safe"),
        )
    return target


def _headers(response: httpcore.Response) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
    }


def _detail(error: Exception) -> str:
    return str(error) or type(error).__name__
