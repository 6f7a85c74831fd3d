"""Who may see what: private and authenticated assets, tokens, windows, strict transformations."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import cloudinary
import pytest
from cloudinary import api, uploader, utils
from cloudinary.utils import cloudinary_url
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.cloudinary.delivery_tokens import opens
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

KEY = "00112233FF99"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)

MakeSandbox = Callable[..., Sandbox]
Connect = Callable[[Sandbox], None]


def seen(url: str, **options: str) -> tuple[int, str]:
    cookie = "; ".join(f"{name}={value}" for name, value in options.items())
    reply = plain.get(url, headers={"Cookie": cookie} if cookie else {})
    return reply.status_code, reply.headers.get("x-cld-error", "")


@pytest.fixture
def started(make_sandbox: MakeSandbox, connect: Connect) -> Callable[..., Sandbox]:
    def start(**settings: object) -> Sandbox:
        sandbox = make_sandbox(settings=Settings(**settings))  # type: ignore[arg-type] # by name
        sandbox.start()
        connect(sandbox)
        return sandbox

    return start


def token(url: str = "", **options: object) -> str:
    """What the official SDK puts behind `__cld_token__=`."""
    wanted = {"key": KEY, "duration": 300, **({"url": url} if url else {}), **options}
    made: str = cloudinary.auth_token.generate(**wanted)
    return made.partition("=")[2]


def test_of_private_pictures_only_the_original_is_held_back(sdk: Sandbox, jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic", type="private")
    original, _ = cloudinary_url("pic.jpg", type="private")
    derived, _ = cloudinary_url("pic.jpg", type="private", width=10, crop="scale")
    saved, _ = cloudinary_url("pic.jpg", type="private", flags="attachment")
    assert seen(original) == (401, "ACL deny")
    assert seen(saved) == (401, "ACL deny")
    assert seen(derived) == (200, "")
    assert seen(cloudinary_url("pic.jpg", type="private", sign_url=True)[0]) == (200, "")


def test_of_authenticated_pictures_everything_is_held_back(sdk: Sandbox, jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic", type="authenticated")
    for options in ({}, {"width": 10, "crop": "scale"}):
        given = {"type": "authenticated", **options}
        assert seen(cloudinary_url("pic.jpg", **given)[0]) == (401, "ACL deny")
        for how in ({}, {"long_url_signature": True}, {"signature_algorithm": "sha256"}):
            signed, _ = cloudinary_url("pic.jpg", sign_url=True, **given, **how)
            assert seen(signed) == (200, "")


def test_a_token_opens_what_it_is_for(started: Callable[..., Sandbox], jpeg: Path) -> None:
    started(auth_token_key=KEY)
    uploader.upload(str(jpeg), public_id="pic é", type="authenticated")
    options = {"type": "authenticated", "sign_url": True, "format": "jpg"}
    url, _ = cloudinary_url("pic é", auth_token={"key": KEY, "duration": 300}, **options)
    assert "__cld_token__" in url
    assert seen(url) == (200, "")
    plain = url.partition("?")[0]
    assert seen(plain) == (401, "ACL deny")
    assert seen(plain, __cld_token__=token(acl="/demo/image/authenticated/*")) == (200, "")
    for wrong in (
        token(acl="/demo/video/*"),
        token(acl="/demo/image/*", key="AA"),
        token(acl="/*", start_time=4_000_000_000),
        token(acl="/*", expiration=1_700_000_000),
        token(acl="/*", ip="10.0.0.1"),
        "nonsense",
    ):
        assert seen(plain, __cld_token__=wrong) == (401, "ACL deny")


def test_a_token_for_paths_opens_them_in_a_query_too(
    started: Callable[..., Sandbox], jpeg: Path
) -> None:
    started(auth_token_key=KEY)
    uploader.upload(str(jpeg), public_id="pic", type="authenticated")
    for_paths = {"key": KEY, "duration": 300, "acl": ["/demo/image/*", "/demo/video/*"]}
    url, _ = cloudinary_url("pic", type="authenticated", sign_url=True, auth_token=for_paths)
    assert "%2f" in url.partition("?")[2]
    assert seen(url) == (200, "")
    assert seen(url.replace("image%2f", "raw%2f")) == (401, "ACL deny")
    # As urllib3 and browsers may write it.
    assert seen(url.replace("%2f", "%2F")) == (200, "")


def test_without_a_key_no_token_opens_anything(sdk: Sandbox, jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic", type="authenticated")
    url, _ = cloudinary_url("pic.jpg", type="authenticated")
    assert seen(url, __cld_token__=token(acl="/*")) == (401, "ACL deny")


@given(st.text("abcZ09 /-_.~'%&=?*[]{}|é", min_size=1), st.integers(1_700_000_000, 1_700_000_100))
def test_the_sdks_tokens_are_understood(path: str, start: int) -> None:
    text = f"/{path}"
    made = token(text, start_time=start, duration=50)
    now = datetime.fromtimestamp(start + 10, UTC)
    assert opens(made, KEY, path=text, address="", now=now)
    assert not opens(made, KEY, path=f"{text}x", address="", now=now)
    assert not opens(made, KEY, path=text, address="", now=datetime.fromtimestamp(start + 50, UTC))
    assert not opens(made, "", path=text, address="", now=now)


@pytest.mark.parametrize(
    ("window", "status"),
    [
        ({"start": "2026-11-21T11:00:00Z"}, 200),
        ({"end": "2026-11-21T13:00:00Z"}, 200),
        ({"start": "2026-11-21T11:00:00Z", "end": "2026-11-21T12:00:00Z"}, 401),
        ({"start": "2026-11-21T12:00:01Z"}, 401),
    ],
)
def test_a_window_opens_and_closes(
    make_sandbox: MakeSandbox,
    connect: Connect,
    jpeg: Path,
    window: dict[str, str],
    status: int,
) -> None:
    sandbox = make_sandbox(now=lambda: NOON)
    sandbox.start()
    connect(sandbox)
    rules = [{"access_type": "token"}, {"access_type": "anonymous", **window}]
    reply = plain.post(
        f"{sandbox.url}/v1_1/demo/image/upload",
        auth=("1234", "s3cr3t"),
        data={"public_id": "pic", "access_control": utils.json_encode(rules)},
        files={"file": jpeg.read_bytes()},
    )
    assert reply.status_code == 200
    for options in ({}, {"width": 10, "crop": "scale"}):
        url, _ = cloudinary_url("pic.jpg", **options)
        assert plain.get(url).status_code == status


def test_what_only_a_token_opens_is_closed_to_everybody_else(
    started: Callable[..., Sandbox], jpeg: Path
) -> None:
    started(auth_token_key=KEY)
    uploader.upload(str(jpeg), public_id="pic", access_control=[{"access_type": "token"}])
    url, _ = cloudinary_url("pic.jpg")
    assert seen(url) == (401, "ACL deny")
    cookie = f"__cld_token__={token(urlsplit(url).path)}"
    reply = plain.get(url, headers={"Cookie": cookie})
    assert (reply.status_code, reply.headers["cache-control"]) == (200, "private, no-store")


def test_strict_transformations_are_signed_made_before_or_allowed(
    started: Callable[..., Sandbox], jpeg: Path
) -> None:
    started(strict_transformations=True)
    uploader.upload(str(jpeg), public_id="pic", eager=[{"width": 7, "crop": "scale"}])
    api.create_transformation("small", "c_scale,w_9")

    def status(**options: object) -> int:
        return seen(cloudinary_url("pic", **options)[0])[0]

    assert status() == 200
    assert status(width=10, crop="scale") == 401
    assert status(width=7, crop="scale") == 200
    assert status(width=10, crop="scale", sign_url=True) == 200
    assert status(transformation="small") == 200
    api.update_transformation("small", allowed_for_strict=False)
    uploader.upload(str(jpeg), public_id="pic")
    assert status(transformation="small") == 401
    assert status(width=7, crop="scale") == 401


def test_delivery_types_can_be_for_signed_urls_alone(
    started: Callable[..., Sandbox], jpeg: Path
) -> None:
    started(restricted_types=frozenset({"list"}))
    uploader.upload(str(jpeg), public_id="pic", tags="a")
    plain, _ = cloudinary_url("a.json", type="list")
    signed, _ = cloudinary_url("a.json", type="list", sign_url=True)
    assert (seen(plain)[0], seen(signed)[0]) == (401, 200)


def test_a_signed_link_downloads_for_its_time(
    make_sandbox: MakeSandbox, connect: Connect, jpeg: Path
) -> None:
    sandbox = make_sandbox()
    sandbox.start()
    connect(sandbox)
    uploader.upload(str(jpeg), public_id="dir/pic", type="private")
    url = utils.private_download_url("dir/pic", "jpg", type="private", attachment=True)
    reply = plain.get(url)
    assert reply.content == jpeg.read_bytes()
    assert reply.headers["content-disposition"].endswith("pic.jpg")
    other = plain.get(utils.private_download_url("dir/pic", "png", type="private"))
    assert other.content.startswith(b"\x89PNG")
    late = utils.private_download_url("dir/pic", "jpg", type="private", expires_at=1_700_000_000)
    assert plain.get(late).status_code == 401
    assert plain.get(url.replace("dir%2Fpic", "other")).status_code == 401
    assert plain.get(url.partition("?")[0]).status_code == 401
    nothing = utils.private_download_url("nothing", "jpg", type="private")
    assert plain.get(nothing).status_code == 404
