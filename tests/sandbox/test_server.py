"""The server itself: starting, stopping, its port, and what it keeps."""

import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cloudinary import api, uploader

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.server import Sandbox, SandboxAccount
from tests.plain_http import plain

AUTH = ("1234", "s3cr3t")


def test_stopped_it_refuses_and_started_again_it_is_at_the_same_port(
    sdk: Sandbox, jpeg: Path
) -> None:
    uploader.upload(str(jpeg), public_id="pic")
    for _ in range(3):
        sdk.stop()
        with pytest.raises(httpx.ConnectError):
            plain.get(sdk.url)
        assert [asset.public_id for asset in sdk.stored("demo")] == ["pic"]
        sdk.start()
        assert api.resource("pic")["public_id"] == "pic"


def test_nobody_else_gets_the_port_while_it_is_stopped(sandbox: Sandbox) -> None:
    sandbox.stop()
    port = int(sandbox.url.rpartition(":")[2])
    other = socket.socket()
    with other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))


def test_the_url_is_known_before_it_starts(make_sandbox: Any) -> None:
    sandbox = make_sandbox()
    with pytest.raises(httpx.ConnectError):
        plain.get(sandbox.url)
    url = sandbox.url
    sandbox.start()
    assert sandbox.url == url
    assert plain.get(f"{url}/v1_1/demo/ping").status_code == 401


def test_starting_and_stopping_twice_is_no_error(sandbox: Sandbox) -> None:
    sandbox.start()
    sandbox.stop()
    sandbox.stop()


def test_a_hung_request_does_not_hold_it_up(sandbox: Sandbox) -> None:
    sandbox.faults.latency_s = 60.0
    errors: list[Exception] = []

    def ask() -> None:
        try:
            plain.get(f"{sandbox.url}/v1_1/demo/ping", timeout=30)
        except httpx.TransportError as error:
            errors.append(error)

    half_sent = socket.create_connection(("127.0.0.1", int(sandbox.url.rpartition(":")[2])))
    half_sent.sendall(b"POST /v1_1/demo/image/upload HTTP/1.1\r\nContent-Length: 10\r\n\r\nhal")
    thread = threading.Thread(target=ask)
    thread.start()
    deadline = threading.Event()
    assert not deadline.wait(0.2)
    before = time.monotonic()
    sandbox.stop()
    took = time.monotonic() - before
    thread.join(5)
    half_sent.close()
    assert took < 1.0
    assert len(errors) == 1


def test_a_decoder_that_hangs_does_not_hold_it_up(make_sandbox: Any, jpeg: Path) -> None:
    released = threading.Event()

    class Stuck:
        def probe(self, _path: Path) -> Any:
            released.wait(20)

    sandbox = make_sandbox(decoder=Stuck())
    sandbox.start()
    codes: list[int] = []

    def send() -> None:
        url, files = f"{sandbox.url}/v1_1/demo/auto/upload", {"file": ("x", b"unknown")}
        with pytest.raises(httpx.TransportError):
            codes.append(plain.post(url, auth=AUTH, files=files, timeout=30).status_code)

    upload = threading.Thread(target=send)
    upload.start()
    assert not released.wait(0.2)
    # Meanwhile others are served.
    assert plain.get(f"{sandbox.url}/v1_1/demo/ping").status_code == 401
    before = time.monotonic()
    sandbox.stop()
    assert time.monotonic() - before < 1.0
    released.set()
    upload.join(5)
    assert codes == []


def test_several_accounts_are_served_apart_and_keys_of_one_cloud_together(
    make_sandbox: Any, png: bytes
) -> None:
    urls = ["cloudinary://1:a@one", "cloudinary://2:b@one", "cloudinary://3:c@two"]
    sandbox = make_sandbox(accounts=[SandboxAccount.parse(url) for url in urls])
    sandbox.start()

    def upload(cloud: str, key: str, secret: str) -> int:
        url = f"{sandbox.url}/v1_1/{cloud}/image/upload"
        files = {"file": ("x.png", png)}
        return plain.post(url, auth=(key, secret), files=files).status_code

    assert [upload("one", "1", "a"), upload("one", "2", "b"), upload("two", "3", "c")] == [200] * 3
    assert upload("two", "1", "a") == 401
    assert [len(sandbox.stored(cloud)) for cloud in ("one", "two")] == [2, 1]


