"""Workspaces, linked renditions and notes: what people and programs say of media."""

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.photoshelter.errors import UnknownRecordError
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.photoshelter.workspaces import Review, add_workspace, vote
from bridge_app.sandbox.server import Sandbox
from tests.sandbox.photoshelter.conftest import PASSWORD, MakeShelter, People, Person
from tests.sandbox.photoshelter.wire import refusal


@pytest.fixture
def media(shelter: ShelterState, brand: str) -> str:
    gallery = shelter.add_gallery("Heroes", organization=brand)
    return shelter.add_media("hero.jpg", galleries=[gallery])


def cast(person: Person, wall: str, media: str, given: str | None) -> httpx.Response:
    """Vote."""
    path = f"/workspaces/{wall}/media/{media}/review"
    return person.send("PUT", path, json={"data": {"attributes": {"vote": given}}})


def state_of(reply: httpx.Response) -> str:
    """What the votes come to."""
    assert reply.status_code == 200, reply.text
    return str(reply.json()["data"]["attributes"]["state"])


def test_votes_come_to_a_state(
    editor: Person, shelter: ShelterState, brand: str, media: str
) -> None:
    wall = add_workspace(shelter, "Wall", organization=brand, media=[media])
    dated = shelter.media(media).modified_at
    path = f"/workspaces/{wall}/media/{media}/review"
    assert state_of(editor.get(path)) == "pending"
    assert state_of(cast(editor, wall, media, "up")) == "approved"
    assert state_of(cast(editor, wall, media, "down")) == "rejected"
    reviews = editor.data(path)["attributes"]["reviews"]
    assert [(one["vote"], len(one["user_id"])) for one in reviews] == [("down", 16)]
    assert state_of(cast(editor, wall, media, None)) == "pending"
    assert cast(editor, wall, media, "sideways").status_code == 400
    assert shelter.media(media).modified_at == dated


def test_a_state_may_be_said_for_a_vote(
    editor: Person, shelter: ShelterState, brand: str, media: str
) -> None:
    wall = add_workspace(shelter, "Wall", organization=brand, media=[media])
    path = f"/workspaces/{wall}/media/{media}/review"
    assert state_of(editor.send("PUT", path, data={"state": "rejected"})) == "rejected"


votes = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["up", "down"]))


@given(votes, st.lists(st.sampled_from("abcd"), unique=True))
def test_one_vote_down_rejects_and_only_all_reviewers_approve(
    cast_votes: dict[str, str], reviewers: list[str]
) -> None:
    review = Review(
        votes={user: (given, "") for user, given in cast_votes.items()}, reviewers=tuple(reviewers)
    )
    if "down" in cast_votes.values():
        assert review.state == "rejected"
    elif review.state == "approved":
        assert cast_votes
        assert set(reviewers) <= set(cast_votes)
    else:
        assert not cast_votes or set(reviewers) - set(cast_votes)


def test_a_reviewer_from_outside_sees_the_workspace_and_nothing_else(
    served: Sandbox, shelter: ShelterState, people: People, brand: str, media: str
) -> None:
    judge = shelter.add_user("judge@example.com", PASSWORD, role="invited")
    shown = add_workspace(shelter, "Ours", organization=brand, media=[media], reviewers=[judge])
    hidden = add_workspace(shelter, "Theirs", organization=brand, media=[media])
    guest = people(served).sign_in("judge@example.com")
    assert [one["id"] for one in guest.data("/workspaces")] == [shown]
    assert state_of(cast(guest, shown, media, "up")) == "approved"
    assert refusal(cast(guest, hidden, media, "up")) == (401, "AcsPermissionException")
    assert cast(guest, "W0000doesnotexis", media, "up").status_code == 404


def test_a_workspace_lists_its_media_with_their_votes(
    editor: Person, shelter: ShelterState, brand: str, media: str
) -> None:
    gone = shelter.add_media("gone.jpg", galleries=shelter.media(media).galleries)
    wall = add_workspace(shelter, "Wall", organization=brand, media=[media, gone])
    shelter.trash(gone)
    cast(editor, wall, media, "up")
    found = editor.data(f"/workspaces/{wall}/media", include="iptc")
    assert [one["id"] for one in found] == [media]
    assert found[0]["includes"]["review"]["data"]["attributes"]["state"] == "approved"
    assert "iptc" in found[0]["includes"]
    assert editor.data("/workspaces")[0]["attributes"] == {
        "name": "Wall",
        "organization_id": brand,
        "media_count": 1,
    }


