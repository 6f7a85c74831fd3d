"""Vocabularies are typed or taken in, kept, handed out again, and told where they are wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bridge_app.storage.vocabularies import KeptVocabulary
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.vocabularies import VocabulariesDialog
from bridge_app.ui.looks import Looks
from bridge_app.work.words import WordsDesk
from tests.desk import Desk

Until = Callable[[Callable[[], bool]], None]
LIST = "Place\n\tBergen\n\t\t{Bjorgvin}\n"


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    return lambda holds: qtbot.waitUntil(holds, timeout=20_000)


@pytest.fixture
def words(shelf: Desk) -> WordsDesk:
    return shelf.parts.worker.words


@pytest.fixture
def dialog(
    qtbot: QtBot, shelf: Desk, reader: Asker, looks: Looks, english: None
) -> VocabulariesDialog:
    made = VocabulariesDialog(shelf.parts.worker, reader, looks)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_file_is_shown_saved_changed_handed_out_and_deleted(
    dialog: VocabulariesDialog, words: WordsDesk, until: Until, tmp_path: Path
) -> None:
    file = tmp_path / "Places.txt"
    file.write_text(LIST, encoding="utf-16")
    assert not dialog.save.isEnabled()
    until(lambda: dialog.place.words == "What you save is listed here.")
    dialog.open_file(file)
    until(lambda: dialog.name.text() == "Places")
    dialog.closed.setChecked(True)
    dialog.save.click()
    until(lambda: dialog.lines.rowCount() == 1)
    kept = KeptVocabulary(name="Places", field="keywords", text=LIST, closed=True)
    assert (words.vocabularies(), dialog.note[:6]) == ((kept,), "2 word")
    assert not dialog.save.isEnabled()
    dialog.fresh.click()
    assert (dialog.name.text(), dialog.text.toPlainText()) == ("", "")
    dialog.list.setCurrentIndex(dialog.lines.index(0, 0))
    assert dialog.vocabulary == kept
    dialog.write_file(tmp_path / "copy.txt")
    until(lambda: "Written" in dialog.note)
    assert (tmp_path / "copy.txt").read_text(encoding="utf-8") == LIST
    dialog.delete.click()
    until(lambda: dialog.lines.rowCount() == 0)
    assert words.vocabularies() == ()


def test_what_is_wrong_is_told_and_its_line_is_chosen(
    dialog: VocabulariesDialog, words: WordsDesk, until: Until
) -> None:
    wrong = KeptVocabulary(name="Wrong", field="keywords", text="Place\n\t\tBergen\n")
    dialog.show_vocabulary(wrong)
    dialog.save.click()
    until(lambda: "line 2" in dialog.note)
    assert dialog.text.textCursor().selectedText().strip() == "Bergen"
    assert (dialog.text.toPlainText(), words.vocabularies()) == (wrong.text, ())
    dialog.open_file(Path("/nowhere/words.txt"))
    until(lambda: "words.txt" in dialog.note)


def test_only_words_of_a_set_can_be_refused(dialog: VocabulariesDialog) -> None:
    dialog.closed.setChecked(True)
    dialog.field.setCurrentIndex(dialog.field.findData("event"))
    assert (dialog.closed.isEnabled(), dialog.vocabulary.closed) == (False, False)
    assert dialog.field.findData("rating") == -1


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_every_part_is_named_for_those_who_hear_it(
    dialog: VocabulariesDialog, direction: Qt.LayoutDirection
) -> None:
    dialog.setLayoutDirection(direction)
    for part in (dialog.list, dialog.text):
        assert part.accessibleName()
    buttons = (dialog.fresh, dialog.take_in, dialog.delete, dialog.hand_out, dialog.save)
    assert all(button.text() for button in buttons)