def test_everything_is_back_after_a_restart(make_sandbox: Any, connect: Any, jpeg: Path) -> None:
    state = jpeg.parent / "state"
    first = make_sandbox(state=state)
    first.start()
    connect(first)
    eager = {"width": 5, "crop": "scale"}
    uploader.upload(
        str(jpeg), public_id="pic", tags="a", context={"k": "v"}, asset_folder="f", eager=eager
    )
    uploader.upload(str(jpeg), public_id="gone")
    uploader.destroy("gone")
    api.create_upload_preset(name="web", unsigned=True, tags="x")
    api.create_folder("empty")
    before = api.resource("pic")
    first.stop()

    second = make_sandbox(state=state, port=int(first.url.rpartition(":")[2]) + 0)
    second.start()
    connect(second)
    assert api.resource("pic") == before
    assert second.stored("demo") == first.stored("demo")
    assert plain.get(before["url"].replace(first.url, second.url)).content == jpeg.read_bytes()
    derived = before["derived"][0]["url"].replace(first.url, second.url)
    assert plain.get(derived).status_code == 200
    assert api.upload_preset("web")["settings"] == {"tags": ["x"]}
    assert [one["name"] for one in api.root_folders()["folders"]] == ["empty", "f"]


def test_two_sandboxes_do_not_share_a_state(make_sandbox: Any, tmp_path: Path) -> None:
    make_sandbox(state=tmp_path).start()
    with pytest.raises(InvalidInputError, match="another sandbox"):
        make_sandbox(state=tmp_path).start()


def test_a_taken_port_is_said_at_once(make_sandbox: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        make_sandbox(port=taken.getsockname()[1])


SERVER = """
import sys
from pathlib import Path
from bridge_app.sandbox.server import Sandbox, SandboxAccount

sandbox = Sandbox(
    accounts=[SandboxAccount.parse("cloudinary://1234:s3cr3t@demo")],
    decoder=None,
    state=Path(sys.argv[1]),
)
sandbox.start()
print(sandbox.url, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def process(state: Path) -> Iterator[subprocess.Popen[str]]:
    """A sandbox in a process of its own."""
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(state)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    with process:
        yield process
        process.kill()


@pytest.mark.parametrize("after", [1, 25])
def test_killed_in_the_middle_of_uploads_it_has_whole_assets_only(
    process: subprocess.Popen[str], state: Path, make_sandbox: Any, after: int
) -> None:
    assert process.stdout is not None
    url = f"{process.stdout.readline().strip()}/v1_1/demo/raw/upload"
    acknowledged: list[str] = []
    enough = threading.Event()

    def send(thread: int) -> None:
        with httpx.Client(auth=AUTH, timeout=10) as client:
            for number in range(200):
                name = f"{thread}-{number}"
                try:
                    client.post(url, data={"public_id": name}, files={"file": ("x", content(name))})
                except httpx.TransportError:
                    return
                acknowledged.append(name)
                if len(acknowledged) >= after:
                    enough.set()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    assert enough.wait(20)
    process.send_signal(signal.SIGKILL)
    for thread in threads:
        thread.join()
    process.wait(20)

    sandbox: Sandbox = make_sandbox(state=state)
    sandbox.start()
    stored = {asset.public_id: asset for asset in sandbox.stored("demo")}
    assert set(acknowledged) <= set(stored)
    for name, asset in stored.items():
        delivered = plain.get(f"{sandbox.url}/demo/raw/upload/{name}")
        assert delivered.content == content(name)
        assert (asset.bytes, asset.uploads) == (len(delivered.content), 1)
    kept = [path for path in (state / "demo" / "content").iterdir() if path.is_file()]
    assert len(kept) == len(stored)
    assert list((state / "demo" / "incoming").iterdir()) == []


def content(name: str) -> bytes:
    return name.encode() * 20_000


def test_uploads_at_once_under_one_name_come_one_after_the_other(sdk: Sandbox) -> None:
    def send(number: int) -> None:
        uploader.upload(io.BytesIO(b"%d" % number * 50_000), public_id="x", resource_type="raw")

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (asset,) = sdk.stored("demo")
    assert asset.uploads == 8
    delivered = plain.get(f"{sdk.url}/demo/raw/upload/x").content
    assert delivered in {b"%d" % number * 50_000 for number in range(8)}
