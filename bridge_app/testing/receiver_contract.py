"""The contract of every channel that is told: what arrives, and what is said of it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from bridge_app.channels.receiver import Receiver, Sealed
from bridge_app.domain.errors import TransientError
from bridge_app.domain.webhooks import Endpoint, signed_headers
from bridge_app.testing.demands import demand, demand_same, refusal

KEY, NOW_S = b"a key of at least 24 bytes", 1_800_000_000
BODY = '{"type": "asset.pushed", "data": {"name": "Größe.jpg"}}'.encode()


class ReceiverHands(Protocol):
    """What is seen and done at the other end, without the channel."""

    def taken(self) -> list[tuple[str, str, bytes]]:
        """What was taken there, in its order: each message's ID, signature and body."""

    def refusing(self) -> AbstractContextManager[object]:
        """While this lasts, nothing is taken there, and it says so."""

    def gone(self) -> AbstractContextManager[object]:
        """While this lasts, it says that it wants no message any more; a service may not know."""

    def unreachable(self) -> AbstractContextManager[object]:
        """While this lasts, nobody answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverSubject:
    """A channel and an endpoint that has taken nothing yet; `says_gone` if it ever does."""

    receiver: Receiver
    endpoint: Endpoint
    hands: ReceiverHands
    says_gone: bool = True


def sealed(number: int = 1, *, at: int = NOW_S) -> Sealed:
    """A message, signed at a moment."""
    name = f"msg_{number}"
    return Sealed(id=name, headers=signed_headers([KEY], name, at, BODY), body=BODY)


class ReceiverContract:
    """Subclass it in a test module and give a fixture `subject`: a new `ReceiverSubject`."""

    def test_a_message_arrives_as_it_was_signed(self, subject: ReceiverSubject) -> None:
        """To the byte, with its ID and its signature: whoever takes it can check it."""
        message = sealed()
        demand(subject.receiver.take(subject.endpoint, message).is_taken, "it is taken")
        signature = message.headers["webhook-signature"]
        demand_same(subject.hands.taken(), [(message.id, signature, BODY)], "what has arrived")

    def test_a_message_that_is_sent_again_has_its_id(self, subject: ReceiverSubject) -> None:
        """A yes may be lost on its way: what comes twice is known by its ID."""
        for at in (NOW_S, NOW_S + 5):
            demand(subject.receiver.take(subject.endpoint, sealed(at=at)).is_taken, "it is taken")
        demand_same({one for one, _, _ in subject.hands.taken()}, {"msg_1"}, "the IDs")

    def test_what_is_not_taken_is_said(self, subject: ReceiverSubject) -> None:
        """A no is an answer, and says why; the next try may be a yes."""
        with subject.hands.refusing():
            told = subject.receiver.take(subject.endpoint, sealed())
        demand(not told.is_taken and not told.is_gone, "it is not taken, and may be tried again")
        demand(bool(told.detail), "why it was not is said")
        demand_same(subject.hands.taken(), [], "what has arrived")
        demand(subject.receiver.take(subject.endpoint, sealed()).is_taken, "the next try is")

    def test_who_wants_nothing_any_more_says_so(self, subject: ReceiverSubject) -> None:
        """Then nobody tries again."""
        if subject.says_gone:
            with subject.hands.gone():
                told = subject.receiver.take(subject.endpoint, sealed())
            demand(told.is_gone and not told.is_taken, "it is gone")

    def test_nobody_there_is_trouble_that_passes(self, subject: ReceiverSubject) -> None:
        """It is tried again over days; nothing else says so."""
        with subject.hands.unreachable():
            refusal(
                lambda: subject.receiver.take(subject.endpoint, sealed()),
                TransientError,
                "nobody answers",
            )
        demand(subject.receiver.take(subject.endpoint, sealed()).is_taken, "later it is taken")
