"""What every call goes through, and what is no call at all."""

import threading
from typing import Any

import httpx
import pytest

from bridge_app.sandbox.photoshelter.settings import CAPABILITIES, ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from tests.sandbox.photoshelter.conftest import MakeShelter, People, Person


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nothing"), ("PUT", "/library"), ("GET", "/collections/x/y/z"), ("GET", "/")],
)
def test_what_is_no_call_is_not_found_in_the_services_own_words(
    stranger: Person, method: str, path: str
) -> None:
    refused = stranger.send(method, path)
    assert refused.status_code == 404
    assert refused.json()["errors"][0]["id"] == "ResourceNotFoundException"


@pytest.mark.parametrize("version", ["v4", "v4.0"])
def test_a_version_has_two_names(served: Sandbox, people: People, version: str) -> None:
    said = people(served, version=version).data("/version")
    assert (said["version"], said["emulator"]) == ("4.0", True)
    assert said["capabilities"] == dict.fromkeys(CAPABILITIES, True)


def test_a_service_may_be_able_to_do_less(make_shelter: MakeShelter, people: People) -> None:
    settings = ShelterSettings(capabilities=frozenset({"notes"}))
    said = people(make_shelter(settings=settings)).data("/version")["capabilities"]
    assert [name for name, able in said.items() if able] == ["notes"]


def test_a_service_may_say_nothing_of_itself(make_shelter: MakeShelter, people: People) -> None:
    person = people(make_shelter(settings=ShelterSettings(tells_version=False)))
    assert person.get("/version").status_code == 404


def test_every_answer_tells_of_the_limit_where_there_is_one(
    make_shelter: MakeShelter, people: People
) -> None:
    meta = people(make_shelter(settings=ShelterSettings())).get("/version").json()["meta"]
    assert meta["rate_limit"]["limit"] == 600
    unlimited = people(make_shelter(settings=ShelterSettings(rate_limit=None)))
    assert "rate_limit" not in unlimited.get("/version").json()["meta"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\nno end"),
        ("multipart/form-data; boundary=b", b"--bx"),
        ("application/json", b"\xff"),
        ("text/plain", b"{"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(editor: Person, kind: str, body: bytes) -> None:
    reply = editor.send("POST", "/collections", content=body, headers={"Content-Type": kind})
    assert reply.status_code == 400


def test_a_refused_body_is_read_to_its_end_on_the_same_connection(stranger: Person) -> None:
    del stranger.client.headers["X-PS-Api-Key"]
    assert stranger.send("POST", "/media", content=bytes(3_000_000)).status_code == 403
    assert stranger.get("/version").status_code == 403


def test_there_is_one_date_whoever_answers(served: Sandbox, browser: httpx.Client) -> None:
    for path in ("/psapi/v4.0/version", "/v1_1/demo/ping", "/img/nothing"):
        assert len(browser.get(served.url + path).headers.get_list("date")) == 1


def test_it_is_filled_while_it_is_asked(editor: Person, shelter: ShelterState, brand: str) -> None:
    done = threading.Event()

    def fill() -> None:
        for number in range(300):
            gallery = shelter.add_gallery(f"G{number}", organization=brand)
            shelter.move(shelter.add_media("a.jpg", galleries=[gallery]), to=[gallery])
        done.set()

    filling = threading.Thread(target=fill)
    filling.start()
    seen: list[int] = []
    listed: list[Any] = []
    while not done.is_set():
        listed = editor.data("/galleries", per_page=500, include="child-count")
        seen.append(len(listed))
    filling.join()
    assert seen == sorted(seen)
    assert len(editor.data("/galleries", per_page=500)) == 300
