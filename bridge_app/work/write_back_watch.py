"""Sees that records at services follow what becomes of masters: a new version, other rights."""

import logging
import threading
from collections.abc import Collection

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.work.events import Event
from bridge_app.work.write_back import WriteBackDesk

logger = logging.getLogger(__name__)

SETTLE_S = 0.5
"""A sync changes masters page by page; several pages are looked at together."""
AT_ONCE = 20
"""Masters between two looks at whether the program ends."""
AGAIN_S = 60.0
"""The pause before what could not be looked at is looked at again."""


class WriteBackWatch:
    """One thread. `hear` returns at once; any thread."""

    def __init__(self, desk: WriteBackDesk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._changed: set[AssetId] = set()
        self._news = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="write-back", daemon=True)

    def start(self) -> None:
        """From now on look by itself, and first at what became of masters while nobody did."""
        self._thread.start()

    def close(self, timeout_s: float) -> None:
        """End."""
        self._closing.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def hear(self, event: Event) -> None:
        """Take note: these masters may be others than their records say."""
        if isinstance(event, ChangeSet) and event.assets:
            self._note(event.assets)

    def _note(self, assets: Collection[AssetId]) -> None:
        with self._lock:
            self._changed.update(assets)
            self._news.set()

    def _loop(self) -> None:
        """One error policy: what trouble left undone is looked at again after a pause."""
        is_first = True
        while not self._closing.is_set():
            changed: set[AssetId] = set()
            try:
                if is_first:
                    self._note(self._desk.catch_up())
                    is_first = False
                self._news.wait()
                if self._closing.wait(SETTLE_S):
                    return
                changed = self._taken()
                self._look(sorted(changed))
            except BridgeError as error:
                logger.warning("records at services could not be looked at: %s", error)
                self._note(changed)
                if self._closing.wait(AGAIN_S):
                    return

    def _taken(self) -> set[AssetId]:
        with self._lock:
            changed, self._changed = self._changed, set()
            self._news.clear()
        return changed

    def _look(self, changed: list[AssetId]) -> None:
        for start in range(0, len(changed), AT_ONCE):
            if self._closing.is_set():
                return
            self._desk.look(changed[start : start + AT_ONCE])
