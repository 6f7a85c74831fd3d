"""Uploads by the official SDK, over HTTP."""

import base64
import hashlib
import http.server
import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cloudinary
import httpx
import pytest
from cloudinary import CloudinaryImage, api, uploader
from cloudinary.exceptions import AuthorizationRequired, BadRequest, Error
from cloudinary.utils import verify_api_response_signature

from bridge_app.sandbox.server import Sandbox


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
    reply = uploader.upload(str(jpeg), public_id="a&b", tags=["x&y", "z"])
    assert reply["public_id"] == "a&b"


def test_a_wrong_secret_stores_nothing(sdk: Sandbox, jpeg: Path) -> None:
    cloudinary.config(api_secret="wrong")
    with pytest.raises(
        AuthorizationRequired, match=r"Invalid Signature \w+\. String to sign - 'timestamp=\d+'\."
    ):
        uploader.upload(str(jpeg))
    assert sdk.stored("demo") == []


@pytest.mark.usefixtures("sdk")
def test_basic_auth_may_stand_in_for_a_signature(sandbox: Sandbox, png: bytes) -> None:
    reply = httpx.post(
        f"{sandbox.url}/v1_1/demo/image/upload",
        auth=("1234", "s3cr3t"),
        files={"file": ("x.png", png)},
    )
    assert reply.json()["format"] == "png"
    assert re.fullmatch(r"[0-9a-f]{32}", reply.headers["x-request-id"])


def test_a_chunked_body_without_a_length_is_read(sandbox: Sandbox, png: bytes) -> None:
    edge = "--x\r\n"
    head = f'{edge}Content-Disposition: form-data; name="file"; filename="x.png"\r\n\r\n'.encode()

    def body() -> Iterator[bytes]:
        yield head
        for at in range(0, len(png), 7):
            yield png[at : at + 7]
        yield b"\r\n--x--\r\n"

    reply = httpx.post(
        f"{sandbox.url}/v1_1/demo/image/upload",
        auth=("1234", "s3cr3t"),
        content=body(),
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert reply.json()["bytes"] == len(png)


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


@pytest.mark.parametrize(
    "public_id", [" a", "a ", "/a", "a/", "x" * 256, "\N{GRINNING FACE}" * 256]
)
def test_a_public_id_that_is_not_allowed_is_refused(
    sdk: Sandbox, jpeg: Path, public_id: str
) -> None:
    with pytest.raises(BadRequest, match="public_id"):
        uploader.upload(str(jpeg), public_id=public_id)
    assert sdk.stored("demo") == []


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
    assert httpx.get(second["url"]).headers["content-type"] == "image/png"
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
    assert httpx.get(promise["url"]).status_code == 200


@pytest.mark.usefixtures("sdk")
def test_a_data_uri_may_be_broken_into_lines(png: bytes) -> None:
    text = base64.encodebytes(png).decode()
    reply = uploader.upload(f"data:image/png;base64,{text}")
    assert (reply["width"], reply["height"], reply["bytes"]) == (7, 5, len(png))


@pytest.fixture
def website(tmp_path: Path, png: bytes) -> Iterator[str]:
    """A web server on this machine with one picture."""
    (tmp_path / "my logo.png").write_bytes(png)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(tmp_path))

        def log_message(self, *_: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("sdk")
def test_a_url_on_this_machine_is_fetched(website: str, png: bytes) -> None:
    reply = uploader.upload(f"{website}/my%20logo.png")
    assert reply["bytes"] == len(png)
    assert reply["original_filename"] == "my logo"
    with pytest.raises(BadRequest, match=r"Error in loading .* - 404"):
        uploader.upload(f"{website}/nothing.png")


@pytest.mark.parametrize(
    "url", ["https://res.cloudinary.com/demo/sample.jpg", "http://169.254.169.254/", "ftp://a/b"]
)
@pytest.mark.usefixtures("sdk")
def test_nothing_is_fetched_from_elsewhere(url: str) -> None:
    with pytest.raises(BadRequest, match="this machine only"):
        uploader.upload(url)


@pytest.mark.usefixtures("sdk")
def test_private_and_authenticated_assets_lie_beside_public_ones(jpeg: Path) -> None:
    ids = {
        uploader.upload(str(jpeg), public_id="pic", type=kind)["asset_id"]
        for kind in ("upload", "private", "authenticated")
    }
    assert len(ids) == 3


def test_an_unknown_cloud_is_named(sandbox: Sandbox, png: bytes) -> None:
    reply = httpx.post(f"{sandbox.url}/v1_1/nobody/image/upload", files={"file": ("x.png", png)})
    assert reply.status_code == 401
    assert reply.json() == {"error": {"message": "Invalid cloud_name nobody"}}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--y\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data"),
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/x-www-form-urlencoded", b"file=%ff%fe"),
    ],
)
def test_a_broken_body_is_a_bad_request(sandbox: Sandbox, content_type: str, body: bytes) -> None:
    reply = httpx.post(
        f"{sandbox.url}/v1_1/demo/image/upload",
        auth=("1234", "s3cr3t"),
        content=body,
        headers={"Content-Type": content_type},
    )
    assert reply.status_code == 400
    assert reply.json()["error"]["message"]


@pytest.mark.parametrize("name", ["a\nb.jpg", 'quo"te.jpg', "emoji 🎈.jpg", "שלום.jpg"])
def test_difficult_file_names_survive(sdk: Sandbox, jpeg: Path, name: str) -> None:
    reply = uploader.upload(str(jpeg.rename(jpeg.with_name(name))))
    assert reply["original_filename"] == Path(name).stem


@pytest.mark.usefixtures("sdk")
def test_a_full_path_as_file_name_loses_its_folders(png: bytes) -> None:
    reply = uploader.upload(io.BytesIO(png), filename="C:\\pictures\\red\\logo.png")
    assert reply["original_filename"] == "logo"
    assert CloudinaryImage(reply["public_id"]).url


def test_md5_twins_stay_two(sdk: Sandbox, corpus: Path) -> None:
    twins = sorted(path for path in (corpus / "hash-collisions").iterdir() if path.is_file())
    for path in twins:
        uploader.upload(str(path), public_id=path.name, resource_type="raw")
    stored = sdk.stored("demo")
    assert len({asset.etag for asset in stored}) < len({asset.sha256 for asset in stored})
    assert len(stored) == len(twins)


@pytest.mark.usefixtures("sdk")
def test_a_client_that_gives_up_in_the_middle_leaves_nothing(sandbox: Sandbox) -> None:
    with pytest.raises(Error, match=r"(?i)timed out|reset|aborted"):
        uploader.upload(io.BytesIO(b"x" * 5_000_000), timeout=0.001)
    assert sandbox.stored("demo") == []
