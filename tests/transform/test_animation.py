"""Effects on the time of animated pictures."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import pyvips
from PIL import Image

from bridge_app.transform import parse, render

LIGHTS = (20, 60, 100, 140, 180, 220)
DELAYS = (50, 100, 150, 200, 250, 300)


@pytest.fixture
def animation(tmp_path: Path) -> Path:
    """Six grey frames, each brighter and shown for longer than the last, for ever."""
    first, *others = (Image.new("RGB", (24, 16), (light,) * 3) for light in LIGHTS)
    path = tmp_path / "brighter.gif"
    first.save(path, save_all=True, append_images=others, duration=list(DELAYS), loop=0)
    return path


def frames(path: Path, text: str) -> Any:
    return pyvips.Image.new_from_buffer(render(path, parse(text)).data, "[n=-1]")


def lights(image: Any) -> list[float]:
    return [page.avg() for page in image[0].pagesplit()]


def test_an_animation_keeps_its_order_and_delays(animation: Path) -> None:
    found = frames(animation, "w_12")
    assert lights(found) == pytest.approx(LIGHTS, abs=4)
    assert found.get("delay") == list(DELAYS)
    assert found.get("loop") == 0


def test_reversed_it_takes_its_delays_along(animation: Path) -> None:
    found = frames(animation, "e_reverse")
    assert lights(found) == pytest.approx(LIGHTS[::-1], abs=4)
    assert found.get("delay") == list(DELAYS[::-1])


def test_there_and_back(animation: Path) -> None:
    found = frames(animation, "e_boomerang")
    assert sum(found.get("delay")) == 2 * sum(DELAYS)
    assert lights(found)[0] == pytest.approx(lights(found)[-1], abs=4)


@pytest.mark.parametrize(
    ("text", "delays"),
    [
        ("dl_70", [70] * 6),
        ("e_accelerate:100", [delay // 2 for delay in DELAYS]),
        ("e_accelerate:-50", [delay * 2 for delay in DELAYS]),
        ("dl_1", [20] * 6),
    ],
)
def test_the_pace_is_as_asked(animation: Path, text: str, delays: list[int]) -> None:
    found = frames(animation, f"{text}/f_webp,fl_animated")
    assert found.get("delay") == pytest.approx(delays, abs=5)


@pytest.mark.parametrize(("text", "plays"), [("e_loop", 0), ("e_loop:1", 2), ("e_loop:4", 5)])
def test_it_plays_as_often_as_asked(animation: Path, text: str, plays: int) -> None:
    assert frames(animation, text).get("loop") == plays


def test_it_fades_to_black(animation: Path) -> None:
    found = lights(frames(animation, "e_fade:-600"))
    assert found[:3] == pytest.approx(LIGHTS[:3], abs=4)
    assert found[5] < LIGHTS[5] * 0.6


def test_a_picture_that_does_not_move_is_left_alone(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), "red").save(tmp_path / "a.png")
    found = render(tmp_path / "a.png", parse("e_reverse/e_loop/dl_50"))
    assert Image.open(BytesIO(found.data)).size == (8, 8)
