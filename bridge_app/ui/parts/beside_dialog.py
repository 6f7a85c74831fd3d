"""A dialog for something long that can go on without being seen."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from bridge_app.domain.errors import BridgeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How it ended: the trouble, what there is to say, and whether the dialog has more to show."""

    trouble: BridgeError | None = None
    note: str = ""
    stays: bool = False


class BesideDialog(QDialog):
    """Whoever opens it follows what goes on beside; a dialog that closes gives it up.

    Signals:
        sentBeside: It goes on, and nothing waits for it any more.
        progressed: So much is done of so much (0 where nobody knows), and both in words.
        ended: Outcome.
    """

    sentBeside = Signal()
    progressed = Signal(object, object, str)
    ended = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_beside = False
        self.beside = QPushButton(self.tr("Go on in the &background"), autoDefault=False)
        self.beside.clicked.connect(self._send_beside)

    def come_back(self) -> None:
        """Be seen again."""
        self.is_beside = False
        self.show()
        self.raise_()
        self.activateWindow()

    def _send_beside(self) -> None:
        self.is_beside = True
        self.hide()
        self.sentBeside.emit()
