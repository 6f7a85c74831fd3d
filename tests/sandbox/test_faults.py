"""Every fault, as a client of the sandbox meets it."""

import io
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import Error, GeneralError, RateLimited

from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

pytestmark = pytest.mark.usefixtures("sdk")


@pytest.mark.parametrize(
    ("status", "exception"), [(420, RateLimited), (429, RateLimited), (503, GeneralError)]
)
def test_an_answer_takes_the_place_of_the_effect(
    sdk: Sandbox, jpeg: Path, status: int, exception: type[Exception]
) -> None:
    sdk.faults.answer(status=status, times=2, path_contains="/upload")
    assert api.ping()["status"] == "ok"
    for _ in range(2):
        with pytest.raises(exception):
            uploader.upload(str(jpeg))
    assert sdk.stored("demo") == []
    uploader.upload(str(jpeg))
    assert len(sdk.stored("demo")) == 1
    assert sdk.faults.pending == 0


def test_an_answer_carries_its_headers(sdk: Sandbox) -> None:
    sdk.faults.answer(status=429, times=1, headers={"Retry-After": "7"})
    reply = plain.get(f"{sdk.url}/v1_1/demo/ping")
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "7")


def test_a_refused_upload_is_read_to_its_end_on_the_same_connection(sdk: Sandbox) -> None:
    sdk.faults.answer(status=500, times=1)
    with httpx.Client() as client:
        reply = client.post(f"{sdk.url}/v1_1/demo/image/upload", content=b"x" * 3_000_000)
        assert reply.status_code == 500
        assert client.get(f"{sdk.url}/v1_1/demo/ping").status_code == 401


@pytest.mark.parametrize("received", [0, 1, 70_000, 299_000])
def test_a_connection_is_reset_in_the_middle_of_an_upload(sdk: Sandbox, received: int) -> None:
    sdk.faults.reset_after(received_bytes=received, times=1)
    with pytest.raises(Error, match=r"(?i)reset|aborted|broken"):
        uploader.upload(io.BytesIO(b"x" * 300_000), resource_type="raw")
    assert sdk.stored("demo") == []
    uploader.upload(io.BytesIO(b"x" * 300_000), resource_type="raw")
    assert len(sdk.stored("demo")) == 1


@pytest.mark.parametrize("sent", [0, 10, 1_000])
def test_a_connection_is_reset_in_the_middle_of_a_reply(
    sdk: Sandbox, jpeg: Path, sent: int
) -> None:
    url = uploader.upload(io.BytesIO(jpeg.read_bytes() + bytes(50_000)))["url"]
    sdk.faults.reset_after(sent_bytes=sent, times=1, path_contains="/demo/image/upload")
    seen: list[bytes] = []
    with pytest.raises(httpx.TransportError):
        read(url, seen)
    assert len(b"".join(seen)) == sent
    assert plain.get(url).status_code == 200


def read(url: str, seen: list[bytes]) -> None:
    """Gather what comes before the connection ends."""
    with plain.stream("GET", url) as reply:
        seen.extend(reply.iter_raw())


def test_a_lost_reply_is_lost_after_the_effect(sdk: Sandbox, jpeg: Path) -> None:
    sdk.faults.lose_reply(times=1, path_contains="/upload")
    with pytest.raises(Error, match=r"(?i)aborted|reset|closed"):
        uploader.upload(str(jpeg), public_id="pic")
    assert [asset.uploads for asset in sdk.stored("demo")] == [1]
    assert api.resource("pic")["public_id"] == "pic"


def test_latency_is_added_to_each_request_and_blocks_no_other(sdk: Sandbox) -> None:
    sdk.faults.latency_s = 0.2
    before = time.monotonic()
    with ThreadPoolExecutor(20) as pool:
        codes = list(
            pool.map(lambda _: plain.get(f"{sdk.url}/v1_1/demo/ping").status_code, range(20))
        )
    took = time.monotonic() - before
    assert codes == [401] * 20
    assert 0.2 <= took < 3.0


def test_faults_strike_in_the_order_they_were_set(sdk: Sandbox) -> None:
    for status in (500, 503):
        sdk.faults.answer(status=status, times=1)
    url = f"{sdk.url}/v1_1/demo/ping"
    assert [plain.get(url).status_code for _ in range(3)] == [500, 503, 401]


def test_faults_can_be_taken_back(sdk: Sandbox) -> None:
    sdk.faults.answer(status=500, times=99)
    sdk.faults.latency_s = 9.0
    sdk.faults.clear()
    assert api.ping()["status"] == "ok"


def test_many_threads_use_up_a_fault_exactly(sdk: Sandbox) -> None:
    sdk.faults.answer(status=503, times=15)
    start = threading.Barrier(6)

    def ask() -> int:
        start.wait()
        codes = [plain.get(f"{sdk.url}/v1_1/demo/ping").status_code for _ in range(5)]
        return codes.count(503)

    with ThreadPoolExecutor(6) as pool:
        futures = [pool.submit(ask) for _ in range(6)]
    assert sum(future.result() for future in futures) == 15
