"""Whatever a polled channel answers neither ends the hearing nor has it ask without a pause."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cloudinary
import pytest
from cloudinary.api_client import call_api

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.answers import NotUnderstoodError
from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.notifications import Notifications
from bridge_app.storage.channels import ChannelRecord, Channels
from bridge_app.storage.ledger import open_ledger
from bridge_app.work import hearing
from bridge_app.work.hearing import Hearing, Surroundings
from tests.delivery.test_answers import NOW, Service

REST_S = 0.3


class Channel(Service):
    """A service, and the key to it."""

    def __init__(self) -> None:
        super().__init__()
        new = NewAccount.from_url(f"cloudinary://1:s@studio?upload_prefix={self.url}")
        self.credentials = Credentials(account=new.record(), secret=new.secret)


class NoMirror:
    """Nothing is ever read again."""

    def heard(self, environment: str, asset_ids: object, *, widely: bool) -> None: ...

    def request(self, environment: str) -> None: ...

    def is_idle(self) -> bool:
        return True


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Channel]:
    monkeypatch.setattr(call_api, "_http", call_api._http)
    monkeypatch.setattr(cloudinary, "USER_PLATFORM", cloudinary.USER_PLATFORM)
    connections = Connections(now=lambda: NOW)
    install(connections)
    made = Channel()
    yield made
    connections.clear()
    made.close()


@pytest.mark.parametrize(
    "messages", [7, 0, "abc", "", {}, {"a": 1}, [None], [7], ["x"], [[]], True]
)
def test_messages_of_another_kind_are_trouble_and_no_crash(
    service: Channel, messages: object
) -> None:
    service.says(200, {"messages": messages})
    with pytest.raises(NotUnderstoodError):
        Notifications(service.credentials).messages("mine")


@pytest.mark.parametrize("answer", [{}, {"messages": None}, {"messages": []}], ids=json.dumps)
def test_a_channel_that_has_none_says_so_in_many_ways(
    service: Channel, answer: dict[str, object]
) -> None:
    service.says(200, answer)
    assert Notifications(service.credentials).messages("mine") == ()


def test_a_service_that_holds_no_question_open_is_asked_now_and_then(
    service: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "REST_S", REST_S)
    service.says(200, {"messages": []})
    ledger = open_ledger(tmp_path / "ledger.db")
    channels = Channels(ledger)
    channels.put(ChannelRecord(environment="studio", name="mine", trigger_id="t"), at=NOW)
    turns: list[float] = []
    third = threading.Event()

    def online() -> bool:
        turns.append(time.monotonic())
        if len(turns) == 3:
            third.set()
        return True

    hears = Hearing(
        channels,
        NoMirror(),
        surroundings=Surroundings(
            credentials=lambda _: service.credentials, current=lambda: "studio", online=online
        ),
        tell=lambda _: None,
        now=lambda: NOW,
    )
    hears.start()
    assert third.wait(10.0)
    hears.close(1.0)
    ledger.close()
    assert turns[2] - turns[0] >= 2 * REST_S
