"""A film in the studio: its file is made when somebody wants to know how large it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.ui.studio.window import Seat, StudioWindow
from bridge_app.work.studio import OpenMaster
from tests.desk import Desk

PATIENCE_MS = 60_000
FILM = "video/sample_portrait.mp4"


@pytest.fixture
def studio(
    qtbot: QtBot, seat: Seat, shelf: Desk, decoder: DecoderPool, corpus: Path
) -> Iterator[StudioWindow]:
    path = corpus / FILM
    facts = decoder.probe(path)
    asset = Asset(
        id=AssetId("film"),
        library=LibraryId("masters"),
        path=path.name,
        name=path.name,
        folder="",
        kind=Kind.VIDEO,
        format="mp4",
        bytes=path.stat().st_size,
        modified_at="2026-11-03T10:00:00+00:00",
        display_width=facts.display_width,
        display_height=facts.display_height,
        duration_s=facts.duration_s,
    )
    master = OpenMaster(
        asset,
        decoder,
        file_path=lambda _library, name: corpus / "video" / name,
        picture=lambda _asset, _edge: b"",
        beside=shelf.parts.worker.studio.beside,
    )
    made = StudioWindow(seat, asset, master, text="c_scale,w_120/f_mp4")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_it_is_estimated_and_then_measured_when_that_is_wanted(
    qtbot: QtBot, studio: StudioWindow
) -> None:
    foot = studio.foot
    qtbot.waitUntil(foot.measure.isVisible, timeout=PATIENCE_MS)
    assert "MP4" in foot.facts.text()
    assert " s  ·  about " in foot.facts.text()
    foot.measure.click()
    assert studio.previews.is_filming
    assert foot.measure.text() == "Stop"
    qtbot.waitUntil(lambda: not studio.previews.is_filming, timeout=PATIENCE_MS)
    assert "about" not in foot.facts.text()
    assert "kB" in foot.facts.text()
    assert foot.trouble.text() == ""


def test_another_film_is_wanted_meanwhile(qtbot: QtBot, studio: StudioWindow) -> None:
    foot = studio.foot
    qtbot.waitUntil(foot.measure.isVisible, timeout=PATIENCE_MS)
    foot.measure.click()
    foot.text.setPlainText("c_scale,w_60/f_jpg")
    assert not studio.previews.is_filming
    qtbot.waitUntil(lambda: studio.previews.is_quiet, timeout=PATIENCE_MS)
    assert "60 × " in foot.facts.text()
    assert "JPG" in foot.facts.text()
    assert "about" not in foot.facts.text()
