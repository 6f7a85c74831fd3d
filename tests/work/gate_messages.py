"""What an endpoint heard of the histories, held against the model's own gate."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from bridge_app.domain.channel_events import EventType
from tests.receivers import Receiver
from tests.work.gate_model import Master

APPROVED = EventType.APPROVED.value
WANTED = frozenset(
    {EventType.APPROVED, EventType.PUSHED, EventType.REPLACED, EventType.RENDITION_CREATED}
)
"""What the endpoint wants to hear."""
MANY = 1_000


class Told:
    """The messages of one history; those of earlier ones are of no interest."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._known = len(receiver.received)
        self._lately: set[tuple[str, bool]] = set()
        self._before: set[tuple[str, bool]] = set()

    def note(self, masters: Collection[Master], now: datetime) -> None:
        """What may be known now, of masters and of squares: something is about to change."""
        for one in masters:
            self._lately |= {(key, False) for key in one.leaving(now)}
            self._lately |= {(key, True) for key in one.squares(now)}

    @contextmanager
    def nobody_listening(self) -> Iterator[None]:
        """The endpoint takes nothing meanwhile."""
        self._receiver.answers.extend([503] * MANY)
        yield
        self._receiver.answers.clear()

    def forget(self, masters: Collection[Master], now: datetime) -> None:
        """Nothing is on its way: what might be known before counts no more."""
        self.check(masters, now)
        self._before, self._lately = set(), set()

    def check(self, masters: Collection[Master], now: datetime) -> None:
        """No address was told that could not be known; what is on its way began a step before."""
        self.note(masters, now)
        came, self._known = self._receiver.received[self._known :], len(self._receiver.received)
        for data in (one.told["data"] for one in came):
            content = _content_of(masters, data["sha256"])
            if content is not None and "url" in data:
                assert (content, "transformation" in data) in self._lately | self._before
        self._before, self._lately = self._lately, set()
        self.note(masters, now)

    def check_approvals(self, masters: Collection[Master]) -> None:
        """Each was told by one message; one that comes twice says that it is the same."""
        told = {one.id: one.told["data"]["sha256"] for one in self._receiver.of_type(APPROVED)}
        for master in masters:
            assert sum(one in master.digests for one in told.values()) == master.news


def _content_of(masters: Collection[Master], sha256: str) -> str | None:
    """Which content of this history has it."""
    found = (one.digests.get(sha256) for one in masters)
    return next((content for content in found if content), None)
