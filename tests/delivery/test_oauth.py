"""Logging in with a browser: against the sandbox's authorization server, and against odd ones."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from bridge_app.delivery.oauth import (
    LoginRefusedError,
    LoginWish,
    TokenSet,
    authorization_server,
    challenge,
    log_in,
    renew,
    revoke,
)
from bridge_app.delivery.oauth_redirect import LoginCancelledError, LoginTimedOutError
from bridge_app.domain.errors import (
    BridgeError,
    CredentialsError,
    InvalidInputError,
    OfflineError,
    ServiceTroubleError,
)
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from tests.delivery.test_sender import Peer, certificate
from tests.plain_http import plain

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
CANARY = "canary-in-a-token"


class Browser:
    """Opens the page on a thread of its own, as a person's browser would."""

    def __init__(self, look: Callable[[str], str]) -> None:
        self._look = look
        self.pages: list[httpx.Response] = []
        self._threads: list[threading.Thread] = []

    def show(self, url: str) -> None:
        thread = threading.Thread(target=self._open, args=(url,))
        self._threads.append(thread)
        thread.start()

    def _open(self, url: str) -> None:
        self.pages.append(plain.get(self._look(url), follow_redirects=True, timeout=10))

    def close(self) -> None:
        for thread in self._threads:
            thread.join(timeout=10)


