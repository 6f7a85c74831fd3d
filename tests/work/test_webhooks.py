"""Endpoints are told what happens: each event once, signed, over days; never where it must not."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.channel_events import EventType
from bridge_app.domain.errors import NoKeyringError
from bridge_app.domain.jobs import JobState, WaitingFor
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.domain.webhooks import (
    SCHEDULE_S,
    Endpoint,
    EndpointNameTakenError,
    EndpointState,
)
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.webhook_jobs import Message
from tests.desk import ACCOUNT, Desk, picture
from tests.receivers import Receiver


def listening(desk: Desk, receiver: Receiver, *events: EventType) -> tuple[Endpoint, str]:
    """An endpoint that is told, and its secret."""
    endpoint = Endpoint(
        id="", name="Shop", url=receiver.url, events=frozenset(events), private_allowed=True
    )
    kept, secret = desk.parts.worker.webhooks.add(endpoint)
    return kept, secret.reveal()


def waiting(desk: Desk) -> bool:
    """Does every message that is not through wait for its receiver?"""
    messages = desk.parts.worker.webhooks.messages()
    return bool(messages) and all(
        one.state.is_finished or one.waiting_for is WaitingFor.RECEIVER for one in messages
    )


def test_what_happens_to_an_asset_is_told_once_and_signed(desk: Desk, receiver: Receiver) -> None:
    _, secret = listening(desk, receiver)
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.push()
    desk.until(lambda: len(receiver.received) == 2, what="the messages")
    told = sorted(receiver.received, key=lambda one: int(one.told["data"]["revision"]))
    assert [one.type for one in told] == ["asset.approved", "asset.pushed"]
    assert all(one.is_signed_with(secret) for one in receiver.received)
    pushed = receiver.of_type("asset.pushed")[0].told["data"]
    copy = desk.asset("hero.jpg").cloud
    assert copy is not None
    assert (pushed["public_id"], pushed["asset_id"]) == (copy.public_id, copy.asset_id)
    assert pushed["cloud_name"] == "studio"
    assert pushed["name"] == "hero.jpg"
    assert told[0].told["data"]["revision"] < pushed["revision"]


def test_a_new_version_is_told_as_a_replacement(desk: Desk, receiver: Receiver) -> None:
    picture(desk.folder / "hero.jpg", seed=1)
    desk.library()
    desk.approve()
    desk.push()
    listening(desk, receiver, EventType.PUSHED, EventType.REPLACED)
    picture(desk.folder / "hero.jpg", seed=2)
    before = desk.asset("hero.jpg").content
    desk.until(lambda: desk.asset("hero.jpg").content != before, what="the new version")
    desk.approve()
    desk.push()
    desk.until(lambda: bool(receiver.received), what="the message")
    assert [one.type for one in receiver.received] == ["asset.replaced"]


def test_an_end_is_told_ahead_and_never_after_it_has_come(desk: Desk, receiver: Receiver) -> None:
    listening(desk, receiver, EventType.EXPIRING, EventType.EXPIRED)
    picture(desk.folder / "hero.jpg")
    desk.library()
    (hero,) = desk.approve()
    desk.push()
    rights, messages = desk.parts.worker.rights, desk.parts.worker.webhooks.messages
    window = RightsWindow(ends=desk.clock() + timedelta(days=6))
    rights.claim([hero], RightsClaim(window=window))
    rights.told(rights.notices())
    desk.until(lambda: len(receiver.received) == 1, what="the notice")
    desk.clock.forward(timedelta(days=7))
    desk.parts.worker.retractions.look()
    desk.until(lambda: len(receiver.received) == 2, what="the end")
    at_the_end = rights.notices()
    assert [one.days for one in at_the_end] == [0]
    rights.told(at_the_end)
    desk.parts.worker.post_events()
    assert len(messages()) == 2
    assert [one.type for one in receiver.received] == ["asset.expiring", "asset.expired"]
    assert receiver.received[0].told["data"]["days"] == 7


def test_what_people_say_among_themselves_stays_here(desk: Desk, receiver: Receiver) -> None:
    listening(desk, receiver)
    picture(desk.folder / "hero.jpg")
    desk.library()
    chosen = [desk.asset("hero.jpg").id]
    desk.parts.worker.decide(chosen, Approval.REJECTED, comment="between us")
    desk.parts.worker.decide(chosen, Approval.APPROVED, comment="between us")
    desk.until(lambda: bool(receiver.received), what="the message")
    assert [one.type for one in receiver.received] == ["asset.approved"]
    assert b"between us" not in receiver.received[0].body


def test_an_endpoint_that_nobody_has_yet_is_not_told_of_the_past(
    desk: Desk, receiver: Receiver
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    endpoint, _ = listening(desk, receiver)
    desk.parts.worker.webhooks.test(endpoint.id)
    desk.until(lambda: bool(receiver.received), what="the test")
    assert [one.type for one in receiver.received] == ["webhook.test"]


def test_an_endpoint_in_trouble_is_tried_over_days_with_the_same_identity(
    desk: Desk, receiver: Receiver
) -> None:
    endpoint, secret = listening(desk, receiver)
    receiver.answers.extend([500, 302, (429, {"Retry-After": "7200"})])
    desk.parts.worker.webhooks.test(endpoint.id)
    for tries in range(1, 5):
        desk.until(lambda tries=tries: len(receiver.received) == tries, what=f"try {tries}")  # type: ignore[misc]
        desk.until(lambda: waiting(desk), what="the pause")
        desk.clock.forward(timedelta(hours=3))
    desk.until(
        lambda: desk.parts.worker.webhooks.messages()[0].state is JobState.DONE, what="the end"
    )
    assert len({one.id for one in receiver.received}) == 1
    assert len({one.body for one in receiver.received}) == 1
    assert len({one.headers["webhook-timestamp"] for one in receiver.received}) == 4
    assert all(one.is_signed_with(secret) for one in receiver.received)


def test_a_message_nobody_takes_is_kept_and_can_be_sent_again(
    desk: Desk, receiver: Receiver
) -> None:
    endpoint, _ = listening(desk, receiver)
    receiver.answers.extend([503] * (len(SCHEDULE_S) + 1))
    desk.parts.worker.webhooks.test(endpoint.id)
    for tries in range(1, len(SCHEDULE_S) + 2):
        desk.until(lambda tries=tries: len(receiver.received) == tries, what=f"try {tries}")  # type: ignore[misc]
        desk.until(lambda: waiting(desk), what="the pause")
        desk.clock.forward(timedelta(hours=27))
    (lost,) = desk.parts.worker.webhooks.messages()
    assert lost.state is JobState.FAILED
    assert lost.error is not None
    assert "10 tries" in lost.error.sentence()
    desk.parts.worker.retry([lost.id])
    desk.until(
        lambda: desk.parts.worker.webhooks.messages()[0].state is JobState.DONE, what="the end"
    )
    assert len({one.id for one in receiver.received}) == 1


def test_an_endpoint_that_is_gone_is_switched_off(desk: Desk, receiver: Receiver) -> None:
    endpoint, _ = listening(desk, receiver)
    receiver.answers.append(410)
    worker = desk.parts.worker
    desk.finished(worker.webhooks.test(endpoint.id))
    assert worker.webhooks.one(endpoint.id).state is EndpointState.DISABLED
    assert "410" in worker.webhooks.one(endpoint.id).reason
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    worker.webhooks.change(replace(worker.webhooks.one(endpoint.id), state=EndpointState.ON))
    desk.finished(worker.webhooks.test(endpoint.id))
    assert [one.type for one in receiver.received] == ["webhook.test", "webhook.test"]


def test_after_a_change_of_the_secret_both_hold_for_a_day(desk: Desk, receiver: Receiver) -> None:
    endpoint, before = listening(desk, receiver)
    worker = desk.parts.worker
    after = worker.webhooks.rotate(endpoint.id).reveal()
    desk.finished(worker.webhooks.test(endpoint.id))
    desk.clock.forward(timedelta(hours=25))
    desk.finished(worker.webhooks.test(endpoint.id))
    first, second = receiver.received
    assert first.is_signed_with(before)
    assert first.is_signed_with(after)
    assert second.is_signed_with(after)
    assert not second.is_signed_with(before)


def test_a_private_address_is_refused_until_it_is_allowed(desk: Desk, receiver: Receiver) -> None:
    url = receiver.url.replace("http://", "https://")
    endpoint, _ = desk.parts.worker.webhooks.add(Endpoint(id="", name="Inside", url=url))
    (job,) = desk.finished(desk.parts.worker.webhooks.test(endpoint.id))
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert "private" in job.error.sentence()
    assert not receiver.received


def test_what_happened_before_an_end_of_the_program_is_told_after_it(
    desk: Desk, receiver: Receiver
) -> None:
    listening(desk, receiver)
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.parts.worker.set_work_offline(on=True)
    desk.approve()
    desk.reopen()
    assert not receiver.received
    desk.parts.worker.set_work_offline(on=False)
    desk.until(lambda: bool(receiver.received), what="the message")
    desk.until(
        lambda: all(one.state.is_finished for one in desk.parts.worker.webhooks.messages()),
        what="the end",
    )
    assert [one.type for one in receiver.received] == ["asset.approved"]


def test_the_secret_is_in_the_key_store_alone(desk: Desk, receiver: Receiver) -> None:
    endpoint, secret = listening(desk, receiver)
    desk.finished(desk.parts.worker.webhooks.test(endpoint.id))
    for file in desk.home.rglob("*"):
        assert not file.is_file() or secret.encode() not in file.read_bytes()
    shown = json.dumps([one.params for one in desk.parts.worker.webhooks.messages()])
    assert secret not in shown


def test_a_removed_endpoint_is_told_nothing_more(desk: Desk, receiver: Receiver) -> None:
    endpoint, _ = listening(desk, receiver)
    receiver.answers.append(500)
    batch = desk.parts.worker.webhooks.test(endpoint.id)
    desk.until(lambda: waiting(desk), what="the pause")
    desk.parts.worker.webhooks.remove("Shop")
    assert desk.parts.worker.webhooks.endpoints() == ()
    assert desk.parts.worker.batch(batch)[0].state is JobState.CANCELLED
    assert not desk.store.get(f"webhook:{endpoint.id}")


def test_a_secret_signs_for_its_day_though_newer_ones_were_made(
    desk: Desk, receiver: Receiver
) -> None:
    endpoint, first = listening(desk, receiver)
    webhooks = desk.parts.worker.webhooks
    webhooks.rotate(endpoint.id)
    webhooks.rotate(endpoint.id)
    desk.finished(webhooks.test(endpoint.id))
    assert receiver.received[0].is_signed_with(first)


def test_of_two_that_read_the_same_news_one_tells_it(desk: Desk, receiver: Receiver) -> None:
    listening(desk, receiver)
    picture(desk.folder / "hero.jpg")
    desk.library()
    stored = desk.parts.stock.webhooks
    desk.parts.worker.set_work_offline(on=True)
    desk.approve()
    desk.until(lambda: bool(desk.parts.worker.webhooks.messages()), what="the message")
    (told,) = desk.parts.worker.webhooks.messages()
    again = Message.from_params(told.params).new_job("later", name="hero.jpg")
    assert stored.turn_into([([1], [again])], at=desk.clock()) == 0
    desk.parts.worker.set_work_offline(on=False)
    desk.until(lambda: len(receiver.received) == 1, what="the message")
    assert len(desk.parts.worker.webhooks.messages()) == 1


def test_an_address_that_may_not_be_told_any_more_is_not(desk: Desk, receiver: Receiver) -> None:
    listening(desk, receiver, EventType.PUSHED)
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    receiver.answers.append(500)
    desk.push()
    desk.until(lambda: waiting(desk), what="the pause")
    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    desk.clock.forward(timedelta(hours=1))
    desk.until(
        lambda: desk.parts.worker.webhooks.messages()[0].state is JobState.FAILED, what="the end"
    )
    (held,) = desk.parts.worker.webhooks.messages()
    assert held.error is not None
    assert "rejected" in held.error.sentence()
    assert len(receiver.received) == 1


@pytest.mark.parametrize("rejected", [False, True])
def test_what_was_delivered_is_told_though_a_draft_took_its_place_here(
    desk: Desk, receiver: Receiver, *, rejected: bool
) -> None:
    listening(desk, receiver, EventType.PUSHED)
    picture(desk.folder / "hero.jpg", seed=1)
    desk.library()
    desk.approve()
    receiver.answers.append(500)
    desk.push()
    desk.until(lambda: waiting(desk), what="the pause")
    hero = desk.asset("hero.jpg")
    if rejected:
        desk.parts.worker.decide([hero.id], Approval.REJECTED)
    picture(desk.folder / "hero.jpg", seed=2)
    # Its copy may be mirrored by now, under the same name.
    before = (hero.id, hero.content)
    desk.until(
        lambda: before not in [(one.id, one.content) for one in desk.assets()], what="the draft"
    )
    desk.clock.forward(timedelta(hours=1))
    desk.until(lambda: desk.parts.worker.webhooks.messages()[0].state.is_finished, what="the end")
    (message,) = desk.parts.worker.webhooks.messages()
    assert message.state is (JobState.FAILED if rejected else JobState.DONE)
    assert len(receiver.received) == (1 if rejected else 2)
    assert len({one.told["data"]["sha256"] for one in receiver.received}) == 1


def test_a_push_that_is_tried_again_is_not_sent_again(desk: Desk, sandbox: Sandbox) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    sandbox.faults.lose_reply(times=1, path_contains=f"/v1_1/{ACCOUNT.cloud_name}/image/upload")
    worker = desk.parts.worker
    desk.approve()
    batch = worker.push(desk.plan())
    desk.until(lambda: worker.batch(batch)[0].state is JobState.WAITING, what="the lost reply")
    (before,) = sandbox.stored(ACCOUNT.cloud_name)
    worker.cancel([worker.batch(batch)[0].id])
    desk.until(lambda: worker.batch(batch)[0].state is JobState.CANCELLED, what="the end")
    worker.retry([worker.batch(batch)[0].id])
    desk.until(lambda: worker.batch(batch)[0].state is JobState.DONE, what="the push")
    (after,) = sandbox.stored(ACCOUNT.cloud_name)
    assert after.version == before.version


def test_an_endpoint_whose_secret_cannot_be_forgotten_stays(
    desk: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint, _ = listening(desk, receiver)

    def shut(_: str) -> None:
        raise NoKeyringError

    monkeypatch.setattr(desk.store, "remove", shut)
    with pytest.raises(NoKeyringError):
        desk.parts.worker.webhooks.remove(endpoint.id)
    assert desk.parts.worker.webhooks.endpoints() == (endpoint,)


def test_two_endpoints_have_two_names(desk: Desk, receiver: Receiver) -> None:
    listening(desk, receiver)
    with pytest.raises(EndpointNameTakenError):
        listening(desk, receiver)
