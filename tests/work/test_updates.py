"""News of a release is asked for at one place, believed by its signature, and installs nothing."""

import base64
import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bridge_app.domain.errors import BridgeError, InvalidInputError, OfflineError
from bridge_app.domain.signed_release import (
    ENVELOPE_NAME,
    MAX_BYTES,
    PAYLOAD_TYPE,
    Release,
    ReleaseFile,
    UntrustedReleaseError,
    canonical,
    key_id,
    signed_bytes,
)
from bridge_app.work.updates import NoReleasesError, UpdateDesk

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = KEY.public_key().public_bytes_raw()
KEYS = {key_id(PUBLIC): PUBLIC}
FILE = ReleaseFile(
    name="asset-bridge_9.2.0_amd64.deb",
    kind="deb",
    platform="linux-x86_64",
    bytes=1000,
    sha256="ab" * 32,
)
RELEASE = Release(
    version="9.2.0",
    channel="stable",
    released_at="2026-12-01T09:00:00+00:00",
    ledger=25,
    notes="Faster.\n<b>Not markup.</b>",
    files=(FILE,),
)


def enveloped(release: Release, key: Ed25519PrivateKey = KEY) -> bytes:
    payload = canonical(release)
    signature = {"keyid": key_id(PUBLIC), "sig": coded(key.sign(signed_bytes(payload)))}
    told = {"payloadType": PAYLOAD_TYPE, "payload": coded(payload), "signatures": [signature]}
    return json.dumps(told).encode()


def coded(content: bytes) -> str:
    return base64.b64encode(content).decode()


class Place:
    """A server on this machine, and what it answers."""

    def __init__(self) -> None:
        self.answer, self.status, self.location = enveloped(RELEASE), 200, ""
        self.encoding = "identity"
        self.asked: list[str] = []

        place = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                place.asked.append(self.path)
                is_moved = place.location and len(place.asked) < 9
                self.send_response(302 if is_moved else place.status)
                if is_moved:
                    self.send_header("Location", place.location)
                body = b"" if is_moved else place.answer
                self.send_header("Content-Encoding", place.encoding)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                # Who has read enough closes the connection.
                with quiet():
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/releases"


@contextmanager
def quiet() -> Iterator[None]:
    try:
        yield
    except OSError:
        return


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def desk(url: str, here: str = "1.0.0") -> UpdateDesk:
    return UpdateDesk(here=here, keys=KEYS, url=url)


def refused(place: Place, kind: type[BridgeError] = UntrustedReleaseError) -> str:
    with pytest.raises(kind) as error:
        desk(place.url).look()
    return str(error.value)


def test_a_newer_release_is_told_of_with_its_notes_and_where_its_files_lie(place: Place) -> None:
    news = desk(place.url).look()
    assert news is not None
    assert news.release == RELEASE
    assert news.address(FILE) == f"{place.url}/{FILE.name}"
    assert place.asked == [f"/releases/{ENVELOPE_NAME}"]


@pytest.mark.parametrize("here", ["9.2.0", "9.2.1", "10.0.0a1", "9.3.0rc1"])
def test_the_same_or_an_older_release_is_no_news(place: Place, here: str) -> None:
    assert desk(place.url, here).look() is None


@pytest.mark.parametrize("here", ["9.2.0a1", "9.2.0rc3", "9.1.9", "0.1.0"])
def test_what_comes_before_it_is_older(place: Place, here: str) -> None:
    assert desk(place.url, here).look() is not None


def test_nothing_is_unpacked_that_nobody_asked_to_be_packed(place: Place) -> None:
    place.encoding, place.answer = "gzip", gzip.compress(enveloped(RELEASE))
    assert "it is damaged" in refused(place)


def test_a_trial_release_is_no_news_for_everybody(place: Place) -> None:
    place.answer = enveloped(replace(RELEASE, channel="beta"))
    assert desk(place.url).look() is None


def test_what_nobody_we_trust_has_signed_is_refused(place: Place) -> None:
    place.answer = enveloped(RELEASE, OTHER)
    assert "no key that this version knows has signed it" in refused(place)
    place.answer = enveloped(RELEASE)[:-9]
    assert "it is damaged" in refused(place)
    place.status = 404
    assert "the server has none" in refused(place)


def test_an_endless_reply_is_read_no_further_than_an_envelope_may_be(place: Place) -> None:
    place.answer = b" " * (40 * MAX_BYTES)
    assert "it is too long" in refused(place)


def test_it_goes_to_no_other_place(place: Place) -> None:
    place.location = f"http://localhost:{place.server.server_port}/elsewhere.json"
    assert "moved to another one" in refused(place)
    assert len(place.asked) == 1
    place.location = "/releases/again.json"
    assert "moved to another one" in refused(place)
    place.location = "http://example.com/x"
    assert refused(place, InvalidInputError)


def test_offline_is_told_as_such(place: Place) -> None:
    url = place.url
    place.server.server_close()
    with pytest.raises(OfflineError):
        desk(url.replace(str(place.server.server_port), "1")).look()


@pytest.mark.parametrize(
    "url", ["http://example.com/", "ftp://example.com/", "file:///etc/", "https://a:b@c.example/"]
)
def test_only_what_is_safe_is_asked(url: str) -> None:
    with pytest.raises(InvalidInputError):
        desk(url).look()


def test_nobody_is_asked_as_long_as_nobody_can_be_believed() -> None:
    with pytest.raises(NoReleasesError):
        UpdateDesk(here="1.0.0", keys={}, url="https://example.com/").look()
    with pytest.raises(NoReleasesError):
        desk("").look()
