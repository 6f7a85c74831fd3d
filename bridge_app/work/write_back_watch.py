"""Sees that records at services follow what becomes of masters: a new version, other rights."""

import threading
from collections.abc import Collection

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.work.events import Event
from bridge_app.work.lookout import Lookout
from bridge_app.work.write_back import WriteBackDesk

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
        self._has_caught_up = False
        self._lookout = Lookout(
            "write-back",
            self._look,
            trouble="records at services could not be looked at",
            settle_s=SETTLE_S,
            again_s=AGAIN_S,
        )

    def start(self) -> None:
        """From now on look by itself, and first at what became of masters while nobody did."""
        self._lookout.start()

    def close(self, timeout_s: float) -> None:
        """End."""
        self._lookout.close(timeout_s)

    def hear(self, event: Event) -> None:
        """Take note: these masters may be others than their records say."""
        if isinstance(event, ChangeSet) and event.assets:
            self._note(event.assets)
            self._lookout.wake()

    def _note(self, assets: Collection[AssetId]) -> None:
        with self._lock:
            self._changed.update(assets)

    def _look(self) -> None:
        """What trouble left undone is looked at another time."""
        if not self._has_caught_up:
            self._note(self._desk.catch_up())
            self._has_caught_up = True
        with self._lock:
            changed, self._changed = self._changed, set()
        masters = sorted(changed)
        try:
            for start in range(0, len(masters), AT_ONCE):
                if self._lookout.is_closing:
                    return
                self._desk.look(masters[start : start + AT_ONCE])
        except BridgeError:
            self._note(changed)
            raise
