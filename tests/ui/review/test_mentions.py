"""Writing a comment: roles are offered after an @, and it is sent without the mouse."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from bridge_app.domain.comments import mentions_in
from bridge_app.domain.roles import role_of
from bridge_app.ui.review.mentions import MentionField, begun_mention, written_mention
from bridge_app.ui.theme import Theme

ROLES = ["Art Director", "brand", "legal"]


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> MentionField:
    made = MentionField()
    qtbot.addWidget(made)
    made.offer_roles(ROLES)
    made.show()
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        ("@", ""),
        ("ask @le", "le"),
        ("(@brand", "brand"),
        ('see @"art dir', "art dir"),
        ("me@example", None),
        ("nothing here", None),
        ("@legal ", None),
    ],
)
def test_a_mention_begins_with_an_at_that_stands_alone(before: str, typed: str | None) -> None:
    assert begun_mention(before) == typed


@given(st.text("abc -éñ日", min_size=1, max_size=20).map(role_of).filter(bool))
def test_what_is_inserted_is_read_as_that_role(role: str) -> None:
    assert mentions_in(f"ask {written_mention(role)} please") == (role,)


def test_roles_are_offered_while_a_mention_is_typed(qtbot: QtBot, field: MentionField) -> None:
    qtbot.keyClicks(field, "ask @l")
    assert field.offered == ["legal"]
    qtbot.keyClicks(field, "x")
    assert field.offered == []


def test_enter_takes_the_role_that_is_offered(qtbot: QtBot, field: MentionField) -> None:
    qtbot.keyClicks(field, "ask @a")
    qtbot.keyClick(field.popup, Qt.Key.Key_Return)
    assert field.toPlainText() == 'ask @"art director" '


def test_control_and_enter_send_and_escape_leaves(qtbot: QtBot, field: MentionField) -> None:
    qtbot.keyClicks(field, "hello")
    with qtbot.waitSignal(field.sent):
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.words == "hello"


def test_escape_is_the_fields_even_where_the_window_closes_on_it(
    qtbot: QtBot, field: MentionField
) -> None:
    heard: list[str] = []
    for keys in ("Esc", "Ctrl+Return", "A"):
        QShortcut(QKeySequence(keys), field).activated.connect(partial(heard.append, keys))
    with qtbot.waitActive(field):
        field.activateWindow()
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    with qtbot.waitSignal(field.sent):
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "a")
    assert heard == []
    assert field.words == "a"


def test_enter_alone_begins_a_new_line(qtbot: QtBot, field: MentionField) -> None:
    before = field.sizeHint().height()
    for _ in range(6):
        qtbot.keyClicks(field, "line")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.words.count("\n") == 5
    assert field.sizeHint().height() > before
