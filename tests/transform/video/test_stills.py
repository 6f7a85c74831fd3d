"""Pictures of a film: one frame through the whole picture chain, or an animation."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import pyvips
from PIL import Image

from bridge_app.domain.errors import DecoderLimitError, MediaError
from bridge_app.transform import Rendered, TransformationError, parse, render
from bridge_app.transform.video import stills
from tests.transform.video.made_films import light_of, near


def brightness(rendered: Rendered) -> float:
    return float(Image.open(BytesIO(rendered.data)).convert("L").getpixel((8, 8)))  # type: ignore[arg-type]  # one channel


def frames(rendered: Rendered) -> Any:
    return pyvips.Image.new_from_buffer(rendered.data, "[n=-1]")


@pytest.mark.parametrize(
    ("text", "number"),
    [("so_0", 0), ("so_1", 10), ("so_1.55", 15), ("so_50p", 15), ("so_100p", 29), ("w_32", 15)],
)
def test_a_still_is_the_frame_that_is_shown_then(film: Path, text: str, number: int) -> None:
    found = render(film, parse(f"{text}/f_png"))
    assert brightness(found) == pytest.approx(light_of(number), abs=3)


def test_a_still_goes_through_the_whole_picture_chain(film: Path) -> None:
    found = render(film, parse("so_1/c_fill,w_30,h_30/e_negate/r_max/f_png"))
    assert (found.format, found.width, found.height) == ("png", 30, 30)
    picture = Image.open(BytesIO(found.data)).convert("RGBA")
    corner, middle = picture.getpixel((0, 0)), picture.getpixel((15, 15))
    assert isinstance(corner, tuple)
    assert isinstance(middle, tuple)
    assert corner[3] == 0
    assert middle == pytest.approx((*[255 - light_of(10)] * 3, 255), abs=4)


def test_the_choice_of_a_still_nobody_named_is_told(film: Path) -> None:
    assert any("middle" in reason for reason in render(film, parse("f_png")).reasons)
    assert render(film, parse("so_1/f_png")).reasons == ()


def test_a_still_after_the_end_is_refused_in_place(film: Path) -> None:
    with pytest.raises(TransformationError) as caught:
        render(film, parse("w_10,so_9/f_jpg"))
    assert caught.value.position == 5


# The encoders show frames that hardly differ as one, for as long as both.
def test_a_film_becomes_an_animation_at_its_own_pace(film: Path) -> None:
    animation = frames(render(film, parse("so_1,du_1/w_32/f_gif")))
    assert animation.get_page_height() == 24
    assert sum(animation.get("delay")) == 1000
    pages = [round(page.avg()) for page in animation[0].pagesplit()]
    assert pages == sorted(pages)
    assert near([pages[0], pages[-1]], [light_of(10), light_of(19)], within=6)


@pytest.mark.parametrize(
    ("text", "count", "delay"),
    [
        ("vs_6", 6, 500),
        ("vs_6,dl_80", 6, 80),
        ("vs_0.5s", 6, 500),
        ("fps_5", 15, 200),
        ("e_accelerate:100", 30, 50),
    ],
)
def test_sampling_and_delay_decide_how_an_animation_plays(
    film: Path, text: str, count: int, delay: int
) -> None:
    animation = frames(render(film, parse(f"{text}/f_gif")))
    assert sum(animation.get("delay")) == count * delay
    assert count * 2 // 3 <= animation.get("n-pages") <= count


@pytest.mark.parametrize(("text", "loop"), [("w_32", 1), ("e_loop", 0), ("e_loop:2", 3)])
def test_an_animation_of_a_film_plays_once_or_as_asked(film: Path, text: str, loop: int) -> None:
    assert frames(render(film, parse(f"du_0.3/{text}/f_gif"))).get("loop") == loop


def test_an_animation_runs_there_and_back(film: Path) -> None:
    animation = frames(render(film, parse("vs_3,eo_2/e_boomerang/f_gif")))
    found = [round(page.avg()) for page in animation[0].pagesplit()]
    assert near([found[0], max(found), found[-1]], [light_of(n) for n in (0, 13, 0)], within=6)
    assert found == found[::-1]


def test_webp_moves_only_with_its_flag(film: Path) -> None:
    still = frames(render(film, parse("du_0.5/f_webp")))
    moving = frames(render(film, parse("du_0.5/f_webp,fl_animated")))
    assert not still.get_typeof("n-pages") or still.get("n-pages") == 1
    assert moving.get("n-pages") >= 3
    assert sum(moving.get("delay")) == 500


def test_an_animation_that_would_need_too_much_memory_is_refused(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stills, "HELD_BYTES", 64 * 48 * 3 * 20)
    with pytest.raises(DecoderLimitError, match="vs_"):
        render(film, parse("f_gif"))
    assert render(film, parse("c_scale,w_32/f_gif")).width == 32


def test_sound_has_no_still(corpus: Path) -> None:
    with pytest.raises(MediaError, match="sound only"):
        render(corpus / "audio/fixture.mp3", parse("f_jpg"))


def test_every_intact_film_of_the_corpus_has_a_still(corpus: Path) -> None:
    for path in sorted((corpus / "video").iterdir()):
        if path.name in {"ASF.wmv", "M2TS.mts", "MXF.mxf", "testMP4_udtaLocation.mp4"}:
            continue
        if path.name == "sample_audio_only.mp4":
            continue
        found = render(path, parse("c_fill,w_64,h_36/f_jpg"))
        assert (found.width, found.height) == (64, 36), path.name
