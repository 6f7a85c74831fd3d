"""Two values of one field: what we said and what somebody else said; a person chooses or merges."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.edits import Conflict, Subject, checked
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_fields import FieldType, FieldValue, MetadataField
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.metadata_values import parsed, shown
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.metadata_wording import field_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.theme import Theme

WIDTH_PX = 540
MERGED_PX = 84


class ConflictDialog(QDialog):
    """Both values side by side with what both started from; nothing is chosen beforehand.

    `chosen` tells the value that the field is to have; None for no value.
    """

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
        self._conflict = conflict
        is_field = conflict.path.subject is Subject.METADATA
        self._field: MetadataField | None = schema.field(conflict.path.key) if is_field else None
        title = self._field.label if self._field else field_text(conflict.path)
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
        self._ours = QRadioButton(self.tr("&Yours"))
        self._theirs = QRadioButton(self.tr("&Theirs, which is there now"))
        self._merged = QRadioButton(self.tr("A &third value"))
        self._text = QPlainTextEdit()
        self._keep = QPushButton(self.tr("Keep this"), default=True)
        self._build()

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        group = QButtonGroup(self)
        for button in (self._ours, self._theirs, self._merged):
            group.addButton(button)
        group.buttonClicked.connect(self._tell)
        self._text.setFixedHeight(MERGED_PX)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("A third value"))
        self._text.setPlainText(self._merge_text())
        self._text.setEnabled(False)
        self._text.textChanged.connect(self._trouble.hush)
        # A list is chosen from, not written.
        listed = self._field is not None and self._field.type is FieldType.ENUM
        self._merged.setVisible(not listed)
        self._text.setVisible(not listed)
        self._keep.setProperty("kind", "primary")
        self._keep.setEnabled(False)
        self._keep.clicked.connect(self._choose)
        later = QPushButton(self.tr("Decide later"), autoDefault=False)
        later.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(later)
        buttons.addWidget(self._keep)
        base = QLabel(
            self.tr("Before: {value}").format(value=self._words(self._conflict.base)),
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        base.setProperty("tone", "muted")
        base.setAlignment(leading())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self._trouble)
        layout.addWidget(base)
        layout.addWidget(self._card(self._ours, self._conflict.ours))
        layout.addWidget(self._card(self._theirs, self._conflict.theirs))
        layout.addWidget(self._merged)
        layout.addWidget(self._text)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.resize(WIDTH_PX, layout.totalHeightForWidth(WIDTH_PX))

    def _card(self, button: QRadioButton, value: FieldValue) -> QFrame:
        card = QFrame()
        card.setProperty("surface", "card")
        words = QLabel(self._words(value), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        words.setAlignment(leading())
        button.setAccessibleDescription(words.text())
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 10, 14, 12)
        inside.setSpacing(6)
        inside.addWidget(button)
        inside.addWidget(words)
        return card

    def _words(self, value: FieldValue) -> str:
        if value is None:
            return self.tr("(nothing)")
        return self._plain(value)

    def _plain(self, value: FieldValue) -> str:
        if self._field is not None:
            return shown(self._field, value)
        if isinstance(value, tuple):
            return ", ".join(value)
        return "" if value is None else str(value)

    def _merge_text(self) -> str:
        """Both, one after the other, as a beginning."""
        ours, theirs = self._plain(self._conflict.ours), self._plain(self._conflict.theirs)
        is_text = self._field is None or self._field.type is FieldType.STRING
        is_text = is_text and self._conflict.path.subject is not Subject.DISPLAY_NAME
        return "\n".join(part for part in (theirs, ours) if part) if is_text else ours

    def _tell(self) -> None:
        self._keep.setEnabled(True)
        self._text.setEnabled(self._merged.isChecked())
        if self._merged.isChecked():
            self._text.setFocus()

    def _choose(self) -> None:
        try:
            value = self._value()
        except BridgeError as error:
            self._trouble.say(Tone.NEGATIVE, error_text(error))
            return
        self.accept()
        self.chosen.emit(value)

    def _value(self) -> FieldValue:
        """What the field is to have. Raises InvalidInputError for a third value it cannot have."""
        if self._ours.isChecked():
            return self._conflict.ours
        if self._theirs.isChecked():
            return self._conflict.theirs
        text = self._text.toPlainText()
        value = parsed(self._field, text) if self._field is not None else text
        return checked(self._conflict.path, value)
