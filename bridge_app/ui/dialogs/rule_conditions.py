"""The rows in which a rule's conditions are entered: tests joined by “and” and “or”."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.metadata_fields import FieldType, MetadataField, WrongDefinitionError
from bridge_app.domain.metadata_rules import Condition, Equals, Includes, Populated, Schema
from bridge_app.domain.metadata_values import parsed
from bridge_app.domain.rule_checks import Alternatives, Test, joined
from bridge_app.ui.actions import ICON_PX
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import one_line
from bridge_app.ui.parts.editable_box import EditableBox
from bridge_app.ui.rule_wording import values_text

translate = QCoreApplication.translate  # a name that lupdate knows

AND, OR = "and", "or"
IS, HAS, FILLED, EMPTY = "is", "has", "filled", "empty"


class ConditionRow:
    """The widgets of one row; `test` reads what they say."""

    def __init__(self, schema: Schema, owner: QWidget) -> None:
        self._schema = schema
        self.joiner = QComboBox(owner)
        self.field = QComboBox(owner)
        self.way = QComboBox(owner)
        self.value = EditableBox(owner)
        self.remove = QToolButton(owner)
        self.joiner.addItem(translate("RuleConditions", "and"), AND)
        self.joiner.addItem(translate("RuleConditions", "or"), OR)
        for one in schema.fields:
            self.field.addItem(one_line(one.label), one.external_id)
        self._words = {
            IS: translate("RuleConditions", "is"),
            HAS: translate("RuleConditions", "has"),
            FILLED: translate("RuleConditions", "is filled in"),
            EMPTY: translate("RuleConditions", "is empty"),
        }
        self._several = translate("RuleConditions", "Several with commas")
        self.value.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for combo, name in (
            (self.joiner, translate("RuleConditions", "Joined by")),
            (self.field, translate("RuleConditions", "Field")),
            (self.way, translate("RuleConditions", "Comparison")),
            (self.value, translate("RuleConditions", "Value")),
        ):
            combo.setAccessibleName(name)
        short = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        for combo in (self.field, self.value):
            combo.setSizeAdjustPolicy(short)
        for combo in (self.joiner, self.way):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        closer = translate("RuleConditions", "“And” joins more closely than “or”.")
        self.joiner.setToolTip(closer)
        self.field.activated.connect(self._start_again)
        self.way.activated.connect(self._follow)
        self.dress()

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """In their order."""
        return (self.joiner, self.field, self.way, self.value, self.remove)

    @property
    def chosen(self) -> MetadataField | None:
        """The field it asks about."""
        return self._schema.field(str(self.field.currentData()))

    def show_test(self, test: Test) -> None:
        """Say this; a field that is gone stays in it by its ID, to be seen and mended."""
        if self.field.findData(test.field) < 0:
            self.field.addItem(test.field, test.field)
        self.field.setCurrentIndex(self.field.findData(test.field))
        match test:
            case Populated():
                way = FILLED if test.populated else EMPTY
                self.dress(way)
            case Includes():
                self.dress(HAS)
                self.value.setEditText(self._text(test.values))
            case Equals():
                self.dress(IS)
                self.value.setEditText(self._text(test.value))

    def test(self) -> Test:
        """What is entered. Raises InvalidInputError."""
        field = self.chosen
        if field is None:
            name = self.field.currentText()
            raise WrongDefinitionError(what="The rule", detail=f"there is no field {name}")
        way = self.way.currentData()
        if way in (FILLED, EMPTY):
            return Populated(field=field.external_id, populated=way == FILLED)
        value = parsed(field, self.value.currentText())
        if way == HAS:
            return Includes(
                field=field.external_id, values=value if isinstance(value, tuple) else ()
            )
        return Equals(field=field.external_id, value=value)

    def dress(self, way: str = IS) -> None:
        """Offer what the field can be asked."""
        field = self.chosen
        is_set = field is not None and field.type is FieldType.SET
        self.way.clear()
        for one in (IS, *((HAS,) if is_set else ()), FILLED, EMPTY):
            self.way.addItem(self._words[one], one)
        self.way.setCurrentIndex(max(0, self.way.findData(way)))
        self.value.clear()
        for entry in field.entries if field else ():
            if entry.active:
                self.value.addItem(entry.value)
        self.value.setEditText("")
        line = self.value.lineEdit()
        if line is not None:
            line.setPlaceholderText(self._several if is_set else "")
        self._follow()

    def _start_again(self) -> None:
        """Another field is asked about."""
        self.dress()

    def _follow(self) -> None:
        self.value.setEnabled(self.way.currentData() in (IS, HAS))

    def _text(self, value: object) -> str:
        field = self.chosen
        if isinstance(value, tuple | str | int):
            return values_text(field, value) if field else str(value)
        return ""


class RuleConditions(QWidget):
    """Rows from top to bottom; “and” binds more closely than “or”."""

    changed = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._schema = Schema()
        self.rows: list[ConditionRow] = []
        self._grid = QGridLayout()
        self.add = QPushButton(self.tr("Add a condition"), autoDefault=False)
        self.add.clicked.connect(self._append)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(3, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._grid)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_conditions(self, found: Alternatives, schema: Schema) -> None:
        """Show these rows; one to fill in, if there are none."""
        for row in self.rows:
            self._drop(row)
        self._schema, self.rows = schema, []
        for group in found:
            for number, test in enumerate(group):
                row = self._append()
                row.joiner.setCurrentIndex(row.joiner.findData(AND if number else OR))
                row.show_test(test)
        if not self.rows:
            self._append()

    def condition(self) -> Condition:
        """What is entered. Raises InvalidInputError."""
        groups: list[list[Test]] = [[]]
        for row in self.rows:
            if groups[-1] and row.joiner.currentData() == OR:
                groups.append([])
            groups[-1].append(row.test())
        return joined(groups)

    def _append(self) -> ConditionRow:
        row = ConditionRow(self._schema, self)
        self.rows.append(row)
        row.remove.setIcon(self._icons.icon("x", size_px=ICON_PX))
        row.remove.setToolTip(self.tr("Remove this condition"))
        row.remove.setAccessibleName(self.tr("Remove this condition"))
        row.remove.clicked.connect(lambda: self._remove(row))
        line = self._grid.rowCount()
        for column, widget in enumerate(row.widgets):
            self._grid.addWidget(widget, line, column)
            widget.setVisible(True)
        self._tell()
        return row

    def _remove(self, row: ConditionRow) -> None:
        self.rows.remove(row)
        self._drop(row)
        self._tell()

    def _drop(self, row: ConditionRow) -> None:
        for widget in row.widgets:
            self._grid.removeWidget(widget)
            widget.setVisible(False)
            widget.deleteLater()

    def _tell(self) -> None:
        """The first row has nothing to be joined to, and the last one stays."""
        for number, row in enumerate(self.rows):
            row.joiner.setVisible(number > 0)
            row.remove.setEnabled(len(self.rows) > 1)
        self.changed.emit()
