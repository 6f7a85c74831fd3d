"""The connections the official SDK sends through: as many as there are senders, kept alive.

The SDK's own pool keeps one connection for each host, so a busy client opens one for nearly
every request. It also drops reply headers and raises bare exceptions for some statuses; both
are mended here, at the one place that sees the reply.
"""

import email.utils
import platform
import ssl
from collections.abc import Callable
from datetime import datetime
from typing import Any

import cloudinary
from cloudinary import uploader
from cloudinary.api_client import call_api
from cloudinary.api_client.tcp_keep_alive_manager import TCPKeepAlivePoolManager
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
    ProxyError,
    SSLError,
)

from bridge_app import __version__
from bridge_app.delivery.sender import NotReachedError, Reply, Sender
from bridge_app.domain.errors import (
    BridgeError,
    OfflineError,
    RateLimitedError,
    ServiceTroubleError,
)

SERVICE = "Cloudinary"
CONNECTIONS = 64
"""Connections kept open to one host; senders never exceed this."""
NOT_REACHED = (NewConnectionError, ConnectTimeoutError, ProxyError)
SLOW_DOWN = (420, 429)
CERTIFICATE = "its certificate is not accepted"
BROKEN = "the connection broke"

USER_PLATFORM = f"CloudinaryAssetBridge/{__version__} (Python {platform.python_version()})"
"""How integrations identify themselves, in front of the SDK's own User-Agent."""


class Connections(TCPKeepAlivePoolManager):  # type: ignore[misc]
    """A pool that turns transport trouble, 420, 429 and 5xx into this project's errors."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        super().__init__(**cloudinary.CERT_KWARGS, maxsize=CONNECTIONS, retries=False)
        self._now = now
        self._sender = Sender(ca_certs=cloudinary.CERT_KWARGS["ca_certs"])

    def request(self, method: str, url: str, **options: Any) -> BaseHTTPResponse | Reply:
        """Send one request. Raises OfflineError, RateLimitedError or ServiceTroubleError."""
        try:
            reply = self._reply(method, url, options)
        except HTTPError as error:
            raise transport_error(error) from error
        except NotReachedError as error:
            raise OfflineError(service=SERVICE) from error
        except ssl.SSLCertVerificationError as error:
            raise ServiceTroubleError(service=SERVICE, detail=CERTIFICATE) from error
        except OSError as error:
            raise ServiceTroubleError(service=SERVICE, detail=BROKEN) from error
        if reply.status in SLOW_DOWN:
            wait = retry_after_s(dict(reply.headers), self._now())
            raise RateLimitedError(service=SERVICE, retry_after_s=wait)
        if reply.status >= 500:
            raise ServiceTroubleError(service=SERVICE, detail=f"HTTP {reply.status}")
        return reply

    def clear(self) -> None:
        """Close the connections that are not in use."""
        super().clear()
        self._sender.clear()

    def _reply(self, method: str, url: str, options: dict[str, Any]) -> BaseHTTPResponse | Reply:
        """Files go the short way, everything else through urllib3."""
        fields = options.get("fields") or ()
        if method == "POST" and any(isinstance(value, tuple) for _, value in fields):
            return self._sender.post(
                url, fields=fields, headers=options["headers"], timeout_s=options.get("timeout")
            )
        reply: BaseHTTPResponse = super().request(method, url, **options)
        return reply


def transport_error(error: HTTPError) -> BridgeError:
    """Not reached at all means offline; a connection that broke says nothing about the effect."""
    cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if isinstance(cause, NOT_REACHED):
        return OfflineError(service=SERVICE)
    if isinstance(cause, SSLError):
        return ServiceTroubleError(service=SERVICE, detail=CERTIFICATE)
    return ServiceTroubleError(service=SERVICE, detail=BROKEN)


def retry_after_s(headers: dict[str, str], now: datetime) -> float | None:
    """Seconds to wait by `Retry-After` or `X-FeatureRateLimit-Reset`; None if neither says."""
    lowered = {name.lower(): value for name, value in headers.items()}
    after = lowered.get("retry-after", "")
    if after.isdecimal() and len(after) < 10:
        return float(after)
    for text in (after, lowered.get("x-featureratelimit-reset", "")):
        parts = email.utils.parsedate_tz(text) if text else None
        if parts is not None:
            try:
                return max(0.0, email.utils.mktime_tz(parts) - now.timestamp())
            except (ValueError, OverflowError):
                continue
    return None


def install(connections: Connections) -> None:
    """Make the SDK send through these connections, and say who we are.

    The SDK has no setting for either but these names; a test fails when they change.
    """
    cloudinary.USER_PLATFORM = USER_PLATFORM
    uploader._http = connections
    call_api._http = connections
