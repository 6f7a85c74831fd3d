"""Rows of the standard fields: one for each field and language, told apart by their paths."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication

from bridge_app.domain.coordinates import sexagesimal
from bridge_app.domain.edit_sheet import Change, FieldSheet
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_fields import (
    Shape,
    StandardField,
    checked_value,
    field_of,
    language_of,
    parsed_value,
    text_of,
)
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.metadata_wording import choice_text, meaning_text, standard_text
from bridge_app.ui.panels.metadata_editors import ChoiceEditor, LongTextEditor, TextEditor
from bridge_app.ui.panels.metadata_row import FieldRow
from bridge_app.ui.panels.metadata_tags import Tag
from bridge_app.ui.panels.standard_editors import StandardEditor, editor_for
from bridge_app.ui.panels.standard_sheet import MasterSheet
from bridge_app.ui.panels.standard_stars import StarsEditor
from bridge_app.ui.panels.standard_words import WordsEditor
from bridge_app.ui.spelling.marks import SpellingMarks
from bridge_app.ui.spelling.speller import Speller
from bridge_app.ui.theme import Theme

WRITTEN = (TextEditor, LongTextEditor)


class StandardRow(FieldRow):
    """One standard field in one language: it reads what is typed, and tells it as a change.

    Args:
        field: The field at the path, where it is none of the standards.
    """

    said = Signal(object)  # Change
    stepWanted = Signal(int)
    entered = Signal(object)  # this row

    def __init__(
        self, theme: Theme, icons: Icons, path: FieldPath, field: StandardField | None = None
    ) -> None:
        known = field or field_of(path)
        if known is None:
            raise KeyError(path)
        self.field: StandardField = known
        self.language = language_of(path)
        title = standard_text(path, numbered=False)
        self._own: StandardEditor = editor_for(known, theme, icons, title=title)
        super().__init__(theme, icons, path=path, title=title, editor=self._own)
        self.speak_as(standard_text(path))
        self._value: FieldValue = None
        self._refused = False
        self._connect()

    def show_sheet(self, sheet: MasterSheet) -> None:
        """What the chosen masters say in it."""
        told = sheet.field(self.path)
        self._value, self._refused = told.value, False
        may, needed = sheet.may_edit(self.path), self.path.key in sheet.required
        if may:
            self.set_usable(on=True)
        else:
            nowhere = self.tr("There is no place for it at {service}.")
            self.set_usable(on=False, why=nowhere.format(service=isolated(sheet.service)))
        self.set_mandatory(on=needed)
        self.show_state(told)
        self._show_value(told)
        if may:
            self.set_note(self._word(sheet, told, needed=needed))

    @property
    def value(self) -> FieldValue:
        """What is shown; None for several values, too."""
        return self._value

    @property
    def is_busy(self) -> bool:
        """Has it the keyboard, or is what was typed in it not kept yet?"""
        focus = QApplication.focusWidget()
        # A list that is open is a window of its own.
        while focus is not None and focus is not self:
            focus = focus.parentWidget()
        return focus is self or (isinstance(self._own, TextEditor) and self._own.is_touched)

    def spell_with(self, speller: Speller) -> None:
        """Mark what no dictionary of its language knows."""
        if isinstance(self._own, WRITTEN):
            SpellingMarks(self._own, speller, self._theme, self.language)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Qt: the pointer is here."""
        super().enterEvent(event)
        self.entered.emit(self)

    def empty(self) -> None:
        """Say that there is nothing in it."""
        self._tell(Change(path=self.path, value=None))

    def leave(self) -> str:
        """Say what was typed. What is no value is taken back, and told: a sentence, else ""."""
        own = self._own
        if isinstance(own, ChoiceEditor):
            return ""
        typed = own.toPlainText() if isinstance(own, LongTextEditor) else ""
        typed = own.text() if isinstance(own, TextEditor) else typed
        own.finish()
        why = self.trouble_text
        if not self._refused or not isinstance(own, WRITTEN):
            return ""
        own.abandon()
        return self.tr("“{text}” was not kept: {why}").format(text=one_line(typed), why=why)

    def refuse(self, error: BridgeError) -> None:
        """What was said cannot be; it stays to be mended."""
        self._refused = True
        self.show_trouble(error)
        if isinstance(self._own, WRITTEN):
            self._own.refuse()

    def _show_value(self, told: FieldSheet) -> None:
        own = self._own
        if isinstance(own, WordsEditor):
            shared = told.value if isinstance(told.value, tuple) else ()
            some = (Tag(one, one, partly=True) for one in told.some)
            own.show_tags([*(Tag(one, one) for one in shared), *some])
        elif isinstance(own, StarsEditor | ChoiceEditor):
            own.show_value(told.value, mixed=told.mixed)
        else:
            own.show_value(text_of(self.field, told.value), mixed=told.mixed)

    def _word(self, sheet: MasterSheet, told: FieldSheet, *, needed: bool) -> str:
        """The quiet word below: what is missing, does not agree, or the same in other words."""
        if needed and told.value is None and not told.mixed:
            return self.tr("Needed before it can be pushed.")
        if sheet.differs(self.path):
            return self.tr(
                "The parts of the file disagree about it; this is what most programs show."
            )
        if self.field.shape is Shape.COORDINATE and told.value is not None:
            return isolated(sexagesimal(str(told.value)))
        return ""

    def _connect(self) -> None:
        own = self._own
        self.heading.setToolTip(meaning_text(self.field))
        own.setToolTip(meaning_text(self.field))
        if isinstance(own, ChoiceEditor):
            own.offer((value, choice_text(label)) for value, label in self.field.choices)
            own.said.connect(self._say)
        elif isinstance(own, WordsEditor):
            own.added.connect(self._add)
            own.removed.connect(lambda word: self._tell(Change(path=self.path, remove=(word,))))
            own.field.stepWanted.connect(self.stepWanted)
        elif isinstance(own, StarsEditor):
            own.said.connect(self._say)
            own.stepWanted.connect(self.stepWanted)
        else:
            own.typed.connect(self._look_at)
            own.said.connect(self._say)
            own.stepWanted.connect(self._step)

    def _look_at(self, text: str) -> None:
        """While a person types: is it going to be a value?"""
        try:
            parsed_value(self.field, text)
        except BridgeError as error:
            self.show_trouble(error)
        else:
            self._accept()

    def _accept(self) -> None:
        self._refused = False
        self.show_trouble(None)

    def _say(self, text: str) -> None:
        try:
            value = parsed_value(self.field, text)
        except BridgeError as error:
            self.refuse(error)
            return
        self._accept()
        self._tell(Change(path=self.path, value=value))

    def _add(self, text: str) -> None:
        try:
            words = checked_value(self.field, (text,))
        except BridgeError as error:
            self.refuse(error)
            return
        self._accept()
        if isinstance(words, tuple):
            self._tell(Change(path=self.path, add=words))

    def _step(self, steps: int) -> None:
        """On to the neighbour, unless something has to be mended here."""
        if not self._refused:
            self.stepWanted.emit(steps)

    def _tell(self, change: Change) -> None:
        self.said.emit(change)
