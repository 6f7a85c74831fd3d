"""A program that a person allows to act for them."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from tests.sandbox.photoshelter.conftest import PASSWORD, People, Person

FillIn = Callable[..., httpx.Response]
REDIRECT = "http://127.0.0.1:9/callback"
ABOUT = {
    "name": "Bridge",
    "description": "A bridge",
    "email": "dev@example.com",
    "application_name": "Bridge",
    "redirect_uri": REDIRECT,
}


@pytest.fixture
def client(stranger: Person) -> dict[str, str]:
    """A program that is known."""
    reply = stranger.send("POST", "/oauth/register", data=ABOUT)
    assert reply.status_code == 201
    data = reply.json()["data"]
    assert data["id"].startswith("OAC00")
    attributes = data["attributes"]
    return {"client_id": attributes["client_id"], "client_secret": attributes["client_secret"]}


@pytest.fixture(autouse=True)
def mara(shelter: ShelterState, brand: str) -> str:
    return shelter.add_user("mara@example.com", PASSWORD, organizations=[brand])


def asked(stranger: Person, client: dict[str, str], **other: str) -> tuple[str, dict[str, str]]:
    """The address of the page that asks, and its query."""
    query = {
        "response_type": "code",
        "client_id": client["client_id"],
        "redirect_uri": REDIRECT,
        "state": "s&t",
        "api_key": stranger.client.headers["X-PS-Api-Key"],
        **other,
    }
    return f"{stranger.api}/oauth/authorize", query


@pytest.fixture
def fill_in(browser: httpx.Client, stranger: Person, client: dict[str, str]) -> FillIn:
    """What the page's form is answered with when somebody says something."""

    def filled_in(**said: str) -> httpx.Response:
        address, query = asked(stranger, client)
        page = browser.get(address, params=query)
        action = re.search(r'action="([^"]+)"', page.text)
        assert action
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        hidden = {name: value.replace("&amp;", "&") for name, value in hidden.items()}
        where = httpx.URL(address).join(action[1])
        return browser.post(where, data={**hidden, "decision": "allow", **said})

    return filled_in


@pytest.fixture
def code(fill_in: FillIn) -> str:
    """What somebody's consent gives."""
    back = fill_in(email="mara@example.com", password=PASSWORD)
    assert back.status_code == 302, back.text
    told = parse_qs(urlsplit(back.headers["location"]).query)
    assert back.headers["location"].startswith(REDIRECT)
    assert told["state"] == ["s&t"]
    return told["code"][0]


def tokens(
    stranger: Person, client: dict[str, str], grant_type: str, **said: str
) -> httpx.Response:
    given = {**client, "grant_type": grant_type, "redirect_uri": REDIRECT, **said}
    return stranger.send("POST", "/oauth/token", data=given)


def test_a_code_becomes_tokens_that_open_the_library(
    stranger: Person, client: dict[str, str], shelter: ShelterState, brand: str, code: str
) -> None:
    made = shelter.add_collection("Campaign", organization=brand)
    reply = tokens(stranger, client, "authorization_code", code=code).json()
    assert (reply["token_type"], reply["expires_in"]) == ("Bearer", 3_600)
    stranger.client.headers["Authorization"] = f"Bearer {reply['access_token']}"
    assert [one["id"] for one in stranger.data("/library")] == [made]


def test_a_code_is_good_once(stranger: Person, client: dict[str, str], code: str) -> None:
    first, second = (tokens(stranger, client, "authorization_code", code=code) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 400)


def test_a_code_is_good_for_ten_minutes(
    stranger: Person, client: dict[str, str], shelter: ShelterState, code: str
) -> None:
    shelter.clock.advance(timedelta(minutes=10))
    assert tokens(stranger, client, "authorization_code", code=code).status_code == 400


def test_an_access_token_ends_and_another_one_is_had_for_the_refresh_token(
    stranger: Person, client: dict[str, str], shelter: ShelterState, code: str
) -> None:
    reply = tokens(stranger, client, "authorization_code", code=code).json()
    stranger.client.headers["Authorization"] = f"Bearer {reply['access_token']}"
    shelter.clock.advance(timedelta(hours=1))
    ended = stranger.get("/user/session")
    assert ended.json()["errors"][0]["id"] == "AuthTokenInvalidException"
    del stranger.client.headers["Authorization"]
    again = tokens(stranger, client, "refresh_token", refresh_token=reply["refresh_token"]).json()
    stranger.client.headers["Authorization"] = f"Bearer {again['access_token']}"
    assert stranger.get("/user/session").status_code == 200


@pytest.mark.parametrize(
    ("grant_type", "said", "status"),
    [
        ("authorization_code", {"code": "wrong"}, 400),
        ("authorization_code", {"redirect_uri": "http://127.0.0.1:9/other"}, 400),
        ("refresh_token", {"refresh_token": "wrong"}, 400),
        ("password", {}, 400),
        ("authorization_code", {"client_secret": "wrong"}, 401),
        ("authorization_code", {"client_id": "OAC00nobody....."}, 401),
    ],
)
def test_nothing_is_given_for_what_is_wrong(
    stranger: Person,
    client: dict[str, str],
    grant_type: str,
    said: dict[str, str],
    status: int,
    code: str,
) -> None:
    given = {"code": code, **said}
    assert tokens(stranger, client, grant_type, **given).status_code == status


def test_a_person_may_say_no(fill_in: FillIn) -> None:
    back = fill_in(decision="deny")
    assert "error=access_denied" in back.headers["location"]


def test_a_wrong_password_is_said_on_the_page(fill_in: FillIn) -> None:
    page = fill_in(email="mara@example.com", password="wrong")
    assert page.status_code == 401
    assert "Invalid email or password" in page.text


def test_a_second_factor_is_asked_for(shelter: ShelterState, fill_in: FillIn) -> None:
    shelter.add_user("two@example.com", PASSWORD, two_factor_code="123456")
    said = {"email": "two@example.com", "password": PASSWORD}
    assert fill_in(**said).status_code == 401
    assert fill_in(**said, code="123456").status_code == 302


@pytest.mark.parametrize(
    "other",
    [
        {"client_id": "OAC00nobody....."},
        {"redirect_uri": "https://elsewhere.example/callback"},
        {"response_type": "token"},
    ],
)
def test_nothing_is_asked_for_somebody_who_is_not_known(
    stranger: Person, client: dict[str, str], other: dict[str, str], browser: httpx.Client
) -> None:
    address, query = asked(stranger, client, **other)
    assert browser.get(address, params=query).status_code == 400


@pytest.mark.parametrize(
    "change", [{"redirect_uri": ""}, {"email": ""}, {"application_name": "x" * 65}]
)
def test_a_program_says_all_that_is_needed(stranger: Person, change: dict[str, str]) -> None:
    reply = stranger.send("POST", "/oauth/register", data={**ABOUT, **change})
    assert reply.status_code == 422


def test_a_name_with_markup_stays_text_on_the_page(stranger: Person, browser: httpx.Client) -> None:
    said = {**ABOUT, "application_name": "<script>alert(1)</script>"}
    made = stranger.send("POST", "/oauth/register", data=said).json()["data"]["attributes"]
    address, query = asked(stranger, made)
    assert "<script>" not in browser.get(address, params=query).text


def test_a_login_outlives_a_restart(
    served: Sandbox, stranger: Person, client: dict[str, str], people: People, code: str
) -> None:
    refresh = tokens(stranger, client, "authorization_code", code=code).json()["refresh_token"]
    served.stop()
    served.start()
    again = tokens(people(served), client, "refresh_token", refresh_token=refresh)
    assert again.status_code == 200
