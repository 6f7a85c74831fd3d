"""Films in review packs: what browsers play goes along; of what is not there, the reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.domain.errors import MediaError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.review_requests import review_items
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.review_pack import ExportStoppedError, PackMade, PackWish
from tests.desk import Desk

SECONDS = 1.0


def preset(name: str, transformation: str, form: str = "") -> RenditionPreset:
    return RenditionPreset(name=name, title=name, transformation=transformation, format=form)


CUT = preset("cut", f"c_fill,h_90,w_160/du_{SECONDS}")


@pytest.fixture
def desk(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk", sandbox=None, decoder=decoder)
    made.open()
    yield made
    made.close()


def handed_out(
    desk: Desk, film: Path, *presets: RenditionPreset, masters: bool = False
) -> PackMade:
    desk.put(film)
    desk.library()
    items = review_items([desk.asset(film.name).id], presets, masters=masters)
    wish = PackWish(title="Film", items=items, target=desk.folder.parent / "out")
    return desk.parts.worker.review_packs.export(wish)


@pytest.mark.parametrize("form", ["", "mp4"])
def test_a_rendition_of_a_film_is_the_film_that_would_be_delivered(
    desk: Desk, corpus: Path, decoder: DecoderPool, form: str
) -> None:
    wanted = preset("cut", CUT.transformation, form)
    made = handed_out(desk, corpus / "video" / "rabbit320.webm", wanted)
    (item,) = made.pack.items
    assert item.film == f"films/0001.{form or 'webm'}"
    assert (item.width, item.height) == (160, 90)
    facts = decoder.probe(made.path / item.film)
    assert (facts.width, facts.height) == (160, 90)
    assert facts.duration_s == pytest.approx(SECONDS, abs=0.2)
    assert (made.path / item.picture).stat().st_size == item.bytes
    assert made.as_pictures == ()


def test_where_a_still_of_a_film_is_asked_for_nothing_is_missing(desk: Desk, corpus: Path) -> None:
    still = preset("still", "c_fill,h_90,w_160", "jpg")
    made = handed_out(desk, corpus / "video" / "rabbit320.webm", still)
    assert [one.film for one in made.pack.items] == [""]
    assert made.as_pictures == ()


def test_of_films_that_no_browser_plays_there_is_a_picture_and_the_reason(
    desk: Desk, corpus: Path
) -> None:
    wanted = preset("cut", CUT.transformation, "mkv")
    made = handed_out(desk, corpus / "video" / "Flash.flv", wanted, masters=True)
    assert [one.film for one in made.pack.items] == ["", ""]
    assert all((made.path / one.picture).stat().st_size for one in made.pack.items)
    assert [(one.name, one.preset) for one in made.as_pictures] == [
        ("Flash.flv", ""),
        ("Flash.flv", "cut"),
    ]
    assert all("browsers play no films" in str(one.why) for one in made.as_pictures)
    assert all(one.why_still.startswith("browsers play no films") for one in made.pack.items)
    assert all(isinstance(one.why, MediaError) for one in made.as_pictures)


@pytest.mark.timeout(90)  # less than the film may take
def test_a_film_that_takes_long_is_given_up_when_somebody_cancels(desk: Desk, corpus: Path) -> None:
    desk.put(corpus / "video" / "rabbit320.webm")
    desk.library()
    long = preset("long", "c_scale,w_1600/e_loop:200", "mp4")
    items = review_items([desk.asset("rabbit320.webm").id], [long], masters=False)
    target = desk.folder.parent / "out"
    # Somebody cancels after the only picture was begun.
    asked = iter([False])
    with pytest.raises(ExportStoppedError):
        desk.parts.worker.review_packs.export(
            PackWish(title="Film", items=items, target=target),
            is_cancelled=lambda: next(asked, True),
        )
    assert not target.exists()
    assert list(target.parent.glob(".*.part")) == []
