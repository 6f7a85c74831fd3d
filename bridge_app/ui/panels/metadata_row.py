"""One field of a metadata form: its name, its editor, how far its edit is, and what is wrong.

What most fields never need is made when it is first needed: a form has a hundred of these.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.edit_sheet import FieldSheet
from bridge_app.domain.edits import EditState, FieldPath
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import Trouble
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, isolated
from bridge_app.ui.metadata_wording import state_text
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
        self._spoken = title
        self.editor = editor
        self._theme = theme
        self._icons = icons
        self._state: EditState | None = None
        self._mandatory: bool | None = None
        self._heading = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._top = QHBoxLayout()
        self._stack = QVBoxLayout(self)
        self._standing: FieldStanding | None = None
        self._trouble: QLabel | None = None
        self._note: QLabel | None = None
        self._acts: FieldActs | None = None
        self._build()
        self.set_mandatory(on=mandatory)

    @property
    def heading(self) -> QLabel:
        """The field's name above the editor."""
        return self._heading

    @property
    def state_text(self) -> str:
        """What is said about the edit; "" if there is none."""
        return self._standing.text if self._standing and self._state else ""

    @property
    def trouble_text(self) -> str:
        """What is wrong with what was typed; "" if nothing is."""
        shown = self._trouble is not None and not self._trouble.isHidden()
        return self._trouble.text() if self._trouble is not None and shown else ""

    @property
    def note_text(self) -> str:
        """The quiet word below the editor; "" if there is none."""
        shown = self._note is not None and not self._note.isHidden()
        return self._note.text() if self._note is not None and shown else ""

    def set_mandatory(self, *, on: bool) -> None:
        """Mark it as one that must not be empty."""
        if on == self._mandatory:
            return
        self._mandatory = on
        self._heading.setText(f"{self.title} *" if on else self.title)
        self.speak_as(self._spoken)

    def speak_as(self, name: str) -> None:
        """What a screen reader says, where the title alone does not tell it from others."""
        self._spoken = name
        words = self.tr("{field}, mandatory") if self._mandatory else self.tr("{field}")
        self.editor.setAccessibleName(words.format(field=name))

    def set_usable(self, *, on: bool, why: str = "") -> None:
        """Let it be edited, or say why not."""
        if self.editor.isEnabled() != on:
            self.editor.setEnabled(on)
        self.set_note("" if on else why)

    def set_note(self, text: str) -> None:
        """A quiet word below the editor."""
        if text and self._note is None:
            self._note = self._label(below=self._trouble or self.editor)
            self._note.setProperty("tone", "caption")
        _tell(self._note, text)

    def show_state(self, sheet: FieldSheet) -> None:
        """How far its edit is; errors of the service are shown as they are."""
        state, error = sheet.state, sheet.error
        if state is not self._state:
            self._state = state
            if state is not None and self._standing is None:
                self._standing = FieldStanding(self._theme, self._icons)
                self._top.addWidget(self._standing)
            if self._standing is not None:
                self._standing.show_state(state)
        failed = state is EditState.FAILED
        self._offer_acts(settle=state is EditState.CONFLICT and bool(sheet.conflicts), again=failed)
        self.show_trouble(error if failed else None)

    def show_trouble(self, error: BridgeError | Trouble | None) -> None:
        """What is wrong, in a sentence; None if nothing is."""
        text = error_text(error) if error is not None else ""
        if text == self.trouble_text:
            return
        if self._trouble is None:
            self._trouble = self._label(below=self.editor)
            self._trouble.setProperty("badge", "negative")
        _tell(self._trouble, text)
        if isinstance(self.editor, QLineEdit):
            self.editor.setProperty("invalid", error is not None)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)
        self.editor.setAccessibleDescription(text)

    def _offer_acts(self, *, settle: bool, again: bool) -> None:
        if self._acts is None:
            if not settle and not again:
                return
            self._acts = FieldActs(self)
            self._stack.addWidget(self._acts)
        self._acts.offer(settle=settle, again=again)

    def _label(self, *, below: QWidget) -> QLabel:
        label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setAlignment(leading())
        self._stack.insertWidget(self._stack.indexOf(below) + 1, label)
        return label

    def _build(self) -> None:
        self._heading.setProperty("tone", "heading")
        self._heading.setAlignment(leading())
        self._heading.setBuddy(self.editor)
        self._top.setSpacing(5)
        self._top.addWidget(self._heading, 1)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(4)
        self._stack.addLayout(self._top)
        self._stack.addWidget(self.editor)


class FieldStanding(QWidget):
    """How far an edit is: a sign and a few words."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._state: EditState | None = None
        self._sign = QLabel()
        self._sign.setFixedSize(QSize(SIGN_PX, SIGN_PX))
        self._words = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._words.setProperty("tone", "caption")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self._sign)
        layout.addWidget(self._words)
        theme.changed.connect(self._dress)

    @property
    def text(self) -> str:
        """The words."""
        return self._words.text()

    def show_state(self, state: EditState | None) -> None:
        """Tell about this; None hides it."""
        self._state = state
        self._words.setText(state_text(state) if state else "")
        self.setVisible(state is not None)
        self._dress()

    def _dress(self) -> None:
        if self._state in BADGES:
            icon, badge = BADGES[self._state]
            ink = getattr(self._theme.tokens, badge).soft_ink
            self._sign.setPixmap(self._icons.pixmap(icon, ink, SIGN_PX, self.devicePixelRatioF()))


class FieldActs(QWidget):
    """What can be done about an edit that did not arrive."""

    def __init__(self, row: FieldRow) -> None:
        super().__init__()
        self._title = row.title
        self._settle = self._act(self.tr("Choose…"), row.settleWanted)
        self._again = self._act(self.tr("Try again"), row.againWanted)
        self._discard = self._act(self.tr("Give up"), row.discardWanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for button in (self._settle, self._again, self._discard):
            layout.addWidget(button)
        layout.addStretch(1)

    def offer(self, *, settle: bool, again: bool) -> None:
        """Offer to choose between two values, or to send one more time."""
        self._settle.setVisible(settle)
        self._again.setVisible(again)
        self._discard.setVisible(again)
        self.setVisible(settle or again)

    def _act(self, text: str, signal: object) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.setProperty("kind", "quiet")
        button.setAccessibleName(f"{text.rstrip('…')}: {isolated(self._title)}")
        button.clicked.connect(signal)
        return button


def _tell(label: QLabel | None, text: str) -> None:
    """Fill a label that is hidden where it has nothing to say; nothing moves if it says so."""
    if label is None or (label.text() == text and label.isHidden() is not bool(text)):
        return
    label.setText(text)
    label.setVisible(bool(text))
