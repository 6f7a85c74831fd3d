"""Structured metadata that a push gives everything it sends: chosen fields and their values."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from bridge_app.domain.edits import FieldPath, Subject
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_fields import FieldType, FieldValue, MetadataField
from bridge_app.domain.metadata_rules import FieldState, Schema
from bridge_app.domain.metadata_values import fault, parsed
from bridge_app.domain.push_metadata import Pairs
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.panels.metadata_editors import ChoiceEditor, DateEditor, TextEditor
from bridge_app.ui.panels.metadata_row import FieldRow
from bridge_app.ui.panels.metadata_tags import Tag, TagsEditor
from bridge_app.ui.theme import Theme

COLUMNS = 3


class PushMetadata(QWidget):
    """A list of fields to choose from, and a row for each that was chosen.

    It is hidden where no field is known. `edited` tells that a person changed a value.
    """

    edited = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._schema = Schema()
        self._values: dict[str, FieldValue] = {}
        self._rows: dict[str, FieldRow] = {}
        self._refused: set[str] = set()
        """Fields in which something stands that is no value; it stays to be mended."""
        self._chooser = QComboBox()
        self._grid = QGridLayout()
        self._build()

    @property
    def said(self) -> Pairs:
        """The values, by their fields' external IDs."""
        said = sorted(self._values.items())
        return tuple((name, value) for name, value in said if value is not None)

    @property
    def is_right(self) -> bool:
        """Is everything that was said a value of its field?"""
        return not any(row.trouble_text for row in self._rows.values())

    def row(self, name: str) -> FieldRow:
        """The row of a field that was chosen, by its external ID."""
        return self._rows[name]

    def offer(self, schema: Schema) -> None:
        """The fields of the environment. What was said of others is forgotten."""
        if schema == self._schema:
            return
        self._schema = schema
        self._values.clear()
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows.clear()
        self._refused.clear()
        self._fill_chooser()

    def choose(self, name: str) -> FieldRow | None:
        """Show the row of a field; None if there is no such field."""
        field = self._schema.field(name)
        if field is None:
            return None
        if name not in self._rows:
            row, column = divmod(len(self._rows), COLUMNS)
            self._rows[name] = self._new_row(field)
            self._grid.addWidget(self._rows[name], row, column, Qt.AlignmentFlag.AlignTop)
            self._fill_chooser()
            self._show()
        return self._rows[name]

    def _build(self) -> None:
        heading = QLabel(self.tr("Structured &metadata"))
        heading.setProperty("tone", "heading")
        heading.setBuddy(self._chooser)
        self._chooser.setToolTip(self.tr("Everything that is sent gets these values"))
        self._chooser.activated.connect(self._pick)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        top = QGridLayout()
        top.setHorizontalSpacing(16)
        for column in range(COLUMNS):
            top.setColumnStretch(column, 1)
        top.addWidget(heading, 0, 0)
        top.addWidget(self._chooser, 1, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(self._grid)
        self._fill_chooser()

    def _fill_chooser(self) -> None:
        fields = [one for one in self._schema.fields if not one.readonly_ui]
        self._chooser.clear()
        self._chooser.addItem(self.tr("Choose a field…"), "")
        for field in fields:
            if field.external_id not in self._rows:
                self._chooser.addItem(one_line(field.label), field.external_id)
        self._chooser.setEnabled(self._chooser.count() > 1)
        self._chooser.setVisible(bool(fields))
        for label in self.findChildren(QLabel):
            if label.buddy() is self._chooser:
                label.setVisible(bool(fields))

    def _pick(self, at: int) -> None:
        row = self.choose(str(self._chooser.itemData(at) or ""))
        if row is not None:
            row.editor.setFocus()

    def _new_row(self, field: MetadataField) -> FieldRow:
        path = FieldPath(Subject.METADATA, field.external_id)
        editor = self._new_editor(field)
        return FieldRow(self._theme, self._icons, path=path, title=field.label, editor=editor)

    def _new_editor(self, field: MetadataField) -> QWidget:
        if field.type is FieldType.SET:
            tags = TagsEditor(
                self._theme, self._icons, placeholder=self.tr("Add a value"), name=field.label
            )
            tags.added.connect(partial(self._add, field))
            tags.removed.connect(partial(self._remove, field))
            return tags
        if field.type is FieldType.ENUM:
            choice = ChoiceEditor()
            choice.said.connect(partial(self._say, field))
            return choice
        text = (
            DateEditor(self._theme, self._icons)
            if field.type is FieldType.DATE
            else TextEditor(whole_number=field.type is FieldType.INTEGER)
        )
        text.said.connect(partial(self._say, field))
        text.typed.connect(partial(self._type, field, text))
        return text

    def _say(self, field: MetadataField, text: str) -> None:
        try:
            value = parsed(field, text)
        except BridgeError as error:
            row = self._rows[field.external_id]
            self._refused.add(field.external_id)
            row.show_trouble(error)
            if isinstance(row.editor, TextEditor):
                row.editor.refuse()
            self.edited.emit()
            return
        self._keep(field, value)

    def _type(self, field: MetadataField, text: TextEditor, _: str) -> None:
        """What was refused is wiped out: the field says again what it said before."""
        if field.external_id in self._refused and not text.is_touched:
            self._keep(field, self._values.get(field.external_id))

    def _add(self, field: MetadataField, text: str) -> None:
        """An entry of a set by what people read."""
        try:
            fresh = parsed(field, [text])
        except BridgeError as error:
            # What is no entry was not taken: the others are what is said.
            self._rows[field.external_id].set_note(error_text(error))
            return
        self._rows[field.external_id].set_note("")
        there = self._values.get(field.external_id)
        self._keep(field, _joined(there, fresh))

    def _remove(self, field: MetadataField, value: str) -> None:
        there = self._values.get(field.external_id)
        left = tuple(one for one in there if one != value) if isinstance(there, tuple) else ()
        self._keep(field, left or None)

    def _keep(self, field: MetadataField, value: FieldValue) -> None:
        self._values[field.external_id] = value
        self._refused.discard(field.external_id)
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        """Every row as what was said and the rules make it."""
        said = {name: value for name, value in self._values.items() if value is not None}
        states = self._schema.states(said)
        for name, row in self._rows.items():
            field = self._schema.field(name)
            if field is not None:
                if name not in self._refused:
                    _fill(row, field, self._values.get(name), states[name])
                if row.editor.isEnabled() is not states[name].enabled:
                    why = self.tr("Switched off by a rule for what the other fields say.")
                    row.set_usable(on=states[name].enabled, why=why)


def _fill(row: FieldRow, field: MetadataField, value: FieldValue, state: FieldState) -> None:
    editor = row.editor
    entries = [
        (entry.external_id, entry.value)
        for entry in field.entries
        if entry.active and (state.allowed is None or entry.external_id in state.allowed)
    ]
    if isinstance(editor, TagsEditor):
        editor.offer([words for _, words in entries])
        shown = value if isinstance(value, tuple) else ()
        editor.show_tags([Tag(one, field.label_of(one)) for one in shown])
    elif isinstance(editor, ChoiceEditor):
        editor.offer(entries)
        editor.show_value(value, mixed=False)
    elif isinstance(editor, TextEditor):
        editor.show_value(value, mixed=False)
    row.show_trouble(fault(field, value, state) if value is not None else None)


def _joined(there: FieldValue, fresh: FieldValue) -> FieldValue:
    sets = [set(one) for one in (there, fresh) if isinstance(one, tuple)]
    return tuple(sorted(set().union(*sets))) or None
