"""Undo and redo of edits: what is still here is withdrawn, what went out is said the other way."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from bridge_app.domain.edits import FieldPath
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.decision_step import Decided, decide_again, take_back
from bridge_app.ui.undo_wording import decision_words, edit_words
from bridge_app.work.approvals import NotAsItWasError
from bridge_app.work.worker import Worker

MOST = 200
"""So many steps back; older ones are in the history."""


@dataclass(slots=True, eq=False)
class Step:
    """What can be taken back: a batch of edits, or a decision.

    `words` say what it was, and `reach` of how many assets something was said; both come later.
    """

    batch: str = ""
    decided: Decided | None = None
    words: str = ""
    reach: int = 0


class EditUndo(QObject):
    """What was said and decided in this window, newest last.

    Signals:
        changed: Whether there is something to undo or redo may be different.
        compensated: So many edits had been delivered and were said the other way round.
        failed: A BridgeError about edits.
        undecided: A BridgeError about decisions, which are seen elsewhere.
    """

    changed = Signal()
    compensated = Signal(int)
    failed = Signal(object)
    undecided = Signal(object)

    def __init__(self, worker: Worker, asker: Asker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asker = asker
        self._done: list[Step] = []
        self._undone: list[Step] = []
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

    @property
    def newest(self) -> Step | None:
        """What would be taken back next."""
        return self._done[-1] if self._done else None

    @property
    def count(self) -> int:
        """How much can be taken back."""
        return len(self._done)

    @property
    def next_undo(self) -> str:
        """What would be taken back, in a few words; "" while that is not known."""
        return self._done[-1].words if self._done else ""

    @property
    def next_redo(self) -> str:
        """What would be said again, likewise."""
        return self._undone[-1].words if self._undone else ""

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
            self._add(Step(batch=batch))

    def note_decision(self, decided: Decided) -> None:
        """A person decided on assets."""
        if decided.count:
            self._add(Step(decided=decided))

    def _add(self, step: Step) -> None:
        self._done = [*self._done, step][-MOST:]
        self._undone.clear()
        self.changed.emit()
        self._name(step)

    def _name(self, step: Step) -> None:
        """Find out what a step changed, so that the menu can say it."""
        if step.decided is not None:
            step.words = decision_words(step.decided)
            self.changed.emit()
            return

        def named(said: tuple[list[FieldPath], int]) -> None:
            step.words, step.reach = edit_words(*said), said[1]
            self.changed.emit()

        self._asker.ask(lambda: self._worker.editing.reach(step.batch), named, self.failed.emit)

    def undo(self) -> None:
        """Take back what was said last."""
        if not self.can_undo:
            return
        step = self._done.pop()
        self._start()

        def done(compensated: int) -> None:
            self._undone.append(step)
            self._end()
            if compensated:
                self.compensated.emit(compensated)

        worker, decided, comment = self._worker, step.decided, self.tr("Decision taken back")
        if decided is None:
            take_back_edits = worker.editing.take_back
            self._asker.ask(lambda: len(take_back_edits(step.batch).compensated), done, self._fail)
        else:

            def taken_back(taken: Decided) -> None:
                self._end_deciding(self._undone, taken, decided.count)

            self._asker.ask(
                lambda: take_back(worker, decided, comment=comment), taken_back, self._fail_deciding
            )

    def redo(self) -> None:
        """Say again what was taken back last."""
        if not self.can_redo:
            return
        step = self._undone.pop()
        self._start()

        def done(again: str) -> None:
            if again:
                self._done.append(Step(batch=again, words=step.words))
            self._end()

        before = step.decided
        if before is None:
            self._asker.ask(lambda: self._worker.editing.say_again(step.batch), done, self._fail)
        else:

            def decided_again(made: Decided) -> None:
                self._end_deciding(self._done, made, before.count)

            again = partial(decide_again, self._worker, before)
            self._asker.ask(again, decided_again, self._fail_deciding)

    def _start(self) -> None:
        self._busy = True
        self.changed.emit()

    def _end(self) -> None:
        self._busy = False
        self.changed.emit()

    def _end_deciding(self, steps: list[Step], made: Decided, wanted: int) -> None:
        """Note what was decided the other way; tell if that is not all that was to be."""
        if made.count:
            steps.append(Step(decided=made, words=decision_words(made)))
        self._end()
        if made.count < wanted:
            self.undecided.emit(NotAsItWasError())

    def _fail_deciding(self, error: object) -> None:
        self._end()
        self.undecided.emit(error)

    def _fail(self, error: object) -> None:
        self._end()
        self.failed.emit(error)
