"""Fetching originals that are somewhere else: how far it is, and a way to stop it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import bytes_text, error_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.beside_dialog import BesideDialog, Outcome
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme
from bridge_app.work.originals import Arrived, Originals

WIDTH_PX = 460
LOOK_MS = 60
STEPS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchWish:
    """Which originals, and how the folder is found that one is to lie in. The latter blocks."""

    assets: tuple[Asset, ...]
    folder_for: Callable[[Asset], Path]

    @property
    def bytes(self) -> int:
        """What all of them take."""
        return sum(asset.bytes for asset in self.assets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came of it: the files that are here, how many are not, and the first trouble."""

    arrived: tuple[Arrived, ...]
    failed: int = 0
    trouble: BridgeError | None = None


class Fetching:
    """Fetches one original after the other in a thread; the window looks how far it is."""

    def __init__(self, originals: Originals, wish: FetchWish) -> None:
        self._originals = originals
        self._wish = wish
        self._before = 0
        self.stopped = threading.Event()
        self.done_bytes = 0
        self.name = ""

    def carry_out(self) -> Fetched:
        """Where they lie; what fails keeps none of the others. Blocking."""
        arrived: list[Arrived] = []
        troubles: list[BridgeError] = []
        for asset in self._wish.assets:
            if self.stopped.is_set():
                break
            self.name = asset.name
            try:
                arrived.append(self._fetched(asset))
            except BridgeError as error:
                troubles.append(error)
            self._before += asset.bytes
            self.done_bytes = self._before
        first = troubles[0] if troubles else None
        return Fetched(arrived=tuple(arrived), failed=len(troubles), trouble=first)

    def _fetched(self, asset: Asset) -> Arrived:
        return self._originals.fetch(
            asset,
            self._wish.folder_for(asset),
            on_bytes=self._note,
            cancelled=self.stopped.is_set,
        )

    def _note(self, done: int) -> None:
        """So many bytes of the one under way are here."""
        self.done_bytes = self._before + done


class FetchOriginalsDialog(BesideDialog):
    """Begins at once; `fetched` carries what is there when it ends. It stays to tell of trouble.

    What PhotoShelter had sent of a file when it was stopped is kept, and the next try goes on from
    there; of a file of Cloudinary nothing is left.
    """

    fetched = Signal(object)  # tuple[Arrived, ...]

    def __init__(
        self,
        originals: Originals,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        wish: FetchWish,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wish = wish
        self._latest = Latest(asker, self)
        self._work = Fetching(originals, wish)
        count = len(wish.assets)
        self._head = DialogHead(
            theme, icons, "cloud-download", title=self.tr("Fetching %Ln original(s)", "", count)
        )
        self._said = Banner(theme, icons)
        self._bar = QProgressBar()
        self._numbers = ElidedLabel(self.tr("{size} in all").format(size=bytes_text(wish.bytes)))
        self.stop = QPushButton(self.tr("Stop"), autoDefault=False)
        self.beside.setDefault(True)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._build()
        self._timer.start()
        self._latest.ask(self._work.carry_out, self._arrived, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is under way ends at its next step."""
        self._work.stopped.set()
        self._latest.forget()
        self._timer.stop()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.setFixedWidth(WIDTH_PX)
        self._bar.setRange(0, STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self._head.title)
        self._numbers.setProperty("tone", "caption")
        self.stop.clicked.connect(self.reject)
        self._timer.timeout.connect(self._look)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.beside)
        buttons.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        for part in (self._head, self._said, self._bar, self._numbers):
            layout.addWidget(part)
        layout.addLayout(buttons)

    def _look(self) -> None:
        done, total = self._work.done_bytes, max(1, self._wish.bytes)
        self._bar.setValue(min(STEPS, done * STEPS // total))
        self._head.set_text(one_line(self._work.name))
        words = self.tr("{done} of {total}")
        amount = words.format(done=bytes_text(done), total=bytes_text(total))
        self._numbers.setText(amount)
        self.progressed.emit(done, total, amount)

    def _arrived(self, result: Fetched) -> None:
        if result.arrived:
            self.fetched.emit(result.arrived)
        was_beside = self.is_beside
        self.ended.emit(Outcome(trouble=result.trouble))
        if result.trouble is None or was_beside:
            self.accept()
        else:
            self._fail(result.trouble)
            self._tell_failed(result.failed - 1)

    def _tell_failed(self, others: int) -> None:
        """How many more there are like the one whose trouble is told."""
        words = self.tr("%Ln more could not be fetched.", "", others)
        self._numbers.setText(words if others else "")
        self._bar.setVisible(False)

    def _fail(self, error: BridgeError) -> None:
        self._timer.stop()
        self._said.say(Tone.NEGATIVE, error_text(error))
        self.beside.setVisible(False)
        self.stop.setText(self.tr("Close"))
