"""What leaves through a company's proxy: everything that goes to the service, and nothing else."""

import socket
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cloudinary
import pytest
from cloudinary import api, uploader
from cloudinary.api_client import call_api

from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.renditions import Renditions
from bridge_app.domain.errors import OfflineError, RefusedByServiceError
from bridge_app.domain.proxies import ProxyRefusedError, UnspokenProxyError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.port import Tls
from bridge_app.sandbox.server import Sandbox, SandboxAccount
from tests.delivery.forward_proxy import HOST, ForwardProxy
from tests.delivery.test_sender import certificate

ACCOUNT = SandboxAccount.parse("cloudinary://1234:s3cr3t@demo")
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
LARGE = 3_000_000
"""Bytes; more than one block, and than what a socket holds."""


@dataclass
class Office:
    """A service that only the proxy can find, and a way for the SDK to ask for it."""

    sandbox: Sandbox
    url: str

    def options(self) -> dict[str, Any]:
        return {
            "cloud_name": ACCOUNT.cloud_name,
            "api_key": ACCOUNT.api_key,
            "api_secret": ACCOUNT.api_secret,
            "upload_prefix": self.url,
        }

    def far(self, url: str) -> str:
        """An address of the service as others have to ask for it."""
        return url.replace("127.0.0.1", HOST)


@pytest.fixture(params=["https", "http"])
def office(
    request: pytest.FixtureRequest, tmp_path: Path, decoder: DecoderPool, monkeypatch: Any
) -> Iterator[Office]:
    trusted, _ = certificate(tmp_path, expired=False)
    tls = Tls(certificate=trusted, key=tmp_path / "key.pem") if request.param == "https" else None
    sandbox = Sandbox(accounts=[ACCOUNT], decoder=decoder, tls=tls)
    sandbox.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setattr(uploader, "_http", uploader._http)
    monkeypatch.setattr(call_api, "_http", call_api._http)
    monkeypatch.setattr(cloudinary, "USER_PLATFORM", cloudinary.USER_PLATFORM)
    connections = Connections(now=lambda: NOW)
    install(connections)
    yield Office(sandbox, sandbox.url.replace("127.0.0.1", HOST))
    connections.clear()
    sandbox.stop()


@pytest.fixture
def proxy() -> Iterator[ForwardProxy]:
    made = ForwardProxy(login="anna:p@ss")
    yield made
    made.close()


Ask = Callable[[Office], object]


def ping(office: Office) -> object:
    return api.ping(**office.options())


def small(office: Office) -> object:
    return uploader.upload(("a.txt", b"words"), resource_type="raw", **office.options())


def fetch(office: Office, into: Path = Path("/dev/null")) -> object:
    return Renditions().fetch(f"{office.url}/demo/image/upload/none.jpg", into)


ASKING = {"an admin call": ping, "a file": small, "a delivery": fetch}
asking = pytest.mark.parametrize("ask", ASKING.values(), ids=ASKING.keys())


def test_calls_files_and_deliveries_go_through_the_proxy_of_the_environment(
    office: Office, proxy: ForwardProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy.url.replace("//", "//anna:p%40ss@"))
    data = bytes(range(256)) * (LARGE // 256)
    assert ping(office) == {"status": "ok"}
    sent = uploader.upload(("a.bin", data), resource_type="raw", **office.options())
    assert sent["bytes"] == len(data)
    renditions = Renditions()
    into = tmp_path / "back.bin"
    assert renditions.fetch(office.far(sent["url"]), into) == len(data)
    renditions.close()
    assert into.read_bytes() == data
    assert proxy.asked
    assert all(f"{HOST}:" in line for line in proxy.asked)


@asking
def test_a_password_may_have_any_letters(
    office: Office, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = ForwardProxy(login="änna:p€水")
    try:
        monkeypatch.setenv("ALL_PROXY", proxy.url.replace("//", "//%C3%A4nna:p%E2%82%AC%E6%B0%B4@"))
        # Of the delivery it is the service that says no.
        with pytest.raises(RefusedByServiceError) if ask is fetch else nullcontext():
            ask(office)
    finally:
        proxy.close()
    assert (len(proxy.asked), proxy.refused) == (1, 0)


def test_a_tunnel_is_kept_open(
    office: Office, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy.url.replace("//", "//anna:p%40ss@"))
    for ask in (ping, small, ping, small):
        ask(office)
    assert len(proxy.asked) == 1


@asking
def test_a_proxy_that_lets_nothing_through_is_named_without_its_password(
    office: Office, proxy: ForwardProxy, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy.url.replace("//", "//anna:wrong@"))
    with pytest.raises(ProxyRefusedError, match=str(proxy.port)) as told:
        ask(office)
    assert "407" in str(told.value)
    assert "wrong" not in str(told.value)
    assert (proxy.refused, proxy.asked) == (1, [])


@asking
def test_where_the_proxy_is_away_we_are_offline(
    office: Office, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{held.getsockname()[1]}")
    with pytest.raises(OfflineError):
        ask(office)


@asking
def test_a_proxy_that_does_not_speak_http_is_never_gone_past(
    office: Office, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:9")
    with pytest.raises(UnspokenProxyError):
        ask(office)


@asking
def test_this_computer_is_reached_without_it(
    office: Office, ask: Ask, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy.url)
    near = Office(office.sandbox, office.sandbox.url)
    # Of the delivery it is the service that says no.
    with pytest.raises(RefusedByServiceError) if ask is fetch else nullcontext():
        ask(near)
    assert (proxy.asked, proxy.refused) == ([], 0)
