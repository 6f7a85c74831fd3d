"""The comments beside the picture: read, written, answered, settled, and never lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt, QTime
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset, Kind
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.comments import LONGEST_TEXT, Moment, Point, Region, Stroke, Thread
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.review.comments_panel import CommentsPanel
from bridge_app.ui.review.moment_field import MomentField
from bridge_app.ui.review.pins import Tool
from bridge_app.ui.review.thread_list import SHOWN
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.ui.stock import asset, put

HERO = "c_fill,h_900,w_1600/f_jpg"
CORNER = Point(x=0.25, y=0.5)


@pytest.fixture
def picture(shelf: Desk) -> Asset:
    made = asset(1)
    put(shelf, [made, asset(2)])
    return made


@pytest.fixture
def panel(
    qtbot: QtBot, shelf: Desk, reader: Asker, theme: Theme, icons: Icons, english: None
) -> CommentsPanel:
    made = CommentsPanel(shelf.parts.worker, reader, theme, icons)
    qtbot.addWidget(made)
    made.resize(330, 800)
    made.show()
    return made


def texts(panel: CommentsPanel) -> list[list[str]]:
    return [[block.shown for block in card.blocks] for card in panel.threads.cards]


def threads(shelf: Desk, picture: Asset, transformation: str = "") -> list[Thread]:
    return shelf.parts.worker.reviews.threads(picture.id, transformation)


def show(qtbot: QtBot, panel: CommentsPanel, picture: Asset, transformation: str = "") -> None:
    panel.show_subject(picture, transformation)
    qtbot.waitUntil(lambda: bool(panel.threads.cards) or bool(panel.threads.note))


def send(qtbot: QtBot, panel: CommentsPanel, text: str) -> None:
    panel.composer.field.setPlainText(text)
    with qtbot.waitSignal(panel.finished):
        panel.composer.send.click()


def paint(panel: CommentsPanel) -> None:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    panel.overlay.paint(painter, QRectF(0, 0, 400, 300))
    painter.end()


def test_what_was_said_of_a_picture_is_shown_with_its_answers(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    desk = shelf.parts.worker.reviews
    first = desk.comment(picture.id, "Too dark", place=CORNER)
    desk.comment(picture.id, "Better now?", thread=first.thread)
    desk.comment(picture.id, "Of the rendition", transformation=HERO)
    show(qtbot, panel, picture)
    assert texts(panel) == [["Too dark", "Better now?"]]
    assert [pin.place for pin in panel.overlay.pins] == [CORNER]
    show(qtbot, panel, picture, HERO)
    qtbot.waitUntil(lambda: texts(panel) == [["Of the rendition"]])


def test_a_comment_is_on_disk_before_it_leaves_its_field(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    show(qtbot, panel, picture)
    assert panel.threads.note
    send(qtbot, panel, "Level the horizon, @brand")
    (thread,) = threads(shelf, picture)
    assert thread.first.text == "Level the horizon, @brand"
    assert thread.first.mentions == ("brand",)
    assert panel.composer.field.words == ""
    qtbot.waitUntil(lambda: texts(panel) == [["Level the horizon, @brand"]])


def test_a_comment_that_is_too_long_is_refused_and_stays_where_it_was_written(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    show(qtbot, panel, picture)
    text = "x" * (LONGEST_TEXT + 1)
    panel.composer.field.setPlainText(text)
    panel.composer.send.click()
    qtbot.waitUntil(lambda: bool(panel.trouble))
    assert panel.composer.field.words == text
    assert threads(shelf, picture) == []
    panel.composer.field.setPlainText("Short")
    with qtbot.waitSignal(panel.finished):
        panel.composer.send.click()
    assert panel.trouble == ""


def test_markup_is_text_and_a_long_text_is_shown_in_part_first(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    desk = shelf.parts.worker.reviews
    desk.comment(picture.id, "<b>bold</b> <img src=x> &amp;")
    desk.comment(picture.id, "word " * 2000)
    show(qtbot, panel, picture)
    markup, long = panel.threads.cards
    assert markup.blocks[0].shown == "<b>bold</b> <img src=x> &amp;"
    assert len(long.blocks[0].shown) < 700
    long.blocks[0].more.click()
    assert len(long.blocks[0].shown) >= 9_999


def test_what_is_written_waits_with_its_picture(
    qtbot: QtBot, panel: CommentsPanel, picture: Asset
) -> None:
    show(qtbot, panel, picture)
    panel.composer.field.setPlainText("Half a thou")
    panel.composer.set_place(CORNER)
    panel.show_subject(asset(2), "")
    assert panel.composer.written.text == ""
    panel.show_subject(picture, "")
    assert panel.composer.written.text == "Half a thou"
    assert panel.composer.written.place == CORNER


def test_a_comment_is_pinned_where_the_picture_was_clicked(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    show(qtbot, panel, picture)
    paint(panel)
    with qtbot.waitSignal(panel.placeWanted) as wanted:
        panel.composer.pin.click()
    assert wanted.args == ["pin"]
    panel.overlay.mouse_press(QPointF(0.25, 0.25))
    panel.overlay.mouse_release(QPointF(0.75, 0.5))
    assert not panel.composer.pin.isChecked()
    assert len(panel.composer.chips) == 1
    send(qtbot, panel, "This part")
    place = threads(shelf, picture)[0].first.place
    assert place == Region(x=0.25, y=0.25, width=0.5, height=0.25)


def test_a_drawing_is_kept_and_its_last_line_can_be_taken_back(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    show(qtbot, panel, picture)
    paint(panel)
    panel.draw()
    for row in (0.2, 0.6):
        panel.overlay.mouse_press(QPointF(0.1, row))
        panel.overlay.mouse_move(QPointF(0.9, row))
        panel.overlay.mouse_release(QPointF(0.9, row))
    assert len(panel.composer.written.strokes) == 2
    panel.composer.undo.click()
    with qtbot.waitSignal(panel.finished):
        panel.composer.send.click()
    (stroke,) = threads(shelf, picture)[0].first.strokes
    assert {round(point.y, 2) for point in stroke.points} == {0.2}
    assert panel.overlay.tool is Tool.LOOK


def test_a_place_can_be_taken_away_again(
    qtbot: QtBot, panel: CommentsPanel, picture: Asset
) -> None:
    show(qtbot, panel, picture)
    panel.composer.set_place(CORNER)
    panel.composer.chips[0].click()
    assert panel.composer.written.place is None
    assert panel.composer.chips == []


def test_a_comment_on_a_video_is_pinned_to_its_time(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel
) -> None:
    film = replace(asset(3), kind=Kind.VIDEO, duration_s=60.0)
    put(shelf, [film])
    show(qtbot, panel, film)
    panel.composer.moment.click()
    panel.composer.time.setTime(QTime(0, 0, 12, 500))
    send(qtbot, panel, "Cut here")
    qtbot.waitUntil(lambda: bool(panel.threads.cards))
    assert threads(shelf, film)[0].first.place == Moment(seconds=12.5)
    assert panel.threads.cards[0].moment.text() == "0:12"
    assert panel.composer.written.place is None


def test_a_moment_is_read_from_left_to_right_in_every_language(
    qapp: QApplication, qtbot: QtBot
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        field = MomentField()
        qtbot.addWidget(field)
        field.bound(60.0)
        field.show_seconds(3.24)
        assert field.text() == "00:03.240"
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_no_moment_lies_behind_the_end(qtbot: QtBot, shelf: Desk, panel: CommentsPanel) -> None:
    film = replace(asset(3), kind=Kind.VIDEO, duration_s=60.0)
    put(shelf, [film])
    show(qtbot, panel, film)
    panel.composer.moment.click()
    panel.composer.time.setTime(QTime(0, 5))
    assert panel.composer.written.place == Moment(seconds=60.0)
    panel.composer.moment.click()
    assert panel.composer.written.place is None


def test_a_reply_joins_its_thread(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    shelf.parts.worker.reviews.comment(picture.id, "Why?", place=CORNER)
    show(qtbot, panel, picture)
    panel.threads.cards[0].reply.click()
    assert panel.composer.written.answers == 1
    send(qtbot, panel, "Because")
    (thread,) = threads(shelf, picture)
    assert [comment.text for comment in thread.comments] == ["Why?", "Because"]
    qtbot.waitUntil(lambda: texts(panel) == [["Why?", "Because"]])


def test_a_settled_thread_leaves_and_can_be_looked_at_and_opened_again(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    shelf.parts.worker.reviews.comment(picture.id, "Dust", place=CORNER)
    show(qtbot, panel, picture)
    panel.threads.cards[0].resolve.click()
    qtbot.waitUntil(lambda: panel.threads.cards == [])
    assert threads(shelf, picture)[0].resolved
    assert list(panel.overlay.pins) == []
    panel.threads.resolved.click()
    assert [pin.resolved for pin in panel.overlay.pins] == [True]
    panel.threads.cards[0].resolve.click()
    qtbot.waitUntil(lambda: not threads(shelf, picture)[0].resolved)


def test_comments_on_an_earlier_version_can_be_compared(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    desk = shelf.parts.worker.reviews
    desk.comment(picture.id, "Of the first version", place=CORNER)
    later = replace(picture, sha256="f" * 64)
    put(shelf, [later])
    desk.comment(picture.id, "Of the second")
    show(qtbot, panel, later)
    qtbot.waitUntil(lambda: texts(panel) == [["Of the second"]])
    panel.threads.earlier.click()
    assert texts(panel) == [["Of the second"], ["Of the first version"]]
    assert [pin.is_earlier for pin in panel.overlay.pins] == [False, True]


def test_a_pin_and_its_card_stand_out_together(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    desk = shelf.parts.worker.reviews
    desk.comment(picture.id, "One", place=CORNER)
    other = desk.comment(picture.id, "Two", place=Point(x=0.75, y=0.5))
    show(qtbot, panel, picture)
    paint(panel)
    panel.overlay.mouse_press(QPointF(0.75, 0.5))
    panel.overlay.mouse_release(QPointF(0.75, 0.5))
    assert [card.is_lit for card in panel.threads.cards] == [False, True]
    qtbot.keyClick(panel.threads.cards[1], Qt.Key.Key_Return)
    assert panel.overlay.lit == ""
    qtbot.mouseClick(panel.threads.cards[1], Qt.MouseButton.LeftButton)
    assert panel.overlay.lit == other.thread


def test_what_others_say_appears_by_itself(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    show(qtbot, panel, picture)
    shelf.parts.worker.reviews.comment(picture.id, "From elsewhere")
    panel.take_changes(ChangeSet(reviews=True))
    qtbot.waitUntil(lambda: texts(panel) == [["From elsewhere"]])


def test_a_hundred_threads_are_shown_in_parts(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    desk = shelf.parts.worker.reviews
    for number in range(SHOWN + 10):
        desk.comment(picture.id, f"Comment {number}")
    show(qtbot, panel, picture)
    assert len(panel.threads.cards) < SHOWN  # keys are heard while they are made
    qtbot.waitUntil(lambda: len(panel.threads.cards) == SHOWN)
    assert len(panel.overlay.pins) == SHOWN + 10
    panel.threads.more.click()
    qtbot.waitUntil(lambda: len(panel.threads.cards) == SHOWN + 10)
    assert not panel.threads.more.isVisible()


def test_every_card_says_its_thread_to_those_who_cannot_see_it(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    shelf.parts.worker.reviews.comment(picture.id, "Too dark", place=CORNER)
    show(qtbot, panel, picture)
    name = panel.threads.cards[0].accessibleName()
    assert "Too dark" in name
    assert "open" in name


def test_every_button_has_a_name_for_those_who_cannot_see_it(
    qtbot: QtBot, shelf: Desk, panel: CommentsPanel, picture: Asset
) -> None:
    shelf.parts.worker.reviews.comment(picture.id, "Too dark", place=CORNER)
    show(qtbot, panel, picture)
    panel.composer.set_place(CORNER)
    buttons = panel.findChildren(QAbstractButton)
    assert len(buttons) > 8
    assert [one for one in buttons if not (one.text() or one.accessibleName())] == []
    assert [one for one in panel.composer.chips if not one.toolTip()] == []


def test_without_a_picture_nothing_can_be_written(panel: CommentsPanel) -> None:
    panel.show_subject(None, "")
    assert not panel.composer.isEnabled()
    panel.pin()
    assert not panel.overlay.is_placing


def test_with_pen_and_moment_everything_is_whole(qtbot: QtBot, panel: CommentsPanel) -> None:
    composer = panel.composer
    composer.offer(places=True, moments=True, duration_s=30.5)
    composer.set_place(Moment(seconds=1))
    composer.show_tool(Tool.DRAW)
    line = (CORNER, Point(x=0.5, y=0.5))
    composer.add_stroke(Stroke(points=line, width=0.01, colour_token="negative"))
    parts = (composer.undo, composer.moment, composer.time, composer.send)
    qtbot.waitUntil(lambda: all(one.isVisible() for one in parts))
    qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in parts))
    assert all(composer.rect().contains(one.geometry()) for one in parts)
