"""What leaves through the SDK, against a real server on this machine."""

import email.utils
import math
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import cloudinary
import pytest
from cloudinary import api, uploader
from cloudinary.api_client import call_api
from hypothesis import example, given
from hypothesis import strategies as st
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

from bridge_app.delivery.connections import Connections, install, transport_error
from bridge_app.delivery.limits import retry_after_s
from bridge_app.domain.errors import (
    BridgeError,
    OfflineError,
    RateLimitedError,
    ServiceTroubleError,
)

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
OK = b'{"status": "ok", "public_id": "x"}'


class Service:
    """A real HTTP server that answers what it was told to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.agents: list[str] = []
        self.clients: set[int] = set()
        self.status = 200
        self.headers: dict[str, str] = {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                service.agents.append(self.headers["User-Agent"])
                service.clients.add(self.client_address[1])
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(service.status)
                for name, value in service.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(OK)))
                self.end_headers()
                self.wfile.write(OK)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *_: Any) -> None:
                """Say nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def options(self) -> dict[str, Any]:
        return {
            "cloud_name": "studio",
            "api_key": "1",
            "api_secret": "s",
            "upload_prefix": self.url,
        }

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connections]:
    """Ours in the SDK, and the SDK's own back again afterwards."""
    monkeypatch.setattr(uploader, "_http", uploader._http)
    monkeypatch.setattr(call_api, "_http", call_api._http)
    monkeypatch.setattr(cloudinary, "USER_PLATFORM", cloudinary.USER_PLATFORM)
    made = Connections(now=lambda: NOW)
    install(made)
    yield made
    made.clear()


@pytest.fixture
def service(connections: Connections) -> Iterator[Service]:
    made = Service()
    yield made
    connections.clear()
    made.close()


def test_the_sdk_says_who_we_are_wherever_it_sends(service: Service) -> None:
    api.ping(**service.options())
    uploader.upload(b"bytes", **service.options())
    assert len(service.agents) == 2
    for agent in service.agents:
        assert agent.startswith("CloudinaryAssetBridge/")
        assert "CloudinaryPython/" in agent


def test_both_pools_of_the_sdk_are_ours_and_keep_their_connection(
    service: Service, connections: Connections
) -> None:
    assert uploader._http is connections
    assert call_api._http is connections
    for _ in range(3):
        api.ping(**service.options())
        uploader.upload(b"bytes", **service.options())
    assert len(service.clients) == 2  # one for questions, one for files


@pytest.mark.parametrize("status", [420, 429])
@pytest.mark.parametrize(
    ("name", "value", "seconds"),
    [
        ("Retry-After", "7", 7.0),
        ("retry-after", email.utils.format_datetime(NOW + timedelta(seconds=90), True), 90.0),
        ("X-FeatureRateLimit-Reset", "Mon, 15 Jun 2026 12:05:00 GMT", 300.0),
        ("X-FeatureRateLimit-Reset", "Mon, 15 Jun 2026 11:00:00 GMT", None),
        ("X-FeatureRateLimit-Reset", "Mon, 15 Jun 2037 11:00:00 GMT", 3600.0),
        ("Retry-After", "Mon, 15 Jun 2026 11:00:00 GMT", None),
        ("X-Other", "7", None),
    ],
)
def test_a_request_for_patience_is_understood(
    service: Service, status: int, name: str, value: str, seconds: float | None
) -> None:
    service.status, service.headers = status, {name: value}
    for send in (api.ping, lambda **options: uploader.upload(b"bytes", **options)):
        with pytest.raises(RateLimitedError) as caught:
            send(**service.options())
        assert caught.value.retry_after_s == seconds


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_fault_of_the_service_is_told_with_its_number(service: Service, status: int) -> None:
    service.status = status
    with pytest.raises(ServiceTroubleError, match=f"HTTP {status}"):
        api.ping(**service.options())


def test_retry_after_wins_over_the_reset_time() -> None:
    headers = {"Retry-After": "5", "X-FeatureRateLimit-Reset": "Mon, 15 Jun 2026 12:05:00 GMT"}
    assert retry_after_s(headers, NOW) == 5.0


DATES = st.builds(
    "Mon, {} Jun {} {}:{}:00 +{}".format,
    *(st.integers(0, 10**n) for n in (3, 12, 3, 3, 20)),
)


@given(after=st.text(max_size=20) | DATES, reset=st.text(max_size=20) | DATES)
@example(after="²", reset="")
@example(after="9" * 400, reset="")
@example(after="Mon, 15 Jun 99999 12:00:00 GMT", reset="")
def test_whatever_the_headers_say_is_a_time_to_wait_or_nothing(after: str, reset: str) -> None:
    found = retry_after_s({"Retry-After": after, "X-FeatureRateLimit-Reset": reset}, NOW)
    assert found is None or (found >= 0 and math.isfinite(found))


@contextmanager
def port() -> Iterator[socket.socket]:
    """A port of this machine that is nobody else's."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held


def url_of(held: socket.socket) -> str:
    return f"http://127.0.0.1:{held.getsockname()[1]}/"


def test_a_refused_connection_means_offline(connections: Connections) -> None:
    with port() as held, pytest.raises(OfflineError):
        connections.request("GET", url_of(held))


def test_a_connection_that_breaks_says_nothing_about_being_offline(
    connections: Connections,
) -> None:
    def reset() -> None:
        peer, _ = held.accept()
        peer.recv(1)
        linger_of_nothing = b"\1\0\0\0\0\0\0\0"
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_of_nothing)
        peer.close()

    with port() as held:
        held.listen()
        server = threading.Thread(target=reset)
        server.start()
        with pytest.raises(ServiceTroubleError, match="broke"):
            connections.request("POST", url_of(held), body=b"x" * 100)
        server.join()


def test_a_service_that_stays_silent_is_in_trouble_not_away(connections: Connections) -> None:
    with port() as held:
        held.listen()
        with pytest.raises(ServiceTroubleError):
            connections.request("GET", url_of(held), timeout=0.1)


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (NameResolutionError("host", None, socket.gaierror()), OfflineError),  # type: ignore[arg-type]
        (ConnectTimeoutError(), OfflineError),
        (SSLError("certificate"), ServiceTroubleError),
        (ProtocolError("reset"), ServiceTroubleError),
        (ReadTimeoutError(None, "", "slow"), ServiceTroubleError),  # type: ignore[arg-type]
    ],
    ids=lambda value: type(value).__name__,
)
def test_not_reached_is_offline_and_anything_later_is_trouble(
    error: HTTPError, ours: type[BridgeError]
) -> None:
    assert type(transport_error(error)) is ours
    wrapped = MaxRetryError(None, "/", error)  # type: ignore[arg-type]
    assert type(transport_error(wrapped)) is ours
