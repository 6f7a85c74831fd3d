"""Undo and redo of edits: what is still here is withdrawn, what went out is said the other way."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.work.worker import Worker

if TYPE_CHECKING:
    from bridge_app.work.edit_record import TakenBack

MOST = 200
"""So many steps back; older ones are in the history."""


class EditUndo(QObject):
    """The batches that were said in this window, newest last.

    Signals:
        changed: Whether there is something to undo or redo may be different.
        compensated: So many edits had been delivered and were said the other way round.
        failed: A BridgeError.
    """

    changed = Signal()
    compensated = Signal(int)
    failed = Signal(object)

    def __init__(self, worker: Worker, asker: Asker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asker = asker
        self._done: list[str] = []
        self._undone: list[str] = []
        self._busy = False
        self._expected = 0

    @property
    def can_undo(self) -> bool:
        """Was something said that can be taken back?"""
        return bool(self._done) and not self._busy and not self._expected

    @property
    def can_redo(self) -> bool:
        """Was something taken back?"""
        return bool(self._undone) and not self._busy and not self._expected

    def expect(self) -> None:
        """What was said last is being put on disk: until `met`, the step before stays."""
        self._expected += 1
        self.changed.emit()

    def met(self) -> None:
        """It is on disk and noted, or could not be kept."""
        self._expected -= 1
        self.changed.emit()

    def keep(
        self,
        work: Callable[[], str],
        done: Callable[[str], None],
        failed: Callable[[BridgeError], None],
    ) -> None:
        """Have something put on disk, in its turn, and note it; `work` returns its batch.

        What is said later is kept later, so that it stays.
        """
        self.expect()

        def kept(batch: str) -> None:
            self.note(batch)
            self.met()
            done(batch)

        def not_kept(error: BridgeError) -> None:
            self.met()
            failed(error)

        self._asker.ask_in_turn(work, kept, not_kept)

    def note(self, batch: str) -> None:
        """A person said something; what was undone before cannot be redone any more."""
        if batch:
            self._done = [*self._done, batch][-MOST:]
            self._undone.clear()
            self.changed.emit()

    def undo(self) -> None:
        """Take back what was said last."""
        if not self.can_undo:
            return
        batch = self._done.pop()
        self._start()

        def done(taken: "TakenBack") -> None:
            self._undone.append(batch)
            self._end()
            if taken.compensated:
                self.compensated.emit(len(taken.compensated))

        self._asker.ask(lambda: self._worker.editing.take_back(batch), done, self._fail)

    def redo(self) -> None:
        """Say again what was taken back last."""
        if not self.can_redo:
            return
        batch = self._undone.pop()
        self._start()

        def done(again: str) -> None:
            if again:
                self._done.append(again)
            self._end()

        self._asker.ask(lambda: self._worker.editing.say_again(batch), done, self._fail)

    def _start(self) -> None:
        self._busy = True
        self.changed.emit()

    def _end(self) -> None:
        self._busy = False
        self.changed.emit()

    def _fail(self, error: object) -> None:
        self._end()
        self.failed.emit(error)
