"""The smaller questions: deciding, taking in, what was skipped, and how to begin."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.errors import BridgeError, NotFoundError
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.decide import DecideDialog
from bridge_app.ui.dialogs.skipped import SkippedDialog
from bridge_app.ui.dialogs.take_in import TakeInDialog, TakeInWish
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.models.lines import LineRole
from bridge_app.ui.panels.empty_state import EmptyState, EmptyWords
from bridge_app.ui.panels.welcome import Welcome
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import ConfirmDialog, Question
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.parts.recent_field import RecentField
from bridge_app.ui.theme import Scheme, Theme
from tests.desk import Desk, picture

DECIDED = [Approval.APPROVED, Approval.CHANGES_REQUESTED, Approval.REJECTED, Approval.IN_REVIEW]


def button(parent: QWidget, text: str) -> QPushButton:
    return next(one for one in parent.findChildren(QPushButton) if one.text() == text)


def shown(view: QListView) -> list[str]:
    rows = (view.model().index(row, 0) for row in range(view.model().rowCount(QModelIndex())))
    return [row.data(LineRole.KEY) for row in rows]


@pytest.fixture
def skipping(desk: Desk) -> LibraryRecord:
    """A library in which two files could not be taken in."""
    picture(desk.folder / "fine.jpg")
    (desk.folder / "loop").symlink_to(desk.folder)
    (desk.folder / "gone.jpg").symlink_to(desk.folder / "nowhere.jpg")
    return desk.library()


# Keys


def test_enter_presses_the_button_that_has_the_keyboard(
    theme: Theme, icons: Icons, qtbot: QtBot
) -> None:
    answers: list[str] = []
    asks = Question(icon="trash-2", title="Delete?", text="It is gone then.", act="Go", leave="No")
    for told in (["left"], ["left", "done"]):
        dialog = ConfirmDialog(theme, icons, asks)
        qtbot.addWidget(dialog)
        dialog.confirmed.connect(lambda: answers.append("done"))
        dialog.rejected.connect(lambda: answers.append("left"))
        open_dialog(dialog)
        chosen = dialog.leave_button if told == ["left"] else dialog.act_button
        chosen.setFocus()
        qtbot.keyClick(chosen, Qt.Key.Key_Return)
        assert answers == told


def test_on_each_page_enter_presses_its_own_button_from_a_field(qtbot: QtBot) -> None:
    pressed: list[str] = []
    dialog, pages = QDialog(), QStackedWidget()
    qtbot.addWidget(dialog)
    QVBoxLayout(dialog).addWidget(pages)
    fields = []
    for name in ("first", "second"):
        page, field = QWidget(), QLineEdit()
        act = QPushButton(name, default=True)
        act.clicked.connect(partial(pressed.append, name))
        inside = QVBoxLayout(page)
        for part in (field, act):
            inside.addWidget(part)
        pages.addWidget(page)
        fields.append(field)
    open_dialog(dialog)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    for number in (0, 1, 0):
        pages.setCurrentIndex(number)
        button(dialog, ("first", "second")[number]).setFocus()
        fields[number].setFocus()
        qtbot.keyClick(fields[number], Qt.Key.Key_Return)
    assert pressed == ["first", "second", "first"]


def test_enter_that_does_something_in_a_field_leaves_the_dialog_open(qtbot: QtBot) -> None:
    dialog, field, close = QDialog(), QLineEdit(), QPushButton("Close", default=True)
    qtbot.addWidget(dialog)
    inside = QVBoxLayout(dialog)
    for part in (field, close):
        inside.addWidget(part)
    close.clicked.connect(dialog.accept)
    added: list[str] = []
    field.returnPressed.connect(lambda: added.append(field.text()))
    open_dialog(dialog)
    field.setText("new")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert added == ["new"]
    assert dialog.isVisible()


# Only the newest answer


def test_an_answer_to_an_old_question_is_dropped(asker: Asker, qtbot: QtBot) -> None:
    owner, told = QObject(), list[str]()
    latest = Latest(asker, owner)
    latest.ask(lambda: "old", told.append, lambda _: None)
    latest.ask(lambda: "new", told.append, lambda _: None)
    assert latest.waiting
    qtbot.waitUntil(lambda: not latest.waiting)
    assert told == ["new"]


def test_a_deleted_widget_is_not_answered(asker: Asker, qtbot: QtBot) -> None:
    owner, told = QObject(), list[str]()
    latest = Latest(asker, owner)
    latest.ask(lambda: "answer", told.append, lambda _: None)
    delete(owner)
    other = QObject()
    Latest(asker, other).ask(lambda: "other", told.append, lambda _: None)
    qtbot.waitUntil(lambda: "other" in told)
    assert told == ["other"]


def test_expected_trouble_arrives_as_such(asker: Asker, qtbot: QtBot) -> None:
    owner, troubles = QObject(), list[BridgeError]()

    def fail() -> str:
        raise NotFoundError(what="The asset")

    Latest(asker, owner).ask(fail, lambda _: None, troubles.append)
    qtbot.waitUntil(lambda: bool(troubles))
    assert str(troubles[0]) == "The asset was not found."


# Deciding


@pytest.mark.parametrize("approval", DECIDED)
def test_a_decision_carries_the_comment_and_may_go_without(
    qtbot: QtBot, theme: Theme, icons: Icons, approval: Approval
) -> None:
    dialog = DecideDialog(theme, icons, approval, 3)
    qtbot.addWidget(dialog)
    dialog.open()
    text = dialog.findChild(QPlainTextEdit)
    assert text is not None
    assert text.placeholderText()
    text.setPlainText("  too dark at the left\n")
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    with qtbot.waitSignal(dialog.decided) as decided:
        qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert decided.args == ["too dark at the left"]
    assert not dialog.isVisible()


def test_escape_decides_nothing(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    dialog = DecideDialog(theme, icons, Approval.REJECTED, 1)
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.assertNotEmitted(dialog.decided):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# Skipped files


def test_skipped_files_are_listed_with_their_reasons_and_can_be_filtered_and_copied(
    qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons, skipping: LibraryRecord
) -> None:
    dialog = SkippedDialog(desk.parts.worker, asker, theme, icons, skipping)
    qtbot.addWidget(dialog)
    dialog.open()
    view = dialog.findChild(QListView)
    assert view is not None
    qtbot.waitUntil(lambda: sorted(shown(view)) == ["gone.jpg", "loop"])
    (first, *_) = (view.model().index(row, 0).data(LineRole.LINE) for row in range(2))
    assert first.text
    search = dialog.findChild(QLineEdit)
    assert search is not None
    qtbot.keyClicks(search, "gone")
    assert shown(view) == ["gone.jpg"]
    button(dialog, "Copy list").click()
    assert QGuiApplication.clipboard().text().startswith("gone.jpg\t")


def test_a_library_without_skipped_files_says_so(
    qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons
) -> None:
    dialog = SkippedDialog(desk.parts.worker, asker, theme, icons, desk.library())
    qtbot.addWidget(dialog)
    dialog.open()
    head = dialog.findChild(DialogHead)
    assert head is not None
    qtbot.waitUntil(lambda: head.text.startswith("Every file of"))


# Dropped files


def test_dropped_files_are_copied_where_one_says(
    qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons, tmp_path: Path
) -> None:
    (desk.folder / "spring").mkdir()
    picture(desk.folder / "spring" / "there.jpg", 1)
    library = desk.library()
    dropped = picture(tmp_path / "outside" / "new.jpg", 2)
    wish = TakeInWish(sources=(dropped,), library=library.id, folder="spring")
    dialog = TakeInDialog(desk.parts.worker, asker, theme, icons, wish)
    qtbot.addWidget(dialog)
    dialog.open()
    folder = dialog.findChild(RecentField)
    assert folder is not None
    qtbot.waitUntil(lambda: folder.offers() == ["spring"])
    with qtbot.waitSignal(dialog.taken) as taken:
        button(dialog, "Copy 1 item(s)").click()
    assert taken.args == [library.id, "spring"]
    copied = desk.folder / "spring" / "new.jpg"
    desk.until(copied.exists, what="the copy")
    assert dropped.read_bytes() == copied.read_bytes()


def test_a_folder_outside_the_library_cannot_be_chosen(
    qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons, tmp_path: Path
) -> None:
    library = desk.library()
    wish = TakeInWish(sources=(tmp_path / "a.jpg",), library=library.id)
    dialog = TakeInDialog(desk.parts.worker, asker, theme, icons, wish)
    qtbot.addWidget(dialog)
    folder = dialog.findChild(RecentField)
    assert folder is not None
    qtbot.keyClicks(folder, "../elsewhere")
    assert not button(dialog, "Copy 1 item(s)").isEnabled()


def test_with_several_libraries_one_is_chosen(
    qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons, tmp_path: Path
) -> None:
    desk.library()
    (tmp_path / "archive").mkdir()
    archive = desk.library(tmp_path / "archive")
    wish = TakeInWish(sources=(tmp_path / "a.jpg",), library=archive.id)
    dialog = TakeInDialog(desk.parts.worker, asker, theme, icons, wish)
    qtbot.addWidget(dialog)
    choice = dialog.findChild(QComboBox)
    assert choice is not None
    assert choice.count() == 2
    assert choice.currentText() == "archive"
    assert dialog.library == archive.id


# How to begin, and where there is nothing yet


def test_the_first_page_offers_a_folder_a_service_an_account_and_a_look_around(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    folder, shelter, account = QAction("folder"), QAction("shelter"), QAction("account")
    demo = QAction("demo")
    page = Welcome(icons, theme, (folder, shelter, account, demo))
    qtbot.addWidget(page)
    page.show()
    first, second, third, fourth = page.choices
    with qtbot.waitSignal(folder.triggered):
        qtbot.keyClick(first, Qt.Key.Key_Space)
    with qtbot.waitSignal(shelter.triggered):
        second.click()
    with qtbot.waitSignal(account.triggered):
        third.click()
    with qtbot.waitSignal(demo.triggered):
        fourth.click()
    assert all(one.accessibleDescription() for one in page.choices)


def test_an_empty_place_says_why_and_what_can_be_done(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    action = QAction("Clear filters")
    words = EmptyWords(icon="search-x", title="Nothing found", text="Try fewer words.")
    place = EmptyState(icons, theme, words, [action])
    qtbot.addWidget(place)
    place.show()
    assert (place.title, place.text) == ("Nothing found", "Try fewer words.")
    with qtbot.waitSignal(action.triggered):
        button(place, "Clear filters").click()
    action.setEnabled(False)
    action.setText("Nothing to clear")
    assert not button(place, "Nothing to clear").isEnabled()


# The parts they are made of


def test_a_question_leaves_things_as_they_are_on_enter_and_on_escape(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    question = Question(icon="trash-2", title="Remove?", text="It is gone.", act="Go", leave="Keep")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        dialog = ConfirmDialog(theme, icons, question)
        qtbot.addWidget(dialog)
        dialog.open()
        with qtbot.assertNotEmitted(dialog.confirmed):
            qtbot.keyClick(dialog, key)
        assert not dialog.isVisible()


def test_a_banner_is_there_only_while_it_has_something_to_say(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    banner = Banner(theme, icons)
    qtbot.addWidget(banner)
    banner.say(Tone.WARNING, "Careful")
    assert banner.text == "Careful"
    banner.hush()
    assert banner.text == ""
    assert banner.isHidden()


def test_a_label_that_is_too_long_is_shortened_and_told_whole_in_its_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("a name that is much longer than its place, and goes on")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(2000, 20)
    label.grab()
    assert label.toolTip() == ""


Made = Callable[[Theme, Icons], QWidget]
MADE: dict[str, Made] = {
    "decide": lambda theme, icons: DecideDialog(theme, icons, Approval.REJECTED, 2),
    "welcome": lambda theme, icons: Welcome(
        icons, theme, (QAction(), QAction(), QAction(), QAction())
    ),
    "empty": lambda theme, icons: EmptyState(
        icons, theme, EmptyWords(icon="image", title="Nothing", text="Here")
    ),
}


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_looks_follow_the_theme_at_once(
    qtbot: QtBot, theme: Theme, icons: Icons, made: Made
) -> None:
    widget = made(theme, icons)
    qtbot.addWidget(widget)
    widget.show()
    light = widget.grab().toImage()
    theme.set_scheme(Scheme.DARK)
    assert widget.grab().toImage() != light


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_every_button_has_a_name(qtbot: QtBot, theme: Theme, icons: Icons, made: Made) -> None:
    widget = made(theme, icons)
    qtbot.addWidget(widget)
    for one in widget.findChildren(QAbstractButton):
        assert one.accessibleName() or one.text()
