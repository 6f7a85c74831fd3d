"""Keys are read from left to right, among words that are read the other way, too."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyleOptionMenuItem
from pytestqt.qtbot import QtBot

from bridge_app.ui.commands.found_row import caps
from bridge_app.ui.key_texts import native
from bridge_app.ui.parts.key_menu import KeyMenu


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def as_read(keys: str) -> str:
    """What stands on a line of Arabic, from its left to its right."""
    layout = QTextLayout(keys)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    layout.setTextOption(option)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    where = QTextLayout.GlyphRunRetrievalFlag
    glyphs = layout.glyphRuns(-1, -1, where.RetrieveStringIndexes | where.RetrieveGlyphPositions)
    seen = sorted(
        (place.x(), keys[index])
        for run in glyphs
        for place, index in zip(run.positions(), run.stringIndexes(), strict=True)
        if keys[index].isprintable()
    )
    return "".join(letter for _, letter in seen)


@pytest.mark.usefixtures("mirrored")
def test_a_key_that_is_a_sign_stands_behind_those_that_are_held_with_it() -> None:
    assert as_read("Ctrl++") == "++Ctrl", "what is to be prevented"
    assert as_read(native("Ctrl++")) == "Ctrl++"
    assert as_read(native("Ctrl+-")) == "Ctrl+-"
    assert as_read(f"{native('Ctrl+.')}, {native('Ctrl+K')}") == "Ctrl+K ,Ctrl+."


@pytest.mark.usefixtures("mirrored")
def test_menus_write_them_like_that(qtbot: QtBot) -> None:
    menu = KeyMenu("View")
    qtbot.addWidget(menu)
    larger = QAction("Larger", menu)
    larger.setShortcut("Ctrl++")
    option = QStyleOptionMenuItem()
    menu.initStyleOption(option, larger)
    words, _, keys = option.text.partition("\t")
    assert words == "Larger"
    assert as_read(keys) == "Ctrl++"


@pytest.mark.usefixtures("mirrored")
def test_the_palette_draws_each_key_alone() -> None:
    assert caps(f"{native('Ctrl++')}, {native('Ctrl+=')}") == ["Ctrl", "+"]


def test_from_left_to_right_keys_are_plain_text() -> None:
    assert native("Ctrl++") == "Ctrl++"
