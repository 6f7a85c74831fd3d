"""Related assets, access modes, tokens that delete, addresses that stand for files."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader, utils
from cloudinary.exceptions import BadRequest, NotFound

from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox, utc_now
from tests.plain_http import plain

SDK = pytest.mark.usefixtures("sdk")


def related(public_id: str) -> list[str]:
    found = api.resource(public_id, related=True)["related_assets"]
    return [one["public_id"] for one in found]


@SDK
def test_relations_hold_in_both_directions_until_they_are_ended(jpeg: Path) -> None:
    for name in ("a", "b", "c"):
        uploader.upload(str(jpeg), public_id=name)
    reply = api.add_related_assets("a", ["image/upload/b", "image/upload/c", "image/upload/x"])
    assert [(one["asset"], one["status"]) for one in reply["success"]] == [
        ("image/upload/b", 200),
        ("image/upload/c", 200),
    ]
    assert [one["asset"] for one in reply["failed"]] == ["image/upload/x"]
    assert (related("a"), related("b")) == (["b", "c"], ["a"])
    again = api.add_related_assets("b", ["image/upload/a"])
    assert again["failed"][0]["code"] == "already_exists"
    api.delete_related_assets("b", ["image/upload/a"])
    assert (related("a"), related("b")) == (["c"], [])
    uploader.destroy("c")
    assert related("a") == []
    assert "related_assets" not in api.resource("a")


@SDK
def test_relations_can_be_made_by_asset_ids(jpeg: Path) -> None:
    one, two = (uploader.upload(str(jpeg), public_id=name)["asset_id"] for name in "ab")
    reply = api.add_related_assets_by_asset_ids(one, [two])
    assert reply["success"][0] == {
        "message": "success",
        "code": "success_ids",
        "asset_id": two,
        "status": 200,
    }
    assert related("b") == ["a"]
    assert api.delete_related_assets_by_asset_ids(one, [two])["success"]
    with pytest.raises(BadRequest, match="Too many assets"):
        api.add_related_assets_by_asset_ids(one, [two] * 11)
    with pytest.raises(NotFound):
        api.add_related_assets("nothing", ["image/upload/a"])


@SDK
@pytest.mark.parametrize(
    "publish",
    [
        lambda: api.publish_by_ids(["pic"]),
        lambda: api.publish_by_prefix("p"),
        lambda: api.publish_by_tag("t"),
    ],
)
def test_authenticated_assets_can_be_made_public(jpeg: Path, publish: Any) -> None:
    before = uploader.upload(str(jpeg), public_id="pic", type="authenticated", tags=["t"])
    (published,) = publish()["published"]
    assert published["asset_id"] == before["asset_id"]
    assert "/image/upload/" in published["url"]
    assert plain.get(published["url"]).status_code == 200
    assert publish()["published"] == []


@SDK
def test_the_old_access_mode_is_kept_and_changed(sdk: Sandbox, jpeg: Path) -> None:
    params = {"access_mode": "authenticated", "public_id": "pic", "timestamp": utils.now()}
    reply = uploader.call_api("upload", params, file=str(jpeg))
    assert reply["access_mode"] == "authenticated"
    changed = plain.post(
        f"{sdk.url}/v1_1/demo/resources/image/upload/update_access_mode",
        auth=("1234", "s3cr3t"),
        json={"access_mode": "public", "public_ids": ["pic"]},
    )
    assert changed.json()["updated"][0]["access_mode"] == "public"
    assert api.resource("pic")["access_mode"] == "public"


def test_an_upload_can_be_taken_back_without_a_signature_for_ten_minutes(
    make_sandbox: Any, connect: Any, jpeg: Path
) -> None:
    clock = [utc_now()]
    sandbox = make_sandbox(now=lambda: clock[0])
    sandbox.start()
    connect(sandbox)
    url = f"{sandbox.url}/v1_1/demo/delete_by_token"
    tokens = [
        uploader.upload(str(jpeg), return_delete_token=True)["delete_token"] for _ in range(2)
    ]
    assert plain.post(url, data={"token": tokens[0]}).json() == {"result": "ok"}
    assert plain.post(url, data={"token": tokens[0]}).status_code == 400
    clock[0] += timedelta(minutes=11)
    assert plain.post(url, data={"token": tokens[1]}).status_code == 400
    assert len(sandbox.stored("demo")) == 1


def test_a_file_of_this_machine_can_stand_for_an_address_elsewhere(
    make_sandbox: Any, connect: Any, jpeg: Path
) -> None:
    address = "https://pictures.example/logo.jpg"
    sandbox = make_sandbox(settings=Settings(remote_files={address: jpeg}))
    sandbox.start()
    connect(sandbox)
    reply = uploader.upload(address)
    assert (reply["etag"], reply["original_filename"]) == (
        uploader.upload(str(jpeg))["etag"],
        "logo",
    )
    fetched = uploader.explicit(address, type="fetch")
    assert (fetched["public_id"], fetched["type"]) == (address, "fetch")
    assert fetched["url"].endswith(f"/image/fetch/v{fetched['version']}/{address}")
    assert plain.get(fetched["url"]).content == jpeg.read_bytes()
    with pytest.raises(BadRequest, match="this machine only"):
        uploader.upload("https://pictures.example/other.jpg")


def test_secure_addresses_can_begin_with_something_that_has_tls(
    make_sandbox: Any, connect: Any, jpeg: Path
) -> None:
    sandbox = make_sandbox(settings=Settings(secure_delivery_base="https://cdn.example/"))
    sandbox.start()
    connect(sandbox)
    reply = uploader.upload(str(jpeg), public_id="pic", eager={"width": 5})
    assert reply["secure_url"] == reply["url"].replace(sandbox.url, "https://cdn.example")
    assert reply["eager"][0]["secure_url"].startswith("https://cdn.example/demo/image/upload/w_5/")


@SDK
def test_what_is_done_in_the_background_is_promised(jpeg: Path) -> None:
    reply = uploader.upload(str(jpeg), public_id="pic", **{"async": True})
    assert reply["status"] == "pending"
    assert (reply["public_id"], reply["resource_type"], reply["type"]) == ("pic", "image", "upload")
    assert api.resource("pic")["bytes"]
    later = uploader.explicit("nothing", type="facebook", **{"async": True})
    assert (later["status"], later["type"]) == ("pending", "facebook")
