"""The brand kit in its window: added, renamed, removed, put in order, taken back, kept."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QLineEdit
from pytestqt.qtbot import QtBot

from bridge_app.ui.icons import Icons
from bridge_app.ui.studio.brand_dialog import BrandKitDialog
from bridge_app.ui.studio.brand_kit import BrandKit
from bridge_app.ui.studio.kit_list import KitList
from bridge_app.ui.studio.window import StudioWindow
from bridge_app.ui.theme import Theme

KIT = BrandKit(("Inter", "Arial", "Lora"), ("ffffff", "112233"))


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme, icons: Icons, english: None) -> Iterator[BrandKitDialog]:
    made = BrandKitDialog(theme, icons, KIT)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def write(qtbot: QtBot, lines: KitList, text: str) -> None:
    """Type into the line whose editor is open, until that is closed."""
    editor = lines.list.findChild(QLineEdit)
    assert editor is not None
    with qtbot.waitSignal(lines.list.itemDelegate().closeEditor):
        editor.setText(text)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lines.list.findChild(QLineEdit) is None)


def test_a_font_is_renamed_in_its_place(qtbot: QtBot, dialog: BrandKitDialog) -> None:
    dialog.fonts.list.setCurrentRow(1)
    dialog.fonts.type_current()
    write(qtbot, dialog.fonts, "  Open   Sans ")
    assert dialog.kit.fonts == ("Inter", "Open Sans", "Lora")


def test_a_font_is_added_and_an_empty_one_is_not(qtbot: QtBot, dialog: BrandKitDialog) -> None:
    dialog.fonts.add.click()
    write(qtbot, dialog.fonts, "")
    assert dialog.fonts.list.count() == len(KIT.fonts)
    dialog.fonts.add.click()
    write(qtbot, dialog.fonts, "Roboto")
    assert dialog.kit.fonts == (*KIT.fonts, "Roboto")


def test_a_colour_is_written_anew_and_what_is_none_is_not_taken(
    qtbot: QtBot, dialog: BrandKitDialog
) -> None:
    dialog.colours.list.setCurrentRow(1)
    dialog.colours.type_current()
    write(qtbot, dialog.colours, "reddish")
    assert dialog.kit == KIT
    assert dialog.colours.list.item(1).text() == "#112233"
    dialog.colours.type_current()
    write(qtbot, dialog.colours, "D12C40")
    assert dialog.kit.colours == ("ffffff", "d12c40")


def test_a_colour_is_chosen_on_a_double_click(qtbot: QtBot, dialog: BrandKitDialog) -> None:
    dialog.colours.list.itemDoubleClicked.emit(dialog.colours.list.item(0))
    picker = dialog.findChild(QColorDialog)
    assert picker is not None
    picker.setCurrentColor(QColor("#a0b0c0"))
    picker.accept()
    assert dialog.kit.colours == ("a0b0c0", "112233")


def test_what_is_removed_comes_back_with_undo(qtbot: QtBot, dialog: BrandKitDialog) -> None:
    dialog.fonts.list.setCurrentRow(0)
    dialog.fonts.list.setFocus()
    qtbot.keyClick(dialog.fonts.list, Qt.Key.Key_Delete)
    assert dialog.kit.fonts == ("Arial", "Lora")
    dialog.undo.undo()
    assert dialog.kit == KIT
    dialog.undo.redo()
    assert dialog.kit.fonts == ("Arial", "Lora")


def test_the_last_one_stays(dialog: BrandKitDialog) -> None:
    dialog.colours.remove.click()
    assert len(dialog.kit.colours) == 1
    assert not dialog.colours.remove.isEnabled()


def test_the_order_is_changed_and_kept_in_sight(dialog: BrandKitDialog) -> None:
    dialog.fonts.list.setCurrentRow(2)
    dialog.fonts.up.click()
    dialog.fonts.up.click()
    assert dialog.kit.fonts == ("Lora", "Inter", "Arial")
    assert dialog.fonts.list.currentRow() == 0
    assert not dialog.fonts.up.isEnabled()


def test_nothing_is_kept_but_by_saving(qtbot: QtBot, studio: StudioWindow, theme: Theme) -> None:
    studio.open_page("overlay")
    studio.overlay.change_kit.click()
    dialog = studio.findChild(BrandKitDialog)
    assert dialog is not None
    dialog.fonts.remove.click()
    kit = dialog.kit
    dialog.reject()
    assert studio.overlay.font_list.itemText(0) != kit.fonts[0]
    studio.overlay.change_kit.click()
    again = next(one for one in studio.findChildren(BrandKitDialog) if one.isVisible())
    again.fonts.remove.click()
    again.accept_kit()
    assert studio.overlay.font_list.itemText(0) == kit.fonts[0]
