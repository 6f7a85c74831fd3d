"""What is known of each environment's key: told by answers, kept in the ledger, told to views."""

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from bridge_app.delivery.permissions import (
    Capability,
    Permission,
    State,
    lesson,
    lessons_of_scopes,
    permission,
)
from bridge_app.domain.environments import Learnt
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.environment_facts import EnvironmentFacts

TELL_AGAIN = timedelta(hours=1)
"""How old a lesson is before the same one is written down anew."""
ASK_AFTER = timedelta(hours=20)
"""Before a denial is forgotten, so that what is switched off stays so until it is allowed."""
ASKED = "asked"
"""Stands among an environment's lessons for the moment when all of it was asked about."""


class Lessons:
    """Reads from memory; thread-safe.

    `on_change` is called from any thread when something became denied, or is so no more.
    """

    def __init__(
        self,
        facts: EnvironmentFacts,
        *,
        now: Callable[[], datetime],
        on_change: Callable[[], None],
    ) -> None:
        self._facts = facts
        self._now = now
        self._on_change = on_change
        self._lock = threading.Lock()
        self._known: dict[str, dict[str, Learnt]] = {}
        self.reload()

    def reload(self) -> None:
        """Read everything anew: another process may have learnt something."""
        found = self._facts.learnt()
        with self._lock:
            self._known = {
                environment: {one.capability: one for one in many}
                for environment, many in found.items()
            }

    def heard(self, environment: str, capability: Capability, status: int, message: str) -> None:
        """A call that needs this capability was answered so."""
        learnt = lesson(capability, status, message, at=self._now())
        if learnt is not None:
            self.learn(environment, (learnt,))

    def scopes(self, environment: str, scopes: Iterable[str]) -> None:
        """A login gave these scopes; what they leave out need not be tried."""
        self.learn(environment, lessons_of_scopes(scopes, at=self._now()))

    def learn(self, environment: str, lessons: Iterable[Learnt]) -> None:
        """Take note of these, if they are news."""
        changed = False
        for one in lessons:
            with self._lock:
                known = self._known.setdefault(environment, {})
                before = known.get(one.capability)
                if before is not None and _is_the_same(before, one):
                    continue
                known[one.capability] = one
            changed |= (before is not None and not before.allowed) or not one.allowed
            # What cannot be written down now is known here, and is taught again.
            with suppress(BridgeError):
                self._facts.put_learnt(environment, one)
        if changed:
            self._on_change()

    def permission(self, environment: str, capability: Capability) -> Permission:
        """What is known now of one capability."""
        with self._lock:
            learnt = self._known.get(environment, {}).get(capability)
        return permission(learnt, capability, now=self._now())

    def permissions(self, environment: str) -> tuple[Permission, ...]:
        """What is known now of each capability."""
        return tuple(self.permission(environment, one) for one in Capability)

    def is_to_be_asked(self, environment: str) -> bool:
        """Is it a day since the service was asked what the key may do, or was it never?"""
        return not self._is_recent(environment, ASKED)

    def questions(self, environment: str) -> tuple[Capability, ...]:
        """What no answer of this day has told."""
        return tuple(one for one in Capability if not self._is_recent(environment, one))

    def note_asked(self, environment: str) -> None:
        """All of it was asked about just now, whatever could be learnt."""
        self.learn(environment, (Learnt(capability=ASKED, allowed=True, at=self._now()),))

    def _is_recent(self, environment: str, name: str) -> bool:
        with self._lock:
            learnt = self._known.get(environment, {}).get(name)
        return learnt is not None and self._now() - learnt.at < ASK_AFTER

    def forget(self, environment: str) -> None:
        """What was learnt is not known any more; everything may be tried again. Blocking."""
        denied = any(one.state is State.DENIED for one in self.permissions(environment))
        with self._lock:
            self._known.pop(environment, None)
        self._facts.forget_learnt(environment)
        if denied:
            self._on_change()


def _is_the_same(before: Learnt, after: Learnt) -> bool:
    """Is there nothing to write down?"""
    return before.allowed == after.allowed and after.at - before.at < TELL_AGAIN
