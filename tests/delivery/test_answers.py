"""What each kind of answer means, and that keys go to nobody but the configured host."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import cloudinary
import pytest
from cloudinary import api, uploader
from cloudinary.api_client import call_api
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.delivery.answers import (
    AddOnMissingError,
    NoSuchPresetError,
    NotAcceptedError,
    NotPermittedError,
    NotUnderstoodError,
    RedirectedError,
    TooLargeError,
    WrongClockError,
    meaning,
    plain_text,
)
from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.delivery.limits import BudgetSpentError
from bridge_app.domain.errors import (
    BridgeError,
    CredentialsError,
    RateLimitedError,
    RefusedByServiceError,
    ServiceTroubleError,
)
from bridge_app.domain.jobs import WaitingFor
from bridge_app.work.outcome import Failed, Waiting
from bridge_app.work.retry import after_trouble
from tests.delivery.test_sender import Peer, certificate

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
STALE = "Stale request - reported time is 2026-06-15 08:00:00 UTC which is more than 1 hour ago"
TABLE: list[tuple[int, str, type[BridgeError]]] = [
    (400, STALE, WrongClockError),
    (401, STALE, WrongClockError),
    (401, "Invalid Signature 12ab. String to sign - 'timestamp=1'.", CredentialsError),
    (401, "unknown api_key", CredentialsError),
    (403, "You are not allowed to do this", NotPermittedError),
    (400, "File size too large. Got 20. Maximum is 10.", TooLargeError),
    (413, "Request entity too large", TooLargeError),
    (400, "Upload preset not found", NoSuchPresetError),
    (400, "Upload preset must be specified when using unsigned upload", NoSuchPresetError),
    (400, "Invalid image file", NotAcceptedError),
    (400, "Image file format png not allowed", NotAcceptedError),
    (420, "You don't have an active subscription for Google Tagging", AddOnMissingError),
    (400, "Raw convert is invalid", RefusedByServiceError),
    (404, "Resource not found - hero", RefusedByServiceError),
    (409, "to_public_id hero already exists", RefusedByServiceError),
    (420, "Rate Limit Exceeded. Limit of 500 api operations reached.", RateLimitedError),
    (429, "Too many requests", RateLimitedError),
    (400, "General Error", ServiceTroubleError),
    (408, "Request Timeout", ServiceTroubleError),
    (500, "General Error", ServiceTroubleError),
    (502, "", ServiceTroubleError),
]


@pytest.mark.parametrize(("status", "message", "error"), TABLE)
def test_each_answer_has_its_meaning(status: int, message: str, error: type[BridgeError]) -> None:
    assert type(meaning(status, message)) is error


PERMANENT = [row for row in TABLE if issubclass(row[2], RefusedByServiceError)]


@pytest.mark.parametrize(("status", "message", "error"), PERMANENT)
def test_nothing_permanent_is_tried_again(
    status: int, message: str, error: type[BridgeError]
) -> None:
    rng = Random(1)  # noqa: S311 - for spreading pauses, not for secrets
    outcome = after_trouble(meaning(status, message), attempts=1, now=NOW, rng=rng)
    assert isinstance(outcome, Failed)


@pytest.mark.parametrize("message", [STALE, "unknown api_key"])
def test_what_a_person_has_to_mend_waits_for_the_person(message: str) -> None:
    rng = Random(1)  # noqa: S311 - for spreading pauses, not for secrets
    outcome = after_trouble(meaning(401, message), attempts=99, now=NOW, rng=rng)
    assert isinstance(outcome, Waiting)
    assert outcome.reason is WaitingFor.ACCOUNT


@given(status=st.integers(400, 599), message=st.text(max_size=400))
def test_every_answer_has_a_sentence(status: int, message: str) -> None:
    assert len(str(meaning(status, message))) < 700


def test_a_page_is_told_by_its_title_or_its_words() -> None:
    page = b"<html><head><title>\n 502 Bad\n Gateway</title></head><body>x</body></html>"
    assert plain_text(page) == "502 Bad Gateway"
    assert plain_text(b"<p>No <b>title</b></p><script>x()</script>") == "No title"
    assert plain_text(b"\xff\xfe") != ""


class Service:
    """Answers every request with `answer`, and keeps what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body = b"{}"
        self.asked: list[tuple[str, dict[str, str]]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                service.asked.append((self.path, dict(self.headers.items())))
                self.send_response(service.status)
                given = {"Content-Length": str(len(service.body)), **service.headers}
                for name, value in given.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(service.body)

            def do_POST(self) -> None:
                self.do_GET()

            def do_DELETE(self) -> None:
                self.do_GET()

            def log_message(self, *_: Any) -> None:
                """Say nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def says(self, status: int, body: bytes | dict[str, Any], **headers: str) -> None:
        self.status = status
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def options(self) -> dict[str, Any]:
        return {
            "cloud_name": "studio",
            "api_key": "123456",
            "api_secret": "s3cr3t",
            "upload_prefix": self.url,
        }

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connections]:
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


Call = Callable[[dict[str, Any]], object]
CALLS: dict[str, Call] = {
    "a file": lambda options: uploader.upload(("a.jpg", b"bytes"), **options),
    "by URL": lambda options: uploader.upload("https://example.com/a.jpg", **options),
    "admin": lambda options: api.ping(**options),
    "admin with a body": lambda options: api.delete_resources(["a"], **options),
}


def trouble(call: Call, service: Service) -> BridgeError:
    with pytest.raises(BridgeError) as caught, cloudinary_errors():
        call(service.options())
    return caught.value


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize(
    "body",
    [b"", b"not JSON", b'{"public_id": ', b"[]", b"null", b'"text"', b"7", b"\xff\xfe\x00"],
)
def test_an_answer_of_another_kind_is_said_to_be_one(
    service: Service, call: Call, body: bytes
) -> None:
    service.says(200, body)
    assert isinstance(trouble(call, service), NotUnderstoodError)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize(
    "body",
    [{"error": "text"}, {"error": None}, {"error": {}}, {"error": {"message": 7}}, {"error": []}],
    ids=str,
)
@pytest.mark.parametrize("status", [200, 400, 401, 404, 418, 503])
def test_an_error_of_another_shape_is_trouble_and_no_crash(
    service: Service, call: Call, body: dict[str, Any], status: int
) -> None:
    service.says(status, body)
    assert isinstance(trouble(call, service), BridgeError)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_page_in_the_place_of_an_answer_is_told_by_its_title(
    service: Service, call: Call
) -> None:
    service.says(200, b"<html><title>Welcome to Hotel WLAN</title></html>")
    assert "Hotel WLAN" in str(trouble(call, service))
    service.says(502, b"<html><title>Bad gateway</title></html>")
    assert "HTTP 502, Bad gateway" in str(trouble(call, service))


def test_the_header_for_errors_is_read_where_the_body_says_nothing(service: Service) -> None:
    service.says(400, b"", X_Cld_Error="Upload preset not found")
    assert isinstance(trouble(CALLS["a file"], service), NoSuchPresetError)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_wrong_clock_is_called_one(service: Service, call: Call) -> None:
    service.says(401, {"error": {"message": STALE}})
    error = trouble(call, service)
    assert isinstance(error, WrongClockError)
    assert "clock of this computer" in str(error)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_half_an_answer_is_trouble_that_is_tried_again(service: Service, call: Call) -> None:
    service.says(200, b'{"public_id": "x"}', Content_Length="400", Connection="close")
    assert isinstance(trouble(call, service), ServiceTroubleError)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_credentials_are_never_sent_to_another_host(
    service: Service, call: Call, status: int
) -> None:
    thief = Service()
    service.says(status, b"", Location=f"{thief.url}/v1_1/studio/ping")
    error = trouble(call, service)
    thief.close()
    assert isinstance(error, RedirectedError)
    assert thief.asked == []
    assert len(service.asked) == 1


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_not_even_to_another_path_of_the_same_host(service: Service, call: Call) -> None:
    service.says(302, b"", Location="/elsewhere")
    assert isinstance(trouble(call, service), RedirectedError)
    assert len(service.asked) == 1


@pytest.mark.parametrize("name", ["a file", "admin"])
def test_an_expired_certificate_is_told_with_the_clock_as_a_suspect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    trusted, server = certificate(tmp_path, expired=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    monkeypatch.setattr(uploader, "_http", uploader._http)
    monkeypatch.setattr(call_api, "_http", call_api._http)
    monkeypatch.setattr(cloudinary, "USER_PLATFORM", cloudinary.USER_PLATFORM)
    connections = Connections(now=lambda: NOW)
    install(connections)
    peer = Peer(b"", tls=server)
    options = {
        "cloud_name": "studio",
        "api_key": "1",
        "api_secret": "s",
        "upload_prefix": peer.url.partition("/v1_1")[0],
    }
    with pytest.raises(ServiceTroubleError, match="has expired, or the clock"), cloudinary_errors():
        CALLS[name](options)
    peer.close()
    connections.clear()
    assert peer.requests == []


def test_a_name_that_does_not_fit_the_certificate_is_not_accepted(tmp_path: Path) -> None:
    trusted, server = certificate(tmp_path, expired=False)
    client = ssl.create_default_context(cafile=str(trusted))
    peer = Peer(b"", tls=server)
    port = int(peer.url.split(":")[2].split("/")[0])
    with (
        socket.create_connection(("127.0.0.1", port), 5) as connection,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        client.wrap_socket(connection, server_hostname="api.cloudinary.com")
    peer.close()


def test_an_admin_call_too_many_is_told_apart_from_uploads_that_are_too_fast(
    service: Service,
) -> None:
    service.says(420, {"error": {"message": "Rate Limit Exceeded"}}, Retry_After="7")
    spent = trouble(CALLS["admin"], service)
    fast = trouble(CALLS["a file"], service)
    assert isinstance(spent, BudgetSpentError)
    assert type(fast) is RateLimitedError
    assert spent.retry_after_s == fast.retry_after_s == 7.0


def test_the_words_of_a_refusal_say_until_when_if_no_header_does(service: Service) -> None:
    said = "Rate Limit Exceeded. Limit of 500 api operations reached. Try again on "
    service.says(420, {"error": {"message": said + "2026-06-15 12:30:00 UTC"}})
    error = trouble(CALLS["a file"], service)
    assert isinstance(error, RateLimitedError)
    assert error.retry_after_s == 1800.0
