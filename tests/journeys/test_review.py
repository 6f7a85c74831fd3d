"""Review mode in the real window: opened by a key, decided by keys and the mouse, seen outside."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bridge_app.domain.approvals import Approval
from bridge_app.ui.review.comparing import Look
from bridge_app.ui.review.keys import Act
from bridge_app.ui.review.window import ReviewWindow
from bridge_app.ui.theme import Scheme, Theme
from tests.desk import Desk, picture
from tests.journeys.conftest import Opener
from tests.journeys.person import Person

pytestmark = pytest.mark.journey


def review_of(person: Person) -> ReviewWindow:
    """The review, once its first picture is painted as it is."""
    errands = person.window.middle.review
    person.until(lambda: errands.window is not None)
    review = errands.window
    assert review is not None
    person.until(lambda: review.parts.stage.painted is not None)
    return review


def press(person: Person, review: ReviewWindow, key: Qt.Key) -> None:
    """A key, wherever the keyboard is in the review."""
    with person.qtbot.waitActive(review):
        review.activateWindow()
    person.qtbot.keyClick(QApplication.focusWidget() or review, key)


def test_a_reviewer_decides_by_keys_and_by_mouse_and_the_library_shows_it(
    desk: Desk, opener: Opener, theme: Theme
) -> None:
    for number, name in enumerate(("coast.jpg", "hills.jpg")):
        picture(desk.folder / name, number, size=(1200, 800))
    desk.library()
    person = opener()
    person.sees("coast.jpg", "hills.jpg")
    person.key(Qt.Key.Key_R)
    review = review_of(person)
    parts = review.parts
    assert review.windowTitle() == "Review"
    count = len(parts.sitting.subjects)
    assert count > 2
    press(person, review, Qt.Key.Key_A)
    person.until(lambda: person.asset("coast.jpg").approval is Approval.APPROVED)
    assert parts.sitting.row == 1
    person.click(parts.bar.buttons[Act.REJECT])
    person.qtbot.keyClicks(parts.bar.why, "too dark")
    person.qtbot.keyClick(parts.bar.why, Qt.Key.Key_Return)
    rejected = parts.sitting.subjects[1]
    person.until(lambda: parts.sitting.approval(rejected) is Approval.REJECTED)
    assert person.asset("coast.jpg").approval is Approval.APPROVED
    theme.set_scheme(Scheme.DARK)
    press(person, review, Qt.Key.Key_B)
    assert parts.stage.look is Look.BESIDE
    person.until(lambda: all(pane.shown is not None for pane in parts.stage.panes))
    assert not review.grab().isNull()
    press(person, review, Qt.Key.Key_G)
    person.until(parts.contact.view.isVisible)
    assert not review.grab().isNull()
    press(person, review, Qt.Key.Key_Escape)
    press(person, review, Qt.Key.Key_U)
    person.until(lambda: parts.sitting.approval(rejected) is Approval.DRAFT)
    press(person, review, Qt.Key.Key_Escape)
    person.until(lambda: person.window.middle.review.window is None)
    history = desk.parts.worker.history(person.asset("coast.jpg").id)
    said = next(one for one in history if one.transformation)
    assert (said.approval, said.comment) == (Approval.REJECTED, "too dark")
