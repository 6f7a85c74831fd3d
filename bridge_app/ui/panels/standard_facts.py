"""What a camera wrote, to be read and copied: names before values, nothing of what is not there."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bridge_app.domain.standard_fields import Shape, StandardField, path_of, text_of
from bridge_app.ui.messages import moment_text, one_line
from bridge_app.ui.metadata_wording import meaning_text, standard_text
from bridge_app.ui.panels.standard_sheet import MasterSheet
from bridge_app.ui.parts.rule import leading

NAME_PART, VALUE_PART = 2, 3


class StandardFacts(QWidget):
    """A line for each fact; hidden where there is none."""

    def __init__(self, fields: Iterable[StandardField]) -> None:
        super().__init__()
        self._fields = tuple(fields)
        self._lines: dict[str, tuple[QLabel, QLabel]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, NAME_PART)
        self._grid.setColumnStretch(1, VALUE_PART)
        self.setVisible(False)

    @property
    def texts(self) -> dict[str, str]:
        """What is shown, by the identity of the field."""
        shown = {name: line for name, line in self._lines.items() if not line[1].isHidden()}
        return {name: value.text() for name, (_, value) in shown.items()}

    def show_sheet(self, sheet: MasterSheet) -> None:
        """What the chosen masters have of these."""
        any_shown = False
        for at, known in enumerate(self._fields):
            told = sheet.field(path_of(known.id))
            text = self.tr("Several values") if told.mixed else _text(known, told.value)
            any_shown = any_shown or bool(text)
            if text or known.id in self._lines:
                self._show(at, known, text)
        self.setVisible(any_shown)

    def _show(self, at: int, known: StandardField, text: str) -> None:
        name, value = self._lines.get(known.id) or self._new_line(at, known)
        if value.text() == text and value.isHidden() is not bool(text):
            return
        value.setText(text)
        for label in (name, value):
            label.setVisible(bool(text))

    def _new_line(self, at: int, known: StandardField) -> tuple[QLabel, QLabel]:
        name = QLabel(standard_text(path_of(known.id)), wordWrap=True)
        name.setProperty("tone", "muted")
        name.setToolTip(meaning_text(known))
        value = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(name.text())
        for column, label in enumerate((name, value)):
            label.setAlignment(leading() | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, at, column)
        self._lines[known.id] = (name, value)
        return name, value


def _text(known: StandardField, value: object) -> str:
    text = text_of(known, value if isinstance(value, str | int | tuple) else None)
    return moment_text(text) if known.shape is Shape.MOMENT and text else one_line(text)
