"""Calls to addresses that people typed: never into this network by accident."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.channels import guarded_http
from bridge_app.channels.errors import (
    NotAllowedHostError,
    ReceiverTroubleError,
    SourceTroubleError,
    UnusableAddressError,
)
from bridge_app.channels.guarded_http import GuardedHttp, is_public
from tests.receivers import Receiver


@pytest.fixture
def http() -> Iterator[GuardedHttp]:
    made = GuardedHttp()
    yield made
    made.close()


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1"),  # noqa: S104
        *("169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1"),
        *("::", "::1", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:0:0:0:0:80ff:fffe"),
    ],
)
def test_addresses_of_this_computer_and_of_private_networks_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_others_are(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_inside_an_ipv6_one_is_judged_as_itself(address: object) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))


def test_a_private_host_is_refused_before_anything_is_sent(
    http: GuardedHttp, receiver: Receiver
) -> None:
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"):
        url = receiver.url.replace("127.0.0.1", host)
        with pytest.raises((NotAllowedHostError, ReceiverTroubleError)):
            http.post(url, {}, b"{}")
    assert not receiver.received


def test_an_administrators_leave_opens_it(http: GuardedHttp, receiver: Receiver) -> None:
    answer = http.post(receiver.url, {"x-one": "1"}, b"{}", private_allowed=True)
    assert answer.status == 204
    assert receiver.received[0].headers["x-one"] == "1"


def test_a_redirect_is_an_answer_to_a_message(http: GuardedHttp, receiver: Receiver) -> None:
    receiver.answers.append((302, {"Location": receiver.url}))
    answer = http.post(receiver.url, {}, b"{}", private_allowed=True)
    assert (answer.status, len(receiver.received)) == (302, 1)


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "gopher://example.com", "https://", "https://[::1", "x"),
        *("https://example.com:99999/", "https://somebody:secret@example.com/"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(http: GuardedHttp, url: str) -> None:
    with pytest.raises(UnusableAddressError) as refused:
        http.post(url, {}, b"{}")
    assert "secret" not in str(refused.value)


class Dripper:
    """Says its answer a little at a time, for ever: `head`, then `drip` again and again."""

    def __init__(self, head: bytes, drip: bytes) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self._said = (head, drip)
        self._thread = threading.Thread(target=self._run)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._listening.close()

    def _run(self) -> None:
        connection, _ = self._listening.accept()
        head, drip = self._said
        with connection, suppress(OSError):
            connection.sendall(head)
            while not self._over.wait(0.01):
                connection.sendall(drip)


@pytest.mark.parametrize(
    ("head", "drip"),
    [(b"", b""), (b"", b"H"), (b"HTTP/1.1 200 OK\r\n", b"x: y\r\n")],
    ids=["silent", "letters", "headers"],
)
def test_an_answer_that_never_begins_ends_in_time(
    http: GuardedHttp, monkeypatch: pytest.MonkeyPatch, head: bytes, drip: bytes
) -> None:
    monkeypatch.setattr(guarded_http, "WHOLE_S", 0.3)
    monkeypatch.setattr(guarded_http, "DOWNLOAD_S", 0.3)
    with Dripper(head, drip) as dripper, pytest.raises(ReceiverTroubleError):
        http.post(dripper.url, {}, b"{}", private_allowed=True)
    with Dripper(head, drip) as dripper, pytest.raises(SourceTroubleError):
        http.download(dripper.url, {}, BytesIO(), at_most=1 << 20, private_allowed=True)


def test_of_a_yes_that_never_ends_the_yes_counts_and_a_file_is_given_up(
    http: GuardedHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded_http, "WHOLE_S", 0.3)
    monkeypatch.setattr(guarded_http, "DOWNLOAD_S", 0.3)
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    with Dripper(head, b"x") as dripper:
        assert http.post(dripper.url, {}, b"{}", private_allowed=True).status == 200
    with Dripper(head, b"x") as dripper, pytest.raises(SourceTroubleError):
        http.download(dripper.url, {}, BytesIO(), at_most=1 << 20, private_allowed=True)
    monkeypatch.setattr(guarded_http, "WHOLE_S", 30.0)
    with Dripper(head, b"x" * 4096) as dripper:
        answer = http.post(dripper.url, {}, b"{}", private_allowed=True)
    assert len(answer.body) <= guarded_http.LONGEST


def test_what_is_called_is_what_was_judged_however_a_name_is_looked_up_later(
    http: GuardedHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, called = ["93.184.216.34", "127.0.0.1"], []

    def looked_up(*_: object, **__: object) -> list[object]:
        address = answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]

    def connect(address: tuple[str, int], *_: object, **__: object) -> None:
        called.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ReceiverTroubleError):
        http.post("https://rebinding.example/", {}, b"{}")
    with pytest.raises(NotAllowedHostError):
        http.post("https://rebinding.example/", {}, b"{}")
    assert (called, answers) == (["93.184.216.34"], [])


def test_nobody_there_is_trouble_that_ends(http: GuardedHttp) -> None:
    with pytest.raises(ReceiverTroubleError):
        http.post("http://127.0.0.1:1/", {}, b"{}", private_allowed=True)
    with pytest.raises(ReceiverTroubleError):
        http.post("https://nowhere.invalid/", {}, b"{}")
