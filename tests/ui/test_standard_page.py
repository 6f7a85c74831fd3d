"""What masters say of themselves, as a person reads and edits it in the inspector."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

import exiv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import Edit, EditState
from bridge_app.domain.policies import Policy
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.dialogs.conflicts import ConflictsDialog
from bridge_app.ui.dialogs.field_history import FieldHistoryDialog, versions
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.panels.standard_words import WordsEditor
from tests.desk import Desk
from tests.ui.standard_story import KEYWORDS, PATIENCE_S, Page, SlowReading
from tests.ui.windows import dialog
from tests.work.studio import CLOUD

CONTROL = Qt.KeyboardModifier.ControlModifier
TITLE = path_of("title")
HEADLINE, GERMAN = path_of("headline"), path_of("alt_text", "de")
COPYRIGHT, TAKEN = path_of("copyright"), path_of("date_taken")


def edits_due(desk: Desk, asset: AssetId) -> bool:
    """Is anything on its way that was said of it?"""
    (said,) = desk.parts.worker.masters.said([asset])
    return said.state(TITLE) is not EditState.FAILED


def retitle(place: Path, title: str) -> None:
    """Another program gives a file a title."""
    image = exiv2.ImageFactory.open(str(place))
    image.readMetadata()
    data = image.xmpData()
    data["Xmp.dc.title"] = title
    image.setXmpData(data)
    image.writeMetadata()


@pytest.fixture
def slow(page: Page, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowReading]:
    made = SlowReading(page)
    monkeypatch.setattr(page.desk.parts.worker.masters, "said", made.said)
    yield made
    made.go_on()


def compose(editor: QWidget, text: str) -> None:
    """Type it as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, window: MainWindow) -> Page:
    return Page(qtbot, desk, window)


def test_what_is_typed_is_kept_undone_and_redone_and_the_next_asset_has_the_same_field(
    page: Page,
) -> None:
    page.choose("aurora.jpg")
    assert page.page.where_text == "Written into the file"
    page.write(TITLE, "Northern lights")
    page.until(lambda: page.value(TITLE) == "Northern lights")
    actions = page.window.core.actions
    page.until(actions.undo.isEnabled)
    actions.undo.trigger()
    page.until(lambda: page.value(TITLE) is None)
    page.until(actions.redo.isEnabled)
    actions.redo.trigger()
    page.until(lambda: page.value(TITLE) == "Northern lights")
    title = page.editor(TITLE)
    page.qtbot.keyClick(title, Qt.Key.Key_Return, CONTROL)
    # Typed before the next one is shown: it is for the next one.
    page.qtbot.keyClicks(title, "Beach")
    page.qtbot.keyClick(title, Qt.Key.Key_Return)
    page.shows("beach.jpg")
    assert page.editor(TITLE) is title
    page.until(lambda: page.value(TITLE) == "Beach")
    page.choose("aurora.jpg")
    assert page.value(TITLE) == "Northern lights"
    page.until(lambda: page.asset("aurora.jpg").title == "Northern lights")
    page.until(lambda: page.state(TITLE) is None)


