"""What the sender puts on the wire, and how it takes what comes back."""

import datetime
import email
import email.policy
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.delivery.sender import LARGEST_REPLY, Content, NotReachedError, Sender, form
from tests.delivery.forward_proxy import HOST

OK = b"HTTP/1.1 200 OK\r\nX-Request-Id: r1\r\nContent-Length: 2\r\n\r\n{}"
TOO_MUCH = b"HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"


class Peer:
    """A server on this machine that gives `answers` in turn, one connection after another.

    An answer that is None hangs up. `requests` are those that were read whole.
    """

    def __init__(self, *answers: bytes | None, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self._answers = list(answers)
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        scheme = "https" if tls else "http"
        self.url = f"{scheme}://127.0.0.1:{self._listening.getsockname()[1]}/v1_1/c/image/upload"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while self._answers:
            connection, _ = self._listening.accept()
            self.connections += 1
            try:
                if self._tls:
                    connection = self._tls.wrap_socket(connection, server_side=True)
                with connection, connection.makefile("rb") as file:
                    while self._answers and self._answer(connection, file.readline, file.read):
                        pass
            except OSError:
                self._answers.pop()

    def _answer(self, connection, readline, read) -> bool:  # type: ignore[no-untyped-def]
        lines = []
        while (line := readline()) != b"\r\n":
            if not line:
                return False
            lines.append(line)
        length = next(int(x.split(b":")[1]) for x in lines if x.lower().startswith(b"content-len"))
        self.requests.append(b"".join(lines) + b"\r\n" + read(length))
        answer = self._answers.pop(0)
        if answer is not None:
            connection.sendall(answer)
        return answer is not None and b"Connection: close" not in answer

    def close(self) -> None:
        """Wait until everything was served."""
        self._thread.join(10)
        self._listening.close()
        assert not self._thread.is_alive()


@pytest.fixture
def sender() -> Iterator[Sender]:
    made = Sender(ca_certs=ssl.get_default_verify_paths().cafile or "")
    yield made
    made.clear()


class Blocks:
    """Content in blocks, made while it is sent."""

    def __init__(self, *blocks: bytes) -> None:
        self._blocks = blocks

    def __len__(self) -> int:
        return sum(map(len, self._blocks))

    def blocks(self) -> Iterator[bytes]:
        yield from self._blocks


def parsed(head: str, body: bytes) -> list[tuple[str | None, str | None, bytes]]:
    """(name, filename, content) of each part, as another parser sees them."""
    message = email.message_from_bytes(
        f"Content-Type: {head}\r\n\r\n".encode() + body, policy=email.policy.HTTP
    )
    return [
        (
            part.get_param("name", header="content-disposition"),  # type: ignore[misc]
            part.get_filename(),
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


def sent(sender: Sender, peer: Peer, content: Content = b"bytes") -> int:
    """Post one file; the status."""
    fields = [("timestamp", 7), ("file", ("a.jpg", content))]
    return sender.post(peer.url, fields=fields, headers={"User-Agent": "us"}, timeout_s=5).status


@given(
    text=st.text(max_size=50),
    content=st.binary(max_size=200),
    name=st.text('abc "\r\n;=é', min_size=1, max_size=12),
)
def test_a_form_is_read_back_by_another_parser(text: str, content: bytes, name: str) -> None:
    boundary = "b0undary" * 4
    pieces = form([("context", text), ("file", (name, content))], boundary)
    body = b"".join(piece if isinstance(piece, bytes) else b"" for piece in pieces)
    assert body.count(b"\r\n--" + boundary.encode()) == 2
    escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    assert f'name="file"; filename="{escaped}"\r\n'.encode() in body
    assert body.endswith(b"\r\n\r\n" + content + f"\r\n--{boundary}--\r\n".encode())
    assert f'name="context"\r\n\r\n{text}\r\n'.encode() in body


def test_a_file_arrives_whole_with_its_fields(sender: Sender) -> None:
    peer = Peer(OK)
    assert sent(sender, peer, b"\x00\xffdata") == 200
    peer.close()
    head, _, body = peer.requests[0].partition(b"\r\n\r\n")
    kind = next(x for x in head.decode().split("\r\n") if x.startswith("Content-Type: "))
    assert parsed(kind.removeprefix("Content-Type: "), body) == [
        ("timestamp", None, b"7"),
        ("file", "a.jpg", b"\x00\xffdata"),
    ]
    assert b"User-Agent: us" in head


def test_content_that_is_made_while_it_is_sent_arrives_whole(sender: Sender) -> None:
    peer = Peer(OK)
    assert sent(sender, peer, Blocks(b"x" * 700_000, b"y" * 700_000, b"z")) == 200
    peer.close()
    assert b"x" * 700_000 + b"y" * 700_000 + b"z\r\n--" in peer.requests[0]


def test_requests_share_a_connection_and_one_that_was_closed_is_replaced(sender: Sender) -> None:
    peer = Peer(OK, OK, OK, OK)
    assert [sent(sender, peer), sent(sender, peer)] == [200, 200]
    assert peer.connections == 1
    sender.clear()
    assert [sent(sender, peer), sent(sender, peer)] == [200, 200]
    peer.close()
    assert peer.connections == 2


def test_a_connection_the_service_gave_up_is_not_used_again(sender: Sender) -> None:
    peer = Peer(OK.replace(b"X-Request-Id: r1", b"Connection: close"), OK)
    assert [sent(sender, peer), sent(sender, peer)] == [200, 200]
    peer.close()
    assert peer.connections == 2


def test_what_is_announced_before_the_reply_is_passed_over(sender: Sender) -> None:
    for early in (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"):
        peer = Peer(early + OK)
        assert sent(sender, peer) == 200
        peer.close()


def test_a_reply_without_a_length_ends_with_the_connection(sender: Sender) -> None:
    peer = Peer(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}")
    reply = sender.post(peer.url, fields=[("file", ("a", b"x"))], headers={}, timeout_s=5)
    peer.close()
    assert (reply.status, reply.data) == (200, b"{}")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"SSH-2.0-OpenSSH\r\nConnection: close\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 99\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * (LARGEST_REPLY + 1),
    ],
    ids=["nothing", "not HTTP", "half", "endless"],
)
def test_half_a_reply_or_none_is_no_reply(sender: Sender, answer: bytes | None) -> None:
    peer = Peer(answer)
    with pytest.raises(ConnectionError):
        sent(sender, peer)
    peer.close()


def test_a_redirect_is_an_answer_and_not_followed(sender: Sender) -> None:
    other = Peer(OK)
    peer = Peer(
        f"HTTP/1.1 307 Temporary\r\nLocation: {other.url}\r\nContent-Length: 0\r\n\r\n".encode()
    )
    assert sent(sender, peer) == 307
    peer.close()
    assert not other.requests
    assert sent(sender, other) == 200
    other.close()


def test_nobody_there_means_nothing_was_sent(sender: Sender) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        url = f"http://127.0.0.1:{held.getsockname()[1]}/"
    with pytest.raises(NotReachedError):
        sender.post(url, fields=[("file", ("a", b"x"))], headers={}, timeout_s=5)


def test_a_header_cannot_smuggle_another_one(sender: Sender) -> None:
    peer = Peer(OK)
    with pytest.raises(ValueError, match="line break"):
        sender.post(peer.url, fields=[], headers={"A": "b\r\nC: d"}, timeout_s=5)
    assert sent(sender, peer) == 200
    peer.close()


def certificate(folder: Path, *, expired: bool) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine, and the name a proxy knows it by, and a server's use."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    begin = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    end = begin.replace(year=2021 if expired else 2120)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName(HOST)]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = folder / "key.pem"
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file, private)
    return file, server


def test_a_trusted_certificate_is_taken(tmp_path: Path) -> None:
    trusted, server = certificate(tmp_path, expired=False)
    peer = Peer(OK, OK, tls=server)
    sender = Sender(ca_certs=str(trusted))
    assert [sent(sender, peer, b"x" * 300_000), sent(sender, peer)] == [200, 200]
    peer.close()
    sender.clear()
    assert peer.connections == 1


@pytest.mark.parametrize("trouble", ["expired", "unknown"])
def test_nothing_is_sent_to_whom_cannot_be_trusted(
    tmp_path: Path, sender: Sender, trouble: str
) -> None:
    trusted, server = certificate(tmp_path, expired=trouble == "expired")
    peer = Peer(OK, tls=server)
    asking = Sender(ca_certs=str(trusted)) if trouble == "expired" else sender
    with pytest.raises(ssl.SSLCertVerificationError):
        sent(asking, peer)
    peer.close()
    assert not peer.requests


def test_the_second_half_of_a_reply_is_not_waited_for_longer_than_it_takes() -> None:
    """A server by Nagle's algorithm holds it back until the first half is acknowledged."""
    head, body = OK[:-2], OK[-2:]
    rounds, sent = 30, threading.Event()

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as file:
            for _ in range(rounds):
                while not (line := file.readline()).startswith(b"Content-Length"):
                    assert line
                file.read(2 + int(line.split(b":")[1]))
                connection.send(head)
                connection.send(body)
            sent.wait()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        sender = Sender(ca_certs="")
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1_1/c/image/upload"
        took = []
        for _ in range(rounds):
            began = time.perf_counter()
            sender.post(url, fields=[("file", ("f", b"data"))], headers={}, timeout_s=9.0)
            took.append(time.perf_counter() - began)
        sent.set()
        thread.join()
        sender.clear()
    # A new connection acknowledges the first ones at once anyway; later ones after 40 ms.
    assert min(took[-10:]) < 0.03
