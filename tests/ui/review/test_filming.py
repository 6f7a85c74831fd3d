"""Films under review: played and stepped, and comments are about the moment that is seen."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from bridge_app.domain.comments import Moment
from bridge_app.ui.icons import Icons
from bridge_app.ui.review.film_bar import FRAME_S, FilmBar
from bridge_app.ui.review.subjects import subjects_of
from bridge_app.ui.theme import Theme
from tests.ui.review.conftest import Begin, Reviewer


def at_a_film(begin: Begin, corpus: Path) -> Reviewer:
    """Eight seconds of a rabbit are looked at, and then a picture."""
    reviewer = begin()
    desk = reviewer.desk
    desk.put(corpus / "video" / "rabbit320.mp4")
    desk.parts.worker.scan(desk.asset("a.jpg").library)
    desk.until(lambda: "rabbit320.mp4" in desk.names(), what="the film")
    shown = [desk.asset("rabbit320.mp4"), desk.asset("a.jpg")]
    reviewer.window.show_subjects(subjects_of(shown, ()))
    reviewer.until(reviewer.parts.film.isVisible)
    return reviewer


def frame(reviewer: Reviewer) -> QImage | None:
    """What the stage shows of the film now."""
    pane = reviewer.parts.stage.pane
    return pane.shown.image if pane is not None and pane.shown is not None else None


def test_keys_step_through_a_film_and_another_frame_is_seen(begin: Begin, corpus: Path) -> None:
    reviewer = at_a_film(begin, corpus)
    film = reviewer.parts.film
    reviewer.keys("l")
    reviewer.until(lambda: frame(reviewer) is not None)
    first = frame(reviewer)
    for _ in range(20):
        reviewer.keys("l")
    assert round(film.seconds, 3) == round(21 * FRAME_S, 3)
    reviewer.until(lambda: frame(reviewer) not in (None, first))
    reviewer.keys("j")
    assert round(film.seconds, 3) == round(20 * FRAME_S, 3)
    assert film.time.endswith("0:07.80\u2069")


def test_it_plays_by_the_clock_and_stands_where_it_is_stopped(begin: Begin, corpus: Path) -> None:
    reviewer = at_a_film(begin, corpus)
    film = reviewer.parts.film
    reviewer.keys("k")
    reviewer.until(lambda: film.is_playing and film.seconds > 0.3)
    reviewer.keys("k")
    assert reviewer.parts.comments.composer.written.place == Moment(seconds=film.seconds)


def test_a_comment_is_about_the_moment_one_came_to_and_leads_back_to_it(
    begin: Begin, corpus: Path
) -> None:
    reviewer = at_a_film(begin, corpus)
    film, comments = reviewer.parts.film, reviewer.parts.comments
    film.go(3.24)
    comments.composer.field.insertPlainText("the logo is late")
    comments.composer.send.click()
    asset = reviewer.subject("rabbit320.mp4").asset
    desk = reviewer.desk.parts.worker.reviews
    reviewer.until(lambda: bool(desk.threads(asset.id, "")))
    (thread,) = desk.threads(asset.id, "")
    assert thread.first.place == Moment(seconds=3.24)
    film.go(0)
    reviewer.until(lambda: len(comments.threads.cards) == 1)
    comments.threads.chosen.emit(thread.id)
    assert film.seconds == 3.24


def test_a_place_that_was_pinned_stays_when_the_film_is_moved(begin: Begin, corpus: Path) -> None:
    reviewer = at_a_film(begin, corpus)
    comments = reviewer.parts.comments
    comments.overlay.use(comments.overlay.tool.PIN)
    reviewer.key(Qt.Key.Key_Return)
    place = comments.composer.written.place
    assert place is not None
    reviewer.parts.film.go(2)
    assert comments.composer.written.place == place


def test_pictures_and_the_contact_sheet_have_no_film(begin: Begin, corpus: Path) -> None:
    reviewer = at_a_film(begin, corpus)
    film = reviewer.parts.film
    reviewer.keys("g")
    assert film.isHidden()
    reviewer.key(Qt.Key.Key_Escape)
    assert film.isVisible()
    reviewer.key(Qt.Key.Key_Right)
    assert reviewer.here == ("a.jpg", "")
    assert film.isHidden()
    reviewer.keys("kl")
    assert not film.is_playing
    assert frame(reviewer) is None


def test_a_press_on_the_line_of_time_goes_to_its_place(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    bar = FilmBar(theme, icons)
    qtbot.addWidget(bar)
    bar.resize(800, 50)
    bar.show_film(30)
    bar.show()
    qtbot.waitExposed(bar)
    line = bar.slider
    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    assert 14 < bar.seconds < 16
    # From there it is dragged.
    assert line.isSliderDown()
    qtbot.mouseRelease(line, Qt.MouseButton.LeftButton)
    before = bar.seconds
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center() + QPoint(2, 0))
    assert bar.seconds == before
