"""The last look at what is about to leave; lanes that look at the same time share one."""

import threading
from collections import deque

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.last_looks import Look, looks
from bridge_app.storage.search import Readers


class _Wish:
    """One lane's question, and its answer."""

    __slots__ = ("asset", "environment", "found", "is_answered")

    def __init__(self, asset: AssetId, environment: str) -> None:
        self.asset = asset
        self.environment = environment
        self.found: Look | None = None
        self.is_answered = False


class LastLook:
    """Answers from any thread.

    Whoever comes while somebody is looking waits, and then looks for all who came meanwhile: tens
    of lanes that each took a turn at the database would mostly wait for one another. An answer is
    never older than its question.
    """

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._turn = threading.Lock()
        self._waiting: deque[_Wish] = deque()

    def at(self, asset: AssetId, environment: str) -> Look | None:
        """How an asset stands now; None if it is not in the catalog. Raises BridgeError."""
        wish = _Wish(asset, environment)
        self._waiting.append(wish)
        with self._turn:
            if not wish.is_answered:
                self._answer(wish)
        return wish.found

    def _answer(self, wish: _Wish) -> None:
        """Of this wish and those that wait; where that fails, of this one, and each for itself."""
        asked = [wish]
        while self._waiting:
            one = self._waiting.popleft()
            asked += [one] if one is not wish else []
        with self._readers.lent() as reader:
            try:
                found = looks(reader, [(one.asset, one.environment) for one in asked])
            except BridgeError:
                asked = [wish]
                found = looks(reader, [(wish.asset, wish.environment)])
        for one, answer in zip(asked, found, strict=True):
            one.found, one.is_answered = answer, True
