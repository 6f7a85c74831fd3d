"""Words that no dictionary knows: marked in the fields, mended from the menu, learnt."""

from collections.abc import Iterable

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
)
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from bridge_app.ui.asker import Asker
from bridge_app.ui.panels.metadata_editors import LongTextEditor, TextEditor
from bridge_app.ui.spelling.marks import SpellingMarks
from bridge_app.ui.spelling.speller import Speller
from bridge_app.ui.theme import Theme

PATIENCE_MS = 30_000
WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


class Shelf:
    """Dictionaries of two languages, in memory."""

    def __init__(self) -> None:
        self.words = {"en": {"boats", "in", "the", "harbour"}, "de": {"boote", "im", "hafen"}}
        self.asked: list[str] = []

    def knows(self, language: str) -> bool:
        return language.partition("-")[0] in self.words

    def unknown(self, words: Iterable[str], language: str) -> frozenset[str]:
        asked = list(words)
        self.asked += asked
        known = self.words.get(language.partition("-")[0], set(asked))
        return frozenset(word for word in asked if word.casefold() not in known)

    def suggestions(self, word: str, language: str) -> tuple[str, ...]:
        assert word
        return tuple(sorted(self.words[language.partition("-")[0]]))[:2]

    def learn(self, word: str, language: str) -> None:
        self.words[language.partition("-")[0]].add(word.casefold())


@pytest.fixture
def shelf_of_words() -> Shelf:
    return Shelf()


@pytest.fixture
def speller(qtbot: QtBot, reader: Asker, shelf_of_words: Shelf, english: None) -> Speller:
    return Speller(lambda: shelf_of_words, reader)


def waves(field: LongTextEditor) -> list[str]:
    """The words that are underlined."""
    block, found = field.document().firstBlock(), []
    while block.isValid():
        found += [
            cut(block.text(), mark.start, mark.length)
            for mark in block.layout().formats()
            if mark.format.underlineStyle() is WAVE
        ]
        block = block.next()
    return found


def cut(text: str, start: int, length: int) -> str:
    """A part of a text, by Qt's numbers: of UTF-16."""
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le")


