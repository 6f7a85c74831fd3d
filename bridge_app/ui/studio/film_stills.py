"""Frames of a film for the strip of its cut, one after the other."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.decoded import decoded
from bridge_app.ui.studio.previews import StudioMaster

EDGE_PX = 160


class FilmStills(QObject):
    """GUI thread only. A frame that cannot be read is left out, with those after it."""

    found = Signal(int, QImage)  # its place among the moments

    def __init__(self, asker: Asker, master: StudioMaster, parent: QObject) -> None:
        super().__init__(parent)
        self._asker = asker
        self._master = master

    def find(self, moments: Sequence[float], first: int = 0) -> None:
        """Have the frames of these moments read."""
        if first == len(moments):
            return

        def work() -> QImage:
            return decoded(self._master.still(moments[first], edge_px=EDGE_PX))

        def done(image: QImage) -> None:
            if isValid(self):
                self.found.emit(first, image)
                self.find(moments, first + 1)

        self._asker.ask(work, done, _without)


def _without(error: BridgeError) -> None:
    """The strip does without; what is wrong with the film is said over its picture."""
    del error
