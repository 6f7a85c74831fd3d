"""A text field that offers what was used lately, or is there, below it and while one types."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.theme import Theme


class RecentField(QLineEdit):
    """A line edit with a list; Down or the button opens all of it, typing narrows it."""

    picked = Signal(str)

    def __init__(
        self, theme: Theme, icons: Icons, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._icons = icons
        self._offers = QStringListModel(self)
        self._list = QCompleter(self._offers, self)
        self._list.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._list.setFilterMode(Qt.MatchFlag.MatchContains)
        self._list.activated.connect(self.picked)
        popup = QListView()
        popup.setProperty("surface", "card")
        self._list.setPopup(popup)
        self.setCompleter(self._list)
        self._open = QAction(self.tr("Used lately"), self)
        self._open.triggered.connect(self.show_all)
        self._open.setVisible(False)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        theme.changed.connect(self._dress)
        self._dress()

    def offer(self, texts: Sequence[str], *, called: str = "") -> None:
        """What to offer, the likeliest first, and what that is called if not used lately."""
        self._offers.setStringList(list(texts))
        self._open.setText(called or self.tr("Used lately"))
        self._open.setVisible(bool(texts))

    def offers(self) -> list[str]:
        """What is offered."""
        return self._offers.stringList()

    def show_all(self) -> None:
        """Open the whole list, whatever is typed."""
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.complete()
        self._list.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Down opens the list."""
        if event.key() == Qt.Key.Key_Down and self._open.isVisible():
            self.show_all()
            return
        super().keyPressEvent(event)

    def _dress(self) -> None:
        self._open.setIcon(self._icons.icon("chevron-down", size_px=16))
