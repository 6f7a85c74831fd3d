"""A list, and words in its place while it is empty."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QVBoxLayout, QWidget

from bridge_app.ui.parts.whole_label import WholeLabel

EDGE_PX = 12


class ListOrWords(QStackedWidget):
    """Follows the model that `view` has already; without words an empty list stays one."""

    def __init__(self, view: QAbstractItemView, words: str = "") -> None:
        super().__init__()
        self._view = view
        self._instead, self._words = QWidget(), WholeLabel()
        self._words.setProperty("tone", "muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self._instead)
        layout.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        layout.addWidget(self._words)
        layout.addStretch(1)
        self.addWidget(view)
        self.addWidget(self._instead)
        view.model().modelReset.connect(self._turn)
        self.say(words)

    @property
    def words(self) -> str:
        """What is said instead of rows; "" while there are some."""
        return self._words.text() if self.currentWidget() is self._instead else ""

    def say(self, words: str) -> None:
        """Why there are no rows."""
        self._words.setText(words)
        self._turn()

    def _turn(self) -> None:
        is_empty = not self._view.model().rowCount() and bool(self._words.text())
        self.setCurrentWidget(self._instead if is_empty else self._view)


def nothing_saved() -> str:
    """The words for a list of what is made in the form beside it."""
    return QCoreApplication.translate("ListOrWords", "What you save is listed here.")
