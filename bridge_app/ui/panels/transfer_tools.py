"""What stands above the list of pushes: which are shown, and what can be done with all of them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QToolButton, QWidget

from bridge_app.domain.jobs import TransferSummary
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import number_text
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.rule import with_gap
from bridge_app.ui.theme import Theme


class TransferTools(QWidget):
    """Two filters, a note, and three buttons."""

    allWanted = Signal()
    failedWanted = Signal()
    retryWanted = Signal()
    cancelWanted = Signal()
    clearWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._all = _chip()
        self._all.setChecked(True)
        self._failed = _chip()
        group = QButtonGroup(self)
        group.addButton(self._all)
        group.addButton(self._failed)
        self._all.clicked.connect(self.allWanted)
        self._failed.clicked.connect(self.failedWanted)
        self._note = ElidedLabel()
        self._note.setProperty("tone", "muted")
        self._held = ""
        self._retry = _quiet(self.tr("Retry failed"))
        self._retry.clicked.connect(self.retryWanted)
        self._cancel = _quiet(self.tr("Cancel all"))
        self._cancel.clicked.connect(self.cancelWanted)
        self._clear = _quiet(self.tr("Clear finished"))
        self._clear.clicked.connect(self.clearWanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 4, 8)
        layout.setSpacing(8)
        layout.addWidget(self._all)
        layout.addWidget(self._failed)
        layout.addWidget(self._note, 1)
        for button in (self._retry, self._cancel, self._clear):
            layout.addWidget(button)
        theme.changed.connect(self._dress)
        self._dress()

    def tell(
        self, summary: TransferSummary, *, listed: int, failed: int, limit: int, more: int
    ) -> None:
        """Show the counts, and offer what makes sense now; `more` go on besides the pushes."""
        self._all.setText(self.tr("All {count}").format(count=number_text(listed)))
        self._failed.setText(self.tr("Failed {count}").format(count=number_text(failed)))
        self._failed.setEnabled(failed > 0)
        self._retry.setEnabled(failed > 0)
        self._cancel.setEnabled(summary.active + more > 0)
        self._clear.setEnabled(listed > summary.active + more)
        total = summary.active + summary.done + summary.failed + summary.cancelled
        text = ""
        if listed >= limit and total > listed:
            text = self.tr("The first {listed} of {total} are listed").format(
                listed=number_text(listed), total=number_text(total)
            )
        self._note.setText(self._held or text)

    def set_held(self, reason: str) -> None:
        """Why nobody may know the address of what is selected; "" where they may."""
        self._held = reason

    def set_filter(self, *, failed_only: bool) -> None:
        """Tick the filter that is in force."""
        (self._failed if failed_only else self._all).setChecked(True)

    def set_note(self, text: str) -> None:
        """Say something about the list, such as why it could not be read."""
        self._note.setText(text)

    def _dress(self) -> None:
        self._retry.setIcon(self._icons.icon("rotate-cw", size_px=16))
        self._cancel.setIcon(self._icons.icon("x", size_px=16))
        self._clear.setIcon(self._icons.icon("check-check", size_px=16))


def _chip() -> QToolButton:
    chip = QToolButton()
    chip.setCheckable(True)
    chip.setProperty("chip", "true")
    return chip


def _quiet(text: str) -> QPushButton:
    button = QPushButton(with_gap(text))
    button.setAccessibleName(text)
    button.setProperty("kind", "quiet")
    return button
