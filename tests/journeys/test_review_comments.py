"""A review from being asked to what is said on the picture: mouse and keyboard, as people do."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from bridge_app.domain.comments import Point, Region
from bridge_app.domain.review_requests import ReviewItem, ReviewWish
from bridge_app.ui.dialogs.review_queue import ReviewQueueDialog
from bridge_app.ui.dialogs.review_request import ReviewRequestDialog
from bridge_app.ui.parts.queue_chip import QueueChip
from bridge_app.ui.review.window import ReviewWindow
from bridge_app.ui.theme import Scheme, Theme
from tests.desk import Desk, picture
from tests.journeys.conftest import Opener
from tests.journeys.person import Person

pytestmark = pytest.mark.journey
CONTROL = Qt.KeyboardModifier.ControlModifier


def review_from_queue(person: Person) -> ReviewWindow:
    """Through the line in the sidebar and the queue, until the first picture is painted."""
    (chip,) = person.window.findChildren(QueueChip)
    person.until(chip.isVisible)
    person.click(chip.button)
    queue = person.dialog(ReviewQueueDialog)
    person.until(lambda: bool(queue.panel.items.items))
    person.click(queue.panel.review)
    errands = person.window.middle.review
    person.until(lambda: errands.window is not None)
    review = errands.window
    assert review is not None
    person.until(lambda: review.parts.stage.painted is not None)
    return review


def drag(person: Person, review: ReviewWindow, start: QPointF, end: QPointF) -> None:
    """With the left button, between two places of the picture (shares of its sides)."""
    stage = review.parts.stage
    place = stage.picture_place()
    first, last = (
        QPointF(
            place.left() + at.x() * place.width(), place.top() + at.y() * place.height()
        ).toPoint()
        for at in (start, end)
    )
    person.qtbot.mousePress(stage, Qt.MouseButton.LeftButton, pos=first)
    person.qtbot.mouseMove(stage, last)
    person.qtbot.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=last)


def test_somebody_asks_and_a_reviewer_says_what_is_wrong_where_it_is(
    desk: Desk, opener: Opener
) -> None:
    for number, name in enumerate(("coast.jpg", "hills.jpg")):
        picture(desk.folder / name, number, size=(600, 400))
    desk.library()
    person = opener()
    person.choose("coast.jpg", "hills.jpg")
    person.window.core.actions.ask_review.trigger()
    request = person.dialog(ReviewRequestDialog)
    person.until(lambda: len(request.items) == 2)
    request.title.setText("Spring")
    person.click(request.act)
    review = review_from_queue(person)
    comments = review.parts.comments
    person.click(comments.composer.pin)
    drag(person, review, QPointF(0.25, 0.25), QPointF(0.75, 0.5))
    person.until(comments.composer.field.hasFocus)
    person.qtbot.keyClicks(comments.composer.field, "too dark, ask @legal")
    person.qtbot.keyClick(comments.composer.field, Qt.Key.Key_Return, CONTROL)
    person.until(lambda: len(comments.threads.cards) == 1)
    asset = person.asset("coast.jpg")
    (thread,) = desk.parts.worker.reviews.threads(asset.id)
    assert thread.first.text == "too dark, ask @legal"
    assert thread.first.mentions == ("legal",)
    region = thread.first.place
    assert isinstance(region, Region)
    assert region.width == pytest.approx(0.5, abs=0.01)
    person.click(comments.threads.cards[0].resolve)
    person.until(lambda: desk.parts.worker.reviews.threads(asset.id)[0].resolved)


def test_letters_and_escape_belong_to_the_comment_while_it_is_written(
    qapp: QApplication, desk: Desk, opener: Opener, theme: Theme
) -> None:
    picture(desk.folder / "coast.jpg", 1, size=(600, 400))
    desk.library()
    item = ReviewItem(asset=desk.assets()[0].id)
    desk.parts.worker.reviews.request(ReviewWish(title="Spring", items=(item,)))
    person = opener()
    review = review_from_queue(person)
    comments = review.parts.comments
    with person.qtbot.waitActive(review):
        review.activateWindow()
    person.qtbot.keyClick(review.parts.stage, Qt.Key.Key_M)
    person.until(comments.composer.field.hasFocus)
    person.qtbot.keyClicks(comments.composer.field, "a rare axe")
    person.qtbot.keyClick(comments.composer.field, Qt.Key.Key_Escape)
    person.until(lambda: not comments.composer.field.hasFocus())
    assert person.window.middle.review.window is review
    assert desk.parts.worker.history(item.asset) == []
    assert comments.composer.field.words == "a rare axe"
    for key in (Qt.Key.Key_D, Qt.Key.Key_Escape):
        person.qtbot.keyClick(review.parts.stage, key)
    person.until(lambda: not comments.overlay.is_placing)
    person.qtbot.keyClick(review.parts.stage, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    person.until(lambda: comments.overlay.is_placing)
    person.qtbot.keyClick(review.parts.stage, Qt.Key.Key_Right, CONTROL)
    person.qtbot.keyClick(review.parts.stage, Qt.Key.Key_Return)
    assert comments.composer.written.place == Point(x=0.55, y=0.5)
    assert person.window.middle.review.window is review
    theme.set_scheme(Scheme.DARK)
    assert not review.grab().isNull()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert not review.grab().isNull()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
