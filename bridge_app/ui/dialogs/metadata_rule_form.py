"""One conditional metadata rule as a form: when it holds, and what becomes of which field."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.metadata_fields import FieldType, MetadataField, WrongDefinitionError
from bridge_app.domain.metadata_rules import (
    Activation,
    Application,
    Condition,
    MetadataRule,
    Populated,
    Schema,
)
from bridge_app.domain.metadata_values import MetadataValueError, parsed
from bridge_app.domain.rule_checks import alternatives, checked_rule
from bridge_app.ui.dialogs.rule_conditions import RuleConditions
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.parts.still_box import StillBox
from bridge_app.ui.rule_wording import condition_text, values_text
from bridge_app.ui.theme import Theme

SAME, YES, NO = "", "yes", "no"
FLAGS = {None: SAME, True: YES, False: NO}
ALL, ONLY, TOO = "all", "only", "too"
WHEN_EMPTY, APPENDED = "empty", "append"


class MetadataRuleForm(QWidget):
    """`entered` tells a rule that can be sent."""

    entered = Signal(object)  # MetadataRule
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._schema = Schema()
        self._before: MetadataRule | None = None
        self._kept: Condition | None = None
        self._trouble = Banner(theme, icons)
        self._title = QLabel()
        self._name = QLineEdit()
        self._active = QCheckBox(self.tr("The rule is in &use"))
        self._conditions = RuleConditions(icons)
        self._too_long = QLabel(wordWrap=True)
        self._target = StillBox()
        self._enable, self._mandatory = StillBox(), StillBox()
        self._choices, self._chosen = StillBox(), QLineEdit()
        self._apply, self._value = StillBox(), QLineEdit()
        self._keep = QPushButton(self.tr("Save"), autoDefault=False)
        self._form = Form()
        self._build()

    def show_rule(self, rule: MetadataRule | None, schema: Schema) -> None:
        """Edit this one; None begins a new one. `schema` has at least two fields."""
        self._schema, self._before = schema, rule
        self._title.setText(self.tr("Change a rule") if rule else self.tr("New rule"))
        made = rule or _new_rule(schema)
        self._name.setText(made.name)
        self._active.setChecked(made.active)
        self._show_condition(made.condition)
        self._target.clear()
        for field in schema.fields:
            self._target.addItem(one_line(field.label), field.external_id)
        self._target.setCurrentIndex(self._target.findData(made.target))
        _choose(self._enable, FLAGS[made.enable])
        _choose(self._mandatory, FLAGS[made.mandatory])
        self._show_results(made)
        self._trouble.hush()
        self._keep.setEnabled(True)
        self._follow()
        self._name.setFocus()

    def show_error(self, error: BridgeError) -> None:
        """It was not taken."""
        self._trouble.say(Tone.NEGATIVE, error_text(error))
        self._keep.setEnabled(True)

    def rule(self) -> MetadataRule:
        """What is entered. Raises InvalidInputError."""
        target = self._field()
        if target is None:
            raise WrongDefinitionError(
                what=QT_TRANSLATE_NOOP("facts", "The rule"),
                detail=QT_TRANSLATE_NOOP("facts", "it changes no field that there is"),
            )
        made = MetadataRule(
            external_id=self._before.external_id if self._before else "",
            target=target.external_id,
            name=self._name.text().strip(),
            condition=self._kept or self._conditions.condition(),
            enable=_said(self._enable),
            mandatory=_said(self._mandatory),
            activate=self._activation(target),
            apply=self._application(target),
            active=self._active.isChecked(),
        )
        return checked_rule(made, self._schema)

    def _build(self) -> None:
        self._title.setProperty("tone", "title")
        self._too_long.setProperty("tone", "muted")
        for combo, name, choices in (
            (self._enable, self.tr("The field"), (
                (self.tr("Stays as it is"), SAME),
                (self.tr("Is switched on"), YES),
                (self.tr("Is switched off"), NO),
            )),
            (self._mandatory, self.tr("It must not be empty"), (
                (self.tr("As the field says"), SAME),
                (self.tr("It must be filled in"), YES),
                (self.tr("It may be empty"), NO),
            )),
            (self._choices, self.tr("Values to choose from"), (
                (self.tr("As they are"), SAME),
                (self.tr("All of the list"), ALL),
                (self.tr("Only these"), ONLY),
                (self.tr("These, too"), TOO),
            )),
            (self._apply, self.tr("Its value"), (
                (self.tr("Stays as it is"), SAME),
                (self.tr("If it is empty"), WHEN_EMPTY),
                (self.tr("Added to what it has"), APPENDED),
            )),
        ):  # fmt: skip
            combo.setAccessibleName(name)
            for text, key in choices:
                combo.addItem(text, key)
        for line, name in (
            (self._chosen, self.tr("Values to choose from")),
            (self._value, self.tr("Its value")),
        ):
            line.setAccessibleName(name)
        self._chosen.setPlaceholderText(self.tr("Several with commas"))
        for combo in (self._target, self._choices, self._apply):
            combo.activated.connect(self._follow)
        self._keep.clicked.connect(self._enter)
        self._name.returnPressed.connect(self._keep.click)
        self._form.setSpacing(8)
        self._form.addRow(self.tr("&Then, of"), self._target)
        self._form.addRow(self.tr("The &field"), self._enable)
        self._form.addRow(self.tr("&Empty"), self._mandatory)
        self._form.addRow(self.tr("&Choices"), _beside(self._choices, self._chosen))
        self._form.addRow(self.tr("&Value"), _beside(self._apply, self._value))
        self._lay_out()

    def _lay_out(self) -> None:
        named = Form()
        named.addRow(self.tr("&Name"), self._name)
        when = QLabel(self.tr("When"))
        when.setProperty("tone", "strong")
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 12, 0)
        body.setSpacing(10)
        body.addLayout(named)
        body.addWidget(when)
        body.addWidget(self._conditions)
        body.addWidget(self._too_long)
        body.addSpacing(6)
        body.addLayout(self._form)
        body.addWidget(self._active)
        body.addStretch(1)
        scroll = SeeingScroll()
        scroll.setWidget(inner)
        scroll.setAccessibleName(self.tr("The rule"))
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(10)
        layout.addWidget(self._title)
        layout.addWidget(self._trouble)
        layout.addWidget(scroll, 1)
        layout.addLayout(form_foot(back, self._keep))

    def _show_condition(self, condition: Condition) -> None:
        """In rows; one that is too long for them is told, and kept as it is."""
        found = alternatives(condition)
        self._kept = condition if found is None else None
        self._conditions.setVisible(found is not None)
        self._too_long.setVisible(found is None)
        self._too_long.setText(condition_text(condition, self._schema) if found is None else "")
        self._conditions.show_conditions(found or (), self._schema)

    def _show_results(self, rule: MetadataRule) -> None:
        field = self._field()
        self._chosen.clear()
        self._value.clear()
        activate, apply = rule.activate, rule.apply
        _choose(self._choices, SAME)
        if activate is not None:
            _choose(self._choices, TOO if activate.append else ONLY)
            if activate.external_ids is None:
                _choose(self._choices, ALL)
            elif field is not None:
                self._chosen.setText(values_text(field, activate.external_ids))
        _choose(self._apply, SAME)
        if apply is not None:
            _choose(self._apply, APPENDED if apply.append else WHEN_EMPTY)
            self._value.setText(values_text(field, apply.value) if field else "")

    def _follow(self) -> None:
        """Show what the field can be given."""
        field = self._field()
        listed = field is not None and field.type.has_datasource
        holder = self._choices.parentWidget()
        if holder is not None:
            self._form.setRowVisible(holder, listed)
        if not listed:
            _choose(self._choices, SAME)
        is_set = field is not None and field.type is FieldType.SET
        if not is_set and self._apply.currentData() == APPENDED:
            _choose(self._apply, WHEN_EMPTY)
        view = self._apply.view()
        if hasattr(view, "setRowHidden"):
            view.setRowHidden(self._apply.findData(APPENDED), not is_set)
        self._chosen.setEnabled(self._choices.currentData() in (ONLY, TOO))
        self._value.setEnabled(self._apply.currentData() != SAME)
        self._value.setPlaceholderText(self.tr("Several with commas") if is_set else "")

    def _field(self) -> MetadataField | None:
        return self._schema.field(str(self._target.currentData()))

    def _activation(self, target: MetadataField) -> Activation | None:
        chosen = self._choices.currentData()
        if chosen == SAME:
            return None
        if chosen == ALL:
            return Activation(external_ids=None)
        return Activation(external_ids=_ids(target, self._chosen.text()), append=chosen == TOO)

    def _application(self, target: MetadataField) -> Application | None:
        if self._apply.currentData() == SAME:
            return None
        value = parsed(target, self._value.text())
        return Application(value=value, append=self._apply.currentData() == APPENDED)

    def _enter(self) -> None:
        try:
            rule = self.rule()
        except BridgeError as error:
            self._trouble.say(Tone.NEGATIVE, error_text(error))
            return
        self._trouble.hush()
        self._keep.setEnabled(False)
        self.entered.emit(rule)


def _new_rule(schema: Schema) -> MetadataRule:
    first, second = (field.external_id for field in schema.fields[:2])
    return MetadataRule(
        external_id="", target=second, name="", condition=Populated(field=first), enable=True
    )


def _ids(field: MetadataField, text: str) -> tuple[str, ...]:
    """The entries that are named. Raises MetadataValueError."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        entry = field.entry_named(part)
        if entry is None:
            detail = f"it is not in the list of “{field.label}”"
            raise MetadataValueError(what=f"“{part}”", detail=detail)
        found.append(entry)
    return tuple(dict.fromkeys(found))


def _choose(combo: QComboBox, key: str) -> None:
    combo.setCurrentIndex(combo.findData(key))


def _said(combo: QComboBox) -> bool | None:
    key = combo.currentData()
    return None if key == SAME else bool(key == YES)


def _beside(combo: QComboBox, line: QLineEdit) -> QWidget:
    pair = QWidget()
    layout = QHBoxLayout(pair)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(combo, 1)
    layout.addWidget(line, 1)
    pair.setFocusProxy(combo)
    return pair
