"""Feeds that other systems post: signed, bounded, and answered with a report by line."""

import http.client
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bridge_app.channels.feed_receiver import LARGEST_POST, PATH, Received, feed_receiver
from bridge_app.domain.product_feed import Feed
from bridge_app.domain.product_feed_check import FeedSettingError
from bridge_app.domain.webhooks import secret_key, signed_headers
from bridge_app.work.feed_listening import PortTakenError
from bridge_app.work.listening import Listening
from bridge_app.work.product_feeds import FeedClosedError
from tests.desk import Desk, picture
from tests.work.test_product_feeds import kept

GOOD = b'{"sku":"SKU-1","product_name":"Jacket","updated_at":"2026-11-20T08:00:00Z"}\n'
BAD = b'{"sku":"SKU-2","product_name":"Hat","updated_at":"yesterday"}\n'


@pytest.fixture
def feed(desk: Desk) -> Feed:
    picture(desk.folder / "SKU-1.jpg")
    desk.library()
    desk.approve()
    (desk.home / "feeds").mkdir()
    return kept(desk)


@pytest.fixture
def receiver(desk: Desk, feed: Feed) -> Iterator[Listening]:
    feeds = desk.parts.worker.feeds
    received = Received(
        key=lambda: feeds.receiving_key(feed.id),
        take=lambda path: feeds.take_in(feed.id, path).result.told(feed.id),
        now=lambda: desk.clock().timestamp(),
    )
    made = Listening(feed_receiver(received))
    made.start()
    yield made
    made.close()


def signed(desk: Desk, secret: str, body: bytes, *, late_s: int = 0) -> dict[str, str]:
    moment = int(desk.clock().timestamp()) - late_s
    return signed_headers([secret_key(secret)], "msg_1", moment, body)


def post(
    receiver: Listening, body: bytes, headers: dict[str, str], *, path: str = PATH
) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", receiver.port, timeout=20)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else {}
    finally:
        connection.close()


def test_what_is_posted_is_taken_reported_by_line_and_followed(
    desk: Desk, feed: Feed, receiver: Listening
) -> None:
    feeds = desk.parts.worker.feeds
    secret = feeds.new_secret(feed.id).reveal()
    good = GOOD + b"".join(
        GOOD.replace(b"SKU-1", f"OTHER-{number}".encode()) for number in range(5)
    )
    body = good + BAD
    status, told = post(receiver, body, signed(desk, secret, body))
    assert (status, told["received"], told["upserted"]) == (200, 7, 6)
    assert [(one["line"], one["sku"], one["field"]) for one in told["rejected"]] == [
        (7, "SKU-2", "updated_at")
    ]
    desk.until(lambda: desk.asset("SKU-1.jpg").cloud is not None, what="the push")
    # The same bytes again are answered with what became of them.
    assert post(receiver, body, signed(desk, secret, body)) == (200, told)
    assert feeds.products(feed.id) == 6


def test_only_who_has_the_secret_is_heard_and_only_now(
    desk: Desk, feed: Feed, receiver: Listening
) -> None:
    feeds = desk.parts.worker.feeds
    with pytest.raises(FeedClosedError):
        feeds.receiving_key(feed.id)
    before = feeds.new_secret(feed.id).reveal()
    secret = feeds.new_secret(feed.id).reveal()
    fresh = signed(desk, secret, GOOD)
    for headers in (
        {},
        signed(desk, before, GOOD),
        signed(desk, secret, GOOD, late_s=301),
        signed(desk, secret, GOOD, late_s=-360),
        signed(desk, secret, GOOD + b" "),
        fresh | {"webhook-id": "msg_2"},
        fresh | {"webhook-signature": "v1,"},
        fresh | {"webhook-timestamp": "99999999999999"},
    ):
        assert post(receiver, GOOD, headers)[0] == 401
    assert feeds.products(feed.id) == 0
    assert post(receiver, GOOD, fresh, path="/feeds/other")[0] == 404
    assert post(receiver, GOOD, fresh | {"Content-Encoding": "gzip"})[0] == 415
    assert post(receiver, GOOD, fresh)[0] == 200


