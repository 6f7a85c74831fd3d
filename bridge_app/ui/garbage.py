"""Cyclic garbage is collected in the GUI thread alone.

A cycle that holds a timer or a shown widget, collected in a worker thread, ends in a crash or a
hang (seen with PySide6 6.11 on CPython 3.11). Goes when Qt objects may be deleted anywhere.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 2000


class GuiGarbage(QObject):
    """Switches Python's own collections off, and collects from a timer until `close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        gc.disable()
        # What is there by now stays: the modules need not be looked through again each time.
        gc.freeze()
        self._timer.start()

    def collect(self) -> int:
        """Collect the oldest generation that is due; returns how many objects were freed."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [
            generation
            for generation, (count, threshold) in enumerate(zip(counts, thresholds, strict=True))
            if threshold and count > threshold
        ]
        return gc.collect(max(due)) if due else 0

    def close(self) -> None:
        """Let Python collect again by itself."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
