"""Where URLs lead: host names of one's own, short forms, descriptive endings, fetch and lists."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import cloudinary
import pytest
from cloudinary import api, uploader
from cloudinary.utils import cloudinary_url

from bridge_app.sandbox.cloudinary.delivery_address import Address, address_of
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

MakeSandbox = Callable[..., Sandbox]
Connect = Callable[[Sandbox], None]

HOSTS = {"media.example.com": "Demo"}
CLOUDS = {"Demo": object(), "a-b": object()}


@pytest.mark.parametrize(
    ("host", "path", "found"),
    [
        ("127.0.0.1:8000", "/Demo/image/upload/v1/a/b.jpg", ("image", "upload", "v1/a/b.jpg")),
        ("127.0.0.1", "/Demo//image/upload//a.jpg", ("image", "upload", "a.jpg")),
        ("demo-res.cloudinary.com", "/image/upload/a.jpg", ("image", "upload", "a.jpg")),
        ("demo-res-3.cloudinary.com", "/image/upload/a.jpg", ("image", "upload", "a.jpg")),
        ("demo.localhost:80", "/raw/upload/a.txt", ("raw", "upload", "a.txt")),
        ("MEDIA.example.com", "/video/private/a.mp4", ("video", "private", "a.mp4")),
        ("media.example.com", "/a/b.jpg", ("image", "upload", "a/b.jpg")),
        ("x", "/Demo/iu/w_1/a.jpg", ("image", "upload", "w_1/a.jpg")),
        ("x", "/Demo/a.jpg", ("image", "upload", "a.jpg")),
        ("x", "/Demo/images/w_1/v1/a/red-shoe.jpg", ("image", "upload", "w_1/v1/a.jpg")),
        ("x", "/Demo/files/a.pdf/price-list", ("raw", "upload", "a.pdf")),
        ("x", "/Demo/videos/a/film.mp4", ("video", "upload", "a.mp4")),
        ("x", "/Demo/private_images/s--x--/a/b", ("image", "private", "s--x--/a")),
        ("x", "/Demo/any/list/tag.json", ("any", "list", "tag.json")),
    ],
)
def test_a_url_leads_to_an_asset(host: str, path: str, found: tuple[str, str, str]) -> None:
    kind, delivery_type, rest = found
    assert address_of(path, host, HOSTS, CLOUDS) == Address(
        "Demo", kind, delivery_type, tuple(rest.split("/"))
    )


@pytest.mark.parametrize("path", ["/", "/Demo", "/Demo/image", "/Demo/image/upload/"])
def test_some_urls_lead_nowhere(path: str) -> None:
    assert address_of(path, "127.0.0.1", HOSTS, CLOUDS) is None


def test_the_sdk_delivers_from_a_host_of_ones_own(
    make_sandbox: MakeSandbox, connect: Connect, jpeg: Path
) -> None:
    sandbox = make_sandbox(settings=Settings(hosts={"media.example.com": "demo"}))
    sandbox.start()
    connect(sandbox)
    uploader.upload(str(jpeg), public_id="a/pic")
    for options in (
        {},
        {"use_root_path": True},
        {"url_suffix": "red-shoe"},
        {"shorten": True},
        {"width": 5, "crop": "scale"},
    ):
        url, _ = cloudinary_url(
            "a/pic", format="jpg", cname="media.example.com", private_cdn=True, **options
        )
        path = url.removeprefix("http://media.example.com")
        assert not path.startswith("/demo/")
        reply = plain.get(sandbox.url + path, headers={"Host": "media.example.com"})
        assert reply.status_code == 200, path


def test_a_signed_search_works_on_a_host_of_ones_own(
    make_sandbox: MakeSandbox, connect: Connect, jpeg: Path
) -> None:
    sandbox = make_sandbox(settings=Settings(hosts={"media.example.com": "demo"}))
    sandbox.start()
    connect(sandbox)
    uploader.upload(str(jpeg), public_id="pic")
    search = cloudinary.Search().expression("public_id=pic")
    path = urlsplit(search.to_url(private_cdn=True, cname="media.example.com")).path
    assert path.startswith("/search/")
    found = plain.get(sandbox.url + path, headers={"Host": "media.example.com"}).json()
    assert found["total_count"] == 1


def test_every_form_of_a_url_delivers_the_same(sdk: Sandbox, jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic")
    for options in ({}, {"use_root_path": True}, {"url_suffix": "x"}, {"shorten": True}):
        url, _ = cloudinary_url("pic", format="jpg", **options)
        signed, _ = cloudinary_url("pic", format="jpg", sign_url=True, **options)
        assert plain.get(url).content == jpeg.read_bytes()
        assert plain.get(signed).content == jpeg.read_bytes()
    head = plain.head(cloudinary_url("pic.jpg")[0])
    assert (head.headers["content-length"], head.content) == (str(jpeg.stat().st_size), b"")


def test_a_remote_picture_is_fetched_once(sdk: Sandbox, jpeg: Path) -> None:
    source = uploader.upload(str(jpeg), public_id="source")["url"]
    whole, _ = cloudinary_url(source, type="fetch")
    small, _ = cloudinary_url(source, type="fetch", width=10, crop="scale", format="png")
    assert plain.get(whole).content == jpeg.read_bytes()
    uploader.destroy("source")
    assert plain.get(small).headers["content-type"] == "image/png"
    (fetched,) = api.resources(type="fetch")["resources"]
    assert (fetched["public_id"], fetched["type"]) == (source, "fetch")


def test_what_cannot_be_fetched_is_not_found(sdk: Sandbox) -> None:
    for source in (f"{sdk.url}/demo/image/upload/nothing.jpg", "http://example.com/a.jpg"):
        reply = plain.get(cloudinary_url(source, type="fetch")[0])
        assert reply.status_code == 404
        assert reply.headers["x-cld-error"] == f"Resource not found - {source}"


def test_a_file_stands_for_an_address_elsewhere(
    make_sandbox: MakeSandbox, connect: Connect, jpeg: Path
) -> None:
    sandbox = make_sandbox(settings=Settings(remote_files={"http://example.com/a.jpg": jpeg}))
    sandbox.start()
    connect(sandbox)
    url, _ = cloudinary_url("http://example.com/a.jpg", type="fetch")
    assert plain.get(url).content == jpeg.read_bytes()


def test_everything_with_a_tag_is_listed(sdk: Sandbox, jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic", tags="a", context="k=v")
    uploader.upload(b"text", public_id="n.txt", tags="a", resource_type="raw")
    listed = plain.get(cloudinary_url("a.json", type="list")[0])
    assert listed.headers["cache-control"] == "public, max-age=60"
    (one,) = listed.json()["resources"]
    assert (one["public_id"], one["format"], one["width"]) == ("pic", "jpg", 40)
    assert one["context"] == {"custom": {"k": "v"}}
    whole = plain.get(f"{sdk.url}/demo/any/list/a.json").json()["resources"]
    assert [one["resource_type"] for one in whole] == ["raw", "image"]
    assert plain.get(f"{sdk.url}/demo/image/list/b.json").status_code == 404


def test_a_default_image_stands_in_and_says_why(sdk: Sandbox, jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="in/none")
    url, _ = cloudinary_url("gone.jpg", default_image="in:none.jpg")
    reply = plain.get(url)
    assert (reply.status_code, reply.content) == (200, jpeg.read_bytes())
    assert reply.headers["x-cld-error"] == "Resource not found - gone"
    missing, _ = cloudinary_url("gone.jpg", default_image="no.jpg")
    assert plain.get(missing).status_code == 404


def test_flags_ask_for_facts_or_for_a_file_name(sdk: Sandbox, jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic")
    facts = plain.get(cloudinary_url("pic", width=20, crop="scale", flags="getinfo")[0]).json()
    assert facts["input"] == {"width": 40, "height": 30, "bytes": jpeg.stat().st_size}
    assert (facts["output"]["width"], facts["output"]["height"]) == (20, 15)
    saved = plain.get(cloudinary_url("pic.jpg", flags="attachment:mine")[0])
    assert saved.content == jpeg.read_bytes()
    assert saved.headers["content-disposition"] == 'attachment; filename="mine"'
    assert cloudinary.config().cloud_name == "demo"
