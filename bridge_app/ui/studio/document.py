"""What the studio works on: one chain, its text as typed, and the way back.

Every change is one step of undo; what a slider does while it is held is one step together.
"""

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from bridge_app.transform.errors import TransformationError
from bridge_app.ui.studio.chain import Chain

MERGES = 4711
"""Commands of one held control have this identity and a key of their own."""


class Document(QObject):
    """The chain that is in force, and the text as it stands in the field.

    The text may be wrong while it is typed: then the chain stays what it was, and `error` says
    where and why. What was typed is never replaced by anything but another change.
    """

    changed = Signal()
    picked = Signal(int)  # the step that is worked on; -1 for none

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo = QUndoStack(self)
        self._chain = Chain()
        self._text = ""
        self._error: TransformationError | None = None
        self._held = 0
        self._is_held = False

    @property
    def chain(self) -> Chain:
        """The last chain that could be read."""
        return self._chain

    @property
    def text(self) -> str:
        """The text as it stands in the field; `str(chain)` unless there is an error."""
        return self._text

    @property
    def error(self) -> TransformationError | None:
        """What is wrong with the text; None if nothing is."""
        return self._error

    @property
    def is_held(self) -> bool:
        """Whether the last change came from a control that may still be dragged."""
        return self._is_held

    def start(self, text: str) -> None:
        """Begin with a transformation that can be read; there is nothing to undo."""
        self._set(Chain.of(text), text, None)
        self.undo.clear()

    def change(self, chain: Chain, title: str = "", *, hold: str = "") -> None:
        """Another chain. Changes with the same `hold`, one after another, are undone together."""
        if chain != self._chain or self._error is not None:
            title = title or QCoreApplication.translate("studio", "Edit")
            self._is_held = bool(hold)
            self._push(_Change(self, title, (chain, str(chain), None), hold=self._key(hold)))

    def type(self, text: str) -> None:
        """The text field was edited."""
        if text == self._text:
            return
        title = QCoreApplication.translate("studio", "Edit text")
        self._is_held = False
        try:
            after: State = (self._chain.retyped(text), text, None)
        except TransformationError as error:
            after = (self._chain, text, error)
        self._push(_Change(self, title, after, hold=self._key("text")))

    def release(self) -> None:
        """A control was let go of: what comes next is a step of undo of its own."""
        self._held += 1
        self._is_held = False

    def restore(self, state: "State") -> None:
        """Undo's way in."""
        self._set(*state)

    @property
    def state(self) -> "State":
        """What undo keeps."""
        return self._chain, self._text, self._error

    def _key(self, hold: str) -> str:
        return f"{hold} {self._held}" if hold else ""

    def _push(self, command: QUndoCommand) -> None:
        self.undo.push(command)

    def _set(self, chain: Chain, text: str, error: TransformationError | None) -> None:
        self._chain, self._text, self._error = chain, text, error
        self.changed.emit()


State = tuple[Chain, str, TransformationError | None]


class _Change(QUndoCommand):
    def __init__(self, document: Document, title: str, after: State, *, hold: str) -> None:
        super().__init__(title)
        self._document = document
        self._before = document.state
        self._after = after
        self._hold = hold

    def id(self) -> int:
        """Qt: those that are held may become one."""
        return MERGES if self._hold else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Qt: the same control, still held."""
        if not isinstance(other, _Change) or other._hold != self._hold:
            return False
        self._after = other._after
        return True

    def redo(self) -> None:
        """Qt: do it, for the first time or again."""
        self._document.restore(self._after)

    def undo(self) -> None:
        """Qt: back to what was before."""
        self._document.restore(self._before)
