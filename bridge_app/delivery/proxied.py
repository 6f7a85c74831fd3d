"""The way through a proxy: urllib3's own, which knows tunnels, logins and TLS inside TLS."""

import base64
import re
import secrets
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from cloudinary.api_client.tcp_keep_alive_manager import TCPKeepAliveProxyManager
from urllib3.exceptions import HTTPError, MaxRetryError, ProxyError

from bridge_app.delivery.replies import read_whole
from bridge_app.delivery.sender import Content, Fields, Reply, form
from bridge_app.domain.proxies import Proxy, ProxyRefusedError

REFUSED = re.compile(r"Tunnel connection failed: (4\d\d)")
"""The words of Python's http.client where a proxy makes no tunnel."""
LOGIN_WANTED = 407


class Proxied:
    """A pool of connections for each proxy; thread-safe.

    Args:
        options: What urllib3 is to make its pools with.
    """

    def __init__(self, service: str, options: Mapping[str, Any]) -> None:
        self._service = service
        self._options = dict(options)
        self._managers: dict[Proxy, TCPKeepAliveProxyManager] = {}
        self._lock = threading.Lock()

    def request(self, proxy: Proxy, method: str, url: str, options: Mapping[str, Any]) -> Reply:
        """Send as urllib3 does. Raises ProxyRefusedError, or urllib3's HTTPError."""
        try:
            reply = read_whole(
                self._manager(proxy).request(
                    method, url, redirect=False, preload_content=False, **options
                )
            )
        except HTTPError as error:
            refused = _refused(error)
            if refused is None:
                raise
            raise self._refusal(proxy, refused) from error
        if reply.status == LOGIN_WANTED:
            raise self._refusal(proxy, str(reply.status))
        return reply

    def post(
        self,
        proxy: Proxy,
        url: str,
        *,
        fields: Fields,
        headers: Mapping[str, str],
        timeout_s: float | None,
    ) -> Reply:
        """Send a form with files, each read while it is sent. Raises as `request` does."""
        boundary = secrets.token_hex(16)
        body = form(fields, boundary)
        said = {
            **headers,
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(sum(map(len, body))),
        }
        options = {"body": _blocks(body), "headers": said, "timeout": timeout_s}
        return self.request(proxy, "POST", url, options)

    def clear(self) -> None:
        """Close the connections that are not in use."""
        with self._lock:
            managers = list(self._managers.values())
        for manager in managers:
            manager.clear()

    def _manager(self, proxy: Proxy) -> TCPKeepAliveProxyManager:
        with self._lock:
            if proxy not in self._managers:
                self._managers[proxy] = TCPKeepAliveProxyManager(
                    proxy.address, proxy_headers=_login(proxy), **self._options
                )
            return self._managers[proxy]

    def _refusal(self, proxy: Proxy, detail: str) -> ProxyRefusedError:
        return ProxyRefusedError(
            proxy=proxy.address, service=self._service, detail=f"HTTP {detail}"
        )


def _login(proxy: Proxy) -> dict[str, str] | None:
    """The header of a login, in UTF-8: urllib3's own knows no letters but those of Latin 1."""
    if not proxy.login:
        return None
    return {"proxy-authorization": f"Basic {base64.b64encode(proxy.login.encode()).decode()}"}


def _blocks(body: list[Content]) -> Iterator[bytes | memoryview]:
    for content in body:
        if isinstance(content, bytes):
            yield content
        else:
            yield from content.blocks()


def _refused(error: HTTPError) -> str | None:
    """The status with which a proxy makes no tunnel; None for trouble of another kind."""
    cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    said = isinstance(cause, ProxyError) and REFUSED.search(str(cause.original_error))
    return said[1] if said else None
