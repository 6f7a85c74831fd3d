"""Uploads by the official SDK, over HTTP."""

import hashlib
import io
import re
from pathlib import Path

import cloudinary
import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import AuthorizationRequired, BadRequest
from cloudinary.utils import verify_api_response_signature

from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain
from tests.sandbox.conftest import Connect, MakeSandbox


@pytest.mark.usefixtures("sdk")
def test_the_reply_describes_the_stored_file(jpeg: Path) -> None:
    reply = uploader.upload(
        str(jpeg), public_id="dir/pic", tags=["b", "a"], context={"alt": "a=b|c"}
    )
    assert re.fullmatch(r"[0-9a-f]{32}", reply["asset_id"])
    facts = {name: reply[name] for name in ("public_id", "format", "resource_type", "type")}
    assert facts == {
        "public_id": "dir/pic",
        "format": "jpg",
        "resource_type": "image",
        "type": "upload",
    }
    assert (reply["width"], reply["height"], reply["pages"]) == (40, 30, 1)
    assert reply["bytes"] == jpeg.stat().st_size
    assert reply["etag"] == hashlib.md5(jpeg.read_bytes(), usedforsecurity=False).hexdigest()
    assert reply["tags"] == ["a", "b"]
    assert reply["context"] == {"custom": {"alt": "a=b|c"}}
    assert reply["original_filename"] == "logo"
    assert reply["display_name"] == "pic"
    assert reply["api_key"] == "1234"
    assert verify_api_response_signature("dir/pic", reply["version"], reply["signature"])


@pytest.mark.parametrize("told", ["url", "secure_url"])
def test_an_upload_takes_our_own_address_whatever_stands_in_front(
    make_sandbox: MakeSandbox, connect: Connect, jpeg: Path, told: str
) -> None:
    front = Settings(secure_delivery_base="https://cdn.example/")
    sandbox = make_sandbox(settings=front, delivery_base="http://media.example")
    sandbox.start()
    connect(sandbox)
    first = uploader.upload(jpeg, public_id="first")
    assert first[told].startswith(("http://media.example/demo/", "https://cdn.example/demo/"))
    again = uploader.upload(first[told], public_id="again")
    assert again["etag"] == first["etag"]


