"""Has presets and sets kept for a dialog: one act after the other, each of which can be undone."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.storage.presets import PresetChange
from bridge_app.ui.asker import Asker
from bridge_app.work.preset_shelf import PresetShelf

Act = Callable[[], PresetChange]
Answer = tuple[PresetChange, PresetLibrary]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something to be done: what is said of it afterwards, and who else wants to know.

    `refused` hears the error in the place of everybody else.
    """

    act: Act
    said: str = ""
    done: Callable[[PresetChange], None] | None = None
    refused: Callable[[BridgeError], None] | None = None
    is_undo: bool = False


class PresetKeeping(QObject):
    """GUI thread only. `changed` tells that `library` is new."""

    changed = Signal()
    said = Signal(str)
    failed = Signal(object)  # BridgeError

    def __init__(self, shelf: PresetShelf, asker: Asker, parent: QObject) -> None:
        super().__init__(parent)
        self.shelf = shelf
        self.library = PresetLibrary()
        self._asker = asker
        self._waiting: deque[Deed] = deque()
        self._is_busy = False
        self._done: list[tuple[PresetChange, str]] = []

    @property
    def is_quiet(self) -> bool:
        """Nothing is under way and nothing waits."""
        return not self._is_busy and not self._waiting

    @property
    def last(self) -> str:
        """What would be taken back; "" where nothing can be."""
        return self._done[-1][1] if self._done else ""

    def reload(self) -> None:
        """Read everything anew; what somebody else did cannot be taken back here."""
        self._asker.ask(self.shelf.library, self._reloaded, self.failed.emit)

    def do(self, deed: Deed) -> None:
        """Have it done after what was asked for before."""
        self._waiting.append(deed)
        self._go_on()

    def undo(self) -> None:
        """Take the last act back."""
        if self._done and self.is_quiet:
            change, said = self._done.pop()
            words = self.tr("Taken back: {act}").format(act=said)
            self.do(Deed(act=lambda: self.shelf.undo(change), said=words, is_undo=True))

    def _go_on(self) -> None:
        if self._is_busy or not self._waiting:
            return
        deed = self._waiting.popleft()
        self._is_busy = True

        def work() -> Answer:
            return deed.act(), self.shelf.library()

        self._asker.ask(
            work,
            lambda answer: self._is_done(deed, answer),
            lambda error: self._is_refused(deed, error),
        )

    def _is_done(self, deed: Deed, answer: Answer) -> None:
        if not isValid(self):
            return
        self._is_busy = False
        change, self.library = answer
        if not change.is_nothing and not deed.is_undo:
            self._done.append((change, deed.said))
        self.changed.emit()
        if deed.done is not None:
            deed.done(change)
        if deed.said and not change.is_nothing:
            self.said.emit(deed.said)
        self._go_on()

    def _is_refused(self, deed: Deed, error: BridgeError) -> None:
        if not isValid(self):
            return
        self._is_busy = False
        (deed.refused or self.failed.emit)(error)
        self.reload()  # rows that were moved or ticked go back to what is kept
        self._go_on()

    def _reloaded(self, library: PresetLibrary) -> None:
        if isValid(self) and self.is_quiet:
            self.library = library
            self.changed.emit()
