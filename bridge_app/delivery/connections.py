"""The connections the official SDK sends through: as many as there are senders, kept alive.

The SDK's own pool keeps one connection for each host, so a busy client opens one for nearly
every request. It also drops reply headers, raises bare exceptions for some statuses and falls
over answers of another shape; all are mended here, at the one place that sees the reply.
"""

import json
import os
import platform
import ssl
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import cloudinary
from cloudinary import uploader
from cloudinary.api_client import call_api
from cloudinary.api_client.tcp_keep_alive_manager import TCPKeepAlivePoolManager
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
    ProxyError,
)

from bridge_app import __version__
from bridge_app.delivery import answers
from bridge_app.delivery.answers import (
    NotUnderstoodError,
    RedirectedError,
    meaning,
    plain_text,
)
from bridge_app.delivery.limits import Budgets, BudgetSpentError, admin_environment, retry_after_s
from bridge_app.delivery.proxied import Proxied
from bridge_app.delivery.replies import read_whole
from bridge_app.delivery.sender import NotReachedError, Reply, Sender
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    OfflineError,
    RateLimitedError,
    ServiceTroubleError,
)
from bridge_app.domain.proxies import proxy_of

SERVICE = answers.SERVICE
SLOW_DOWN = answers.SLOW_DOWN
CONNECTIONS = 64
"""Connections kept open to one host; senders never exceed this."""
AUTHORITIES = "SSL_CERT_FILE"
"""Names a file with the certificates to trust, as with OpenSSL: a company's own proxy needs it."""
NOT_REACHED = (NewConnectionError, ConnectTimeoutError, ProxyError)
CERTIFICATE = QT_TRANSLATE_NOOP("facts", "its certificate is not accepted")
EXPIRED = QT_TRANSLATE_NOOP(
    "facts", "its certificate has expired, or the clock of this computer is wrong"
)
TOO_EARLY = QT_TRANSLATE_NOOP(
    "facts", "its certificate is not valid yet, or the clock of this computer is wrong"
)
BROKEN = QT_TRANSLATE_NOOP("facts", "the connection broke")
REDIRECTS = range(300, 400)
TOLD_BY_THE_SDK = frozenset({400, 401, 403, 404, 409})
"""Statuses for which the SDK has exceptions of their own, with the service's words."""
LONG_ANSWER = 100_000
"""Bytes; reading a page of a listing twice would be felt."""
CERTIFICATE_TROUBLE = {9: TOO_EARLY, 10: EXPIRED}
"""By OpenSSL's number of the reason."""

USER_PLATFORM = f"CloudinaryAssetBridge/{__version__} (Python {platform.python_version()})"
"""How integrations identify themselves, in front of the SDK's own User-Agent."""


