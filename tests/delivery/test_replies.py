"""Answers that never end, or unpack to more than a machine has, take neither a lane nor memory."""

import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import urllib3

from bridge_app.delivery.connections import Connections
from bridge_app.delivery.renditions import Renditions
from bridge_app.delivery.replies import LARGEST, read_whole
from bridge_app.delivery.sender import Sender
from bridge_app.domain.errors import ServiceTroubleError
from tests.delivery.test_connections import NOW
from tests.delivery.test_sender import Peer, certificate

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
DRIP_S = 0.02


class Tap:
    """A service that answers the first request with a head, and goes on as `body` does."""

    def __init__(self, head: bytes, body: Iterator[bytes]) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/v1_1/c/image/upload"
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(head, body))
        self._thread.start()

    def _serve(self, head: bytes, body: Iterator[bytes]) -> None:
        peer, _ = self._listening.accept()
        with peer, suppress(OSError):
            peer.recv(1 << 16)
            peer.sendall(HEAD + head + b"\r\n")
            for piece in body:
                peer.sendall(piece)
                if self._closed.wait(DRIP_S if len(piece) == 1 else 0):
                    return

    def close(self) -> None:
        self._closed.set()
        self._listening.close()
        self._thread.join(10)
        assert not self._thread.is_alive()


@contextmanager
def tap(head: bytes, body: Iterator[bytes]) -> Iterator[str]:
    made = Tap(head, body)
    try:
        yield made.url
    finally:
        made.close()


def drops() -> Iterator[bytes]:
    while True:
        yield b" "


def packed(size: int) -> Iterator[bytes]:
    """So many spaces, which need a thousandth of that on the way."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(size >> 20):
        yield packer.compress(b" " * (1 << 20)) or b""
    yield packer.flush()


def test_an_answer_that_drips_is_not_waited_for_without_end() -> None:
    with tap(b"Content-Length: 1000000\r\n", drops()) as url, urllib3.PoolManager() as pool:
        reply = pool.request("GET", url, preload_content=False)
        with pytest.raises(ConnectionError):
            read_whole(reply, longest_s=0.2)


def test_an_answer_to_a_file_that_drips_is_not_waited_for_either() -> None:
    sender = Sender(ca_certs=ssl.get_default_verify_paths().cafile or "", longest_reply_s=0.2)
    with tap(b"Content-Length: 1000000\r\n", drops()) as url, pytest.raises(ConnectionError):
        sender.post(url, fields=[("file", ("a", b"x"))], headers={}, timeout_s=0.5)


def test_a_service_that_thinks_about_a_large_file_is_waited_for_as_long_as_was_said() -> None:
    sender = Sender(ca_certs=ssl.get_default_verify_paths().cafile or "", longest_reply_s=0)
    with tap(b"Content-Length: 2\r\n", iter([b"{}"])) as url:
        file = ("file", ("a", b"x"))
        assert sender.post(url, fields=[file], headers={}, timeout_s=5).status == 200
    sender.clear()


def test_an_answer_is_unpacked_no_further_than_answers_go() -> None:
    connections = Connections(now=lambda: NOW)
    with tap(b"Content-Encoding: gzip\r\n", packed(2 * LARGEST)) as url:
        with pytest.raises(ServiceTroubleError, match="broke"):
            connections.request("GET", url)
        connections.clear()


def test_a_packed_answer_is_read_whole() -> None:
    connections = Connections(now=lambda: NOW)
    answer = zlib.compress(b'{"status": "ok"}', wbits=31)
    head = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n" % len(answer)
    with tap(head, iter([answer])) as url:
        reply = connections.request("GET", url)
        connections.clear()
    assert reply.data == b'{"status": "ok"}'
    assert reply.headers["content-type"] == "application/json"


def test_a_delivery_host_whose_certificate_is_over_is_not_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, tls = certificate(tmp_path, expired=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    away: list[None] = []
    renditions = Renditions(on_offline=lambda: away.append(None))
    peer = Peer(None, tls=tls)
    with pytest.raises(ServiceTroubleError, match="has expired, or the clock"):
        renditions.fetch(peer.url, tmp_path / "hero.jpg")
    peer.close()
    renditions.close()
    assert away == []
