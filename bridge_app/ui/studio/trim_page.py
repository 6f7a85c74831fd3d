"""Controls for a video's cut: where it starts and where it ends, on its frames and in seconds."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QWidget

from bridge_app.ui.studio.chain import Chain, StepKind
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.edits import value_of, with_values
from bridge_app.ui.studio.film_strip import FilmStrip
from bridge_app.ui.studio.page import ControlPage
from bridge_app.ui.theme import Theme

LAST_FRAME_S = 0.04
"""About how long the last frame that is kept is seen."""


class SecondsRow(QWidget):
    """A name and a moment."""

    def __init__(self, title: str, most_s: float) -> None:
        super().__init__()
        self.seconds = QDoubleSpinBox(minimum=0.0, maximum=most_s, decimals=2, singleStep=0.1)
        self.seconds.setSuffix(" s")
        self.seconds.setKeyboardTracking(False)
        self.seconds.setAccessibleName(title)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(QLabel(title), 1)
        layout.addWidget(self.seconds, 2)

    def show_value(self, value: float) -> None:
        """Show a moment; nothing is told."""
        self.seconds.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.seconds.setValue(value)
        self.seconds.blockSignals(False)  # noqa: FBT003 - Qt's own


class TrimPage(ControlPage):
    """`so_` and `eo_` of the cutting step. Source: reference/cloudinary.md 9.10.

    `momentChanged` tells that another moment of the film is looked at than the part's first.
    """

    momentChanged = Signal()
    stillsWanted = Signal(tuple)  # the moments of the strip, when it is seen first

    def __init__(self, document: Document, theme: Theme, duration_s: float) -> None:
        super().__init__(document, self.tr("Cut of the video"))
        self._duration_s = duration_s
        self._moment: float | None = None
        self._has_asked = False
        self.strip = FilmStrip(theme, duration_s)
        self.strip.setAccessibleName(self.tr("From and to"))
        self.start = SecondsRow(self.tr("Start"), duration_s)
        self.end = SecondsRow(self.tr("End"), duration_s)
        self.heading(self.tr("From and to"))
        self.add(self.strip, self.start, self.end)
        words = self.tr(
            "Drag the handles, or use the arrow keys: they move the start, with Alt the end, with "
            "Shift by a second. The cut is made at delivery."
        )
        self.strip.setAccessibleDescription(words)
        self.hint(words)
        self.strip.moved.connect(self._drag)
        self.strip.released.connect(self._release)
        self.start.seconds.valueChanged.connect(self._type)
        self.end.seconds.valueChanged.connect(self._type)
        self.finish()

    @property
    def moment_s(self) -> float | None:
        """What is looked at while the end is moved: the last that is kept; else None."""
        return self._moment

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the strip wants its frames."""
        super().showEvent(event)
        if not self._has_asked and self._duration_s:
            self._has_asked = True
            self.stillsWanted.emit(self.strip.moments)

    def show_chain(self, chain: Chain) -> None:
        """Fill the controls."""
        start = _seconds(value_of(chain, StepKind.TRIM, "so")) or 0.0
        end = _seconds(value_of(chain, StepKind.TRIM, "eo"))
        end = self._duration_s if end is None else end
        self.start.show_value(start)
        self.end.show_value(end)
        self.strip.show_part(min(start, self._duration_s), min(end, self._duration_s))

    def _type(self) -> None:
        start, end = self.start.seconds.value(), self.end.seconds.value()
        if end <= start:
            self.show_chain(self.document.chain)
            return
        self._put(start, end)

    def _drag(self, start: float, end: float, is_end: bool) -> None:  # noqa: FBT001 - a signal's
        self._moment = max(start, end - LAST_FRAME_S) if is_end else None
        self._put(start, end, hold="end" if is_end else "start")

    def _release(self) -> None:
        self.document.release()
        if self._moment is not None:
            self._moment = None
            self.momentChanged.emit()

    def _put(self, start: float, end: float, *, hold: str = "") -> None:
        values = {
            "so": f"{start:g}" if start else "",
            "eo": f"{end:g}" if end < self._duration_s else "",
        }
        chain = with_values(self.document.chain, StepKind.TRIM, values)
        self.document.change(chain, self.tr("Cut"), hold=hold)


def _seconds(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