def test_votes_of_several_workspaces_count_together(
    editor: Person, shelter: ShelterState, brand: str, media: str
) -> None:
    for name, given_vote in (("A", "up"), ("B", "down"), ("C", "up")):
        wall = add_workspace(shelter, name, organization=brand, media=[media])
        assert cast(editor, wall, media, given_vote).status_code == 200
    found = editor.data(f"/media/{media}", include="review")
    assert found["includes"]["review"]["data"]["attributes"]["state"] == "rejected"


def test_nobody_votes_on_what_is_not_there(shelter: ShelterState, brand: str, media: str) -> None:
    wall = add_workspace(shelter, "Wall", organization=brand)
    with pytest.raises(UnknownRecordError):
        vote(shelter, wall, media, user="U1", given="up")


WEB = {"name": "web_hero", "url": "https://res.example.com/web.webp", "market": "NO"}
MAIL = {"name": "mail", "url": "https://res.example.com/mail.jpg", "market": "NO"}


def put_links(person: Person, media: str, *links: dict[str, Any]) -> httpx.Response:
    """Write the list of renditions."""
    data = [{"type": "link", "attributes": link} for link in links]
    return person.send("PUT", f"/media/{media}/links", json={"data": data})


def test_writing_the_links_twice_is_writing_them_once(
    editor: Person, shelter: ShelterState, media: str
) -> None:
    assert editor.data(f"/media/{media}/links") == []
    first = put_links(editor, media, WEB).json()
    shelter.clock.set(shelter.clock.now().replace(year=2030))
    assert put_links(editor, media, WEB).json()["data"] == first["data"]
    both = put_links(editor, media, MAIL, WEB).json()["data"]
    times = [one["attributes"]["written_at"][:4] for one in both]
    assert [one["attributes"]["name"] for one in both] == ["mail", "web_hero"]
    assert (times[0], times[1]) == ("2030", first["data"][0]["attributes"]["written_at"][:4])
    assert editor.data(f"/media/{media}/links") == both
    echoed = [one["attributes"] for one in both]
    assert put_links(editor, media, *echoed).json()["data"] == both
    assert put_links(editor, media).json()["data"] == []


WRONG: tuple[tuple[list[Any], int], ...] = (
    ([{"name": "a"}], 422),
    ([{"name": "a", "url": "ftp://x"}], 422),
    ([{"name": " ", "url": "https://x"}], 422),
    ([WEB, WEB], 422),
    ([{**WEB, "note": "x" * 20_000}], 422),
    (["text"], 400),
)


def test_a_link_has_a_name_and_an_address_and_is_there_once(editor: Person, media: str) -> None:
    for links, status in WRONG:
        reply = editor.send("PUT", f"/media/{media}/links", json={"data": links})
        assert reply.status_code == status
    assert editor.send("PUT", f"/media/{media}/links", json={"data": 5}).status_code == 400
    assert editor.data(f"/media/{media}/links") == []


def test_notes_are_read_in_the_order_they_were_written(
    editor: Person, shelter: ShelterState, media: str
) -> None:
    path = f"/media/{media}/notes"
    for body in ("First", "Second"):
        said = {"data": {"attributes": {"body": body}}}
        headers = {"Idempotency-Key": body}
        for _ in range(2):
            assert editor.send("POST", path, json=said, headers=headers).status_code == 201
    notes = editor.data(path)
    assert [one["attributes"]["body"] for one in notes] == ["First", "Second"]
    assert notes[0]["attributes"]["author"] == "editor@example.com"
    for wrong in ("", "x" * 2_001, None, 5):
        said_wrong = {"data": {"attributes": {"body": wrong}}}
        assert editor.send("POST", path, json=said_wrong).status_code == 422


def test_what_the_service_is_not_able_to_do_has_no_route(
    make_shelter: MakeShelter, people: People
) -> None:
    sandbox = make_shelter(settings=ShelterSettings(capabilities=frozenset()))
    brand = sandbox.shelter.add_organization("Plain")
    sandbox.shelter.add_user("a@example.com", PASSWORD, organizations=[brand])
    gallery = sandbox.shelter.add_gallery("G", organization=brand)
    media = sandbox.shelter.add_media("a.jpg", galleries=[gallery])
    editor = people(sandbox).sign_in("a@example.com", organization=brand)
    for part in ("versions", "links", "notes"):
        assert refusal(editor.get(f"/media/{media}/{part}")) == (404, "ResourceNotFoundException")
    assert editor.get("/workspaces").status_code == editor.get("/trash").status_code == 404
    upload = editor.send("POST", "/media", data={"gallery_id": gallery}, files={"file": b"x"})
    assert upload.status_code == 404
