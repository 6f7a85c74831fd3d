"""A crop that content places: its frame stands on the master where that was found."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.transform.geometry import Box
from bridge_app.ui.studio.window import Seat, StudioWindow
from tests.ui.studio.conftest import PATIENCE_MS, LastingMaster


def test_the_frame_stands_where_the_content_was_found(
    qtbot: QtBot, seat: Seat, photo: Asset, decoder: DecoderPool, corpus: Path
) -> None:
    master = LastingMaster(corpus / "photos" / "clowns_colorful.jpg", decoder)
    shown = master.master()
    clowns = replace(photo, display_width=shown.full_width, display_height=shown.full_height)
    studio = StudioWindow(seat, clowns, master)
    qtbot.addWidget(studio)
    studio.show()
    qtbot.waitUntil(lambda: studio.canvas.rendition is not None, timeout=PATIENCE_MS)
    studio.document.type("c_crop,h_300,w_300,x_0,y_0")
    studio.open_page("crop")
    studio.crop.sights.chip("face").click()

    def found() -> bool:
        return studio.canvas.crop is not None and studio.canvas.crop.content is not None

    qtbot.waitUntil(found, timeout=PATIENCE_MS)
    frame = studio.canvas.crop
    assert frame is not None
    assert frame.content is not None
    middle = frame.content.left + frame.content.width / 2
    assert abs(middle - frame.box.left - frame.box.width / 2) < 2
    assert studio.crop.nothing.isHidden()
    qtbot.keyClick(studio.canvas, Qt.Key.Key_Left)
    moved = f"c_crop,h_300,w_300,x_{frame.box.left - 1},y_{frame.box.top}"
    assert studio.document.text == moved, "a hand takes it where it was found"
    assert studio.canvas.crop is not None
    assert studio.canvas.crop.content is None
    studio.close()
    master.end()


def test_where_nothing_is_found_that_is_said(qtbot: QtBot, studio: StudioWindow) -> None:
    studio.open_page("crop")
    studio.crop.sights.chip("face").click()
    qtbot.waitUntil(lambda: not studio.crop.nothing.isHidden(), timeout=PATIENCE_MS)
    assert studio.canvas.crop is not None
    assert studio.canvas.crop.box == Box(left=300, top=0, width=1000, height=1000)
    studio.crop.drop.chip("none").click()
    assert studio.crop.nothing.isHidden()
