"""A collection with nothing in it says what would bring something into it."""

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.domain.query import Query, Sort
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.folder_tree import COLLECTIONS
from bridge_app.ui.panels.collection_emptiness import collection_words
from tests.ui.windows import go


@pytest.mark.parametrize("name", COLLECTIONS)
def test_each_collection_has_words_of_its_own(qapp: object, name: str) -> None:
    words = collection_words(COLLECTIONS[name])
    assert words is not None
    assert words.title
    assert words.text


def test_whatever_else_is_asked_has_none(qapp: object) -> None:
    assert collection_words(Query()) is None
    assert collection_words(Query(pushed=True, text="beach")) is None
    assert collection_words(Query(pushed=True, sort=Sort.NAME, environment="studio")) is not None


def test_it_stands_in_the_window(qtbot: QtBot, window: MainWindow) -> None:
    go(qtbot, window, COLLECTIONS["pushed"])
    shown = window.middle.browser._bare
    qtbot.waitUntil(shown.isVisible)
    assert shown.title == "Nothing is pushed yet"
    assert "Ctrl+U" in shown.text
