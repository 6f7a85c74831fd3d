"""F1: the pages of the guide beside the window, found by their words, at the place one stands."""

import re
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QImage, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from bridge_app.ui.helping.help_book import Address, Book, read_book
from bridge_app.ui.helping.help_call import NAME
from bridge_app.ui.helping.help_places import CONTENTS, SECTIONS, section_of
from bridge_app.ui.helping.help_search import HelpIndex
from bridge_app.ui.helping.help_window import HelpWindow
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.resources import help_folder
from bridge_app.ui.theme import DARK, Scheme, Theme
from tests.ui.accessibility.names import faults_in_names
from tests.ui.accessibility.tabbing import faults_in_tabbing

ROOT = Path(__file__).resolve().parents[3]
PAGES = {
    "a.md": "# Fjords\n\nWhere *boats* go: [deep](b.md#deep).\n\n## Crème\n\nBoating at night.\n",
    "b.md": "# Water\n\n```\n# no heading\n```\n\n## Deep\n\nCold | and dark.\n\n| a |\n|---|\n",
    "decisions/1.md": "# Boats by sail\n",
}


def headings(index: HelpIndex, text: str) -> list[str]:
    return [one.passage.title for one in index.find(text)]


def shown(qtbot: QtBot, window: MainWindow) -> HelpWindow:
    window.core.actions.helping.contents.trigger()
    found = window.helping.call.shown
    assert found is not None
    qtbot.waitUntil(lambda: found.page.chapter is not None)
    return found


def test_words_and_their_beginnings_are_found_without_accents_the_headings_first() -> None:
    index = HelpIndex(Book(PAGES))
    assert headings(index, "boat") == ["Fjords", "Crème"]
    assert headings(index, "creme") == ["Crème"]
    assert headings(index, "FJORDS boat") == ["Fjords", "Crème"]
    assert headings(index, "oat") == headings(index, "  ") == headings(index, "boats snow") == []
    assert index.find("deep")[0].passage.above == ("Water",)
    assert index.find("dark")[0].line == "Cold | and dark."
    assert index.find("deep")[1].line == "Where boats go: deep."


def test_links_lead_to_pages_below_the_folder_alone() -> None:
    here = Address("roles/designer.md")
    assert here.follow("../guide.md#push") == Address("guide.md", "push")
    assert here.follow("#ten") == Address("roles/designer.md", "ten")
    assert here.follow("../../README.md") is None
    assert here.follow("../images/review.png") is None


def test_what_people_look_for_is_found_in_the_real_pages() -> None:
    index = HelpIndex(read_book(help_folder()))
    for text, title in (
        ("review pack", "Review packs"),
        ("studio", "The studio"),
        ("hot fold", "Hot folders"),
        ("contact sheet", "The contact sheet"),
        ("keyring", "Accounts"),
        ("verify", "Verify what you downloaded"),
        ("smart folders", "Smart folders"),
        ("diagnostic", "The log and the diagnostic bundle"),
        ("how do I undo", "Undo"),
        ("colors", "Colours"),
        ("remove library", "Removing things"),
    ):
        assert title in headings(index, text)[:4], text
    assert all(one.line for one in index.find("Ctrl+K")[:3])


def test_every_page_is_in_the_contents_and_every_beginning_is_a_heading() -> None:
    book = read_book(help_folder())
    listed = [page for _, pages in CONTENTS for page in pages]
    assert len(listed) == len(set(listed))
    assert {*listed, "README.md"} == {page for page in book.chapters if "decisions/" not in page}
    headings = {passage.address for chapters in book.chapters.values()
                for chapter in chapters for passage in chapter.passages}  # fmt: skip
    tops = {Address(page) for page in book.chapters}
    assert set(SECTIONS.values()) - headings - tops == set()
    source = "".join(path.read_text("utf-8") for path in (ROOT / "bridge_app" / "ui").rglob("*.py"))
    classes = set(re.findall(r"^class (\w+)\(", source, re.MULTILINE))
    assert set(SECTIONS) - classes == set()


