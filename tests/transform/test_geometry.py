"""Crop boxes, paddings and sizes: the documented table, and what must hold for every input."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform.geometry import Box, Placement, Size
from bridge_app.transform.model import CropMode
from bridge_app.transform.parse import parse
from bridge_app.transform.placing import place

SOURCE = Size(width=1200, height=800)


def placed(text: str, size: Size = SOURCE, *, initial: Size | None = None) -> Placement:
    (component,) = parse(text).components
    placement = place(component, size, initial=initial)
    assert placement is not None, f"{text} does not size"
    return placement


# Vendor's transformation reference and its page "Resizing and cropping", on 1200 × 800.
SIZES = [
    ("c_scale,w_600", 600, 400),
    ("c_scale,w_600,h_600", 600, 600),
    ("c_scale,w_0.5", 600, 400),
    ("w_600", 600, 400),
    ("h_100", 150, 100),
    ("ar_1:1,c_scale,w_600", 600, 600),
    ("c_scale,fl_ignore_aspect_ratio,w_600", 600, 800),
    ("c_scale,w_iw", 1200, 800),
    ("c_scale,w_1.5", 1800, 1200),
    ("c_fit,w_600,h_600", 600, 400),
    ("c_fit,w_3000,h_3000", 3000, 2000),
    ("c_fit,h_600,w_300", 300, 200),
    ("c_limit,w_3000,h_3000", 1200, 800),
    ("c_limit,w_600", 600, 400),
    ("c_limit,h_1200,w_1200", 1200, 800),
    ("c_mfit,w_600,h_600", 1200, 800),
    ("c_mfit,w_3000,h_3000", 3000, 2000),
    ("c_fill,w_600,h_600", 600, 600),
    ("c_fill,w_3000,h_1000", 3000, 1000),
    ("c_fill,w_600", 600, 400),
    ("ar_16:9,c_fill,w_800", 800, 450),
    ("ar_9:16,c_fill,h_800", 450, 800),
    ("c_fill,dpr_2.0,w_300,h_300", 600, 600),
    ("c_lfill,w_600,h_600", 600, 600),
    ("c_lfill,w_3000,h_3000", 1200, 800),
    ("c_lfill,w_600,h_1000", 600, 800),
    ("c_pad,w_600,h_600", 600, 600),
    ("c_pad,w_2400,h_2400", 2400, 2400),
    ("c_pad,w_600", 600, 400),
    ("c_lpad,w_3000,h_3000", 3000, 3000),
    ("c_lpad,w_600,h_600", 600, 600),
    ("c_mpad,w_600,h_600", 1200, 800),
    ("c_mpad,w_1300,h_900", 1300, 900),
    ("c_mpad,w_1300,h_600", 1300, 800),
    ("c_crop,w_300,h_200", 300, 200),
    ("c_crop,w_0.5,h_0.5", 600, 400),
    ("c_crop,w_300", 300, 800),
    ("c_crop,x_0.5", 600, 800),
    ("c_crop,w_2000,h_500", 1200, 500),
    ("ar_1:1,c_crop,g_center", 800, 800),
    ("ar_16:9,c_crop", 1200, 675),
    ("ar_1:2,c_crop", 400, 800),
    ("ar_1:1,c_pad", 1200, 1200),
    ("ar_2:1,c_pad", 1600, 800),
    ("c_thumb,g_center,w_150,h_150", 150, 150),
    ("c_thumb,g_face,w_150,h_100,z_0.7", 150, 100),
    ("c_auto,g_auto,w_300,h_100", 300, 100),
    ("c_fill_pad,g_auto,w_80,h_400", 80, 400),
    ("c_someday,w_30,h_20", 30, 20),
]


@pytest.mark.parametrize(("text", "width", "height"), SIZES)
def test_the_output_has_the_documented_size(text: str, width: int, height: int) -> None:
    assert placed(text).canvas == Size(width=width, height=height)


BOXES = [
    ("c_crop,w_300,h_200", (450, 300, 300, 200)),
    ("c_crop,w_300,h_200,x_0,y_0", (0, 0, 300, 200)),
    ("c_crop,w_300,h_200,x_170,y_40", (170, 40, 300, 200)),
    ("c_crop,g_north_east,w_300,h_200", (900, 0, 300, 200)),
    ("c_crop,w_0.25,h_0.25,x_0.5,y_0.5", (600, 400, 300, 200)),
    ("c_crop,w_300,h_200,x_5000,y_-10", (900, 0, 300, 200)),
    ("c_crop,g_xy_center,w_300,h_200,x_600,y_700", (450, 600, 300, 200)),
    ("c_fill,w_600,h_600", (150, 0, 600, 600)),
    ("c_fill,g_west,w_600,h_600", (0, 0, 600, 600)),
    ("c_fill,g_east,w_600,h_600", (300, 0, 600, 600)),
    ("c_fill,g_north,w_1200,h_400", (0, 0, 1200, 400)),
    ("c_fill,g_auto,w_1200,h_400", (0, 200, 1200, 400)),
    ("c_fill,g_face,w_1200,h_400", (0, 0, 1200, 400)),
]


@pytest.mark.parametrize(("text", "box"), BOXES)
def test_the_crop_box_lies_where_gravity_and_offsets_say(
    text: str, box: tuple[int, int, int, int]
) -> None:
    left, top, width, height = box
    assert placed(text).crop == Box(left=left, top=top, width=width, height=height)


@pytest.mark.parametrize(
    ("gravity", "right", "down"),
    [
        ("center", 1, 1),
        ("north_west", 1, 1),
        ("north", 1, 1),
        ("west", 1, 1),
        ("north_east", -1, 1),
        ("east", -1, 1),
        ("south_east", -1, -1),
        ("south", 1, -1),
        ("south_west", 1, -1),
    ],
)
def test_offsets_push_away_from_the_anchor(gravity: str, right: int, down: int) -> None:
    still = placed(f"c_crop,g_{gravity},w_300,h_200").crop
    pushed = placed(f"c_crop,g_{gravity},w_300,h_200,x_30,y_20").crop
    assert (pushed.left - still.left, pushed.top - still.top) == (30 * right, 20 * down)


PADDED = [
    ("c_pad,w_600,h_600", (600, 400), (0, 100)),
    ("c_pad,g_north,w_600,h_600", (600, 400), (0, 0)),
    ("c_pad,g_south_east,w_600,h_600,y_30", (600, 400), (0, 170)),
    ("c_lpad,w_3000,h_3000", (1200, 800), (900, 1100)),
    ("c_mpad,w_1300,h_900", (1200, 800), (50, 50)),
]


@pytest.mark.parametrize(("text", "picture", "corner"), PADDED)
def test_a_padded_picture_lies_whole_on_its_canvas(
    text: str, picture: tuple[int, int], corner: tuple[int, int]
) -> None:
    placement = placed(text)
    assert (placement.picture.width, placement.picture.height) == picture
    assert (placement.left, placement.top) == corner


def test_initial_sides_are_those_at_the_start_of_the_chain() -> None:
    first = Size(width=4000, height=3000)
    assert placed("c_scale,w_iw", SOURCE, initial=first).canvas == Size(width=4000, height=2667)
    assert placed("c_fit,w_ih,h_ih", SOURCE, initial=first).canvas == Size(width=3000, height=2000)


def test_density_multiplies_offsets_in_pixels_but_not_shares() -> None:
    assert placed("c_crop,dpr_2.0,w_100,h_100,x_30,y_0.5").crop == Box(
        left=60, top=400, width=200, height=200
    )


@pytest.mark.parametrize("text", ["q_auto", "c_fill", "w_auto,c_fill", "w_$x", "g_north,x_5"])
def test_a_component_without_a_size_leaves_the_frame_alone(text: str) -> None:
    (component,) = parse(text).components
    assert place(component, SOURCE) is None


def test_sides_round_half_up_and_never_vanish() -> None:
    assert placed("c_scale,w_1", Size(width=30_000, height=1)).canvas == Size(width=1, height=1)
    assert placed("c_scale,w_3", Size(width=2, height=1)).canvas == Size(width=3, height=2)
    assert placed("c_scale,w_1.5", Size(width=3, height=2)).canvas == Size(width=5, height=3)


SIDES = st.integers(1, 6000)
ASKED = st.builds(Size, width=SIDES, height=SIDES)
WANTED = st.one_of(
    st.builds("w_{},h_{}".format, SIDES, SIDES),
    st.builds("w_{}".format, SIDES),
    st.builds("h_{}".format, st.integers(1, 300).map(lambda n: f"{n / 100:.2f}")),
    st.builds("ar_{}:{},h_{}".format, st.integers(1, 30), st.integers(1, 30), SIDES),
    st.builds("ar_{}:{}".format, st.integers(1, 30), st.integers(1, 30)),
)
ANCHORS = st.sampled_from(["", ",g_north_west", ",g_east", ",g_south,x_40,y_-7", ",x_9000,y_0.5"])
MODES = st.sampled_from([*CropMode, "newer_than_us"])


@given(mode=MODES, wanted=WANTED, anchor=ANCHORS, size=ASKED)
def test_every_box_lies_inside_what_holds_it(
    mode: str, wanted: str, anchor: str, size: Size
) -> None:
    done = placed(f"c_{mode},{wanted}{anchor}", size)
    picture, crop, canvas = done.picture, done.crop, done.canvas
    assert 0 <= crop.left <= crop.left + crop.width <= picture.width
    assert 0 <= crop.top <= crop.top + crop.height <= picture.height
    assert 0 <= done.left <= done.left + crop.width <= canvas.width
    assert 0 <= done.top <= done.top + crop.height <= canvas.height
    assert min(crop.width, crop.height) >= 1


@given(wanted=ASKED, size=ASKED, mode=st.sampled_from(["fill", "thumb", "scale", "pad"]))
def test_fill_thumb_scale_and_pad_give_exactly_the_size_asked_for(
    wanted: Size, size: Size, mode: str
) -> None:
    assert placed(f"c_{mode},w_{wanted.width},h_{wanted.height}", size).canvas == wanted


@given(wanted=WANTED, size=ASKED, mode=st.sampled_from(["limit", "lfill", "crop"]))
def test_limiting_modes_never_enlarge(wanted: str, size: Size, mode: str) -> None:
    canvas = placed(f"c_{mode},{wanted}", size).canvas
    assert canvas.width <= size.width
    assert canvas.height <= size.height


@given(wanted=WANTED, size=ASKED, mode=st.sampled_from(["mfit", "mpad"]))
def test_enlarging_modes_never_shrink(wanted: str, size: Size, mode: str) -> None:
    canvas = placed(f"c_{mode},{wanted}", size).canvas
    assert canvas.width >= size.width
    assert canvas.height >= size.height


@given(wanted=ASKED, size=ASKED)
def test_fit_touches_a_side_and_keeps_the_shape(wanted: Size, size: Size) -> None:
    canvas = placed(f"c_fit,w_{wanted.width},h_{wanted.height}", size).canvas
    assert canvas.width == wanted.width or canvas.height == wanted.height
    assert canvas.width <= wanted.width
    assert canvas.height <= wanted.height
    factor = min(Fraction(wanted.width, size.width), Fraction(wanted.height, size.height))
    assert abs(canvas.width - size.width * factor) <= 1
    assert abs(canvas.height - size.height * factor) <= 1


@given(wanted=ASKED, size=ASKED)
def test_fill_covers_the_request_with_the_smallest_picture_that_can(
    wanted: Size, size: Size
) -> None:
    picture = placed(f"c_fill,w_{wanted.width},h_{wanted.height}", size).picture
    assert picture.width == wanted.width or picture.height == wanted.height
    assert picture.width >= wanted.width
    assert picture.height >= wanted.height
