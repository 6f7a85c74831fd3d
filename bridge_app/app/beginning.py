"""Begins what works behind the window, once the window has shown what is known already."""

import os
import sys
import threading

from bridge_app.app.build import Parts
from bridge_app.domain.assets import LibraryId
from bridge_app.domain.errors import BridgeError
from bridge_app.libraries.errors import disk_trouble
from bridge_app.work.events import ScanProgress, trouble_of

START = LibraryId("start")
"""Under this name the start is told of, where it is about no library, or none yet."""
BEHIND = 5
"""How much nicer than the window its worker is: on two cores ten threads would keep it waiting."""


class Beginning:
    """Starts the worker in a thread: whoever works is loaded there, beside the window."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._thread = threading.Thread(target=self._run, name="beginning", daemon=True)

    def start(self) -> None:
        """Begin; a second time changes nothing."""
        if self._thread.ident is None:
            self._thread.start()

    def close(self) -> None:
        """Let it come to an end, so that all of it can be closed."""
        if self._thread.ident is not None:
            self._thread.join(2.0)

    def begin(self) -> None:
        """Start the worker. Raises BridgeError."""
        self._parts.worker.start()
        self._parts.worker.cloud.watch()

    def _run(self) -> None:
        _stand_back()
        try:
            with disk_trouble(self._parts.home):
                self.begin()
        except BridgeError as error:
            self._parts.tell(ScanProgress(library=START, finished=True, trouble=trouble_of(error)))


def _stand_back() -> None:
    """Let this thread, and whatever it starts, run after the window where both want a core."""
    if sys.platform == "linux":  # elsewhere niceness is that of a process
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)
