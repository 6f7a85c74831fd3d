"""Folders, by the official SDK, in both folder modes."""

import io
from typing import Any

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import AlreadyExists, BadRequest, NotFound

from bridge_app.sandbox.server import Sandbox


def paths(listing: Any) -> list[str]:
    return [one["path"] for one in listing["folders"]]


@pytest.mark.usefixtures("sdk")
def test_folders_are_created_with_those_above_them() -> None:
    reply = api.create_folder("a/b c/ü")
    assert (reply["success"], reply["path"], reply["name"]) == (True, "a/b c/ü", "ü")
    assert api.create_folder("a/b c/ü")["success"] is True
    root = api.root_folders()
    assert (paths(root), root["total_count"], root["next_cursor"]) == (["a"], 1, None)
    assert paths(api.subfolders("a")) == ["a/b c"]
    assert paths(api.subfolders("a/b c")) == ["a/b c/ü"]
    assert len(root["folders"][0]["external_id"]) == 34


@pytest.mark.usefixtures("sdk")
def test_an_unknown_folder_is_not_found() -> None:
    for call in (api.subfolders, api.delete_folder):
        with pytest.raises(NotFound, match="Can't find folder with path nowhere"):
            call("nowhere")


@pytest.mark.usefixtures("sdk")
def test_a_folder_is_deleted_only_when_nothing_lies_in_it(png: bytes) -> None:
    api.create_folder("a/empty")
    uploader.upload(io.BytesIO(png), public_id="pic", asset_folder="a/full")
    with pytest.raises(BadRequest, match="Folder is not empty"):
        api.delete_folder("a")
    uploader.destroy("pic")
    assert api.delete_folder("a")["deleted"] == ["a", "a/empty", "a/full"]
    assert paths(api.root_folders()) == []


@pytest.mark.usefixtures("sdk")
def test_renaming_a_folder_moves_its_assets_and_no_public_id(png: bytes) -> None:
    uploader.upload(io.BytesIO(png), public_id="x/pic", asset_folder="a/deep")
    api.create_folder("taken")
    with pytest.raises(AlreadyExists):
        api.rename_folder("a", "taken")
    reply = api.rename_folder("a", "b/c")
    assert reply["from"]["path"], reply["to"]["path"] == ("a", "b/c")
    assert api.resource("x/pic")["asset_folder"] == "b/c/deep"
    assert paths(api.root_folders()) == ["b", "taken"]


def test_in_fixed_mode_folders_follow_public_ids(fixed: Sandbox, connect: Any, png: bytes) -> None:
    connect(fixed)
    uploader.upload(io.BytesIO(png), public_id="a/b/pic")
    assert paths(api.subfolders("a")) == ["a/b"]
    for call in (
        lambda: api.rename_folder("a", "c"),
        lambda: api.resources_by_asset_folder("a"),
        lambda: api.update("a/b/pic", display_name="x"),
    ):
        with pytest.raises(BadRequest, match="fixed folder mode"):
            call()
    assert uploader.rename("a/b/pic", "c/pic")["folder"] == "c"
    assert paths(api.root_folders()) == ["a", "c"]
