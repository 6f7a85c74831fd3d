"""Archives: what is in them, what their files are called, stored or downloaded."""

import io
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from cloudinary import api, uploader, utils
from cloudinary.exceptions import BadRequest, NotFound

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.decoder import Rendition
from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain
from tests.sandbox.conftest import MakeSandbox

pytestmark = pytest.mark.usefixtures("sdk")
AUTH = ("1234", "s3cr3t")
HALVES = [{"width": 20, "crop": "scale"}, {"width": 10, "crop": "scale"}]


@pytest.fixture(autouse=True)
def pictures(sdk: Sandbox, jpeg: Path, tmp_path: Path) -> None:
    """Two pictures and a text, all with the tag `set`."""
    for name in ("a/one", "two"):
        uploader.upload(str(jpeg), public_id=name, tags=["set"])
    notes = tmp_path / "notes.txt"
    notes.write_text("words")
    uploader.upload(str(notes), public_id="notes.txt", resource_type="raw", tags=["set"])


def names(reply: httpx.Response) -> list[str]:
    return sorted(zipfile.ZipFile(io.BytesIO(reply.content)).namelist())


def test_an_archive_is_stored_as_a_raw_asset(sdk: Sandbox, jpeg: Path) -> None:
    reply = uploader.create_zip(
        tags=["set"], target_public_id="bundle", target_tags=["zips"], target_asset_folder="out"
    )
    assert (reply["public_id"], reply["resource_type"]) == ("bundle.zip", "raw")
    assert (reply["resource_count"], reply["file_count"]) == (2, 2)
    assert (reply["tags"], reply["asset_folder"]) == (["zips"], "out")
    delivered = plain.get(reply["url"])
    assert len(delivered.content) == reply["bytes"]
    assert names(delivered) == ["a/one.jpg", "two.jpg"]
    assert zipfile.ZipFile(io.BytesIO(delivered.content)).read("two.jpg") == jpeg.read_bytes()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["a/c_scale,w_10/one.jpg", "a/c_scale,w_20/one.jpg"]),
        ({"flatten_folders": True}, ["c_scale,w_10/one.jpg", "c_scale,w_20/one.jpg"]),
        (
            {"flatten_transformations": True},
            ["a/one_c_scale,w_10.jpg", "a/one_c_scale,w_20.jpg"],
        ),
        (
            {"skip_transformation_name": True, "flatten_folders": True},
            ["one.jpg", "one_1.jpg"],
        ),
        (
            {"use_original_filename": True, "flatten_transformations": True},
            ["a/logo_c_scale,w_10.jpg", "a/logo_c_scale,w_20.jpg"],
        ),
    ],
)
def test_files_are_called_as_the_options_say(options: Any, expected: list[str]) -> None:
    url = utils.download_zip_url(public_ids=["a/one"], transformations=HALVES, **options)
    assert names(plain.get(url)) == expected


def test_all_kinds_of_assets_can_be_packed_together() -> None:
    url = utils.download_zip_url(tags=["set"], resource_type="all")
    assert names(plain.get(url)) == ["a/one.jpg", "notes.txt", "two.jpg"]
    full = ["image/upload/two", "raw/upload/notes.txt"]
    reply = uploader.create_zip(fully_qualified_public_ids=full, resource_type="auto")
    assert reply["file_count"] == 2


def test_a_folder_can_be_downloaded(jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="elsewhere", asset_folder="a/deep")
    assert names(plain.get(utils.download_folder("a"))) == ["a/one.jpg", "elsewhere.jpg"]


def test_tar_is_another_format(jpeg: Path) -> None:
    reply = uploader.create_archive(tags=["set"], target_format="tgz")
    with tarfile.open(fileobj=io.BytesIO(plain.get(reply["url"]).content)) as packed:
        assert sorted(packed.getnames()) == ["a/one.jpg", "two.jpg"]
    with pytest.raises(BadRequest, match="target_format rar"):
        uploader.create_archive(tags=["set"], target_format="rar")


def test_what_is_missing_is_an_error_unless_it_may_be() -> None:
    with pytest.raises(NotFound, match="nothing"):
        uploader.create_zip(public_ids=["two", "nothing"])
    assert uploader.create_zip(public_ids=["two", "nothing"], allow_missing=True)["file_count"] == 1
    with pytest.raises(NotFound):
        uploader.create_zip(tags=["nobody"])
    with pytest.raises(BadRequest, match="Must supply"):
        uploader.create_zip()


def test_a_download_leaves_nothing_behind_and_is_over_when_it_says(
    sdk: Sandbox,
) -> None:
    assert plain.get(utils.download_zip_url(tags=["set"])).status_code == 200
    over = utils.download_zip_url(tags=["set"], expires_at=int(time.time()) - 1)
    assert plain.get(over).status_code == 401
    forged = utils.download_zip_url(tags=["set"]).replace("set", "sat")
    assert plain.get(forged).status_code == 401
    assert len(sdk.stored("demo")) == 3


def test_an_asset_can_be_downloaded_in_another_format(jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="secret", type="private")
    url = utils.private_download_url("secret", "jpg", type="private", attachment=True)
    original = plain.get(url)
    assert original.content == jpeg.read_bytes()
    assert "secret.jpg" in original.headers["content-disposition"]
    converted = plain.get(utils.private_download_url("secret", "png", type="private"))
    assert converted.content.startswith(b"\x89PNG")
    missing = plain.get(utils.private_download_url("secret", "jpg"))
    assert missing.status_code == 404
    assert api.resource("secret", type="private")["derived"][0]["format"] == "png"


class WhileRendering:
    """A decoder that lets something happen before it renders."""

    def __init__(self, decoder: DecoderPool, happens: Callable[[], object]) -> None:
        self._decoder = decoder
        self._happens = happens
        self.probe = decoder.probe
        self.read_record = decoder.read_record
        self.thumbnail = decoder.thumbnail

    def render(self, path: Path, transformation: str, **how: Any) -> Rendition:
        self._happens()
        return self._decoder.render(path, transformation, **how)


def test_what_is_deleted_while_others_are_rendered_is_not_packed(
    make_sandbox: MakeSandbox, decoder: DecoderPool, jpeg: Path
) -> None:
    made: list[str] = []

    def delete_the_first() -> None:
        made.append("rendition")
        if len(made) == 2:
            url = f"{sandbox.url}/v1_1/demo/image/destroy"
            plain.post(url, data={"public_id": "one"}, auth=AUTH).raise_for_status()

    sandbox = make_sandbox(decoder=WhileRendering(decoder, delete_the_first))
    sandbox.start()
    api_url = f"{sandbox.url}/v1_1/demo/image"
    for name in ("one", "two"):
        said = {"public_id": name, "tags": "t"}
        file = {"file": jpeg.read_bytes()}
        plain.post(f"{api_url}/upload", data=said, files=file, auth=AUTH).raise_for_status()
    wanted = {"tags": "t", "transformations": "|w_5", "mode": "download"}
    reply = plain.post(f"{api_url}/generate_archive", data=wanted, auth=AUTH)
    assert (reply.status_code, names(reply)) == (200, ["two.jpg", "w_5/two.jpg"])
