"""OAuth 2: a person allows a program to act for them, and the program gets tokens.

Source: reference/photoshelter.md 4.3; the page that asks the person is ours.
"""

import html
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bridge_app.sandbox.journal import Row
from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.envelope import container_time, resource
from bridge_app.sandbox.photoshelter.errors import ShelterError, bad_request, unprocessable
from bridge_app.sandbox.photoshelter.ids import OAUTH_CLIENT
from bridge_app.sandbox.photoshelter.records import Person
from bridge_app.sandbox.photoshelter.sessions import check_membership, is_same

CLIENTS, CODES, REFRESH = "oauth_client", "oauth_code", "oauth_refresh"
"""Tables of the store."""
CODE_LIFE = timedelta(minutes=10)
LONGEST_NAME = 64
NEEDED = ("name", "description", "email", "application_name", "redirect_uri")
OPTIONAL = ("company_name", "homepage_uri", "privacy_policy_uri", "logo_uri", "scopes")
HIDDEN = ("response_type", "client_id", "redirect_uri", "state", "api_key")
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox: sign in</title>
<body><h1>Sign in to the sandbox</h1>
<p>{problem}</p>
<p>The program <strong>{client}</strong> asks to act for you.</p>
<form method="post" action="authorize?{query}">{hidden}
<p><label>E-mail <input name="email" type="email" autocomplete="off"></label></p>
<p><label>Password <input name="password" type="password" autocomplete="off"></label></p>
<p><label>Code, if you have a second factor <input name="code" autocomplete="off"></label></p>
<p><label>Organization, if not the first <input name="org_id" autocomplete="off"></label></p>
<p><button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></p></form></body></html>
"""


def _register(call: ShelterCall) -> Reply:
    """Make a program known; its secret is told this once."""
    said = {name: str(value) for name, value in call.fields.attributes().items()}
    said.setdefault("redirect_uri", said.get("callback_url", ""))
    missing = [name for name in NEEDED if not said.get(name)]
    if missing:
        raise unprocessable(f"{', '.join(missing)} must be given")
    if len(said["application_name"]) > LONGEST_NAME:
        raise unprocessable(f"application_name has to have at most {LONGEST_NAME} characters")
    client_id = call.state.new_id(OAUTH_CLIENT)
    row = {
        **{name: said.get(name) for name in (*NEEDED, *OPTIONAL)},
        "client_id": client_id,
        "client_secret": secrets.token_urlsafe(),
        "created_at": container_time(call.now),
    }
    call.store.put_row(CLIENTS, client_id, row)
    return Reply(data=resource(call, "oAuthClient", client_id, row), status=201)


def _ask(call: ShelterCall) -> Response:
    """The page that asks the person; with `error=…` where what they said was wrong."""
    return _page(call, _client_asking(call))


def _allow(call: ShelterCall) -> Response:
    """What the person said: back to the program with a code, or without one."""
    client = _client_asking(call)
    if call.fields.text("decision") != "allow":
        return _back(call, error="access_denied")
    try:
        person = _signed_in(call)
        organization = call.fields.text("org_id") or next(iter(person.organizations), "")
        if organization:
            check_membership(person, organization)
    except ShelterError as error:
        return _page(call, client, problem=error.title)
    code = secrets.token_urlsafe()
    row = {
        "user": person.id,
        "organization": organization,
        "client_id": client["client_id"],
        "redirect_uri": client["redirect_uri"],
        "ends": (call.now + CODE_LIFE).isoformat(),
    }
    call.store.put_row(CODES, code, row)
    return _back(call, code=code)


def _signed_in(call: ShelterCall) -> Person:
    """Who filled the page in.

    Raises:
        ShelterError: 401, a word or the code is wrong.
    """
    said = call.fields
    person = call.service.sessions.person(said.text("email"), said.text("password"))
    if not is_same(person.two_factor_code, said.text("code")):
        raise ShelterError(401, "TwoFactorInvalidException", "The code is wrong")
    return person


def _client_asking(call: ShelterCall) -> Row:
    """The program whose wish the page shows.

    Raises:
        ShelterError: 400, nobody knows it, or the answer would go elsewhere.
    """
    client = call.store.row(CLIENTS, call.fields.text("client_id"))
    if client is None or client["redirect_uri"] != call.fields.text("redirect_uri"):
        raise bad_request("client_id or redirect_uri is not known")
    if call.fields.text("response_type") != "code":
        raise bad_request("response_type must be code")
    return client


def _page(call: ShelterCall, client: Row, *, problem: str = "") -> Response:
    asked = {name: call.fields.text(name) for name in HIDDEN}
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">'
        for name, value in asked.items()
        if name != "api_key"
    )
    page = PAGE.format(
        problem=html.escape(problem),
        client=html.escape(client["application_name"]),
        query=html.escape(urlencode({"api_key": asked["api_key"]})),
        hidden=hidden,
    )
    return HTMLResponse(page.encode("utf-8", "replace"), 401 if problem else 200)


def _back(call: ShelterCall, **told: str) -> Response:
    """To the program, by way of the browser."""
    address = call.fields.text("redirect_uri")
    query = urlencode({**told, "state": call.fields.text("state")})
    return RedirectResponse(f"{address}{'&' if '?' in address else '?'}{query}", 302)


def _token(call: ShelterCall) -> Reply:
    """Tokens for a code or for a refresh token; they stand beside `meta`, not in `data`."""
    said = {name: str(value) for name, value in call.fields.attributes().items()}
    client = call.store.row(CLIENTS, said.get("client_id", ""))
    secret = said.get("client_secret", "")
    if client is None or not is_same(client["client_secret"], secret):
        raise ShelterError(401, "OAuthInvalidClientException", "The client is not known")
    match said.get("grant_type"):
        case "authorization_code":
            granted = _granted_by_code(call, client, said)
            refresh = secrets.token_urlsafe()
            call.store.put_row(REFRESH, refresh, granted)
        case "refresh_token":
            refresh = said.get("refresh_token", "")
            granted = call.store.row(REFRESH, refresh) or {}
            if granted.get("client_id") != client["client_id"]:
                raise _no_grant("refresh_token")
        case _:
            raise bad_request("grant_type must be authorization_code or refresh_token")
    return Reply(beside=_tokens(call, granted, refresh))


def _granted_by_code(call: ShelterCall, client: Row, said: Mapping[str, str]) -> Row:
    """What a code allows, once."""
    code = said.get("code", "")
    row = call.store.row(CODES, code)
    if row is None:
        raise _no_grant("code")
    call.store.delete_row(CODES, code)
    right = row["client_id"] == client["client_id"]
    right = right and row["redirect_uri"] == said.get("redirect_uri")
    if not right or datetime.fromisoformat(row["ends"]) <= call.now:
        raise _no_grant("code")
    return {name: row[name] for name in ("user", "organization", "client_id")}


def _tokens(call: ShelterCall, granted: Row, refresh: str) -> dict[str, Any]:
    seconds = call.state.settings.oauth_seconds
    session = call.service.sessions.grant(granted["user"], granted["organization"], seconds=seconds)
    return {
        "access_token": session.token,
        "token_type": "Bearer",
        "expires_in": seconds,
        "refresh_token": refresh,
    }


def _no_grant(name: str) -> ShelterError:
    return bad_request(f"{name} is wrong or has ended", error_id="OAuthInvalidGrantException")


OAUTH_CALLS: tuple[Call, ...] = (
    Call(method="POST", path="/oauth/register", answer=_register),
    Call(method="GET", path="/oauth/authorize", answer=_ask),
    Call(method="POST", path="/oauth/authorize", answer=_allow),
    Call(method="POST", path="/oauth/token", answer=_token),
)
