"""A running sandbox, the official SDK pointed at it, and small pictures to send."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cloudinary
import pytest
from cloudinary import uploader
from cloudinary.api_client import call_api
from cloudinary.utils import get_http_connector
from PIL import Image

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox, SandboxAccount
from tests.sandbox.loaded_cld import IS_THERE, LoadedCld

ACCOUNT = SandboxAccount.parse("cloudinary://1234:s3cr3t@demo")

MakeSandbox = Callable[..., Sandbox]


@pytest.fixture(autouse=True)
def the_sdk_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application makes the SDK send through connections of its own; here it is a stranger."""
    for module in (uploader, call_api):
        own = get_http_connector(cloudinary.config(), cloudinary.CERT_KWARGS)
        monkeypatch.setattr(module, "_http", own)
    monkeypatch.setattr(cloudinary, "USER_PLATFORM", "")


@pytest.fixture
def account() -> SandboxAccount:
    return ACCOUNT


@pytest.fixture(scope="session")
def decoder() -> Iterator[DecoderPool]:
    with DecoderPool(size=1) as pool:
        yield pool


@pytest.fixture
def make_sandbox(decoder: DecoderPool) -> Iterator[MakeSandbox]:
    """Makes sandboxes with any options; all are stopped at the end."""
    made: list[Sandbox] = []

    def make(**options: Any) -> Sandbox:
        sandbox = Sandbox(**{"accounts": [ACCOUNT], "decoder": decoder, **options})
        made.append(sandbox)
        return sandbox

    yield make
    for sandbox in made:
        sandbox.stop()


@pytest.fixture
def sandbox(make_sandbox: MakeSandbox) -> Sandbox:
    """A running sandbox with one account and dynamic folders."""
    sandbox = make_sandbox()
    sandbox.start()
    return sandbox


@pytest.fixture
def fixed(make_sandbox: MakeSandbox) -> Sandbox:
    """A running sandbox with fixed folders."""
    sandbox = make_sandbox(folder_mode="fixed")
    sandbox.start()
    return sandbox


Connect = Callable[[Sandbox], None]


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    """Points the SDK at a sandbox, as its documentation says: by CLOUDINARY_URL."""

    def point_at(sandbox: Sandbox) -> None:
        monkeypatch.setenv("CLOUDINARY_URL", sandbox.cloudinary_url(ACCOUNT))
        cloudinary.reset_config()

    yield point_at
    monkeypatch.undo()
    cloudinary.reset_config()


@pytest.fixture
def sdk(sandbox: Sandbox, connect: Connect) -> Sandbox:
    """The running sandbox, with the SDK pointed at it."""
    connect(sandbox)
    return sandbox


@pytest.fixture(scope="session")
def loaded_cld() -> Iterator[LoadedCld]:
    """Cloudinary's command line, as a program that is loaded once."""
    if not IS_THERE:
        pytest.skip("there is no cld")
    made = LoadedCld()
    yield made
    made.close()


@pytest.fixture
def jpeg(tmp_path: Path) -> Path:
    """A JPEG of 40 × 30 pixels."""
    path = tmp_path / "logo.jpg"
    Image.new("RGB", (40, 30), "teal").save(path)
    return path


@pytest.fixture
def png() -> bytes:
    """A PNG of 7 × 5 pixels."""
    data = io.BytesIO()
    Image.new("RGBA", (7, 5), (0, 0, 0, 0)).save(data, "PNG")
    return data.getvalue()
