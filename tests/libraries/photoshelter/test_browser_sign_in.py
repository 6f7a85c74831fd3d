"""Signing in with a browser, and its tokens while they are used."""

import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bridge_app.delivery.oauth_redirect import LoginCancelledError, Redirect
from bridge_app.domain.errors import CredentialsError
from bridge_app.libraries.photoshelter.browser_sign_in import BrowserSignIn, begin_in_browser
from bridge_app.libraries.photoshelter.errors import SignInAgainError, SignInRefusedError
from bridge_app.libraries.photoshelter.sign_in import Step
from bridge_app.storage.secrets import Secret
from tests.libraries.photoshelter.conftest import EMAIL, NOW, PASSWORD, Brand, MakeBrand, now
from tests.plain_http import plain

Browser = Callable[[str], None]


@pytest.fixture(scope="module")
def port() -> int:
    """One that is free; the service knows it before anybody listens there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def program(brand: Brand, port: int) -> BrowserSignIn:
    return registered(brand, port)


def registered(brand: Brand, port: int) -> BrowserSignIn:
    """Our program, known at the service with the address of its page."""
    said = {
        "name": "Desk",
        "description": "A desktop program",
        "email": EMAIL,
        "application_name": "Asset Bridge",
        "redirect_uri": f"http://127.0.0.1:{port}/callback",
    }
    key = brand.state.settings.api_key
    base = f"{brand.sandbox.url}/psapi/v4.0"
    reply = plain.post(f"{base}/oauth/register", data=said, headers={"X-PS-Api-Key": key})
    told = reply.json()["data"]["attributes"]
    return BrowserSignIn(
        base_url=base,
        api_key=Secret(key),
        client_id=told["client_id"],
        client_secret=Secret(told["client_secret"]),
        timeout_s=20,
    )


def person(decision: str = "allow") -> Browser:
    """Somebody at a browser, who fills in the page."""

    def fill_in(shown: str) -> None:
        address = plain.get(shown).headers["location"]
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        form = {**asked, "email": EMAIL, "password": PASSWORD, "decision": decision}
        plain.post(address, data=form, follow_redirects=True)

    return lambda address: threading.Thread(target=fill_in, args=(address,)).start()


def sign_in(wish: BrowserSignIn, port: int, browser: Browser, **options: Any) -> Step:
    usual = {"cancelled": threading.Event(), "now": now}
    listen = partial(Redirect, port=port)
    return begin_in_browser(wish, listen=listen, show=browser, **{**usual, **options})


def test_a_person_who_allows_it_is_signed_in_without_a_password(
    brand: Brand, program: BrowserSignIn, port: int
) -> None:
    found = sign_in(program, port, person()).credentials
    assert (found.password, found.organization_id) == (None, brand.id)
    assert found.refresh is not None
    assert found.renew_at == NOW + timedelta(seconds=3600 * 0.8)
    brand.kept.held = found
    assert brand.service().gallery_counts(brand.gallery()) == 0


def test_the_command_that_starts_a_browser_tells_nobody_the_key(
    brand: Brand, program: BrowserSignIn, port: int
) -> None:
    shown: list[str] = []
    led: list[httpx.Response] = []
    cancelled = threading.Event()

    def browser(address: str) -> None:
        def visit() -> None:
            shown.append(address)
            led.append(plain.get(f"http://127.0.0.1:{port}/go?guessed"))
            led.extend(plain.get(address) for _ in range(2))
            cancelled.set()

        threading.Thread(target=visit).start()

    with pytest.raises(LoginCancelledError):
        sign_in(program, port, browser, cancelled=cancelled)
    assert shown[0].startswith(f"http://127.0.0.1:{port}/go?")
    # It leads on once: whoever reads the list of processes later gets nothing by it.
    assert [one.status_code for one in led] == [404, 303, 404]
    key = brand.state.settings.api_key
    assert [key in one.headers.get("location", "") for one in led] == [False, True, False]
    assert key not in shown[0]
    assert "state=" not in shown[0]


def test_a_person_who_does_not_is_not(program: BrowserSignIn, port: int) -> None:
    with pytest.raises(SignInRefusedError, match="access_denied"):
        sign_in(program, port, person("deny"))


def test_the_wait_can_be_ended(program: BrowserSignIn, port: int) -> None:
    cancelled = threading.Event()
    with pytest.raises(LoginCancelledError):
        sign_in(program, port, lambda _: cancelled.set(), cancelled=cancelled)


def test_tokens_are_renewed_ahead_of_time_and_kept(
    brand: Brand, program: BrowserSignIn, port: int
) -> None:
    first = sign_in(program, port, person()).credentials
    brand.kept.held = replace(first, renew_at=NOW - timedelta(seconds=1))
    service = brand.service()
    gallery = brand.gallery()
    brand.state.clear_log()
    assert service.gallery_counts(gallery) == 0
    assert brand.calls()[0] == "POST /oauth/token"
    (kept,) = brand.kept.saved
    assert kept.token != first.token
    assert kept.renew_at == NOW + timedelta(seconds=3600 * 0.8)


def test_tokens_that_ended_early_are_renewed_once(make_brand: MakeBrand, port: int) -> None:
    brand = make_brand(oauth_seconds=600)
    brand.kept.held = sign_in(registered(brand, port), port, person()).credentials
    brand.state.clock.advance(timedelta(hours=1))
    service = brand.service()
    assert service.gallery_counts(brand.gallery()) == 0
    assert brand.calls().count("POST /oauth/token") == 2


def test_a_refresh_token_that_is_good_no_more_is_a_sign_in_again(
    brand: Brand, program: BrowserSignIn, port: int
) -> None:
    found = sign_in(program, port, person()).credentials
    brand.kept.held = replace(
        found, refresh=Secret("no-such-token"), renew_at=NOW - timedelta(seconds=1)
    )
    service = brand.service()
    for _ in range(3):
        with pytest.raises(SignInAgainError):
            service.gallery_counts(brand.gallery())
    assert brand.calls().count("POST /oauth/token") == 2


def test_a_page_that_nobody_expects_is_no_answer(program: BrowserSignIn, port: int) -> None:
    cancelled = threading.Event()

    def stranger(_: str) -> None:
        def knock() -> None:
            plain.get(
                f"http://127.0.0.1:{port}/callback", params={"code": "stolen", "state": "guessed"}
            )
            cancelled.set()

        threading.Thread(target=knock).start()

    with pytest.raises(LoginCancelledError):
        sign_in(program, port, stranger, cancelled=cancelled)


def test_a_wrong_client_is_refused(program: BrowserSignIn, port: int) -> None:
    wish = replace(program, client_secret=Secret("not-the-secret"))
    with pytest.raises(CredentialsError):
        sign_in(wish, port, person())
