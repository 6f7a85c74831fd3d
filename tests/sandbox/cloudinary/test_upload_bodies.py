"""The ways in which a file can come to the server."""

import base64
import http.server
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cloudinary import uploader
from cloudinary.exceptions import BadRequest

from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain


@pytest.mark.usefixtures("sdk")
def test_basic_auth_may_stand_in_for_a_signature(sandbox: Sandbox, png: bytes) -> None:
    reply = plain.post(
        f"{sandbox.url}/v1_1/demo/image/upload",
        auth=("1234", "s3cr3t"),
        files={"file": ("x.png", png)},
    )
    assert reply.json()["format"] == "png"
    assert re.fullmatch(r"[0-9a-f]{32}", reply.headers["x-request-id"])


def test_a_chunked_body_without_a_length_is_read(sandbox: Sandbox, png: bytes) -> None:
    edge = "--x\r\n"
    head = f'{edge}Content-Disposition: form-data; name="file"; filename="x.png"\r\n\r\n'.encode()

    def body() -> Iterator[bytes]:
        yield head
        for at in range(0, len(png), 7):
            yield png[at : at + 7]
        yield b"\r\n--x--\r\n"

    reply = plain.post(
        f"{sandbox.url}/v1_1/demo/image/upload",
        auth=("1234", "s3cr3t"),
        content=body(),
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert reply.json()["bytes"] == len(png)


@pytest.mark.usefixtures("sdk")
def test_a_data_uri_may_be_broken_into_lines(png: bytes) -> None:
    text = base64.encodebytes(png).decode()
    reply = uploader.upload(f"data:image/png;base64,{text}")
    assert (reply["width"], reply["height"], reply["bytes"]) == (7, 5, len(png))


@pytest.fixture
def website(tmp_path: Path, png: bytes) -> Iterator[str]:
    """A web server on this machine with one picture."""
    (tmp_path / "my logo.png").write_bytes(png)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(tmp_path))

        def log_message(self, *_: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("sdk")
def test_a_url_on_this_machine_is_fetched(website: str, png: bytes) -> None:
    reply = uploader.upload(f"{website}/my%20logo.png")
    assert reply["bytes"] == len(png)
    assert reply["original_filename"] == "my logo"
    with pytest.raises(BadRequest, match=r"Error in loading .* - 404"):
        uploader.upload(f"{website}/nothing.png")


@pytest.mark.parametrize(
    "url", ["https://res.cloudinary.com/demo/sample.jpg", "http://169.254.169.254/", "ftp://a/b"]
)
@pytest.mark.usefixtures("sdk")
def test_nothing_is_fetched_from_elsewhere(url: str) -> None:
    with pytest.raises(BadRequest, match="this machine only"):
        uploader.upload(url)


def test_an_unknown_cloud_is_named(sandbox: Sandbox, png: bytes) -> None:
    reply = plain.post(f"{sandbox.url}/v1_1/nobody/image/upload", files={"file": ("x.png", png)})
    assert reply.status_code == 401
    assert reply.json() == {"error": {"message": "Invalid cloud_name nobody"}}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--y\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data"),
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/x-www-form-urlencoded", b"file=%ff%fe"),
    ],
)
def test_a_broken_body_is_a_bad_request(sandbox: Sandbox, content_type: str, body: bytes) -> None:
    reply = plain.post(
        f"{sandbox.url}/v1_1/demo/image/upload",
        auth=("1234", "s3cr3t"),
        content=body,
        headers={"Content-Type": content_type},
    )
    assert reply.status_code == 400
    assert reply.json()["error"]["message"]


def test_a_client_that_gives_up_in_the_middle_leaves_nothing(
    make_sandbox: Any, tmp_path: Path
) -> None:
    sandbox = make_sandbox(state=tmp_path)
    sandbox.start()
    address = ("127.0.0.1", int(sandbox.url.rpartition(":")[2]))
    with socket.create_connection(address) as connection:
        connection.sendall(
            b"POST /v1_1/demo/raw/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\n\r\n"
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
            + bytes(4_000_000)
        )
        assert until(lambda: len(incoming(tmp_path)) == 1, sandbox)
    assert until(lambda: incoming(tmp_path) == [], sandbox)
    assert sandbox.stored("demo") == []


def incoming(state: Path) -> list[Path]:
    return list((state / "demo" / "incoming").iterdir())


def until(holds: Callable[[], bool], sandbox: Sandbox) -> bool:
    """Whether something holds within a thousand requests."""
    return any(
        holds() or plain.get(f"{sandbox.url}/v1_1/demo/ping").status_code == 0 for _ in range(1_000)
    )
