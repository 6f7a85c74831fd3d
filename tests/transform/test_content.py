"""Gravities that go by content: where the box lies that each word asks for."""

from pathlib import Path

import numpy as np
import pytest
import pyvips
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.transform.content import Content, around, count_faces, focus_of
from bridge_app.transform.geometry import Box, Size

MASTER = Size(width=3200, height=1800)


def painted(left: int = 220, *, alpha: bool = False) -> pyvips.Image:
    """A red thing at `left` on green, 320 × 180; with `alpha`, another one that is not seen."""
    pixels = np.full((180, 320, 4), (90, 110, 90, 255), np.uint8)
    pixels[70:110, left : left + 40] = (220, 60, 40, 255)
    if alpha:
        pixels[40:140, 20:120] = (30, 30, 250, 0)
    image = pyvips.Image.new_from_array(pixels, interpretation="srgb")
    return image if alpha else image[0:3]


@pytest.fixture(scope="module")
def clowns(corpus: Path) -> pyvips.Image:
    return pyvips.Image.new_from_file(str(corpus / "photos" / "clowns_colorful.jpg")).copy_memory()


def centre(box: Box | None) -> tuple[float, float]:
    assert box is not None
    return box.left + box.width / 2, box.top + box.height / 2


def test_auto_finds_what_stands_out_in_the_masters_own_pixels() -> None:
    assert centre(focus_of(painted(), MASTER)("auto")) == pytest.approx((2400, 900), abs=250)


def test_nobody_looks_at_what_is_transparent() -> None:
    assert centre(focus_of(painted(alpha=True), MASTER)("auto")) == pytest.approx(
        (2400, 900), abs=350
    )


@pytest.mark.parametrize("text", ["auto:aoi_100_100_400_400", "auto:aoi_0.03_0.05_0.13_0.23"])
def test_an_area_of_interest_draws_the_crop_to_itself(text: str) -> None:
    drawn = focus_of(painted(), MASTER)(text)
    plain = focus_of(painted(), MASTER)("auto")
    assert centre(drawn)[0] < centre(plain)[0] - 800


def test_a_plain_picture_has_no_focus() -> None:
    plain = pyvips.Image.black(64, 48, bands=3).copy(interpretation="srgb")
    assert focus_of(plain, Size(width=64, height=48))("auto") is None
    assert count_faces(plain) == 0


@pytest.mark.parametrize("text", ["face", "faces", "face:center", "adv_faces", "custom:face"])
def test_without_faces_the_caller_falls_back(text: str) -> None:
    assert focus_of(painted(), MASTER)(text) is None


def test_a_face_that_falls_back_to_auto_does() -> None:
    focus = focus_of(painted(), MASTER)
    assert focus("faces:auto") == focus("auto")


def test_face_is_the_largest_and_faces_is_around_all(clowns: pyvips.Image) -> None:
    size = Size(width=clowns.width, height=clowns.height)
    content = Content(image=clowns, size=size)
    focus = focus_of(clowns, size)
    assert count_faces(clowns) == len(content.faces) >= 2
    assert focus("face") == content.faces[0]
    assert focus("faces") == around(content.faces)
    assert focus("auto:face") == focus("auto:faces") == focus("faces")


def test_faces_draw_auto_unless_they_are_to_be_avoided(clowns: pyvips.Image) -> None:
    size = Size(width=clowns.width, height=clowns.height)
    focus = focus_of(clowns, size)
    faces = around(Content(image=clowns, size=size).faces)
    assert abs(centre(focus("auto"))[1] - centre(faces)[1]) < size.height * 0.2
    assert centre(focus("auto:face_avoid"))[1] > centre(focus("auto"))[1]


@pytest.mark.parametrize("text", ["custom", "region_!logo!", "custom:face"])
def test_boxes_that_somebody_drew_come_first(text: str) -> None:
    drawn = Box(left=10, top=20, width=30, height=40)
    named = {text.partition(":")[0]: drawn}
    assert focus_of(painted(), MASTER, named=named)(text) == drawn


@pytest.mark.parametrize("text", ["cat", "ocr_text", "custom", "region_!x!", "", "north", "auto_"])
def test_what_is_not_known_here_has_no_box(text: str) -> None:
    assert focus_of(painted(), MASTER)(text) is None


@settings(max_examples=25)  # each starts libvips' threads anew, which a busy machine makes wait
@given(
    st.integers(1, 40),
    st.integers(1, 40),
    st.integers(1, 5000),
    st.integers(1, 5000),
    st.sampled_from(["auto", "auto:cat", "auto:faces_avoid", "auto:aoi_9_9_0_0", "faces:auto"]),
)
def test_a_box_lies_inside_the_master(
    width: int, height: int, wide: int, high: int, text: str
) -> None:
    spread = np.random.default_rng(width * 64 + height)
    pixels = spread.integers(0, 256, (height, width, 3), dtype=np.uint8)
    image = pyvips.Image.new_from_array(pixels, interpretation="srgb")
    box = focus_of(image, Size(width=wide, height=high))(text)
    if box:
        assert box.left >= 0
        assert box.top >= 0
        assert box.width >= 1
        assert box.height >= 1
        assert box.left + box.width <= wide
        assert box.top + box.height <= high


def test_faces_are_found_in_the_confined_decoder_too(corpus: Path) -> None:
    with DecoderPool(size=1) as pool:
        made = pool.render(corpus / "photos" / "craft-beer.jpg", "c_thumb,g_face,w_120,h_120/f_png")
    shown = pyvips.Image.new_from_buffer(made.data, "")
    (face,) = Content(image=shown, size=Size(width=120, height=120)).faces
    assert centre(face) == pytest.approx((60, 60), abs=15)