def test_undo_takes_back_no_step_before_the_one_that_is_still_being_kept(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.choose("aurora.jpg")
    page.write(TITLE, "One")
    undo = page.window.core.actions.undo
    page.until(undo.isEnabled)
    masters, go = page.desk.parts.worker.masters, Event()
    say = masters.say

    def slow(ids: Sequence[AssetId], changes: Sequence[Change]) -> str:
        assert go.wait(PATIENCE_S)
        return say(ids, changes)

    monkeypatch.setattr(masters, "say", slow)
    page.write(TITLE, "Two")
    may = undo.isEnabled()
    go.set()
    assert not may
    page.until(lambda: page.value(TITLE) == "Two" and undo.isEnabled())
    undo.trigger()
    page.until(lambda: page.value(TITLE) == "One")


def test_what_is_typed_for_the_next_asset_waits_for_it_as_long_as_it_takes(
    page: Page, slow: SlowReading
) -> None:
    page.choose("aurora.jpg")
    title = page.write(TITLE, "Northern lights")
    slow.holds("beach.jpg")
    page.qtbot.keyClick(title, Qt.Key.Key_Return, CONTROL)
    page.qtbot.keyClicks(title, "Beach")
    page.until(lambda: "kept for the next asset" in page.panel.note_text)
    page.qtbot.keyClicks(title, " at noom")
    compose(title, "\u0301")
    page.qtbot.keyClick(title, Qt.Key.Key_Return)
    assert title.text() == "Northern lights"
    slow.go_on()
    page.shows("beach.jpg")
    page.until(lambda: page.value(TITLE) == "Beach at noom\u0301")
    assert page.panel.note_text == ""
    assert page.said("aurora.jpg", TITLE) == "Northern lights"


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_is_typed_for_the_next_asset_is_in_its_next_field_after_tab(
    page: Page, slow: SlowReading, elsewhere: bool
) -> None:
    page.choose("aurora.jpg")
    page.open()
    title = page.line(TITLE)
    slow.holds("beach.jpg")
    page.qtbot.keyClick(title, Qt.Key.Key_Return, CONTROL)
    for text in ("Beach", "At noon"):
        page.qtbot.keyClicks(title, text)
        page.qtbot.keyClick(title, Qt.Key.Key_Tab)
    if elsewhere:
        other = QWidget()
        page.qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        page.until(other.isActiveWindow)
    slow.go_on()
    page.shows("beach.jpg")
    page.until(lambda: page.value(HEADLINE) == "At noon")
    assert page.value(TITLE) == "Beach"


def test_what_is_typed_for_an_asset_that_cannot_be_read_is_told_and_kept_for_it(
    page: Page, slow: SlowReading
) -> None:
    page.choose("aurora.jpg")
    title = page.line(TITLE)
    slow.holds("beach.jpg")
    page.qtbot.keyClick(title, Qt.Key.Key_Return, CONTROL)
    page.qtbot.keyClicks(title, "Beach")
    slow.fail()
    page.until(lambda: "What cannot be read" in page.panel.trouble_text)
    assert "kept for the next asset" in page.panel.note_text
    page.qtbot.keyClicks(title, " at noon")
    assert title.text() == ""
    # It is read again as soon as anything is told of it.
    page.panel.read_again()
    page.shows("beach.jpg")
    assert title.text() == "Beach at noon"
    page.qtbot.keyClick(title, Qt.Key.Key_Return)
    page.until(lambda: page.value(TITLE) == "Beach at noon")
    assert page.said("aurora.jpg", TITLE) is None


def test_what_is_typed_for_an_asset_is_no_other_one_s_if_a_third_is_chosen(
    page: Page, slow: SlowReading
) -> None:
    page.choose("aurora.jpg")
    title = page.line(TITLE)
    slow.holds("beach.jpg")
    page.qtbot.keyClick(title, Qt.Key.Key_Return, CONTROL)
    page.qtbot.keyClicks(title, "Beach")
    slow.is_asked()
    page.choose("cliff.jpg")
    assert "“Beach” was typed for another asset" in page.panel.trouble_text
    assert title.text() == ""
    slow.go_on()
    page.choose("beach.jpg")
    assert title.text() == "Beach"
    page.qtbot.keyClick(title, Qt.Key.Key_Return)
    page.until(lambda: page.value(TITLE) == "Beach")
    assert page.said("cliff.jpg", TITLE) is None


def test_at_the_last_asset_keys_are_for_what_is_shown(page: Page) -> None:
    page.choose("ember.jpg")
    title = page.write(TITLE, "Embers")
    page.qtbot.keyClick(title, Qt.Key.Key_Return, CONTROL)
    page.qtbot.keyClicks(title, "!")
    assert title.text() == "Embers!"


def test_a_language_that_the_next_asset_does_not_have_is_there_while_the_keyboard_is_in_it(
    page: Page,
) -> None:
    page.choose("aurora.jpg")
    page.desk.parts.worker.masters.say(
        [page.asset("aurora.jpg").id], [Change(path=GERMAN, value="Nordlicht")]
    )
    page.until(lambda: page.value(GERMAN) == "Nordlicht")
    german = page.editor(GERMAN)
    german.setFocus()
    page.qtbot.keyClick(german, Qt.Key.Key_Return, CONTROL)
    page.qtbot.keyClicks(german, "Strand")
    page.shows("beach.jpg")
    page.editor(TITLE).setFocus()
    page.until(lambda: page.value(GERMAN) == "Strand")
    assert page.said("aurora.jpg", GERMAN) == "Nordlicht"


def test_what_is_half_typed_is_of_the_asset_that_was_shown_and_no_value_is_told(
    page: Page,
) -> None:
    page.choose("cliff.jpg")
    title = page.editor(TITLE)
    title.setFocus()
    page.qtbot.keyClicks(title, "Cliff")
    page.window.show_assets([page.asset("dune.jpg").id])
    page.shows("dune.jpg")
    masters = page.desk.parts.worker.masters
    (said,) = masters.said([page.asset("cliff.jpg").id])
    page.until(lambda: masters.said([said.asset.id])[0].record().get(TITLE) == "Cliff")
    taken = page.editor(TAKEN)
    taken.setFocus()
    page.qtbot.keyClicks(taken, "soon")
    page.window.show_assets([page.asset("ember.jpg").id])
    page.shows("ember.jpg")
    assert "“soon” was not kept" in page.panel.trouble_text


def test_several_are_told_together_what_a_policy_wants_and_the_history_brings_it_back(
    page: Page,
) -> None:
    page.desk.parts.worker.policies.put([Policy(name="All", required=("copyright",))], CLOUD)
    page.desk.parts.worker.words.import_vocabulary("Coast", b"Coast\n\tBeach\n")
    page.choose("aurora.jpg", "beach.jpg")
    assert page.page.form.row(COPYRIGHT).note_text == "Needed before it can be pushed."
    page.write(COPYRIGHT, "© Studio")
    page.until(lambda: page.value(COPYRIGHT) == "© Studio")
    editor = page.editor(KEYWORDS)
    assert isinstance(editor, WordsEditor)
    editor.field.setFocus()
    page.qtbot.keyClicks(editor.field, "beac")
    page.until(lambda: bool(editor.words.suggestions()) or page.again(editor.field))
    page.qtbot.keyClicks(editor.field, "h,")
    page.until(lambda: page.keywords() == [("Beach", False), ("Coast", False)])
    assert editor.words.suggestions() == []
    page.until(lambda: page.state(KEYWORDS) is None)  # written, and the listing read again
    page.until(lambda: not page.window.middle.model.is_waiting)
    page.choose("aurora.jpg")
    page.write(COPYRIGHT, "© Somebody")
    page.until(lambda: page.value(COPYRIGHT) == "© Somebody")
    page.page.form.historyWanted.emit(COPYRIGHT)
    history = dialog(page.qtbot, page.window, FieldHistoryDialog)
    assert isinstance(history, FieldHistoryDialog)
    page.until(lambda: history.view.model().rowCount() == 3)
    assert not history.restore.isEnabled()
    history.view.setCurrentIndex(history.view.model().index(1, 0))
    assert history.compare.toPlainText() == "© SomebodyStudio"
    history.restore.click()
    page.until(lambda: page.value(COPYRIGHT) == "© Studio")


def test_conflicts_are_decided_one_by_one_or_together(page: Page) -> None:
    worker = page.desk.parts.worker
    names = ("aurora.jpg", "beach.jpg", "cliff.jpg")
    ids = [page.asset(name).id for name in names]
    places = [next(page.desk.folder.rglob(name)) for name in names]
    for place in places:
        place.chmod(0o444)
    worker.masters.say(ids, [Change(path=TITLE, value="Ours")])
    page.choose("aurora.jpg")
    page.until(lambda: "read-only" in page.page.form.row(TITLE).trouble_text)
    for place in places:
        place.chmod(0o644)
        retitle(place, "Theirs")
    page.desk.until(lambda: all(not edits_due(page.desk, one) for one in ids), what="the refusal")
    worker.masters.try_again(ids)
    page.until(lambda: len(worker.masters.conflicts()) == 3)
    actions = page.window.core.actions
    page.until(lambda: "(3)" in actions.conflicts.text())
    page.until(lambda: page.state(TITLE) is EditState.CONFLICT)
    actions.conflicts.trigger()
    sheet = dialog(page.qtbot, page.window, ConflictsDialog)
    assert isinstance(sheet, ConflictsDialog)
    page.until(lambda: sheet.view.model().rowCount() == 3)
    assert not sheet.keep.isEnabled()
    sheet.choice.merged.click()
    sheet.choice.text.setPlainText("Both")
    sheet.keep.click()
    page.until(lambda: sheet.view.model().rowCount() == 2)
    sheet.view.selectAll()
    sheet.keep_theirs.click()
    page.until(lambda: sheet.title == "No conflicts")
    page.until(lambda: {page.asset(name).title for name in names} == {"Both", "Theirs"})
    sheet.reject()
    page.until(lambda: page.state(TITLE) is None)


def test_the_history_of_a_field_tells_what_others_had_said_there() -> None:
    ours = Edit(
        change="1",
        batch="1",
        environment="l",
        asset=AssetId("a"),
        asset_id="a",
        name="a.jpg",
        path=TITLE,
        base="Before",
        value="Ours",
        state=EditState.CONFLICT,
        who="Ana",
        at="2026-11-22T12:00:00+00:00",
    )
    chosen = replace(ours, change="2", base="Theirs", value="Both")

    found = [one.value for one in versions([ours, chosen], TITLE)]

    assert found == ["Both", "Theirs", "Ours", "Before"]
