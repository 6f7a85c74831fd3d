"""The small part of version 3: signing in, the tree, pictures, and reviews."""

import json
from typing import Any

import httpx
import pytest

from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.photoshelter.workspaces import add_workspace
from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain
from tests.sandbox.photoshelter.conftest import PASSWORD, People, Person
from tests.sandbox.photoshelter.wire import jpeg, picture


@pytest.fixture
def old(served: Sandbox, shelter: ShelterState, people: People, brand: str) -> Person:
    """An editor who speaks version 3, signed in and in the organization."""
    shelter.add_user("old@example.com", PASSWORD, organizations=[brand])
    person = people(served, key=shelter.settings.v3_api_key, version="v3.0")
    said = {"email": "old@example.com", "password": PASSWORD, "mode": "token"}
    reply = person.send("POST", "/mem/authenticate", data=said).json()
    assert reply["status"] == "ok"
    assert reply["data"]["org"][0]["id"] == brand
    person.client.headers["X-PS-Auth-Token"] = reply["data"]["token"]
    assert person.get(f"/mem/organization/{brand}/authenticate").status_code == 200
    return person


@pytest.fixture
def gallery(shelter: ShelterState, brand: str) -> str:
    spring = shelter.add_collection("Spring", organization=brand)
    return shelter.add_gallery("Heroes", organization=brand, parents=[spring])


@pytest.fixture
def hero(shelter: ShelterState, gallery: str) -> str:
    iptc = {"title": "Dawn", "keywords": ["ridge", "sea"], "caption": "A ridge."}
    return shelter.add_media(
        "hero.jpg", galleries=[gallery], data=jpeg(), iptc=iptc, model_released=True
    )


def test_a_session_tells_its_zone_and_ends(old: Person, brand: str) -> None:
    session = old.data("/mem/user/session")["Session"]
    assert (session["tz"], session["organization_id"]) == ("UTC", brand)
    assert old.get("/mem/authenticate/logout").status_code == 200
    after = old.get("/mem/user/session")
    assert (after.status_code, after.json()["status"]) == (401, "fail")


def test_the_tree_is_read_from_its_root(
    old: Person, shelter: ShelterState, brand: str, gallery: str
) -> None:
    (spring,) = shelter.container(gallery).parents
    root = old.data("/mem/collection/root/children")
    assert [one["Collection"]["collection_id"] for one in root["Children"]] == [spring]
    extend = json.dumps(
        {"Children": {"extend": {"Gallery": {"fields": "gallery_id,f_list", "params": {}}}}}
    )
    below = old.data(f"/mem/collection/{spring}/children", extend=extend)["Children"]
    assert below == [{"Gallery": {"gallery_id": gallery, "f_list": "f"}}]
    assert old.data(f"/mem/gallery/{gallery}/parent")["Collection"][0]["name"] == "Spring"
    queried = old.data("/mem/gallery/query", parent=spring, fields="name")
    assert queried["Gallery"] == [{"name": "Heroes"}]
    assert old.data("/mem/collection/query")["Collection"][0]["collection_id"] == spring
    assert old.data(f"/mem/collection/{spring}")["Collection"]["mode"] == "private"


def test_galleries_are_made_by_asking_for_them(
    old: Person, shelter: ShelterState, gallery: str
) -> None:
    (spring,) = shelter.container(gallery).parents
    query = {"name": "Web", "f_list": "t", "parent": spring}
    made = old.data("/mem/gallery/insert", **query)["Gallery"]["gallery_id"]
    container = shelter.container(made)
    assert (container.name, container.is_listed, container.parents) == ("Web", True, (spring,))
    assert old.get("/mem/gallery/insert", name=" ").status_code == 400
    body = {"visibility": "everyone"}
    reply = old.send("POST", f"/mem/collection/{spring}/visibility/update", data=body)
    assert reply.json()["data"]["Collection"]["mode"] == "everyone"


def test_a_picture_is_told_with_the_old_names(old: Person, hero: str, gallery: str) -> None:
    image = old.data(f"/mem/image/{hero}")["Image"]
    assert (image["image_id"], image["width"], image["model_released"]) == (hero, 120, "t")
    assert (image["f_searchable"], image["property_released"]) == ("f", None)
    assert len(image["updated_at"]) == len("2019-10-02 14:39:23")
    iptc = old.data(f"/mem/image/{hero}/iptc", fields="keyword,display_caption")["Iptc"]
    assert iptc == {"keyword": ["ridge", "sea"], "display_caption": "A ridge."}
    assert old.data(f"/mem/image/{hero}/galleries")["Gallery"][0]["gallery_id"] == gallery
    assert old.get(f"/mem/image/{hero}/download").content == jpeg()
    assert old.data(f"/mem/image/{hero}/xmp") == {"Xmp": {}}
    assert old.data(f"/mem/image/{hero}/exif") == {"Exif": {}}


