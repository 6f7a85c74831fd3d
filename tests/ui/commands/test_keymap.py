"""Which keys do what, as a person may change it."""

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.ui.commands.keymap import Keymap
from bridge_app.ui.commands.keys import as_text, from_text, is_letter, usual
from bridge_app.ui.key_texts import native, unmarked
from bridge_app.ui.source_names import TIP


@pytest.fixture
def owner(qapp: QApplication, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def action(owner: QWidget, name: str, keys: str = "") -> QAction:
    made = QAction(f"&{name.title()}…", owner)
    made.setObjectName(name)
    made.setShortcut(QKeySequence(keys))
    return made


@pytest.fixture
def approve(owner: QWidget) -> QAction:
    return action(owner, "approve", "Ctrl+Shift+A")


@pytest.fixture
def push(owner: QWidget) -> QAction:
    return action(owner, "push", "Ctrl+U")


@pytest.fixture
def keymap(owner: QWidget, approve: QAction, push: QAction) -> Keymap:
    made = Keymap(owner)
    made.learn((approve, push), {approve: "A"})
    made.take({})
    return made


def test_an_action_has_its_letter_and_its_keys_and_says_so(
    keymap: Keymap, approve: QAction
) -> None:
    assert keymap.keys(approve) == ("A", "Ctrl+Shift+A")
    assert approve.toolTip() == "Approve (A)"
    # The letter alone would act everywhere, also while somebody writes.
    assert [key.toString() for key in approve.shortcuts()] == ["Ctrl+Shift+A"]


def test_a_letter_that_comes_before_the_dialog_it_opened_is_on_the_screen_does_nothing(
    keymap: Keymap, approve: QAction, owner: QWidget
) -> None:
    keymap.act_in(owner)
    pressed: list[str] = []
    approve.triggered.connect(lambda: pressed.append("A"))
    (letter,) = owner.findChildren(QShortcut)
    letter.activated.emit()
    dialog = QDialog(owner)
    dialog.open()
    letter.activated.emit()  # as Qt does until the system has given the dialog the keyboard
    dialog.close()
    letter.activated.emit()
    assert pressed == ["A", "A"]


def test_a_key_that_somebody_else_has_moves_and_its_holder_is_named(
    keymap: Keymap, approve: QAction, push: QAction
) -> None:
    assert keymap.holder("Ctrl+Shift+A", but=push) is approve
    assert keymap.holder("Ctrl+U", but=push) is None
    keymap.give(push, ["Ctrl+Shift+A"])
    assert keymap.keys(push) == ("Ctrl+Shift+A",)
    assert keymap.keys(approve) == ("A",)
    assert approve.shortcuts() == []
    assert push.toolTip() == f"Push ({native('Ctrl+Shift+A')})"


def test_what_is_given_back_is_taken_from_who_has_it_now(
    keymap: Keymap, approve: QAction, push: QAction
) -> None:
    keymap.give(push, ["A"])
    assert keymap.keys(approve) == ("Ctrl+Shift+A",)
    keymap.reset(approve)
    assert keymap.keys(approve) == ("A", "Ctrl+Shift+A")
    assert keymap.keys(push) == ()
    assert not keymap.is_changed(approve)
    keymap.reset_all()
    assert keymap.keys(push) == ("Ctrl+U",)
    assert keymap.own == {}


def test_a_tool_tip_that_says_why_not_stays(keymap: Keymap, push: QAction) -> None:
    push.setToolTip("The key may not upload.")
    keymap.give(push, ["Ctrl+Shift+U"])
    assert push.toolTip() == "The key may not upload."
    assert push.property(TIP) == f"Push ({native('Ctrl+Shift+U')})"


def test_what_was_chosen_is_kept_as_text_and_what_is_no_such_text_is_left_out() -> None:
    own = {"push": ("Ctrl+Shift+U",), "approve": ()}
    assert from_text(as_text(own)) == own
    assert as_text({}) == ""
    for damaged in ("{", "[]", '{"push": "Ctrl+U"}', '{"push": [1]}', '{"push": ["nonsense+"]}'):
        assert from_text(damaged).get("push", ()) == ()


@pytest.mark.parametrize("key", ["A", "Shift+A", "7", "?", "Space"])
def test_what_writes_a_character_is_a_letter(key: str) -> None:
    assert is_letter(key)


@pytest.mark.parametrize("key", ["Ctrl+A", "Alt+A", "F5", "Esc", "Meta+A", ""])
def test_what_writes_none_is_no_letter(key: str) -> None:
    assert not is_letter(key)


def test_keys_are_written_in_one_way() -> None:
    assert usual(["shift+ctrl+a", "Ctrl+Shift+A", ""]) == ("Ctrl+Shift+A",)


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("&Push…", "Push…"),
        ("新しいウィンドウ(&N)", "新しいウィンドウ"),
        ("添加(&A)…", "添加…"),
        ("Save && &Close (all)", "Save & Close (all)"),
    ],
)
def test_words_are_said_without_the_letter_that_chooses_them(marked: str, said: str) -> None:
    assert unmarked(marked) == said
