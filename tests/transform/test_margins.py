"""How large effects and borders make a picture: what is foreseen is what is drawn."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bridge_app.transform import output_size, parse
from tests.transform.painting import drawn, saved


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    picture = Image.effect_noise((60, 40), 90).convert("RGB")
    return saved(picture, tmp_path_factory.mktemp("margins"))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("bo_5px_solid_red", (70, 50)),
        ("bo_5px_solid_red,r_max", (70, 50)),
        ("c_fill,w_20,h_20,bo_1px_solid_red", (22, 22)),
        ("e_shadow:40,x_0,y_0", (68, 48)),
        ("e_shadow:40,x_10,y_-10", (74, 54)),
        ("e_outline:5", (70, 50)),
        ("e_outline:inner:5", (60, 40)),
        ("e_outline:fill:3:50", (86, 66)),
        ("e_shear:45:0", (100, 40)),
        ("e_shear:0:-45", (60, 100)),
        ("e_distort:0:0:30:5:30:25:0:20", (30, 25)),
        ("e_distort:10:10:40:10:40:30:10:30", (30, 20)),
        ("e_blur_region:200,x_5,y_5,w_10,h_10", (60, 40)),
        ("e_pixelate_region:5,g_east,w_10,h_10", (60, 40)),
        ("c_fill,e_blur_region:200,w_10,h_10", (10, 10)),
        ("e_negate", (60, 40)),
    ],
)
def test_a_picture_grows_by_what_is_drawn_around_it(
    master: Path, text: str, size: tuple[int, int]
) -> None:
    assert output_size(parse(text), 60, 40) == size
    assert drawn(master, text).size == size


def test_an_arc_keeps_the_length_of_the_middle_row(master: Path) -> None:
    width, height = output_size(parse("e_distort:arc:180"), 314, 20)
    assert (width, height) == (220, 110)  # the outer radius is 314 / pi + 10
    assert drawn(master, "e_distort:arc:180").size == output_size(
        parse("e_distort:arc:180"), 60, 40
    )


_PIXELS = st.integers(0, 60)
_DEGREES = st.integers(-400, 400)
_GROWING = st.one_of(
    st.builds("bo_{}px_solid_red".format, _PIXELS),
    st.builds("r_{},bo_{}px_solid_rgb:00ff0088".format, _PIXELS, _PIXELS),
    st.builds("e_shadow:{},x_{},y_{}".format, _PIXELS, st.integers(-50, 50), _DEGREES),
    st.builds(
        "e_outline:{}:{}:{}".format, st.sampled_from(["inner", "outer", "fill"]), _PIXELS, _PIXELS
    ),
    st.builds("e_shear:{}:{}".format, st.integers(-60, 60), st.integers(-20, 20)),
    st.builds("e_distort:arc:{}".format, _DEGREES),
    st.builds("a_{}".format, _DEGREES),
    st.builds(
        "e_distort:{}".format,
        st.lists(st.integers(-90, 90), min_size=8, max_size=8).map(lambda p: ":".join(map(str, p))),
    ),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chain=st.lists(_GROWING, min_size=1, max_size=3).map("/".join))
def test_whatever_grows_a_picture_its_size_is_foreseen(master: Path, chain: str) -> None:
    assert drawn(master, chain).size == output_size(parse(chain), 60, 40)
