"""Small parts: words that are not cut, and a button that has a name."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.clearing import let_clear
from bridge_app.ui.parts.queue_chip import QueueChip
from bridge_app.ui.parts.whole_label import WholeLabel
from bridge_app.ui.theme import Theme

LONG = "A sentence that needs several lines wherever there is little room for it. " * 3


def test_a_message_is_as_high_as_its_words_whatever_stands_beside(
    qtbot: QtBot, theme: Theme
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    bar, act = MessageBar(theme, Icons(theme)), QAction("Do something about it…")
    column = QVBoxLayout(around)
    column.addWidget(bar)
    column.addStretch(1)
    around.resize(420, 500)
    around.show()
    bar.say(Tone.INFO, LONG, action=act)
    (label,) = bar.findChildren(WholeLabel)
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    around.resize(320, 500)
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))


def test_a_message_is_low_again_where_there_is_room_again(qtbot: QtBot, theme: Theme) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    bar = MessageBar(theme, Icons(theme))
    column = QVBoxLayout(around)
    column.addWidget(bar)
    column.addStretch(1)
    around.resize(900, 500)
    around.show()
    bar.say(Tone.WARNING, LONG[:130], action=QAction("Calendar…"))
    (label,) = bar.findChildren(WholeLabel)
    qtbot.waitUntil(lambda: label.width() > 500)
    low = label.minimumHeight()
    around.resize(420, 500)
    qtbot.waitUntil(lambda: label.minimumHeight() > low)
    around.resize(900, 500)
    qtbot.waitUntil(lambda: label.width() > 500)
    assert label.minimumHeight() == low


def test_a_line_without_room_is_shortened_and_told_in_full(qtbot: QtBot, theme: Theme) -> None:
    shows = QAction("Review Queue…")
    shows.setToolTip("Review Queue (Ctrl+Shift+W)")
    chip = QueueChip(theme, Icons(theme), shows)
    qtbot.addWidget(chip)
    chip.show_counts(1234, 0)
    chip.resize(300, 34)
    chip.show()
    qtbot.waitUntil(lambda: "to review" in chip.button.text())
    assert chip.button.toolTip() == shows.toolTip()
    chip.resize(90, 34)
    qtbot.waitUntil(lambda: "…" in chip.button.text())
    assert chip.button.toolTip() == chip.button.accessibleName()
    assert chip.button.accessibleName() == "1234 to review"


def test_the_button_that_empties_a_field_has_a_name(qtbot: QtBot) -> None:
    for field in (QLineEdit(), QKeySequenceEdit()):
        qtbot.addWidget(field)
        let_clear(field)
        (button,) = field.findChildren(QToolButton)
        assert button.accessibleName() == "Empty the field"
