"""The tree: what lies where, how it is listed, and what is said of it."""

from datetime import timedelta
from typing import Any

import pytest

from bridge_app.sandbox.photoshelter.records import AccessRight
from bridge_app.sandbox.photoshelter.state import ShelterState
from tests.sandbox.photoshelter.conftest import Person


def names(items: list[dict[str, Any]]) -> list[str]:
    return [one["attributes"]["name"] for one in items]


@pytest.fixture
def campaign(shelter: ShelterState, brand: str) -> str:
    return shelter.add_collection("Spring 2027", organization=brand)


@pytest.fixture
def heroes(shelter: ShelterState, brand: str, campaign: str) -> str:
    return shelter.add_gallery("Heroes", organization=brand, parents=[campaign])


def test_the_root_lists_collections_and_galleries_without_a_parent(
    editor: Person, shelter: ShelterState, brand: str, campaign: str, heroes: str
) -> None:
    loose = shelter.add_gallery("Loose", organization=brand, is_listed=True)
    listed = editor.data("/library")
    assert [(one["id"], one["type"]) for one in listed] == [
        (campaign, "collection"),
        (loose, "gallery"),
    ]
    assert [one["id"] for one in editor.data("/library", is_listed="true")] == [loose]
    children = editor.data(f"/collections/{campaign}/children")
    assert [one["id"] for one in children] == [heroes]


def test_a_container_says_what_is_known_of_it(
    editor: Person, shelter: ShelterState, brand: str, campaign: str
) -> None:
    shelter.update_container(
        campaign, description="For the spring", modified_at=shelter.clock.now()
    )
    found = editor.data(f"/collections/{campaign}")
    assert found["links"]["self"] == f"{editor.api}/collections/{campaign}"
    attributes = found["attributes"]
    assert attributes["access_id"].startswith("A0000")
    assert {name: attributes[name] for name in ("name", "description", "mode", "org_id")} == {
        "name": "Spring 2027",
        "description": "For the spring",
        "mode": "private",
        "org_id": brand,
    }
    # Containers tell no zone, and microseconds.
    assert len(attributes["modified_at"]) == len("2019-04-25T14:54:12.136828")


def test_collections_and_galleries_are_found_by_name_and_parent(
    editor: Person, shelter: ShelterState, brand: str, campaign: str, heroes: str
) -> None:
    inner = shelter.add_collection("Spring 2027", organization=brand, parents=[campaign])
    assert names(editor.data("/collections", name="spring 2027")) == []
    assert len(editor.data("/collections", name="Spring 2027")) == 2
    assert len(editor.data("/collections", name="SPRING", match="false")) == 2
    assert [one["id"] for one in editor.data("/collections", parent="")] == [campaign]
    assert [one["id"] for one in editor.data("/collections", parent=campaign)] == [inner]
    assert [one["id"] for one in editor.data("/galleries", name="hero")] == [heroes]
    assert [one["id"] for one in editor.data("/galleries", parent=campaign)] == [heroes]


def test_the_whole_tree_is_told_in_two_listings(
    editor: Person, campaign: str, heroes: str, shelter: ShelterState
) -> None:
    shelter.add_media("a.jpg", galleries=[heroes])
    listed = editor.data("/galleries", include="parents,child-count", per_page=500)
    includes = listed[0]["includes"]
    assert [one["id"] for one in includes["parents"]["data"]] == [campaign]
    assert includes["child-count"]["data"]["image"] == 1


def test_listings_come_in_pages_with_the_addresses_of_others(
    editor: Person, shelter: ShelterState, brand: str
) -> None:
    for number in range(7):
        shelter.add_collection(f"C{number}", organization=brand)
    first = editor.get("/library", per_page=3).json()
    paging = first["meta"]["paging"]
    assert (paging["total"], paging["page"]) == (7, 1)
    assert "prev" not in paging
    seen = names(first["data"])
    while "next" in paging:
        page = editor.client.get(paging["next"]).json()
        paging = page["meta"]["paging"]
        seen += names(page["data"])
    assert seen == [f"C{number}" for number in range(7)]
    assert (paging["page"], "prev" in paging, "next" in paging) == (3, True, False)


