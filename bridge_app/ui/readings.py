"""What is known about many things by readings that overlap: an older one hides no newer one."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from itertools import count
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Readings(Generic[K, V]):
    """GUI thread only.

    Answers of a pool of threads arrive in any order. A number is drawn when a reading is asked
    for; of each key the answer to the reading that was asked for last is kept.
    """

    def __init__(self) -> None:
        self._numbers = count(1)
        self._known: dict[K, V] = {}
        self._read: defaultdict[K, int] = defaultdict(int)

    def begin(self) -> int:
        """The number of a reading that is asked for now."""
        return next(self._numbers)

    def get(self, key: K) -> V | None:
        """What is known of it; None until something is."""
        return self._known.get(key)

    def take(self, number: int, found: Mapping[K, V]) -> frozenset[K]:
        """Keep what a reading found, and tell about which keys; newer words are left alone."""
        fresh = frozenset(key for key in found if number > self._read[key])
        self._known |= {key: found[key] for key in fresh}
        self._read |= dict.fromkeys(fresh, number)
        return fresh
