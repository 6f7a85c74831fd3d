"""Content that gravities name: how it decides a frame, and where it lies as a chain goes on."""

from fractions import Fraction
from pathlib import Path

import pytest
import pyvips
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import render
from bridge_app.transform.focus import Focus
from bridge_app.transform.geometry import Box, Placement, Size
from bridge_app.transform.parse import parse
from bridge_app.transform.steps import Step, steps

SOURCE = Size(width=1200, height=800)
FACE = Box(left=900, top=100, width=100, height=120)


def box(left: int, top: int, width: int, height: int) -> Box:
    return Box(left=left, top=top, width=width, height=height)


def knows(**found: Box) -> Focus:
    return lambda text: found.get(text.partition(":")[0])


def last_step(text: str, size: Size = SOURCE, *, face: Box = FACE) -> Step:
    return steps(parse(text), size, knows(face=face, auto=face, custom=face))[-1]


def placed(text: str, size: Size = SOURCE, *, face: Box = FACE) -> Placement:
    placement = last_step(text, size, face=face).placement
    assert placement is not None
    return placement


@pytest.mark.parametrize(
    ("text", "crop"),
    [
        # the middle of the face is at (950, 160)
        ("c_crop,g_face,w_300,h_200", box(800, 60, 300, 200)),
        ("c_crop,g_face,w_300,h_400", box(800, 0, 300, 400)),
        ("c_crop,g_auto:subject,w_600,h_200", box(600, 60, 600, 200)),
        ("c_crop,g_face,w_300,h_200,x_50,y_50", box(800, 60, 300, 200)),
        ("c_crop,g_custom", box(900, 100, 100, 120)),
        ("c_crop,g_face", box(900, 100, 100, 120)),
        ("ar_1:1,c_crop,g_face", box(890, 100, 120, 120)),
        ("ar_1:1,c_crop,g_face,z_0.5", box(830, 40, 240, 240)),
        ("c_crop,g_face,z_2", box(925, 130, 50, 60)),
        ("c_fill,g_face,w_400,h_800", box(750, 0, 400, 800)),
        ("c_fill,g_face,w_800,h_800", box(400, 0, 800, 800)),
        ("c_auto,g_auto,w_400,h_800", box(750, 0, 400, 800)),
        ("c_lfill,g_face,w_400,h_4000", box(750, 0, 400, 800)),
    ],
)
def test_the_frame_is_centred_on_the_content_as_far_as_the_picture_goes(
    text: str, crop: Box
) -> None:
    assert placed(text).crop == crop


def test_a_thumbnail_comes_as_close_as_the_content_allows() -> None:
    # custom coordinates fill the frame, a face keeps half of itself as surroundings
    assert placed("c_thumb,g_custom,w_200,h_240").picture == Size(width=2400, height=1600)
    assert placed("c_thumb,g_custom,w_200,h_240").crop == box(1800, 200, 200, 240)
    face = placed("c_thumb,g_face,w_200,h_240")
    assert face.picture == Size(width=1600, height=1067)
    assert face.canvas == Size(width=200, height=240)


def test_zoom_comes_closer_above_1_and_steps_back_below() -> None:
    widths = [
        placed(f"c_thumb,g_face,w_200,h_240,z_{zoom}").picture.width for zoom in ("0.5", "1", "2")
    ]
    assert widths == [800, 1600, 3200]
    assert placed("c_crop,g_face,w_300,h_200,z_2").picture == Size(width=2400, height=1600)


def test_a_thumbnail_never_steps_back_beyond_the_whole_picture() -> None:
    placement = placed("c_thumb,g_face,w_300,h_300,z_0.01")
    assert placement.picture == Size(width=450, height=300)
    assert placement.canvas == Size(width=300, height=300)


@pytest.mark.parametrize("mode", ["fill_pad", "auto_pad"])
def test_filling_stops_and_padding_begins_where_the_content_would_be_cut(mode: str) -> None:
    wide = box(100, 300, 1000, 200)
    placement = placed(f"c_{mode},g_auto,w_400,h_800", face=wide)
    assert placement.picture == Size(width=480, height=320)
    assert placement.crop == box(40, 0, 400, 320)
    assert (placement.canvas, placement.top) == (Size(width=400, height=800), 240)
    assert not placed(f"c_{mode},g_auto,w_400,h_800").pads


@pytest.mark.parametrize("text", ["c_thumb,g_north,w_90,h_90,z_2", "c_thumb,w_90,h_90"])
def test_without_content_a_thumbnail_is_a_fill(text: str) -> None:
    assert placed(text).picture == placed("c_fill,w_90,h_90").picture


@pytest.mark.parametrize(
    ("gravity", "top"), [("face", 0), ("faces:center", 0), ("auto", 200), ("dog", 200)]
)
def test_content_that_is_not_found_leaves_the_usual_anchor(gravity: str, top: int) -> None:
    (step,) = steps(parse(f"c_fill,g_{gravity},w_1200,h_400"), SOURCE, lambda _text: None)
    assert step.placement is not None
    assert step.placement.crop.top == top


