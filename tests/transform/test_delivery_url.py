"""Delivery addresses: as the official SDK writes them, and read back the same."""

import csv
from base64 import urlsafe_b64encode
from hashlib import sha1
from pathlib import Path
from urllib.parse import quote

import pytest
from cloudinary.utils import cloudinary_url
from hypothesis import example, given
from hypothesis import strategies as st

from bridge_app.domain.errors import InvalidInputError
from bridge_app.transform import TransformationError, parse
from bridge_app.transform.delivery_address import DeliveryUrl
from bridge_app.transform.delivery_host import DeliveryHost
from bridge_app.transform.delivery_url import DeliveryPath, split_delivery_path

SIGNING_KEY = "s3cr3t"
PREFIX = "https://res.cloudinary.com"


def sdk_url(path: DeliveryPath, **options: object) -> str:
    """The SDK unescapes names before it escapes them, so it is given escaped ones."""
    remote = path.delivery_type == "fetch"
    url, _ = cloudinary_url(
        path.public_id if remote else quote(path.public_id, safe="/:"),
        cloud_name="demo",
        secure=True,
        resource_type=path.resource_type,
        type=path.delivery_type,
        raw_transformation=str(path.transformation),
        version=path.version,
        format=path.extension or None,
        **options,
    )
    return str(url)


def written(path: DeliveryPath) -> str:
    return str(DeliveryUrl(host=DeliveryHost(cloud="demo"), path=path))


def read(url: str) -> DeliveryPath:
    resource_type, delivery_type, *segments = url.removeprefix(f"{PREFIX}/demo/").split("/")
    return split_delivery_path(segments, resource_type=resource_type, delivery_type=delivery_type)


def asset(
    public_id: str,
    transformation: str = "",
    *,
    resource_type: str = "image",
    delivery_type: str = "upload",
    version: int | None = None,
    extension: str = "",
) -> DeliveryPath:
    return DeliveryPath(
        public_id=public_id,
        resource_type=resource_type,
        delivery_type=delivery_type,
        transformation=parse(transformation),
        version=version,
        extension=extension,
    )


ASSETS = [
    asset("sample"),
    asset("sample", "c_fill,h_300,w_400/q_auto", extension="jpg"),
    asset("spring/hero", "w_0.5", version=1700000000, extension="png"),
    asset("spring/hero", "w_0.5"),
    asset("v8 engine/hero", "w_0.5"),
    asset("w_100,c_fill/photo", extension="jpg"),
    asset("v1234567890/photo", version=7, extension="jpg"),
    asset("dir/v1234/my_photos/e_sepia", version=1),
    asset("100% cotton %41%2F", extension="jpg"),
    asset("hero#1 what? a+b=c;d,e@f & <b>", version=2),
    asset("archive.tar.png", extension="jpg"),
    asset("trailing dot.jpg.", extension="jpg"),
    asset("日本語のファイル名_夏", "l_text:Arial_20:Hi%252C%20a%252Fb/fl_layer_apply"),
    asset("a:b/c", "$w_10,$style_!Arial!/c_scale,w_$w", version=3),
    asset("docs/report.pdf", resource_type="raw", version=1),
    asset("clip", "so_2.5,w_300/f_auto:video", resource_type="video", extension="mp4"),
    asset("secret/plan", "c_limit,w_9", delivery_type="authenticated", version=4),
    asset("https://example.com/a b.png?x=1", "f_jpg", delivery_type="fetch"),
]


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.public_id)
def test_urls_are_those_of_the_official_sdk(path: DeliveryPath) -> None:
    assert written(path) == sdk_url(path)


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.public_id)
def test_what_is_signed_is_what_the_official_sdk_signs(path: DeliveryPath) -> None:
    signed = read(sdk_url(path, sign_url=True, api_secret=SIGNING_KEY))
    digest = sha1((path.to_sign + SIGNING_KEY).encode(), usedforsecurity=False).digest()
    assert signed.signature == urlsafe_b64encode(digest)[:8].decode()
    assert signed.to_sign == path.to_sign


_IDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda text: "//" not in text and text.strip("/") == text and not text.startswith("http")
)
_CHAINS = st.sampled_from(["", "c_fill,w_9", "e_sepia/w_0.5", "$a_1/l_x:y,w_5/fl_layer_apply"])


@given(public_id=_IDS, chain=_CHAINS, version=st.integers(1, 2**40))
@example(public_id="v1", chain="", version=1)
@example(public_id="s--abcdefgh--/x", chain="", version=1)
def test_a_versioned_url_is_read_back_as_what_was_written(
    public_id: str, chain: str, version: int
) -> None:
    path = asset(public_id, chain, version=version, extension="webp")
    assert read(written(path)) == path


