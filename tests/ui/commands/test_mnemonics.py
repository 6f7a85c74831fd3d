"""The underlined letters of menus and dialogs: each leads to one place alone."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
)
from pytestqt.qtbot import QtBot

from bridge_app.ui.actions import Actions
from bridge_app.ui.icons import Icons
from bridge_app.ui.languages import NATIVE_NAMES
from bridge_app.ui.menus import fill_menus
from bridge_app.ui.parts.mnemonics import letter_of, lettered, parted
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.theme import Theme
from bridge_app.ui.translations import install_translations


def test_the_first_keeps_its_letter_and_the_other_gets_a_free_one_of_its_own() -> None:
    assert parted(["&Accounts…", "Chosen &at Cloudinary"]) == [
        "&Accounts…",
        "&Chosen at Cloudinary",
    ]
    assert parted(["&Copy", "&Close", "&Crop"]) == ["&Copy", "C&lose", "C&rop"]
    assert parted(["&New", "Tom && &Nina"]) == ["&New", "&Tom && Nina"]


def test_a_letter_behind_words_of_another_script_is_replaced_there() -> None:
    assert parted(["打开(&O)…", "复制(&O)", "关闭(&A)"]) == ["打开(&O)…", "复制(&B)", "关闭(&A)"]


def test_what_has_no_letter_stays_as_it_is_and_what_finds_no_free_one_has_none() -> None:
    assert parted(["100 %", "&A", "&A", "a && b", ""]) == ["100 %", "&A", "A", "a && b", ""]


@pytest.fixture(params=NATIVE_NAMES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    before = QLocale()
    translators = install_translations(qapp, request.param)
    yield request.param
    for translator in translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def menus_of(entries: list[QAction]) -> Iterator[list[QAction]]:
    yield entries
    for entry in entries:
        inner = entry.menu()
        if isinstance(inner, QMenu):
            inner.aboutToShow.emit()
            yield from menus_of(inner.actions())


@pytest.mark.usefixtures("language")
def test_no_menu_of_the_window_has_a_letter_twice(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    fill_menus(window.menuBar(), Actions(theme, icons, window), account=QMenu(window))
    for entries in menus_of(window.menuBar().actions()):
        texts = [entry.text() for entry in entries]
        letters = Counter(filter(None, map(letter_of, texts)))
        assert [letter for letter, count in letters.items() if count > 1] == [], texts


def test_no_dialog_that_is_opened_has_a_letter_twice_among_what_is_seen(qtbot: QtBot) -> None:
    dialog, field = QDialog(), QLineEdit()
    qtbot.addWidget(dialog)
    label, tabs = QLabel("&Token"), QTabWidget()
    label.setBuddy(field)
    pages = [QPushButton("&Theirs"), QCheckBox("A &third value")]
    for page, title in zip(pages, ("&One", "&Other"), strict=True):
        tabs.addTab(page, title)
    layout = QVBoxLayout(dialog)
    for widget in (label, field, tabs):
        layout.addWidget(widget)
    open_dialog(dialog)
    assert len(letters_in(dialog)) == 4
    tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(letters_in(dialog)) == 4)
    assert pages[1].text() == "&A third value"


def letters_in(dialog: QDialog) -> set[str]:
    return {letter_of(text) for text, _ in lettered(dialog)}