@pytest.mark.parametrize(
    ("before", "crop"),
    [
        ("c_scale,w_600", box(450, 50, 50, 60)),
        ("c_crop,w_600,h_400,x_600,y_0", box(300, 100, 100, 120)),
        ("c_crop,w_400,h_150,x_600,y_0", box(300, 100, 100, 50)),
        ("c_pad,w_1200,h_1000", box(900, 200, 100, 120)),
        ("a_90", box(580, 900, 120, 100)),
        ("a_180", box(200, 580, 100, 120)),
        ("a_270", box(100, 200, 120, 100)),
        ("a_hflip", box(200, 100, 100, 120)),
        ("a_auto_right,c_scale,h_1200,w_800", box(580, 900, 120, 100)),
        ("a_auto_right,c_scale,h_800,w_1200", box(900, 100, 100, 120)),
        ("a_vflip", box(900, 580, 100, 120)),
        ("bo_10px_solid_red", box(910, 110, 100, 120)),
        ("q_80/e_sepia", box(900, 100, 100, 120)),
        ("c_fill,w_400,h_400,g_east/a_90/c_scale,w_200", box(145, 125, 30, 25)),
    ],
)
def test_content_is_followed_through_the_steps_before(before: str, crop: Box) -> None:
    assert placed(f"{before}/c_crop,g_face").crop == crop


def test_content_that_was_cut_away_is_not_found_any_more() -> None:
    assert last_step("c_crop,w_300,h_300,x_0,y_0/c_crop,g_face").placement is None


def test_content_stays_on_the_canvas_of_a_free_turn() -> None:
    crop = placed("a_30/c_crop,g_face").crop
    # by hand: the face's middle, turned by 30 degrees about the picture's
    assert crop.left + crop.width / 2 == pytest.approx(1142.4, abs=1.5)
    assert crop.top + crop.height / 2 == pytest.approx(613.5, abs=1.5)


@pytest.mark.parametrize("turn", ["a_20", "a_90", "a_hflip", "a_200.vflip", "bo_9px_solid_red"])
def test_after_a_turn_the_pixels_are_cut_where_the_geometry_says(corpus: Path, turn: str) -> None:
    portrait = corpus / "metadata" / "portrait.jpg"
    whole, part = (
        pyvips.Image.new_from_buffer(render(portrait, parse(f"{turn}{crop}/f_png")).data, "")
        for crop in ("", "/c_crop,h_151,w_150,x_390,y_241")
    )
    assert (whole.crop(390, 241, 150, 151) - part).abs().max() == 0


def test_the_content_is_looked_for_once_and_only_when_it_decides() -> None:
    asked: list[str] = []

    def look(text: str) -> Box | None:
        asked.append(text)
        return FACE

    steps(parse("c_fill,g_north,w_9,h_9/c_scale,w_5/c_pad,g_face,w_20,h_20"), SOURCE, look)
    assert asked == []
    steps(parse("c_fill,g_auto:subject,w_9,h_9"), SOURCE, look)
    assert asked == ["auto:subject"]


SIDES = st.integers(1, 3000)
SIZES = st.builds(Size, width=SIDES, height=SIDES)
SHARES = st.fractions(0, 1, max_denominator=50)
STEPS = st.lists(
    st.sampled_from(
        [
            "c_scale,w_0.5",
            "c_fill,w_300,h_200",
            "c_crop,w_0.7",
            "a_90",
            "a_hflip",
            "a_37",
            "c_pad,w_400,h_100",
            "c_thumb,g_face,w_90,h_90",
            "bo_3px_solid_red",
            "c_crop,g_face",
            "c_fill_pad,g_face,w_80,h_300,z_3",
            "ar_2:1,c_crop,g_face,z_0.2",
        ]
    ),
    min_size=1,
    max_size=5,
)


@given(chain=STEPS, size=SIZES, across=SHARES, along=SHARES, share=SHARES)
def test_whatever_the_content_every_box_lies_inside_what_holds_it(
    chain: list[str], size: Size, across: Fraction, along: Fraction, share: Fraction
) -> None:
    left, top = int(across * (size.width - 1)), int(along * (size.height - 1))
    face = box(
        left,
        top,
        max(1, int(share * (size.width - left))),
        max(1, int(share * (size.height - top))),
    )
    for step in steps(parse("/".join(chain)), size, knows(face=face)):
        if done := step.placement:
            picture, crop, canvas = done.picture, done.crop, done.canvas
            assert 0 <= crop.left <= crop.left + crop.width <= picture.width
            assert 0 <= crop.top <= crop.top + crop.height <= picture.height
            assert 0 <= done.left <= done.left + crop.width <= canvas.width
            assert 0 <= done.top <= done.top + crop.height <= canvas.height
