"""A studio on a real picture, with a real worker; one decoder child serves all of its tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.preview import Frame
from bridge_app.media.preview_session import PreviewSession
from bridge_app.storage.settings import SettingsFile
from bridge_app.transform import Rendered
from bridge_app.transform.steps import Cut
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.remembering import Remembering
from bridge_app.ui.studio.window import Seat, StudioWindow
from bridge_app.ui.theme import Theme
from bridge_app.work.studio import OpenMaster
from tests.desk import Desk, picture

PATIENCE_MS = 40_000
SIZE = (1600, 1000)
FILM = "video/sample_portrait.mp4"


class LastingMaster:
    """A master that is opened once, and stays open when a studio closes."""

    def __init__(self, path: Path, decoder: DecoderPool) -> None:
        self.path = path
        self.closed = 0
        self._session: PreviewSession = decoder.open_preview(path, edge_px=1200)
        self._shown = self._session.master()
        self._proofs = decoder.open_preview(path, edge_px=1200)
        self._proofs.render("w_10")

    def master(self) -> Frame:
        return self._shown

    def frame(self, transformation: str, *, edge_px: int, at_s: float | None = None) -> Frame:
        return self._session.frame(transformation, edge_px=edge_px, at_s=at_s)

    def still(self, at_s: float, *, edge_px: int) -> bytes:
        del at_s, edge_px
        return b""

    def proof(self, transformation: str, *, with_films: bool = False) -> Rendered | None:
        del with_films
        return self._proofs.render(transformation)

    def give_up(self) -> None:
        """Nothing that these tests have made takes long."""

    def last_cut(self, transformation: str) -> Cut | None:
        return self._session.last_cut(transformation)

    def learn(self, transformation: str) -> bool:
        del transformation
        return False

    def close(self) -> None:
        self.closed += 1

    def end(self) -> None:
        self._session.close()
        self._proofs.close()


@pytest.fixture(scope="session")
def lasting(
    decoder: DecoderPool, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LastingMaster]:
    path = picture(tmp_path_factory.mktemp("masters") / "photo.jpg", 3, size=SIZE)
    made = LastingMaster(path, decoder)
    yield made
    made.end()


@pytest.fixture
def photo(lasting: LastingMaster) -> Asset:
    """A picture of 1600 × 1000."""
    return Asset(
        id=AssetId("photo"),
        library=LibraryId("masters"),
        path="photo.jpg",
        name="photo.jpg",
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=lasting.path.stat().st_size,
        modified_at="2026-11-03T10:00:00+00:00",
        display_width=SIZE[0],
        display_height=SIZE[1],
    )


@pytest.fixture
def seat(shelf: Desk, reader: Asker, theme: Theme, icons: Icons, english: None) -> Seat:
    """What the studio needs of the main window."""
    worker = shelf.parts.worker
    pixels = Pixels(reader, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=reader)
    return Seat(
        worker=worker,
        asker=reader,
        looks=Looks(theme, icons, pixels, shelf.clock),
        remembering=Remembering(SettingsFile(shelf.home / "settings.json"), reader, reader),
    )


@pytest.fixture
def studio(
    qtbot: QtBot, seat: Seat, photo: Asset, lasting: LastingMaster
) -> Iterator[StudioWindow]:
    """The studio, open, with its first frame drawn."""
    made = StudioWindow(seat, photo, lasting)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: made.canvas.rendition is not None, timeout=PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def film(
    qtbot: QtBot, seat: Seat, shelf: Desk, decoder: DecoderPool, corpus: Path
) -> Iterator[StudioWindow]:
    """A studio on a film, which opens with a small copy of it."""
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
