"""The stack of the sandbox, as a stranger's client meets it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bridge_app.sandbox.contentstack.app import PREFIX
from bridge_app.sandbox.contentstack.sample import fill
from bridge_app.sandbox.contentstack.stack import API_KEY, TOKEN, StackSettings
from tests.sandbox.conftest import MakeSandbox

ENTRIES = "content_types/article/entries"


@pytest.fixture
def client(make_sandbox: MakeSandbox) -> Iterator[httpx.Client]:
    sandbox = make_sandbox(stack=StackSettings(calls_per_s=None, most_assets=3))
    fill(sandbox.stack)
    sandbox.start()
    headers = {"api_key": API_KEY, "authorization": TOKEN}
    with httpx.Client(base_url=f"{sandbox.url}{PREFIX}/v3/", headers=headers) as made:
        yield made


def spring(client: httpx.Client, **query: str) -> dict[str, Any]:
    listed = client.get(ENTRIES, params={"query": '{"title": "Spring"}', **query}).json()
    found: dict[str, Any] = listed["entries"][0]
    return found


def upload(client: httpx.Client, name: str = "a b.jpg", **texts: str) -> httpx.Response:
    told = {f"asset[{key}]": value for key, value in texts.items()}
    files = {"asset[upload]": (name, b"picture", "image/jpeg")}
    return client.post("assets", data=told, files=files)


def test_the_stack_is_asked_for_before_the_token(client: httpx.Client) -> None:
    assert client.get("locales", headers={"api_key": "x", "authorization": "x"}).status_code == 412
    assert client.get("locales", headers={"authorization": "x"}).status_code == 401


def test_a_title_is_its_entrys_alone(client: httpx.Client) -> None:
    answer = client.post(ENTRIES, json={"entry": {"title": "Summer"}})
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"title": ["is not unique."]}
    assert client.post(ENTRIES, json={"entry": {"title": "Autumn"}}).status_code == 201


def test_a_put_makes_the_localized_copy(client: httpx.Client) -> None:
    uid, german = spring(client)["uid"], {"locale": "de-de"}
    path = f"{ENTRIES}/{uid}"
    assert client.get(path, params=german).json()["entry"]["locale"] == "en-us"
    client.put(path, params=german, json={"entry": {"image_url": "https://example.com/"}})
    copy = client.get(path, params=german).json()["entry"]
    assert (copy["locale"], copy["title"]) == ("de-de", "Spring")
    rows = client.get(f"{path}/locales").json()["locales"]
    assert [one["code"] for one in rows if one["localized"]] == ["en-us", "de-de"]
    client.post(f"{path}/unlocalize", params=german)
    assert client.get(path, params=german).json()["entry"]["locale"] == "en-us"


def test_versions_count_and_stay_readable(client: httpx.Client) -> None:
    uid = spring(client)["uid"]
    client.put(f"{ENTRIES}/{uid}", json={"entry": {"title": "Spring, anew"}})
    now = client.get(f"{ENTRIES}/{uid}").json()["entry"]
    assert (now["_version"], now["title"]) == (2, "Spring, anew")
    before = client.get(f"{ENTRIES}/{uid}", params={"version": "1"}).json()["entry"]
    assert before["title"] == "Spring"


def test_assets_lie_in_folders_and_are_found_by_their_tags(client: httpx.Client) -> None:
    told = {"asset": {"name": "Heroes"}}
    folder = client.post("assets/folders", json=told).json()["asset"]["uid"]
    made = upload(client, parent_uid=folder, tags="ps:1,r:square")
    assert made.status_code == 201
    asset = made.json()["asset"]
    assert (asset["filename"], asset["file_size"]) == ("a_b.jpg", "7")
    query = {"query": '{"tags": {"$in": ["ps:1"]}}'}
    found = client.get("assets", params=query).json()["assets"]
    assert [one["uid"] for one in found] == [asset["uid"]]
    inside = client.get("assets", params={"folder": folder}).json()["assets"]
    assert [one["uid"] for one in inside] == [asset["uid"]]


def test_another_file_keeps_the_asset_and_changes_its_address(client: httpx.Client) -> None:
    before = upload(client).json()["asset"]
    files = {"asset[upload]": ("b.jpg", b"other picture", "image/jpeg")}
    after = client.put(f"assets/{before['uid']}", files=files).json()["asset"]
    assert after["uid"] == before["uid"]
    assert after["_version"] == before["_version"] + 1
    assert after["url"] != before["url"]


def test_an_asset_knows_the_entries_that_name_it(client: httpx.Client) -> None:
    uid, entry = upload(client).json()["asset"]["uid"], spring(client)["uid"]
    client.put(f"{ENTRIES}/{entry}", json={"entry": {"attachment": uid}})
    (found,) = client.get(f"assets/{uid}/references").json()["references"]
    assert found["entry_uid"] == entry


def test_a_stack_holds_so_many_assets(client: httpx.Client) -> None:
    answers = [upload(client).status_code for _ in range(4)]
    assert answers == [201, 201, 201, 422]


def test_many_are_published_and_taken_back_together(client: httpx.Client) -> None:
    entry, asset = spring(client)["uid"], upload(client).json()["asset"]["uid"]
    told = {
        "entries": [{"uid": entry, "content_type": "article", "locale": "en-us"}],
        "assets": [{"uid": asset}],
        "locales": ["en-us"],
        "environments": ["production"],
    }
    details = {"include_publish_details": "true"}
    assert client.post("bulk/publish", json=told).status_code == 201
    assert len(spring(client, **details)["publish_details"]) == 1
    assert len(client.get(f"assets/{asset}").json()["asset"]["publish_details"]) == 1
    client.post("bulk/unpublish", json=told)
    assert spring(client, **details)["publish_details"] == []
    assert client.get(f"assets/{asset}").json()["asset"]["publish_details"] == []


def test_where_to_publish_has_to_exist(client: httpx.Client) -> None:
    path = f"{ENTRIES}/{spring(client)['uid']}/publish"
    nowhere = {"entry": {"environments": ["nowhere"], "locales": ["en-us"]}}
    answer = client.post(path, json=nowhere)
    assert answer.status_code == 422
    assert "environments" in answer.json()["errors"]
