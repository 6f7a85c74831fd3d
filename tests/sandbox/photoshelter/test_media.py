"""Media as they are listed, read, changed and deleted."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bridge_app.sandbox.photoshelter.settings import CAPABILITIES, ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.photoshelter.workspaces import add_workspace, vote
from tests.sandbox.photoshelter.conftest import PASSWORD, MakeShelter, People, Person
from tests.sandbox.photoshelter.wire import jpeg, patched, refusal

EVERYTHING = "iptc,custom-metadata,galleries,review"


@pytest.fixture
def heroes(shelter: ShelterState, brand: str) -> str:
    return shelter.add_gallery("Heroes", organization=brand)


@pytest.fixture
def hero(shelter: ShelterState, heroes: str) -> str:
    return shelter.add_media(
        "SP27_hero.jpg",
        galleries=[heroes],
        data=jpeg(),
        rating=4,
        iptc={"title": "Dawn", "keywords": ["ridge"], "city": "Svolvær"},
        focal_point=(60, 20),
        created_at=datetime(2026, 10, 3, 12, 44, 1, tzinfo=UTC),
        modified_at=datetime(2026, 11, 18, 16, 2, 9, tzinfo=UTC),
    )


def test_a_picture_has_the_attributes_of_pictures(editor: Person, hero: str) -> None:
    found = editor.data(f"/media/{hero}")
    attributes = found["attributes"]
    assert (found["id"], found["type"]) == (hero, "image")
    assert found["links"]["self"].endswith(f"/media/{hero}")
    assert attributes["file_size"] == len(jpeg())
    assert (attributes["width"], attributes["height"]) == (120, 80)
    assert (attributes["focal_point_x"], attributes["focal_point_y"]) == (60, 20)
    assert attributes["created_at"] == "2026-10-03 12:44:01 GMT"
    assert attributes["modified_at"] == "2026-11-18 16:02:09 GMT"
    assert "hash" not in attributes


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("film.mp4", ("video", "rotate", "flagged")),
        ("song.mp3", ("audio", "duration", "width")),
        ("terms.pdf", ("document", "organization_id", "model_released")),
    ],
)
def test_each_kind_has_attributes_of_its_own(
    editor: Person, shelter: ShelterState, heroes: str, name: str, facts: tuple[str, str, str]
) -> None:
    kind, shown, hidden = facts
    media = shelter.add_media(name, galleries=[heroes], data=b"stored")
    found = editor.data(f"/media/{media}")
    assert found["type"] == kind
    assert shown in found["attributes"]
    assert hidden not in found["attributes"]
    assert found["attributes"]["hash"] == hashlib.sha1(b"stored").hexdigest()  # noqa: S324


def test_a_made_up_file_states_no_hash(editor: Person, shelter: ShelterState, heroes: str) -> None:
    media = shelter.add_media("film.mp4", galleries=[heroes], size=1 << 40, duration_s=3.5)
    attributes = editor.data(f"/media/{media}")["attributes"]
    assert (attributes["hash"], attributes["duration"]) == (None, 3.5)


def test_one_call_gives_all_facts_of_a_page(
    editor: Person, shelter: ShelterState, brand: str, hero: str, heroes: str
) -> None:
    field = shelter.add_custom_field(brand, "Approval Status", ["Approved", "Rejected"])
    shelter.update_media(hero, custom={"Approval Status": "Approved"})
    bare = shelter.add_media("b.jpg", galleries=[heroes])
    judge = shelter.add_user("judge@example.com", PASSWORD, organizations=[brand])
    wall = add_workspace(shelter, "Wall", organization=brand, media=[hero])
    vote(shelter, wall, hero, user=judge, given="up")
    reply = editor.get("/media", org_id=brand, include=EVERYTHING).json()
    first, second = (one["includes"] for one in reply["data"])
    assert first["iptc"]["data"]["attributes"]["title"] == "Dawn"
    chosen = first["custom-metadata"]["data"][0]
    assert (chosen["id"], chosen["attributes"]["option_name"]) == (field, "Approved")
    assert first["galleries"]["data"][0]["attributes"]["name"] == "Heroes"
    assert first["review"]["data"]["attributes"]["state"] == "approved"
    assert reply["data"][1]["id"] == bare
    assert second["review"]["data"] is None
    assert second["custom-metadata"]["data"] == []


def test_without_the_capability_nothing_is_joined(
    make_shelter: MakeShelter, people: People
) -> None:
    fewer = frozenset(CAPABILITIES) - {"listing_includes"}
    sandbox = make_shelter(settings=ShelterSettings(capabilities=fewer))
    brand = sandbox.shelter.add_organization("Plain")
    sandbox.shelter.add_user("a@example.com", PASSWORD, organizations=[brand])
    gallery = sandbox.shelter.add_gallery("G", organization=brand)
    sandbox.shelter.add_media("a.jpg", galleries=[gallery])
    editor = people(sandbox).sign_in("a@example.com", organization=brand)
    assert "includes" not in editor.data("/media", org_id=brand, include=EVERYTHING)[0]


def test_a_listing_wants_to_be_narrowed(editor: Person, heroes: str) -> None:
    assert refusal(editor.get("/media", galleries=heroes)) == (400, "BadRequestException")


def test_what_cannot_be_understood_is_a_bad_request(editor: Person, brand: str) -> None:
    reply = editor.get("/media", org_id=brand, modify_start="yesterday")
    assert refusal(reply) == (400, "BadRequestException")
    assert "modify_start" in reply.json()["errors"][0]["title"]


def test_galleries_and_collections_narrow_a_search(
    editor: Person, shelter: ShelterState, brand: str, hero: str, heroes: str
) -> None:
    spring = shelter.add_collection("Spring", organization=brand)
    shelter.update_container(heroes, parents=(shelter.add_collection("In", organization=brand),))
    shelter.update_container(shelter.container(heroes).parents[0], parents=(spring,))
    other = shelter.add_gallery("Other", organization=brand)
    shelter.add_media("c.jpg", galleries=[other])
    both = shelter.add_media("d.jpg", galleries=[other, heroes])

    def found(**query: str) -> list[str]:
        return [one["id"] for one in editor.data("/media", org_id=brand, **query)]

    assert found(galleries=heroes) == [hero, both]
    assert found(collections=spring) == [hero, both]
    assert len(found(galleries=f"{heroes},{other}")) == 3
    assert found(galleries="G0000doesnotexis") == []
    assert found(galleries=heroes, terms="dawn") == [hero]


def test_pages_follow_one_another_in_order(
    editor: Person, shelter: ShelterState, brand: str, heroes: str
) -> None:
    ids = [shelter.add_media(f"{number}.jpg", galleries=[heroes]) for number in range(7)]
    seen: list[str] = []
    for page in (1, 2, 3):
        query = {"org_id": brand, "sort_by": "upload_time", "sort_dir": "asc"}
        reply = editor.get("/media", **query, page=page, per_page=3).json()
        seen += [one["id"] for one in reply["data"]]
        assert reply["meta"]["paging"]["total"] == 7
        assert ("next" in reply["meta"]["paging"]) is (page < 3)
    assert seen == ids


def test_a_page_sees_what_changed_since_the_one_before(
    editor: Person, shelter: ShelterState, brand: str, hero: str
) -> None:
    query = {"org_id": brand, "terms": "dawn"}
    assert len(editor.data("/media", **query)) == 1
    shelter.update_media(hero, iptc={"title": "Dusk"})
    assert editor.data("/media", **query) == []


def test_a_listing_of_more_than_a_thousand_pages_can_be_split(editor: Person, brand: str) -> None:
    query = {"org_id": brand, "terms": "__many__", "per_page": 500}
    last = editor.get("/media", **query, page=999).json()
    assert last["meta"]["paging"]["total"] > 999 * 500
    assert len(last["data"]) == 500
    beyond = editor.get("/media", **query, page=1000)
    assert refusal(beyond) == (400, "PageOutOfRangeException")
    window = {"create_start": "2024-02-01 00:00:00 GMT", "create_end": "2024-02-01 23:59:59 GMT"}
    day = editor.get("/media", **query, **window).json()
    assert day["meta"]["paging"]["total"] == 24 * 60
    assert day["data"][0]["attributes"]["created_at"] == window["create_start"]


def test_the_librarys_own_search_needs_somebody_whose_it_is(
    editor: Person, brand: str, hero: str
) -> None:
    asked = {"mode": "library", "media_type": "image", "sort_by": "creation_time"}
    found = editor.data("/search", org_id=brand, sort_direction="descending", **asked)
    assert [one["attributes"]["file_name"] for one in found] == ["SP27_hero.jpg"]
    assert refusal(editor.get("/search", **asked)) == (400, "BadRequestException")


def test_strangers_find_what_is_open_to_everybody(
    stranger: Person, shelter: ShelterState, brand: str, hero: str, heroes: str
) -> None:
    assert stranger.data("/media", org_id=brand) == []
    assert refusal(stranger.get(f"/media/{hero}")) == (401, "AcsPermissionException")
    shelter.update_container(heroes, mode="everyone")
    assert [one["id"] for one in stranger.data("/media", org_id=brand)] == [hero]
    assert refusal(stranger.get("/media/I0000doesnotexis")) == (404, "ResourceNotFoundException")


def test_identifiers_are_case_sensitive(editor: Person, hero: str) -> None:
    assert editor.get(f"/media/{hero.swapcase()}").status_code == 404


def test_attributes_are_changed_and_the_change_is_dated(
    editor: Person, shelter: ShelterState, hero: str
) -> None:
    said = {
        "rating": 5,
        "flagged": True,
        "model_released": None,
        "license_expires_at": "2027-03-31",
    }
    attributes = patched(editor, f"/media/{hero}", {**said, "focal_point_x": 1}).json()["data"][
        "attributes"
    ]
    assert (attributes["rating"], attributes["flagged"]) == (5, True)
    assert attributes["license_expires_at"] == "2027-03-31 23:59:59 GMT"
    assert (attributes["focal_point_x"], attributes["focal_point_y"]) == (1, 20)
    changed = shelter.media(hero).modified_at
    assert changed > datetime(2026, 11, 18, 16, 2, 9, tzinfo=UTC)
    assert patched(editor, f"/media/{hero}", {"rating": 5}).status_code == 200
    assert shelter.media(hero).modified_at == changed


def test_what_cannot_be_changed_is_refused(
    editor: Person, shelter: ShelterState, hero: str
) -> None:
    before = shelter.media(hero)
    wrong: dict[str, Any] = {"rating": 6, "file_name": " ", "views": 1, "flagged": "why"}
    wrong |= {"license_expires_at": "soon", "focal_point_x": "left", "model_released": 5}
    for name, value in wrong.items():
        reply = patched(editor, f"/media/{hero}", {"searchable": True, name: value})
        assert refusal(reply) == (422, "ValidationException")
    assert shelter.media(hero) == before


def test_a_batch_is_changed_whole_or_not_at_all(
    editor: Person, shelter: ShelterState, hero: str, heroes: str
) -> None:
    other = shelter.add_media("b.jpg", galleries=[heroes])

    def batch(*ratings: int) -> int:
        pairs = zip((hero, other), ratings, strict=True)
        data = [{"id": one, "attributes": {"rating": rating}} for one, rating in pairs]
        return editor.send("PATCH", "/media/batch", json={"data": data}).status_code

    assert batch(1, 9) == 422
    assert shelter.media(hero).rating == 4
    assert batch(1, 2) == 200
    assert (shelter.media(hero).rating, shelter.media(other).rating) == (1, 2)


def test_a_tagger_changes_metadata_and_deletes_nothing(
    served: Any, shelter: ShelterState, people: People, brand: str, hero: str
) -> None:
    shelter.add_user("tagger@example.com", PASSWORD, role="tagger", organizations=[brand])
    tagger = people(served).sign_in("tagger@example.com", organization=brand)
    assert patched(tagger, f"/media/{hero}", {"rating": 1}).status_code == 200
    assert refusal(tagger.send("DELETE", f"/media/{hero}")) == (401, "AcsPermissionException")


def test_it_says_in_which_galleries_it_lies(
    editor: Person, shelter: ShelterState, brand: str, hero: str, heroes: str
) -> None:
    shelter.move(hero, to=[heroes, shelter.add_gallery("Web", organization=brand)])
    found = editor.data(f"/media/{hero}/galleries", include="gallery")
    names = [one["includes"]["gallery"]["data"]["attributes"]["name"] for one in found]
    assert names == ["Heroes", "Web"]
    assert "includes" not in editor.data(f"/media/{hero}/galleries")[0]


def test_what_is_deleted_lies_in_the_trash_for_ninety_days(
    editor: Person, shelter: ShelterState, brand: str, hero: str, heroes: str
) -> None:
    assert editor.send("DELETE", f"/media/{hero}").status_code == 204
    assert refusal(editor.get(f"/media/{hero}")) == (404, "ResourceNotFoundException")
    assert editor.data("/media", org_id=brand) == []
    assert [one["id"] for one in editor.data("/trash")] == [hero]
    assert editor.send("POST", f"/trash/{hero}/restore").status_code == 200
    assert [one["id"] for one in editor.data("/media", galleries=heroes, org_id=brand)] == [hero]
    editor.send("DELETE", f"/media/{hero}")
    shelter.clock.advance(timedelta(days=90))
    assert editor.data("/trash") == []
    assert editor.send("POST", f"/trash/{hero}/restore").status_code == 404


def test_records_with_hostile_facts_are_told_as_they_are(
    editor: Person, shelter: ShelterState, brand: str, hero: str, heroes: str
) -> None:
    strange = shelter.add_media("b.jpg", galleries=[heroes], iptc={"title": 5, "keywords": "x"})
    shelter.update_media(strange, file_name=None, rating="high", flagged=None)
    shelter.replace_file(strange, size=-1, width="a", height=[])
    shelter.store.put(replace(shelter.media(strange), custom={"MF000gone": "MO000gone"}))
    shelter.update_media(hero, iptc={"caption": "<b>" * 1_000_000, "title": "\ud800"})
    query = {"org_id": brand, "sort_by": "file_name", "include": EVERYTHING}
    found = {one["id"]: one for one in editor.data("/media", **query, terms="<b>")}
    assert found[hero]["includes"]["iptc"]["data"]["attributes"]["title"] == "\ud800"
    told = {one["id"]: one for one in editor.data("/media", **query)}[strange]
    assert (told["attributes"]["file_name"], told["attributes"]["rating"]) == (None, "high")
    assert told["includes"]["custom-metadata"]["data"][0]["attributes"]["option_name"] is None
    assert told["includes"]["iptc"]["data"]["attributes"]["keywords"] == "x"
