"""A bar that moves while an answer takes longer than a moment; whoever closes gives it up."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar

from bridge_app.ui.latest import Latest

LOOK_MS = 250
LOOKS = 4
"""So often it must be waited for in a row: what takes less than a second need not flicker."""


class WaitingBar(QProgressBar):
    """Nobody knows how far it is; its place is kept while it is hidden."""

    def __init__(self, asked: Latest, name: str) -> None:
        super().__init__(textVisible=False)
        self._asked = asked
        self._waited = 0
        self.setRange(0, 0)
        self.setAccessibleName(name)
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.setSizePolicy(kept)
        self.setVisible(False)
        timer = QTimer(self, interval=LOOK_MS)
        timer.timeout.connect(self._look)
        timer.start()

    def _look(self) -> None:
        self._waited = self._waited + 1 if self._asked.waiting else 0
        if self.isHidden() is (self._waited >= LOOKS):
            self.setVisible(self.isHidden())
