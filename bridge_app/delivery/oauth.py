"""Logging in with a browser: PKCE, tokens, their renewal and their end.

A public client on this machine, as `cld login` is one. Source: reference/cloudinary.md 1.7;
RFC 6749, RFC 7636, RFC 7009, RFC 8252.
"""

import base64
import hashlib
import json
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from bridge_app.delivery.connections import SERVICE, USER_PLATFORM
from bridge_app.delivery.oauth_redirect import Redirect
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    CredentialsError,
    InvalidInputError,
    ServiceTroubleError,
)
from bridge_app.storage.secrets import Secret

SCOPES = "openid offline_access asset_management upload"
CLIENT_ID = "asset-bridge"
"""Our name where the server knows us by none other; see `docs/limitations.md`."""
SKEW = timedelta(seconds=30)
"""A token is renewed this long before it ends."""
TIMEOUT_S = 30.0
LARGEST = 1 << 20
"""Bytes of an answer; some tokens and their names are a few thousand."""
BLOCK = 1 << 14
LOGIN_TIMEOUT_S = 300.0
SHORTEST_LIFE_S, LONGEST_LIFE_S = 1, 10 * 365 * 24 * 3600
REGIONAL_API = re.compile(r"api(-[a-z0-9]+)?\.cloudinary\.com")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class LoginRefusedError(BridgeError):
    """The authorization server or the person said no."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{service} did not log you in: {detail}. Nothing was changed here."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSet:
    """What a login gave. `refresh` None: it cannot be renewed, one has to log in again."""

    access: Secret
    refresh: Secret | None
    expires_at: datetime
    scopes: tuple[str, ...]
    cloud_name: str

    def is_over(self, now: datetime) -> bool:
        """Does it have to be renewed before it is used?"""
        return now + SKEW >= self.expires_at

    def sealed(self) -> Secret:
        """All of it as one text for the key store."""
        return Secret(
            json.dumps(
                {
                    "access": self.access.reveal(),
                    "refresh": self.refresh.reveal() if self.refresh else None,
                    "expires_at": self.expires_at.isoformat(),
                    "scopes": list(self.scopes),
                    "cloud_name": self.cloud_name,
                }
            )
        )

    @classmethod
    def opened(cls, sealed: Secret) -> "TokenSet":
        """Read what `sealed` wrote. Raises CredentialsError if it is something else."""
        try:
            kept = json.loads(sealed.reveal())
            return cls(
                access=Secret(kept["access"]),
                refresh=Secret(kept["refresh"]) if kept["refresh"] else None,
                expires_at=datetime.fromisoformat(kept["expires_at"]),
                scopes=tuple(kept["scopes"]),
                cloud_name=kept["cloud_name"],
            )
        except (ValueError, KeyError, TypeError):
            # What it quotes is secret.
            raise CredentialsError(
                service=SERVICE, detail=QT_TRANSLATE_NOOP("facts", "the login kept is damaged")
            ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginWish:
    """Where to log in, and as which program. `upload_prefix` None is Cloudinary's own."""

    upload_prefix: str | None = None
    client_id: str = CLIENT_ID
    timeout_s: float = LOGIN_TIMEOUT_S


def authorization_server(upload_prefix: str | None) -> str:
    """Where `/auth`, `/token` and `/revoke` are, for an API address.

    Raises InvalidInputError for an address that would send tokens in the clear over a network.
    """
    if upload_prefix is None:
        return "https://oauth.cloudinary.com/oauth2"
    parts = urlsplit(upload_prefix)
    host = parts.hostname or ""
    if parts.scheme != "https" and host not in LOOPBACK:
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The API address"),
            detail=QT_TRANSLATE_NOOP("facts", "it has to begin with https://"),
        )
    regional = REGIONAL_API.fullmatch(host)
    if regional:
        return f"https://oauth{regional[1] or ''}.cloudinary.com/oauth2"
    return f"{upload_prefix.rstrip('/')}/oauth2"


def log_in(
    wish: LoginWish,
    *,
    show: Callable[[str], None],
    cancelled: threading.Event,
    now: Callable[[], datetime],
) -> TokenSet:
    """Have a person log in, and fetch the tokens. Blocks until they did, or for the time-out.

    `show` gets the address that a browser has to open; setting `cancelled` ends the wait.

    Raises LoginRefusedError, LoginTimedOutError, LoginCancelledError, OfflineError,
    ServiceTroubleError.
    """
    server = authorization_server(wish.upload_prefix)
    verifier, state = Secret(secrets.token_urlsafe(48)), secrets.token_urlsafe(24)
    with Redirect(state) as redirect:
        asked = {
            "response_type": "code",
            "client_id": wish.client_id,
            "redirect_uri": redirect.uri,
            "scope": SCOPES,
            "state": state,
            "code_challenge": challenge(verifier.reveal()),
            "code_challenge_method": "S256",
        }
        show(f"{server}/auth?{urlencode(asked)}")
        answer = redirect.wait(timeout_s=wish.timeout_s, cancelled=cancelled)
    if answer.code is None:
        raise LoginRefusedError(service=SERVICE, detail=answer.error)
    form = {
        "grant_type": "authorization_code",
        "code": answer.code.reveal(),
        "redirect_uri": redirect.uri,
        "client_id": wish.client_id,
        "code_verifier": verifier.reveal(),
    }
    return _tokens(_posted(f"{server}/token", form), at=now())


