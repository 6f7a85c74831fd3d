"""The real application scrolls through its whole catalog, page by page, and then rests.

`python -m tests.benchmarks.sitting SECONDS` prints a line of JSON when all was seen, with the
resident set then; and another when it has rested so long, with what that took of the processor.
"""

import json
import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.starting import LOOK_MS, run_watched

if TYPE_CHECKING:
    from bridge_app.ui.main_window import MainWindow

SETTLE_MS = 5_000


class Sitting:
    """Is shown the window now and then; goes on by a page each time, and then waits."""

    def __init__(self, rest_s: float) -> None:
        self._rest_s = rest_s
        self._pages = 0
        self._is_seen = False
        self._resting: tuple[float, float] | None = None

    def __call__(self, window: "MainWindow") -> int:
        """Scroll, or rest; after how many milliseconds it wants to see the window again."""
        if not window.is_whole:
            return LOOK_MS
        if self._resting is not None:
            self._end(*self._resting)
        if not self._is_seen:
            return self._scroll(window)
        if window.core.worker.is_scanning():
            return SETTLE_MS
        self._resting = time.monotonic(), _cpu_s()
        return int(self._rest_s * 1000)

    def _scroll(self, window: "MainWindow") -> int:
        model, view = window.middle.model, window.middle.browser.grid.view
        bar = view.verticalScrollBar()
        first = min(model.visible, default=0)
        if model.asset(first) is None or not bar.maximum():
            return LOOK_MS  # the rows of this page are being read
        if bar.value() < bar.maximum():
            bar.setValue(bar.value() + view.viewport().height())
            self._pages += 1
            return LOOK_MS
        self._is_seen = True
        _tell(pages=self._pages, rows=model.rowCount(), rss_mb=_memory("VmRSS"))
        return SETTLE_MS

    def _end(self, since: float, cpu_s: float) -> None:
        percent = 100 * (_cpu_s() - cpu_s) / (time.monotonic() - since)
        _tell(idle_percent=round(percent, 3), rss_mb=_memory("VmRSS"), peak_mb=_memory("VmHWM"))
        os._exit(0)


def _cpu_s() -> float:
    took = os.times()
    return took.user + took.system


def _memory(name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found.group(1)) // 1024 if found else 0


def _tell(**figures: object) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    run_watched(Sitting(float(sys.argv[1])))
