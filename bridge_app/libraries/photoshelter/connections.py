"""Connections that are kept alive, HTTP/2 where it is offered, each lent to one call at a time.

httpx's HTTP/2 is for one thread: it numbers streams, packs headers and gathers what it sends
without a lock, so two calls at once break the connection for both. A client that is lent to
one call at a time is kept, and as many are made as there are calls at once.
"""

import logging
import os
import platform
import ssl
import threading
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING

from bridge_app import __version__
from bridge_app.domain.proxies import HERE, UnspokenProxyError, check_proxies
from bridge_app.libraries.photoshelter.errors import StoppedError

if TYPE_CHECKING:
    import httpx

USER_AGENT = f"AssetBridge/{__version__} (Python {platform.python_version()})"
CONNECT_S = 10.0
SILENCE_S = 60.0
"""Between two pieces of an answer."""
HOSTS = 4
"""Of so many hosts a client keeps a connection: the service, and where it links."""
TALKATIVE = ("httpx", "httpcore", "hpack")
"""Loggers that write addresses and headers down, and with them what must not be."""


class Connections:
    """The clients of one service; thread-safe. Closing it closes those that are lent, too."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clients: set[httpx.Client] = set()
        self._idle: dict[bool, list[httpx.Client]] = {False: [], True: []}
        self._trusted: ssl.SSLContext | None = None
        self.is_closed = False

    def close(self) -> None:
        """Close them, under the hands of calls that are on their way."""
        with self._lock:
            self.is_closed = True
            clients, self._clients = self._clients, set()
            self._idle = {False: [], True: []}
        for client in clients:
            client.close()

    def taken(self, *, is_plain: bool) -> "httpx.Client":
        """A client for one call; give it back, or up. Raises StoppedError once these are closed."""
        with self._lock:
            if self.is_closed:
                raise StoppedError
            if self._idle[is_plain]:
                return self._idle[is_plain].pop()
            client = _new_client(self._trust(is_plain=is_plain))
            self._clients.add(client)
            return client

    def given_back(self, client: "httpx.Client", *, is_plain: bool) -> None:
        """Its answer was read to the end: the next call may have it."""
        with self._lock:
            if not self.is_closed:
                self._idle[is_plain].append(client)

    def given_up(self, client: "httpx.Client") -> None:
        """Nobody reads the rest of its answer, which would stand in the way of the next one."""
        with self._lock:
            self._clients.discard(client)
        client.close()

    def _trust(self, *, is_plain: bool) -> ssl.SSLContext:
        """Reading all certificates takes a while: once, and never for this machine itself."""
        import httpx  # noqa: PLC0415 - it is loaded when the first call is made

        if is_plain:
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self._trusted is None:
            self._trusted = httpx.create_ssl_context()
        return self._trusted


def _new_client(trust: ssl.SSLContext) -> "httpx.Client":
    import httpx  # noqa: PLC0415 - see above

    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    # httpx would raise errors of its own, with the password in them.
    check_proxies(os.environ)
    # A cookie would be sent back to whoever sets it; those of a session are added by hand.
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    try:
        return httpx.Client(
            http2=True,
            verify=trust,
            cookies=no_cookies,
            follow_redirects=False,
            headers={"User-Agent": USER_AGENT},
            timeout=httpx.Timeout(SILENCE_S, connect=CONNECT_S),
            limits=httpx.Limits(max_connections=HOSTS, max_keepalive_connections=HOSTS),
            mounts={f"all://{name}": None for name in HERE},
        )
    except (ValueError, ImportError) as error:
        # What httpx says of a proxy in the environment that it has no words for.
        said = {name.lower(): value for name, value in os.environ.items()}
        named = said.get("all_proxy", "?")
        raise UnspokenProxyError(proxy=named.rpartition("@")[2]) from error