class Connections(TCPKeepAlivePoolManager):  # type: ignore[misc]
    """A pool that turns transport trouble and answers of no use into this project's errors.

    It follows no redirect: keys and signatures are for the configured host alone.
    """

    def __init__(self, *, now: Callable[[], datetime], budgets: Budgets | None = None) -> None:
        authorities = os.environ.get(AUTHORITIES) or cloudinary.CERT_KWARGS["ca_certs"]
        options = {**cloudinary.CERT_KWARGS, "ca_certs": authorities, "maxsize": CONNECTIONS}
        super().__init__(**options, retries=False)
        self._now = now
        self._budgets = budgets or Budgets(now=now)
        self._sender = Sender(ca_certs=authorities)
        self._proxied = Proxied(SERVICE, {**options, "retries": False})

    def request(self, method: str, url: str, **options: Any) -> Reply:
        """Send one request; an answer is one the SDK understands. Raises BridgeError."""
        counted_in = admin_environment(method, url)
        if counted_in is not None:
            self._budgets.take(counted_in, SERVICE)
        reply = self._sent(method, url, options)
        headers = {name.lower(): value for name, value in reply.headers.items()}
        if counted_in is not None:
            self._budgets.note(counted_in, headers)
        if reply.status in REDIRECTS:
            detail = headers.get("location", f"HTTP {reply.status}")[: answers.LONGEST_DETAIL]
            raise RedirectedError(service=SERVICE, detail=detail)
        if reply.status >= 400:
            self._check_refusal(reply, headers, is_admin=counted_in is not None)
        else:
            _check_answer(reply.data)
        return reply

    def clear(self) -> None:
        """Close the connections that are not in use."""
        super().clear()
        self._sender.clear()
        self._proxied.clear()

    def _sent(self, method: str, url: str, options: dict[str, Any]) -> Reply:
        try:
            return self._reply(method, url, options)
        except HTTPError as error:
            raise transport_error(error) from error
        except NotReachedError as error:
            raise OfflineError(service=SERVICE) from error
        except OSError as error:
            detail = certificate_trouble(error) or BROKEN
            raise ServiceTroubleError(service=SERVICE, detail=detail) from error

    def _reply(self, method: str, url: str, options: dict[str, Any]) -> Reply:
        """Files go the short way, everything else, and what a proxy is for, through urllib3."""
        proxy = proxy_of(url, os.environ)
        fields = options.get("fields") or ()
        if method == "POST" and any(isinstance(pair[1], tuple) for pair in _pairs(fields)):
            post = partial(self._proxied.post, proxy) if proxy else self._sender.post
            return post(
                url, fields=fields, headers=options["headers"], timeout_s=options.get("timeout")
            )
        if proxy is not None:
            return self._proxied.request(proxy, method, url, options)
        whole = super().request(method, url, redirect=False, preload_content=False, **options)
        return read_whole(whole)

    def _check_refusal(self, reply: Reply, headers: Mapping[str, str], *, is_admin: bool) -> None:
        """Raise what the SDK has no word for; what it has one for is left to it."""
        said = refusal_message(reply.data)
        message = said or headers.get("x-cld-error", "") or plain_text(reply.data)
        error = meaning(reply.status, message)
        if isinstance(error, RateLimitedError):
            wait_s = retry_after_s(headers, self._now(), body=reply.data)
            kind = BudgetSpentError if is_admin else RateLimitedError
            raise kind(service=SERVICE, retry_after_s=wait_s)
        if said is None or reply.status not in TOLD_BY_THE_SDK:
            raise error


def _check_answer(data: bytes) -> None:
    """Raise unless it is the kind of answer that the SDK reads; of long ones the start tells."""
    if len(data) > LONG_ANSWER and data.lstrip()[:1] == b"{":
        return
    found = _object(data)
    if found is None:
        detail = plain_text(data) or "an empty answer"
        raise NotUnderstoodError(service=SERVICE, detail=detail)
    if "error" in found:
        said = refusal_message(data)
        detail = str(found["error"]) if said is None else said
        raise ServiceTroubleError(service=SERVICE, detail=detail[: answers.LONGEST_DETAIL])


def _pairs(fields: Any) -> list[tuple[Any, Any]]:
    return list(fields.items()) if isinstance(fields, Mapping) else list(fields)


def _object(data: bytes) -> dict[str, Any] | None:
    """The JSON object in an answer; None if it is something else."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def refusal_message(data: bytes) -> str | None:
    """The words of an answer that says no; None if it is not of Cloudinary's shape."""
    error = (_object(data) or {}).get("error")
    message = error.get("message") if isinstance(error, dict) else None
    return message if isinstance(message, str) else None


def transport_error(error: HTTPError) -> BridgeError:
    """Not reached at all means offline; a connection that broke says nothing about the effect."""
    cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if isinstance(cause, NOT_REACHED):
        return OfflineError(service=SERVICE)
    return ServiceTroubleError(service=SERVICE, detail=certificate_trouble(cause) or BROKEN)


def certificate_trouble(error: BaseException | None) -> str | None:
    """Why a certificate is not accepted, as far as a person can do something about it.

    None where the error comes from something else.
    """
    while error is not None:
        for one in (error, *error.args):
            if isinstance(one, ssl.SSLCertVerificationError):
                return CERTIFICATE_TROUBLE.get(one.verify_code, CERTIFICATE)
        error = error.__cause__ or error.__context__
    return None


def install(connections: Connections) -> None:
    """Make the SDK send through these connections, and say who we are.

    The SDK has no setting for either but these names; a test fails when they change.
    """
    cloudinary.USER_PLATFORM = USER_PLATFORM
    uploader._http = connections
    call_api._http = connections
