"""httpx's way to an address: direct, or through the proxy that the environment names for it.

httpx would read the same variables by itself, but refuses to start where one names a proxy that
it does not speak to, and would look for this very computer behind a proxy.
"""

import os
import threading

import httpx

from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.connections import BROKEN, certificate_trouble
from bridge_app.delivery.proxied import LOGIN_WANTED
from bridge_app.domain.errors import BridgeError, OfflineError, ServiceTroubleError
from bridge_app.domain.proxies import Proxy, ProxyRefusedError, proxy_of


class Routed(httpx.BaseTransport):
    """Sends each request the way of its address.

    Raises UnspokenProxyError, UnreadableProxyError or ProxyRefusedError beside what httpx raises.
    """

    def __init__(self) -> None:
        self._ways: dict[Proxy | None, httpx.HTTPTransport] = {}
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        proxy = proxy_of(str(request.url), os.environ)
        try:
            reply = self._way(proxy).handle_request(request)
        except httpx.ProxyError as error:
            if proxy is None or not str(error).startswith("4"):
                raise httpx.ConnectError(str(error)) from error
            raise _refusal(proxy, str(error)) from error
        if proxy is not None and reply.status_code == LOGIN_WANTED:
            reply.close()
            raise _refusal(proxy, f"{reply.status_code} {reply.reason_phrase}")
        return reply

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            ways, self._ways = list(self._ways.values()), {}
        for way in ways:
            way.close()

    def _way(self, proxy: Proxy | None) -> httpx.HTTPTransport:
        with self._lock:
            if proxy not in self._ways:
                through = httpx.Proxy(proxy.address, auth=_login(proxy)) if proxy else None
                self._ways[proxy] = httpx.HTTPTransport(proxy=through)
            return self._ways[proxy]


def transport_error(error: httpx.HTTPError) -> BridgeError:
    """As the one of the same name for urllib3: who has no good certificate was reached."""
    refused = certificate_trouble(error)
    if refused is None and isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return OfflineError(service=SERVICE)
    return ServiceTroubleError(service=SERVICE, detail=refused or BROKEN)


def _refusal(proxy: Proxy, status: str) -> ProxyRefusedError:
    return ProxyRefusedError(proxy=proxy.address, service=SERVICE, detail=f"HTTP {status}")


def _login(proxy: Proxy) -> tuple[str, str] | None:
    name, colon, password = proxy.login.partition(":")
    return (name, password) if colon else None
