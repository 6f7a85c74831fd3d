"""Custom fields whose definitions arrive while somebody is at them."""

from collections.abc import Iterable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.custom_fields import custom_path
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.master_sheet import MasterWay, SaidMaster, standard_record
from bridge_app.domain.standard_fields import StandardField
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.metadata_editors import ChoiceEditor, TextEditor
from bridge_app.ui.panels.standard_custom import CustomGroup
from bridge_app.ui.panels.standard_rows import StandardRow
from bridge_app.ui.panels.standard_sheet import master_sheet
from bridge_app.ui.theme import Theme

PATIENCE_MS = 30_000
BRAND = custom_path("Brand")


class Shown:
    """The group in a window, what was said in it, and another place for the keyboard."""

    def __init__(self, qtbot: QtBot, theme: Theme, icons: Icons) -> None:
        self.qtbot = qtbot
        self.said: list[Change] = []

        def new_row(path: FieldPath, field: StandardField) -> StandardRow:
            row = StandardRow(theme, icons, path, field)
            row.said.connect(self.said.append)
            return row

        self.group = CustomGroup(theme, icons, title="PhotoShelter fields", new_row=new_row)
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.group)
        self.elsewhere = TextEditor()
        layout.addWidget(self.elsewhere)
        qtbot.addWidget(self.window)
        self.window.resize(400, 300)
        self.window.show()

    def show(self, brand: str) -> None:
        self.group.show_sheet(master_sheet([master(brand)]))
        self.group.set_open(on=True)

    def line(self) -> TextEditor:
        editor = self.group.rows[BRAND].editor
        assert isinstance(editor, TextEditor)
        return editor

    def choice(self) -> ChoiceEditor:
        editor = self.group.rows[BRAND].editor
        assert isinstance(editor, ChoiceEditor)
        return editor

    def go(self, editor: QWidget) -> None:
        editor.setFocus()
        self.qtbot.waitUntil(editor.hasFocus, timeout=PATIENCE_MS)

    def until_choice(self, options: Iterable[str]) -> ChoiceEditor:
        def is_there() -> bool:
            editor = self.group.rows[BRAND].editor
            return isinstance(editor, ChoiceEditor) and offered(editor) == list(options)

        self.qtbot.waitUntil(is_there, timeout=PATIENCE_MS)
        return self.choice()


def master(brand: str) -> SaidMaster:
    asset = Asset(
        id=AssetId("a.jpg"),
        library=LibraryId("photoshelter:brand"),
        path="a.jpg",
        name="a.jpg",
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=1,
        modified_at="2026-11-01T00:00:00+00:00",
    )
    there = standard_record({"custom:Brand": brand})
    return SaidMaster(asset=asset, destination="there", there=there, way=MasterWay.SERVICE)


def offered(editor: ChoiceEditor) -> list[str]:
    return [editor.itemText(at) for at in range(1, editor.count())]


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme, icons: Icons, english: None) -> Shown:
    return Shown(qtbot, theme, icons)


def test_what_is_being_typed_stays_and_is_said(shown: Shown) -> None:
    shown.show("Nord")
    line = shown.line()
    shown.go(line)
    line.selectAll()
    shown.qtbot.keyClicks(line, "Coas")
    shown.group.offer({"Brand": ("Coast", "Nord")})
    assert (shown.line(), line.text(), line.hasFocus()) == (line, "Coas", True)
    shown.qtbot.keyClicks(line, "t")
    shown.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert shown.said == [Change(path=BRAND, value="Coast")]
    shown.go(shown.elsewhere)
    # Until it is known what became of it, what was typed is what is shown.
    assert shown.line().text() == "Coast"
    shown.show("Coast")
    assert shown.until_choice(["Coast", "Nord"]).currentText() == "Coast"
    assert shown.said == [Change(path=BRAND, value="Coast")]


def test_where_nothing_was_typed_the_options_come_when_the_keyboard_goes(shown: Shown) -> None:
    shown.show("Nord")
    line = shown.line()
    shown.go(line)
    shown.group.offer({"Brand": ("Coast", "Nord")})
    assert shown.line().hasFocus()
    shown.go(shown.elsewhere)
    choice = shown.until_choice(["Coast", "Nord"])
    assert (choice.currentText(), shown.said) == ("Nord", [])
    shown.go(choice)
    shown.group.offer({"Brand": ("Coast", "Nord", "Sund")})
    assert shown.choice().hasFocus()
    shown.go(shown.elsewhere)
    shown.until_choice(["Coast", "Nord", "Sund"])


def test_what_has_to_be_mended_stays(shown: Shown) -> None:
    shown.show("Nord")
    line = shown.line()
    shown.go(line)
    line.selectAll()
    shown.qtbot.keyClicks(line, "Coas")
    shown.qtbot.keyClick(line, Qt.Key.Key_Return)
    shown.group.rows[BRAND].refuse(InvalidInputError(what="Brand", detail="it is none"))
    shown.go(shown.elsewhere)
    shown.group.offer({"Brand": ("Coast", "Nord")})
    assert shown.line().text() == "Coas"
    shown.go(line)
    shown.qtbot.keyClick(line, Qt.Key.Key_Escape)
    shown.go(shown.elsewhere)
    assert shown.until_choice(["Coast", "Nord"]).currentText() == "Nord"


def test_a_list_that_nobody_is_at_has_its_options_at_once(shown: Shown) -> None:
    shown.show("Nord")
    shown.group.offer({"Brand": ("Coast", "Nord")})
    assert offered(shown.choice()) == ["Coast", "Nord"]
    shown.group.offer({"Brand": ("Nord",)})
    assert offered(shown.choice()) == ["Nord"]
