"""What a watcher told, and waiting for it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bridge_app.domain.errors import BridgeError
from bridge_app.libraries.watcher import Watcher

SOON_S = 2.0


class Told:
    """What a watcher told, and waiting for it."""

    def __init__(self) -> None:
        self.calls: list[frozenset[str]] = []
        self.troubles: list[BridgeError] = []
        self._news = threading.Condition()

    def change(self, paths: frozenset[str]) -> None:
        with self._news:
            self.calls.append(paths)
            self._news.notify_all()

    def trouble(self, error: BridgeError) -> None:
        with self._news:
            self.troubles.append(error)
            self._news.notify_all()

    @property
    def paths(self) -> set[str]:
        return set().union(*self.calls)

    def until(self, reached: Callable[[], bool], timeout_s: float = SOON_S) -> bool:
        with self._news:
            return self._news.wait_for(reached, timeout_s)

    def all(self, *paths: str) -> bool:
        """Are these told soon?"""
        return self.until(lambda: set(paths) <= self.paths)


@contextmanager
def watching(root: Path) -> Iterator[Told]:
    told = Told()
    watcher = Watcher(root, told.change, told.trouble)
    watcher.start()
    try:
        assert watcher.wait_until_watching(SOON_S)
        yield told
    finally:
        watcher.close()