def renew(tokens: TokenSet, wish: LoginWish, *, at: datetime) -> TokenSet:
    """New tokens; the old refresh token is good no more. Blocking.

    Raises CredentialsError if one has to log in again, OfflineError, ServiceTroubleError.
    """
    if tokens.refresh is None:
        raise CredentialsError(service=tokens.cloud_name, detail=LOG_IN_AGAIN)
    form = {
        "grant_type": "refresh_token",
        "refresh_token": tokens.refresh.reveal(),
        "client_id": wish.client_id,
    }
    try:
        reply = _posted(f"{authorization_server(wish.upload_prefix)}/token", form)
    except LoginRefusedError as error:
        raise CredentialsError(service=tokens.cloud_name, detail=LOG_IN_AGAIN) from error
    return _tokens(reply, at=at, before=tokens)


LOG_IN_AGAIN = "the login has ended; log in again"


def revoke(tokens: TokenSet, wish: LoginWish) -> None:
    """End a login at the server, with all its tokens. Blocking.

    Raises OfflineError, LoginRefusedError, ServiceTroubleError.
    """
    token = tokens.refresh or tokens.access
    form = {"token": token.reveal(), "client_id": wish.client_id}
    _posted(f"{authorization_server(wish.upload_prefix)}/revoke", form)


def challenge(verifier: str) -> str:
    """What is shown beforehand of a verifier that is kept (RFC 7636, S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _posted(url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
    """Send a form; the reply's object, {} for an empty one. Redirects are not followed."""
    # As in Environments: loaded when it is needed.
    import httpx  # noqa: PLC0415

    from bridge_app.delivery.routes import Routed, transport_error  # noqa: PLC0415

    headers = {"User-Agent": USER_PLATFORM}
    try:
        with (
            httpx.Client(transport=Routed(), timeout=TIMEOUT_S) as client,
            client.stream("POST", url, data=dict(form), headers=headers) as reply,
        ):
            told = _object(_beginning(reply.iter_bytes(BLOCK)))
    except httpx.HTTPError as error:
        raise transport_error(error) from error
    if reply.status_code >= 500 or 300 <= reply.status_code < 400:
        raise ServiceTroubleError(service=SERVICE, detail=f"HTTP {reply.status_code}")
    if reply.status_code >= 400:
        detail = str(told.get("error_description") or told.get("error") or reply.status_code)
        raise LoginRefusedError(service=SERVICE, detail=detail[:200])
    return told


def _beginning(blocks: Iterable[bytes]) -> bytes:
    """An answer, or as much of it as answers here ever have."""
    found = b""
    for block in blocks:
        found += block
        if len(found) > LARGEST:
            break
    return found


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _tokens(reply: Mapping[str, Any], *, at: datetime, before: TokenSet | None = None) -> TokenSet:
    """A token reply. What it leaves out is as it was `before` (RFC 6749, 5.1 and 6)."""
    access = reply.get("access_token")
    if not isinstance(access, str) or not access:
        raise ServiceTroubleError(
            service=SERVICE, detail=QT_TRANSLATE_NOOP("facts", "its answer holds no token")
        )
    claims = _claims(access)
    refresh = reply.get("refresh_token")
    kept = before.refresh if before else None
    scope = reply.get("scope")
    told = claims.get("ext")
    cloud = told.get("cloud_name") if isinstance(told, Mapping) else None
    return TokenSet(
        access=Secret(access),
        refresh=Secret(refresh) if isinstance(refresh, str) and refresh else kept,
        expires_at=_end(reply.get("expires_in"), claims.get("exp"), at),
        scopes=tuple(scope.split())
        if isinstance(scope, str)
        else (before.scopes if before else ()),
        cloud_name=cloud if isinstance(cloud, str) else (before.cloud_name if before else ""),
    )


def _end(seconds: object, exp: object, at: datetime) -> datetime:
    """When an access token ends. Our clock counts: the server's may be another one."""
    if isinstance(seconds, int) and SHORTEST_LIFE_S <= seconds <= LONGEST_LIFE_S:
        return at + timedelta(seconds=seconds)
    if isinstance(exp, int) and 0 < exp < LONGEST_LIFE_S * 10:
        return datetime.fromtimestamp(exp, UTC)
    return at + timedelta(hours=1)


def _claims(token: str) -> Mapping[str, Any]:
    """What an access token says of itself, if it is a JWT; nothing is decided by it."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        return _object(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return {}
