"""Whole delivery URLs, compared with those the official SDK builds from the same settings."""

from urllib.parse import quote

import pytest
from cloudinary.utils import cloudinary_url
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.errors import InvalidInputError
from bridge_app.transform import parse
from bridge_app.transform.auth_token import TokenRules, auth_token
from bridge_app.transform.delivery_address import DeliveryUrl, UrlSignature, fetched
from bridge_app.transform.delivery_host import DeliveryHost, host_found
from bridge_app.transform.delivery_url import DeliveryPath
from bridge_app.transform.read_url import read_url

SIGNING_KEY = "s3cr3t"
TOKEN_KEY = "00112233FF99"
SIGNATURES: dict[UrlSignature, dict[str, object]] = {
    UrlSignature.SHA1: {},
    UrlSignature.SHA256: {"signature_algorithm": "sha256"},
    UrlSignature.LONG: {"long_url_signature": True},
}

HOSTS = st.builds(
    DeliveryHost,
    cloud=st.just("studio"),
    secure=st.booleans(),
    private_cdn=st.booleans(),
    secure_distribution=st.sampled_from([None, "img.example.com", "cloudinary-a.akamaihd.net"]),
    cname=st.sampled_from([None, "img.example.com", "127.0.0.1:8080"]),
    cdn_subdomain=st.booleans(),
    secure_cdn_subdomain=st.sampled_from([None, True, False]),
)
NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\\"),
    min_size=1,
    max_size=20,
).filter(lambda text: "//" not in text and text.strip("/") == text and text[:4] != "http")
PATHS = st.builds(
    DeliveryPath,
    public_id=st.one_of(NAMES, st.sampled_from(["a/b/hero", "v1/x", "w_1,c_fill/photo"])),
    resource_type=st.sampled_from(["image", "video"]),
    delivery_type=st.sampled_from(["upload", "private", "authenticated"]),
    transformation=st.sampled_from(["", "c_fill,w_9", "e_sepia/w_0.5"]).map(parse),
    version=st.one_of(st.none(), st.integers(0, 2**40)),
    extension=st.sampled_from(["", "jpg", "webp"]),
)


def of_sdk(url: DeliveryUrl, **options: object) -> str:
    """The SDK unescapes a name before it escapes it, so it is given an escaped one."""
    host, path = url.host, url.path
    made, _ = cloudinary_url(
        quote(path.public_id, safe="/:"),
        cloud_name=host.cloud,
        secure=host.secure,
        private_cdn=host.private_cdn,
        secure_distribution=host.secure_distribution,
        cname=host.cname,
        cdn_subdomain=host.cdn_subdomain,
        secure_cdn_subdomain=host.secure_cdn_subdomain,
        resource_type=path.resource_type,
        type=path.delivery_type,
        raw_transformation=str(path.transformation),
        version=path.version,
        format=path.extension or None,
        url_suffix=url.suffix or None,
        use_root_path=url.root_path,
        shorten=url.short,
        api_secret=SIGNING_KEY,
        **options,
    )
    return str(made)


@given(host=HOSTS, path=PATHS)
def test_any_host_and_any_path_make_the_url_of_the_official_sdk(
    host: DeliveryHost, path: DeliveryPath
) -> None:
    url = DeliveryUrl(host=host, path=path)
    assert str(url) == of_sdk(url)


@given(path=PATHS, kind=st.sampled_from(list(SIGNATURES)))
def test_each_kind_of_signature_is_that_of_the_official_sdk(
    path: DeliveryPath, kind: UrlSignature
) -> None:
    url = DeliveryUrl(host=DeliveryHost(cloud="studio"), path=path)
    assert str(url.signed(SIGNING_KEY, kind)) == of_sdk(url, sign_url=True, **SIGNATURES[kind])


@given(
    host=HOSTS,
    name=NAMES,
    suffix=st.sampled_from(["", "spring-shoes"]),
    root_path=st.booleans(),
    short=st.booleans(),
)
def test_suffixes_root_paths_and_short_forms_are_those_of_the_official_sdk(
    host: DeliveryHost, name: str, suffix: str, root_path: bool, short: bool
) -> None:
    path = DeliveryPath(public_id=name, transformation=parse("w_9"), extension="jpg", version=3)
    url = DeliveryUrl(host=host, path=path, suffix=suffix, root_path=root_path, short=short)
    assert str(url.signed(SIGNING_KEY)) == of_sdk(url, sign_url=True)


@given(
    remote=st.sampled_from(
        ["https://example.com/a b.png?x=1", "http://ex.org/a%20b//c.jpg", "https://ü.de/ü"]
    ),
    chain=st.sampled_from(["", "c_fill,w_9", "w_9/e_sepia"]),
    extension=st.sampled_from(["", "webp"]),
)
def test_fetch_urls_are_those_of_the_official_sdk(remote: str, chain: str, extension: str) -> None:
    url = DeliveryUrl(
        host=DeliveryHost(cloud="studio"), path=fetched(remote, parse(chain), extension)
    )
    made, _ = cloudinary_url(
        remote,
        cloud_name="studio",
        secure=True,
        type="fetch",
        raw_transformation=chain,
        format=extension or None,
    )
    assert str(url) == made