def compose(field: TextEditor, preedit: str, commit: str = "") -> None:
    """What an input method sends: letters that are not said yet, and those that are."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def cursor_x(field: TextEditor) -> float:
    """Where the cursor stands: behind what is composed."""
    return float(field.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).x())


def words(menu: QMenu) -> list[str]:
    return [one.text() for one in menu.actions() if one.isVisible() and not one.isSeparator()]


def test_unknown_words_are_underlined_and_mended_as_if_typed(
    qtbot: QtBot, speller: Speller, theme: Theme
) -> None:
    field = LongTextEditor()
    qtbot.addWidget(field)
    marks = SpellingMarks(field, speller, theme, "en")
    field.show_value("Baots in\nthe harbour", mixed=False)
    qtbot.waitUntil(lambda: waves(field) == ["Baots"], timeout=PATIENCE_MS)
    assert marks.menu_at(8) is None
    menu = marks.menu_at(2)
    assert menu is not None
    qtbot.waitUntil(lambda: words(menu)[:2] == ["boats", "harbour"], timeout=PATIENCE_MS)
    assert words(menu)[2] == "&Add to the Dictionary"
    menu.actions()[0].trigger()
    assert field.toPlainText() == "boats in\nthe harbour"
    qtbot.waitUntil(lambda: waves(field) == [], timeout=PATIENCE_MS)
    with qtbot.waitSignal(field.said) as said:
        field.finish()
    assert said.args == ["boats in\nthe harbour"]
    field.undo()
    assert field.toPlainText() == "Baots in\nthe harbour"


def test_a_line_is_marked_too_and_keeps_its_text_and_cursor(
    qtbot: QtBot, speller: Speller, theme: Theme
) -> None:
    field = TextEditor()
    qtbot.addWidget(field)
    marks = SpellingMarks(field, speller, theme, "en")
    typed: list[str] = []
    field.typed.connect(typed.append)
    field.show_value("The harbuor", mixed=False)
    qtbot.waitUntil(lambda: marks.marked == [(4, 7)], timeout=PATIENCE_MS)
    assert (field.text(), field.cursorPosition(), typed) == ("The harbuor", 0, [])
    menu = marks.menu_at(5)
    assert menu is not None
    qtbot.waitUntil(lambda: words(menu)[0] == "boats", timeout=PATIENCE_MS)
    menu.actions()[1].trigger()
    assert (field.text(), typed) == ("The harbour", ["The harbour"])
    qtbot.waitUntil(lambda: marks.marked == [], timeout=PATIENCE_MS)


def test_a_word_that_was_added_is_right_everywhere_and_asked_for_once(
    qtbot: QtBot, speller: Speller, theme: Theme, shelf_of_words: Shelf
) -> None:
    fields = [LongTextEditor(), LongTextEditor()]
    all_marks = []
    for field in fields:
        qtbot.addWidget(field)
        all_marks.append(SpellingMarks(field, speller, theme, "en"))
        field.show_value("Morrowtide boats", mixed=False)
    qtbot.waitUntil(lambda: [waves(one) for one in fields] == [["Morrowtide"]] * 2, timeout=30_000)
    assert sorted(shelf_of_words.asked) == ["Morrowtide", "boats"]
    speller.learn("Morrowtide", "en")
    assert [waves(one) for one in fields] == [[], []]
    qtbot.waitUntil(lambda: "morrowtide" in shelf_of_words.words["en"], timeout=PATIENCE_MS)


def test_a_desk_without_a_dictionary_of_its_own_reads_english(
    qtbot: QtBot, speller: Speller, theme: Theme
) -> None:
    QLocale.setDefault(QLocale("ar_EG"))
    try:
        field = LongTextEditor()
        qtbot.addWidget(field)
        SpellingMarks(field, speller, theme, "")
        field.show_value("Baots in the harbour", mixed=False)
        qtbot.waitUntil(lambda: waves(field) == ["Baots"], timeout=PATIENCE_MS)
    finally:
        QLocale.setDefault(QLocale("en_GB"))


def test_the_menu_opens_by_the_keyboard_where_the_cursor_is(
    qtbot: QtBot, speller: Speller, theme: Theme
) -> None:
    field = LongTextEditor()
    qtbot.addWidget(field)
    SpellingMarks(field, speller, theme, "en")
    field.show_value("In the harbuor", mixed=False)
    qtbot.waitUntil(lambda: waves(field) == ["harbuor"], timeout=PATIENCE_MS)
    cursor = field.textCursor()
    cursor.setPosition(9)
    field.setTextCursor(cursor)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(field, QContextMenuEvent(reason, QPoint(), QPoint()))
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    qtbot.waitUntil(lambda: words(popup)[0] == "boats", timeout=PATIENCE_MS)
    popup.close()


def test_a_text_without_a_language_is_read_in_the_one_that_knows_more_of_it(
    qtbot: QtBot, speller: Speller, theme: Theme
) -> None:
    QLocale.setDefault(QLocale("de_DE"))
    try:
        field = LongTextEditor()
        qtbot.addWidget(field)
        marks = SpellingMarks(field, speller, theme, "")
        field.show_value("Boats in the harbour xx", mixed=False)
        qtbot.waitUntil(lambda: waves(field) == ["xx"], timeout=PATIENCE_MS)
        assert marks.language == "en"
        field.show_value("Boote im Hafen", mixed=False)
        qtbot.waitUntil(lambda: marks.language == "de-DE", timeout=PATIENCE_MS)
        assert waves(field) == []
    finally:
        QLocale.setDefault(QLocale("en_GB"))


@pytest.mark.parametrize("kind", [LongTextEditor, TextEditor])
@pytest.mark.parametrize("wrong", ["harbuor", "h\U0001d4eabuor"])
def test_behind_letters_beyond_the_first_plane_the_right_word_is_mended(
    qtbot: QtBot,
    speller: Speller,
    theme: Theme,
    kind: type[LongTextEditor | TextEditor],
    wrong: str,
) -> None:
    text = "\U0001f4f7\U0001f4f7 the {} \U0001f4f7 boats in the {}"
    field = kind()
    qtbot.addWidget(field)
    marks = SpellingMarks(field, speller, theme, "en")
    field.show_value(text.format(wrong, wrong), mixed=False)

    def marked() -> list[str]:
        if isinstance(field, LongTextEditor):
            return waves(field)
        return [cut(field.text(), *place) for place in marks.marked]

    qtbot.waitUntil(lambda: marked() == [wrong, wrong], timeout=PATIENCE_MS)
    behind = text.format(wrong, wrong).encode("utf-16-le")
    assert marks.menu_at(len(behind) // 2 - len(wrong.encode("utf-16-le")) // 2 - 2) is None
    menu = marks.menu_at(len(behind) // 2)
    assert menu is not None
    qtbot.waitUntil(lambda: words(menu)[0] == "boats", timeout=PATIENCE_MS)
    menu.actions()[0].trigger()
    assert marks.text == text.format(wrong, "boats")


def test_what_an_input_method_composes_is_left_alone_and_marked_when_it_is_over(
    qtbot: QtBot, speller: Speller, theme: Theme
) -> None:
    field = TextEditor()
    qtbot.addWidget(field)
    marks = SpellingMarks(field, speller, theme, "en")
    field.setText("Baots ")
    qtbot.waitUntil(lambda: marks.marked == [(0, 5)], timeout=PATIENCE_MS)
    before = cursor_x(field)
    compose(field, "harbuor")
    composing = cursor_x(field)
    assert composing > before
    speller.learn("Baots", "en")
    assert (cursor_x(field), field.text()) == (composing, "Baots ")
    compose(field, "", "harbuor boats")
    assert field.text() == "Baots harbuor boats"
    qtbot.waitUntil(lambda: marks.marked == [(6, 7)], timeout=PATIENCE_MS)


def test_a_composition_that_is_given_up_leaves_the_marks(
    qtbot: QtBot, speller: Speller, theme: Theme
) -> None:
    field = TextEditor()
    qtbot.addWidget(field)
    marks = SpellingMarks(field, speller, theme, "en")
    field.setText("Baots harbuor ")
    qtbot.waitUntil(lambda: marks.marked == [(0, 5), (6, 7)], timeout=PATIENCE_MS)
    compose(field, "ni")
    speller.learn("Baots", "en")
    compose(field, "")
    qtbot.waitUntil(lambda: marks.marked == [(6, 7)], timeout=PATIENCE_MS)


def test_a_text_has_one_highlighter(qtbot: QtBot, speller: Speller, theme: Theme) -> None:
    field = LongTextEditor()
    qtbot.addWidget(field)
    SpellingMarks(field, speller, theme, "en")
    assert len(field.document().findChildren(QSyntaxHighlighter)) == 1
