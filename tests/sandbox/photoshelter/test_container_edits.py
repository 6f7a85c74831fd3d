"""Making, changing, moving and deleting collections and galleries."""

from datetime import timedelta
from typing import Any

import pytest

from bridge_app.sandbox.photoshelter.state import ShelterState
from tests.sandbox.photoshelter.conftest import Person


@pytest.fixture
def campaign(shelter: ShelterState, brand: str) -> str:
    return shelter.add_collection("Spring 2027", organization=brand)


def json_api(**attributes: Any) -> dict[str, Any]:
    return {"json": {"data": {"attributes": attributes}}}


@pytest.mark.parametrize(
    "shape",
    [
        lambda said: {"json": {"data": {"type": "gallery", "attributes": said}}},
        lambda said: {"json": said},
        lambda said: {"data": said},
        lambda said: {"files": {name: (None, value) for name, value in said.items()}},
        lambda said: {"params": said},
    ],
    ids=["json:api", "json", "form", "multipart", "query"],
)
def test_a_gallery_is_made_by_a_body_of_any_shape(
    editor: Person, campaign: str, shape: Any
) -> None:
    said = {"name": "Héros · finals", "parent": campaign, "mode": "everyone", "is_listed": "true"}
    reply = editor.send("POST", "/galleries", **shape(said))
    assert reply.status_code == 201, reply.text
    made = reply.json()["data"]
    assert made["attributes"]["name"] == "Héros · finals"
    assert (made["attributes"]["mode"], made["attributes"]["is_listed"]) == ("everyone", True)
    children = editor.data(f"/collections/{campaign}/children")
    assert [one["id"] for one in children] == [made["id"]]


def test_a_change_names_what_changes_and_the_rest_stays(
    editor: Person, shelter: ShelterState, campaign: str
) -> None:
    before = shelter.container(campaign)
    shelter.clock.advance(timedelta(minutes=1))
    said = json_api(name="Summer 2027", unknown="?", mode="everyone")
    reply = editor.send("PATCH", f"/collections/{campaign}", **said)
    after = shelter.container(campaign)
    assert reply.json()["data"]["attributes"]["name"] == "Summer 2027"
    assert (after.mode, after.display_order) == ("everyone", before.display_order)
    assert after.modified_at > before.modified_at


def test_a_campaign_moves_into_an_archive_with_all_that_lies_in_it(
    editor: Person, shelter: ShelterState, brand: str, campaign: str
) -> None:
    gallery = shelter.add_gallery("Heroes", organization=brand, parents=[campaign])
    archive = shelter.add_collection("_Archive", organization=brand)
    moved = editor.send("PATCH", f"/collections/{campaign}", **json_api(parent=archive))
    assert moved.status_code == 200
    path = editor.data(f"/galleries/{gallery}/path")
    assert [one["id"] for one in path] == [gallery, campaign, archive]
    back = editor.send("PATCH", f"/collections/{campaign}", **json_api(parent=None))
    assert back.status_code == 200
    assert {one["id"] for one in editor.data("/library")} == {campaign, archive}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"name": ""}, 422),
        ({"name": "x" * 101}, 422),
        ({"mode": "secret"}, 422),
        ({"parent": "C0000nowhere...."}, 404),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    editor: Person, shelter: ShelterState, campaign: str, said: dict[str, str], status: int
) -> None:
    before = shelter.container(campaign)
    assert editor.send("PATCH", f"/collections/{campaign}", json=said).status_code == status
    assert shelter.container(campaign) == before


def test_a_collection_cannot_lie_in_itself(
    editor: Person, shelter: ShelterState, brand: str, campaign: str
) -> None:
    inner = shelter.add_collection("Inner", organization=brand, parents=[campaign])
    for inside in (campaign, inner):
        reply = editor.send("PATCH", f"/collections/{campaign}", **json_api(parent=inside))
        assert reply.status_code == 422


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(editor: Person, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    reply = editor.send("POST", "/collections", content=body, headers=headers)
    assert reply.status_code == 400


def test_media_lie_in_several_galleries_and_leave_the_last_one_for_the_trash(
    editor: Person, shelter: ShelterState, brand: str
) -> None:
    first, second = (shelter.add_gallery(name, organization=brand) for name in "ab")
    media = shelter.add_media("a.jpg", galleries=[first])
    shelter.clock.advance(timedelta(minutes=1))
    before = shelter.container(second).modified_at
    added = editor.send("POST", f"/galleries/{second}/children", json={"media_id": media})
    assert added.status_code == 201
    assert shelter.container(second).modified_at > before
    assert shelter.media(media).galleries == (first, second)
    assert editor.send("DELETE", f"/galleries/{first}/children/{media}").status_code == 204
    assert shelter.media(media).trashed_at is None
    assert editor.send("DELETE", f"/galleries/{second}/children/{media}").status_code == 204
    assert shelter.media(media).trashed_at is not None
    assert editor.data(f"/galleries/{second}/children") == []


def test_deleting_a_collection_deletes_what_lies_nowhere_else(
    editor: Person, shelter: ShelterState, brand: str, campaign: str
) -> None:
    press = shelter.add_collection("Press", organization=brand)
    alone = shelter.add_gallery("Alone", organization=brand, parents=[campaign])
    shared = shelter.add_gallery("Shared", organization=brand, parents=[campaign, press])
    lost = shelter.add_media("lost.jpg", galleries=[alone])
    kept = shelter.add_media("kept.jpg", galleries=[alone, shared])
    assert editor.send("DELETE", f"/collections/{campaign}").status_code == 204
    assert editor.get(f"/galleries/{alone}").status_code == 404
    assert shelter.container(shared).parents == (press,)
    assert shelter.media(lost).trashed_at is not None
    assert shelter.media(kept).galleries == (shared,)
