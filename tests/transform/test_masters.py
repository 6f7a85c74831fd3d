"""Masters of every make: CMYK, 16 bits, grey, transparent, animated, through the same chains."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.transform import output_size, parse, render
from tests.transform.painting import drawn, picture_of, rgb_at, rgba_at

CHAINS = (
    "c_fill,w_30,h_30/e_vibrance:30/r_max",
    "a_30,b_white/e_blur:100/c_scale,w_40",
    "c_pad,w_80,h_80,b_auto/bo_2px_solid_red",
    "e_sharpen/o_50/c_limit,w_50",
)
RED = (200, 40, 40)


def made(folder: Path, make: str) -> Path:
    picture = Image.new("RGB", (60, 40), RED)
    path = folder / f"{make}.tif"
    match make:
        case "cmyk" | "L" | "LA" | "RGBA":
            picture.convert({"cmyk": "CMYK"}.get(make, make)).save(path)
        case "palette":
            path = path.with_suffix(".gif")
            picture.quantize(4).save(path)
        case "16 bit":
            path = path.with_suffix(".png")
            Image.new("I;16", (60, 40), 0x6000).save(path)
        case "bilevel":
            picture.convert("1").save(path)
        case _:
            picture.save(path)
    return path


@pytest.mark.parametrize("make", ["RGB", "cmyk", "L", "LA", "RGBA", "palette", "16 bit", "bilevel"])
def test_every_make_goes_through_as_geometry_says(tmp_path: Path, make: str) -> None:
    path = made(tmp_path, make)
    for chain in CHAINS:
        picture = drawn(path, chain)
        assert picture.size == output_size(parse(chain), 60, 40)
        assert picture.mode in {"RGB", "RGBA"}


def test_sixteen_bits_keep_their_brightness_through_an_effect(tmp_path: Path) -> None:
    assert abs(rgb_at(drawn(made(tmp_path, "16 bit"), "e_negate"), 9, 9)[0] - (255 - 0x60)) <= 1


def test_print_colours_are_effected_as_they_look(corpus: Path) -> None:
    master = corpus / "colour" / "Channel_digital_image_CMYK_color.jpg"
    plain, negative = drawn(master, "c_scale,w_50"), drawn(master, "c_scale,w_50/e_negate")
    for at in ((10, 10), (25, 20), (40, 30)):
        pair = zip(rgb_at(plain, *at), rgb_at(negative, *at), strict=True)
        assert all(abs(a + b - 255) <= 2 for a, b in pair)


def animation(folder: Path) -> Path:
    frames = [Image.new("RGB", (60, 40), c) for c in ("red", "lime", "blue")]
    path = folder / "moving.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=[40, 80, 120], loop=0)
    return path


@pytest.mark.parametrize(
    "chain", ["e_negate", "r_max", "a_20", "l_text:Arial_9:Hi,g_north", "o_60"]
)
def test_every_frame_is_effected_and_keeps_its_time(tmp_path: Path, chain: str) -> None:
    rendered = render(animation(tmp_path), parse(f"{chain}/f_webp,fl_animated,q_100"))
    picture = Image.open(io.BytesIO(rendered.data))
    assert getattr(picture, "n_frames", 1) == 3
    assert picture.size == output_size(parse(chain), 60, 40)
    middles = []
    for index in range(3):
        picture.seek(index)
        picture.load()
        assert picture.info["duration"] == 40 * (index + 1)
        middles.append(rgb_at(picture, picture.width // 2, picture.height // 2 + 6))
    assert len(set(middles)) == 3


def test_frames_trimmed_to_several_sizes_stand_on_one_canvas(tmp_path: Path) -> None:
    frames = []
    for side in (10, 30, 20):
        frame = Image.new("RGB", (60, 40), "white")
        frame.paste("red", (5, 5, 5 + side, 5 + side))
        frames.append(frame)
    path = tmp_path / "growing.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=50)
    rendered = render(path, parse("e_trim/f_webp,fl_animated"))
    assert (rendered.width, rendered.height) == (30, 30)
    assert picture_of(rendered).size == (30, 30)


def test_a_still_with_transparency_stays_so_through_webp_and_avif(tmp_path: Path) -> None:
    path = made(tmp_path, "RGB")
    for written in ("webp", "avif", "png"):
        picture = picture_of(render(path, parse(f"r_max/f_{written}")))
        assert rgba_at(picture, 0, 0)[3] < 20
        assert rgba_at(picture, 30, 20)[3] > 250
