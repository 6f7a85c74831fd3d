"""Delivery addresses, and what people paste them into."""

from dataclasses import replace

import pytest
from cloudinary.utils import cloudinary_url

from bridge_app.delivery.accounts import Account, Credentials, NewAccount
from bridge_app.delivery.addresses import asset_url, master_url, rendition_url
from bridge_app.delivery.links import AddressWish, CannotSignError, delivery_link
from bridge_app.domain.assets import Asset, AssetId, CloudCopy, Kind, LibraryId
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.presets import RenditionPreset
from bridge_app.storage.secrets import Secret

COPY = CloudCopy(
    environment="studio",
    public_id="summer/hero one",
    resource_type="image",
    delivery_type="upload",
    version=1700000000,
    asset_id="x",
    format="tif",
    etag="e",
    sha256="s",
    bytes=1,
    url="",
)
WEB = RenditionPreset(name="web", title="Web", transformation="c_limit,w_1200/q_auto", format="jpg")
PATH = "image/upload/c_limit,w_1200/q_auto/v1700000000/summer/hero%20one.jpg"
HERO = Asset(
    id=AssetId("hero"),
    library=LibraryId("home"),
    path="hero.tif",
    name="hero.tif",
    folder="",
    kind=Kind.IMAGE,
    format="tiff",
    bytes=1,
    modified_at="2026-05-01T00:00:00+00:00",
)


def account(cname: str | None) -> Account:
    return Account(environment="studio", api_key="1", upload_prefix=None, cname=cname, label="s")


def unasked() -> Credentials:
    raise AssertionError("the key store was asked for a public address")


@pytest.mark.parametrize(
    ("cname", "start"),
    [
        (None, "https://res.cloudinary.com/studio/"),
        ("images.example.com", "https://images.example.com/"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080/studio/"),
        ("localhost:8080", "http://localhost:8080/studio/"),
        ("[::1]:8080", "http://[::1]:8080/studio/"),
        ("localhost.example.com", "https://localhost.example.com/"),
    ],
)
def test_the_host_decides_the_form(cname: str | None, start: str) -> None:
    assert rendition_url(COPY, WEB, account(cname), unasked) == start + PATH


@pytest.mark.parametrize(
    ("query", "start"),
    [
        ("", "https://res.cloudinary.com/studio/"),
        ("?private_cdn=true", "https://studio-res.cloudinary.com/"),
        ("?private_cdn=false", "https://res.cloudinary.com/studio/"),
        (
            "?private_cdn=true&secure_distribution=img.example.com",
            "https://img.example.com/",
        ),
    ],
)
def test_the_settings_of_a_cloudinary_url_decide_the_host(query: str, start: str) -> None:
    new = NewAccount.from_url(f"cloudinary://1:s3cr3t@studio{query}")
    assert rendition_url(COPY, WEB, new.record(), unasked) == start + PATH


def test_the_master_comes_as_it_is_and_by_its_version() -> None:
    url = master_url(COPY, account(None), unasked)
    assert url.endswith("/studio/image/upload/v1700000000/summer/hero%20one.tif")
    raw = replace(COPY, resource_type="raw", format="", public_id="a/notes.txt")
    assert master_url(raw, account(None), unasked).endswith("/raw/upload/v1700000000/a/notes.txt")


@pytest.mark.parametrize("delivery_type", ["upload", "private", "authenticated"])
def test_guarded_originals_have_signed_addresses(delivery_type: str) -> None:
    asset = CloudAsset(
        environment="studio",
        asset_id="0" * 32,
        public_id="summer/hero one",
        resource_type="image",
        delivery_type=delivery_type,
        format="jpg",
        version=1700000000,
        created_at="2026-05-01T00:00:00Z",
        updated_at="2026-05-01T00:00:00Z",
    )
    made, _ = cloudinary_url(
        asset.public_id,
        cloud_name="studio",
        secure=True,
        type=delivery_type,
        version=asset.version,
        format="jpg",
        api_secret="s3cr3t",
        sign_url=delivery_type != "upload",
    )
    credentials = Credentials(account=account(None), secret=Secret("s3cr3t"))
    assert asset_url(asset, credentials, AddressWish()) == made
    copy = replace(COPY, delivery_type=delivery_type, format="jpg")
    assert master_url(copy, account(None), lambda: credentials) == made
    signed = "/s--" in rendition_url(copy, WEB, account(None), lambda: credentials)
    assert signed is (delivery_type != "upload")
    logged_in = replace(credentials, token=lambda: Secret("t"))
    if delivery_type == "upload":
        assert asset_url(asset, logged_in, AddressWish()) == made
    else:
        with pytest.raises(CannotSignError):
            asset_url(asset, logged_in, AddressWish())


def test_a_new_version_has_a_new_address() -> None:
    newer = replace(COPY, version=COPY.version + 1)
    assert rendition_url(COPY, WEB, account(None), unasked) != rendition_url(
        newer, WEB, account(None), unasked
    )


@pytest.mark.parametrize(
    ("asset", "words"),
    [
        (replace(HERO, title="Title", caption="Caption"), "Title"),
        (replace(HERO, caption="Two\n lines"), "Two lines"),
        (HERO, "hero one"),
    ],
)
def test_the_assets_own_words_are_its_alternative_text(asset: Asset, words: str) -> None:
    link = delivery_link(asset, COPY, "https://x/y.jpg")
    assert link.html == f'<img src="https://x/y.jpg" alt="{words}">'
    assert link.markdown == f"![{words}](https://x/y.jpg)"


def test_nothing_in_the_words_or_the_address_breaks_out() -> None:
    asset = replace(HERO, title='"><b>[x]\\')
    link = delivery_link(asset, COPY, 'https://x/(1)".jpg')
    assert link.html == ('<img src="https://x/(1)&quot;.jpg" alt="&quot;&gt;&lt;b&gt;[x]\\">')
    assert link.markdown == '!["><b>\\[x\\]\\\\](https://x/%281%29".jpg)'
