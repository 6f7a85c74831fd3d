"""What an endpoint heard of the histories, held against the model's own gate."""

from collections.abc import Collection
from datetime import datetime

from bridge_app.domain.channel_events import EventType
from tests.receivers import Receiver
from tests.work.gate_model import Master

APPROVED = EventType.APPROVED.value
WANTED = frozenset(
    {EventType.APPROVED, EventType.PUSHED, EventType.REPLACED, EventType.RENDITION_CREATED}
)
"""What the endpoint wants to hear."""


class Told:
    """The messages of one history; those of earlier ones are of no interest."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._known = len(receiver.received)
        self._allowed: list[set[tuple[str, bool]]] = [set(), set()]

    def check(self, masters: Collection[Master], now: datetime) -> None:
        """No address was told that may not be known, of masters and of squares.

        What is on its way may have begun a step before.
        """
        self._allowed = [
            *self._allowed[-2:],
            {(key, False) for one in masters for key in one.leaving(now)}
            | {(key, True) for one in masters for key in one.squares(now)},
        ]
        came, self._known = self._receiver.received[self._known :], len(self._receiver.received)
        for data in (one.told["data"] for one in came):
            content = _content_of(masters, data["sha256"])
            if content is not None and "url" in data:
                about = (content, "transformation" in data)
                assert any(about in some for some in self._allowed)

    def check_approvals(self, masters: Collection[Master]) -> None:
        """Each was told by one message; one that comes twice says that it is the same."""
        told = {one.id: one.told["data"]["sha256"] for one in self._receiver.of_type(APPROVED)}
        for master in masters:
            assert sum(one in master.digests for one in told.values()) == master.news


def _content_of(masters: Collection[Master], sha256: str) -> str | None:
    """Which content of this history has it."""
    found = (one.digests.get(sha256) for one in masters)
    return next((content for content in found if content), None)
