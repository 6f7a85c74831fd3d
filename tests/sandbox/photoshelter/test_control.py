"""Trouble on demand, the clock, the log, and starting afresh."""

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

from bridge_app.sandbox.photoshelter.errors import ShelterError
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.photoshelter.trouble import Trouble
from bridge_app.sandbox.server import Sandbox, utc_now
from tests.sandbox.photoshelter.conftest import Person


def statuses(person: Person, fault: str, count: int) -> list[int]:
    """What so many requests that ask for a fault are answered with."""
    headers = {"X-Emu-Fault": fault}
    return [person.send("GET", "/version", headers=headers).status_code for _ in range(count)]


def test_a_request_asks_for_its_own_trouble_after_some_went_well(stranger: Person) -> None:
    assert statuses(stranger, "429;after=2", 4) == [200, 200, 429, 429]
    assert statuses(stranger, "500;times=1", 3) == [500, 200, 200]
    assert stranger.get("/version").status_code == 200


def test_too_many_requests_are_told_when_to_come_again(stranger: Person) -> None:
    reply = stranger.send("GET", "/version", headers={"X-Emu-Fault": "429;retry=7"})
    assert reply.headers["retry-after"] == "7"
    assert reply.json()["errors"][0]["id"] == "TooManyRequestsException"


def test_trouble_waits_for_a_path(served: Sandbox, stranger: Person, browser: httpx.Client) -> None:
    fault = {"fault": "503;times=2", "path_contains": "/library"}
    assert browser.post(f"{served.url}/__emu/faults", json=fault).status_code == 204
    assert stranger.get("/version").status_code == 200
    assert [stranger.get("/library").status_code for _ in range(3)] == [503, 503, 401]


def test_trouble_that_waits_strikes_once_in_its_order_and_can_be_taken_back(
    served: Sandbox, stranger: Person, browser: httpx.Client
) -> None:
    for fault in ("500", "502", "503"):
        browser.post(f"{served.url}/__emu/faults", json={"fault": fault})
    assert [stranger.get("/version").status_code for _ in range(2)] == [500, 502]
    assert browser.delete(f"{served.url}/__emu/faults").status_code == 204
    assert stranger.get("/version").status_code == 200


def test_a_slow_answer_comes_late(stranger: Person) -> None:
    before = time.monotonic()
    assert statuses(stranger, "slow;ms=150", 1) == [200]
    assert time.monotonic() - before >= 0.15


def test_a_dropped_connection_answers_nothing_and_does_nothing(
    served: Sandbox, editor: Person
) -> None:
    with pytest.raises(httpx.TransportError):
        editor.send("POST", "/collections", json={"name": "A"}, headers={"X-Emu-Fault": "drop"})
    assert served.shelter.store.containers() == []
    assert served.shelter.log()[-1].status == 0


def test_a_page_that_is_not_found_may_be_html(stranger: Person) -> None:
    reply = stranger.send("GET", "/version", headers={"X-Emu-Fault": "html404"})
    assert reply.status_code == 404
    assert reply.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("fault", "key"), [("bare-errors-object", "errors"), ("top-level-error;status=409", "error")]
)
def test_errors_come_in_the_shapes_that_were_seen(stranger: Person, fault: str, key: str) -> None:
    reply = stranger.send("GET", "/version", headers={"X-Emu-Fault": fault})
    assert isinstance(reply.json()[key], dict)
    assert reply.json()[key]["status"] == str(reply.status_code)


def test_a_token_ends_in_the_middle_of_the_work(editor: Person) -> None:
    reply = editor.send("GET", "/library", headers={"X-Emu-Fault": "expire-token;times=1"})
    assert reply.json()["errors"][0]["id"] == "AuthTokenInvalidException"
    assert editor.get("/library").status_code == 401


@pytest.mark.parametrize("fault", ["", "399", "600", "melt", "500;after=x", "500;colour=1", "²²²"])
def test_trouble_that_is_none_is_refused(fault: str) -> None:
    with pytest.raises(ShelterError):
        Trouble.parse(fault)


def test_a_header_that_is_no_trouble_is_refused(stranger: Person) -> None:
    assert statuses(stranger, "melt", 1) == [400]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"fault": "melt"}'])
def test_a_body_that_is_no_trouble_is_refused(
    served: Sandbox, body: bytes, browser: httpx.Client
) -> None:
    assert browser.post(f"{served.url}/__emu/faults", content=body).status_code == 400


def test_the_clock_is_set_and_goes_on(
    served: Sandbox, stranger: Person, browser: httpx.Client
) -> None:
    def told(body: dict[str, Any]) -> datetime:
        reply = browser.post(f"{served.url}/__emu/clock", json=body)
        return datetime.fromisoformat(reply.json()["now"])

    day = datetime(2027, 3, 31, 12, tzinfo=UTC)
    assert 0 <= (told({"now": "2027-03-31T12:00:00"}) - day).total_seconds() < 60
    date = parsedate_to_datetime(stranger.get("/version").headers["date"])
    assert 0 <= (date - day).total_seconds() < 60
    assert 86_400 <= (told({"advance_s": 86_400}) - day).total_seconds() < 86_460
    right = abs((told({}) - utc_now()).total_seconds())
    assert right < 60
    assert browser.post(f"{served.url}/__emu/clock", json={"now": "soon"}).status_code == 400


def test_the_log_tells_of_every_call(
    served: Sandbox, stranger: Person, browser: httpx.Client
) -> None:
    stranger.get("/version", colour="blue")
    stranger.get("/library")
    calls = browser.get(f"{served.url}/__emu/log").json()["calls"]
    assert calls == [
        {"method": "GET", "path": "/psapi/v4.0/version", "query": "colour=blue", "status": 200},
        {"method": "GET", "path": "/psapi/v4.0/library", "query": "", "status": 401},
    ]
    browser.delete(f"{served.url}/__emu/log")
    assert served.shelter.log() == []


def test_a_reset_leaves_what_it_was_filled_with(
    served: Sandbox, shelter: ShelterState, browser: httpx.Client
) -> None:
    def fill(state: ShelterState) -> None:
        state.add_organization("Morrowtide")

    shelter.seed(fill)
    shelter.add_organization("Other")
    assert browser.post(f"{served.url}/__emu/reset").status_code == 204
    assert [one.name for one in shelter.store.organizations()] == ["Morrowtide"]
    assert shelter.log() == []


def test_the_faults_of_the_sandbox_strike_here_as_well(served: Sandbox, stranger: Person) -> None:
    served.faults.answer(status=503, times=1, path_contains="/psapi/")
    assert [stranger.get("/version").status_code for _ in range(2)] == [503, 200]


def test_paths_of_others_are_not_the_services(served: Sandbox, browser: httpx.Client) -> None:
    assert browser.get(f"{served.url}/v1_1/demo/ping").status_code == 401
    assert served.shelter.log() == []
