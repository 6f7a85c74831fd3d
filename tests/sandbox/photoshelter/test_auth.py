"""Signing in and out, and what a request needs before anything else."""

from datetime import timedelta

import httpx
import pytest

from bridge_app.sandbox.photoshelter.records import AccessRight
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from tests.sandbox.photoshelter.conftest import PASSWORD, MakeShelter, People, Person


def error_of(reply: httpx.Response) -> tuple[int, str]:
    """The status and the identifier of a refusal, whose status is also a text in it."""
    error = reply.json()["errors"][0]
    assert error["status"] == str(reply.status_code)
    return reply.status_code, error["id"]


@pytest.fixture
def mara(shelter: ShelterState, brand: str) -> str:
    return shelter.add_user("mara@example.com", PASSWORD, organizations=[brand])


@pytest.mark.parametrize("key", ["", "wrong", "SandboxKey3"])
def test_a_wrong_key_opens_nothing(served: Sandbox, people: People, key: str) -> None:
    refused = people(served, key=key).get("/version")
    assert error_of(refused) == (403, "ApiKeyInvalidException")


def test_a_key_may_stand_in_the_address(served: Sandbox, browser: httpx.Client) -> None:
    url = f"{served.url}/psapi/v4/version?api_key=SandboxKey4"
    assert browser.get(url).json()["data"]["capabilities"]["download_links"] is True


def test_the_key_of_version_4_does_not_open_version_3(served: Sandbox, people: People) -> None:
    refused = people(served, version="v3").get("/mem/nothing")
    body = refused.json()
    assert (refused.status_code, body["status"]) == (403, "fail")
    assert body["error"] == {"class": "ApiKeyInvalidException"}


def test_a_token_stands_beside_the_envelope_and_opens_the_session(
    stranger: Person, brand: str, mara: str
) -> None:
    said = {"email": "Mara@example.com", "password": PASSWORD, "mode": "token"}
    reply = stranger.send("POST", "/authenticate", data=said).json()
    assert reply["org"] == [{"id": brand, "name": "Morrowtide"}]
    assert reply["two_factor"] is False
    stranger.client.headers["Authorization"] = f"Bearer {reply['token']}"
    session = stranger.data("/user/session", include="organizations")
    assert session["id"] == mara
    assert session["attributes"]["org_id"] is None
    assert [one["id"] for one in session["includes"]["organizations"]["data"]] == [brand]


@pytest.mark.usefixtures("mara")
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"password": "wrong"}, (401, "AuthenticationException")),
        ({"email": "nobody@example.com"}, (401, "AuthenticationException")),
        ({"mode": "magic"}, (400, "BadRequestException")),
        ({"mode": ""}, (400, "BadRequestException")),
        ({"org_id": "O0000unknown...."}, (401, "AcsPermissionException")),
    ],
)
def test_wrong_words_open_no_session(
    stranger: Person, said: dict[str, str], expected: tuple[int, str]
) -> None:
    usual = {"email": "mara@example.com", "password": PASSWORD, "mode": "token"}
    assert error_of(stranger.send("POST", "/authenticate", data={**usual, **said})) == expected


@pytest.mark.usefixtures("mara")
def test_without_the_step_into_an_organization_the_library_is_empty(
    stranger: Person, shelter: ShelterState, brand: str
) -> None:
    shelter.add_collection("Campaign", organization=brand)
    stranger.sign_in("mara@example.com")
    assert stranger.data("/library") == []
    entered = stranger.send("POST", "/organization/authenticate", data={"org_id": brand})
    assert entered.json()["meta"]["status"] == "OK"
    assert [one["attributes"]["name"] for one in stranger.data("/library")] == ["Campaign"]
    assert stranger.get("/organization/logout").status_code == 200
    assert stranger.data("/library") == []


@pytest.mark.usefixtures("mara")
def test_half_a_letter_is_a_wrong_password(stranger: Person) -> None:
    body = r'{"email": "mara@example.com", "password": "\ud800", "mode": "token"}'
    headers = {"Content-Type": "application/json"}
    refused = stranger.send("POST", "/authenticate", content=body, headers=headers)
    assert error_of(refused) == (401, "AuthenticationException")


@pytest.mark.usefixtures("mara")
def test_nobody_enters_an_organization_of_others(stranger: Person, shelter: ShelterState) -> None:
    other = shelter.add_organization("Other")
    stranger.sign_in("mara@example.com")
    refused = stranger.send("POST", "/organization/authenticate", data={"org_id": other})
    assert error_of(refused) == (401, "AcsPermissionException")


