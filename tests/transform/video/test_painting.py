"""Effects, shapes and layers on films are those of pictures."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bridge_app.transform import parse, render
from bridge_app.transform.chain import Chain
from bridge_app.transform.geometry import Size
from bridge_app.transform.video.painting import needs_painting
from tests.transform.video.made_films import light_of, seen

SIZE = Size(width=64, height=48)


@pytest.mark.parametrize(
    ("text", "painted"),
    [
        ("c_fill,w_20,h_20", False),
        ("c_pad,w_90,h_90,b_red", False),
        ("a_90/e_reverse/e_fade:100", False),
        ("e_sepia", True),
        ("r_5", True),
        ("bo_2px_solid_red", True),
        ("o_50", True),
        ("a_17", True),
        ("l_text:Arial_9:Hi/fl_layer_apply", True),
        ("c_pad,w_90,h_90,b_blurred", True),
        ("b_transparent,c_pad,w_90,h_90", True),
    ],
)
def test_only_what_filters_cannot_do_is_painted(text: str, painted: bool) -> None:
    assert needs_painting(Chain.of(parse(text), SIZE)) is painted


@pytest.mark.parametrize(
    "text",
    [
        "e_negate",
        "e_sepia/c_fill,w_40,h_40",
        "bo_4px_solid_red",
        "c_pad,w_90,h_60,b_green/e_grayscale",
        "l_text:Arial_20:Hi,co_red/fl_layer_apply,g_center",
        "c_pad,w_90,h_48,b_blurred:200",
    ],
)
def test_a_painted_frame_looks_like_the_still_of_that_moment(film: Path, text: str) -> None:
    frame = seen(render(film, parse(f"so_1,du_0.1/q_100/{text}")).data).frames[0]
    still = Image.open(BytesIO(render(film, parse(f"so_1/{text}/f_png")).data)).convert("RGB")
    wanted = np.asarray(still)[: frame.shape[0], : frame.shape[1]]
    assert frame.shape == wanted.shape
    assert float(np.abs(frame.astype(int) - wanted.astype(int)).mean()) < 6


def test_rounded_corners_of_a_film_are_black(film: Path) -> None:
    frame = seen(render(film, parse("so_1,du_0.1/r_max/q_100")).data).frames[0]
    assert frame[0, 0] == pytest.approx([0, 0, 0], abs=12)
    assert frame[24, 32] == pytest.approx([light_of(10)] * 3, abs=12)


def test_every_frame_is_painted(film: Path) -> None:
    found = seen(render(film, parse("so_1,du_0.4/e_negate/q_90")).data)
    assert found.lights == pytest.approx([255 - light_of(n) for n in range(10, 14)], abs=5)
