"""Upload presets, by the official SDK."""

import re
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import BadRequest, NotFound

from bridge_app.sandbox.server import Sandbox

pytestmark = pytest.mark.usefixtures("sdk")


def test_presets_are_created_read_changed_and_deleted() -> None:
    reply = api.create_upload_preset(name="web", unsigned=True, tags="a,b", folder="in")
    assert (reply["message"], reply["name"]) == ("created", "web")
    assert api.upload_preset("web")["settings"] == {"tags": ["a", "b"], "folder": "in"}
    assert api.update_upload_preset("web", tags="c", unsigned=False)["message"] == "updated"
    preset = api.upload_preset("web")
    assert (preset["unsigned"], preset["settings"]) == (False, {"tags": ["c"], "folder": "in"})
    assert [one["name"] for one in api.upload_presets()["presets"]] == ["web"]
    assert api.delete_upload_preset("web")["message"] == "deleted"
    with pytest.raises(NotFound):
        api.upload_preset("web")


def test_settings_are_shown_in_their_parts() -> None:
    api.create_upload_preset(
        name="web",
        width=100,
        crop="scale",
        tags=["a", "b"],
        context={"k": "v=1", "l": "w"},
        eager=[{"width": 5, "crop": "scale"}],
        faces=True,
        auto_tagging=0.5,
        moderation="manual",
        allowed_formats=["jpg", "png"],
    )
    assert api.upload_preset("web")["settings"] == {
        "transformation": [{"crop": "scale", "width": 100}],
        "tags": ["a", "b"],
        "context": {"k": "v=1", "l": "w"},
        "eager": "c_scale,w_5",
        "faces": True,
        "auto_tagging": 0.5,
        "moderation": "manual",
        "allowed_formats": "jpg,png",
    }


def test_what_a_preset_asks_for_is_done(jpeg: Path) -> None:
    api.create_upload_preset(
        name="web", width=10, crop="scale", tags="a", context={"k": "v"}, eager="w_5,c_scale"
    )
    reply = uploader.upload(str(jpeg), upload_preset="web")
    assert (reply["width"], reply["tags"]) == (10, ["a"])
    assert reply["context"] == {"custom": {"k": "v"}}
    assert [one["width"] for one in reply["eager"]] == [5]


def test_a_preset_that_could_never_work_is_refused() -> None:
    for options in ({"raw_transformation": "w_wide"}, {"eager": "w_5|c_scale,w_wide"}):
        with pytest.raises(BadRequest):
            api.create_upload_preset(name="odd", **options)
    assert api.upload_presets()["presets"] == []


def test_a_nameless_preset_gets_a_name() -> None:
    assert api.upload_preset(api.create_upload_preset(tags="a")["name"])["unsigned"] is False


def test_an_unsigned_upload_needs_a_preset_that_allows_it(sdk: Sandbox, jpeg: Path) -> None:
    api.create_upload_preset(name="signed-only", tags="a")
    for preset, message in [
        ("", "Upload preset must be specified when using unsigned upload"),
        ("nothing", "Upload preset not found"),
        ("signed-only", "Upload preset must be whitelisted for unsigned uploads"),
    ]:
        with pytest.raises(BadRequest, match=message):
            uploader.unsigned_upload(str(jpeg), preset)
    assert sdk.stored("demo") == []


def test_an_unsigned_upload_never_overwrites(sdk: Sandbox, jpeg: Path) -> None:
    api.create_upload_preset(name="web", unsigned=True, overwrite=True)
    uploader.unsigned_upload(str(jpeg), "web", public_id="pic")
    assert uploader.unsigned_upload(str(jpeg), "web", public_id="pic")["existing"] is True
    assert sdk.stored("demo")[0].uploads == 1


def test_an_unsigned_upload_may_ask_for_little(jpeg: Path) -> None:
    api.create_upload_preset(name="web", unsigned=True)
    refusal = "Eager parameter is not allowed when using unsigned upload. Only upload_preset,"
    with pytest.raises(BadRequest, match=re.escape(refusal)):
        uploader.unsigned_upload(str(jpeg), "web", eager="w_10")


def test_unsigned_the_preset_wins_and_lists_are_joined(jpeg: Path) -> None:
    api.create_upload_preset(name="web", unsigned=True, tags="a", asset_folder="in")
    reply = uploader.unsigned_upload(str(jpeg), "web", tags="b", asset_folder="out")
    assert (reply["tags"], reply["asset_folder"]) == (["a", "b"], "in")


def test_signed_the_request_wins(jpeg: Path) -> None:
    api.create_upload_preset(name="web", tags="a", asset_folder="in", use_filename=True)
    reply = uploader.upload(str(jpeg), upload_preset="web", tags="b", unique_filename=False)
    assert (reply["tags"], reply["asset_folder"], reply["public_id"]) == (["b"], "in", "logo")


def test_a_preset_may_forbid_public_ids(jpeg: Path) -> None:
    api.create_upload_preset(name="web", unsigned=True, disallow_public_id=True)
    with pytest.raises(BadRequest, match="public_id"):
        uploader.unsigned_upload(str(jpeg), "web", public_id="pic")
    reply: Any = uploader.unsigned_upload(str(jpeg), "web")
    assert len(reply["public_id"]) == 20
