"""A line below the page of the help that finds words in it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from bridge_app.ui.icons import Icons


class FindBar(QFrame):
    """Away until it is asked for."""

    wanted = Signal(str, bool, bool)  # what; backwards; again, or typed on
    closed = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(
            clearButtonEnabled=True, placeholderText=self.tr("Find in this page")
        )
        self.field.setAccessibleName(self.field.placeholderText())
        for clear in self.field.findChildren(QToolButton):
            clear.setAccessibleName(self.tr("Clear"))
        self.said = QLabel()
        self.said.setProperty("tone", "muted")
        self.earlier, self.later = QToolButton(), QToolButton()
        self.away = QToolButton()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.said)
        for button, icon, text in (
            (self.earlier, "chevron-left", self.tr("Previous (Shift+F3)")),
            (self.later, "chevron-right", self.tr("Next (F3)")),
            (self.away, "x", self.tr("Close")),
        ):
            button.setIcon(icons.icon(icon))
            button.setToolTip(text)
            button.setAccessibleName(text)
            layout.addWidget(button)
        self.field.textChanged.connect(lambda: self._ask(back=False, again=False))
        self.earlier.clicked.connect(lambda: self.go_on(back=True))
        self.later.clicked.connect(lambda: self.go_on(back=False))
        self.away.clicked.connect(self.put_away)
        self.field.installEventFilter(self)
        self.setVisible(False)

    def begin(self) -> None:
        """Come, and wait for words."""
        self.setVisible(True)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def put_away(self) -> None:
        """Go."""
        self.setVisible(False)
        self.closed.emit()

    def go_on(self, *, back: bool) -> None:
        """The next place, or the one before."""
        if not self.isVisible():
            self.begin()
        self._ask(back=back, again=True)

    def tell(self, *, found: bool) -> None:
        """Say whether there is such a place."""
        missing = bool(self.field.text()) and not found
        self.said.setText(self.tr("Not on this page") if missing else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Enter goes on, with Shift back."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        return super().eventFilter(watched, event)

    def _ask(self, *, back: bool, again: bool) -> None:
        self.wanted.emit(self.field.text(), back, again)
