"""What waits for a reviewer, one row for each picture to be decided on."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
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

from bridge_app.domain.assets import AssetId
from bridge_app.domain.review_requests import QueueItem, QueueSource
from bridge_app.ui.messages import approval_text, one_line
from bridge_app.ui.review_wording import due_text, source_text

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
translate = QCoreApplication.translate  # a name that lupdate knows


class QueueRole(IntEnum):
    """What a row tells beyond Qt's own roles."""

    ITEM = Qt.ItemDataRole.UserRole + 1  # QueueItem
    PICTURE = Qt.ItemDataRole.UserRole + 2  # str, the content of its picture
    WHERE = Qt.ItemDataRole.UserRole + 3  # str: what of the asset, and who asks
    DUE = Qt.ItemDataRole.UserRole + 4  # str, "" for no date


class QueueList(QAbstractListModel):
    """Rows in the order given. `now` is the moment that due dates are told from."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._items: Sequence[QueueItem] = ()
        self._pictures: dict[AssetId, str] = {}
        self._readers: dict[int, Callable[[QueueItem], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda item: one_line(item.name),
            Qt.ItemDataRole.ToolTipRole: self._sentence,
            Qt.ItemDataRole.AccessibleTextRole: self._sentence,
            QueueRole.ITEM: lambda item: item,
            QueueRole.PICTURE: lambda item: self._pictures.get(item.asset, ""),
            QueueRole.WHERE: where_text,
            QueueRole.DUE: self._due,
        }

    @property
    def items(self) -> Sequence[QueueItem]:
        """All rows."""
        return self._items

    def take(self, items: Sequence[QueueItem]) -> None:
        """Show these; nothing happens if they are the same."""
        if tuple(items) == self._items:
            return
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    def take_pictures(self, pictures: Mapping[AssetId, str]) -> None:
        """Which content the picture of each asset shows."""
        self._pictures = dict(pictures)
        if self._items:
            first, last = self.index(0, 0), self.index(len(self._items) - 1, 0)
            self.dataChanged.emit(first, last, [QueueRole.PICTURE])

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what one row tells under `role`."""
        read = self._readers.get(role)
        if read is None or not index.isValid():
            return None
        return read(self._items[index.row()])

    def _due(self, item: QueueItem) -> str:
        return due_text(item.due, self._now()) if item.due is not None else ""

    def _sentence(self, item: QueueItem) -> str:
        waits = waits_text(item)
        parts = (one_line(item.name), where_text(item), self._due(item), waits)
        state = approval_text(item.approval)
        return ", ".join(part for part in (*parts, "" if waits else state) if part)


def where_text(item: QueueItem) -> str:
    """What of the asset is to be decided, at which stage, and who asks for it."""
    if item.transformation:
        subject = one_line(item.preset or item.transformation)
    else:
        subject = translate("review", "Master")
    stage = translate("review", "Stage {stage}").format(stage=one_line(item.stage))
    asked = item.title if item.source is QueueSource.REQUEST else source_text(item.source)
    if item.claim is not None:
        says = translate("review", "Its file says: {state}")
        asked = says.format(state=approval_text(item.claim))
    return "  ·  ".join(
        part for part in (subject, stage if item.stage else "", one_line(asked)) if part
    )


def waits_text(item: QueueItem) -> str:
    """What has to be decided before; "" if nothing has."""
    if not item.waits_for:
        return ""
    return translate("review", "Waits for {stage}").format(stage=one_line(item.waits_for))
