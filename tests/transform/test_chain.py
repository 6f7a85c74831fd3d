"""Whole chains on real pixels: their order, and how much of a master they load."""

from pathlib import Path

import pytest
import pyvips
from PIL import Image

from bridge_app.transform import TransformationError, parse, render
from bridge_app.transform.chain import Chain
from bridge_app.transform.geometry import Size
from tests.transform.painting import drawn, mean_difference, rgb_at, rgba_at, saved

MASTER = Size(width=6000, height=4000)


def wide(width: int, height: int) -> Size:
    return Size(width=width, height=height)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("c_fill,w_300,h_300", wide(450, 300)),
        ("c_scale,w_600/e_blur:300", wide(600, 400)),
        ("e_grayscale/c_scale,w_600", wide(600, 400)),
        ("o_40/c_fit,w_600,h_600", wide(600, 400)),
        ("f_auto/q_auto/c_scale,w_0.1", wide(600, 400)),
        ("e_blur:300/c_scale,w_600", MASTER),
        ("e_trim/c_scale,w_600", MASTER),
        ("a_90/c_scale,w_600", MASTER),
        ("r_20/c_scale,w_600", MASTER),
        ("l_text:Arial_20:Hi/c_scale,w_600", MASTER),
        ("c_crop,w_100,h_100", MASTER),
        ("", MASTER),
    ],
)
def test_a_master_is_loaded_no_larger_than_the_first_scaling_needs(text: str, size: Size) -> None:
    assert Chain.of(parse(text), MASTER).load_size == size


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("c_fill,w_300,h_300/f_jpg", True),
        ("c_pad,w_300,h_300,b_red", True),
        ("a_90", False),
        ("a_12", False),
        ("r_9", False),
        ("e_sepia", False),
        ("l_text:Arial_20:Hi", False),
    ],
)
def test_a_picture_streams_through_what_only_frames_it(text: str, plain: bool) -> None:
    assert Chain.of(parse(text), MASTER).is_plain is plain


def test_a_smaller_master_gives_the_same_picture_through_effects_of_single_pixels(
    corpus: Path,
) -> None:
    master = corpus / "photos" / "clowns_colorful.jpg"
    small = drawn(master, "e_sepia/c_scale,w_150")
    after = drawn(master, "c_scale,w_150/e_sepia")
    assert mean_difference(small, after) < 1.0


@pytest.fixture
def halves(tmp_path: Path) -> Path:
    """Red on the left, blue on the right, 100 × 60."""
    picture = Image.new("RGB", (100, 60), (220, 30, 30))
    picture.paste((30, 40, 220), (50, 0, 100, 60))
    return saved(picture, tmp_path)


def test_components_are_done_in_their_order(halves: Path) -> None:
    first = drawn(halves, "c_crop,g_west,w_50,h_60/a_90")
    assert (first.size, rgb_at(first, 30, 25)) == ((60, 50), (220, 30, 30))
    turned = drawn(halves, "a_90/c_crop,g_north,w_60,h_50")
    assert (turned.size, rgb_at(turned, 30, 25)) == ((60, 50), (220, 30, 30))


def test_within_a_component_effects_come_before_corners_and_border(halves: Path) -> None:
    picture = drawn(halves, "bo_4px_solid_lime,c_fill,e_negate,h_40,r_10,w_40")
    assert picture.size == (48, 48)
    assert rgb_at(picture, 2, 24) == (0, 255, 0)
    assert rgb_at(picture, 12, 24) == (35, 225, 225)
    assert rgba_at(picture, 0, 0)[3] == 0


def test_a_chain_goes_on_with_the_size_an_effect_has_left(tmp_path: Path) -> None:
    canvas = Image.new("RGB", (100, 100), "white")
    canvas.paste((200, 20, 30), (30, 40, 70, 60))
    picture = drawn(saved(canvas, tmp_path), "e_trim/c_pad,w_60,h_60,b_blue/c_crop,w_0.5,h_0.5")
    assert picture.size == (30, 30)
    assert rgb_at(picture, 15, 15) == (200, 20, 30)
    assert rgb_at(picture, 15, 1) == (200, 20, 30) or rgb_at(picture, 15, 1) == (0, 0, 255)


def test_what_a_trim_leaves_may_still_not_grow_without_end(tmp_path: Path) -> None:
    canvas = Image.new("RGB", (100, 100), "white")
    canvas.paste((200, 20, 30), (0, 49, 100, 51))
    path = saved(canvas, tmp_path)
    with pytest.raises(TransformationError) as trouble:
        render(path, parse("e_trim/ar_1:1,c_scale,w_90000"))
    assert trouble.value.position == len("e_trim/")


@pytest.mark.parametrize(
    ("text", "size"),
    [("a_auto_right,c_fit,w_40,h_50", (40, 50)), ("a_auto_left,c_fill,w_50,h_40", (50, 40))],
)
def test_an_automatic_turn_is_done_when_the_frame_lies_the_other_way(
    tmp_path: Path, text: str, size: tuple[int, int]
) -> None:
    picture = drawn(saved(Image.new("RGB", (100, 80), "red"), tmp_path), text)
    assert picture.size == size


def test_a_stored_orientation_can_be_ignored(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    path = tmp_path / "turned.jpg"
    Image.new("RGB", (60, 40), "red").save(path, exif=exif)
    assert drawn(path, "").size == (40, 60)
    assert drawn(path, "a_ignore").size == (60, 40)
    assert drawn(path, "a_ignore/c_scale,w_30").size == (30, 20)


def test_transparency_a_layer_did_not_use_is_not_written(halves: Path) -> None:
    found = drawn(halves, "l_text:Arial_20:Hi,co_white")
    assert found.mode == "RGB"
    assert found.size == (100, 60)


def test_an_image_is_left_as_it_was(corpus: Path) -> None:
    image = pyvips.Image.new_from_file(str(corpus / "photos" / "clowns_colorful.jpg"))
    image = image.thumbnail_image(60).copy_memory()
    before = image.write_to_memory()
    chain = Chain.of(parse("e_blur_region:900,w_20,h_20/r_max/e_shadow"), wide(60, image.height))
    chain.through(image).copy_memory()
    assert bytes(image.write_to_memory()) == bytes(before)
