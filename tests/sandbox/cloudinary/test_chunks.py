"""Uploads in parts, by the official SDK and by a client that sends them as it likes."""

import hashlib
import io
import itertools
from pathlib import Path
from typing import Any

import pytest
from cloudinary import uploader
from cloudinary.exceptions import BadRequest

from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

PART = 5_243_000
BYTES = 2 * PART + 1_000
AUTH = ("1234", "s3cr3t")


@pytest.fixture(scope="module")
def film() -> bytes:
    """Some ten megabytes nobody knows the format of."""
    return hashlib.shake_128(b"film").digest(BYTES)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Client:
    """Sends parts of one upload in any order."""

    def __init__(self, sandbox: Sandbox, data: bytes, upload_id: str = "some-id") -> None:
        self._url = f"{sandbox.url}/v1_1/demo/raw/upload"
        self._data = data
        self._id = upload_id

    def send(self, start: int, end: int, *, total: int | None = None, **fields: str) -> Any:
        """Send [start, end); `total` as stated in the header, the real one by default."""
        stated = len(self._data) if total is None else total
        return plain.post(
            self._url,
            auth=AUTH,
            data={"public_id": "film.bin", **fields},
            files={"file": ("film.bin", self._data[start:end])},
            headers={
                "X-Unique-Upload-Id": self._id,
                "Content-Range": f"bytes {start}-{end - 1}/{stated}",
            },
        ).json()


PARTS = [(0, PART), (PART, 2 * PART), (2 * PART, BYTES)]


def test_the_sdk_uploads_a_large_file_in_parts(sdk: Sandbox, tmp_path: Path, film: bytes) -> None:
    path = tmp_path / "film.bin"
    path.write_bytes(film)
    reply = uploader.upload_large(str(path), chunk_size=PART, public_id="film.bin", tags=["a"])
    assert reply["done"] is True
    assert reply["public_id"] == "film.bin"
    assert reply["tags"] == ["a"]
    assert (reply["bytes"], reply["original_filename"]) == (BYTES, "film")
    (asset,) = sdk.stored("demo")
    assert asset.sha256 == sha256(film)
    assert asset.etag == hashlib.md5(film, usedforsecurity=False).hexdigest()


def test_a_stream_without_a_name_is_uploaded_in_parts(sdk: Sandbox, film: bytes) -> None:
    reply = uploader.upload_large(io.BytesIO(film), chunk_size=PART)
    assert reply["original_filename"] == "stream"
    assert [asset.sha256 for asset in sdk.stored("demo")] == [sha256(film)]


def test_a_single_part_completes_at_once(sdk: Sandbox) -> None:
    reply = uploader.upload_large(io.BytesIO(b"small"), chunk_size=PART)
    assert reply["done"] is True
    assert sdk.stored("demo")[0].bytes == 5


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_parts_come_in_any_order(sandbox: Sandbox, film: bytes, order: tuple[int, ...]) -> None:
    client = Client(sandbox, film)
    replies = [client.send(*PARTS[number]) for number in order]
    assert [reply["done"] for reply in replies] == [False, False, True]
    assert replies[0]["public_id"] == "film.bin"
    assert [asset.sha256 for asset in sandbox.stored("demo")] == [sha256(film)]


def test_a_part_sent_again_counts_once(sandbox: Sandbox, film: bytes) -> None:
    client = Client(sandbox, film)
    for start, end in [PARTS[0], PARTS[0], PARTS[1], PARTS[0]]:
        assert client.send(start, end)["done"] is False
    assert client.send(*PARTS[2])["done"] is True
    (asset,) = sandbox.stored("demo")
    assert (asset.sha256, asset.uploads) == (sha256(film), 1)


def test_the_last_part_sent_again_gets_the_same_reply(sandbox: Sandbox, film: bytes) -> None:
    client = Client(sandbox, film)
    replies = [client.send(*part) for part in [*PARTS, PARTS[2]]]
    assert replies[3] == replies[2]
    assert sandbox.stored("demo")[0].uploads == 1


def test_the_total_may_be_told_with_the_last_part(sandbox: Sandbox, film: bytes) -> None:
    client = Client(sandbox, film)
    for start, end in PARTS[:2]:
        assert client.send(start, end, total=-1)["done"] is False
    assert client.send(*PARTS[2])["done"] is True


def test_what_the_first_part_asks_for_counts(sandbox: Sandbox, film: bytes) -> None:
    client = Client(sandbox, film)
    client.send(*PARTS[0], tags="first")
    client.send(*PARTS[1], tags="second")
    assert client.send(*PARTS[2], tags="third")["tags"] == ["first"]


def test_two_uploads_do_not_mix(sandbox: Sandbox, film: bytes) -> None:
    other = film[::-1]
    clients = [Client(sandbox, film, "a"), Client(sandbox, other, "b")]
    for part in PARTS:
        for number, client in enumerate(clients):
            client.send(*part, public_id=f"{number}.bin")
    assert {asset.sha256 for asset in sandbox.stored("demo")} == {sha256(film), sha256(other)}


def test_parts_survive_a_restart(make_sandbox: Any, tmp_path: Path, film: bytes) -> None:
    sandbox = make_sandbox(state=tmp_path)
    sandbox.start()
    for part in PARTS[:2]:
        Client(sandbox, film).send(*part)
    sandbox.stop()
    sandbox.start()
    assert Client(sandbox, film).send(*PARTS[2])["done"] is True
    assert [asset.sha256 for asset in sandbox.stored("demo")] == [sha256(film)]


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (0, 1_000, "All parts except EOF-chunk must be larger than 5mb"),
        (BYTES, BYTES, "Invalid Content-Range"),
    ],
)
def test_a_wrong_part_is_refused(
    sandbox: Sandbox, film: bytes, start: int, end: int, message: str
) -> None:
    assert message in Client(sandbox, film).send(start, end)["error"]["message"]


def test_a_part_that_is_not_as_long_as_it_says_is_refused(sandbox: Sandbox) -> None:
    for data in (b"too short", b"much longer than it says"):
        reply = plain.post(
            f"{sandbox.url}/v1_1/demo/raw/upload",
            auth=AUTH,
            files={"file": ("x", data)},
            headers={"X-Unique-Upload-Id": "x", "Content-Range": "bytes 0-9/10"},
        )
        assert reply.status_code == 400
    assert sandbox.stored("demo") == []


@pytest.mark.usefixtures("sdk")
def test_a_file_that_is_refused_leaves_no_parts(film: bytes) -> None:
    with pytest.raises(BadRequest, match="Invalid image file"):
        uploader.upload_large(io.BytesIO(film), chunk_size=PART, resource_type="image")