@pytest.mark.parametrize(
    ("query", "status", "count"),
    [
        ({"page": 0, "per_page": 2}, 200, 2),
        ({"page": 1, "per_page": 0}, 200, 1),
        ({"page": 1, "per_page": 10_000}, 200, 3),
        ({"page": 999, "per_page": 1}, 200, 0),
        ({"page": 1_000, "per_page": 1}, 400, 0),
        ({"page": "x"}, 400, 0),
        ({"sort_by": "colour"}, 400, 0),
        ({"sort_by": "name", "sort_direction": "sideways"}, 400, 0),
    ],
)
def test_pages_have_bounds(
    editor: Person,
    shelter: ShelterState,
    brand: str,
    query: dict[str, Any],
    status: int,
    count: int,
) -> None:
    for number in range(3):
        shelter.add_collection(f"C{number}", organization=brand)
    reply = editor.get("/library", **query)
    assert reply.status_code == status
    assert len(reply.json().get("data", [])) == count


def test_addresses_of_pages_tell_no_key(editor: Person, shelter: ShelterState, brand: str) -> None:
    shelter.add_collection("C", organization=brand)
    reply = editor.get("/library", api_key="SandboxKey4", per_page=1)
    assert "SandboxKey4" not in reply.text


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["alpha", "Beta", "gamma"]),
        ("creation_time", ["gamma", "alpha", "Beta"]),
        ("modification_time", ["gamma", "Beta", "alpha"]),
        ("display_order", ["gamma", "alpha", "Beta"]),
    ],
)
def test_listings_have_orders(
    editor: Person, shelter: ShelterState, brand: str, order: str, expected: list[str]
) -> None:
    made = {}
    for name in ("gamma", "alpha", "Beta"):
        made[name] = shelter.add_gallery(name, organization=brand)
        shelter.clock.advance(timedelta(seconds=1))
    shelter.update_container(made["alpha"])
    assert names(editor.data("/library", sort_by=order)) == expected
    turned = editor.data("/library", sort_by=order, sort_direction="descending")
    assert names(turned) == expected[::-1]


def test_the_count_of_children_goes_by_kind(
    editor: Person, shelter: ShelterState, campaign: str, heroes: str
) -> None:
    for name in ("a.jpg", "b.tif", "c.mp4", "d.wav", "e.pdf"):
        shelter.add_media(name, galleries=[heroes])
    for spelling in ("child-count", "count", "children/count"):
        reply = editor.get(f"/galleries/{heroes}/{spelling}").json()
        assert reply["meta"]["children_count"] == {
            "total": 5,
            "image": 2,
            "video": 1,
            "audio": 1,
            "document": 1,
        }
    reply = editor.get(f"/collections/{campaign}/child-count").json()
    assert reply["meta"]["children_count"] == {"total": 1, "galleries": 1, "collections": 0}


def test_a_gallery_tells_of_its_media_no_more_than_place_and_times(
    editor: Person, shelter: ShelterState, heroes: str
) -> None:
    made = [shelter.add_media(name, galleries=[heroes]) for name in ("b.jpg", "a.mp4")]
    children = editor.data(f"/galleries/{heroes}/children")
    assert [(one["id"], one["type"]) for one in children] == [
        (made[0], "image"),
        (made[1], "video"),
    ]
    assert "file_name" not in children[0]["attributes"]
    assert [one["attributes"]["display_order"] for one in children] == [1, 2]
    by_name = editor.data(f"/galleries/{heroes}/children", sort_by="file_name")
    assert [one["id"] for one in by_name] == made[::-1]
    assert editor.data(f"/galleries/{heroes}/children/{made[1]}")["id"] == made[1]
    assert editor.get(f"/galleries/{heroes}/children/I0000nowhere....").status_code == 404


def test_the_cover_is_the_first_four_and_the_key_image_the_first_picture(
    editor: Person, shelter: ShelterState, campaign: str, heroes: str
) -> None:
    shelter.add_media("film.mp4", galleries=[heroes])
    pictures = [shelter.add_media(f"{one}.jpg", galleries=[heroes]) for one in range(5)]
    assert len(editor.data(f"/galleries/{heroes}/cover")) == 4
    image = editor.data(f"/collections/{campaign}/key_image")
    assert (image["id"], image["attributes"]["custom"]) == (pictures[0], False)
    chosen = editor.send("PATCH", f"/galleries/{heroes}/key-image", json={"image_id": pictures[3]})
    assert chosen.status_code == 200
    image = editor.data(f"/galleries/{heroes}/keyimage")
    assert (image["id"], image["attributes"]["custom"]) == (pictures[3], True)