def test_the_help_opens_beside_the_window_and_leads_from_page_to_page(
    qtbot: QtBot, window: MainWindow, theme: Theme
) -> None:
    help_ = shown(qtbot, window)
    opened: list[QUrl] = []

    def note(url: QUrl) -> bool:
        opened.append(url)
        return True

    help_.open_url = note
    assert not help_.isModal()
    assert help_.page.toPlainText().startswith("Guide")
    assert not help_.back.isEnabled()

    def picture() -> QImage:
        shown = help_.page.loadResource(0, QUrl("images/studio-light.png"))
        assert isinstance(shown, QImage)
        return shown

    help_.page.linkClicked.emit("#the-studio")
    qtbot.waitUntil(lambda: "master and rendition over each other" in help_.page.toHtml())
    assert help_.page.verticalScrollBar().value() > 0
    assert 0 < picture().width() <= help_.page.column_px
    assert picture().pixelColor(4, 4).lightness() > 200
    help_.page.linkClicked.emit("presets.md")
    qtbot.waitUntil(lambda: help_.page.toPlainText().startswith("Presets"))
    assert not help_.forward.isEnabled()
    help_.back.trigger()
    qtbot.waitUntil(lambda: help_.page.toPlainText().startswith("Renditions"))
    assert help_.forward.isEnabled()

    help_.page.linkClicked.emit("https://example.org/")
    help_.page.linkClicked.emit("../CONTRIBUTING.md")
    assert opened == [QUrl("https://example.org/")]
    assert help_.said.text().startswith("CONTRIBUTING.md")
    theme.set_scheme(Scheme.DARK)
    assert DARK.link.name() in help_.page.toHtml()
    qtbot.waitUntil(lambda: picture().pixelColor(4, 4).lightness() < 100)

    # The same window is there again, with what it showed and what it shows now.
    help_.close()
    assert shown(qtbot, window) is help_


def test_words_are_found_in_all_pages_and_in_one(qtbot: QtBot, window: MainWindow) -> None:
    help_ = shown(qtbot, window)
    qtbot.keyClick(help_, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    help_.search.setText("review pack")
    assert help_.side.currentWidget() is help_.findings
    qtbot.keyClick(help_.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "index.html" in help_.page.toPlainText())
    assert help_.address == Address("guide.md", "review-packs")

    help_.find_bar.begin()
    assert [*faults_in_names(help_), *faults_in_tabbing(help_)] == []
    help_.find_bar.begin()
    help_.find_bar.field.setText("verdicts")
    first = help_.page.textCursor().position()
    assert help_.page.textCursor().selectedText() == "verdicts"
    qtbot.keyClick(help_.find_bar.field, Qt.Key.Key_Return)
    assert help_.page.textCursor().position() > first
    qtbot.keyClick(help_.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert help_.page.textCursor().position() == first
    help_.find_bar.field.setText("nowhere at all")
    assert help_.find_bar.said.text() == "Not on this page"

    for _ in range(2):
        qtbot.keyClick(help_, Qt.Key.Key_Escape)
    assert help_.find_bar.isHidden()
    assert help_.search.text() == ""
    assert help_.side.currentWidget() is help_.contents
    before = QLocale()
    QLocale.setDefault(QLocale("de"))
    help_.search.setText("zzzz")
    assert help_.said.text() == "Nothing was found."
    help_.search.clear()
    assert help_.said.text() == "The help is written in English."
    QLocale.setDefault(before)
    qtbot.keyClick(help_, Qt.Key.Key_Escape)
    assert help_.isHidden()


def test_other_windows_have_the_key_too_and_it_begins_where_one_stands(
    qtbot: QtBot, window: MainWindow
) -> None:
    class PushSheet(QDialog):
        """Named like the real one."""

    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    sheet = PushSheet(window)
    assert section_of(sheet) == Address("guide.md", "push")
    assert section_of(window) == Address("guide.md")
    sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(lambda: sheet.findChild(QShortcut, NAME) is not None)
    QTest.keyClick(sheet, Qt.Key.Key_F1)
    help_ = window.helping.call.shown
    assert help_ is not None
    assert help_.address == Address("guide.md", "push")
    assert help_.parentWidget() is None
    assert help_.focusWidget() is help_.search
