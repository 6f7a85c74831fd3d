"""Strangers who reach the port that web hooks come to: slow ones, many, and those who hang up."""

import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from bridge_app.delivery.webhook_receiver import webhook_receiver
from bridge_app.work.listening import MOST, Listening

HOOK = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"
HALF = b"POST / HTTP/1.1\r\nContent-Length: 99\r\n\r\n{"
OK = b"HTTP/1.0 200 OK"


class Door:
    """A receiver of web hooks, and those who speak to it."""

    def __init__(self, longest_s: float) -> None:
        self.taken: list[bytes] = []
        handler = webhook_receiver(lambda body, *_: self.taken.append(body))
        self._listening = Listening(handler, longest_s=longest_s)
        self._listening.start()
        self._callers: list[socket.socket] = []

    def call(self, said: bytes) -> socket.socket:
        caller = socket.create_connection(("127.0.0.1", self._listening.port), timeout=5.0)
        self._callers.append(caller)
        caller.sendall(said)
        return caller

    def answer(self, caller: socket.socket) -> bytes:
        try:
            return caller.recv(1 << 12)
        except ConnectionResetError:
            return b""

    def close(self) -> None:
        for caller in self._callers:
            caller.close()
        self._listening.close()


@pytest.fixture
def door(request: pytest.FixtureRequest) -> Iterator[Door]:
    made = Door(getattr(request, "param", 60.0))
    yield made
    made.close()


@pytest.mark.parametrize("door", [0.2], indirect=True)
def test_who_sends_without_end_is_hung_up_on(door: Door) -> None:
    slow = door.call(HALF)
    assert not door.answer(slow).startswith(OK)
    assert door.answer(door.call(HOOK)).startswith(OK)
    assert door.taken == [b"{}"]


def test_of_too_many_at_once_the_last_are_turned_away_and_others_heard_later(door: Door) -> None:
    first = [door.call(HALF) for _ in range(MOST)]
    assert door.answer(door.call(HOOK)) == b""
    for caller in first:
        caller.shutdown(socket.SHUT_WR)
        assert b" 400 " in door.answer(caller)
        assert door.answer(caller) == b""
    while not door.answer(door.call(HOOK)).startswith(OK):
        pass
    assert door.taken == [b"{}"]


def test_who_hangs_up_leaves_no_traceback(door: Door, capfd: pytest.CaptureFixture[str]) -> None:
    caller = door.call(HALF)
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    caller.close()
    assert door.answer(door.call(HOOK)).startswith(OK)
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(5.0)
    assert capfd.readouterr().err == ""
