"""The standard fields as a form: filled without saying anything, and telling what a person says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.coordinates import map_address
from bridge_app.domain.custom_fields import custom_path
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import Edit, EditState, FieldPath
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.master_sheet import MasterWay, SaidMaster, standard_record
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_fields import Group, path_of
from bridge_app.domain.vocabulary_changes import KEYWORDS
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.metadata_editors import ChoiceEditor
from bridge_app.ui.panels.metadata_tags import Chip
from bridge_app.ui.panels.standard_coordinate import CoordinateEditor
from bridge_app.ui.panels.standard_entries import AddEntry, EntryHead
from bridge_app.ui.panels.standard_facts import StandardFacts
from bridge_app.ui.panels.standard_form import StandardForm
from bridge_app.ui.panels.standard_sheet import MasterSheet, master_sheet
from bridge_app.ui.panels.standard_stars import StarsEditor
from bridge_app.ui.panels.standard_words import WordsEditor
from bridge_app.ui.theme import Theme

TITLE, CAPTION, TAKEN = path_of("title"), path_of("caption"), path_of("date_taken")
RATING, ALT = path_of("rating"), path_of("alt_text")
CONTROL = Qt.KeyboardModifier.ControlModifier


def said(
    name: str,
    record: Mapping[str, FieldValue],
    *,
    way: MasterWay = MasterWay.INSIDE,
    edits: tuple[Edit, ...] = (),
    differs: tuple[str, ...] = (),
) -> SaidMaster:
    asset = Asset(
        id=AssetId(name),
        library=LibraryId("lib"),
        path=name,
        name=name,
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=1,
        modified_at="2026-11-01T00:00:00+00:00",
    )
    return SaidMaster(
        asset=asset,
        destination=f"file:{way}",
        there=standard_record(record),
        way=way,
        edits=edits,
        differs=differs,
    )


def edit(path: FieldPath, value: FieldValue, state: EditState) -> Edit:
    trouble = Trouble(kind="X", text="The disk is full.", facts={})
    return Edit(
        change="c",
        batch="b",
        environment="file:lib",
        asset=AssetId("a.jpg"),
        asset_id="a.jpg",
        name="a.jpg",
        path=path,
        base=None,
        value=value,
        state=state,
        who="Ana",
        at="2026-11-01T00:00:00+00:00",
        error=trouble if state is EditState.FAILED else None,
    )


class Filled:
    """A form, and what it told."""

    def __init__(self, qtbot: QtBot, form: StandardForm) -> None:
        self.qtbot = qtbot
        self.form = form
        self.changes: list[Change] = []
        self.steps: list[int] = []
        form.said.connect(self.changes.append)
        form.stepWanted.connect(self.steps.append)

    def show(self, *masters: SaidMaster, required: frozenset[str] = frozenset()) -> MasterSheet:
        sheet = master_sheet([replace(one, required=required) for one in masters])
        self.form.show_sheet(sheet)
        return sheet

    def line(self, path: FieldPath) -> QLineEdit:
        editor = self.form.row(path).editor
        assert isinstance(editor, QLineEdit)
        return editor

    def write(self, path: FieldPath, text: str, end: Qt.Key = Qt.Key.Key_Return) -> QLineEdit:
        field = self.line(path)
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, end)
        return field

    def words(self) -> WordsEditor:
        editor = self.form.row(KEYWORDS).editor
        assert isinstance(editor, WordsEditor)
        return editor

    def chips(self) -> list[tuple[str, bool]]:
        chips = [one for one in self.words().findChildren(Chip) if not one.isHidden()]
        return [(chip.text(), bool(chip.property("partly"))) for chip in chips]


@pytest.fixture
def filled(qtbot: QtBot, theme: Theme, icons: Icons, english: None) -> Filled:
    form = StandardForm(theme, icons)
    qtbot.addWidget(form)
    form.resize(340, 900)
    form.show()
    return Filled(qtbot, form)


def test_filling_the_form_says_nothing_and_makes_no_widget_anew(filled: Filled) -> None:
    form = filled.form
    form.set_open_groups(group.value for group in Group)
    for group in Group:
        form.show_whole(group)
    filled.show(said("a.jpg", {"title": "One", "keywords": ("sea", "sun"), "rating": 3}))
    before = set(map(id, form.findChildren(QWidget)))
    filled.show(said("b.jpg", {"title": "Two", "keywords": ("fog",), "caption": "Long\nlines"}))
    filled.show(said("a.jpg", {"title": "One", "keywords": ("sea", "sun"), "rating": 3}))
    assert filled.line(TITLE).text() == "One"
    assert filled.chips() == [("sea", False), ("sun", False)]
    assert set(map(id, form.findChildren(QWidget))) == before
    assert filled.changes == []


def test_several_masters_show_what_they_share_and_only_what_is_touched_is_said(
    filled: Filled,
) -> None:
    filled.show(
        said("a.jpg", {"title": "One", "caption": "Same", "keywords": ("sea", "sun")}),
        said("b.jpg", {"title": "Two", "caption": "Same", "keywords": ("sea",)}),
    )
    assert filled.line(TITLE).placeholderText() == "Several values"
    caption = filled.form.row(CAPTION).editor
    assert isinstance(caption, QPlainTextEdit)
    assert caption.toPlainText() == "Same"
    assert filled.chips() == [("sea", False), ("sun", True)]
    filled.words().findChildren(Chip)[1].click()
    filled.write(TITLE, "Both")
    assert filled.changes == [
        Change(path=KEYWORDS, add=("sun",)),
        Change(path=TITLE, value="Both"),
    ]


def test_what_is_no_value_stays_to_be_mended_and_escape_brings_back_what_was(
    filled: Filled,
) -> None:
    filled.show(said("a.jpg", {"date_taken": "2026-05-31"}))
    field = filled.write(TAKEN, "2026-99-01")
    row = filled.form.row(TAKEN)
    assert "there is no such day" in row.trouble_text
    assert field.text() == "2026-99-01"
    filled.qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL)
    assert filled.steps == []
    filled.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), row.trouble_text, filled.changes) == ("2026-05-31", "", [])


def test_ctrl_enter_says_it_and_goes_on_and_with_shift_back(filled: Filled) -> None:
    filled.show(said("a.jpg", {}))
    field = filled.line(TITLE)
    field.setFocus()
    filled.qtbot.keyClicks(field, "Dawn")
    filled.qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL)
    filled.qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert filled.changes == [Change(path=TITLE, value="Dawn")]
    assert filled.steps == [1, -1]


def test_tab_goes_through_the_fields_in_their_order(filled: Filled) -> None:
    filled.show(said("a.jpg", {"caption": "Sea", "caption[de]": "Meer"}))
    filled.line(TITLE).setFocus()
    seen = []
    for _ in range(4):
        focus = filled.form.focusWidget()
        seen.append(focus.accessibleName().replace("\u2068", "").replace("\u2069", ""))
        filled.qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert seen == ["Title", "Headline", "Caption", "Caption · Deutsch"]


def test_the_wheel_scrolls_the_form_and_chooses_nothing(filled: Filled) -> None:
    filled.show(said("a.jpg", {"urgency": "3"}))
    box = filled.form.row(path_of("urgency")).editor
    assert isinstance(box, ChoiceEditor)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert (box.currentText(), turn.isAccepted(), filled.changes) == ("3", False, [])


def test_groups_of_rare_structures_wait_until_they_say_something_or_are_wanted(
    filled: Filled,
) -> None:
    filled.show(said("a.jpg", {"title": "Sea"}))
    form, region = filled.form, filled.form.group(Group.REGION)
    assert region.isHidden()
    assert not form.group(Group.LICENSOR).isHidden()
    filled.show(said("b.jpg", {"region_name#2": "A sail"}))
    assert not region.isHidden()
    filled.show(said("a.jpg", {"title": "Sea"}))
    assert region.isHidden()
    filled.qtbot.mouseClick(form.all_groups, Qt.MouseButton.LeftButton)
    assert not region.isHidden()
    assert form.all_groups.isHidden()


def test_how_far_an_edit_is_and_why_it_was_not_taken_stands_at_its_field(filled: Filled) -> None:
    waits = edit(TITLE, "New", EditState.PENDING)
    failed = edit(CAPTION, "New", EditState.FAILED)
    filled.show(said("a.jpg", {"title": "Old"}, edits=(waits, failed), differs=("alt_text",)))
    form = filled.form
    assert form.row(TITLE).state_text == "Waits to be sent"
    assert form.row(CAPTION).trouble_text == "The disk is full."
    assert "disagree" in form.row(ALT).note_text
    with filled.qtbot.waitSignal(form.againWanted) as asked:
        form.row(CAPTION).againWanted.emit()
    assert asked.args == [CAPTION]
    filled.show(said("b.jpg", {}))
    assert {row.state_text for row in form.rows} == {""}
    assert form.row(CAPTION).trouble_text == ""


def test_required_fields_are_marked_and_service_masters_offer_only_what_it_keeps(
    filled: Filled,
) -> None:
    required = frozenset({"title", "author"})
    filled.show(said("a.jpg", {"title": "Here"}), required=required)
    author = filled.form.row(path_of("author"))
    assert author.heading.text() == "Creator *"
    assert author.note_text == "Needed before it can be pushed."
    assert filled.form.row(TITLE).note_text == ""
    assert filled.form.group(Group.CREATOR).head.accessibleDescription() == "1 needed"
    filled.show(said("b.jpg", {}, way=MasterWay.SERVICE))
    assert filled.line(TITLE).isEnabled()
    scene = filled.form.row(path_of("licensor_name"))
    assert not scene.editor.isEnabled()
    assert "PhotoShelter" in scene.note_text


def test_a_language_that_is_required_is_shown_before_anybody_says_it(filled: Filled) -> None:
    german = path_of("alt_text", "de")
    filled.show(said("a.jpg", {"alt_text": "Waves"}), required=frozenset({"alt_text", german.key}))
    shown = {row.path: row for row in filled.form.rows}
    assert shown[german].note_text == "Needed before it can be pushed."
    assert shown[ALT].note_text == ""
    head = filled.form.group(Group.DESCRIPTION).head
    assert head.accessibleDescription() == "1 needed, 1 filled in"


def test_a_place_is_pasted_as_a_link_shown_both_ways_and_opened_in_a_map(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = path_of("coordinate")
    filled.show(said("a.jpg", {}))
    editor = filled.line(place)
    assert isinstance(editor, CoordinateEditor)
    assert not editor.open_map.isEnabled()
    filled.write(place, "https://www.openstreetmap.org/#map=17/52.52/-13.405")
    assert filled.changes == [Change(path=place, value="52.52,-13.405")]
    filled.show(said("a.jpg", {"coordinate": "52.52,-13.405"}))
    assert filled.form.row(place).note_text.strip("\u2068\u2069") == "52°31′12.0″N 13°24′18.0″W"  # noqa: RUF001 - minutes of an arc
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    editor.open_map.trigger()
    assert opened == [QUrl(map_address("52.52,-13.405"))]


def test_custom_fields_are_shown_for_masters_of_a_service_with_their_options(
    filled: Filled,
) -> None:
    form, brand = filled.form, custom_path("Brand")
    filled.show(said("a.jpg", {}))
    form.custom.offer({"Brand": ("Coast", "Nord")})
    assert form.custom.isHidden()
    there = said("b.jpg", {"custom:Brand": "Nord", "custom:Old": "x"}, way=MasterWay.SERVICE)
    library = LibraryId("photoshelter:brand")
    filled.show(replace(there, asset=replace(there.asset, library=library)))
    assert not form.custom.isHidden()
    editor = form.row(brand).editor
    assert isinstance(editor, ChoiceEditor)
    assert [editor.itemText(at) for at in range(editor.count())][1:] == ["Coast", "Nord"]
    assert editor.currentText() == "Nord"
    editor.setCurrentIndex(1)
    editor.activated.emit(1)
    assert filled.changes == [Change(path=brand, value="Coast")]
    assert filled.line(custom_path("Old")).text() == "x"
    filled.show(said("c.jpg", {}))
    assert form.custom.isHidden()


def test_a_field_is_said_in_another_language(filled: Filled) -> None:
    filled.show(said("a.jpg", {"alt_text": "Waves"}))
    tool = filled.form.tool
    tool.serve(filled.form.row(ALT))
    menu = tool.menu_of(filled.form.row(ALT))
    languages = next(one for one in menu.findChildren(QMenu) if one.actions())
    german = next(one for one in languages.actions() if one.text() == "Deutsch")
    assert isinstance(german, QAction)
    german.trigger()
    editor = filled.form.row(path_of("alt_text", "de")).editor
    assert isinstance(editor, QPlainTextEdit)
    filled.qtbot.keyClicks(editor, "Wellen")
    filled.qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert filled.changes == [Change(path=path_of("alt_text", "de"), value="Wellen")]


def test_a_rating_is_a_key_or_a_click(filled: Filled) -> None:
    filled.show(said("a.jpg", {"rating": 2}))
    stars = filled.form.row(RATING).editor
    assert isinstance(stars, StarsEditor)
    assert stars.accessibleDescription() == "2 of 5 stars"
    filled.qtbot.keyClicks(stars, "4")
    filled.qtbot.keyClick(stars, Qt.Key.Key_Right)
    filled.qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=QPoint(10, 12))
    filled.qtbot.keyClick(stars, Qt.Key.Key_Delete)
    assert [one.value for one in filled.changes] == [4, 5, -1, None]


def test_facts_of_the_camera_are_read_not_written(filled: Filled) -> None:
    filled.show(said("a.jpg", {"camera_model": "Model 9", "iso": "200"}))
    filled.form.group(Group.CAMERA).head.click()
    facts = [one.texts for one in filled.form.findChildren(StandardFacts) if one.texts]
    assert facts == [{"camera_model": "Model 9", "iso": "200"}]
    assert "camera" in filled.form.open_groups


def test_every_structure_of_a_list_is_shown_added_and_removed(filled: Filled) -> None:
    form = filled.form
    together: list[Sequence[Change]] = []
    form.saidTogether.connect(together.append)
    form.set_open_groups([Group.LICENSOR.value])
    record = {"licensor_name": "One", "licensor_name#2": "Two", "licensor_email#2": "b@example.com"}
    filled.show(said("a.jpg", record))
    name = path_of("licensor_name#2")
    assert filled.line(name).text() == "Two"
    assert form.row(name).heading.text() == "Licensor"
    assert form.row(name).editor.accessibleName() == "Licensor 2"
    form.add_entry(Group.LICENSOR)
    third = path_of("licensor_name#3")
    assert filled.line(third).hasFocus()
    field = filled.write(third, "Three")
    assert filled.changes == [Change(path=third, value="Three")]
    form.remove_entry(Group.LICENSOR, 2)
    assert together == [(Change(path=path_of("licensor_email#2")), Change(path=name))]
    filled.show(said("b.jpg", {"licensor_name": "One"}))
    # Whoever is shown, what is typed goes where the keyboard is.
    assert field.hasFocus()
    filled.line(path_of("licensor_name")).setFocus()
    filled.show(said("c.jpg", {"licensor_name": "One"}))
    assert form.row(path_of("licensor_name")).isVisible()
    heads = form.findChildren(EntryHead)
    assert [head.isVisible() for head in heads] == [False, False]
    another = next(one for one in form.findChildren(AddEntry) if one.isVisible())
    another.click()
    assert [head.isVisible() for head in heads] == [True, False]


def test_a_service_that_has_no_place_for_a_second_one_is_offered_none(filled: Filled) -> None:
    filled.form.set_open_groups([Group.LICENSOR.value])
    filled.show(said("a.jpg", {"licensor_name": "One"}, way=MasterWay.SERVICE))
    assert not any(one.isVisible() for one in filled.form.findChildren(AddEntry))
