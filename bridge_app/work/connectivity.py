"""Is the delivery side there? Learnt from what happens, and asked again until it is."""

import threading
from collections.abc import Callable

from bridge_app.work.events import Connectivity

FIRST_ASK_S = 1.0
LONGEST_ASK_S = 15.0


class ConnectivityWatch:
    """Keeps the answer; while the service is not reached, a thread asks for it.

    `reachable` blocks and tells whether the service answers; `on_change` is called from any
    thread with the new state.
    """

    def __init__(
        self,
        *,
        reachable: Callable[[], bool],
        on_change: Callable[[Connectivity], None],
        work_offline: bool,
    ) -> None:
        self._reachable = reachable
        self._on_change = on_change
        self._work_offline = work_offline
        self._lost = False
        self._doubted = False
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._ask, name="connectivity", daemon=True)

    @property
    def state(self) -> Connectivity:
        """The state as known now."""
        with self._changed:
            return self._state()

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def lost(self) -> None:
        """Somebody could not reach the service."""
        with self._changed:
            before, self._lost = self._state(), True
            self._changed.notify_all()
        self._tell(before)

    def doubt(self) -> None:
        """Something near the service could not be reached: ask whether the service itself can."""
        with self._changed:
            self._doubted = True
            self._changed.notify_all()

    def found(self) -> None:
        """Somebody reached the service."""
        with self._changed:
            before, self._lost = self._state(), False
            self._doubted = False
        self._tell(before)

    def set_work_offline(self, *, on: bool) -> None:
        """A person switches the connection off, or on again."""
        with self._changed:
            before, self._work_offline = self._state(), on
            self._changed.notify_all()
        self._tell(before)

    def close(self, timeout_s: float) -> None:
        """End the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _state(self) -> Connectivity:
        if self._work_offline:
            return Connectivity.WORK_OFFLINE
        return Connectivity.OFFLINE if self._lost else Connectivity.ONLINE

    def _tell(self, before: Connectivity) -> None:
        now = self.state
        if now is not before:
            self._on_change(now)

    def _ask(self) -> None:
        pause_s = FIRST_ASK_S
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._should_ask())
                if self._changed.wait_for(lambda: self._closing, timeout=pause_s):
                    return
            with self._changed:
                if not self._should_ask():
                    continue
            if self._reachable():
                pause_s = FIRST_ASK_S
                self.found()
            else:
                self.lost()
                pause_s = min(LONGEST_ASK_S, pause_s * 2)

    def _should_ask(self) -> bool:
        return (self._lost or self._doubted) and not self._work_offline
