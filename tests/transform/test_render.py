"""Rendering: real files in, real files out, read back by another decoder."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat

from bridge_app.domain.errors import FileTroubleError, MediaError
from bridge_app.transform import (
    Fidelity,
    Rendered,
    TransformationError,
    output_size,
    parse,
    render,
)

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 180, 40), (30, 40, 220), (230, 220, 30)
WHITE = (255, 255, 255)
Paint = Callable[..., Path]


def quarters(width: int = 120, height: int = 80, mode: str = "RGB") -> Image.Image:
    """Red, green on top; blue, yellow below: tells every side and turn apart."""
    picture = Image.new("RGB", (width, height), RED)
    draw = ImageDraw.Draw(picture)
    middle, half = width // 2, height // 2
    draw.rectangle((middle, 0, width, half - 1), fill=GREEN)
    draw.rectangle((0, half, middle - 1, height), fill=BLUE)
    draw.rectangle((middle, half, width, height), fill=YELLOW)
    return picture.convert(mode)


@pytest.fixture(scope="module")
def paint(tmp_path_factory: pytest.TempPathFactory) -> Paint:
    folder = tmp_path_factory.mktemp("masters")

    def save(picture: Image.Image, name: str, **options: Any) -> Path:
        path = folder / name
        picture.save(path, **options)
        return path

    return save


def shown(path: Path, text: str, *, accept: str = "") -> tuple[Rendered, Image.Image]:
    rendered = render(path, parse(text), accept=accept)
    picture = Image.open(io.BytesIO(rendered.data))
    assert picture.size == (rendered.width, rendered.height)
    return rendered, picture


def corners(picture: Image.Image) -> list[tuple[int, ...]]:
    """Colours near the four corners, clockwise from the top left."""
    picture = picture.convert("RGB")
    right, bottom = picture.width - 3, picture.height - 3
    found = [picture.getpixel(at) for at in ((2, 2), (right, 2), (right, bottom), (2, bottom))]
    return [pixel for pixel in found if isinstance(pixel, tuple)]


def assert_near(found: list[tuple[int, ...]], wanted: list[tuple[int, ...]]) -> None:
    """Equal up to what lossy encoding does to flat colour."""
    assert len(found) == len(wanted)
    for pixel, colour in zip(found, wanted, strict=True):
        assert max(abs(a - b) for a, b in zip(pixel, colour, strict=True)) <= 12, (found, wanted)


def test_a_fill_shows_the_middle_at_exactly_the_size_asked_for(paint: Paint) -> None:
    master = paint(quarters(1200, 800), "fill.png")
    rendered, picture = shown(master, "c_fill,w_300,h_300/f_jpg,q_95")
    assert (rendered.format, rendered.width, rendered.height) == ("jpg", 300, 300)
    assert (rendered.fidelity, rendered.reasons) == (Fidelity.EXACT, ())
    assert_near(corners(picture), [RED, GREEN, YELLOW, BLUE])


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("c_crop,g_north_west,w_40,h_30", RED),
        ("c_crop,g_north_east,w_40,h_30", GREEN),
        ("c_crop,g_south_west,w_40,h_30", BLUE),
        ("c_crop,x_70,y_45,w_40,h_30", YELLOW),
        ("c_fill,g_north,w_400,h_20/c_crop,g_east,w_40,h_20", GREEN),
    ],
)
def test_crops_show_the_part_gravity_names(
    paint: Paint, text: str, colour: tuple[int, int, int]
) -> None:
    _, picture = shown(paint(quarters(), "crop.png"), text)
    assert_near(corners(picture), [colour] * 4)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a_90", [BLUE, RED, GREEN, YELLOW]),
        ("a_180", [YELLOW, BLUE, RED, GREEN]),
        ("a_-90", [GREEN, YELLOW, BLUE, RED]),
        ("a_hflip", [GREEN, RED, BLUE, YELLOW]),
        ("a_vflip", [BLUE, YELLOW, GREEN, RED]),
        ("a_90.hflip", [RED, BLUE, YELLOW, GREEN]),
    ],
)
def test_turns_are_clockwise_and_done_in_order(
    paint: Paint, text: str, wanted: list[tuple[int, ...]]
) -> None:
    _, picture = shown(paint(quarters(), "turn.png"), text)
    assert_near(corners(picture), wanted)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("text", ["", "c_scale,w_60", "c_crop,w_1.0,h_1.0", "a_0/c_pad,w_1.0"])
def test_every_exif_orientation_comes_out_upright(
    paint: Paint, orientation: int, text: str
) -> None:
    upright = quarters(96, 64)
    undo = {
        1: [],
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = upright
    for move in undo[orientation]:
        stored = stored.transpose(move)
    exif = Image.Exif()
    exif[274] = orientation
    master = paint(stored, f"orientation-{orientation}.jpg", exif=exif, quality=95)
    rendered, picture = shown(master, f"{text}/q_95" if text else "q_95")
    assert (rendered.width, rendered.height) == output_size(parse(text), 96, 64)
    assert_near(corners(picture), [RED, GREEN, YELLOW, BLUE])
    assert not picture.getexif()


def test_padding_is_white_under_an_opaque_picture(paint: Paint) -> None:
    _, picture = shown(paint(quarters(), "pad.png"), "c_pad,w_200,h_200")
    assert_near(corners(picture), [WHITE] * 4)
    assert picture.convert("RGB").getpixel((30, 60)) == RED


@pytest.mark.parametrize(
    ("background", "wanted"),
    [("red", (255, 0, 0, 255)), ("rgb:0000ff80", (0, 0, 255, 128)), ("none", (0, 0, 0, 0))],
)
def test_padding_takes_its_colour_and_its_opacity(
    paint: Paint, background: str, wanted: tuple[int, ...]
) -> None:
    _, picture = shown(paint(quarters(), "b.png"), f"c_pad,w_200,h_200,b_{background}/f_png")
    found = picture.convert("RGBA")
    assert found.getpixel((2, 2)) == wanted
    assert found.getpixel((30, 60)) == (*RED, 255)


def test_a_background_shows_through_a_transparent_picture(paint: Paint) -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    _, picture = shown(paint(clear, "clear.png"), "b_rgb:336699/f_png")
    assert picture.convert("RGBA").getpixel((5, 5)) == (0x33, 0x66, 0x99, 255)


def test_a_jpeg_of_a_transparent_picture_stands_on_white(paint: Paint) -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    _, picture = shown(paint(clear, "clear2.png"), "c_scale,w_20/f_jpg")
    assert_near(corners(picture), [WHITE] * 4)


def test_default_padding_of_a_transparent_picture_is_called_approximate(paint: Paint) -> None:
    master = paint(quarters(mode="RGBA"), "alpha.png")
    rendered, picture = shown(master, "c_pad,w_200,h_200")
    assert picture.convert("RGBA").getpixel((2, 2)) == (0, 0, 0, 0)
    assert rendered.fidelity is Fidelity.APPROXIMATE
    assert any("padding" in reason for reason in rendered.reasons)


@pytest.mark.parametrize(
    ("text", "accept", "written"),
    [
        ("", "", "png"),
        ("f_webp", "", "webp"),
        ("f_jpeg/c_scale,w_50", "", "jpg"),
        ("f_avif", "", "avif"),
        ("f_gif", "", "gif"),
        ("f_auto", "image/avif,image/webp,*/*", "avif"),
        ("f_auto", "image/webp, */*;q=0.8", "webp"),
        ("f_auto", "image/avif;q=0,image/*", "jpg"),
        ("f_auto", "", "jpg"),
        ("f_auto/f_png", "image/webp", "png"),
        ("b_none,c_pad,w_200,h_200/f_auto", "", "png"),
    ],
)
def test_the_format_is_the_one_asked_for_or_negotiated(
    paint: Paint, text: str, accept: str, written: str
) -> None:
    rendered, picture = shown(paint(quarters(), "format.png"), text, accept=accept)
    assert rendered.format == written
    assert picture.format == {"jpg": "JPEG"}.get(written, written.upper())


def test_what_the_web_does_not_show_becomes_a_jpeg_and_says_so(paint: Paint) -> None:
    rendered, picture = shown(paint(quarters(mode="CMYK"), "print.tif"), "c_scale,w_60")
    assert (rendered.format, picture.mode) == ("jpg", "RGB")
    assert rendered.fidelity is Fidelity.APPROXIMATE


def test_quality_and_flags_reach_the_encoder(paint: Paint) -> None:
    master = paint(Image.effect_noise((400, 300), 80).convert("RGB"), "noise.png")
    sizes = [
        len(render(master, parse(f"f_jpg,q_{level}")).data)
        for level in ("10", "auto:low", "auto:eco", "auto", "auto:best", "100", "100:444")
    ]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes)
    _, picture = shown(master, "f_jpg,fl_progressive")
    assert picture.info.get("progressive") == 1
    _, plain = shown(master, "f_jpg")
    assert "progressive" not in plain.info


def test_a_profile_is_applied_as_another_colour_engine_does(corpus: Path) -> None:
    master = corpus / "colour" / "Channel_digital_image_CMYK_color.jpg"
    _, picture = shown(master, "f_png")
    with Image.open(master) as original:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(original.info["icc_profile"]))
        expected = ImageCms.profileToProfile(
            original, profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    assert expected is not None
    difference = ImageStat.Stat(ImageChops.difference(picture, expected))
    assert max(high for _, high in difference.extrema) <= 2


def test_metadata_and_profile_stay_behind(corpus: Path) -> None:
    master = corpus / "metadata" / "IPTC-PhotometadataRef-Std2021.1.jpg"
    with Image.open(master) as original:
        assert {"exif", "photoshop"} <= original.info.keys()
    for written in ("jpg", "png", "webp", "avif"):
        _, picture = shown(master, f"c_scale,w_100/f_{written}")
        assert not {"icc_profile", "exif", "xmp", "photoshop"} & picture.info.keys()


def test_sixteen_bits_and_grey_become_eight_bit_srgb(paint: Paint) -> None:
    grey = Image.new("I;16", (30, 20), 0x8000)
    _, picture = shown(paint(grey, "grey16.png"), "c_scale,w_15/f_png")
    assert picture.mode == "RGB"
    pixel = picture.getpixel((4, 4))
    assert isinstance(pixel, tuple)
    assert abs(pixel[0] - 128) <= 1


def two_more_frames() -> dict[str, object]:
    rest = [Image.new("RGB", (60, 40), colour) for colour in (GREEN, BLUE)]
    return {"save_all": True, "append_images": rest, "duration": [100, 200, 300], "loop": 0}


def test_every_frame_of_an_animation_is_transformed(paint: Paint) -> None:
    master = paint(Image.new("RGB", (60, 40), RED), "moving.gif", **two_more_frames())
    rendered, picture = shown(master, "c_pad,w_50,h_90,b_white/a_90")
    assert (rendered.width, rendered.height) == (90, 50)
    assert getattr(picture, "n_frames", 1) == 3
    found = []
    for index, colour in enumerate([RED, GREEN, BLUE]):
        picture.seek(index)
        assert picture.info["duration"] == (index + 1) * 100
        pixel = picture.convert("RGB").getpixel((45, 25))
        assert isinstance(pixel, tuple)
        found.append((pixel, colour))
    assert_near([pixel for pixel, _ in found], [colour for _, colour in found])


def test_a_still_of_an_animation_is_its_first_frame_and_called_approximate(paint: Paint) -> None:
    master = paint(Image.new("RGB", (60, 40), RED), "moving2.gif", **two_more_frames())
    rendered, picture = shown(master, "c_scale,w_30/f_jpg")
    assert_near(corners(picture), [RED] * 4)
    assert (rendered.height, rendered.fidelity) == (20, Fidelity.APPROXIMATE)
    assert any("first frame" in reason for reason in rendered.reasons)


def test_what_cannot_be_done_here_is_left_out_and_said(paint: Paint) -> None:
    master = paint(quarters(), "cloud.png")
    rendered, picture = shown(master, "e_gen_restore/c_scale,w_60/l_logo,w_5/a_17")
    assert rendered.fidelity is Fidelity.CLOUD_ONLY
    assert len(rendered.reasons) == 2
    assert picture.size == output_size(parse("c_scale,w_60/a_17"), 120, 80)


def test_a_strip_is_filled_without_being_enlarged_whole(paint: Paint) -> None:
    strip = Image.new("RGB", (20_000, 2), GREEN)
    strip.paste(RED, (0, 0, 9_000, 2))
    _, picture = shown(paint(strip, "strip.png"), "c_fill,g_west,w_300,h_300")
    assert_near(corners(picture), [RED] * 4)


def test_a_name_of_any_bytes_can_be_rendered(paint: Paint, tmp_path: Path) -> None:
    odd = Path(str(tmp_path), "a[n=-1]\udcff\n*.png")
    odd.write_bytes(paint(quarters(), "plain.png").read_bytes())
    assert render(odd, parse("c_scale,w_10")).width == 10


def test_a_missing_file_is_trouble_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError):
        render(tmp_path / "gone.jpg", parse(""))


@pytest.mark.parametrize("content", [b"", b"no picture at all", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_is_a_media_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(content)
    with pytest.raises(MediaError):
        render(path, parse("c_scale,w_10"))


def test_a_result_too_large_for_its_format_is_a_media_error(paint: Paint) -> None:
    with pytest.raises(MediaError, match="16383"):
        render(paint(quarters(), "long.png"), parse("c_scale,w_20000,h_10/f_webp"))


def test_a_result_beyond_the_pixel_limit_is_refused_before_work_begins(paint: Paint) -> None:
    with pytest.raises(TransformationError):
        render(paint(quarters(), "huge.png"), parse("w_99999,h_99999"))


_STEPS = st.sampled_from(
    [
        "c_fill,w_37,h_53",
        "c_crop,g_south,w_0.5,h_31",
        "c_pad,w_90,h_70,b_red",
        "c_pad,w_90,h_70,b_rgb:00ff0044",
        "c_lpad,g_north_west,w_200,h_40",
        "c_scale,w_1.7",
        "c_limit,w_50",
        "c_thumb,g_face,w_20,h_60",
        "c_mpad,w_130,h_130",
        "a_90",
        "a_vflip.90",
        "b_blue",
        "e_sepia",
        "dpr_2.0",
        "f_webp",
        "f_jpg,q_auto",
        "ar_3:1,c_fill",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chain=st.lists(_STEPS, max_size=5).map("/".join), mode=st.sampled_from(["RGB", "RGBA", "L"]))
def test_the_picture_has_the_size_geometry_promised(paint: Paint, chain: str, mode: str) -> None:
    rendered, _ = shown(paint(quarters(mode=mode), f"chain-{mode}.png"), chain)
    assert (rendered.width, rendered.height) == output_size(parse(chain), 120, 80)
