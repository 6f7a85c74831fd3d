"""HTTP/2 where it is offered: connections are kept, and none is broken by calls at once."""

import datetime
import ipaddress
import json
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived
from h2.exceptions import ProtocolError

from bridge_app.domain.errors import ServiceTroubleError
from bridge_app.libraries.photoshelter.service import ShelterService
from bridge_app.libraries.photoshelter.transport import Call, Transport
from tests.libraries.photoshelter.conftest import Kept, Patience, credentials, now

AT_ONCE = 4
"""What the pacing of tests, which is the usual one but for its speed, lets pass at once."""
LARGE = 1 << 20
GIVEN_UP = 24
"""More than a connection's whole window of 16 MB, in answers that are `LARGE`."""
BODY = json.dumps({"data": [], "meta": {"children_count": {"total": 12}}}).encode()


class Modern:
    """Speaks HTTP/2 on loopback and nothing else, and answers everything alike."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self.connections = 0
        self.headers: list[dict[str, str]] = []
        self._tls = tls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._socket.getsockname()[1]}/psapi/v4.0"
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                raw, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        with suppress(OSError, ProtocolError), self._tls.wrap_socket(raw, server_side=True) as wire:
            assert wire.selected_alpn_protocol() == "h2"
            http = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
            http.initiate_connection()
            wire.sendall(http.data_to_send())
            due: dict[int, bytes] = {}
            while data := wire.recv(65_536):
                for event in http.receive_data(data):
                    if isinstance(event, RequestReceived) and event.stream_id is not None:
                        told = {str(name): str(value) for name, value in event.headers or ()}
                        self.headers.append(told)
                        http.send_headers(event.stream_id, [(":status", "200")])
                        is_large = told[":path"].endswith("/large")
                        due[event.stream_id] = bytes(LARGE) if is_large else BODY
                send_what_fits(http, due)
                wire.sendall(http.data_to_send())


def send_what_fits(http: H2Connection, due: dict[int, bytes]) -> None:
    """Send of each answer as much as the other side lets come."""
    for stream in list(due):
        while body := due[stream]:
            room = min(http.local_flow_control_window(stream), http.max_outbound_frame_size)
            if room <= 0:
                break
            due[stream] = body[room:]
            http.send_data(stream, body[:room], end_stream=len(body) <= room)
        if not due[stream]:
            del due[stream]


def certificate(folder: Path) -> Path:
    """A file with a certificate of 127.0.0.1 and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "loopback.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture
def modern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Modern]:
    path = certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(path)
    tls.set_alpn_protocols(["h2"])
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    made = Modern(tls)
    yield made
    made.close()


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns in the middle of everything."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty")
def test_calls_of_many_threads_break_no_connection(modern: Modern) -> None:
    patience = Patience()
    service = ShelterService(
        "brand", Kept(credentials(modern.url)), now=now, pacing=patience.pacing()
    )
    with ThreadPoolExecutor(3 * AT_ONCE) as pool:
        counts = pool.map(lambda _: service.gallery_counts("G0000abcdefghijk"), range(400))
        assert list(counts) == [12] * 400
    assert patience.waits == [], "a call had to be tried again"
    assert modern.connections <= AT_ONCE
    assert len(modern.headers) == 400
    assert {one["x-ps-api-key"] for one in modern.headers} == {"the-api-key"}
    service.close()


def test_one_call_after_the_other_takes_one_connection(modern: Modern) -> None:
    transport = Transport("example.com")
    for _ in range(20):
        assert transport.sent(Call(method="GET", url=f"{modern.url}/x")).body == BODY
    assert modern.connections == 1
    transport.close()


def test_answers_that_nobody_read_to_their_end_hold_up_no_call(modern: Modern) -> None:
    transport = Transport("example.com")
    for _ in range(GIVEN_UP):
        with transport.opened(Call(method="GET", url=f"{modern.url}/large")) as response:
            assert next(transport.raw(response))
    assert transport.sent(Call(method="GET", url=f"{modern.url}/x")).body == BODY
    transport.close()


def test_a_certificate_that_nobody_vouches_for_is_not_spoken_to(
    modern: Modern, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    service = ShelterService(
        "brand", Kept(credentials(modern.url)), now=now, pacing=Patience().pacing()
    )
    with pytest.raises(ServiceTroubleError, match="certificate"):
        service.gallery_counts("G0000abcdefghijk")
    assert modern.headers == []
    service.close()
