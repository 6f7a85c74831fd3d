"""What a cell tells: its text, how it is marked and why, and the same in a sentence."""

from collections.abc import Callable, Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt

from bridge_app.domain.edits import EditState, FieldPath
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.standard_fields import text_of
from bridge_app.domain.standard_schema import Shape
from bridge_app.ui.grid_editor.columns import GridColumn
from bridge_app.ui.grid_editor.drafts import Draft
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.metadata_wording import choice_text, state_text

translate = QCoreApplication.translate  # a name that lupdate knows
TIP_LETTERS = 1_000
SHOWN_LETTERS = 500
"""More than any cell shows of a text, which can have a million letters."""


class CellRole(IntEnum):
    """What a cell tells beyond Qt's own roles."""

    STATE = Qt.ItemDataRole.UserRole + 1  # CellState
    COLUMN = Qt.ItemDataRole.UserRole + 2  # GridColumn
    NOTE = Qt.ItemDataRole.UserRole + 3  # str: why the cell is marked


class CellState(StrEnum):
    """How a cell is marked; at most one thing at a time, the worst first."""

    READING = "reading"
    INVALID = "invalid"
    CONFLICT = "conflict"
    FAILED = "failed"
    SAVING = "saving"
    WAITING = "waiting"
    DIFFERS = "differs"
    NEEDED = "needed"
    FIXED = "fixed"
    PLAIN = ""


OPEN = {
    EditState.CONFLICT: CellState.CONFLICT,
    EditState.FAILED: CellState.FAILED,
    EditState.SENDING: CellState.WAITING,
    EditState.PENDING: CellState.WAITING,
}


class Line:
    """A row as it was read; its record is put together once."""

    __slots__ = ("_editable", "record", "said")

    def __init__(self, said: SaidMaster) -> None:
        self.said = said
        self.record = said.record()
        self._editable: dict[FieldPath, bool] = {}

    def may_edit(self, path: FieldPath) -> bool:
        """Can the master's field be written? Asked of each cell at each repaint."""
        if path not in self._editable:
            self._editable[path] = self.said.may_edit(path)
        return self._editable[path]


class Seen(NamedTuple):
    """A cell as it is looked at."""

    line: Line
    column: GridColumn
    draft: Draft | None


def told_text(seen: Seen) -> str:
    """The whole text, as a person wrote it or would write it."""
    if seen.draft is not None:
        return seen.draft.text
    return text_of(seen.column.field, seen.line.record.get(seen.column.path))


def told_state(seen: Seen) -> CellState:
    """How the cell is marked."""
    line, column, draft = seen
    if draft is not None:
        return CellState.SAVING if draft.fault is None else CellState.INVALID
    state = _open_state(seen)
    if state is not None:
        return OPEN[state]
    if not line.may_edit(column.path):
        return CellState.FIXED
    if column.path.key in line.said.differs:
        return CellState.DIFFERS
    needed = column.path.key in line.said.required and line.record.get(column.path) is None
    return CellState.NEEDED if needed else CellState.PLAIN


def told_note(seen: Seen) -> str:
    """Why the cell is marked; "" if it is not."""
    line, column, draft = seen
    state = told_state(seen)
    error: BridgeError | Trouble | None = draft.fault if draft is not None else None
    if state is CellState.FAILED:
        error = line.said.error(column.path)
    if error is not None:
        return error_text(error)
    notes = {
        CellState.SAVING: translate("grid", "Being kept…"),
        CellState.FIXED: translate("grid", "This cannot be written here."),
        CellState.NEEDED: translate("grid", "Needed before it can be pushed."),
        CellState.DIFFERS: translate("grid", "The places where the file keeps this do not agree."),
    }
    open_state = _open_state(seen)
    return notes.get(state) or (state_text(open_state) if open_state is not None else "")


def _open_state(seen: Seen) -> EditState | None:
    said, path = seen.line.said, seen.column.path
    if any(conflict.path == path for conflict in said.conflicts):
        return EditState.CONFLICT
    return said.state(path) if said.edits else None


def _shown(seen: Seen) -> str:
    text = one_line(told_text(seen)[:SHOWN_LETTERS])
    return choice_text(text) if seen.column.field.shape is Shape.CHOICE else text


def _tip(seen: Seen) -> str:
    text = told_text(seen)
    shown = text if len(text) <= TIP_LETTERS else f"{text[:TIP_LETTERS]}…"
    return "\n\n".join(part for part in (shown, told_note(seen)) if part)


def _sentence(seen: Seen) -> str:
    parts = (
        seen.column.title,
        one_line(seen.line.said.asset.name),
        _shown(seen),
        told_note(seen),
    )
    return ", ".join(part for part in parts if part)


TELLERS: Mapping[int, Callable[[Seen], str]] = MappingProxyType(
    {
        Qt.ItemDataRole.DisplayRole: _shown,
        Qt.ItemDataRole.EditRole: told_text,
        Qt.ItemDataRole.ToolTipRole: _tip,
        Qt.ItemDataRole.AccessibleTextRole: _sentence,
        CellRole.STATE: told_state,
        CellRole.NOTE: told_note,
    }
)
"""What is told under each role."""