def asked(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def returning(url: str, **said: str) -> str:
    """The address that a server would send the browser to."""
    return f"{asked(url)['redirect_uri']}?{urlencode({'state': asked(url)['state'], **said})}"


def logged_in(
    wish: LoginWish, look: Callable[[str], str] = lambda url: f"{url}&prompt=none"
) -> TokenSet:
    browser = Browser(look)
    try:
        return log_in(wish, show=browser.show, cancelled=threading.Event(), now=lambda: NOW)
    finally:
        browser.close()


@pytest.fixture
def wish(sandbox: Sandbox) -> LoginWish:
    return LoginWish(upload_prefix=sandbox.url, timeout_s=10)


class Odd:
    """A token endpoint that answers every form with one reply."""

    def __init__(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.forms: list[dict[str, str]] = []
        forms = self.forms

        class Page(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                forms.append({name: values[0] for name, values in parse_qs(text).items()})
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def odd() -> Iterator[Callable[..., Odd]]:
    made: list[Odd] = []

    def serving(status: int, body: bytes, headers: dict[str, str] | None = None) -> Odd:
        made.append(Odd(status, body, headers))
        return made[-1]

    yield serving
    for one in made:
        one.close()


def tokens(refresh: str | None = "r1") -> TokenSet:
    return TokenSet(
        access=Secret("a1"),
        refresh=Secret(refresh) if refresh else None,
        expires_at=NOW,
        scopes=("upload",),
        cloud_name="studio",
    )


# With the sandbox's authorization server


def test_a_person_logs_in_and_the_tokens_open_their_environment(wish: LoginWish) -> None:
    found = logged_in(wish)

    assert found.cloud_name == "studio"
    assert {"upload", "asset_management", "offline_access"} <= set(found.scopes)
    assert found.expires_at == NOW + timedelta(hours=1)
    headers = {"Authorization": f"Bearer {found.access.reveal()}"}
    reply = plain.get(f"{wish.upload_prefix}/v1_1/studio/ping", headers=headers)
    assert reply.status_code == 200


def test_tokens_are_renewed_and_each_refresh_token_is_good_once(wish: LoginWish) -> None:
    first = logged_in(wish)
    second = renew(first, wish, at=NOW)

    assert first.refresh is not None
    assert second.refresh not in (None, first.refresh)
    with pytest.raises(CredentialsError, match="log in again"):
        renew(first, wish, at=NOW)


def test_a_revoked_login_is_over(wish: LoginWish) -> None:
    found = logged_in(wish)
    revoke(found, wish)
    headers = {"Authorization": f"Bearer {found.access.reveal()}"}
    assert plain.get(f"{wish.upload_prefix}/v1_1/studio/ping", headers=headers).status_code == 401
    with pytest.raises(CredentialsError):
        renew(found, wish, at=NOW)


def test_who_denies_is_not_logged_in(wish: LoginWish) -> None:
    with pytest.raises(LoginRefusedError, match="access_denied"):
        logged_in(wish, lambda url: f"{url}&decision=deny")


# The way back from the browser


def test_a_page_that_does_not_know_the_state_is_not_listened_to(wish: LoginWish) -> None:
    strangers: list[int] = []

    def look(url: str) -> str:
        where = asked(url)["redirect_uri"]
        wrong = ("", "?code=stolen", "?code=stolen&state=guessed", "?state=x&error=y", "/elsewhere")
        strangers.extend(plain.get(f"{where}{end}").status_code for end in wrong)
        return f"{url}&prompt=none"

    browser = Browser(look)
    found = log_in(wish, show=browser.show, cancelled=threading.Event(), now=lambda: NOW)
    browser.close()

    assert strangers == [400, 400, 400, 400, 404]
    assert found.cloud_name == "studio"
    assert "go back to Asset Bridge" in browser.pages[0].text


def test_the_verifier_is_shown_only_as_its_challenge_until_the_code_is_redeemed(
    odd: Callable[..., Odd],
) -> None:
    server = odd(200, b'{"access_token": "opaque", "expires_in": 60, "scope": "upload"}')
    opened: list[str] = []

    def look(url: str) -> str:
        opened.append(url)
        return returning(url, code="the-code")

    found = logged_in(LoginWish(upload_prefix=server.url, timeout_s=10), look)
    query = asked(opened[0])

    assert query["code_challenge_method"] == "S256"
    assert query["code_challenge"] == challenge(server.forms[0]["code_verifier"])
    assert server.forms[0]["code"] == "the-code"
    assert server.forms[0]["redirect_uri"] == query["redirect_uri"]
    assert "client_secret" not in server.forms[0]
    assert found.expires_at == NOW + timedelta(seconds=60)


def test_the_challenge_is_that_of_the_standard() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_nobody_waits_for_ever(sandbox: Sandbox) -> None:
    wish = LoginWish(upload_prefix=sandbox.url, timeout_s=0.3)
    with pytest.raises(LoginTimedOutError):
        log_in(wish, show=lambda _: None, cancelled=threading.Event(), now=lambda: NOW)


def test_a_login_can_be_cancelled_while_it_waits(sandbox: Sandbox) -> None:
    cancelled = threading.Event()
    wish = LoginWish(upload_prefix=sandbox.url)
    with pytest.raises(LoginCancelledError):
        log_in(wish, show=lambda _: cancelled.set(), cancelled=cancelled, now=lambda: NOW)


# Where tokens go


@pytest.mark.parametrize(
    ("prefix", "server"),
    [
        (None, "https://oauth.cloudinary.com/oauth2"),
        ("https://api.cloudinary.com", "https://oauth.cloudinary.com/oauth2"),
        ("https://api-eu.cloudinary.com", "https://oauth-eu.cloudinary.com/oauth2"),
        ("https://api.example.com/", "https://api.example.com/oauth2"),
        ("http://127.0.0.1:80", "http://127.0.0.1:80/oauth2"),
        ("https://api-eu.cloudinary.com.example", "https://api-eu.cloudinary.com.example/oauth2"),
    ],
)
def test_the_authorization_server_belongs_to_the_api(prefix: str | None, server: str) -> None:
    assert authorization_server(prefix) == server


def test_tokens_never_cross_a_network_in_the_clear() -> None:
    with pytest.raises(InvalidInputError, match="https"):
        authorization_server("http://api.example.com")


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, b'{"error": "invalid_grant"}', CredentialsError),
        (401, b"<html>no</html>", CredentialsError),
        (200, b"<html>captive portal</html>", ServiceTroubleError),
        (200, b'{"access_token": 7}', ServiceTroubleError),
        (200, b"[]", ServiceTroubleError),
        (200, b"[" * 10_000 + b"]" * 10_000, ServiceTroubleError),
        (200, b" " * 2_000_000 + b'{"access_token": "late"}', ServiceTroubleError),
        (500, b"", ServiceTroubleError),
        (302, b"", ServiceTroubleError),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_odd_answers_are_errors_that_quote_no_token(
    odd: Callable[..., Odd], status: int, body: bytes, expected: type[BridgeError]
) -> None:
    elsewhere = odd(200, b'{"access_token": "stolen"}')
    server = odd(status, body, {"Location": f"{elsewhere.url}/oauth2/token"})
    with pytest.raises(expected) as caught:
        renew(tokens(CANARY), LoginWish(upload_prefix=server.url), at=NOW)
    assert CANARY not in str(caught.value)
    assert elsewhere.forms == []


def test_a_server_that_is_away_is_offline(odd: Callable[..., Odd]) -> None:
    server = odd(200, b"{}")
    server.close()
    with pytest.raises(OfflineError):
        renew(tokens(), LoginWish(upload_prefix=server.url), at=NOW)
    odd(200, b"{}")


def test_a_server_with_a_certificate_that_is_over_is_said_to_have_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, tls = certificate(tmp_path, expired=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    server = Peer(None, tls=tls)
    prefix = server.url.removesuffix("/v1_1/c/image/upload")
    with pytest.raises(ServiceTroubleError, match="has expired, or the clock"):
        renew(tokens(), LoginWish(upload_prefix=prefix), at=NOW)
    server.close()


def test_without_a_refresh_token_one_logs_in_again() -> None:
    with pytest.raises(CredentialsError, match="log in again"):
        renew(tokens(None), LoginWish(), at=NOW)


def test_what_a_renewal_leaves_out_stays_as_it_was(odd: Callable[..., Odd]) -> None:
    server = odd(200, b'{"access_token": "a2"}')
    found = renew(tokens(), LoginWish(upload_prefix=server.url), at=NOW)
    assert found.access == Secret("a2")
    assert (found.refresh, found.scopes, found.cloud_name) == (Secret("r1"), ("upload",), "studio")


def test_tokens_are_kept_as_one_secret_and_read_back() -> None:
    assert TokenSet.opened(tokens().sealed()) == tokens()
    assert TokenSet.opened(tokens(None).sealed()) == tokens(None)
    assert "a1" not in repr(tokens())
    with pytest.raises(CredentialsError) as caught:
        TokenSet.opened(Secret(f"{{{CANARY}"))
    assert CANARY not in str(caught.value)
