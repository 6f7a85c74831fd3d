"""What was decided and said about an asset, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from bridge_app.domain.approvals import Approval, Decision
from bridge_app.domain.edits import Edit, EditState, Subject
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.metadata_values import shown
from bridge_app.ui.messages import approval_text, error_text, moment_text, one_line
from bridge_app.ui.metadata_wording import field_text

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
translate = QCoreApplication.translate  # a name that lupdate knows


class HistoryRole(IntEnum):
    """What a row tells beyond Qt's own roles."""

    ENTRY = Qt.ItemDataRole.UserRole + 1  # HistoryEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One line of the history: a decision (`approval`), or an edit of a field (None).

    `at` is ISO 8601 in UTC; `texts` are what stands below, in full.
    """

    title: str
    who: str
    at: str
    texts: tuple[str, ...]
    approval: Approval | None = None


def entry_of_decision(decision: Decision, content: str | None) -> HistoryEntry:
    """A decision as it is shown where the asset's content is `content` now."""
    earlier = translate("History", "About an earlier version of the file.")
    texts = (decision.comment, earlier if decision.sha256 != content else "")
    return HistoryEntry(
        title=approval_text(decision.approval),
        who=decision.who,
        at=decision.at,
        texts=tuple(text for text in texts if text),
        approval=decision.approval,
    )


def entry_of_edit(edit: Edit, schema: Schema) -> HistoryEntry:
    """An edit as it is shown; `schema` knows what metadata fields are called."""
    field = schema.field(edit.path.key) if edit.path.subject is Subject.METADATA else None

    def words(value: FieldValue) -> str:
        if field is not None:
            told = shown(field, value)
        else:
            told = ", ".join(value) if isinstance(value, tuple) else str(value or "")
        return told or translate("History", "(nothing)")

    texts = (
        words(edit.value),
        translate("History", "Before: {value}").format(value=words(edit.base)),
        _standing(edit.state),
        error_text(edit.error) if edit.error else "",
    )
    return HistoryEntry(
        title=field.label if field is not None else field_text(edit.path),
        who=edit.who,
        at=edit.at,
        texts=tuple(text for text in texts if text),
    )


def _standing(state: EditState) -> str:
    """Where an edit stands; nothing of one that is where it should be."""
    return {
        EditState.PENDING: translate("History", "Not delivered yet."),
        EditState.SENDING: translate("History", "It is being delivered."),
        EditState.FAILED: translate("History", "It could not be delivered."),
        EditState.CONFLICT: translate("History", "Somebody else said something different."),
        EditState.WITHDRAWN: translate("History", "Taken back before it was delivered."),
        EditState.SETTLED: translate("History", "Settled by a later choice."),
    }.get(state, "")


class History(QAbstractListModel):
    """Decisions and edits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[HistoryEntry, ...] = ()

    def show(self, entries: Sequence[HistoryEntry]) -> None:
        """These entries, in whatever order."""
        self.beginResetModel()
        self._entries = tuple(sorted(entries, key=lambda entry: entry.at, reverse=True))
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what a row tells."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        told: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: entry.title,
            Qt.ItemDataRole.AccessibleTextRole: _sentence(entry),
            HistoryRole.ENTRY: entry,
        }
        return told.get(role)


def _sentence(entry: HistoryEntry) -> str:
    parts = (entry.title, one_line(entry.who), moment_text(entry.at), *entry.texts)
    return ", ".join(part for part in parts if part)