def test_a_link_may_have_one_side(old: Person, hero: str) -> None:
    link = old.data(f"/mem/image/{hero}/link", image_size="x40", image_mode="fit")["ImageLink"]
    assert picture(plain.get(link["link"])).size == (60, 40)
    assert old.get(f"/mem/image/{hero}/link", image_size="wide").status_code == 400


def test_what_is_wanted_along_comes_along(old: Person, gallery: str, hero: str) -> None:
    extend = {"Image": {"fields": "file_name", "extend": {"Iptc": {"fields": "title"}}}}
    listed = old.data(
        f"/mem/gallery/{gallery}/images", extend=json.dumps(extend), fields="image_id"
    )
    expected = {"image_id": hero, "Image": {"file_name": "hero.jpg", "Iptc": {"title": "Dawn"}}}
    assert listed["GalleryImage"] == [expected]


DEEP = '{"Iptc":{"extend":' * 5 + "{}" + "}}" * 5


def test_joins_that_cannot_be_read_are_refused(old: Person, hero: str) -> None:
    for extend in ("{", "[]", '{"Iptc":{"extend":[1]}}', DEEP):
        reply = old.get(f"/mem/image/{hero}", extend=extend)
        assert (reply.status_code, reply.json()["status"]) == (400, "fail")


def test_a_search_takes_a_list_of_words(
    old: Person, shelter: ShelterState, gallery: str, hero: str
) -> None:
    shelter.add_media("b.jpg", galleries=[gallery], iptc={"keywords": ["ridge"]})

    def found(path: str, **query: Any) -> list[str]:
        return [one["image_id"] for one in old.data(path, **query)["Image"]]

    assert found("/mem/image/search", terms='["ridge","sea"]') == [hero]
    assert len(found("/media/search", terms="ridge", galleries=gallery)) == 2
    page = old.data("/mem/image/search", terms="ridge", per_page=1)
    assert page["Paging"]["next"] == 2
    assert "next" not in old.data("/mem/image/search", terms="ridge", per_page=2)["Paging"]
    assert old.get("/mem/image/search", terms="[").status_code == 400


def test_a_picture_is_uploaded_and_nothing_else(
    old: Person, shelter: ShelterState, gallery: str
) -> None:
    def send(name: str) -> httpx.Response:
        said = {"gallery_id": gallery, "f_searchable": "t"}
        files = {"file": (name, jpeg())}
        return old.send("POST", "/mem/image/upload", data=said, files=files)

    made = send("new.jpg").json()["data"]["Image"]
    assert (made["file_name"], made["f_searchable"]) == ("new.jpg", "t")
    assert shelter.media(made["image_id"]).searchable
    assert send("terms.pdf").status_code == 415


def test_reviews_are_read_and_given(
    old: Person, shelter: ShelterState, brand: str, hero: str
) -> None:
    wall = add_workspace(shelter, "Wall", organization=brand, media=[hero])
    assert old.data("/workspace/query")["Workspace"][0]["workspace_id"] == wall
    path = f"/workspace/{wall}/media/{hero}/review"
    assert old.data(path)["Review"]["state"] == "pending"
    voted = old.send("POST", path, data={"vote": "up"}).json()["data"]["Review"]
    assert (voted["state"], voted["media_id"]) == ("approved", hero)
    assert old.send("POST", path, data={"vote": "?"}).status_code == 400
    joins = {"Media": {"fields": "image_id"}, "Iptc": {"fields": "title"}, "CommentCount": {}}
    extend = {"WorkspaceImage": {"extend": {**joins, "Link": {"fields": "base"}, "Group": {}}}}
    (found,) = old.data(f"/workspace/{wall}/media", extend=json.dumps(extend))["WorkspaceMedia"]
    image = found["WorkspaceImage"]
    assert image["Media"] == {"image_id": hero}
    assert image["Iptc"] == {"title": "Dawn"}
    assert (image["CommentCount"], image["Group"]) == (0, None)
    assert image["Link"]["base"].startswith("http://127.0.0.1")
