"""The transformation as text in the studio: pasted addresses, completion, misspelt words."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.raw_text import RawText
from bridge_app.ui.theme import Theme

URL = "https://res.cloudinary.com/demo/image/upload/c_fill,w_300/q_auto/v1/spring/hero.jpg"


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> RawText:
    document = Document()
    made = RawText(document, theme)
    document.setParent(made)
    document.start("w_10")
    qtbot.addWidget(made)
    return made


def pasted(field: RawText, text: str) -> str:
    clip = QMimeData()
    clip.setText(text)
    field.moveCursor(QTextCursor.MoveOperation.End)
    field.insertFromMimeData(clip)
    return field.toPlainText()


def underlined(field: RawText) -> list[str]:
    return [mark.cursor.selectedText() for mark in field.extraSelections()]


def test_a_pasted_delivery_address_leaves_its_transformation(field: RawText) -> None:
    assert pasted(field, f"See {URL}.") == "c_fill,w_300/q_auto"


@pytest.mark.parametrize("text", ["/e_sepia", "/t_a//b", "https://example.com/about"])
def test_other_text_is_pasted_where_the_cursor_is(field: RawText, text: str) -> None:
    assert pasted(field, text) == f"w_10{text}"


def test_what_cannot_be_read_is_underlined_and_stays(field: RawText) -> None:
    field.setPlainText("c_fill,w_many")
    assert underlined(field) == ["many"]
    assert field.toPlainText() == "c_fill,w_many"


def test_what_may_be_misspelt_is_underlined_too(field: RawText) -> None:
    field.setPlainText("c_fil,w_10/fl_lossy.tilled")
    assert underlined(field) == ["fil", "tilled"]
    field.setPlainText("c_fill,w_10")
    assert underlined(field) == []
