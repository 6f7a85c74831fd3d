"""Connections that notice what answers teach, and send once more with a new token."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bridge_app.delivery.learning import LearningConnections
from bridge_app.delivery.permissions import Capability
from bridge_app.domain.errors import ServiceTroubleError

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
REFUSED = b'{"error": {"message": "no permission"}}'


class Service:
    """Takes the token `new`; what is forbidden is answered with 403."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        tokens = self.tokens

        class Page(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self._answer()

            def do_GET(self) -> None:
                self._answer()

            def _answer(self) -> None:
                tokens.append(self.headers["Authorization"])
                status = 200 if tokens[-1].endswith(("new", "key")) else 401
                status = 403 if "forbidden" in self.path else status
                body = b'{"status": "ok"}' if status == 200 else REFUSED
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1_1/studio"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Pupil:
    """Notes what it hears; knows one new token."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Capability, int, str]] = []

    def heard(self, environment: str, capability: Capability, status: int, message: str) -> None:
        self.told.append((environment, capability, status, message))

    def renewed(self, rejected: str) -> str | None:
        return "new" if rejected == "old" else None


class Streamed:
    """Content that can be read only once."""

    def __len__(self) -> int:
        return 3

    def blocks(self) -> Iterator[bytes]:
        yield b"abc"


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.close()


@pytest.fixture
def pupil() -> Pupil:
    return Pupil()


@pytest.fixture
def connections(pupil: Pupil, service: Service) -> Iterator[LearningConnections]:
    made = LearningConnections(now=lambda: NOW)
    made.listener = pupil
    yield made
    made.clear()


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_a_rejected_token_is_replaced_once(
    connections: LearningConnections, service: Service, pupil: Pupil
) -> None:
    reply = connections.request("GET", f"{service.url}/resources", headers=bearer("old"))
    assert reply.status == 200
    assert service.tokens == ["Bearer old", "Bearer new"]
    assert pupil.told == [("studio", Capability.READ, 200, "")]


def test_a_token_that_nobody_can_renew_is_refused(
    connections: LearningConnections, service: Service, pupil: Pupil
) -> None:
    reply = connections.request("GET", f"{service.url}/resources", headers=bearer("strange"))
    assert reply.status == 401
    assert service.tokens == ["Bearer strange"]
    assert pupil.told == [("studio", Capability.READ, 401, "no permission")]


def test_a_key_is_not_taken_for_a_token(connections: LearningConnections, service: Service) -> None:
    connections.request("GET", f"{service.url}/resources", headers={"authorization": "Basic key"})
    assert service.tokens == ["Basic key"]


def test_a_file_in_memory_is_sent_again_and_a_stream_is_left_to_the_next_try(
    connections: LearningConnections, service: Service
) -> None:
    url = f"{service.url}/image/upload"
    fields: list[tuple[str, object]] = [("timestamp", "1"), ("file", ("a.jpg", b"abc"))]
    reply = connections.request("POST", url, fields=fields, headers=bearer("old"))
    assert reply.status == 200
    fields[1] = ("file", ("a.jpg", Streamed()))
    with pytest.raises(ServiceTroubleError, match="login had to be renewed"):
        connections.request("POST", url, fields=fields, headers=bearer("old"))


def test_a_refusal_is_heard_with_its_words(
    connections: LearningConnections, service: Service, pupil: Pupil
) -> None:
    url = f"{service.url}/resources/image/upload/forbidden"
    connections.request("GET", url, headers={"authorization": "Basic key"})
    assert pupil.told == [("studio", Capability.READ, 403, "no permission")]


def test_without_a_listener_it_is_an_ordinary_connection(
    connections: LearningConnections, service: Service
) -> None:
    connections.listener = None
    reply = connections.request("GET", f"{service.url}/resources", headers=bearer("old"))
    assert reply.status == 401