def test_a_test_sees_what_is_stored(sdk: Sandbox, jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic")
    (asset,) = sdk.stored("demo")
    assert asset.public_id == "pic"
    assert asset.sha256 == hashlib.sha256(jpeg.read_bytes()).hexdigest()
    assert asset.uploads == 1


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.usefixtures("sdk")
def test_every_signature_of_the_sdk_is_accepted(jpeg: Path, algorithm: str, version: int) -> None:
    cloudinary.config(signature_algorithm=algorithm, signature_version=version)
    reply = uploader.upload(str(jpeg), public_id="pic", tags=["x&y", "z"])
    assert reply["tags"] == ["x&y", "z"]


def test_a_wrong_secret_stores_nothing(sdk: Sandbox, jpeg: Path) -> None:
    cloudinary.config(api_secret="wrong")
    with pytest.raises(
        AuthorizationRequired, match=r"Invalid Signature \w+\. String to sign - 'timestamp=\d+'\."
    ):
        uploader.upload(str(jpeg))
    assert sdk.stored("demo") == []


def test_overwriting_keeps_the_identity_and_raises_the_version(sdk: Sandbox, jpeg: Path) -> None:
    first = uploader.upload(str(jpeg), public_id="pic", tags=["old"])
    second = uploader.upload(io.BytesIO(jpeg.read_bytes() + b"more"), public_id="pic")
    assert second["asset_id"] == first["asset_id"]
    assert second["version"] > first["version"]
    assert second["version_id"] != first["version_id"]
    assert second["tags"] == []
    (asset,) = sdk.stored("demo")
    assert asset.uploads == 2


def test_without_overwrite_an_existing_asset_stays_as_it_is(sdk: Sandbox, jpeg: Path) -> None:
    first = uploader.upload(str(jpeg), public_id="pic")
    second = uploader.upload(
        io.BytesIO(jpeg.read_bytes() + b"more"), public_id="pic", overwrite=False
    )
    assert second["existing"] is True
    assert second["etag"] == first["etag"]
    assert "existing" not in first
    assert sdk.stored("demo")[0].uploads == 1


@pytest.mark.parametrize(
    ("file", "resource_type", "format_"),
    [
        ("photos/6720px_white.jpg", "image", "jpg"),
        ("documents/blankpage.pdf", "image", "pdf"),
        ("audio/MP3.mp3", "video", "mp3"),
        ("archives/fixture.7z", "raw", None),
    ],
)
@pytest.mark.usefixtures("sdk")
def test_auto_chooses_the_resource_type_by_content(
    corpus: Path, tmp_path: Path, file: str, resource_type: str, format_: str | None
) -> None:
    copy = tmp_path / "no-extension"
    copy.write_bytes((corpus / file).read_bytes())
    reply = uploader.upload(str(copy), resource_type="auto")
    assert (reply["resource_type"], reply.get("format")) == (resource_type, format_)


@pytest.mark.parametrize("resource_type", ["image", "video"])
def test_a_file_of_another_kind_is_refused(
    sdk: Sandbox, tmp_path: Path, resource_type: str
) -> None:
    path = tmp_path / "x.jpg"
    path.write_text("no picture")
    with pytest.raises(BadRequest, match=r"Invalid image file|Unsupported video format"):
        uploader.upload(str(path), resource_type=resource_type)
    assert sdk.stored("demo") == []


@pytest.mark.usefixtures("sdk")
def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").write_bytes(b"")
    with pytest.raises(BadRequest, match=r"(?i)empty"):
        uploader.upload(str(tmp_path / "empty.jpg"))


def test_only_allowed_formats_are_taken(sdk: Sandbox, jpeg: Path) -> None:
    with pytest.raises(BadRequest, match="Image file format jpg not allowed"):
        uploader.upload(str(jpeg), allowed_formats=["png"])
    assert sdk.stored("demo") == []
    assert uploader.upload(str(jpeg), allowed_formats=["png", "jpg"])["format"] == "jpg"
    assert uploader.upload(str(jpeg), allowed_formats=["png"], format="png")["format"] == "png"


@pytest.mark.usefixtures("sdk")
def test_an_incoming_transformation_replaces_the_original(jpeg: Path) -> None:
    reply = uploader.upload(str(jpeg), width=20, crop="scale", format="png")
    assert (reply["width"], reply["height"], reply["format"]) == (20, 15, "png")


@pytest.mark.usefixtures("sdk")
def test_eager_transformations_are_derived_at_once(jpeg: Path) -> None:
    reply = uploader.upload(
        str(jpeg),
        public_id="pic",
        eager=[
            {"width": 20, "crop": "scale"},
            {"width": 10, "height": 10, "crop": "fill", "format": "png"},
        ],
    )
    first, second = reply["eager"]
    assert first["transformation"] == "c_scale,w_20"
    assert (first["width"], first["height"], first["format"]) == (20, 15, "jpg")
    assert second["transformation"] == "c_fill,h_10,w_10/png"
    assert (second["width"], second["height"], second["format"]) == (10, 10, "png")
    assert plain.get(second["url"]).headers["content-type"] == "image/png"
    assert len(api.resource("pic")["derived"]) == 2


def test_an_eager_transformation_that_is_none_stores_nothing(sdk: Sandbox, jpeg: Path) -> None:
    with pytest.raises(BadRequest, match="Invalid width in transformation: abc"):
        uploader.upload(str(jpeg), eager="w_abc")
    assert sdk.stored("demo") == []


@pytest.mark.usefixtures("sdk")
def test_eager_async_promises_and_keeps_its_promise(jpeg: Path) -> None:
    reply = uploader.upload(
        str(jpeg), public_id="pic", eager={"width": 5, "crop": "scale"}, eager_async=True
    )
    (promise,) = reply["eager"]
    assert promise["status"] == "processing"
    assert plain.get(promise["url"]).status_code == 200


@pytest.mark.usefixtures("sdk")
def test_private_and_authenticated_assets_lie_beside_public_ones(jpeg: Path) -> None:
    ids = {
        uploader.upload(str(jpeg), public_id="pic", type=kind)["asset_id"]
        for kind in ("upload", "private", "authenticated")
    }
    assert len(ids) == 3


def test_md5_twins_stay_two(sdk: Sandbox, corpus: Path) -> None:
    twins = sorted(path for path in (corpus / "hash-collisions").iterdir() if path.is_file())
    for path in twins:
        uploader.upload(str(path), public_id=path.name, resource_type="raw")
    stored = sdk.stored("demo")
    assert len({asset.etag for asset in stored}) < len({asset.sha256 for asset in stored})
    assert len(stored) == len(twins)
