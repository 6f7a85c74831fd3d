"""Two values of one field: what we said and what somebody else said; a person chooses or merges."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.edits import Conflict, Subject, checked
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.master_sheet import checked_standard
from bridge_app.domain.metadata_fields import FieldType, FieldValue, MetadataField
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.metadata_values import parsed
from bridge_app.domain.standard_fields import Shape, field_of, parsed_value
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.metadata_wording import field_text, value_words
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.theme import Theme

WIDTH_PX = 540
MERGED_PX = 84
MOST_LINES = 600
"""Letters of a value that a card shows; all of it can be read in the third value."""


class ConflictChoice(QWidget):
    """Both values as cards below what both started from; nothing is chosen beforehand."""

    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._conflict: Conflict | None = None
        self._field: MetadataField | None = None
        self._base = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.ours = QRadioButton(self.tr("&Yours"))
        self.theirs = QRadioButton(self.tr("&Theirs, which is there now"))
        self.merged = QRadioButton(self.tr("A &third value"))
        self._values = (QLabel(), QLabel())
        self._notes = (QLabel(), QLabel())
        self.text = QPlainTextEdit()
        self._group = QButtonGroup(self)
        self._build()

    def show_conflict(
        self, conflict: Conflict, schema: Schema, *, ours_by: str = "", theirs_by: str = ""
    ) -> None:
        """Ask about this one; `ours_by` and `theirs_by` say who said it, and when."""
        is_field = conflict.path.subject is Subject.METADATA
        self._conflict = conflict
        self._field = schema.field(conflict.path.key) if is_field else None
        before = self._words(conflict.base)
        self._base.setText(self.tr("Before: {value}").format(value=before))
        cards = zip((conflict.ours, conflict.theirs), (ours_by, theirs_by), strict=True)
        for at, (value, by) in enumerate(cards):
            words = self._words(value)
            self._values[at].setText(
                words if len(words) <= MOST_LINES else f"{words[:MOST_LINES]}…"
            )
            self._notes[at].setText(by)
            self._notes[at].setVisible(bool(by))
            (self.ours, self.theirs)[at].setAccessibleDescription(f"{words} {by}".strip())
        self.text.setPlainText(self._merge_text())
        self._choose_nothing()

    @property
    def is_decided(self) -> bool:
        """Has a person chosen one?"""
        return self._group.checkedButton() is not None

    def value(self) -> FieldValue:
        """What the field is to have. Raises InvalidInputError for a third value it cannot have."""
        conflict = self._conflict
        if conflict is None:
            return None
        if self.ours.isChecked():
            return conflict.ours
        if self.theirs.isChecked():
            return conflict.theirs
        text = self.text.toPlainText()
        if conflict.path.subject is Subject.STANDARD:
            known = field_of(conflict.path)
            value = parsed_value(known, text) if known else text
            return checked_standard(conflict.path, value)
        return checked(conflict.path, parsed(self._field, text) if self._field else text)

    def _build(self) -> None:
        for button in (self.ours, self.theirs, self.merged):
            self._group.addButton(button)
        self._group.buttonClicked.connect(self._tell)
        self.text.setFixedHeight(MERGED_PX)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("A third value"))
        self._base.setProperty("tone", "muted")
        self._base.setAlignment(leading())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._base)
        for at, button in enumerate((self.ours, self.theirs)):
            layout.addWidget(self._card(button, at))
        layout.addWidget(self.merged)
        layout.addWidget(self.text)
        layout.addStretch(1)

    def _card(self, button: QRadioButton, at: int) -> QFrame:
        card = QFrame()
        card.setProperty("surface", "card")
        words, note = self._values[at], self._notes[at]
        for label in (words, note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(leading())
        note.setProperty("tone", "caption")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 10, 14, 12)
        inside.setSpacing(6)
        for part in (button, words, note):
            inside.addWidget(part)
        return card

    def _choose_nothing(self) -> None:
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)
        self.text.setEnabled(False)
        written = not self._is_listed()
        self.merged.setVisible(written)
        self.text.setVisible(written)

    def _is_listed(self) -> bool:
        """Is a value chosen from a list, not written?"""
        conflict = self._conflict
        known = field_of(conflict.path) if conflict else None
        if known is not None:
            return known.shape is Shape.CHOICE
        return self._field is not None and self._field.type is FieldType.ENUM

    def _words(self, value: FieldValue) -> str:
        return self._plain(value) if value is not None else self.tr("(nothing)")

    def _plain(self, value: FieldValue) -> str:
        return value_words(self._conflict.path, value, self._field) if self._conflict else ""

    def _merge_text(self) -> str:
        """Both, one after the other, as a beginning; where only one line fits, ours."""
        conflict = self._conflict
        if conflict is None:
            return ""
        ours, theirs = self._plain(conflict.ours), self._plain(conflict.theirs)
        known = field_of(conflict.path)
        if known is not None:
            takes_lines = known.shape is Shape.PROSE
        else:
            is_text = self._field is None or self._field.type is FieldType.STRING
            takes_lines = is_text and conflict.path.subject is not Subject.DISPLAY_NAME
        return "\n".join(part for part in (theirs, ours) if part) if takes_lines else ours

    def _tell(self) -> None:
        self.text.setEnabled(self.merged.isChecked())
        if self.merged.isChecked():
            self.text.setFocus()
            self.text.selectAll()
        self.decided.emit()


class ConflictDialog(QDialog):
    """One conflict; `chosen` tells the value that the field is to have, None for no value."""

    chosen = Signal(object)  # FieldValue

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        conflict: Conflict,
        schema: Schema,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        is_field = conflict.path.subject is Subject.METADATA
        field = schema.field(conflict.path.key) if is_field else None
        title = field.label if field else field_text(conflict.path)
        self._head = DialogHead(
            theme,
            icons,
            "git-compare",
            title=self.tr("Two values for “{field}”").format(field=one_line(title)),
            text=self.tr(
                "Somebody else changed {asset} while your change was on its way. Nothing is lost: "
                "choose which value stays, or write a third one."
            ).format(asset=isolated(one_line(conflict.name))),
        )
        self._trouble = Banner(theme, icons)
        self.choice = ConflictChoice()
        self._keep = QPushButton(self.tr("Keep this"), default=True)
        layout = QVBoxLayout(self)
        self._build(layout)
        self.choice.show_conflict(conflict, schema)
        self.resize(WIDTH_PX, layout.totalHeightForWidth(WIDTH_PX))

    def _build(self, layout: QVBoxLayout) -> None:
        self.setWindowTitle(self._head.title)
        self.choice.decided.connect(lambda: self._keep.setEnabled(True))
        self.choice.text.textChanged.connect(self._trouble.hush)
        self._keep.setProperty("kind", "primary")
        self._keep.setEnabled(False)
        self._keep.clicked.connect(self._choose)
        later = QPushButton(self.tr("Decide later"), autoDefault=False)
        later.clicked.connect(self.reject)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self._trouble)
        layout.addWidget(self.choice)
        layout.addSpacing(4)
        layout.addLayout(dialog_foot(later, self._keep))

    def _choose(self) -> None:
        try:
            value = self.choice.value()
        except BridgeError as error:
            self._trouble.say(Tone.NEGATIVE, error_text(error))
            return
        self.accept()
        self.chosen.emit(value)
