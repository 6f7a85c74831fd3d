"""Values as chips: as much of each as there is room for."""

from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.metadata_tags import Chip, Tag, TagsEditor
from bridge_app.ui.theme import Theme


def test_a_long_keyword_is_shortened_and_does_not_widen_the_form(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    editor = TagsEditor(theme, icons, placeholder="", name="")
    qtbot.addWidget(editor)
    text = "Sports|Motor Sports|Circuit Racing|" + 40 * "R&B "
    editor.show_tags([Tag(text, text), Tag("sea", "sea")])
    editor.resize(240, 120)
    editor.show()
    assert editor.width() == 240
    long, short = editor.findChildren(Chip)
    assert long.width() <= 240
    assert text.strip() in long.toolTip()
    assert short.width() == short.sizeHint().width()
    crosses = [
        chip.grab(QRect(chip.width() - 28, 0, 28, chip.height())).toImage()
        for chip in (long, short)
    ]
    assert crosses[0] == crosses[1]  # the words end before the sign of what a click does
