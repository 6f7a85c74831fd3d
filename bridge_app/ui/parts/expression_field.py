"""A line for Cloudinary's search expressions that offers fields and values while one types."""

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from bridge_app.delivery.cloud_search import Completion, completion, metadata_words
from bridge_app.domain.metadata_rules import Schema
from bridge_app.ui.parts.clearing import let_clear


class ExpressionField(QLineEdit):
    """Completes the word at the cursor, never the whole line.

    Args:
        dynamic: Has the environment dynamic folders? The fields differ.
    """

    def __init__(self, *, dynamic: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dynamic = dynamic
        self._metadata: dict[str, tuple[str, ...]] = {}
        self._offers = QStringListModel(self)
        self._list = QCompleter(self._offers, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setMaxVisibleItems(12)
        self._popup = QListView()
        self._popup.setProperty("surface", "card")
        self._list.setPopup(self._popup)
        # Not `setCompleter`: that one would put the choice in the place of all that is typed.
        self._list.setWidget(self)
        self._list.activated.connect(self.take)
        self.textEdited.connect(self._offer)
        let_clear(self)

    def know(self, schema: Schema) -> None:
        """Offer the environment's own fields as well."""
        self._metadata = metadata_words(schema)

    def offers(self) -> list[str]:
        """What is offered for the word at the cursor."""
        return self._offers.stringList()

    def take(self, choice: str) -> None:
        """Put a choice in the place of the word at the cursor."""
        place = self.cursorPosition()
        start = self._completion().start
        text = self.text()
        self.setText(text[:start] + choice + text[place:])
        self.setCursorPosition(start + len(choice))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: while the list is open, it takes Return, Tab and Escape."""
        taking = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab)
        if self._popup.isVisible() and event.key() in taking:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _completion(self) -> Completion:
        return completion(
            self.text(), self.cursorPosition(), dynamic=self._dynamic, metadata=self._metadata
        )

    def _offer(self) -> None:
        choices = self._completion().choices
        self._offers.setStringList(list(choices))
        if choices:
            self._list.complete()
        else:
            self._popup.hide()