@pytest.mark.usefixtures("mara")
def test_a_session_ends_when_somebody_signs_out(stranger: Person) -> None:
    stranger.sign_in("mara@example.com")
    assert stranger.send("POST", "/authenticate/logout").status_code == 200
    assert error_of(stranger.get("/user/session")) == (401, "AuthTokenInvalidException")


def test_a_session_ends_when_its_time_has_come(make_shelter: MakeShelter, people: People) -> None:
    sandbox = make_shelter(settings=ShelterSettings(token_seconds=600))
    sandbox.shelter.add_user("mara@example.com", PASSWORD)
    mara = people(sandbox).sign_in("mara@example.com")
    sandbox.shelter.clock.advance(timedelta(seconds=599))
    assert mara.get("/user/session").status_code == 200
    sandbox.shelter.clock.advance(timedelta(seconds=1))
    assert error_of(mara.get("/user/session")) == (401, "AuthTokenInvalidException")


def test_a_second_factor_is_asked_for_before_anything_else(
    stranger: Person, shelter: ShelterState, brand: str
) -> None:
    shelter.add_user("two@example.com", PASSWORD, organizations=[brand], two_factor_code="123456")
    said = {"email": "two@example.com", "password": PASSWORD, "mode": "token", "org_id": brand}
    first = stranger.send("POST", "/authenticate", data=said).json()
    assert first["two_factor"] is True
    stranger.client.headers["X-PS-Auth-Token"] = first["token"]
    assert error_of(stranger.get("/library")) == (401, "TwoFactorRequiredException")
    wrong = stranger.send("POST", "/two-factor/verify", data={"code": "000000"})
    assert error_of(wrong) == (401, "TwoFactorInvalidException")
    second = stranger.send("POST", "/two-factor/verify", data={"code": "123456"}).json()
    assert second["two_factor"] is False
    assert error_of(stranger.get("/library")) == (401, "AuthTokenInvalidException")
    stranger.client.headers["X-PS-Auth-Token"] = second["token"]
    assert stranger.get("/library").status_code == 200


@pytest.mark.usefixtures("mara")
def test_in_cookie_mode_each_answer_brings_the_next_cookie(stranger: Person) -> None:
    said = {"email": "mara@example.com", "password": PASSWORD, "mode": "cookie"}
    stranger.send("POST", "/authenticate", data=said)
    first = stranger.client.cookies["acs"]
    assert stranger.get("/user/session").status_code == 200
    second = stranger.client.cookies["acs"]
    assert second != first
    assert stranger.get("/user/session").status_code == 200
    stranger.client.cookies.clear()
    stranger.client.cookies.set("acs", second, domain="127.0.0.1", path="/psapi")
    assert error_of(stranger.get("/user/session")) == (401, "AuthTokenInvalidException")


def test_a_strict_service_takes_no_passwords_from_addresses(
    make_shelter: MakeShelter, people: People
) -> None:
    query = {"email": "mara@example.com", "password": PASSWORD, "mode": "token"}
    for strict, expected in ((False, 200), (True, 400)):
        sandbox = make_shelter(settings=ShelterSettings(strict=strict))
        sandbox.shelter.add_user("mara@example.com", PASSWORD)
        assert people(sandbox).get("/authenticate", **query).status_code == expected


def test_sessions_outlive_a_restart(served: Sandbox, editor: Person) -> None:
    served.stop()
    served.start()
    assert editor.get("/library").status_code == 200


def test_a_key_may_call_so_often_and_then_has_to_wait(
    make_shelter: MakeShelter, people: People
) -> None:
    sandbox = make_shelter(settings=ShelterSettings(rate_limit=3, rate_seconds=100))
    person = people(sandbox)
    for used in (1, 2, 3):
        said = person.get("/version").json()["meta"]["rate_limit"]
        assert (said["limit"], said["current"]) == (3, used)
        assert 0 < said["expires"] <= 100
    refused = person.get("/version")
    assert error_of(refused) == (429, "TooManyRequestsException")
    assert 0 < int(refused.headers["retry-after"]) <= 100


def test_invitations_are_the_containers_one_was_given_a_right_to(
    stranger: Person, shelter: ShelterState, brand: str, mara: str
) -> None:
    right = AccessRight(id="AR000aaaaaaaaaaa", kind="contact", value=mara)
    shared = shelter.add_gallery("Shared", organization=brand, rights=(right,))
    shelter.add_gallery("Hidden", organization=brand)
    stranger.sign_in("mara@example.com")
    reply = stranger.get("/user/invites").json()
    assert [one["id"] for one in reply["data"]] == [shared]
    assert reply["meta"]["count"] == 1
