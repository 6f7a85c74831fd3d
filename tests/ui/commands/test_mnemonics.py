"""The underlined letters of menus: each of one menu leads to one entry."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from bridge_app.ui.actions import Actions
from bridge_app.ui.icons import Icons
from bridge_app.ui.languages import NATIVE_NAMES
from bridge_app.ui.menus import fill_menus
from bridge_app.ui.parts.mnemonics import letter_of, parted
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
