"""`asset-bridge sandbox`: what it prints, and that it ends."""

import ipaddress
import os
import signal
import ssl
import threading
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat

from bridge_app.app.build import utc_now
from bridge_app.domain.errors import InvalidInputError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.accounts import SandboxAccount
from bridge_app.sandbox.options import tls_from
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.port import Tls
from bridge_app.sandbox.serve import serve
from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_interrupted(decoder: DecoderPool, number: signal.Signals) -> None:
    lines: list[str] = []
    answers: list[int] = []
    before = signal.getsignal(number)

    def tell(line: str) -> None:
        lines.append(line)
        if "CLOUDINARY_SECURE" in line:
            url = lines[0].split()[1]
            answers.append(plain.get(f"{url}/v1_1/demo/ping").status_code)
            threading.Timer(0.05, os.kill, (os.getpid(), number)).start()

    serve(decoder=decoder, tell=tell)
    url = lines[0].split()[1]
    assert answers == [401]
    assert f"export CLOUDINARY_UPLOAD_PREFIX='{url}'" in "\n".join(lines)
    with pytest.raises(httpx.ConnectError):
        plain.get(url)
    assert signal.getsignal(number) == before


def test_a_wrong_account_is_said_and_nothing_is_served(decoder: DecoderPool) -> None:
    with pytest.raises(InvalidInputError):
        serve(decoder=decoder, accounts=["https://example.com"], tell=pytest.fail)


def test_a_state_is_kept(decoder: DecoderPool, tmp_path: Path, png: bytes) -> None:
    codes: list[int] = []

    def once(path: str, method: str) -> None:
        def tell(line: str) -> None:
            if "Sandbox" in line:
                url, auth = line.split()[1], ("k", "s")
                reply = plain.request(method, url + path, auth=auth, files={"file": ("x.png", png)})
                codes.append(reply.status_code)
                threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()

        serve(decoder=decoder, accounts=["cloudinary://k:s@c"], state=tmp_path, tell=tell)

    once("/v1_1/c/image/upload?public_id=pic", "POST")
    once("/c/image/upload/pic.png", "GET")
    assert codes == [200, 200]


def test_every_request_takes_as_long_as_is_asked(decoder: DecoderPool) -> None:
    took: list[float] = []

    def tell(line: str) -> None:
        if "Sandbox" in line:
            took.append(plain.get(line.split()[1] + "/v1_1/demo/ping").elapsed.total_seconds())
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()

    serve(decoder=decoder, latency_s=0.3, tell=tell)
    assert took[0] >= 0.3


@pytest.fixture
def tls(tmp_path: Path) -> Tls:
    """A certificate for this machine that nobody signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sandbox")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    now = utc_now()
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    made = Tls(certificate=tmp_path / "certificate.pem", key=tmp_path / "key.pem")
    made.certificate.write_bytes(certificate.public_bytes(Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


def test_with_a_certificate_clients_that_insist_on_tls_are_served(
    decoder: DecoderPool, tls: Tls, png: bytes
) -> None:
    sandbox = Sandbox(
        accounts=[SandboxAccount.parse("cloudinary://k:s@c")], decoder=decoder, tls=tls
    )
    sandbox.start()
    trusting = ssl.create_default_context(cafile=tls.certificate)
    with httpx.Client(base_url=sandbox.url, verify=trusting, auth=("k", "s")) as client:
        client.post("/v1_1/c/image/upload?public_id=pic", files={"file": ("x.png", png)})
        found = client.get("/v1_1/c/resources/image/upload/pic").json()
        assert found["secure_url"].startswith(f"{sandbox.url}/c/image/upload/")
        assert client.get(found["secure_url"]).status_code == 200
    with pytest.raises(httpx.ConnectError):
        plain.get(sandbox.url)
    sandbox.stop()


def test_a_certificate_without_its_key_is_refused(tls: Tls) -> None:
    with pytest.raises(InvalidInputError):
        tls_from(str(tls.certificate), "")
    assert tls_from("", "") is None
    assert tls_from(str(tls.certificate), str(tls.key)) == tls


def test_it_serves_the_sample_library_and_says_how_to_connect(decoder: DecoderPool) -> None:
    lines: list[str] = []
    statuses: list[int] = []

    def tell(line: str) -> None:
        lines.append(line.strip())
        if "Password" in line:
            address, key = (lines[at].split()[-n] for at, n in ((-4, 1), (-3, 4)))
            said = {"email": "editor@morrowtide.example", "password": "sandbox", "mode": "token"}
            headers = {"X-PS-Api-Key": key}
            reply = plain.post(f"{address}/authenticate", data=said, headers=headers)
            statuses.append(reply.status_code)
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()

    serve(decoder=decoder, shelter=ShelterSettings(), sample=True, tell=tell)
    assert statuses == [200]
