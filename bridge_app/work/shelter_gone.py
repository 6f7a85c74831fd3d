"""Proves that collections and galleries are gone which a listing does not show any more.

One that keeps its masters from being used must not be forgotten because an answer was short: the
service has to say twice, an hour apart, that there is none of that id, and no master may lie in it
or below it. Masters leave it when they were read again, or are proven to be gone themselves.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.shelter import ShelterContainer
from bridge_app.libraries.photoshelter.errors import (
    NoPermissionError,
    NotOfferedError,
    NotThereError,
    NotUnderstoodError,
)
from bridge_app.storage.shelter_containers import ShelterContainers
from bridge_app.work.shelter_keep import ShelterListing
from bridge_app.work.shelter_reads import DOUBT, MOST, TWICE

UNSURE = (NoPermissionError, NotOfferedError, NotThereError, NotUnderstoodError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the service says of containers by their ids; of others it said nothing."""

    there: tuple[ShelterContainer, ...] = ()
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingContainers:
    """Those of one account. Blocks; raises BridgeError."""

    account: str
    service: ShelterListing
    containers: ShelterContainers
    check: Callable[[], None]
    now: Callable[[], datetime]

    def ask(self, missing: Iterable[str]) -> Asked:
        """Read each that no listing showed; it is remembered when one was not there first.

        If the first few are all there, the listing was short, and the others are left.
        """
        pending = frozenset(self.containers.gone(self.account, self.now().isoformat()))
        asked = self._read([one for one in sorted(missing) if one not in pending])
        self.containers.mark_gone(self.account, asked.gone, self.now().isoformat())
        return asked

    def confirm(self) -> Asked:
        """Ask for the second time; what is not there again, and holds nothing, is forgotten."""
        due = self.containers.gone(self.account, (self.now() - TWICE).isoformat())
        asked = self._read(due)
        empty = asked.gone - self._in_use()
        self.containers.drop_containers(self.account, empty)
        self.containers.mark_gone(self.account, asked.gone - empty, self.now().isoformat())
        return asked

    def _read(self, ids: Sequence[str]) -> Asked:
        there: list[ShelterContainer] = []
        gone: list[str] = []
        for one in ids[:MOST]:
            if len(there) >= DOUBT and not gone:
                break
            self.check()
            try:
                told = self.service.container(one)
            except UNSURE:
                continue
            if told is None:
                gone.append(one)
            else:
                there.append(told)
        return Asked(there=tuple(there), gone=frozenset(gone))

    def _in_use(self) -> frozenset[str]:
        """Galleries that masters lie in; and what is above those that seem to be gone.

        One that is there was seen at its place: what is above it is told apart from it.
        """
        known = {one.id: one for one in self.containers.containers(self.account)}
        pending = frozenset(self.containers.gone(self.account, self.now().isoformat()))
        holding = self.containers.holding(self.account)
        above = list(holding & pending)
        used: set[str] = set()
        while above:
            one = above.pop()
            if one not in used and one in known:
                used.add(one)
                above.extend(known[one].parents)
        return frozenset(used) | holding
