"""A film in the studio: its file is made when somebody wants to know how large it is."""

from pytestqt.qtbot import QtBot

from bridge_app.ui.studio.window import StudioWindow

PATIENCE_MS = 60_000


def test_it_is_estimated_and_then_measured_when_that_is_wanted(
    qtbot: QtBot, film: StudioWindow
) -> None:
    foot = film.foot
    qtbot.waitUntil(foot.measure.isVisible, timeout=PATIENCE_MS)
    assert "MP4" in foot.facts.text()
    assert " s  ·  about " in foot.facts.text()
    foot.measure.click()
    assert film.previews.is_filming
    assert foot.measure.text() == "Stop"
    qtbot.waitUntil(lambda: not film.previews.is_filming, timeout=PATIENCE_MS)
    assert "about" not in foot.facts.text()
    assert "kB" in foot.facts.text()
    assert foot.trouble.text() == ""


def test_another_film_is_wanted_meanwhile(qtbot: QtBot, film: StudioWindow) -> None:
    foot = film.foot
    qtbot.waitUntil(foot.measure.isVisible, timeout=PATIENCE_MS)
    foot.measure.click()
    foot.text.setPlainText("c_scale,w_60/f_jpg")
    assert not film.previews.is_filming
    qtbot.waitUntil(lambda: film.previews.is_quiet, timeout=PATIENCE_MS)
    assert "60 × " in foot.facts.text()
    assert "JPG" in foot.facts.text()
    assert "about" not in foot.facts.text()
