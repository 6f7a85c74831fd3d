"""The contract with a stack: what is called, how often, and what its refusals mean."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from bridge_app.channels.contentstack.entries import Entries
from bridge_app.channels.contentstack.errors import FieldsRefusedError
from bridge_app.channels.contentstack.pacing import Pacing, Sort
from bridge_app.channels.contentstack.transport import TRIES, Transport
from bridge_app.channels.errors import ReceiverTroubleError
from bridge_app.domain.contentstack import (
    Destination,
    EntryConflictError,
    EntryField,
    FieldKind,
)
from bridge_app.domain.errors import CredentialsError, NotFoundError, RateLimitedError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.app import PREFIX
from bridge_app.sandbox.contentstack.sample import fill
from bridge_app.sandbox.contentstack.stack import API_KEY, MASTER, TOKEN, Stack, StackSettings
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT

Open = Callable[..., Entries]


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    made = Sandbox(accounts=(ACCOUNT,), decoder=decoder, stack=StackSettings(calls_per_s=None))
    fill(made.stack)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def opened(sandbox: Sandbox, pauses: list[float]) -> Iterator[Open]:
    """Opens the stack, with nobody waiting."""
    transports: list[Transport] = []
    usual = Destination(
        id="",
        name="Site",
        region=sandbox.url + PREFIX,
        api_key=API_KEY,
        environment="production",
    )

    def made(token: str = TOKEN, **other: Any) -> Entries:
        destination = replace(usual, **other)
        transport = Transport(destination, token, spread=lambda: 0.0, pause=pauses.append)
        transports.append(transport)
        return Entries(transport, destination.environment)

    yield made
    for one in transports:
        one.close()


def place(stack: Stack, name: str = "image_url", number: int = 0) -> EntryField:
    entry = list(stack.branches["main"].entries.values())[number]
    return EntryField(
        content_type="article", entry=entry.uid, field=name, locale=MASTER, kind=FieldKind.URL
    )


def test_a_wrong_stack_and_a_wrong_token_are_told_apart(opened: Open, sandbox: Sandbox) -> None:
    with pytest.raises(CredentialsError, match="Stack"):
        opened(token="wrong", api_key="wrong").environments()
    with pytest.raises(CredentialsError, match="logged in"):
        opened(token="wrong").environments()
    assert [status for _, _, status in sandbox.stack.calls] == [412, 401]


def test_branches_are_apart(opened: Open) -> None:
    assert list(opened(branch="dev").listed("article", MASTER)) == []
    assert len(list(opened().listed("article", MASTER))) == 2
    with pytest.raises(CredentialsError):
        opened(branch="none").environments()


def test_lists_are_read_to_their_end(opened: Open, sandbox: Sandbox) -> None:
    main = sandbox.stack.branches["main"]
    for number in range(250):
        sandbox.stack.add_entry(main, "article", {"title": f"Page {number}"}, MASTER)
    found = [one.uid for one in opened().listed("article", MASTER)]
    assert len(found) == len(set(found)) == 252


def test_what_a_field_does_not_take_is_told_by_field(opened: Open, sandbox: Sandbox) -> None:
    wrong = place(sandbox.stack)
    entries = opened()
    read = entries.one("article", wrong.entry, MASTER)
    with pytest.raises(FieldsRefusedError, match="not a valid string") as caught:
        entries.write(wrong, read, ["a list"], is_same=lambda _: True)
    assert caught.value.fields == {"image_url": ("is not a valid string.",)}
    taken = replace(wrong, field="title")
    with pytest.raises(FieldsRefusedError, match="not unique"):
        entries.write(taken, read, "Summer", is_same=lambda _: True)


def test_a_call_too_many_is_made_again_later(
    opened: Open, sandbox: Sandbox, pauses: list[float]
) -> None:
    sandbox.faults.answer(status=429, times=3, path_contains="/environments")
    assert "production" in opened().environments()
    assert pauses == [1.0, 2.0, 4.0]
    sandbox.faults.answer(status=429, times=TRIES, path_contains="/environments")
    with pytest.raises(RateLimitedError):
        opened().environments()
    assert not sandbox.faults.pending


def test_a_write_whose_answer_is_lost_is_not_made_again(opened: Open, sandbox: Sandbox) -> None:
    there = place(sandbox.stack)
    entries = opened()
    read = entries.one("article", there.entry, MASTER)
    sandbox.faults.lose_reply(times=1, path_contains="/entries/", method="PUT")
    with pytest.raises(ReceiverTroubleError):
        entries.write(there, read, "https://example.com/a.jpg", is_same=lambda _: True)
    assert entries.one("article", there.entry, MASTER).version == 2


def test_whoever_saved_in_between_gets_their_value_back(opened: Open, sandbox: Sandbox) -> None:
    stack = sandbox.stack
    there = place(stack)
    entries = opened()
    read = entries.one("article", there.entry, MASTER)
    entry = stack.branches["main"].entries[there.entry]
    stack.change_entry(entry, {"image_url": "https://example.com/theirs.jpg"}, MASTER)
    with pytest.raises(EntryConflictError):
        entries.write(there, read, "https://example.com/ours.jpg", is_same=lambda one: one is None)
    after = entries.one("article", there.entry, MASTER)
    assert after.fields["image_url"] == "https://example.com/theirs.jpg"


def test_whoever_saved_something_else_in_between_keeps_it(opened: Open, sandbox: Sandbox) -> None:
    stack = sandbox.stack
    there = place(stack)
    entries = opened()
    read = entries.one("article", there.entry, MASTER)
    entry = stack.branches["main"].entries[there.entry]
    stack.change_entry(entry, {"title": "Theirs"}, MASTER)
    ours = "https://example.com/ours.jpg"
    assert entries.write(there, read, ours, is_same=lambda one: one is None) == 3
    after = entries.one("article", there.entry, MASTER)
    assert (after.title, after.fields["image_url"]) == ("Theirs", ours)


def test_publishing_is_of_one_version_in_one_locale(opened: Open, sandbox: Sandbox) -> None:
    there = place(sandbox.stack)
    entries = opened()
    entries.publish(there, 1)
    assert entries.one("article", there.entry, MASTER).published == 1
    assert entries.one("article", there.entry, "de-de").published is None
    assert opened(environment="staging").one("article", there.entry, MASTER).published is None
    entries.unpublish(there)
    assert entries.one("article", there.entry, MASTER).published is None


def test_what_is_not_there_is_not_found(opened: Open, sandbox: Sandbox) -> None:
    with pytest.raises(NotFoundError):
        opened().one("article", "bltnone", MASTER)
    with pytest.raises(NotFoundError):
        opened().field("article", "none")


def test_calls_keep_below_the_pace_of_an_organization() -> None:
    pauses: list[float] = []
    pacing = Pacing(clock=lambda: 0.0, pause=pauses.append)
    for _ in range(7):
        pacing.take(Sort.WRITE)
    assert pauses == pytest.approx([0.2, 0.4])
    pacing.take(Sort.READ)
    assert len(pauses) == 2


def test_the_stack_itself_refuses_what_is_too_fast(decoder: DecoderPool) -> None:
    sandbox = Sandbox(accounts=(ACCOUNT,), decoder=decoder, stack=StackSettings(calls_per_s=1.0))
    sandbox.start()
    headers = {"api_key": API_KEY, "authorization": TOKEN}
    try:
        with httpx.Client(base_url=f"{sandbox.url}{PREFIX}/v3/", headers=headers) as client:
            answers = [client.get("locales") for _ in range(20)]
    finally:
        sandbox.stop()
    assert answers[0].status_code == 200
    assert answers[0].headers["X-RateLimit-Limit"] == "1"
    late = [one for one in answers if one.status_code == 429]
    assert late
    assert "Retry-After" not in late[0].headers
    assert late[0].headers["X-RateLimit-Remaining"] == "0"