def test_what_has_no_picture_has_no_key_image(editor: Person, heroes: str) -> None:
    assert editor.get(f"/galleries/{heroes}/key-image").status_code == 404


def test_the_path_leads_from_the_leaf_to_the_root(
    editor: Person, shelter: ShelterState, brand: str, campaign: str
) -> None:
    inner = shelter.add_collection("Inner", organization=brand, parents=[campaign])
    leaf = shelter.add_gallery("Leaf", organization=brand, parents=[inner])
    assert names(editor.data(f"/galleries/{leaf}/path")) == ["Leaf", "Inner", "Spring 2027"]
    assert editor.data(f"/collections/{inner}/parent")["id"] == campaign
    assert editor.get(f"/collections/{campaign}/parent").status_code == 404


def test_a_tree_that_is_a_circle_is_told_without_end_of_the_service(
    editor: Person, shelter: ShelterState, brand: str, campaign: str
) -> None:
    inner = shelter.add_collection("Inner", organization=brand, parents=[campaign], inherits=True)
    shelter.update_container(campaign, parents=(inner,), inherits=True)
    assert names(editor.data(f"/collections/{inner}/path")) == ["Inner", "Spring 2027"]
    assert editor.get(f"/collections/{inner}/key-image").status_code == 404
    assert editor.data(f"/collections/{inner}/permissions")["attributes"]["mode"] == "private"
    assert editor.send("DELETE", f"/collections/{inner}").status_code == 204
    assert editor.get(f"/collections/{campaign}").status_code == 404


def test_a_gallery_may_lie_in_several_collections(
    editor: Person, shelter: ShelterState, brand: str, campaign: str, heroes: str
) -> None:
    press = shelter.add_collection("Press", organization=brand)
    added = editor.send("POST", f"/galleries/{heroes}/parents", json={"collection_id": press})
    assert added.status_code == 201
    parents = editor.data(f"/galleries/{heroes}/parents")
    assert [one["id"] for one in parents] == [campaign, press]
    # The one that a call comes by stands first.
    assert editor.data(f"/galleries/{heroes}/parent", collection_id=press)["id"] == press
    assert editor.send("DELETE", f"/galleries/{heroes}/parents/{campaign}").status_code == 204
    assert editor.data(f"/collections/{campaign}/children") == []


def test_rights_are_told_with_where_they_come_from(
    editor: Person, shelter: ShelterState, campaign: str, heroes: str
) -> None:
    above = AccessRight(
        id="AR000q1WeRtYu.90",
        kind="password",
        value="tide",
        terms={"download_image_size": 2400},
    )
    shelter.update_container(campaign, mode="permission", rights=(above,))
    shelter.update_container(heroes, inherits=True)
    found = editor.data(f"/galleries/{heroes}/permissions")["attributes"]
    assert (found["mode"], found["native_mode"], found["native"]) == ("permission", "private", [])
    inherited = found["inherited"][0]
    assert (inherited["collection_id"], inherited["type"]) == (campaign, "password")
    assert inherited["attributes"]["download_image_size"] == 2400
    assert inherited["attributes"]["password"] == "tide"


def test_a_link_leads_to_where_people_see_it(editor: Person, heroes: str) -> None:
    assert heroes in editor.data(f"/galleries/{heroes}/link")["attributes"]["link"]


@pytest.mark.parametrize("name", ["Presse / Press 🌊 <b>\"'&", "half \ud800", "\0\x1b[2J"])
def test_names_hold_whatever_people_write(
    editor: Person, shelter: ShelterState, brand: str, name: str
) -> None:
    made = shelter.add_collection(name, organization=brand)
    for path in ("", "/link", "/path"):
        assert editor.get(f"/collections/{made}{path}").status_code == 200
    assert editor.data(f"/collections/{made}")["attributes"]["name"] == name


def test_identifiers_tell_capitals_apart(editor: Person, shelter: ShelterState, brand: str) -> None:
    for letter in "aA":
        shelter.add_gallery(letter, organization=brand, id=f"G0000x.y_{letter}bcdef.")
    assert editor.data("/galleries/G0000x.y_abcdef.")["attributes"]["name"] == "a"
    assert editor.data("/galleries/G0000x.y_Abcdef.")["attributes"]["name"] == "A"
