"""The pictures of a sitting as rows: of the filmstrip, and in sections of the contact sheet."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.ui.messages import approval_text, one_line, preset_title, stars_text
from bridge_app.ui.review.preloading import Preloading
from bridge_app.ui.review.sitting import Sitting
from bridge_app.ui.review.subjects import Key, Subject

Index = QModelIndex | QPersistentModelIndex


class Grouping(Enum):
    """By what a contact sheet is divided."""

    CHANNEL = QT_TRANSLATE_NOOP("review groups", "By channel")
    MARKET = QT_TRANSLATE_NOOP("review groups", "By market")
    ASSET = QT_TRANSLATE_NOOP("review groups", "By asset")
    NONE = QT_TRANSLATE_NOOP("review groups", "All together")


class EntryRole(IntEnum):
    """What the rows hold beside texts."""

    ENTRY = Qt.ItemDataRole.UserRole + 1  # Entry
    PICTURE = Qt.ItemDataRole.UserRole + 2  # QImage or None


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture, or the heading above some (then there is no subject)."""

    subject: Subject | None
    heading: str = ""
    count: int = 0


def grouping_text(grouping: Grouping) -> str:
    """What a division is called."""
    return QCoreApplication.translate("review groups", grouping.value)


def rendition_name(subject: Subject) -> str:
    """What a picture is called beside its master's name: a preset's title, or what it goes through.

    "Master" for the master.
    """
    if subject.is_master:
        return QCoreApplication.translate("review looks", "Master")
    return preset_title(subject.preset) if subject.preset else one_line(subject.transformation)


class Entries(QAbstractListModel):
    """GUI thread only. Small pictures come from those that are kept ready."""

    def __init__(self, sitting: Sitting, pictures: Preloading, parent: QObject) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self._pictures = pictures
        self._grouping = Grouping.NONE
        self._entries: list[Entry] = []
        self._rows: dict[Key, int] = {}
        sitting.filled.connect(self._fill)
        sitting.told.connect(self._told)
        for arrived in (pictures.arrived, pictures.failed):
            arrived.connect(lambda key: self._told((key,)))

    @property
    def grouping(self) -> Grouping:
        """By what they are divided."""
        return self._grouping

    def group(self, grouping: Grouping) -> None:
        """Divide them another way."""
        self._grouping = grouping
        self._fill()

    def entry(self, row: int) -> Entry:
        """The row."""
        return self._entries[row]

    def row_of(self, subject: Subject) -> int:
        """Where it is; -1 if it is not."""
        return self._rows.get(subject.key, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt: pictures and headings."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: pictures can be dragged out; headings are neither chosen nor reached by keys."""
        if index.isValid() and self._entries[index.row()].subject is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: what is painted, and in words what it shows."""
        entry = self._entries[index.row()]
        subject = entry.subject
        if role == EntryRole.ENTRY:
            return entry
        if subject is None:
            return entry.heading if role == Qt.ItemDataRole.DisplayRole else None
        if role == EntryRole.PICTURE:
            return self._pictures.small(subject)
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(subject.asset.name)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._sentence(subject)
        return None

    def _sentence(self, subject: Subject) -> str:
        rating = self._sitting.mark(subject).rating
        return QLocale().createSeparatedList(
            [
                one_line(subject.asset.name),
                rendition_name(subject),
                approval_text(self._sitting.approval(subject)),
                *([stars_text(rating)] if rating else []),
            ]
        )

    def _fill(self) -> None:
        self.beginResetModel()
        self._entries = list(self._divided(self._sitting.subjects))
        self._rows = {
            entry.subject.key: row for row, entry in enumerate(self._entries) if entry.subject
        }
        self.endResetModel()

    def _divided(self, subjects: Sequence[Subject]) -> Iterable[Entry]:
        """A section for each value, in the order in which they first come."""
        if self._grouping is Grouping.NONE:
            yield from map(Entry, subjects)
            return
        names: Callable[[Subject], Sequence[str]] = {
            Grouping.CHANNEL: self._channel,
            Grouping.MARKET: self._markets,
            Grouping.ASSET: lambda one: (one_line(one.asset.name),),
        }[self._grouping]
        sections: dict[str, list[Subject]] = {}
        for one in subjects:
            for name in names(one):
                sections.setdefault(name, []).append(one)
        for name, found in sections.items():
            yield Entry(None, name, len(found))
            yield from map(Entry, found)

    def _channel(self, subject: Subject) -> Sequence[str]:
        if subject.is_master:
            return (self.tr("Masters"),)
        return (one_line(subject.channel) or self.tr("No channel"),)

    def _markets(self, subject: Subject) -> Sequence[str]:
        if subject.is_master:
            return (self.tr("Masters"),)
        return tuple(subject.markets) or (self.tr("All markets"),)

    def _told(self, keys: Iterable[Key]) -> None:
        """Repaint what is different; a picture that is shown in several sections in all of them."""
        wanted = set(keys)
        rows = [
            row
            for row, entry in enumerate(self._entries)
            if entry.subject is not None and entry.subject.key in wanted
        ]
        for row in rows[:1] if len(wanted) == 1 and self._grouping is Grouping.NONE else rows:
            index = self.index(row)
            self.dataChanged.emit(index, index)
