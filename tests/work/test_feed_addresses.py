"""A feed at an address: who may be asked, where redirects lead, how much an answer may have."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bridge_app.channels.errors import (
    AnswerTooLargeError,
    NotAllowedHostError,
    RefusedAnswerError,
)
from bridge_app.domain.product_feed import Feed
from bridge_app.storage.secrets import Secret
from bridge_app.work import feed_reading
from tests.desk import Desk

HEADER = "sku,product_name,market,updated_at\n"
JACKET = "SKU-1,Jacket,DE,2026-11-20T08:00:00Z"


class Pim:
    """A server of a feed: what `answers` says at each path."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        pim = self

        class Handler(BaseHTTPRequestHandler):
            """One request."""

            def do_GET(self) -> None:
                """Answer."""
                pim.asked.append((self.path, self.headers.get("Authorization", "")))
                status, headers, body = pim.answers[self.path]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def pim() -> Iterator[Pim]:
    made = Pim()
    made.answers["/feed"] = (200, {}, (HEADER + JACKET + "\n").encode())
    yield made
    made.close()


def test_a_feed_of_this_network_is_read_only_where_that_is_allowed(desk: Desk, pim: Pim) -> None:
    feeds = desk.parts.worker.feeds
    plain = Feed(id="", name="pim", source=f"{pim.url}/feed")
    refused = feeds.add(plain)
    with pytest.raises(NotAllowedHostError):
        feeds.read(refused.id)
    assert pim.asked == []
    allowed = feeds.add(
        Feed(id="", name="erp", source=f"{pim.url}/feed", private_allowed=True), Secret("tok")
    )
    (run,) = feeds.read(allowed.id)
    assert run.result.upserted == 1
    assert pim.asked == [("/feed", "Bearer tok")]


def test_redirects_are_judged_anew_and_answers_are_bounded(
    desk: Desk, pim: Pim, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds = desk.parts.worker.feeds

    def read(path: str) -> object:
        feed = Feed(id="", name=path, source=f"{pim.url}{path}", private_allowed=True)
        return feeds.read(feeds.add(feed).id)

    pim.answers["/same"] = (302, {"Location": "/feed"}, b"")
    assert read("/same")
    elsewhere = pim.url.replace("127.0.0.1", "127.0.0.2")
    pim.answers["/away"] = (302, {"Location": f"{elsewhere}/feed"}, b"")
    with pytest.raises(NotAllowedHostError):
        read("/away")
    pim.answers["/round"] = (302, {"Location": "/round"}, b"")
    with pytest.raises(RefusedAnswerError):
        read("/round")
    pim.answers["/none"] = (404, {}, b"")
    with pytest.raises(RefusedAnswerError):
        read("/none")
    monkeypatch.setattr(feed_reading, "LARGEST_ANSWER", 10)
    with pytest.raises(AnswerTooLargeError):
        read("/feed")
