"""Delivery: by URLs that the official SDK builds."""

import hashlib
import io
from pathlib import Path
from typing import Any

import httpx
import pytest
from cloudinary import api, uploader
from cloudinary.utils import cloudinary_url
from PIL import Image

from bridge_app.sandbox.server import Sandbox
from bridge_app.transform.geometry import Size
from bridge_app.transform.video.film import Film
from tests.plain_http import plain

pytestmark = pytest.mark.usefixtures("sdk")

LETTERS_255 = ("long/" + "ü" * 250)[:255]
ODD_IDS = [
    "plain",
    "a/b/c",
    "w_100/pic",
    "v12/pic",
    "my photo (1)",
    "emoji 🎈👩‍👩‍👧",
    "שלום/עולם",
    "e\N{COMBINING ACUTE ACCENT} é",
    "two\nlines",
    "a=b!c$d*e|f",
    "pic.v2",
    "logo.jpg",
    "semi;colon,comma",
    "quote'\"[]{}",
    "..",
    "a/../b",
    LETTERS_255,
]


def get(url: str, **headers: str) -> httpx.Response:
    return plain.get(url, headers=headers)


def size(reply: httpx.Response) -> tuple[str | None, tuple[int, int]]:
    with Image.open(io.BytesIO(reply.content)) as image:
        return image.format, image.size


@pytest.mark.parametrize("public_id", ODD_IDS)
def test_odd_public_ids_survive_upload_details_and_delivery(jpeg: Path, public_id: str) -> None:
    reply = uploader.upload(str(jpeg), public_id=public_id)
    assert reply["public_id"] == public_id
    if ".." not in public_id.split("/"):  # urllib3 resolves these, as browsers do
        assert api.resource(public_id)["asset_id"] == reply["asset_id"]
        # Without a version, a folder such as `v12` would be taken for one.
        options = {"version": reply["version"], "sign_url": True}
        original, _ = cloudinary_url(public_id, format="jpg", **options)
        assert get(original).content == jpeg.read_bytes()
        scaled, _ = cloudinary_url(public_id, format="png", width=20, crop="scale", **options)
        assert size(get(scaled)) == ("PNG", (20, 15))
        assert get(reply["url"]).content == jpeg.read_bytes()
    assert api.resource_by_asset_id(reply["asset_id"])["public_id"] == public_id


def test_the_original_is_delivered_byte_for_byte(jpeg: Path) -> None:
    reply = uploader.upload(str(jpeg), public_id="pic")
    for url in (reply["url"], cloudinary_url("pic")[0], cloudinary_url("pic", format="jpeg")[0]):
        delivered = get(url)
        assert delivered.content == jpeg.read_bytes()
        assert delivered.headers["etag"] == f'"{reply["etag"]}"'
        assert delivered.headers["content-type"] == "image/jpeg"
        assert "max-age=" in delivered.headers["cache-control"]