@pytest.mark.parametrize(
    ("rules", "options"),
    [
        (TokenRules(expires=1700000300), {"expiration": 1700000300}),
        (
            TokenRules(expires=1700000300, starts=1700000000, ip="10.0.0.1"),
            {"start_time": 1700000000, "duration": 300, "ip": "10.0.0.1"},
        ),
        (
            TokenRules(expires=1700000300, paths=("/image/*", "/vid eo/ü*")),
            {"expiration": 1700000300, "acl": ["/image/*", "/vid eo/ü*"]},
        ),
    ],
)
def test_a_token_in_a_url_is_that_of_the_official_sdk(
    rules: TokenRules, options: dict[str, object]
) -> None:
    path = DeliveryPath(public_id="a b/hero", delivery_type="authenticated", extension="jpg")
    url = DeliveryUrl(host=DeliveryHost(cloud="studio"), path=path)
    signed = of_sdk(url, sign_url=True, auth_token={"key": TOKEN_KEY, **options})
    assert str(url.with_token(rules, TOKEN_KEY)) == signed


def test_the_token_vectors_of_the_reference_hold() -> None:
    rules = TokenRules(expires=1700000300, starts=1700000000, paths=("/image/*", "/video/*"))
    assert auth_token(rules, key=TOKEN_KEY).endswith(
        "hmac=cb94cee48c98f98ba146776e949dc2040bb369d86709c62df27eada0c6b7717c"
    )
    one = auth_token(
        TokenRules(expires=1700000300), key=TOKEN_KEY, path="/demo/image/authenticated/pic"
    )
    assert one == (
        "__cld_token__=exp=1700000300~hmac="
        "b4143252f4e29fd9f1ea9dc16bcb9f6454b3562d862c2323f5ba7caa699954be"
    )


def test_a_wrong_token_key_is_refused_without_repeating_it() -> None:
    with pytest.raises(InvalidInputError) as caught:
        auth_token(TokenRules(expires=1), key="98-the-key", path="/x")
    assert "98-the-key" not in str(caught.value)


@pytest.mark.parametrize("wrong", [{"suffix": "a.b"}, {"suffix": "a/b"}])
def test_a_suffix_with_a_dot_or_a_slash_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError):
        DeliveryUrl(
            host=DeliveryHost(cloud="c"), path=DeliveryPath(public_id="a"), suffix=wrong["suffix"]
        )


def test_only_uploaded_images_and_raw_files_have_the_other_forms() -> None:
    video = DeliveryPath(public_id="a", resource_type="video")
    with pytest.raises(InvalidInputError):
        DeliveryUrl(host=DeliveryHost(cloud="c"), path=video, suffix="x")
    with pytest.raises(InvalidInputError):
        DeliveryUrl(host=DeliveryHost(cloud="c"), path=video, root_path=True)


def test_the_analytics_parameter_stands_in_the_query_behind_a_token() -> None:
    url = DeliveryUrl(
        host=DeliveryHost(cloud="c"), path=DeliveryPath(public_id="a"), analytics="BAMAABDW0"
    )
    assert str(url) == "https://res.cloudinary.com/c/image/upload/a?_a=BAMAABDW0"
    with_both = url.with_token(TokenRules(expires=9), TOKEN_KEY)
    assert str(with_both).endswith("&_a=BAMAABDW0")
    read = read_url(str(with_both))
    assert read is not None
    assert (read.analytics, read.token) == ("BAMAABDW0", with_both.token)


READABLE = st.builds(
    DeliveryPath,
    public_id=st.one_of(NAMES, st.sampled_from(["a/b/hero", "v1/x", "w_1,c_fill/photo"])),
    resource_type=st.sampled_from(["image", "video"]),
    delivery_type=st.sampled_from(["upload", "private", "authenticated"]),
    transformation=st.sampled_from(["", "c_fill,w_9", "e_sepia/w_0.5"]).map(parse),
    version=st.integers(1, 2**40),
    extension=st.sampled_from(["jpg", "webp"]),
)


@given(host=HOSTS, path=READABLE, signed=st.booleans())
def test_every_url_we_write_is_read_back_as_the_same_asset(
    host: DeliveryHost, path: DeliveryPath, signed: bool
) -> None:
    url = DeliveryUrl(host=host, path=path)
    url = url.signed(SIGNING_KEY) if signed else url
    read = read_url(str(url))
    assert read is not None
    assert read.path == url.path
    assert read.names[0] == path.public_id
    assert (read.resource_type, read.delivery_type) == (path.resource_type, path.delivery_type)
    if host_found(str(url).split("/")[2]).known:
        assert read.cloud == "studio"


@given(path=READABLE, suffix=st.sampled_from(["", "spring-shoes"]), root=st.booleans())
def test_other_forms_are_read_back_too(path: DeliveryPath, suffix: str, root: bool) -> None:
    plain = DeliveryPath(public_id=path.public_id, version=path.version, extension=path.extension)
    url = DeliveryUrl(
        host=DeliveryHost(cloud="studio"),
        path=plain,
        suffix=suffix,
        root_path=root and not suffix,
        short=not suffix,
    )
    read = read_url(str(url))
    assert read is not None
    assert (read.names[0], read.suffix, read.cloud) == (plain.public_id, suffix, "studio")
