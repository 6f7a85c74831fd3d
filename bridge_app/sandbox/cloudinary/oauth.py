"""The authorization server: a person allows a program to act, and the program gets tokens.

Public clients on this machine with PKCE, as `cld login` is one. Source: reference/cloudinary.md
1.7; RFC 6749, RFC 7636, RFC 8252, RFC 8414.
"""

import html
import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bridge_app.sandbox.cloudinary.oauth_tokens import OFFLINE, SCOPES, Grant, Tokens, challenge_of

CODE_LIFE = timedelta(minutes=10)
KNOWN_SCOPES = ("openid", OFFLINE, *SCOPES)
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox: log in</title>
<body><h1>Log in to the sandbox</h1>
<p>The program <strong>{client}</strong> on this computer asks to act for you: {scopes}.</p>
<form method="get" action="/oauth2/auth">{hidden}
<p><label>Product environment <select name="cloud_name">{clouds}</select></label></p>
<p><button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></p></form></body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code:
    """What was allowed, until the program fetches its tokens."""

    grant: Grant
    redirect_uri: str
    challenge: str
    expires: datetime


class AuthorizationServer:
    """Serves `/oauth2/…` and its own description. Used on the event loop.

    Args:
        tokens: Makes the tokens.
        clouds: The product environments one may log in to.
        issuer: Our URL.
        now: The clock.
        new_id: Makes unguessable texts.
    """

    def __init__(
        self,
        tokens: Tokens,
        *,
        clouds: Callable[[], Iterable[str]],
        issuer: str,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._tokens = tokens
        self._clouds = clouds
        self._issuer = issuer
        self._now = now
        self._new_id = new_id
        self._codes: dict[str, _Code] = {}
        self._spent: dict[str, str] = {}

    def routes(self) -> list[Route]:
        """What is served."""
        return [
            Route("/oauth2/auth", self._authorize, methods=["GET"]),
            Route("/oauth2/token", self._token, methods=["POST"]),
            Route("/oauth2/revoke", self._revoke, methods=["POST"]),
            Route("/.well-known/oauth-authorization-server", self._described, methods=["GET"]),
            Route("/.well-known/openid-configuration", self._described, methods=["GET"]),
        ]

    async def _described(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self._issuer,
                "authorization_endpoint": f"{self._issuer}/oauth2/auth",
                "token_endpoint": f"{self._issuer}/oauth2/token",
                "revocation_endpoint": f"{self._issuer}/oauth2/revoke",
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code", "refresh_token"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["none"],
                "id_token_signing_alg_values_supported": ["HS256"],
                "subject_types_supported": ["public"],
                "scopes_supported": list(KNOWN_SCOPES),
            }
        )

    async def _authorize(self, request: Request) -> Response:
        """Ask the person, or carry out what they said; `prompt=none` allows without asking."""
        asked = dict(request.query_params)
        redirect_uri = asked.get("redirect_uri", "")
        if not asked.get("client_id") or not _is_here(redirect_uri):
            return HTMLResponse("<p>client_id or redirect_uri is not allowed.</p>", 400)
        error = _refusal(asked)
        if error:
            return _back(redirect_uri, error=error, state=asked.get("state", ""))
        clouds = list(self._clouds())
        if asked.get("prompt") == "none" and clouds:
            asked = {"cloud_name": clouds[0], **asked, "decision": "allow"}
        match asked.get("decision"):
            case "allow" if asked.get("cloud_name") in clouds:
                return self._allowed(asked)
            case None:
                return HTMLResponse(_page(asked, clouds), headers=NO_STORE)
            case _:
                return _back(redirect_uri, error="access_denied", state=asked.get("state", ""))

    def _allowed(self, asked: dict[str, str]) -> Response:
        """Send the person back with a code that is good once."""
        code = f"ory_ac_{self._new_id()}"
        scopes = tuple(scope for scope in asked.get("scope", "").split() if scope in KNOWN_SCOPES)
        grant = Grant(
            family=self._new_id(),
            client_id=asked["client_id"],
            cloud_name=asked["cloud_name"],
            scopes=scopes,
        )
        self._codes[code] = _Code(
            grant=grant,
            redirect_uri=asked["redirect_uri"],
            challenge=asked["code_challenge"],
            expires=self._now() + CODE_LIFE,
        )
        return _back(
            asked["redirect_uri"],
            code=code,
            scope=" ".join(scopes),
            state=asked.get("state", ""),
        )

    async def _token(self, request: Request) -> Response:
        """Tokens for a code, or for a refresh token."""
        form = await _form(request)
        match form.get("grant_type"):
            case "authorization_code":
                reply = self._for_code(form)
            case "refresh_token":
                reply = self._tokens.refreshed(
                    form.get("refresh_token", ""), form.get("client_id", "")
                )
            case _:
                return _error("unsupported_grant_type")
        return _error("invalid_grant") if reply is None else JSONResponse(reply, headers=NO_STORE)

    def _for_code(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The tokens a code stands for; one that comes twice ends what it brought before."""
        given = form.get("code", "")
        code = self._codes.pop(given, None)
        if code is None:
            if given in self._spent:
                self._tokens.end(self._spent[given])
            return None
        self._spent[given] = code.grant.family
        fits = (
            code.expires > self._now()
            and code.redirect_uri == form.get("redirect_uri")
            and code.grant.client_id == form.get("client_id")
            and code.challenge == challenge_of(form.get("code_verifier", ""))
        )
        return self._tokens.issue(code.grant) if fits else None

    async def _revoke(self, request: Request) -> Response:
        """End a login; that a token is unknown is no error (RFC 7009)."""
        self._tokens.revoke((await _form(request)).get("token", ""))
        return Response(status_code=200)


async def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace")))


def _is_here(uri: str) -> bool:
    """Whether a redirect ends on this machine, at any port (RFC 8252)."""
    parts = urlsplit(uri)
    if parts.scheme != "http" or parts.fragment:
        return False
    if parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _refusal(asked: dict[str, str]) -> str:
    """What is wrong with a question; empty for nothing."""
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
        return "invalid_request"
    scopes = asked.get("scope", "").split()
    return "" if set(scopes) <= set(KNOWN_SCOPES) else "invalid_scope"


def _back(redirect_uri: str, **said: str) -> Response:
    """Back to the program, with what it needs to know."""
    joint = "&" if "?" in redirect_uri else "?"
    query = urlencode({name: value for name, value in said.items() if value})
    return RedirectResponse(f"{redirect_uri}{joint}{query}", 302, NO_STORE)


def _page(asked: dict[str, str], clouds: Iterable[str]) -> str:
    """The question to the person."""
    field = '<input type="hidden" name="{}" value="{}">'
    return PAGE.format(
        client=html.escape(asked["client_id"]),
        scopes=html.escape(asked.get("scope", "") or "nothing"),
        hidden="".join(
            field.format(html.escape(name), html.escape(value))
            for name, value in asked.items()
            if name not in {"cloud_name", "decision"}
        ),
        clouds="".join(f"<option>{html.escape(name)}</option>" for name in clouds),
    )


def _error(name: str) -> Response:
    return JSONResponse({"error": name}, 400, NO_STORE)
