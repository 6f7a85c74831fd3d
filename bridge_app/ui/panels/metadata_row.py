"""One field of the metadata form: its name, its editor, how far its edit is, and what is wrong."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.edit_sheet import FieldSheet
from bridge_app.domain.edits import EditState, FieldPath
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import Trouble
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, isolated
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.theme import Theme

SIGN_PX = 14
BADGES = {
    EditState.PENDING: ("clock", "info"),
    EditState.SENDING: ("cloud-upload", "info"),
    EditState.FAILED: ("circle-alert", "negative"),
    EditState.CONFLICT: ("git-compare", "warning"),
}


class FieldRow(QWidget):
    """Heading, editor and what is to be said about it.

    Args:
        path: The field.
        title: What people call it.
        mandatory: Whether it must not be empty.
    """

    settleWanted = Signal()
    againWanted = Signal()
    discardWanted = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        *,
        path: FieldPath,
        title: str,
        editor: QWidget,
        mandatory: bool = False,
    ) -> None:
        super().__init__()
        self.path = path
        self.title = title
        self.editor = editor
        self._theme = theme
        self._icons = icons
        self._state: EditState | None = None
        self._heading = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._sign = QLabel()
        self._words = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._trouble = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._acts = QWidget()
        self._settle = self._act(self.tr("Choose…"), self.settleWanted)
        self._again = self._act(self.tr("Try again"), self.againWanted)
        self._discard = self._act(self.tr("Give up"), self.discardWanted)
        self._build()
        self.set_mandatory(on=mandatory)
        theme.changed.connect(self._dress)
        self.show_state(FieldSheet(path=path))
        self.show_trouble(None)
        self.set_note("")

    @property
    def state_text(self) -> str:
        """What is said about the edit; "" if there is none."""
        return self._words.text() if not self._words.isHidden() else ""

    @property
    def trouble_text(self) -> str:
        """What is wrong with what was typed; "" if nothing is."""
        return self._trouble.text() if not self._trouble.isHidden() else ""

    def set_mandatory(self, *, on: bool) -> None:
        """Mark it as one that must not be empty."""
        self._heading.setText(f"{self.title} *" if on else self.title)
        name = self.tr("{field}, mandatory") if on else self.tr("{field}")
        self.editor.setAccessibleName(name.format(field=self.title))

    def set_usable(self, *, on: bool, why: str = "") -> None:
        """Let it be edited, or say why not."""
        self.editor.setEnabled(on)
        self.set_note("" if on else why)

    def set_note(self, text: str) -> None:
        """A quiet word below the editor."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def show_state(self, sheet: FieldSheet) -> None:
        """How far its edit is; errors of the service are shown as they are."""
        self._state = sheet.state
        words = {
            None: "",
            EditState.PENDING: self.tr("Waits to be sent"),
            EditState.SENDING: self.tr("On its way"),
            EditState.FAILED: self.tr("Not taken"),
            EditState.CONFLICT: self.tr("Changed elsewhere"),
        }[sheet.state]
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._sign.setVisible(bool(words))
        is_failed = sheet.state is EditState.FAILED
        self._settle.setVisible(sheet.state is EditState.CONFLICT and bool(sheet.conflicts))
        self._again.setVisible(is_failed)
        self._discard.setVisible(is_failed)
        self._acts.setVisible(is_failed or not self._settle.isHidden())
        self.show_trouble(sheet.error if is_failed else None)
        self._dress()

    def show_trouble(self, error: BridgeError | Trouble | None) -> None:
        """What is wrong, in a sentence; None if nothing is."""
        self._trouble.setText(error_text(error) if error is not None else "")
        self._trouble.setVisible(error is not None)
        if isinstance(self.editor, QLineEdit):
            self.editor.setProperty("invalid", error is not None)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)
        self.editor.setAccessibleDescription(self._trouble.text())

    def _act(self, text: str, signal: object) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.setProperty("kind", "quiet")
        button.setAccessibleName(f"{text.rstrip('…')}: {isolated(self.title)}")
        button.clicked.connect(signal)
        return button

    def _build(self) -> None:
        self._heading.setProperty("tone", "heading")
        self._heading.setAlignment(leading())
        self._heading.setBuddy(self.editor)
        self._words.setProperty("tone", "caption")
        self._note.setProperty("tone", "caption")
        self._trouble.setProperty("badge", "negative")
        top = QHBoxLayout()
        top.setSpacing(5)
        top.addWidget(self._heading, 1)
        top.addWidget(self._sign)
        top.addWidget(self._words)
        acts = QHBoxLayout(self._acts)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(4)
        for button in (self._settle, self._again, self._discard):
            acts.addWidget(button)
        acts.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.editor)
        for label in (self._trouble, self._note):
            label.setAlignment(leading())
            layout.addWidget(label)
        layout.addWidget(self._acts)

    def _dress(self) -> None:
        tokens = self._theme.tokens
        if self._state in BADGES:
            icon, badge = BADGES[self._state]
            ink = getattr(tokens, badge).soft_ink
            pixmap = self._icons.pixmap(icon, ink, SIGN_PX, self.devicePixelRatioF())
            self._sign.setPixmap(pixmap)
            self._sign.setFixedSize(QSize(SIGN_PX, SIGN_PX))
