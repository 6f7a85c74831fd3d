"""Logging in: authorization code with PKCE, refresh, revocation, and what a token may do."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import cloudinary
import httpx
import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import AuthorizationRequired, NotAllowed

from bridge_app.sandbox.cloudinary.oauth_tokens import challenge_of
from bridge_app.sandbox.server import Sandbox, utc_now
from tests.plain_http import plain

VERIFIER = "a-verifier-that-is-long-enough-for-the-standard-0123456789"
REDIRECT = "http://127.0.0.1:49421/callback"
SCOPES = "openid offline_access asset_management upload"


def question(**other: str) -> dict[str, str]:
    return {
        "client_id": "a-program",
        "response_type": "code",
        "scope": SCOPES,
        "redirect_uri": REDIRECT,
        "state": "xyz",
        "code_challenge": challenge_of(VERIFIER),
        "code_challenge_method": "S256",
        **other,
    }


def asked(sandbox: Sandbox, **other: str) -> dict[str, list[str]]:
    reply = plain.get(f"{sandbox.url}/oauth2/auth", params=question(**other))
    assert reply.status_code == 302
    assert reply.headers["location"].startswith(REDIRECT)
    return parse_qs(urlsplit(reply.headers["location"]).query)


def exchanged(sandbox: Sandbox, code: str, **other: str) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT,
        "client_id": "a-program",
        "code_verifier": VERIFIER,
        **other,
    }
    return plain.post(f"{sandbox.url}/oauth2/token", data=form)


def refreshed(sandbox: Sandbox, token: str) -> httpx.Response:
    form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": "a-program"}
    return plain.post(f"{sandbox.url}/oauth2/token", data=form)


def logged_in(sandbox: Sandbox, **other: str) -> dict[str, Any]:
    (code,) = asked(sandbox, decision="allow", cloud_name="demo", **other)["code"]
    tokens: dict[str, Any] = exchanged(sandbox, code).json()
    return tokens


def by_token(token: str) -> dict[str, Any]:
    return {"oauth_token": token, "api_key": None, "api_secret": None}


def test_the_person_is_asked_and_may_refuse(sandbox: Sandbox) -> None:
    page = plain.get(f"{sandbox.url}/oauth2/auth", params=question())
    assert page.status_code == 200
    assert "a-program" in page.text
    assert "<option>demo</option>" in page.text
    assert asked(sandbox, decision="deny") == {"error": ["access_denied"], "state": ["xyz"]}


def test_a_name_in_the_question_cannot_become_part_of_the_page(sandbox: Sandbox) -> None:
    page = plain.get(f"{sandbox.url}/oauth2/auth", params=question(client_id="<script>"))
    assert "<script>" not in page.text


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"scope": "everything"}, "invalid_scope"),
    ],
)
def test_a_wrong_question_goes_back_with_its_error(
    sandbox: Sandbox, wrong: dict[str, str], error: str
) -> None:
    assert asked(sandbox, **wrong)["error"] == [error]


@pytest.mark.parametrize(
    "elsewhere", ["http://evil.example/callback", "https://127.0.0.1/", "javascript:alert(1)", ""]
)
def test_nobody_is_sent_to_another_machine(sandbox: Sandbox, elsewhere: str) -> None:
    query = question(redirect_uri=elsewhere, decision="allow", cloud_name="demo")
    reply = plain.get(f"{sandbox.url}/oauth2/auth", params=query)
    assert reply.status_code == 400
    assert "location" not in reply.headers


def test_a_token_opens_admin_and_upload(sdk: Sandbox, jpeg: Path) -> None:
    tokens = logged_in(sdk)
    mine = by_token(tokens["access_token"])
    assert api.ping(**mine)["status"] == "ok"
    assert uploader.upload(str(jpeg), public_id="pic", **mine)["public_id"] == "pic"
    assert tokens["expires_in"] == 3600
    with pytest.raises(AuthorizationRequired, match="Invalid token"):
        api.ping(**by_token(tokens["access_token"] + "x"))


def test_scopes_bound_what_a_token_opens(sdk: Sandbox, jpeg: Path) -> None:
    reading = by_token(logged_in(sdk, scope="asset_management")["access_token"])
    assert api.resources(**reading)["resources"] == []
    with pytest.raises(NotAllowed):
        uploader.upload(str(jpeg), **reading)
    sending = by_token(logged_in(sdk, scope="upload")["access_token"])
    assert uploader.upload(str(jpeg), public_id="pic", **sending)["public_id"] == "pic"
    with pytest.raises(NotAllowed):
        api.resources(**sending)


def test_a_code_is_good_once_and_for_its_verifier_only(sandbox: Sandbox) -> None:
    (code,) = asked(sandbox, decision="allow", cloud_name="demo")["code"]
    assert exchanged(sandbox, code, code_verifier="another").json() == {"error": "invalid_grant"}
    (code,) = asked(sandbox, decision="allow", cloud_name="demo")["code"]
    tokens = exchanged(sandbox, code).json()
    assert exchanged(sandbox, code).status_code == 400
    # Whoever brings a code twice may be a thief: what it brought before ends.
    assert refreshed(sandbox, tokens["refresh_token"]).status_code == 400


def test_refresh_tokens_rotate_and_a_second_use_ends_the_login(sdk: Sandbox) -> None:
    first = logged_in(sdk)
    second = refreshed(sdk, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert api.ping(**by_token(second["access_token"]))["status"] == "ok"
    assert refreshed(sdk, first["refresh_token"]).json() == {"error": "invalid_grant"}
    assert refreshed(sdk, second["refresh_token"]).status_code == 400
    with pytest.raises(AuthorizationRequired, match="revoked"):
        api.ping(**by_token(second["access_token"]))


def test_logging_out_ends_every_token_of_the_login(sdk: Sandbox) -> None:
    tokens, others = logged_in(sdk), logged_in(sdk)
    revoked = plain.post(f"{sdk.url}/oauth2/revoke", data={"token": tokens["refresh_token"]})
    assert revoked.status_code == 200
    with pytest.raises(AuthorizationRequired):
        api.ping(**by_token(tokens["access_token"]))
    assert api.ping(**by_token(others["access_token"]))["status"] == "ok"
    assert plain.post(f"{sdk.url}/oauth2/revoke", data={"token": "none"}).status_code == 200


def test_without_offline_access_there_is_nothing_to_refresh(sandbox: Sandbox) -> None:
    assert "refresh_token" not in logged_in(sandbox, scope="upload")


def test_a_token_ends_with_its_hour(
    make_sandbox: Callable[..., Sandbox], connect: Callable[[Sandbox], None]
) -> None:
    ahead = [timedelta(0)]
    sandbox = make_sandbox(now=lambda: utc_now() + ahead[0])
    sandbox.start()
    connect(sandbox)
    tokens = logged_in(sandbox)
    ahead[0] = timedelta(hours=1)
    with pytest.raises(AuthorizationRequired, match="expired"):
        api.ping(**by_token(tokens["access_token"]))
    sandbox.stop()
    sandbox.start()
    again = refreshed(sandbox, tokens["refresh_token"]).json()
    assert api.ping(**by_token(again["access_token"]))["status"] == "ok"
    assert cloudinary.config().cloud_name == "demo"


def test_the_server_describes_itself(sandbox: Sandbox) -> None:
    for name in ("oauth-authorization-server", "openid-configuration"):
        said = plain.get(f"{sandbox.url}/.well-known/{name}").json()
        assert said["token_endpoint"] == f"{sandbox.url}/oauth2/token"
        assert said["code_challenge_methods_supported"] == ["S256"]