def test_any_version_delivers_the_current_content(jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic")
    assert get(cloudinary_url("pic", version=1)[0]).content == jpeg.read_bytes()


def test_a_client_that_has_it_is_told_so(jpeg: Path) -> None:
    reply = uploader.upload(str(jpeg), public_id="pic")
    again = plain.get(reply["url"], headers={"If-None-Match": f'"{reply["etag"]}"'})
    assert (again.status_code, again.content) == (304, b"")


def test_head_and_ranges_are_answered(jpeg: Path) -> None:
    url = uploader.upload(str(jpeg), public_id="pic")["url"]
    head = plain.head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(jpeg.stat().st_size)
    part = get(url, Range="bytes=2-5")
    assert (part.status_code, part.content) == (206, jpeg.read_bytes()[2:6])
    size = jpeg.stat().st_size
    assert part.headers["content-range"] == f"bytes 2-5/{size}"
    assert get(url, Range="bytes=-3").content == jpeg.read_bytes()[-3:]
    assert get(url, Range=f"bytes={size - 1}-").content == jpeg.read_bytes()[-1:]
    assert get(url, Range=f"bytes={size}-").status_code == 416
    assert get(url, Range="pages=1-2").content == jpeg.read_bytes()


def test_a_transformation_is_rendered_once_and_listed(jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic")
    url, _ = cloudinary_url("pic", width=20, height=20, crop="fill", format="jpg")
    first, second = get(url), get(url)
    assert size(first) == ("JPEG", (20, 20))
    assert first.headers["etag"] == second.headers["etag"]
    (derived,) = api.resource("pic")["derived"]
    assert derived["transformation"] == "c_fill,h_20,w_20"
    assert derived["bytes"] == len(first.content)


def test_an_extension_asks_for_a_format(jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic")
    webp = get(cloudinary_url("pic", format="webp")[0])
    assert size(webp) == ("WEBP", (40, 30))
    assert webp.headers["content-type"] == "image/webp"


def test_an_automatic_format_depends_on_the_browser(jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic")
    url, _ = cloudinary_url("pic", fetch_format="auto", width=20, crop="scale")
    webp, plain = get(url, Accept="image/webp,*/*"), get(url, Accept="*/*")
    assert [size(one)[0] for one in (webp, plain)] == ["WEBP", "JPEG"]
    assert webp.headers["vary"] == "Accept"


def test_new_content_is_delivered_after_an_overwrite(jpeg: Path, png: bytes) -> None:
    uploader.upload(str(jpeg), public_id="pic")
    url, _ = cloudinary_url("pic", width=4, crop="scale", format="png")
    before = get(url)
    reply = uploader.upload(io.BytesIO(png), public_id="pic")
    after = get(url)
    assert size(after) == ("PNG", (4, 3))
    assert after.content != before.content
    assert get(reply["url"]).content == png


def test_raw_files_are_delivered_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "notes.v2.txt").write_text("hello")
    reply = uploader.upload(
        str(tmp_path / "notes.v2.txt"),
        resource_type="raw",
        use_filename=True,
        unique_filename=False,
    )
    delivered = get(reply["url"])
    assert delivered.text == "hello"
    assert delivered.headers["content-type"] == "application/octet-stream"
    assert get(cloudinary_url("notes.v2.txt", resource_type="raw")[0]).text == "hello"


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("image/upload/no/such pic.jpg", 404, "Resource not found - no/such pic"),
        ("image/upload/שלום.jpg", 404, "Resource not found - שלום"),
        ("image/upload/two%0Alines.jpg", 404, "Resource not found - two lines"),
        ("image/upload/w_abc/pic.jpg", 400, "Invalid width in transformation: abc"),
        ("image/private/pic.jpg", 404, "Resource not found - pic"),
        ("image/private/secret.jpg", 401, "ACL deny"),
        ("image/private/s--AAAAAAAA--/secret.jpg", 401, "Invalid signature"),
        ("image/upload/s--AAAAAAAA--/pic.jpg", 401, "Invalid signature"),
        ("image/upload/", 404, ""),
        ("video/upload/pic.mp4", 404, "Resource not found - pic"),
    ],
)
def test_a_delivery_that_fails_says_why_in_a_header(
    sandbox: Sandbox, jpeg: Path, path: str, status: int, error: str
) -> None:
    uploader.upload(str(jpeg), public_id="pic")
    uploader.upload(str(jpeg), public_id="secret", type="private")
    reply = plain.get(f"{sandbox.url}/demo/{path}")
    said = reply.headers.get("x-cld-error", "")
    assert (reply.status_code, said) == (status, error)
    assert reply.content == b"" or status == 404


def test_an_unknown_cloud_delivers_nothing(sandbox: Sandbox) -> None:
    assert plain.get(f"{sandbox.url}/nobody/image/upload/pic.jpg").status_code == 401


@pytest.mark.parametrize("delivery_type", ["private", "authenticated"])
@pytest.mark.parametrize(
    "signing", [{}, {"signature_algorithm": "sha256"}, {"long_url_signature": True}]
)
def test_private_assets_are_delivered_to_signed_urls(
    jpeg: Path, delivery_type: str, signing: dict[str, Any]
) -> None:
    reply = uploader.upload(str(jpeg), public_id="dir/pic é", type=delivery_type)
    options = {"type": delivery_type, "format": "jpg", "sign_url": True, **signing}
    assert get(cloudinary_url("dir/pic é", **options)[0]).content == jpeg.read_bytes()
    scaled, _ = cloudinary_url("dir/pic é", width=20, crop="scale", **options)
    assert size(get(scaled)) == ("JPEG", (20, 15))
    assert get(scaled.replace("w_20", "w_21")).status_code == 401
    assert get(reply["url"]).content == jpeg.read_bytes()


def test_a_broken_picture_is_delivered_as_it_is_and_not_rendered(corpus: Path) -> None:
    broken = corpus / "broken" / "CorruptImage.jpg"
    reply = uploader.upload(str(broken), public_id="pic", resource_type="auto")
    delivered = get(reply["url"])
    digest = hashlib.md5(delivered.content, usedforsecurity=False).hexdigest()
    assert digest == reply["etag"]


@pytest.mark.parametrize(
    ("file", "resource_type"),
    [
        ("documents/blankpage.pdf", "image"),
        ("heic/sample_still_photo.heic", "image"),
        ("video/sample_portrait.mp4", "video"),
    ],
)
def test_documents_and_films_are_shown_by_a_picture(
    corpus: Path, file: str, resource_type: str
) -> None:
    uploader.upload(str(corpus / file), public_id="pic", resource_type=resource_type)
    options = {"resource_type": resource_type, "width": 20, "height": 20, "crop": "fill"}
    assert size(get(cloudinary_url("pic", format="png", **options)[0])) == ("PNG", (20, 20))


def test_a_film_is_made_into_another_film(corpus: Path, tmp_path: Path) -> None:
    reply = uploader.upload(
        str(corpus / "video/sample_portrait.mp4"), public_id="film", resource_type="video"
    )
    assert get(reply["url"]).headers["content-type"] == "video/mp4"
    options = {"resource_type": "video", "width": 20, "crop": "scale", "end_offset": 0.5}
    delivered = get(cloudinary_url("film", format="webm", **options)[0])
    assert delivered.headers["content-type"] == "video/webm"
    (tmp_path / "small").write_bytes(delivered.content)
    made = Film.open(tmp_path / "small")
    assert made.container == "webm"
    assert made.size == Size(width=20, height=30)


def test_a_films_sound_is_delivered_by_its_extension(corpus: Path) -> None:
    path = str(corpus / "video/sample_portrait.mp4")
    uploader.upload(path, public_id="film", resource_type="video")
    delivered = get(cloudinary_url("film", resource_type="video", format="mp3")[0])
    assert delivered.headers["content-type"] == "audio/mpeg"


def test_the_still_of_a_film_is_the_frame_that_is_asked_for(corpus: Path) -> None:
    path = str(corpus / "video/earth.mov")
    uploader.upload(path, public_id="film", resource_type="video")
    options = {"resource_type": "video", "format": "jpg", "width": 20, "crop": "scale"}
    stills = [get(cloudinary_url("film", start_offset=at, **options)[0]) for at in (0, 10)]
    assert [size(still) for still in stills] == [("JPEG", (20, 11))] * 2
    assert stills[0].content != stills[1].content


def test_a_moment_after_the_films_end_is_a_bad_request(corpus: Path) -> None:
    path = str(corpus / "video/sample_portrait.mp4")
    uploader.upload(path, public_id="film", resource_type="video")
    url, _ = cloudinary_url("film", resource_type="video", start_offset=99, format="jpg")
    assert get(url).status_code == 400


def test_what_cannot_be_rendered_is_a_bad_request(tmp_path: Path) -> None:
    header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x05\0\0\0\x05\x08\x06\0\0\0"
    (tmp_path / "x.png").write_bytes(header + b"and then nothing")
    uploader.upload(str(tmp_path / "x.png"), public_id="pic")
    reply = get(cloudinary_url("pic", width=2, crop="scale", format="png")[0])
    assert (reply.status_code, reply.headers["x-cld-error"]) == (400, "Invalid image file")


def test_delivery_urls_begin_where_they_are_told_to(
    make_sandbox: Any, connect: Any, jpeg: Path
) -> None:
    sandbox = make_sandbox(delivery_base="https://media.example.com/x/")
    sandbox.start()
    connect(sandbox)
    url = uploader.upload(str(jpeg), public_id="pic")["secure_url"]
    assert url.startswith("https://media.example.com/x/demo/image/upload/v")
