"""What would have to wait for the pace goes by the service's call for many, each item once."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bridge_app.channels.contentstack.entries import Entries
from bridge_app.channels.contentstack.transport import Transport
from bridge_app.domain.contentstack import Destination, EntryField, FieldKind
from bridge_app.domain.errors import BridgeError, CredentialsError, NotFoundError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.app import PREFIX
from bridge_app.sandbox.contentstack.stack import API_KEY, MASTER, TOKEN, Stack
from bridge_app.sandbox.server import Sandbox
from tests.stacks import stack_sandbox

MANY = 24
TITLES = [f"Teaser {number}" for number in range(MANY)]


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    with stack_sandbox(decoder) as made:
        yield made


@pytest.fixture
def stack(sandbox: Sandbox) -> Stack:
    return sandbox.stack


@pytest.fixture
def opened(sandbox: Sandbox) -> Iterator[Callable[[str], Entries]]:
    """The stack, at a pace that never has room again after the first calls."""
    transports = []

    def made(token: str) -> Entries:
        destination = Destination(
            id="",
            name="Site",
            region=sandbox.url + PREFIX,
            api_key=API_KEY,
            environment="production",
        )
        transports.append(
            Transport(
                destination,
                token,
                spread=lambda: 0.0,
                clock=lambda: 0.0,
                pause=lambda wait_s: threading.Event().wait(min(wait_s, 0.2)),
            )
        )
        return Entries(transports[-1], "production")

    yield made
    for one in transports:
        one.close()


@pytest.fixture
def places(stack: Stack) -> list[EntryField]:
    branch = stack.branches["main"]
    made = [stack.add_entry(branch, "article", {"title": one}, MASTER) for one in TITLES]
    return [place(one.uid) for one in made]


def place(uid: str) -> EntryField:
    return EntryField(
        content_type="article", entry=uid, field="title", locale=MASTER, kind=FieldKind.URL
    )


def answers(act: Callable[[EntryField], None], places: list[EntryField]) -> list[str]:
    """What each was answered, all asked at once."""

    def told(one: EntryField) -> str:
        try:
            act(one)
        except BridgeError as error:
            return type(error).__name__
        return ""

    with ThreadPoolExecutor(len(places)) as pool:
        return list(pool.map(told, places))


def calls(stack: Stack, ending: str) -> int:
    return sum(path.endswith(ending) for _, path, status in stack.calls if status < 300)


def test_many_are_published_and_taken_back_by_few_calls(
    stack: Stack, opened: Callable[[str], Entries], places: list[EntryField]
) -> None:
    entries, branch = opened(TOKEN), stack.branches["main"]
    assert answers(lambda one: entries.publish(one, 1), places) == [""] * MANY
    assert all(("production", MASTER) in branch.entries[one.entry].published for one in places)
    assert calls(stack, "bulk/publish") >= 1
    assert calls(stack, "/publish") < MANY
    assert answers(entries.unpublish, places) == [""] * MANY
    assert not any(branch.entries[one.entry].published for one in places)
    assert calls(stack, "bulk/unpublish") >= 1


def test_one_that_is_wrong_costs_itself(
    stack: Stack, opened: Callable[[str], Entries], places: list[EntryField]
) -> None:
    entries, branch = opened(TOKEN), stack.branches["main"]
    wrong = place("blt0000000000000000")
    told = answers(lambda one: entries.publish(one, 1), [*places, wrong])
    assert told == [""] * MANY + [NotFoundError.__name__]
    assert all(branch.entries[one.entry].published for one in places)


def test_what_concerns_all_of_them_is_told_to_each(
    stack: Stack, opened: Callable[[str], Entries], places: list[EntryField]
) -> None:
    entries = opened("another")
    told = answers(lambda one: entries.publish(one, 1), places)
    assert told == [CredentialsError.__name__] * MANY
    assert len(stack.calls) < MANY
