"""Conditional metadata rules as a person makes, changes and deletes them in the window."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from bridge_app.domain.metadata_fields import Entry, FieldType, MetadataField
from bridge_app.domain.metadata_rules import (
    Activation,
    Application,
    Equals,
    Every,
    Includes,
    MetadataRule,
    Populated,
    Some,
)
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.metadata_rules import MetadataRulesDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.lines import LineRole
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.ui.windows import press
from tests.work.studio import CLOUD, Studio

ENTRIES = (Entry(external_id="a", value="Acme"), Entry(external_id="b", value="Bolt"))
NESTED = MetadataRule(
    external_id="",
    target="lines",
    name="nested",
    condition=Every(
        conditions=(
            Populated(field="agency"),
            Some(conditions=(Equals(field="brand", value="a"), Equals(field="brand", value="b"))),
        )
    ),
    activate=Activation(external_ids=("a",), append=True),
    apply=Application(value=("a",), append=True),
    active=False,
)


@pytest.fixture
def studio(desk: Desk, sandbox: Sandbox) -> Studio:
    made = Studio(desk, sandbox)
    for field in (
        MetadataField(external_id="brand", label="Brand", type=FieldType.ENUM, entries=ENTRIES),
        MetadataField(external_id="lines", label="Lines", type=FieldType.SET, entries=ENTRIES),
        MetadataField(external_id="agency", label="Agency", type=FieldType.STRING),
    ):
        made.editing.define(CLOUD, field)
    return made


@pytest.fixture
def opened(
    qtbot: QtBot, studio: Studio, asker: Asker, theme: Theme, icons: Icons
) -> Callable[[], MetadataRulesDialog]:
    def made() -> MetadataRulesDialog:
        dialog = MetadataRulesDialog(studio.editing, asker, theme, icons, CLOUD)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: not dialog._latest.waiting, timeout=10_000)
        return dialog

    return made


def choose(combo: QComboBox, key: str) -> None:
    """As a person does: the choice is made, and told."""
    combo.setCurrentIndex(combo.findData(key))
    assert combo.currentData() == key
    combo.activated.emit(combo.currentIndex())


ACME = MetadataRule(
    external_id="",
    target="lines",
    name="Lines of Acme",
    condition=Every(conditions=(Equals(field="brand", value="a"), Populated(field="agency"))),
    mandatory=True,
    activate=Activation(external_ids=("b",)),
)


def test_a_rule_is_made_and_what_is_wrong_with_it_is_told_first(
    qtbot: QtBot, studio: Studio, opened: Callable[[], MetadataRulesDialog]
) -> None:
    dialog = opened()
    press(dialog, "New rule…")
    form = dialog._form
    press(form, "Save")
    assert "needs a name" in form._trouble.text
    form._name.setText("Lines of Acme")
    first = form._conditions.rows[0]
    choose(first.field, "brand")
    choose(first.way, "is")
    first.value.setEditText("acme")
    press(form, "Add a condition")
    second = form._conditions.rows[1]
    choose(second.field, "agency")
    choose(second.way, "filled")
    choose(form._target, "lines")
    choose(form._enable, "")
    choose(form._mandatory, "yes")
    choose(form._choices, "only")
    form._chosen.setText("Nobody")
    press(form, "Save")
    assert "Nobody" in form._trouble.text
    form._chosen.setText("Bolt")
    press(form, "Save")
    qtbot.waitUntil(lambda: dialog.page.lines.rowCount() == 1, timeout=10_000)
    (made,) = studio.editing.schema(CLOUD).rules
    assert replace(made, external_id="") == ACME


def test_an_empty_list_says_so_and_what_a_rule_needs(
    qtbot: QtBot, studio: Studio, opened: Callable[[], MetadataRulesDialog]
) -> None:
    assert opened().page.place.words == "There is no rule yet."
    for name in ("lines", "agency"):
        studio.editing.undefine(CLOUD, name)
    assert "needs two" in opened().page.place.words
    studio.editing.undefine(CLOUD, "brand")
    studio.editing.define(
        CLOUD, MetadataField(external_id="one", label="One", type=FieldType.STRING)
    )
    for name in ("two", "three"):
        field = MetadataField(external_id=name, label=name, type=FieldType.STRING)
        studio.editing.define(CLOUD, field)
    rule = MetadataRule(
        external_id="", target="two", name="r", condition=Populated(field="one"), mandatory=True
    )
    studio.editing.put_rule(CLOUD, rule)
    assert opened().page.place.words == ""


def test_a_rule_is_applied_earlier_or_later_than_another_about_its_field(
    qtbot: QtBot, studio: Studio, opened: Callable[[], MetadataRulesDialog]
) -> None:
    condition = Populated(field="agency")
    for name, target in (("first", "lines"), ("other", "brand"), ("second", "lines")):
        rule = MetadataRule(
            external_id="", target=target, name=name, condition=condition, mandatory=True
        )
        studio.editing.put_rule(CLOUD, rule)
    dialog = opened()

    def names() -> list[str]:
        return [one.name for one in studio.editing.schema(CLOUD).rules]

    assert names() == ["other", "first", "second"]
    dialog.page.view.setCurrentIndex(dialog.page.lines.index(0, 0))
    assert not dialog._earlier.isEnabled()
    assert not dialog._later.isEnabled()
    dialog.page.view.setCurrentIndex(dialog.page.lines.index(1, 0))
    assert not dialog._earlier.isEnabled()
    qtbot.keyClick(dialog.page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: names() == ["other", "second", "first"], timeout=10_000)
    qtbot.waitUntil(dialog._earlier.isEnabled, timeout=10_000)
    assert dialog.page.view.currentIndex().row() == 2
    dialog._earlier.click()
    qtbot.waitUntil(lambda: names() == ["other", "first", "second"], timeout=10_000)


def test_a_rule_is_changed_and_deleted(
    qtbot: QtBot, studio: Studio, opened: Callable[[], MetadataRulesDialog]
) -> None:
    (made,) = studio.editing.put_rule(CLOUD, ACME).rules
    dialog = opened()
    form = dialog._form
    dialog.page.view.setCurrentIndex(dialog.page.lines.index(0, 0))
    press(dialog, "Change…")
    choose(form._conditions.rows[1].joiner, "or")
    form._conditions.rows[0].remove.click()
    form._active.setChecked(False)
    press(form, "Save")
    qtbot.waitUntil(lambda: dialog._pages.currentWidget() is dialog.page, timeout=10_000)
    (changed,) = studio.editing.schema(CLOUD).rules
    assert changed == replace(made, condition=Populated(field="agency"), active=False)
    assert dialog.page.lines.index(0, 0).data(LineRole.LINE).mark == "Not in use"

    press(dialog, "Delete…")
    asked = dialog.findChild(ConfirmDialog)
    assert asked is not None
    press(asked, "Delete")
    qtbot.waitUntil(lambda: dialog.page.lines.rowCount() == 0, timeout=10_000)
    assert not studio.editing.read_schema(CLOUD).rules


def test_a_nested_rule_comes_in_rows_and_says_the_same_when_it_is_saved(
    qtbot: QtBot, studio: Studio, opened: Callable[[], MetadataRulesDialog]
) -> None:
    studio.editing.put_rule(CLOUD, NESTED)
    dialog = opened()
    dialog.page.view.setCurrentIndex(dialog.page.lines.index(0, 0))
    text = dialog.page.lines.index(0, 0).data(LineRole.LINE).text
    assert "Agency is filled in and (Brand is Acme or Brand is Bolt)" in text
    press(dialog, "Change…")
    joiners = [row.joiner.currentData() for row in dialog._form._conditions.rows]
    assert joiners[1:] == ["and", "or", "and"]
    rule = dialog._form.rule()
    assert rule.activate == NESTED.activate
    assert rule.apply == NESTED.apply
    assert not rule.active
    press(dialog._form, "Save")
    qtbot.waitUntil(lambda: dialog._pages.currentWidget() is dialog.page, timeout=10_000)


def test_only_a_set_can_be_asked_for_some_of_its_values(
    studio: Studio, opened: Callable[[], MetadataRulesDialog]
) -> None:
    dialog = opened()
    press(dialog, "New rule…")
    row = dialog._form._conditions.rows[0]
    choose(row.field, "brand")
    assert row.way.findData("has") < 0
    choose(row.field, "lines")
    choose(row.way, "has")
    row.value.setEditText("Bolt, Acme")
    assert row.test() == Includes(field="lines", values=("a", "b"))
    choose(row.way, "empty")
    assert not row.value.isEnabled()
    assert row.test() == Populated(field="lines", populated=False)


def test_with_fewer_than_two_fields_there_can_be_no_rule(
    studio: Studio, opened: Callable[[], MetadataRulesDialog]
) -> None:
    for gone in ("brand", "lines"):
        studio.editing.undefine(CLOUD, gone)
    dialog = opened()
    assert not dialog._add.isEnabled()
    assert "two" in dialog._add.toolTip()
