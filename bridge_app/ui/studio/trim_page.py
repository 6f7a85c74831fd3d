"""Controls for a video's cut: where it starts and where it ends, in seconds."""

from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QWidget

from bridge_app.ui.studio.chain import Chain, StepKind
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.edits import value_of, with_values
from bridge_app.ui.studio.page import ControlPage


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
    """`so_` and `eo_` of the cutting step. Source: reference/cloudinary.md 9.10."""

    def __init__(self, document: Document, duration_s: float) -> None:
        super().__init__(document, self.tr("Cut of the video"))
        self._duration_s = duration_s
        self.start = SecondsRow(self.tr("Start"), duration_s)
        self.end = SecondsRow(self.tr("End"), duration_s)
        self.heading(self.tr("From and to"))
        self.add(self.start, self.end)
        self.hint(self.tr("The preview shows the poster frame; the cut is made at delivery."))
        self.start.seconds.valueChanged.connect(self._put)
        self.end.seconds.valueChanged.connect(self._put)
        self.finish()

    def show_chain(self, chain: Chain) -> None:
        """Fill the controls."""
        self.start.show_value(_seconds(value_of(chain, StepKind.TRIM, "so")) or 0.0)
        end = _seconds(value_of(chain, StepKind.TRIM, "eo"))
        self.end.show_value(self._duration_s if end is None else end)

    def _put(self) -> None:
        start, end = self.start.seconds.value(), self.end.seconds.value()
        if end <= start:
            self.show_chain(self.document.chain)
            return
        values = {
            "so": f"{start:g}" if start else "",
            "eo": f"{end:g}" if end < self._duration_s else "",
        }
        chain = with_values(self.document.chain, StepKind.TRIM, values)
        self.document.change(chain, self.tr("Cut"))


def _seconds(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
