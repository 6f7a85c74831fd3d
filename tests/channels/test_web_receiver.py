"""Endpoints of the web keep the contract of every channel that is told."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace

import pytest

from bridge_app.channels.guarded_http import GuardedHttp
from bridge_app.channels.receiver import Sealed, Taken
from bridge_app.channels.web_receiver import WebReceiver
from bridge_app.domain.webhooks import Endpoint
from bridge_app.testing.receiver_contract import ReceiverContract, ReceiverSubject
from tests.receivers import Receiver


class Hands:
    """A server that answers, and one place where nobody does."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self.refused = 0
        self.is_out = threading.Event()

    def taken(self) -> list[tuple[str, str, bytes]]:
        found = self._receiver.received[self.refused :]
        return [(one.id, one.headers["webhook-signature"], one.body) for one in found]

    @contextmanager
    def _answering(self, status: int) -> Iterator[None]:
        self._receiver.answers.append(status)
        yield
        self.refused += 1

    def refusing(self) -> AbstractContextManager[object]:
        return self._answering(503)

    def gone(self) -> AbstractContextManager[object]:
        return self._answering(410)

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        self.is_out.set()
        yield
        self.is_out.clear()


class Unplugged:
    """The adapter; while the plug is pulled, at a port that nobody listens on."""

    def __init__(self, web: WebReceiver, hands: Hands) -> None:
        self._web, self._hands = web, hands

    def take(self, endpoint: Endpoint, message: Sealed) -> Taken:
        if self._hands.is_out.is_set():
            endpoint = replace(endpoint, url="http://127.0.0.1:9/hooks")
        return self._web.take(endpoint, message)


class TestWebReceiver(ReceiverContract):
    @pytest.fixture
    def subject(self, receiver: Receiver) -> Iterator[ReceiverSubject]:
        hands = Hands(receiver)
        endpoint = Endpoint(id="", name="Shop", url=receiver.url, private_allowed=True)
        with closing(GuardedHttp()) as http:
            told = Unplugged(WebReceiver(http), hands)
            yield ReceiverSubject(receiver=told, endpoint=endpoint, hands=hands)
