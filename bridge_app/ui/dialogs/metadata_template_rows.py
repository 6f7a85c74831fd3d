"""The rows of a template: which field, how it meets what is there, and a text with variables."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QGridLayout,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.edits import FieldPath
from bridge_app.domain.metadata_templates import VARIABLES, TemplateRow, Way
from bridge_app.domain.standard_fields import FIELDS, Shape, field_of, language_of, path_of
from bridge_app.domain.standard_schema import LISTED, MOST_ENTRIES
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import language_text, number_text
from bridge_app.ui.metadata_wording import standard_text
from bridge_app.ui.panels.standard_tool import LANGUAGES
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.parts.still_box import StillBox
from bridge_app.ui.parts.tab_order import TabPlace
from bridge_app.ui.theme import Theme

ICON_PX = 16
LINE_PX, LINES_PX = 34, 74
FIELD_PX, WAY_PX = 190, 120


class TextWithVariables(QPlainTextEdit):
    """A text of a template; one line high where its field has one line."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setPlaceholderText("{filename}")

    def show_lines(self, *, several: bool) -> None:
        """How high it is."""
        self.setFixedHeight(LINES_PX if several else LINE_PX)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded if several else off)
        self.setLineWrapMode(self.LineWrapMode.WidgetWidth if several else self.LineWrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(off)

    def insert_variable(self, name: str) -> None:
        """Put a variable where the cursor is."""
        self.insertPlainText(f"{{{name}}}")
        self.setFocus()


class TemplateRowForm(QWidget):
    """One row; below its field, which language of it, and which structure of a list it is.

    Signals:
        edited: A person changed it.
        removeWanted: It shall go.
    """

    edited = Signal()
    removeWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons, row: TemplateRow) -> None:
        super().__init__()
        self.field, self.way = StillBox(), StillBox()
        self.language, self.number = StillBox(), StillBox()
        self.text = TextWithVariables(self.tr("Text"))
        self._variables, self._remove = QToolButton(), QToolButton()
        self._icons = icons
        self._build()
        self._show(row)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What the tab key leads to, in this order."""
        which = (self.language, self.number)
        return (self.field, self.way, *which, self.text, self._variables, self._remove)

    @property
    def row(self) -> TemplateRow:
        """What it says now."""
        way = Way(self.way.currentData())
        return TemplateRow(path=self._path(), text=self.text.toPlainText(), way=way)

    def _build(self) -> None:
        self.field.setFixedWidth(FIELD_PX)
        self.field.setAccessibleName(self.tr("Field"))
        # As wide as its longest word is in this language.
        self.way.setMinimumWidth(WAY_PX)
        self.way.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.way.setAccessibleName(self.tr("What becomes of what is there"))
        self.language.setFixedWidth(FIELD_PX)
        self.language.setAccessibleName(self.tr("Language"))
        self.number.setMinimumWidth(WAY_PX)
        self.number.setAccessibleName(self.tr("Which of them"))
        for way, name in (
            (Way.SET, self.tr("Replace")),
            (Way.ADD, self.tr("Add")),
            (Way.FILL, self.tr("If empty")),
        ):
            self.way.addItem(name, way.value)
        self._variables.setToolTip(self.tr("Insert a variable"))
        self._variables.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._variables.setMenu(self._menu())
        self._remove.setToolTip(self.tr("Remove this row"))
        for button in (self._variables, self._remove):
            button.setAccessibleName(button.toolTip())
        line = QGridLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setHorizontalSpacing(6)
        top = Qt.AlignmentFlag.AlignTop
        line.setVerticalSpacing(6)
        for place, part in enumerate((self.field, self.way, self.language, self.number)):
            line.addWidget(part, place // 2, place % 2, top)
        line.addWidget(self.text, 0, 2, 2, 1, top)
        line.addWidget(self._variables, 0, 3, top)
        line.addWidget(self._remove, 0, 4, top)
        line.setColumnStretch(2, 1)
        self.field.activated.connect(self._field_chosen)
        for choice in (self.way, self.language, self.number):
            choice.activated.connect(lambda _: self.edited.emit())
        self.text.textChanged.connect(self.edited)
        self._remove.clicked.connect(lambda _: self.removeWanted.emit())

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for name in VARIABLES:
            action = menu.addAction(f"{{{name}}}")
            action.triggered.connect(partial(self._insert, name))
        return menu

    def _insert(self, name: str, *_: bool) -> None:
        self.text.insert_variable(name)

    def _show(self, row: TemplateRow) -> None:
        known, language = field_of(row.path), language_of(row.path)
        plain = path_of(known.base) if known else row.path
        paths = [*dict.fromkeys((*(path_of(one.id) for one in FIELDS if one.editable), plain))]
        for path in paths:
            self.field.addItem(standard_text(path), path)
        self.field.setCurrentIndex(paths.index(plain))
        self.language.addItem(self.tr("Default"), "")
        for tag in dict.fromkeys((*LANGUAGES, *filter(None, (language,)))):
            self.language.addItem(language_text(tag), tag)
        self.language.setCurrentIndex(self.language.findData(language))
        for number in range(1, MOST_ENTRIES + 1):
            self.number.addItem(number_text(number), number)
        self.number.setCurrentIndex(known.number - 1 if known else 0)
        self.way.setCurrentIndex(self.way.findData(row.way.value))
        self.text.blockSignals(True)  # noqa: FBT003 - Qt's
        self.text.setPlainText(row.text)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.blockSignals(False)  # noqa: FBT003 - Qt's
        self._fit()

    def _fit(self) -> None:
        known = field_of(self.field.currentData())
        self.text.show_lines(several=known is not None and known.shape is Shape.PROSE)
        self.language.setVisible(known is not None and known.by_language)
        self.number.setVisible(known is not None and known.group in LISTED)

    def _path(self) -> FieldPath:
        plain: FieldPath = self.field.currentData()
        known = field_of(plain)
        if known is None:
            return plain
        number = self.number.currentData() if known.group in LISTED else 1
        language = self.language.currentData() if known.by_language else ""
        return path_of(known.nth(number).id, language)

    def _field_chosen(self, _: int) -> None:
        self.language.setCurrentIndex(0)
        self.number.setCurrentIndex(0)
        self._fit()
        self.edited.emit()

    def _dress(self) -> None:
        self._variables.setIcon(self._icons.icon("code", size_px=ICON_PX))
        self._remove.setIcon(self._icons.icon("x", size_px=ICON_PX))


class TemplateRows(SeeingScroll):
    """All rows, and a button for one more.

    Signals:
        edited: A person changed something.
    """

    edited = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self.forms: list[TemplateRowForm] = []
        self.add = QPushButton(self.tr("Add Field"), autoDefault=False)
        self.add.setProperty("kind", "quiet")
        self.add.clicked.connect(self._add)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(8)
        self._place = TabPlace()
        self._place.setParent(inside)
        self._lines.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines.addStretch(1)
        self.setWidget(inside)
        self.setAccessibleName(self.tr("Fields of the template"))

    @property
    def rows(self) -> tuple[TemplateRow, ...]:
        """What they say now."""
        return tuple(form.row for form in self.forms)

    def show_rows(self, rows: Sequence[TemplateRow]) -> None:
        """Show these instead."""
        for form in self.forms:
            form.deleteLater()
            form.setParent(None)
        self.forms = []
        for row in rows:
            self._put(row)

    def _put(self, row: TemplateRow) -> TemplateRowForm:
        form = TemplateRowForm(self._theme, self._icons, row)
        form.edited.connect(self.edited)
        form.removeWanted.connect(partial(self._take_out, form))
        self._lines.insertWidget(len(self.forms), form)
        self.forms.append(form)
        self._place.lead_to(*(stop for one in self.forms for stop in one.stops))
        return form

    def _add(self) -> None:
        taken = {row.path for row in self.rows}
        free = (path_of(one.id) for one in FIELDS if one.editable)
        path = next((one for one in free if one not in taken), None)
        if path is not None:
            self._put(TemplateRow(path=path, text="")).field.setFocus()
            self.edited.emit()

    def _take_out(self, form: TemplateRowForm) -> None:
        self.forms.remove(form)
        form.deleteLater()
        self.edited.emit()
