"""What was decided about an asset, newest first."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bridge_app.domain.approvals import Decision
from bridge_app.ui.messages import approval_text, moment_text, one_line

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class HistoryRole(IntEnum):
    """What a row tells beyond Qt's own roles."""

    DECISION = Qt.ItemDataRole.UserRole + 1  # Decision
    IS_EARLIER = Qt.ItemDataRole.UserRole + 2  # bool: about other bytes than today's


class History(QAbstractListModel):
    """Decisions; those on an earlier version of the file are marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decisions: tuple[Decision, ...] = ()
        self._sha256: str | None = None

    def show(self, decisions: Sequence[Decision], sha256: str | None) -> None:
        """These decisions, oldest first as they are kept; `sha256` is the file's content now."""
        self.beginResetModel()
        self._decisions = tuple(reversed(decisions))
        self._sha256 = sha256
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._decisions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what a row tells."""
        if not index.isValid():
            return None
        decision = self._decisions[index.row()]
        is_earlier = decision.sha256 != self._sha256
        told: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: approval_text(decision.approval),
            Qt.ItemDataRole.AccessibleTextRole: self._sentence(decision, is_earlier=is_earlier),
            HistoryRole.DECISION: decision,
            HistoryRole.IS_EARLIER: is_earlier,
        }
        return told.get(role)

    def _sentence(self, decision: Decision, *, is_earlier: bool) -> str:
        parts = (
            approval_text(decision.approval),
            one_line(decision.who),
            moment_text(decision.at),
            decision.comment,
            self.tr("An earlier version of the file") if is_earlier else "",
        )
        return ", ".join(part for part in parts if part)
