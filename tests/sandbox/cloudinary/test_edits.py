"""Explicit, rename, destroy, tags and context, by the official SDK."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import BadRequest, NotFound

from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

pytestmark = pytest.mark.usefixtures("sdk")


@pytest.fixture
def pic(sdk: Sandbox, jpeg: Path) -> Any:
    """An asset called `pic`."""
    return uploader.upload(str(jpeg), public_id="pic", tags=["a"], context={"alt": "old", "n": "1"})


def test_explicit_replaces_tags_and_context_and_derives_again(pic: Any) -> None:
    eager = {"width": 10, "crop": "scale"}
    first = uploader.explicit("pic", type="upload", tags=["b"], context={"alt": "new"}, eager=eager)
    again = uploader.explicit("pic", type="upload", eager=eager)
    assert first["tags"] == ["b"]
    assert first["context"] == {"custom": {"alt": "new"}}
    assert first["eager"][0]["width"] == 10
    (derived,) = api.resource("pic")["derived"]
    assert derived["transformation"] == "c_scale,w_10"
    assert again["tags"] == ["b"]


def test_an_asset_is_destroyed_by_its_asset_id(sandbox: Sandbox, pic: Any) -> None:
    def destroyed(**said: str) -> Any:
        url = f"{sandbox.url}/v1_1/demo/asset/destroy"
        return plain.post(url, data=said, auth=("1234", "s3cr3t")).json()

    assert destroyed()["error"]["message"] == "Missing required parameter - asset_id"
    assert destroyed(asset_id=pic["asset_id"]) == {"result": "ok"}
    assert destroyed(asset_id=pic["asset_id"]) == {"result": "not found"}


def test_explicit_moves_and_names(pic: Any) -> None:
    reply = uploader.explicit("pic", type="upload", display_name="Hero", asset_folder="spring")
    assert (reply["display_name"], reply["asset_folder"]) == ("Hero", "spring")
    assert reply["asset_id"] == pic["asset_id"]
    assert [one["path"] for one in api.root_folders()["folders"]] == ["spring"]


def test_explicit_of_nothing_is_not_found() -> None:
    with pytest.raises(NotFound, match="Resource not found - nothing"):
        uploader.explicit("nothing", type="upload")


def test_renaming_keeps_the_identity_and_ends_the_old_url(pic: Any) -> None:
    plain.get(pic["url"].replace("/v", "/w_5/v", 1)).raise_for_status()
    reply = uploader.rename("pic", "other/pic")
    assert reply["asset_id"] == pic["asset_id"]
    assert reply["public_id"] == "other/pic"
    assert reply["display_name"] == "pic"
    assert plain.get(pic["url"]).status_code == 404
    assert plain.get(reply["url"]).status_code == 200
    assert api.resource("other/pic")["derived"] == []


def test_renaming_onto_another_asset_needs_overwrite(sdk: Sandbox, pic: Any, png: bytes) -> None:
    uploader.upload(io.BytesIO(png), public_id="there")
    with pytest.raises(BadRequest, match="to_public_id there already exists"):
        uploader.rename("pic", "there")
    assert uploader.rename("pic", "there", overwrite=True)["format"] == "jpg"
    assert [asset.public_id for asset in sdk.stored("demo")] == ["there"]


def test_renaming_can_change_the_delivery_type(pic: Any) -> None:
    reply = uploader.rename("pic", "pic", to_type="private")
    assert reply["type"] == "private"
    assert plain.get(pic["url"]).status_code == 404
    assert plain.get(reply["url"]).status_code == 200


def test_renaming_gives_no_delivery_type_that_nothing_is_delivered_by(pic: Any) -> None:
    with pytest.raises(BadRequest, match="Invalid delivery type nonsense"):
        uploader.rename("pic", "pic", to_type="nonsense")
    assert plain.get(pic["url"]).status_code == 200


@pytest.mark.parametrize(
    "label",
    [
        lambda: uploader.add_tag("x" * 256, ["pic"]),
        lambda: uploader.add_tag([str(n) for n in range(1_000)], ["pic"]),
        lambda: uploader.add_context({"alt": "x" * 1_025}, ["pic"]),
        lambda: uploader.add_context({str(n): "x" for n in range(1_000)}, ["pic"]),
        lambda: uploader.explicit("pic", type="upload", tags=["x" * 256]),
        lambda: uploader.explicit("pic", type="upload", context={"alt": "x" * 1_025}),
        lambda: api.update("pic", tags=["x" * 256]),
        lambda: uploader.upload("data:image/gif;base64,R0lGODlhAQABAAAAACw=", tags="x" * 256),
    ],
)
def test_tags_and_context_have_bounds(sdk: Sandbox, pic: Any, label: Callable[[], object]) -> None:
    with pytest.raises(BadRequest, match=r"too long|Too many"):
        label()
    assert [(one.tags, one.context) for one in sdk.stored("demo")] == [
        (("a",), {"alt": "old", "n": "1"})
    ]


def test_tags_and_context_may_be_as_long_as_their_bounds(pic: Any) -> None:
    uploader.add_tag("x" * 255, ["pic"])
    uploader.add_context({"alt": "x" * 1_024}, ["pic"])
    told = api.resource("pic")
    assert (told["tags"], len(told["context"]["custom"]["alt"])) == (["a", "x" * 255], 1_024)


def test_renaming_nothing_is_not_found() -> None:
    with pytest.raises(NotFound, match="Resource not found - nothing"):
        uploader.rename("nothing", "something")


def test_destroying_is_done_once_and_no_error_twice(sdk: Sandbox, pic: Any) -> None:
    assert uploader.destroy("pic")["result"] == "ok"
    assert uploader.destroy("pic")["result"] == "not found"
    assert sdk.stored("demo") == []
    assert plain.get(pic["url"]).status_code == 404


@pytest.mark.parametrize(
    ("command", "tags"),
    [
        (lambda: uploader.add_tag("b,c", ["pic"]), ["a", "b", "c"]),
        (lambda: uploader.remove_tag("a", ["pic"]), None),
        (lambda: uploader.replace_tag("x", ["pic"]), ["x"]),
        (lambda: uploader.remove_all_tags(["pic"]), None),
        (lambda: uploader.add_tag("é|=,", "pic"), ["a", "é|="]),
    ],
)
def test_tags_follow_each_command(pic: Any, command: Any, tags: list[str] | None) -> None:
    assert command()["public_ids"] == ["pic"]
    assert api.resource("pic").get("tags") == tags


def test_an_exclusive_tag_leaves_all_others(pic: Any, png: bytes) -> None:
    uploader.upload(io.BytesIO(png), public_id="other", tags=["hero", "b"])
    uploader.add_tag("hero", "pic", exclusive=True)
    assert api.resource("pic")["tags"] == ["a", "hero"]
    assert api.resource("other")["tags"] == ["b"]


def test_tagging_what_is_not_there_is_no_error(pic: Any) -> None:
    assert uploader.add_tag("b", ["nothing", "pic"])["public_ids"] == ["pic"]


def test_context_is_added_and_emptied(pic: Any) -> None:
    uploader.add_context({"alt": "a=b|c", "new": "ü"}, ["pic"])
    custom = {"alt": "a=b|c", "n": "1", "new": "ü"}
    assert api.resource("pic")["context"] == {"custom": custom}
    uploader.remove_all_context(["pic"])
    assert "context" not in api.resource("pic")


def test_editing_needs_a_signature(sandbox: Sandbox, pic: Any) -> None:
    reply = plain.post(f"{sandbox.url}/v1_1/demo/image/destroy", data={"public_id": "pic"})
    assert reply.status_code == 400
    assert [asset.public_id for asset in sandbox.stored("demo")] == ["pic"]
