"""Cyclic garbage is collected in the GUI thread alone.

A cycle that holds a timer or a shown widget, collected in a worker thread, ends in a crash or a
hang (seen with PySide6 6.11 on CPython 3.11). Goes when Qt objects may be deleted anywhere.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 20
REST_MS = 400
"""How often it is looked while little is made: a window that rests is to rest."""
FEW = 2_000
MANY = 10_000
"""With so many new objects a collection takes some milliseconds; of more, it would be a stall."""
TOO_MANY = 300_000
BURST_MS = 3_000
"""While a worker puts a large step together, what it makes is no garbage, and goes by itself when
it is through: it is not looked through before, but for so much of it, or after so long."""
CALM_MS = 2_000
"""After so long the few that are new are collected too."""
THRESHOLDS = (700, 2, 10)
"""Python's own, but the middle generation stays small."""
ALL = 2
RARE_MS = 240_000
"""So long lies between two collections of everything, which take some hundredths of a second."""


class GuiGarbage(QObject):
    """Switches Python's own collections off, and collects from a timer until `close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._since_any_ms = 0
        self._since_all_ms = 0
        self._most = 0
        self._burst_ms = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._thresholds = gc.get_threshold()
        gc.disable()
        gc.set_threshold(*THRESHOLDS)
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
        if not due:
            return 0
        generation = max(due)
        if generation == ALL and self._since_all_ms < RARE_MS:
            generation = ALL - 1
        elif generation == ALL:
            self._since_all_ms = 0
        return gc.collect(generation)

    def close(self) -> None:
        """Let Python collect again by itself."""
        self._timer.stop()
        gc.unfreeze()
        gc.set_threshold(*self._thresholds)
        gc.enable()

    def _look(self) -> None:
        """Little and often while much is made: one collection of all of it would be a stall."""
        made = gc.get_count()[0]
        waited = self._timer.interval()
        self._since_any_ms += waited
        self._since_all_ms += waited
        if self._is_time(made, waited):
            self._since_any_ms = self._burst_ms = self._most = 0
            self.collect()
        pause = LOOK_MS if made > FEW else REST_MS
        if pause != waited:
            self._timer.setInterval(pause)

    def _is_time(self, made: int, waited: int) -> bool:
        """A burst is over when half of it is gone again."""
        if made <= MANY and not self._most:
            return self._since_any_ms >= CALM_MS
        self._burst_ms += waited
        self._most = max(self._most, made)
        return not self._most // 2 < made <= TOO_MANY or self._burst_ms >= BURST_MS
