"""What is being looked through just now: one card for each library, with a way to stop it."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import LibraryId
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import number_text, one_line
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.theme import Theme
from bridge_app.work.events import ScanProgress
from bridge_app.work.worker import Worker

SHOW_AFTER_MS = 500
"""A watched folder is looked through often and briefly; that need not flicker."""


class ScanCard(QFrame):
    """The look through one library; without a `name` the sample pictures are being made."""

    cancelled = Signal()

    def __init__(self, theme: Theme, icons: Icons, name: str | None) -> None:
        super().__init__()
        self._icons = icons
        self._title = ElidedLabel(
            self.tr("Preparing the sample campaign")
            if name is None
            else self.tr("Reading {name}").format(name=name)
        )
        self._numbers = QLabel()
        self._numbers.setProperty("tone", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = QToolButton()
        self._cancel.setIconSize(QSize(14, 14))
        self._cancel.setAccessibleName(self.tr("Stop: {what}").format(what=self._title.text()))
        self._cancel.setToolTip(self.tr("Stop; what was read stays"))
        self._cancel.setVisible(name is not None)
        self._cancel.clicked.connect(self.cancelled)
        self.setProperty("surface", "card")
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title, 1)
        head.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 10)
        layout.setSpacing(3)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        layout.addWidget(self._numbers)
        layout.setAlignment(self._bar, Qt.AlignmentFlag(0))
        theme.changed.connect(self._dress)
        self._dress()

    def show_progress(self, progress: ScanProgress) -> None:
        """How far it is."""
        if progress.total is None:
            self._bar.setRange(0, 0)
            self._numbers.setText(self.tr("%Ln file(s) found", "", progress.found))
        else:
            self._bar.setRange(0, max(1, progress.total))
            self._bar.setValue(progress.read)
            self._numbers.setText(
                self.tr("{read} of {total}").format(
                    read=number_text(progress.read), total=number_text(progress.total)
                )
            )
        self._bar.setAccessibleName(f"{self._title.text()}, {self._numbers.text()}")

    def _dress(self) -> None:
        self._cancel.setIcon(self._icons.icon("x", size_px=14))


class ActivityPanel(QWidget):
    """Cards of the libraries that are being looked through; takes no room while there are none."""

    ended = Signal(object)  # ScanProgress of a look that has ended

    def __init__(self, worker: Worker, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._worker = worker
        self._theme = theme
        self._icons = icons
        self._newest: dict[LibraryId, ScanProgress] = {}
        self._cards: dict[LibraryId, ScanCard] = {}
        self._timer = QTimer(self, interval=SHOW_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._show_cards)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(6)
        self.setVisible(False)

    @property
    def is_busy(self) -> bool:
        """Is anything being looked through?"""
        return bool(self._newest)

    @property
    def is_preparing(self) -> bool:
        """Are the sample pictures being made, which are no library yet?"""
        return bool(self._newest.keys() - {known.id for known in self._worker.libraries()})

    def take_scan(self, progress: ScanProgress) -> None:
        """Show how far the look through a library is, or that it has ended."""
        library = progress.library
        if progress.finished or progress.cancelled:
            self._newest.pop(library, None)
            card = self._cards.pop(library, None)
            if card is not None:
                self._stack.removeWidget(card)
                card.deleteLater()
            self.setVisible(bool(self._cards))
            self.ended.emit(progress)
            return
        self._newest[library] = progress
        if library in self._cards:
            self._cards[library].show_progress(progress)
        elif not self._timer.isActive():
            self._timer.start()

    def _show_cards(self) -> None:
        for library, progress in self._newest.items():
            if library not in self._cards:
                self._cards[library] = self._new_card(library)
                self._stack.addWidget(self._cards[library])
            self._cards[library].show_progress(progress)
        self.setVisible(bool(self._cards))

    def _new_card(self, library: LibraryId) -> ScanCard:
        names = {known.id: one_line(known.name) for known in self._worker.libraries()}
        card = ScanCard(self._theme, self._icons, names.get(library))
        card.cancelled.connect(lambda: self._worker.cancel_scan(library))
        return card
