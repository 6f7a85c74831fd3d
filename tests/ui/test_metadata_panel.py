"""What assets say, as a person reads and edits it in the window."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.delivery.permissions import Capability
from bridge_app.domain.assets import Asset
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import (
    DESCRIPTION,
    DISPLAY_NAME,
    TAGS,
    TITLE,
    EditState,
    FieldPath,
    Subject,
)
from bridge_app.domain.metadata_fields import Bound, Entry, FieldType, MetadataField
from bridge_app.domain.metadata_rules import Equals, MetadataRule
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.dialogs.conflict import ConflictDialog
from bridge_app.ui.dialogs.metadata_field_form import MetadataFieldForm
from bridge_app.ui.dialogs.metadata_fields import MetadataFieldsDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.history import History, HistoryEntry, HistoryRole
from bridge_app.ui.panels.history import HistoryPanel
from bridge_app.ui.panels.metadata_editors import ChoiceEditor, TextEditor
from bridge_app.ui.panels.metadata_panel import MetadataPanel
from bridge_app.ui.panels.metadata_tags import TagsEditor
from bridge_app.ui.theme import Theme
from tests.desk import Desk, picture
from tests.ui.windows import Opener, dialog, press
from tests.work.studio import CLOUD, Studio

BRAND = FieldPath(Subject.METADATA, "brand")
CODE = FieldPath(Subject.METADATA, "code")
AGENCY = FieldPath(Subject.METADATA, "agency")


class Page:
    """The window with cloud assets, and its metadata page as a person uses it."""

    def __init__(self, qtbot: QtBot, studio: Studio, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.studio = studio
        self.window = window

    @property
    def panel(self) -> MetadataPanel:
        inspector = self.window.sides.inspector
        return inspector.metadata if inspector.asset else inspector.metadata_of_several

    def choose(self, *assets: Asset) -> None:
        if len(assets) > 1:
            self.window.middle.selection.choose_all()
        else:
            self.window.show_assets([assets[0].id])
        self.until(lambda: self.window.middle.selection.count == len(assets))
        ids = {asset.id for asset in assets}
        self.until(lambda: {said.asset.id for said in self.panel.sheet.assets} == ids)

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=10_000)

    def editor(self, path: FieldPath) -> QWidget:
        return self.panel.form.row(path).editor

    def write(self, path: FieldPath, text: str) -> None:
        field = self.editor(path)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def state(self, path: FieldPath) -> EditState | None:
        return self.panel.sheet.field(path).state

    def history(self) -> list[HistoryEntry]:
        """The history as a fresh look at the asset tells it."""
        panel = self.window.sides.inspector.findChild(HistoryPanel)
        assert panel is not None
        panel.show_asset(self.window.sides.inspector.asset)
        model = panel.findChild(History)
        assert model is not None
        self.until(lambda: model.rowCount() > 1)
        return [model.index(row, 0).data(HistoryRole.ENTRY) for row in range(model.rowCount())]

    def tags(self, path: FieldPath = TAGS) -> list[str]:
        chips = [one for one in self.editor(path).findChildren(QToolButton) if not one.isHidden()]
        return [chip.text() for chip in chips if chip.property("chip")]


@pytest.fixture
def studio(desk: Desk, sandbox: Sandbox) -> Studio:
    return Studio(desk, sandbox)


@pytest.fixture
def make_page(qtbot: QtBot, studio: Studio, opener: Opener) -> Callable[[], Page]:
    return lambda: Page(qtbot, studio, opener())


def define(studio: Studio) -> None:
    entries = (Entry(external_id="a", value="Acme"), Entry(external_id="b", value="Bolt"))
    for field in (
        MetadataField(external_id="brand", label="Brand", type=FieldType.ENUM, entries=entries),
        MetadataField(external_id="code", label="Code", type=FieldType.INTEGER),
        MetadataField(
            external_id="agency", label="Agency", type=FieldType.STRING, default_disabled=True
        ),
    ):
        studio.editing.define(CLOUD, field)
    rule = MetadataRule(
        external_id="",
        target="agency",
        name="with a brand",
        condition=Equals(field="brand", value="a"),
        enable=True,
    )
    studio.editing.put_rule(CLOUD, rule)


def test_what_a_person_writes_is_kept_and_delivered(
    studio: Studio, make_page: Callable[[], Page]
) -> None:
    (hero,) = studio.stock("hero", tags="sea", context="alt=Waves")
    page = make_page()
    page.choose(hero)
    assert page.tags() == ["sea"]
    page.write(TITLE, "The sea")
    editor = page.editor(TAGS)
    assert isinstance(editor, TagsEditor)
    page.qtbot.keyClicks(editor.field, "blue,")
    page.until(lambda: page.tags() == ["blue", "sea"])
    page.until(lambda: studio.said(hero)["tags"] == ["blue", "sea"])
    page.until(lambda: studio.said(hero)["context"] == {"alt": "Waves", "caption": "The sea"})
    page.until(lambda: page.state(TITLE) is None)


def test_the_history_tells_what_was_edited_and_what_stood_there(
    studio: Studio, make_page: Callable[[], Page]
) -> None:
    define(studio)
    (hero,) = studio.stock("hero", context="caption=Old", metadata="brand=a")
    page = make_page()
    page.choose(hero)
    page.write(TITLE, "The sea")
    page.until(lambda: page.state(TITLE) is None)
    studio.editing.say([hero.id], [Change(path=BRAND, value="b")])
    entries = page.history()
    assert {(entry.title, entry.texts[:2]) for entry in entries} == {
        ("Title", ("The sea", "Before: Old")),
        ("Brand", ("Bolt", "Before: Acme")),
    }
    assert all(entry.who for entry in entries)


def test_filling_the_form_says_nothing(studio: Studio, make_page: Callable[[], Page]) -> None:
    first, second = studio.stock("a", "b", tags="sea", context="alt=Waves")
    page = make_page()
    page.choose(first)
    page.choose(second)
    page.choose(first, second)
    assert studio.editing.history(first.id) == []
    assert studio.editing.history(second.id) == []


def test_an_edit_that_waits_says_so_and_is_undone_and_redone(
    studio: Studio, make_page: Callable[[], Page]
) -> None:
    (hero,) = studio.stock("hero", tags="sea")
    page = make_page()
    studio.desk.parts.worker.set_work_offline(on=True)
    page.choose(hero)
    actions = page.window.core.actions
    assert not actions.undo.isEnabled()
    page.write(TITLE, "The sea")
    page.until(lambda: page.state(TITLE) is EditState.PENDING)
    assert page.panel.form.row(TITLE).state_text == "Waits to be sent"
    page.until(actions.undo.isEnabled)
    # The field still has the keyboard; nothing is typed, so this is about what was said.
    control = Qt.KeyboardModifier.ControlModifier
    page.qtbot.keyClick(page.editor(TITLE), Qt.Key.Key_Z, control)
    page.until(lambda: page.state(TITLE) is None)
    page.until(actions.redo.isEnabled)
    actions.redo.trigger()
    page.until(lambda: page.state(TITLE) is EditState.PENDING)
    assert page.panel.sheet.field(TITLE).value == "The sea"


def test_rules_and_checks_are_applied_while_one_types(
    studio: Studio, make_page: Callable[[], Page]
) -> None:
    (hero,) = studio.stock("hero")
    define(studio)
    page = make_page()
    page.choose(hero)
    page.until(lambda: bool(page.panel.sheet.schema.fields))
    assert not page.editor(AGENCY).isEnabled()
    brand = page.editor(BRAND)
    assert isinstance(brand, ChoiceEditor)
    brand.setCurrentIndex(brand.findData("a"))
    brand.activated.emit(brand.currentIndex())
    page.until(page.editor(AGENCY).isEnabled)
    code = page.editor(CODE)
    assert isinstance(code, TextEditor)
    code.setFocus()
    page.qtbot.keyClicks(code, "x")
    assert code.text() == ""
    page.write(CODE, "12")
    page.until(lambda: studio.said(hero)["metadata"] == {"brand": "a", "code": 12})


def test_several_assets_show_what_they_share_and_what_only_some_have(
    studio: Studio, make_page: Callable[[], Page]
) -> None:
    first, second = studio.stock("a", "b", tags="sea")
    studio.delivered(studio.editing.say([first.id], [Change(path=TAGS, add=("blue",))]))
    studio.delivered(studio.editing.say([first.id], [Change(path=TITLE, value="One")]))
    page = make_page()
    page.choose(first, second)
    assert page.tags() == ["sea", "blue"]
    title = page.editor(TITLE)
    assert isinstance(title, QLineEdit)
    assert (title.text(), title.placeholderText()) == ("", "Several values")
    assert not page.editor(DISPLAY_NAME).isEnabled()
    chips = page.editor(TAGS).findChildren(QToolButton)
    next(chip for chip in chips if chip.property("partly")).click()
    page.until(lambda: studio.said(second)["tags"] == ["blue", "sea"])
    page.write(TITLE, "Both")
    page.until(lambda: studio.said(second)["context"] == {"caption": "Both"})
    page.until(lambda: studio.said(first)["context"] == {"caption": "Both"})


def test_a_conflict_is_shown_and_a_person_chooses(
    studio: Studio, make_page: Callable[[], Page]
) -> None:
    (hero,) = studio.stock("hero", context="alt=Waves")
    page = make_page()
    studio.desk.parts.worker.set_work_offline(on=True)
    page.choose(hero)
    field = page.editor(DESCRIPTION)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    field.selectAll()
    page.qtbot.keyClicks(field, "Ours")
    page.qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.until(lambda: page.state(DESCRIPTION) is EditState.PENDING)
    studio.somebody_else(hero, context={"alt": "Theirs"})
    studio.desk.parts.worker.set_work_offline(on=False)
    page.until(lambda: page.state(DESCRIPTION) is EditState.CONFLICT)
    page.panel.form.row(DESCRIPTION).settleWanted.emit()
    sheet = dialog(page.qtbot, page.window, ConflictDialog)
    assert isinstance(sheet, ConflictDialog)
    assert not sheet._keep.isEnabled()
    sheet.choice.merged.click()
    assert sheet.choice.text.toPlainText() == "Theirs\nOurs"
    press(sheet, "Keep this")
    page.until(lambda: studio.said(hero)["context"] == {"alt": "Theirs\nOurs"})
    page.until(lambda: page.state(DESCRIPTION) is None)


def test_a_master_has_the_standard_fields_and_no_form_of_an_environment(
    studio: Studio, make_page: Callable[[], Page]
) -> None:
    (hero,) = studio.stock("hero")
    picture(studio.desk.folder / "local.jpg")
    studio.desk.library()
    page = make_page()
    local = studio.desk.asset("local.jpg")
    page.window.show_assets([local.id])
    panel = page.window.sides.inspector.metadata
    page.until(lambda: not panel.masters.sheet.is_empty)
    assert (panel.note_text, panel.form.isHidden()) == ("", True)
    both = page.window.sides.inspector.metadata_of_several
    both.show_assets([local.id, hero.id])
    page.until(lambda: not both.masters.sheet.is_empty and not both.sheet.is_empty)
    assert not both.form.isHidden()
    assert not both.masters.isHidden()


def test_a_key_that_may_not_change_assets_switches_the_form_off_with_the_reason(
    studio: Studio, make_page: Callable[[], Page]
) -> None:
    (hero,) = studio.stock("hero")
    lessons = studio.desk.parts.worker._crew.lessons
    lessons.heard(CLOUD, Capability.EDIT, 403, "role viewer")
    lessons.heard(CLOUD, Capability.METADATA_FIELDS, 403, "role viewer")
    page = make_page()
    page.choose(hero)
    page.until(lambda: "role viewer" in page.panel.note_text)
    assert not page.panel.form.isEnabled()
    press(page.panel, "Metadata fields…")
    sheet = dialog(page.qtbot, page.window, MetadataFieldsDialog)
    assert isinstance(sheet, MetadataFieldsDialog)
    page.until(lambda: "role viewer" in sheet.page.note.text)
    assert not sheet._add.isEnabled()
    sheet.accept()


def test_fields_are_defined_changed_and_deleted_in_a_dialog(
    studio: Studio, make_page: Callable[[], Page]
) -> None:
    (hero,) = studio.stock("hero")
    page = make_page()
    page.choose(hero)
    press(page.panel, "Metadata fields…")
    sheet = dialog(page.qtbot, page.window, MetadataFieldsDialog)
    assert isinstance(sheet, MetadataFieldsDialog)
    page.until(lambda: not sheet._latest.waiting)
    press(sheet, "New field…")
    form = sheet._form
    press(form, "Save")
    page.until(lambda: "label" in form._trouble.text)
    form._label.setText("Brand")
    form._external_id.setText("brand")
    form._type.setCurrentIndex(form._type.findData("enum"))
    form._type.activated.emit(form._type.currentIndex())
    form._entries.setPlainText("Acme\nBolt\n")
    press(form, "Save")
    page.until(lambda: sheet.page.lines.rowCount() == 1)
    sheet.page.view.setCurrentIndex(sheet.page.lines.index(0, 0))
    press(sheet, "Change…")
    form._entries.setPlainText("Acme\nCrown\n")
    press(form, "Save")
    page.until(lambda: sheet._pages.currentWidget() is sheet.page)
    (field,) = studio.editing.schema(CLOUD).fields
    assert sorted(entry.value for entry in field.entries if entry.active) == ["Acme", "Crown"]
    press(sheet, "New field…")
    form._label.setText("Collection")
    form._external_id.setText("brand")
    press(form, "Save")
    page.until(lambda: "another field has this external ID" in form._trouble.text)
    assert studio.editing.read_schema(CLOUD).fields == (field,)
    sheet.accept()
    page.until(lambda: BRAND in page.panel.form._rows)


def test_a_limit_that_is_not_touched_stays_as_strict_as_it_was(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    above = Bound(value=5, above=True, equals=False)
    field = MetadataField(external_id="n", label="N", type=FieldType.INTEGER, validation=above)
    form = MetadataFieldForm(theme, icons)
    qtbot.addWidget(form)
    form.show_field(field)
    form._label.setText("Number")
    assert form.field() == replace(field, label="Number")
    form._least.setText("6")
    assert form.field().validation == Bound(value=6, above=True, equals=True)
