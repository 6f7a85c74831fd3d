"""The cut of a film: handles on a strip of its frames, fields beside, and the picture follows."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from bridge_app.ui.studio.film_strip import FRAMES, FilmStrip
from bridge_app.ui.studio.trim_page import TrimPage
from bridge_app.ui.studio.window import StudioWindow

PATIENCE_MS = 60_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(film: StudioWindow, qtbot: QtBot) -> TrimPage:
    """The page of the cut, seen, with its first picture."""
    film.document.type("")
    film.open_page("trim")
    assert film.trim is not None
    quiet(qtbot, film)
    return film.trim


def quiet(qtbot: QtBot, studio: StudioWindow) -> None:
    def is_quiet() -> bool:
        return studio.canvas.rendition is not None and studio.previews.is_quiet

    qtbot.waitUntil(is_quiet, timeout=PATIENCE_MS)


def picture(studio: StudioWindow) -> QImage:
    shown = studio.canvas.rendition
    assert shown is not None
    return shown.image


def drag(qtbot: QtBot, strip: FilmStrip, start: QPointF, by: float) -> None:
    qtbot.mousePress(strip, LEFT, pos=start.toPoint())
    for share in (0.5, 1.0):
        qtbot.mouseMove(strip, (start + QPointF(by * share, 0)).toPoint())


def test_the_strip_shows_frames_of_the_film(qtbot: QtBot, page: TrimPage) -> None:
    qtbot.waitUntil(lambda: len(page.strip.frames) == FRAMES, timeout=PATIENCE_MS)
    assert page.strip.moments == tuple(sorted(page.strip.moments))
    first, last = page.strip.frames[0], page.strip.frames[FRAMES - 1]
    assert first != last


def test_a_dragged_start_cuts_and_the_picture_follows(
    qtbot: QtBot, film: StudioWindow, page: TrimPage
) -> None:
    before = picture(film)
    strip = page.strip
    drag(qtbot, strip, strip.handle(end=False).center(), strip.width() * 0.6)
    step = film.document.chain.steps[0]
    started = float(step.value("so"))
    assert started > 0.4 * page.end.seconds.value()
    assert page.start.seconds.value() == pytest.approx(started)
    qtbot.mouseRelease(strip, LEFT)
    quiet(qtbot, film)
    assert picture(film) != before
    assert film.document.undo.count() == 2, "typing nothing, and one cut"
    film.document.undo.undo()
    assert page.start.seconds.value() == 0


def test_while_the_end_is_dragged_the_last_frame_is_seen(
    qtbot: QtBot, film: StudioWindow, page: TrimPage
) -> None:
    before = picture(film)
    strip = page.strip
    drag(qtbot, strip, strip.handle(end=True).center(), -strip.width() * 0.3)
    end = float(film.document.chain.steps[0].value("eo"))
    assert page.moment_s == pytest.approx(end, abs=0.1)
    qtbot.waitUntil(lambda: picture(film) != before, timeout=PATIENCE_MS)
    qtbot.mouseRelease(strip, LEFT)
    assert page.moment_s is None
    qtbot.waitUntil(lambda: picture(film) == before, timeout=PATIENCE_MS)


def test_keys_move_both_handles(qtbot: QtBot, film: StudioWindow, page: TrimPage) -> None:
    page.strip.setFocus()
    qtbot.keyClick(page.strip, Qt.Key.Key_Right)
    qtbot.keyClick(page.strip, Qt.Key.Key_Right)
    assert film.document.text == "so_0.2"
    whole = page.end.seconds.value()
    qtbot.keyClick(page.strip, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.end.seconds.value() == pytest.approx(whole - 0.1, abs=0.011)
    assert page.moment_s is None
    for _ in range(40):
        qtbot.keyClick(page.strip, Qt.Key.Key_Left)
    assert page.start.seconds.value() == 0


def test_the_handles_do_not_pass_each_other(qtbot: QtBot, page: TrimPage) -> None:
    page.strip.setFocus()
    for _ in range(40):
        qtbot.keyClick(page.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.start.seconds.value() < page.end.seconds.value()


def test_a_typed_start_moves_the_handle(film: StudioWindow, page: TrimPage) -> None:
    before = page.strip.handle(end=False)
    film.document.type("so_1")
    assert page.strip.handle(end=False).left() > before.left()
