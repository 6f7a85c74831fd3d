"""Thumbnails and previews: fetched elsewhere, kept within bounds, never taken off the screen."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset, AssetId, Kind
from bridge_app.domain.errors import MediaError
from bridge_app.ui import pixels as pixels_module
from bridge_app.ui.asker import Asker
from bridge_app.ui.pixels import KEPT_PREVIEWS, WANTED_THUMBS, Pixels
from tests.desk import Desk, picture
from tests.ui.stock import asset, put_thumb

BOX = QSize(200, 130)


def no_picture(_: AssetId) -> bytes:
    raise MediaError(detail="there is none")


@pytest.fixture
def pixels(reader: Asker) -> Pixels:
    return Pixels(reader, make_thumb=no_picture, make_preview=no_picture)


def thumb(qtbot: QtBot, pixels: Pixels, entry: Asset, box: QSize) -> tuple[QSize, str]:
    """The thumbnail's size and colour once it is there."""
    if pixels.thumb(entry, box) is None:
        with qtbot.waitSignal(pixels.arrived):
            pass
    found = pixels.thumb(entry, box)
    assert found is not None
    return found.size(), found.toImage().pixelColor(5, 5).name()


def test_a_stored_thumbnail_is_fitted_to_its_place(
    qtbot: QtBot, shelf: Desk, pixels: Pixels
) -> None:
    put_thumb(shelf, asset(1), "#336699", (512, 341))
    assert pixels.thumb(asset(1), BOX) is None
    size, colour = thumb(qtbot, pixels, asset(1), BOX)
    assert colour == "#336699"
    assert 200 <= size.width() <= 232
    assert abs(size.width() / size.height() - 512 / 341) < 0.02


def test_a_larger_place_shows_the_smaller_one_until_the_larger_is_there(
    qtbot: QtBot, shelf: Desk, pixels: Pixels
) -> None:
    put_thumb(shelf, asset(1), "#336699")
    small, _ = thumb(qtbot, pixels, asset(1), BOX)
    kept = pixels.thumb(asset(1), BOX * 2)
    assert kept is not None
    assert kept.size() == small
    with qtbot.waitSignal(pixels.arrived):
        pass
    large = pixels.thumb(asset(1), BOX * 2)
    assert large is not None
    assert large.width() > small.width()


def test_what_is_larger_than_what_is_stored_is_not_asked_for_for_ever(
    qtbot: QtBot, shelf: Desk, pixels: Pixels
) -> None:
    put_thumb(shelf, asset(1), "#336699", (64, 48))
    thumb(qtbot, pixels, asset(1), BOX)
    with qtbot.assertNotEmitted(pixels.arrived, wait=60):
        pixels.thumb(asset(1), BOX * 3)


def test_what_is_not_stored_is_made_once_more(qtbot: QtBot, desk: Desk, asker: Asker) -> None:
    picture(desk.folder / "a.jpg", 7, (640, 400))
    desk.library()
    entry = desk.asset("a.jpg")
    assert entry.sha256 is not None
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview)
    size, _ = thumb(qtbot, pixels, entry, BOX)
    assert size.width() >= 200
    with qtbot.waitSignal(pixels.preview_arrived):
        assert pixels.preview(entry) is None
    large = pixels.preview(entry)
    assert large is not None
    assert large.width() == 640


def test_what_cannot_be_pictured_is_tried_once_and_says_why(qtbot: QtBot, pixels: Pixels) -> None:
    with qtbot.waitSignal(pixels.preview_failed):
        assert pixels.thumb(asset(1), BOX) is None
    assert str(pixels.failure(asset(1))) == "No preview could be made: there is none."
    with qtbot.assertNotEmitted(pixels.preview_failed, wait=60):
        assert pixels.thumb(asset(1), BOX) is None
    pixels.retry()
    assert pixels.failure(asset(1)) is None
    with qtbot.waitSignal(pixels.preview_failed):
        pixels.preview(asset(1))


@pytest.mark.parametrize(
    "entry", [asset(1, kind=Kind.AUDIO), asset(2, kind=Kind.OTHER), asset(3, sha256=None)]
)
def test_nothing_is_asked_for_what_has_no_picture(
    qtbot: QtBot, pixels: Pixels, entry: Asset
) -> None:
    with qtbot.assertNotEmitted(pixels.preview_failed, wait=60):
        assert pixels.thumb(entry, BOX) is None
        assert pixels.preview(entry) is None


def test_what_scrolled_away_is_not_fetched_any_more(
    qtbot: QtBot, shelf: Desk, pixels: Pixels
) -> None:
    for number in range(3 * WANTED_THUMBS):
        pixels.thumb(asset(number), BOX)
    assert len(pixels._wanted) == WANTED_THUMBS
    assert asset(3 * WANTED_THUMBS - 1).sha256 in pixels._wanted


def test_of_many_that_cannot_be_pictured_the_latest_are_remembered(
    qtbot: QtBot, pixels: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pixels_module, "KNOWN_FAILURES", 1)
    for number in (1, 2):
        with qtbot.waitSignal(pixels.preview_failed):
            pixels.thumb(asset(number), BOX)
    assert pixels.failure(asset(1)) is None
    assert pixels.failure(asset(2)) is not None


def test_only_a_few_previews_are_kept(qtbot: QtBot, shelf: Desk, reader: Asker) -> None:
    put_thumb(shelf, asset(0), "#112233", (8, 8))
    stored = shelf.parts.worker.thumbs_reader()
    encoded = stored.get(asset(0).sha256 or "", 512)
    stored.close()
    assert encoded is not None
    pixels = Pixels(reader, make_thumb=no_picture, make_preview=lambda _: encoded)
    for number in range(KEPT_PREVIEWS + 2):
        with qtbot.waitSignal(pixels.preview_arrived):
            pixels.preview(asset(number))
    assert len(pixels._previews) == KEPT_PREVIEWS
    newest = pixels.preview(asset(KEPT_PREVIEWS + 1))
    assert newest is not None
    assert newest.toImage().pixelColor(1, 1) == QColor("#112233")
