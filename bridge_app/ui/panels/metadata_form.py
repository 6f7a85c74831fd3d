"""The rows of the metadata form, made of a sheet and its schema, and filled without blinking.

They tell what a person said as `Change`s; whoever owns the form has it recorded.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.edit_sheet import Change, FieldSheet, Sheet, joint_states
from bridge_app.domain.edits import (
    DESCRIPTION,
    DISPLAY_NAME,
    TAGS,
    TITLE,
    FieldPath,
    Subject,
    checked,
)
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.metadata_fields import FieldType, FieldValue, MetadataField
from bridge_app.domain.metadata_rules import FieldState
from bridge_app.domain.metadata_values import fault, parsed
from bridge_app.ui.icons import Icons
from bridge_app.ui.metadata_wording import field_text
from bridge_app.ui.panels.metadata_editors import (
    ChoiceEditor,
    DateEditor,
    KeyEntry,
    LongTextEditor,
    TextEditor,
)
from bridge_app.ui.panels.metadata_row import FieldRow
from bridge_app.ui.panels.metadata_tags import Tag, TagsEditor
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.theme import Theme

WORDS = (TextEditor, LongTextEditor)


class MetadataForm(QWidget):
    """Tags, names, context, and a row for each structured field."""

    said = Signal(object)  # Change
    settleWanted = Signal(object)  # FieldPath
    againWanted = Signal(object)  # FieldPath
    discardWanted = Signal(object)  # FieldPath
    stepWanted = Signal(int)  # assets on, or back

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._sheet = Sheet()
        self._states: dict[str, FieldState] = {}
        self._rows: dict[FieldPath, FieldRow] = {}
        self._shape: object = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(14)

    def row(self, path: FieldPath) -> FieldRow:
        """The row of a field."""
        return self._rows[path]

    @property
    def rows(self) -> Sequence[FieldRow]:
        """All rows in their order."""
        return tuple(self._rows.values())

    def show_sheet(self, sheet: Sheet, mode: FolderMode) -> None:
        """Show what the assets say; rows are made anew only if other fields are to be shown."""
        self._sheet = sheet
        self._states = joint_states(sheet.assets, sheet.schema)
        paths = self._paths(sheet)
        shape = (paths, sheet.schema)
        if shape != self._shape:
            self._shape = shape
            self._make_rows(paths)
        for path in paths:
            self._fill(path, sheet.field(path))
        self._allow_naming(len(sheet.assets), mode)

    def _allow_naming(self, count: int, mode: FolderMode) -> None:
        """A display name is one asset's own, and only dynamic folders have any."""
        row = self._rows[DISPLAY_NAME]
        if mode is FolderMode.FIXED:
            why = self.tr("Here the name is part of the public ID; renaming changes the address.")
            row.set_usable(on=False, why=why)
        else:
            row.set_usable(on=count == 1, why=self.tr("Each asset has a name of its own."))

    def offer(self, tags: Sequence[str]) -> None:
        """What the tags complete to."""
        editor = self._rows[TAGS].editor
        if isinstance(editor, TagsEditor):
            editor.offer(tags)

    def _paths(self, sheet: Sheet) -> tuple[FieldPath, ...]:
        own = (TAGS, DISPLAY_NAME, TITLE, DESCRIPTION)
        context = sorted(
            path for path in sheet.fields if path.subject is Subject.CONTEXT and path not in own
        )
        known = [FieldPath(Subject.METADATA, field.external_id) for field in sheet.schema.fields]
        return (*own, *known, *context)

    def _make_rows(self, paths: Sequence[FieldPath]) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._rows = {path: self._new_row(path) for path in paths}
        heads = {
            Subject.METADATA: self.tr("Structured metadata"),
            Subject.CONTEXT: self.tr("Context"),
        }
        before: Subject | None = None
        for path, row in self._rows.items():
            is_own = path in (TAGS, DISPLAY_NAME, TITLE, DESCRIPTION)
            if not is_own and path.subject is not before:
                self._add_head(heads[path.subject])
            before = before if is_own else path.subject
            self._layout.addWidget(row)
        if before is not Subject.CONTEXT:
            self._add_head(heads[Subject.CONTEXT])
        entry = KeyEntry()
        entry.said.connect(self._say_key)
        self._layout.addWidget(entry)

    def _add_head(self, text: str) -> None:
        head = QLabel(text)
        head.setProperty("tone", "strong")
        head.setAlignment(leading())
        self._layout.addWidget(head)

    def _new_row(self, path: FieldPath) -> FieldRow:
        field = self._field(path)
        row = FieldRow(
            self._theme,
            self._icons,
            path=path,
            title=self._title(path),
            editor=self._new_editor(path, field),
            mandatory=field.mandatory if field else False,
        )
        row.settleWanted.connect(partial(self.settleWanted.emit, path))
        row.againWanted.connect(partial(self.againWanted.emit, path))
        row.discardWanted.connect(partial(self.discardWanted.emit, path))
        return row

    def _title(self, path: FieldPath) -> str:
        field = self._field(path)
        return field.label if field else field_text(path)

    def _new_editor(self, path: FieldPath, field: MetadataField | None) -> QWidget:
        kind = field.type if field else None
        if path == TAGS or kind is FieldType.SET:
            return self._tags_editor(path)
        if kind is FieldType.ENUM:
            choice = ChoiceEditor()
            choice.said.connect(partial(self._say_words, path))
            return choice
        words: TextEditor | LongTextEditor
        if kind is FieldType.DATE:
            words = DateEditor(self._theme, self._icons)
        elif path == DESCRIPTION or self._has_lines(path):
            words = LongTextEditor()
        else:
            words = TextEditor(whole_number=kind is FieldType.INTEGER)
        words.typed.connect(partial(self._look_at, path))
        words.said.connect(partial(self._say_words, path))
        words.stepWanted.connect(self.stepWanted)
        return words

    def _tags_editor(self, path: FieldPath) -> TagsEditor:
        made = TagsEditor(
            self._theme,
            self._icons,
            placeholder=self.tr("Add a tag") if path == TAGS else self.tr("Add a value"),
            name=self._title(path),
        )
        made.added.connect(partial(self._add, path))
        made.field.stepWanted.connect(self.stepWanted)
        made.removed.connect(lambda value: self.said.emit(Change(path=path, remove=(value,))))
        return made

    def _fill(self, path: FieldPath, sheet: FieldSheet) -> None:
        row, field = self._rows[path], self._field(path)
        row.show_state(sheet)
        state = self._states.get(path.key, FieldState()) if field else FieldState()
        editor = row.editor
        if isinstance(editor, TagsEditor):
            editor.show_tags(_tags(sheet, field))
            if field is not None:
                editor.offer([words for _, words in _entries(field, state.allowed)])
        elif isinstance(editor, ChoiceEditor):
            if field is not None:
                editor.offer(_entries(field, state.allowed))
            editor.show_value(sheet.value, mixed=sheet.mixed)
        elif isinstance(editor, WORDS):
            editor.show_value(sheet.value, mixed=sheet.mixed)
        if field is not None:
            self._apply_rules(row, field, state)

    def _apply_rules(self, row: FieldRow, field: MetadataField, state: FieldState) -> None:
        row.set_mandatory(on=state.mandatory)
        if field.readonly_ui:
            row.set_usable(on=False, why=self.tr("Set by programs; people only read it."))
        else:
            why = self.tr("Switched off by a rule for what the other fields say.")
            row.set_usable(on=state.enabled, why=why)

    def _look_at(self, path: FieldPath, text: str) -> None:
        """While a person types: is it going to be a value?"""
        self._rows[path].show_trouble(self._fault(path, text))

    def _say_words(self, path: FieldPath, text: str) -> None:
        trouble = self._fault(path, text)
        row = self._rows[path]
        row.show_trouble(trouble)
        if trouble is None:
            self.said.emit(Change(path=path, value=self._value(path, text)))
        elif isinstance(row.editor, WORDS):
            row.editor.refuse()

    def _fault(self, path: FieldPath, text: str) -> BridgeError | Trouble | None:
        field = self._field(path)
        try:
            value = checked(path, self._value(path, text))
        except BridgeError as error:
            return error
        if field is None:
            return None
        return fault(field, value, self._states.get(path.key, FieldState()))

    def _value(self, path: FieldPath, text: str) -> FieldValue:
        field = self._field(path)
        return text if field is None else parsed(field, text)

    def _add(self, path: FieldPath, text: str) -> None:
        """A tag, or an entry of a set by what people read."""
        field, row = self._field(path), self._rows[path]
        try:
            value = parsed(field, [text]) if field is not None else (text,)
            added = checked(path, value)
        except BridgeError as error:
            row.show_trouble(error)
            return
        row.show_trouble(None)
        if isinstance(added, tuple):
            self.said.emit(Change(path=path, add=added))

    def _say_key(self, key: str, value: str) -> None:
        self.said.emit(Change(path=FieldPath(Subject.CONTEXT, key), value=value))

    def _field(self, path: FieldPath) -> MetadataField | None:
        is_field = path.subject is Subject.METADATA
        return self._sheet.schema.field(path.key) if is_field else None

    def _has_lines(self, path: FieldPath) -> bool:
        value = self._sheet.field(path).value
        return isinstance(value, str) and ("\n" in value or len(value) > 120)


def _tags(sheet: FieldSheet, field: MetadataField | None) -> list[Tag]:
    read: Callable[[str], str] = field.label_of if field is not None else str
    shared = sheet.value if isinstance(sheet.value, tuple) else ()
    return [
        *(Tag(one, read(one)) for one in shared),
        *(Tag(one, read(one), partly=True) for one in sheet.some),
    ]


def _entries(field: MetadataField, allowed: frozenset[str] | None) -> list[tuple[str, str]]:
    """Identity and words of what can be chosen."""
    return [
        (entry.external_id, entry.value)
        for entry in field.entries
        if entry.active and (allowed is None or entry.external_id in allowed)
    ]
