"""What would have to wait for the pace goes together, by the service's call for many.

Source: reference/destinations.md 1.3 (one such call a second), 1.7.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bridge_app.domain.contentstack import EntryField
from bridge_app.domain.errors import BridgeError, CredentialsError, TransientError

MOST = 10
"""Entries in one call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An entry, and the version of it that the public is to see; None for none."""

    place: EntryField
    version: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How wishes are carried out: one alone, or several of one locale. Both raise BridgeError."""

    has_room: Callable[[], bool]
    wait: Callable[[], None]
    alone: Callable[[Wish], object]
    together: Callable[[Sequence[Wish]], object]


@dataclass(slots=True)
class _Ticket:
    wish: Wish
    ways: Ways
    is_done: threading.Event = field(default_factory=threading.Event)
    error: BridgeError | None = None


class Gathering:
    """Thread-safe. Whoever comes first while others wait carries out for all of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[tuple[str, bool], list[_Ticket]] = {}

    def carry_out(self, wish: Wish, ways: Ways) -> None:
        """Have it done; returns or raises when that one was answered."""
        if ways.has_room():
            ways.alone(wish)
            return
        ticket, key = _Ticket(wish, ways), (wish.place.locale, wish.version is None)
        with self._lock:
            others = self._waiting.setdefault(key, [])
            others.append(ticket)
            leads = len(others) == 1
        if leads:
            self._lead(key, ticket)
        ticket.is_done.wait()
        if ticket.error is not None:
            raise ticket.error

    def _lead(self, key: tuple[str, bool], first: _Ticket) -> None:
        """Until none of them waits any more: who comes later than that leads again."""
        while True:
            try:
                first.ways.wait()
            finally:
                with self._lock:
                    some = self._waiting[key][:MOST]
            try:
                _answer(first.ways, some)
            finally:
                with self._lock:
                    rest = self._waiting[key] = self._waiting[key][len(some) :]
                    if not rest:
                        del self._waiting[key]
                for one in some:
                    one.is_done.set()
            if not rest:
                return


def _answer(ways: Ways, some: Sequence[_Ticket]) -> None:
    if len(some) > 1:
        try:
            ways.together([one.wish for one in some])
        except (TransientError, CredentialsError) as error:
            for one in some:
                one.error = error
            return
        except BridgeError:
            # One of them is wrong, and the answer does not say which: each is told its own.
            pass
        else:
            return
    for one in some:
        try:
            ways.alone(one.wish)
        except BridgeError as error:
            one.error = error
