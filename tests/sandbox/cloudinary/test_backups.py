"""Kept versions: listed, had back, forgotten; and what is left of deleted assets."""

import io
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader, utils
from cloudinary.exceptions import BadRequest, NotFound

from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

pytestmark = pytest.mark.usefixtures("sdk")


@pytest.fixture
def kept(jpeg: Path, png: bytes) -> tuple[Any, Any]:
    """Two versions of `pic`, both kept: a JPEG, then a PNG."""
    first = uploader.upload(str(jpeg), public_id="pic", backup=True)
    return first, uploader.upload(io.BytesIO(png), public_id="pic", backup=True)


def test_versions_are_listed_for_those_who_ask(kept: tuple[Any, Any]) -> None:
    first, second = kept
    versions = api.resource("pic", versions=True)["versions"]
    assert [one["version_id"] for one in versions] == [first["version_id"], second["version_id"]]
    assert [one["size"] for one in versions] == [first["bytes"], second["bytes"]]
    assert versions[0]["version"] == str(first["version"])
    assert "versions" not in api.resource("pic")


def test_a_version_is_had_back_as_the_newest_one(kept: tuple[Any, Any], jpeg: Path) -> None:
    first, second = kept
    info = api.restore(["pic"], versions=[first["version_id"]])["pic"]
    assert (info["format"], info["bytes"]) == ("jpg", first["bytes"])
    assert info["asset_id"] == first["asset_id"]
    assert info["version"] > second["version"]
    assert info["version_id"] not in {first["version_id"], second["version_id"]}
    assert plain.get(info["url"]).content == jpeg.read_bytes()
    assert len(api.resource("pic", versions=True)["versions"]) == 3


def test_a_deleted_asset_leaves_a_placeholder_and_can_be_had_back(
    sdk: Sandbox, kept: tuple[Any, Any]
) -> None:
    first, second = kept
    assert api.delete_resources(["pic"])["deleted"] == {"pic": "deleted"}
    gone = api.resource_by_asset_id(first["asset_id"])
    assert (gone["bytes"], gone["placeholder"]) == (0, True)
    assert plain.get(second["url"]).status_code == 404
    assert api.resources()["resources"] == []
    info = api.restore_by_asset_ids([first["asset_id"]])[first["asset_id"]]
    assert (info["public_id"], info["bytes"]) == ("pic", second["bytes"])
    (asset,) = sdk.stored("demo")
    assert (asset.asset_id, asset.etag) == (first["asset_id"], second["etag"])
    assert plain.get(info["url"]).status_code == 200


def test_an_upload_in_the_place_of_a_deleted_asset_is_its_next_version(
    kept: tuple[Any, Any], jpeg: Path
) -> None:
    uploader.destroy("pic")
    again = uploader.upload(str(jpeg), public_id="pic")
    assert again["asset_id"] == kept[0]["asset_id"]
    assert api.resource("pic")["placeholder"] is False
    assert len(api.resource("pic", versions=True)["versions"]) == 2


def test_what_was_not_kept_cannot_be_had_back(jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="once")
    assert api.restore(["once", "never"]) == {
        "once": {"error": "no_backup"},
        "never": {"error": "not_found"},
    }
    uploader.destroy("once")
    with pytest.raises(NotFound):
        api.resource("once")


def test_versions_can_be_forgotten_for_good(kept: tuple[Any, Any]) -> None:
    first, second = kept
    api.delete_backed_up_assets(first["asset_id"], [first["version_id"]])
    (left,) = api.resource("pic", versions=True)["versions"]
    assert left["version_id"] == second["version_id"]
    uploader.destroy("pic")
    api.delete_backed_up_assets(first["asset_id"], [second["version_id"]])
    with pytest.raises(NotFound):
        api.resource("pic")
    with pytest.raises(NotFound):
        api.delete_backed_up_assets(first["asset_id"], [second["version_id"]])


def test_the_bytes_of_a_version_can_be_downloaded(kept: tuple[Any, Any], jpeg: Path) -> None:
    first, _ = kept
    url = utils.download_backedup_asset(first["asset_id"], first["version_id"])
    assert plain.get(url).content == jpeg.read_bytes()
    assert plain.get(url + "0").status_code == 401


def test_versions_outlive_a_restart_and_leave_no_files_behind(
    make_sandbox: Any, connect: Any, tmp_path: Path, jpeg: Path
) -> None:
    sandbox = make_sandbox(state=tmp_path)
    sandbox.start()
    connect(sandbox)
    kept = uploader.upload(str(jpeg), public_id="pic", backup=True)
    uploader.destroy("pic")
    stray = tmp_path / "demo" / "backups" / "stray"
    stray.write_bytes(b"left by a killed process")
    sandbox.stop()
    sandbox.start()
    assert not stray.exists()
    assert api.resource("pic")["placeholder"] is True
    assert api.restore(["pic"])["pic"]["bytes"] == kept["bytes"]


def test_a_folder_with_deleted_assets_is_given_up_only_on_purpose(jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic", asset_folder="spring", backup=True)
    uploader.destroy("pic")
    with pytest.raises(BadRequest, match="not empty"):
        api.delete_folder("spring")
    assert api.delete_folder("spring", skip_backup=True)["deleted"] == ["spring"]
    assert api.restore(["pic"]) == {"pic": {"error": "not_found"}}


def test_assets_had_back_take_their_old_place_in_listings(jpeg: Path) -> None:
    for name in ("a", "b", "c"):
        uploader.upload(str(jpeg), public_id=name, backup=True)
    uploader.destroy("b")
    api.restore(["b"])
    first = api.resources(max_results=2)
    rest = api.resources(max_results=2, next_cursor=first["next_cursor"])
    names = [one["public_id"] for one in first["resources"] + rest["resources"]]
    assert names == ["c", "b", "a"]
    assert "next_cursor" not in rest