@given(public_id=_IDS, extension=st.sampled_from(["", "jpg"]))
def test_any_name_is_escaped_as_the_official_sdk_does(public_id: str, extension: str) -> None:
    path = asset(public_id, "c_fill,w_9", extension=extension)
    assert written(path) == sdk_url(path)


def test_every_difficult_name_of_the_corpus_survives_the_url(corpus: Path) -> None:
    with (corpus / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        names = [row["path"] for row in csv.DictReader(rows) if row["path"].startswith("names/")]
    assert len(names) > 40
    for name in names:
        for public_id in (name, name.removeprefix("names/")):
            path = asset(public_id, "c_fill,w_400", version=1700000000, extension="jpg")
            assert read(written(path)) == path


@pytest.mark.parametrize(
    ("url", "transformation", "version", "public_id", "extension"),
    [
        ("sample.jpg", "", None, "sample", "jpg"),
        ("c_fill,w_100/sample.jpg", "c_fill,w_100", None, "sample", "jpg"),
        ("c_fill%2Cw_100/sample", "c_fill,w_100", None, "sample", ""),
        ("%24w_10/w_%24w/sample", "$w_10/w_$w", None, "sample", ""),
        ("c_fill/v12/dir/a", "c_fill", 12, "dir/a", ""),
        ("v12/w_100,c_fill/a", "", 12, "w_100,c_fill/a", ""),
        ("v1/v1234567890/photo.jpg", "", 1, "v1234567890/photo", "jpg"),
        ("dir/v123/a", "", None, "dir/v123/a", ""),
        ("dir/v123x/a", "", None, "dir/v123x/a", ""),
        ("v123x/a", "", None, "v123x/a", ""),
        ("v123", "", None, "v123", ""),
        ("my_photos/summer_2024/a.png", "", None, "my_photos/summer_2024/a", "png"),
        ("w_100", "", None, "w_100", ""),
        ("c_fill/w_100", "c_fill", None, "w_100", ""),
        ("c_fill,hello/a", "", None, "c_fill,hello/a", ""),
        ("hero.v2", "", None, "hero.v2", ""),
        ("a%2Fb%20c.jpg", "", None, "a/b c", "jpg"),
        ("if_w_gt_9,w_5/if_end/a", "if_w_gt_9,w_5/if_end", None, "a", ""),
    ],
)
def test_a_path_is_taken_apart_by_the_documented_rules(
    url: str, transformation: str, version: int | None, public_id: str, extension: str
) -> None:
    path = split_delivery_path(url.split("/"))
    assert str(path.transformation) == transformation
    assert (path.version, path.public_id, path.extension) == (version, public_id, extension)


def test_long_and_short_signatures_are_recognised_in_front_only() -> None:
    assert split_delivery_path(["s--h2KZmaN8--", "a"]).signature == "h2KZmaN8"
    assert split_delivery_path(["s--wnBHOCuOrCvksUNM5fEEAwi_LbjQdMil--", "a"]).signature
    assert split_delivery_path(["w_1", "s--h2KZmaN8--", "a"]).public_id == "s--h2KZmaN8--/a"
    assert split_delivery_path(["s--h2KZmaN8--"]).public_id == "s--h2KZmaN8--"


def test_raw_assets_have_neither_transformation_nor_format() -> None:
    path = split_delivery_path(["w_100", "report.pdf"], resource_type="raw")
    assert path == asset("w_100/report.pdf", resource_type="raw")


def test_a_fetched_url_is_kept_whole() -> None:
    segments = ["f_auto", "https:", "", "example.com", "a%20b.png%3Fx=1"]
    path = split_delivery_path(segments, delivery_type="fetch")
    assert path.public_id == "https://example.com/a b.png?x=1"
    assert path.extension == ""


@pytest.mark.parametrize("segments", [[], [""], ["c_fill", ""], ["v1", ""]])
def test_a_path_without_an_asset_is_refused(segments: list[str]) -> None:
    with pytest.raises(InvalidInputError):
        split_delivery_path(segments)


def test_a_wrong_number_in_a_path_is_refused_in_cloudinarys_words() -> None:
    with pytest.raises(TransformationError) as caught:
        split_delivery_path(["w_abc", "sample.jpg"])
    assert caught.value.cloudinary == "Invalid width in transformation: abc"


@pytest.mark.parametrize(
    ("transformation", "extension", "through"),
    [
        ("c_fill,w_9", "PNG", "c_fill,w_9/f_png"),
        ("", "webp", "f_webp"),
        ("f_auto/c_fill,w_9", "png", "f_auto/c_fill,w_9"),
        ("c_fill,w_9", "", "c_fill,w_9"),
    ],
)
def test_the_extension_is_the_format_unless_the_transformation_names_one(
    transformation: str, extension: str, through: str
) -> None:
    path = asset("hero", transformation, extension=extension)
    assert str(path.delivered_through) == through
