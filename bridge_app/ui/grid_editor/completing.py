"""Completes the last of several words in one line: "sea; li" becomes "sea; lighthouse"."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

MARK = ";"
MOST_SHOWN = 9


class WordCompleter(QCompleter):
    """Made for one field; `words` are offered by how they begin, whatever their case."""

    def __init__(self, words: Sequence[str], field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self.setModel(QStringListModel(list(words), self))
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(MOST_SHOWN)
        popup = QListView()
        popup.setProperty("surface", "card")
        self.setPopup(popup)

    def splitPath(self, path: str) -> list[str]:
        """Qt: what is completed is the last word."""
        return [path.rpartition(MARK)[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Qt: the words before stay."""
        before, mark, _ = self._field.text().rpartition(MARK)
        return f"{before}{mark} {index.data()}" if mark else str(index.data())
