"""`asset-bridge sandbox`: what it prints, and that it ends."""

import os
import signal
import threading
from pathlib import Path

import httpx
import pytest

from bridge_app.domain.errors import InvalidInputError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.serve import serve


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_interrupted(decoder: DecoderPool, number: signal.Signals) -> None:
    lines: list[str] = []
    answers: list[int] = []
    before = signal.getsignal(number)

    def tell(line: str) -> None:
        lines.append(line)
        if "CLOUDINARY_SECURE" in line:
            url = lines[0].split()[1]
            answers.append(httpx.get(f"{url}/v1_1/demo/ping").status_code)
            threading.Timer(0.05, os.kill, (os.getpid(), number)).start()

    serve(decoder=decoder, tell=tell)
    url = lines[0].split()[1]
    assert answers == [401]
    assert f"export CLOUDINARY_UPLOAD_PREFIX='{url}'" in "\n".join(lines)
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)
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
                reply = httpx.request(method, url + path, auth=auth, files={"file": ("x.png", png)})
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
            took.append(httpx.get(line.split()[1] + "/v1_1/demo/ping").elapsed.total_seconds())
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()

    serve(decoder=decoder, latency_s=0.3, tell=tell)
    assert took[0] >= 0.3
