"""The wire: httpx, its trouble as ours, its answers bounded.

httpx is loaded when the first call is made: the program starts without it (decision 0011).
"""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, OfflineError, ServiceTroubleError
from bridge_app.libraries.photoshelter.connections import Connections
from bridge_app.libraries.photoshelter.errors import (
    AnswerTooLongError,
    StoppedError,
    UnsafeLinkError,
)

if TYPE_CHECKING:
    import httpx

WHOLE_ANSWER_S = 180.0
"""For an answer that is read into memory, however it drips."""
LONGEST_ANSWER = 32 << 20
"""Bytes of a page of records; one of 200 ordinary ones is below 2 MB."""
BLOCK = 1 << 18
CERTIFICATE = "its certificate is not accepted"
BROKEN = "the connection broke"


class ConnectionBrokenError(ServiceTroubleError):
    """The connection broke after the call had begun: nobody knows whether it had an effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer, read whole. Names of headers are in lower case; cookies have a line each."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call. `url` is whole; `content` gives the body in httpx's words, anew for each try.

    `headers` hold credentials and are never shown. `repeatable` says that doing it twice is
    doing it once, `counted` that it counts against what the service allows, `carries_cookies`
    that the session's cookies go along.
    """

    method: str
    url: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: Callable[[], Mapping[str, Any]] | None = field(default=None, repr=False)
    repeatable: bool = False
    counted: bool = True
    carries_cookies: bool = False
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
        self._connections = Connections()

    def close(self) -> None:
        """Close the connections, under the hands of calls that are on their way."""
        self._connections.close()

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
                raise ConnectionBrokenError(
                    service=self.service, detail=QT_TRANSLATE_NOOP("facts", "it takes too long")
                )
            pieces.append(piece)
        return Reply(
            status=response.status_code, headers=headers_of(response), body=b"".join(pieces)
        )

    @contextmanager
    def opened(self, call: Call) -> Iterator["httpx.Response"]:
        """Send a call; its answer's body is still to come. Read it by `raw`, or not at all."""
        is_plain = call.url.startswith("http://")
        client = self._connections.taken(is_plain=is_plain)
        is_read = False
        try:
            response = self._answered(client, call)
            try:
                yield response
            finally:
                is_read = response.is_closed
                response.close()
                if self._connections.is_closed:
                    # A connection made while the client was being closed is in no pool any more.
                    response.extensions["network_stream"].close()
        finally:
            if is_read:
                self._connections.given_back(client, is_plain=is_plain)
            else:
                self._connections.given_up(client)

    def _answered(self, client: "httpx.Client", call: Call) -> "httpx.Response":
        with self._trouble():
            request = client.build_request(
                call.method,
                call.url,
                params=call.query or None,
                headers=dict(call.headers),
                **(call.content() if call.content else {}),
            )
            try:
                return client.send(request, stream=True)
            except RuntimeError as error:
                if not self._connections.is_closed:
                    raise
                raise StoppedError from error

    def raw(self, response: "httpx.Response") -> Iterator[bytes]:
        """The body as it comes over the wire: what is verified is what was sent."""
        # Without a size: what httpx gathers for one is lost where the connection breaks.
        return self._pieces(response.iter_raw())

    def _pieces(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        with self._trouble():
            yield from pieces

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """The one place where httpx's exceptions become ours."""
        import httpx  # noqa: PLC0415 - see above

        try:
            yield
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise UnsafeLinkError(
                service=self.service, detail=QT_TRANSLATE_NOOP("facts", "it is not an address")
            ) from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            if _is_about_certificate(error):
                raise ServiceTroubleError(service=self.service, detail=CERTIFICATE) from error
            raise OfflineError(service=self.service) from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise ConnectionBrokenError(service=self.service, detail=BROKEN) from error


def headers_of(response: "httpx.Response") -> Mapping[str, str]:
    """As `Reply.headers`."""
    found = {name.lower(): value for name, value in response.headers.items()}
    if "set-cookie" in found:
        found["set-cookie"] = "\n".join(response.headers.get_list("set-cookie"))
    return found


def _is_about_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
