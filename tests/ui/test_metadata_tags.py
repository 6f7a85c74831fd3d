"""Values as chips: as much of each as there is room for."""

from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.metadata_tags import AT_ONCE, Chip, Tag, TagsEditor
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


def test_of_thousands_of_words_some_are_shown_and_more_when_asked_for(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    editor = TagsEditor(theme, icons, placeholder="", name="")
    qtbot.addWidget(editor)
    words = [f"word {number}" for number in range(3 * AT_ONCE - 5)]
    with qtbot.waitActive(editor):
        editor.show()
        editor.activateWindow()
    editor.show_tags([Tag(word, word, partly=True) for word in words])
    assert seen(editor) == words[:AT_ONCE]
    assert editor.more.text() == f"Show {AT_ONCE} more"
    editor.more.click()
    assert seen(editor) == words[: 2 * AT_ONCE]
    assert editor.focusWidget().accessibleName() == f"Give “{words[AT_ONCE]}” to all"
    editor.more.click()
    assert seen(editor) == words
    assert editor.more.isHidden()
    editor.show_tags([Tag("sea", "sea")])
    assert seen(editor) == ["sea"]


def seen(editor: TagsEditor) -> list[str]:
    """What the chips say that are shown."""
    return [chip.text() for chip in editor.findChildren(Chip) if not chip.isHidden()]
