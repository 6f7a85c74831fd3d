"""What an upload is called, and where it lies."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from cloudinary import CloudinaryImage, api, uploader
from cloudinary.exceptions import BadRequest

from bridge_app.sandbox.server import Sandbox


@pytest.mark.usefixtures("sdk")
def test_a_nameless_upload_gets_twenty_letters_and_digits(jpeg: Path) -> None:
    assert re.fullmatch(r"[a-z0-9]{20}", uploader.upload(str(jpeg))["public_id"])


@pytest.mark.parametrize(
    ("options", "public_id"),
    [
        ({}, r"my_photo_1_[a-z0-9]{6}"),
        ({"unique_filename": False}, "my_photo_1"),
        ({"unique_filename": False, "folder": "a/b"}, "a/b/my_photo_1"),
        ({"unique_filename": False, "filename_override": "x/Éte.png"}, "Éte"),
        ({"unique_filename": False, "public_id_prefix": "p"}, "p/my_photo_1"),
        (
            {
                "unique_filename": False,
                "asset_folder": "f",
                "use_asset_folder_as_public_id_prefix": True,
            },
            "f/my_photo_1",
        ),
    ],
)
@pytest.mark.usefixtures("sdk")
def test_a_public_id_can_come_from_the_file_name(
    jpeg: Path, options: dict[str, Any], public_id: str
) -> None:
    named = jpeg.rename(jpeg.with_name("my photo (1).jpg"))
    reply = uploader.upload(str(named), use_filename=True, **options)
    assert re.fullmatch(public_id, reply["public_id"])


@pytest.mark.usefixtures("sdk")
def test_in_dynamic_mode_the_folder_is_no_part_of_the_public_id(jpeg: Path) -> None:
    reply = uploader.upload(
        str(jpeg), public_id="a/b", asset_folder="red/dark", use_filename_as_display_name=True
    )
    assert reply["public_id"] == "a/b"
    assert reply["asset_folder"] == "red/dark"
    assert reply["display_name"] == "logo"
    assert "folder" not in reply
    assert [one["path"] for one in api.subfolders("red")["folders"]] == ["red/dark"]


def test_in_fixed_mode_the_folder_is_the_path_of_the_public_id(
    fixed: Sandbox, connect: Any, jpeg: Path
) -> None:
    connect(fixed)
    reply = uploader.upload(str(jpeg), public_id="pic", folder="red/dark", display_name="x")
    assert reply["public_id"] == "red/dark/pic"
    assert reply["folder"] == "red/dark"
    assert not {"asset_folder", "display_name"} & set(reply)
    assert [one["path"] for one in api.subfolders("red")["folders"]] == ["red/dark"]


@pytest.mark.usefixtures("sdk")
def test_a_raw_file_keeps_its_extension_in_its_public_id(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello")
    reply = uploader.upload(str(path), resource_type="raw")
    assert re.fullmatch(r"[a-z0-9]{20}\.txt", reply["public_id"])
    assert not {"width", "height", "format"} & set(reply)
    named = uploader.upload(
        str(path), resource_type="raw", use_filename=True, unique_filename=False
    )
    assert named["public_id"] == "notes.txt"


@pytest.mark.parametrize(
    "public_id",
    [" a", "a ", "/a", "a/", "no#1", "a&b", "50%", "a+b", "x" * 256, "\N{GRINNING FACE}" * 256],
)
def test_a_public_id_that_is_not_allowed_is_refused(
    sdk: Sandbox, jpeg: Path, public_id: str
) -> None:
    with pytest.raises(BadRequest, match="public_id"):
        uploader.upload(str(jpeg), public_id=public_id)
    assert sdk.stored("demo") == []


@pytest.mark.usefixtures("sdk")
def test_a_prefix_is_no_version(jpeg: Path) -> None:
    with pytest.raises(BadRequest, match=r"public_id_prefix \(a/v12\) is invalid"):
        uploader.upload(str(jpeg), public_id_prefix="a/v12")
    reply = uploader.upload(str(jpeg), public_id="pic", public_id_prefix="a/version1")
    assert reply["public_id"] == "a/version1/pic"


@pytest.mark.parametrize("name", ["a\nb.jpg", 'quo"te.jpg', "emoji 🎈.jpg", "שלום.jpg"])
def test_difficult_file_names_survive(sdk: Sandbox, jpeg: Path, name: str) -> None:
    reply = uploader.upload(str(jpeg.rename(jpeg.with_name(name))))
    assert reply["original_filename"] == Path(name).stem


@pytest.mark.usefixtures("sdk")
def test_a_full_path_as_file_name_loses_its_folders(png: bytes) -> None:
    reply = uploader.upload(io.BytesIO(png), filename="C:\\pictures\\red\\logo.png")
    assert reply["original_filename"] == "logo"
    assert CloudinaryImage(reply["public_id"]).url
