"""The wire: httpx, kept alive, HTTP/2 where offered; its trouble as ours, its answers bounded.

httpx is loaded when the first call is made: the program starts without it (decision 0011).
"""

import logging
import platform
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

from bridge_app import __version__
from bridge_app.domain.errors import OfflineError, ServiceTroubleError
from bridge_app.libraries.photoshelter.errors import (
    AnswerTooLongError,
    StoppedError,
    UnsafeLinkError,
)

if TYPE_CHECKING:
    import httpx

USER_AGENT = f"AssetBridge/{__version__} (Python {platform.python_version()})"
CONNECT_S = 10.0
SILENCE_S = 60.0
"""Between two pieces of an answer."""
WHOLE_ANSWER_S = 180.0
"""For an answer that is read into memory, however it drips."""
CONNECTIONS = 16
LONGEST_ANSWER = 32 << 20
"""Bytes of a page of records; one of 200 ordinary ones is below 2 MB."""
BLOCK = 1 << 18
CERTIFICATE = "its certificate is not accepted"
BROKEN = "the connection broke"
TALKATIVE = ("httpx", "httpcore", "hpack")
"""Loggers that write addresses and headers down, and with them what must not be."""


class ConnectionBrokenError(ServiceTroubleError):
    """The connection broke after the call had begun: nobody knows whether it had an effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer, read whole. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call. `url` is whole; `content` gives the body in httpx's words, anew for each try.

    `headers` hold credentials and are never shown. `repeatable` says that doing it twice is
    doing it once, `counted` that it counts against what the service allows.
    """

    method: str
    url: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: Callable[[], Mapping[str, Any]] | None = field(default=None, repr=False)
    repeatable: bool = False
    counted: bool = True
    longest: int = LONGEST_ANSWER


class Transport:
    """The connections to one service, and to where it links. Thread-safe; methods block.

    It follows no redirect, keeps no cookie, and adds no header of its own but who we are.
    Raises OfflineError, ConnectionBrokenError, ServiceTroubleError, AnswerTooLongError, and
    StoppedError once it is closed.
    """

    def __init__(self, service: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.service = service
        self._clock = clock
        self._lock = threading.Lock()
        self._clients: dict[bool, httpx.Client] = {}
        self._is_closed = False

    def close(self) -> None:
        """Close the connections, under the hands of calls that are on their way."""
        with self._lock:
            self._is_closed = True
            clients, self._clients = tuple(self._clients.values()), {}
        for client in clients:
            client.close()

    def sent(self, call: Call) -> Reply:
        """Send a call and read its whole answer."""
        with self.opened(call) as response:
            return self.whole(response, call.longest)

    def whole(self, response: "httpx.Response", longest: int) -> Reply:
        """The answer with its body of at most `longest` bytes."""
        ends = self._clock() + WHOLE_ANSWER_S
        pieces, length = [], 0
        for piece in self._pieces(response.iter_bytes(BLOCK)):
            length += len(piece)
            if length > longest:
                detail = f"more than {longest} bytes"
                raise AnswerTooLongError(service=self.service, detail=detail)
            if self._clock() > ends:
                raise ConnectionBrokenError(service=self.service, detail="it takes too long")
            pieces.append(piece)
        return Reply(status=response.status_code, headers=_headers(response), body=b"".join(pieces))

    @contextmanager
    def opened(self, call: Call) -> Iterator["httpx.Response"]:
        """Send a call; its answer's body is still to come. Read it by `raw`, or not at all."""
        client = self._client(is_plain=call.url.startswith("http://"))
        with self._trouble():
            request = client.build_request(
                call.method,
                call.url,
                params=call.query or None,
                headers=dict(call.headers),
                **(call.content() if call.content else {}),
            )
            try:
                response = client.send(request, stream=True)
            except RuntimeError as error:
                if not self._is_closed:
                    raise
                raise StoppedError from error
        try:
            yield response
        finally:
            response.close()
            if self._is_closed:
                # A connection made while the client was being closed is in no pool any more.
                response.extensions["network_stream"].close()

    def raw(self, response: "httpx.Response") -> Iterator[bytes]:
        """The body as it comes over the wire: what is verified is what was sent."""
        # Without a size: what httpx gathers for one is lost where the connection breaks.
        return self._pieces(response.iter_raw())

    def _pieces(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        with self._trouble():
            yield from pieces

    def _client(self, *, is_plain: bool) -> "httpx.Client":
        with self._lock:
            if self._is_closed:
                raise StoppedError
            if is_plain not in self._clients:
                self._clients[is_plain] = _new_client(is_plain=is_plain)
            return self._clients[is_plain]

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """The one place where httpx's exceptions become ours."""
        import httpx  # noqa: PLC0415 - see above

        try:
            yield
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise UnsafeLinkError(service=self.service, detail="it is not an address") from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            if _is_about_certificate(error):
                raise ServiceTroubleError(service=self.service, detail=CERTIFICATE) from error
            raise OfflineError(service=self.service) from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise ConnectionBrokenError(service=self.service, detail=BROKEN) from error


def _new_client(*, is_plain: bool) -> "httpx.Client":
    """Reading all certificates takes a while; a client for this machine needs, and has, none."""
    import httpx  # noqa: PLC0415 - see above

    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A cookie would be sent back to whoever sets it; sessions are tokens (reference, 4.2).
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx.Client(
        http2=True,
        verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if is_plain else True,
        cookies=no_cookies,
        follow_redirects=False,
        headers={"User-Agent": USER_AGENT},
        timeout=httpx.Timeout(SILENCE_S, connect=CONNECT_S),
        limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
    )


def _headers(response: "httpx.Response") -> Mapping[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _is_about_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
