"""The wire: every exception of httpx has an error of ours, and httpx is loaded when needed."""

import logging
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest

from bridge_app.domain.errors import BridgeError, OfflineError
from bridge_app.domain.proxies import UnreadableProxyError, UnspokenProxyError
from bridge_app.libraries.photoshelter.errors import StoppedError, UnsafeLinkError
from bridge_app.libraries.photoshelter.transport import Call, ConnectionBrokenError, Transport
from tests.libraries.photoshelter.hostile import Hostile, Said


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport("example.com")
    yield made
    made.close()


def kinds(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for one in kind.__subclasses__():
        yield from kinds(one)


KINDS = [
    one for kind in (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) for one in kinds(kind)
]
NOT_REACHED = {httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError}
NO_ADDRESS = {httpx.InvalidURL, httpx.UnsupportedProtocol}


def test_each_exception_of_httpx_has_its_error(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in KINDS:
        monkeypatch.setattr(httpx.Client, "send", raising(kind))
        with pytest.raises(BridgeError) as caught:
            transport.sent(Call(method="GET", url="http://127.0.0.1/"))
        expected: type[BridgeError] = ConnectionBrokenError
        if kind in NOT_REACHED:
            expected = OfflineError
        elif kind in NO_ADDRESS:
            expected = UnsafeLinkError
        assert type(caught.value) is expected


def raising(kind: type[Exception]) -> Callable[..., None]:
    def send(*_: object, **__: object) -> None:
        made = kind.__new__(kind)
        Exception.__init__(made, "trouble")
        raise made

    return send


def test_a_certificate_that_is_not_accepted_is_said_so(
    hostile: Hostile, transport: Transport
) -> None:
    address = hostile.root.replace("http://", "https://")
    with pytest.raises(BridgeError):
        transport.sent(Call(method="GET", url=address))
    assert hostile.asked == []


def test_an_answer_that_breaks_off_is_not_taken_for_whole(
    hostile: Hostile, transport: Transport
) -> None:
    hostile.on("/x", Said(body=b'{"data":[]}', length=500, cut=True))
    with pytest.raises(ConnectionBrokenError):
        transport.sent(Call(method="GET", url=f"{hostile.url}/x"))


def test_an_answer_that_drips_for_ever_ends(hostile: Hostile) -> None:
    ticks = iter(range(0, 10_000, 200))
    hostile.on("/x", Said(body=b"1234"))
    transport = Transport("example.com", clock=lambda: next(ticks))
    with pytest.raises(ConnectionBrokenError, match="too long"):
        transport.sent(Call(method="GET", url=f"{hostile.url}/x"))
    transport.close()


def test_a_closed_transport_opens_no_connection(hostile: Hostile, transport: Transport) -> None:
    transport.close()
    with pytest.raises(StoppedError):
        transport.sent(Call(method="GET", url=f"{hostile.url}/x"))
    assert hostile.asked == []


MOMENTS = {
    "before it is sent": (httpx.Client, "send"),
    "before it connects": (httpx.HTTPTransport, "handle_request"),
    "while it connects": (socket, "create_connection"),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_call_that_is_overtaken_by_the_closing_leaves_no_connection(
    hostile: Hostile, transport: Transport, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    hostile.on("/x", Said(body=b"{}"))
    made: list[socket.socket] = []
    connect = socket.create_connection

    def connecting(*given: Any, **named: Any) -> socket.socket:
        made.append(connect(*given, **named))
        return made[-1]

    monkeypatch.setattr(socket, "create_connection", connecting)
    owner, name = MOMENTS[moment]
    real = getattr(owner, name)

    def closing(*given: object, **named: object) -> object:
        result = real(*given, **named) if owner is socket else None
        transport.close()
        return result or real(*given, **named)

    monkeypatch.setattr(owner, name, closing)
    with suppress(StoppedError):
        transport.sent(Call(method="GET", url=f"{hostile.url}/x"))
    assert all(one.fileno() == -1 for one in made)


def test_a_call_shows_no_secrets() -> None:
    call = Call(method="GET", url="http://127.0.0.1/", headers={"X-PS-Auth-Token": "the-token"})
    assert "the-token" not in repr(call)


def test_no_address_and_no_header_is_logged(
    hostile: Hostile, transport: Transport, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hostile.on("/x", Said(body=b"{}"))
    transport.sent(
        Call(method="GET", url=f"{hostile.url}/x?sig=signature", headers={"X-PS-Api-Key": "a-key"})
    )
    assert "signature" not in caplog.text
    assert "a-key" not in caplog.text


def test_the_package_is_loaded_without_httpx() -> None:
    code = (
        "import sys\n"
        "import bridge_app.libraries.photoshelter.service\n"
        "import bridge_app.libraries.photoshelter.sign_in\n"
        "import bridge_app.libraries.photoshelter.browser_sign_in\n"
        "sys.exit(bool({'httpx', 'httpcore', 'h2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0


def test_a_proxy_in_the_environment_is_not_asked_for_this_computer(
    hostile: Hostile, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile.on("/x", Said(body=b'{"data":[]}'))
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert transport.sent(Call(method="GET", url=f"{hostile.url}/x")).status == 200


def test_a_proxy_that_does_not_speak_http_is_told(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks://u:secret@127.0.0.1:9050")
    with pytest.raises(UnspokenProxyError, match=":9050") as told:
        transport.sent(Call(method="GET", url="https://photos.example/"))
    assert "secret" not in str(told.value)


def test_a_proxy_that_cannot_be_read_is_told_without_its_password(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://anna:s3/cret@proxy:3128")
    with pytest.raises(UnreadableProxyError, match="HTTPS_PROXY") as told:
        transport.sent(Call(method="GET", url="https://photos.example/"))
    assert "cret" not in str(told.value)
