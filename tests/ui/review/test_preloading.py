"""Pictures are there before they are looked at, and no more of them than memory is for."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.asker import Asker
from bridge_app.ui.review import preloading
from bridge_app.ui.review.preloading import AHEAD, BEHIND, Preloading, around
from bridge_app.ui.review.subjects import Subject, rendition_text, subjects_of
from tests.desk import Desk, picture

PATIENCE_MS = 30_000
WIDE = RenditionPreset(name="wide", title="", transformation="w_160,c_fill,h_90", format="jpg")


@pytest.fixture
def pictures(qtbot: QtBot, desk: Desk, asker: Asker) -> Iterator[Preloading]:
    """Three pictures in a library."""
    for number, name in enumerate(("a.jpg", "b.jpg", "c.jpg")):
        picture(desk.folder / name, number, size=(640, 400))
    desk.library()
    made = Preloading(desk.parts.worker, asker, asker)
    yield made
    made.close()


@pytest.fixture
def photo() -> Asset:
    return Asset(
        id=AssetId("photo"),
        library=LibraryId("masters"),
        path="photo.jpg",
        name="photo.jpg",
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=1,
        modified_at="2026-11-03T10:00:00+00:00",
    )


def made(qtbot: QtBot, pictures: Preloading, wanted: list[Subject]) -> None:
    """Want these and wait for the last of them."""
    pictures.want(wanted)
    qtbot.waitUntil(lambda: pictures.is_quiet, timeout=PATIENCE_MS)


def test_what_is_wanted_is_made_with_its_size_and_a_small_picture(
    qtbot: QtBot, desk: Desk, pictures: Preloading
) -> None:
    wanted = subjects_of(desk.assets(), [WIDE])
    made(qtbot, pictures, wanted)
    sizes = {
        (one.asset.name, one.is_master): shown.size
        for one in wanted
        if (shown := pictures.shown(one))
    }
    assert sizes[("a.jpg", True)] == (640, 400)
    assert sizes[("c.jpg", False)] == (160, 90)
    assert all(pictures.small(one) is not None for one in wanted)
    first = wanted[1]
    assert first.transformation == rendition_text(WIDE)


def test_the_real_file_takes_the_place_of_what_was_drawn_fast(
    qtbot: QtBot, desk: Desk, pictures: Preloading
) -> None:
    subject = subjects_of(desk.assets(), [WIDE])[1]
    made(qtbot, pictures, [subject])
    assert not pictures.is_final(subject)
    pictures.want_real(subject)
    qtbot.waitUntil(lambda: pictures.is_final(subject), timeout=PATIENCE_MS)
    shown = pictures.shown(subject)
    assert shown is not None
    assert (shown.sharp, shown.size) == (True, (160, 90))


def test_what_cannot_be_made_says_why_and_is_not_asked_for_again(
    qtbot: QtBot, desk: Desk, pictures: Preloading
) -> None:
    (desk.folder / "a.jpg").unlink()
    gone = next(one for one in desk.assets() if one.name == "a.jpg")
    subject = subjects_of([gone], [WIDE])[1]
    made(qtbot, pictures, [subject])
    assert pictures.trouble(subject)
    assert pictures.shown(subject) is None
    pictures.want([subject])
    assert pictures.is_quiet


def test_memory_is_bounded_and_what_was_looked_at_longest_ago_goes(
    qtbot: QtBot, desk: Desk, pictures: Preloading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preloading, "KEPT_BYTES", 2 * 640 * 400 * 4)
    masters = subjects_of(desk.assets(), [])
    for one in masters:
        made(qtbot, pictures, [one])
    assert pictures.kept_bytes <= 2 * 640 * 400 * 4
    assert pictures.shown(masters[0]) is None
    assert pictures.shown(masters[2]) is not None
    assert pictures.small(masters[0]) is not None


def test_more_is_read_ahead_than_behind_whichever_way_one_pages(photo: Asset) -> None:
    subjects = [Subject(asset=photo, transformation=f"w_{width}") for width in range(1, 101)]

    def widths(onward: int) -> list[str]:
        return [one.transformation for one in around(subjects, 50, onward=onward)]

    assert widths(1)[:4] == ["w_51", "w_52", "w_53", "w_50"]
    assert len(widths(1)) == 1 + AHEAD + BEHIND
    assert widths(-1)[:4] == ["w_51", "w_50", "w_49", "w_52"]


def test_after_closing_nothing_is_made_or_kept(
    qtbot: QtBot, desk: Desk, pictures: Preloading
) -> None:
    wanted = subjects_of(desk.assets(), [WIDE])
    made(qtbot, pictures, wanted)
    pictures.close()
    pictures.want(wanted)
    assert pictures.kept_bytes == 0
    assert pictures.shown(wanted[0]) is None
