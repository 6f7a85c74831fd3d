"""The definition of one metadata field as a form: for a new one, or one that is there."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.metadata_fields import (
    AllOf,
    Bound,
    Entry,
    FieldType,
    Length,
    MetadataField,
    Pattern,
    UnknownCheck,
    Validation,
    WrongDefinitionError,
    entries_called,
)
from bridge_app.domain.metadata_values import parsed, shown
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.metadata_wording import type_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.parts.still_box import StillBox
from bridge_app.ui.theme import Theme

ENTRIES_PX = 110


class MetadataFieldForm(QWidget):
    """Fields for everything a definition has; `entered` tells one that can be sent."""

    entered = Signal(object)  # MetadataField
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._before: MetadataField | None = None
        self._trouble = Banner(theme, icons)
        self._title = QLabel()
        self._label, self._external_id = QLineEdit(), QLineEdit()
        self._type = StillBox()
        self._default = QLineEdit()
        self._least, self._most, self._pattern = QLineEdit(), QLineEdit(), QLineEdit()
        self._limits = (self._least, self._most, self._pattern)
        self._limits_before: list[str] = []
        self._entries = QPlainTextEdit()
        self._mandatory = QCheckBox(self.tr("&Mandatory: it must not be empty"))
        self._off = QCheckBox(self.tr("&Off until a rule switches it on"))
        self._for_programs = QCheckBox(self.tr("Only &programs set it; people read it"))
        self._keep = QPushButton(self.tr("Save"), default=True)
        self._form = Form()
        self._build()

    @property
    def is_new(self) -> bool:
        """No field that is there is meant."""
        return self._before is None

    def show_field(self, field: MetadataField | None) -> None:
        """Edit this one; None begins a new one."""
        self._before = field
        made = field or MetadataField(external_id="", label="", type=FieldType.STRING)
        self._title.setText(self.tr("Change a field") if field else self.tr("New field"))
        self._label.setText(made.label)
        self._external_id.setText(made.external_id)
        self._external_id.setEnabled(field is None)
        self._type.setCurrentIndex(self._type.findData(made.type.value))
        self._type.setEnabled(field is None)
        self._default.setText(shown(made, made.default))
        self._show_check(made.validation)
        values = [entry.value for entry in made.entries if entry.active]
        self._entries.setPlainText("\n".join(values))
        self._mandatory.setChecked(made.mandatory)
        self._off.setChecked(made.default_disabled)
        self._for_programs.setChecked(made.readonly_ui)
        self._trouble.hush()
        self._keep.setEnabled(True)
        self._tell()
        self._label.setFocus()

    def show_error(self, error: BridgeError) -> None:
        """It was not taken."""
        self._trouble.say(Tone.NEGATIVE, error_text(error))
        self._keep.setEnabled(True)

    def field(self) -> MetadataField:
        """What is entered. Raises InvalidInputError."""
        kind = FieldType(self._type.currentData())
        made = MetadataField(
            external_id=self._external_id.text().strip(),
            label=self._label.text().strip(),
            type=kind,
            mandatory=self._mandatory.isChecked(),
            validation=self._check(kind),
            default_disabled=self._off.isChecked(),
            readonly_ui=self._for_programs.isChecked(),
            dynamic_entries=self._before.dynamic_entries if self._before else False,
            entries=self._listed() if kind.has_datasource else (),
        )
        return replace(made, default=parsed(made, self._default.text()))

    def _build(self) -> None:
        self._title.setProperty("tone", "title")
        for kind in FieldType:
            self._type.addItem(type_text(kind), kind.value)
        self._type.activated.connect(self._tell)
        self._external_id.setPlaceholderText(self.tr("Made by Cloudinary if left empty"))
        self._entries.setFixedHeight(ENTRIES_PX)
        self._entries.setTabChangesFocus(True)
        self._entries.setPlaceholderText(self.tr("One value in each line"))
        rows = (
            (self.tr("&Label"), self._label),
            (self.tr("&External ID"), self._external_id),
            (self.tr("&Type"), self._type),
            (self.tr("&Values"), self._entries),
            (self.tr("&Default"), self._default),
            (self.tr("At &least"), self._least),
            (self.tr("At m&ost"), self._most),
            (self.tr("Patte&rn"), self._pattern),
        )
        self._form.setSpacing(8)
        for text, widget in rows:
            self._form.addRow(text, widget)
        self._keep.clicked.connect(self._enter)
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(10)
        layout.addWidget(self._title)
        layout.addWidget(self._trouble)
        layout.addLayout(self._form)
        for box in (self._mandatory, self._off, self._for_programs):
            layout.addWidget(box)
        layout.addStretch(1)
        layout.addLayout(form_foot(back, self._keep))

    def _tell(self) -> None:
        """Show what the type needs."""
        kind = FieldType(self._type.currentData())
        is_text = kind is FieldType.STRING
        self._form.setRowVisible(self._entries, kind.has_datasource)
        for bound in (self._least, self._most):
            self._form.setRowVisible(bound, is_text or kind.is_ordered)
            words = self.tr("So many characters") if is_text else self.tr("No limit")
            bound.setPlaceholderText(words)
        self._form.setRowVisible(self._pattern, is_text)

    def _enter(self) -> None:
        try:
            field = self.field()
        except BridgeError as error:
            self._trouble.say(Tone.NEGATIVE, error_text(error))
            return
        self._trouble.hush()
        self._keep.setEnabled(False)
        self.entered.emit(field)

    def _listed(self) -> tuple[Entry, ...]:
        """The entries: those that are, or were, called so are the same ones."""
        lines = (line.strip() for line in self._entries.toPlainText().splitlines())
        values = tuple(dict.fromkeys(filter(None, lines)))
        return entries_called(values, self._before.entries if self._before else ())

    def _show_check(self, check: Validation | None) -> None:
        """Bounds and patterns in their fields; anything else is kept as it is."""
        for field in self._limits:
            field.clear()
        for one in check.checks if isinstance(check, AllOf) else (check,):
            match one:
                case Bound():
                    (self._least if one.above else self._most).setText(str(one.value))
                case Length():
                    self._least.setText(str(one.least) if one.least else "")
                    self._most.setText("" if one.most is None else str(one.most))
                case Pattern():
                    self._pattern.setText(one.regex)
        self._limits_before = [field.text() for field in self._limits]

    def _check(self, kind: FieldType) -> Validation | None:
        """What is entered as limits. Raises InvalidInputError."""
        before = self._before.validation if self._before else None
        is_same = self._limits_before == [field.text() for field in self._limits]
        if kind.has_datasource or isinstance(before, UnknownCheck) or is_same:
            return before  # “greater than” and what the form does not know is not in its texts
        least, most = self._least.text().strip(), self._most.text().strip()
        found: list[Validation] = []
        if kind is FieldType.STRING:
            if least or most:
                length = Length(least=_count(least) or 0, most=_count(most))
                found.append(length)
            if self._pattern.text():
                found.append(Pattern(regex=self._pattern.text()))
        else:
            sample = MetadataField(external_id="", label=self._label.text(), type=kind)
            for text, above in ((least, True), (most, False)):
                value = parsed(sample, text)
                if isinstance(value, str | int):
                    found.append(Bound(value=value, above=above, equals=True))
        if len(found) > 1:
            return AllOf(checks=tuple(found))
        return found[0] if found else None


def _count(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdecimal():
        raise WrongDefinitionError(
            what=f"“{text}”",
            detail=QT_TRANSLATE_NOOP("facts", "a length is a number of characters"),
        )
    return int(text)
