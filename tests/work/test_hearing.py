"""Changes made elsewhere are heard of at once, over a polled channel and over web hooks."""

import hashlib
import io
import json
from datetime import timedelta
from pathlib import Path

import cloudinary.api
import cloudinary.uploader
import pytest

from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.notices import Notice
from bridge_app.delivery.notifications import Notifications
from bridge_app.delivery.webhook_receiver import webhook_receiver
from bridge_app.domain.cloud import cloud_library
from bridge_app.domain.errors import RefusedByServiceError
from bridge_app.domain.query import Query
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.hearing import Hearing, HearingState
from bridge_app.work.listening import Listening
from bridge_app.work.mirror_allowance import AT_ONCE
from tests.desk import ACCOUNT, Desk, picture
from tests.plain_http import plain

STUDIO = ACCOUNT.cloud_name


class Story:
    """A desk, and somebody elsewhere who works on the same environment."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.credentials = desk.parts.environments.credentials(STUDIO)
        self.options = self.credentials.options()
        self.notifications = Notifications(self.credentials)

    @property
    def hearing(self) -> Hearing:
        return self.desk.parts.worker.hearing

    def upload(self, public_id: str, seed: int = 0) -> None:
        path = picture(self.desk.home / "elsewhere" / f"{seed}.jpg", seed)
        cloudinary.uploader.upload(str(path), public_id=public_id, **self.options)

    def mirrored(self) -> set[str]:
        with self.desk.parts.stock.readers.lent() as reader:
            query = Query(library=cloud_library(STUDIO))
            ids = reader.ids(query, now=self.desk.clock())
            return {one.public_id for one in reader.cloud_assets(ids).values()}

    def sync(self) -> None:
        self.desk.parts.worker.cloud.sync(STUDIO)
        self.desk.until(self.desk.parts.worker.cloud.is_idle, what="the mirror")

    def hear(self, body: bytes) -> None:
        """A web hook comes."""
        secret = self.credentials.secret.reveal()
        stamp = str(int(self.desk.clock().timestamp()))
        signature = hashlib.sha256(body + stamp.encode() + secret.encode()).hexdigest()
        self.hearing.take(STUDIO, body, stamp, signature, secret)

    def shows(self, *public_ids: str) -> None:
        self.desk.until(lambda: self.mirrored() == set(public_ids), what=str(public_ids))


def calls_left(story: Story) -> int:
    return int(cloudinary.api.ping(**story.options).rate_limit_remaining)


@pytest.fixture
def story(desk: Desk) -> Story:
    return Story(desk)


def test_what_others_do_is_seen_here_at_once_and_acknowledged_afterwards(story: Story) -> None:
    story.sync()
    story.hearing.switch_on(STUDIO)
    assert story.hearing.state(STUDIO) is HearingState.ON
    (trigger,) = story.notifications.triggers()
    assert trigger.uri.startswith("poll://asset-bridge-")
    story.upload("hero", 1)
    story.shows("hero")
    story.upload("other", 2)
    story.shows("hero", "other")
    cloudinary.uploader.rename("hero", "star", **story.options)
    story.shows("star", "other")
    cloudinary.api.delete_resources(["other"], **story.options)
    story.shows("star")
    channel = trigger.uri.removeprefix("poll://")
    story.hearing.switch_off(STUDIO)
    assert story.hearing.state(STUDIO) is HearingState.OFF
    assert story.notifications.triggers() == ()
    story.desk.until(
        lambda: story.notifications.messages(channel, wait_s=0) == (), what="the last answers"
    )


def test_it_stays_switched_on_over_a_restart(story: Story, sandbox: Sandbox) -> None:
    story.sync()
    story.hearing.switch_on(STUDIO)
    story.desk.parts.close()
    # The end of a process ends the question it holds open; here the plug is pulled, or that
    # question would take the notice along until its lease ends.
    sandbox.stop()
    sandbox.start()
    install(Connections(now=story.desk.clock))
    story.upload("meanwhile", 3)
    story.desk.parts = story.desk.build()
    story.desk.open()
    assert story.hearing.state(STUDIO) is HearingState.ON
    story.shows("meanwhile")
    story.hearing.switch_on(STUDIO)
    assert len(story.notifications.triggers()) == 1


def test_web_hooks_are_received_checked_and_turned_into_reads(story: Story) -> None:
    story.sync()
    heard: list[Notice] = []
    secret = story.credentials.secret.reveal()

    def take(body: bytes, timestamp: str, signature: str) -> None:
        heard.append(story.hearing.take(STUDIO, body, timestamp, signature, "another", secret))

    server = Listening(webhook_receiver(take))
    server.start()
    try:
        url = f"http://127.0.0.1:{server.port}/hook"
        trigger = story.notifications.add(url)
        assert story.notifications.add(url) == trigger
        story.upload("hero", 1)
        story.shows("hero")
        assert {notice.type for notice in heard} == {"upload"}
        story.notifications.remove(trigger.id)
        story.notifications.remove(trigger.id)
        assert plain.post(url, content=b"{}").status_code == 401
        forged = {"X-Cld-Timestamp": "1700000000", "X-Cld-Signature": "0" * 40}
        assert plain.post(url, content=b"{}", headers=forged).status_code == 401
        assert plain.post(url, content=b"x" * (1 << 20 | 1)).status_code == 413
        assert plain.get(url).status_code == 501
    finally:
        server.close()


def test_a_key_that_may_not_leaves_it_switched_off(story: Story) -> None:
    for number in range(30):
        story.notifications.add(f"http://127.0.0.1:1/{number}", "upload")
    with pytest.raises(RefusedByServiceError):
        story.hearing.switch_on(STUDIO)
    assert story.hearing.state(STUDIO) is HearingState.OFF


def test_a_notice_is_acted_upon_once(story: Story, tmp_path: Path) -> None:
    story.sync()
    asked: list[str] = []
    story.hearing.on_notice = lambda notice: asked.append(notice.type)
    bodies: list[tuple[bytes, str, str]] = []
    server = Listening(webhook_receiver(lambda *parts: bodies.append(parts)))
    server.start()
    try:
        story.notifications.add(f"http://127.0.0.1:{server.port}/")
        story.upload("hero", 1)
        story.desk.until(lambda: bool(bodies), what="the web hook")
    finally:
        server.close()
    for _ in range(3):
        story.hearing.take(STUDIO, *bodies[0], story.credentials.secret.reveal())
    assert asked == ["upload"]


def test_what_others_do_by_the_hundreds_does_not_use_up_the_calls_of_the_hour(
    story: Story,
) -> None:
    story.sync()
    there = [
        cloudinary.uploader.upload(
            io.BytesIO(b"%d" % number), resource_type="raw", public_id=str(number), **story.options
        )
        for number in range(AT_ONCE + 50)
    ]
    before = calls_left(story)
    for one in there:
        notice = {"notification_type": "upload", "asset_id": one["asset_id"]}
        story.hear(json.dumps(notice).encode())
    story.desk.until(story.desk.parts.worker.cloud.is_idle, what="what is read at once")
    assert set() < story.mirrored() < {one["public_id"] for one in there}
    story.desk.clock.forward(timedelta(minutes=2))
    story.hear(json.dumps({"notification_type": "upload", "asset_id": "1" * 32}).encode())
    story.shows(*(one["public_id"] for one in there))
    assert before - calls_left(story) <= AT_ONCE + 20


def test_who_logs_out_is_told_of_nothing_any_more(story: Story) -> None:
    story.hearing.switch_on(STUDIO)
    story.desk.parts.worker.environments.log_out(STUDIO)
    assert story.notifications.triggers() == ()
    assert story.hearing.state(STUDIO) is HearingState.OFF


def test_a_service_that_is_away_keeps_nobody_from_logging_out(
    story: Story, sandbox: Sandbox
) -> None:
    story.hearing.switch_on(STUDIO)
    sandbox.stop()
    story.desk.parts.worker.environments.log_out(STUDIO)
    assert STUDIO not in [one.environment for one in story.desk.parts.environments.accounts()]