def at(port: int, body: bytes, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("POST", PATH, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_feed_is_received_on_its_port_as_long_as_it_is_on(desk: Desk, feed: Feed) -> None:
    feeds = desk.parts.worker.feeds
    feeds.start()
    port, other = free_port(), free_port()
    made = feeds.receive(feed.id, port=port)
    assert made is not None
    headers = signed(desk, made.reveal(), GOOD)
    assert at(port, GOOD, headers) == 200
    assert feeds.products(feed.id) == 1
    # Another port, the same secret; the earlier one is closed.
    assert feeds.receive(feed.id, port=other) is None
    assert at(other, GOOD, headers) == 200
    with pytest.raises(ConnectionRefusedError):
        at(port, GOOD, headers)
    feeds.switch(feed.id, on=False)
    desk.until(lambda: not is_open(other), what="the port to be closed")
    feeds.switch(feed.id, on=True)
    desk.until(lambda: is_open(other), what="the port to be opened")
    assert feeds.receive(feed.id, port=0) is None
    assert not is_open(other)


def test_a_port_that_cannot_be_had_is_said_and_changes_nothing(desk: Desk, feed: Feed) -> None:
    feeds = desk.parts.worker.feeds
    feeds.start()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=str(port)):
            feeds.receive(feed.id, port=port)
    with pytest.raises(FeedSettingError, match="port"):
        feeds.receive(feed.id, port=80)
    assert feeds.one(feed.id) == feed
    good = free_port()
    feeds.receive(feed.id, port=good)
    second = feeds.add(replace(feed, id="", name="ERP"))
    with pytest.raises(FeedSettingError, match="another feed"):
        feeds.receive(second.id, port=good)
    feeds.remove(feed.id)
    desk.until(lambda: not is_open(good), what="the port to be closed")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def is_open(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def test_what_is_too_large_or_ends_early_is_not_read(
    desk: Desk, feed: Feed, receiver: Listening
) -> None:
    feeds = desk.parts.worker.feeds
    told = signed(desk, feeds.new_secret(feed.id).reveal(), GOOD)

    def raw(length: str) -> bytes:
        lines = [f"POST {PATH} HTTP/1.1", "Host: x", f"Content-Length: {length}"]
        lines += [f"{name}: {value}" for name, value in told.items()]
        with socket.create_connection(("127.0.0.1", receiver.port), timeout=20) as line:
            line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode() + GOOD)
            line.shutdown(socket.SHUT_WR)
            return line.recv(100).split(b" ")[1]

    assert raw(str(LARGEST_POST + 1)) == b"413"
    assert raw("9" * 40) == b"413"
    assert raw("-1") == b"411"
    assert raw(str(len(GOOD) + 5)) == b"400"
    assert feeds.products(feed.id) == 0


def test_a_feed_that_is_off_says_so_and_takes_nothing(
    desk: Desk, feed: Feed, receiver: Listening
) -> None:
    feeds = desk.parts.worker.feeds
    secret = feeds.new_secret(feed.id).reveal()
    feeds.switch(feed.id, on=False)
    status, told = post(receiver, GOOD, signed(desk, secret, GOOD))
    assert status == 409
    assert "not switched on" in str(told["error"])
    assert feeds.products(feed.id) == 0
    feeds.switch(feed.id, on=True)
    # So many bad rows that it is paused: the report is still given.
    status, told = post(receiver, BAD, signed(desk, secret, BAD))
    assert (status, told["rejected_rows"]) == (200, 1)
    paused = feeds.one(feed.id)
    assert paused.trouble is not None
    assert paused.trouble.kind == "MostlyBadError"
    assert "1 of 1 rows" in paused.reason
    assert post(receiver, GOOD, signed(desk, secret, GOOD))[0] == 409
