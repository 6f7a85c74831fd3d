"""Formats, qualities and flags: what the file is, read back by another decoder."""

import io
from pathlib import Path

import numpy as np
import pytest
import pyvips
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bridge_app.domain.errors import MediaError
from bridge_app.transform.encode import Encoding, encoded, encoding
from bridge_app.transform.kept_metadata import Keep
from bridge_app.transform.model import AutoQuality, Format
from bridge_app.transform.parse import parse

BROWSER = "image/avif,image/webp,*/*;q=0.8"


def asked(
    text: str,
    *,
    accept: str = "",
    alpha: bool = False,
    moving: bool = False,
    master: Format | None = Format.PNG,
) -> Encoding:
    components = parse(text).components
    return encoding(components, master=master, accept=accept, alpha=alpha, moving=moving)


def picture(width: int = 96, height: int = 64, *, alpha: bool = False) -> pyvips.Image:
    """Four plain colours; with `alpha`, the left half cannot be seen."""
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[: height // 2, : width // 2, :3] = (220, 30, 30)
    pixels[: height // 2, width // 2 :, :3] = (30, 180, 40)
    pixels[height // 2 :, : width // 2, :3] = (30, 40, 220)
    if alpha:
        pixels[:, : width // 2, 3] = 0
    image = pyvips.Image.new_from_array(pixels, interpretation="srgb")
    return image if alpha else image[0:3]


def frames(count: int = 3) -> pyvips.Image:
    """An animation whose frames grow brighter, 100 ms each."""
    pixels = np.concatenate(
        [np.full((20, 30, 3), 60 * (index + 1), np.uint8) for index in range(count)]
    )
    image = pyvips.Image.new_from_array(pixels, interpretation="srgb").copy()
    image.set_type(pyvips.GValue.gint_type, "page-height", 20)
    image.set_type(pyvips.GValue.array_int_type, "delay", [100] * count)
    return image


def shown(image: pyvips.Image, text: str, *, alpha: bool = False) -> Image.Image:
    return Image.open(io.BytesIO(encoded(image, asked(text, alpha=alpha))))


@pytest.mark.parametrize(
    ("text", "accept", "alpha", "moving", "written"),
    [
        ("f_auto", BROWSER, False, False, Format.AVIF),
        ("f_auto", BROWSER, False, True, Format.WEBP),
        ("f_auto", "image/webp", True, False, Format.WEBP),
        ("f_auto", "*/*", True, False, Format.PNG),
        ("f_auto", "*/*", False, True, Format.GIF),
        ("f_auto,fl_preserve_transparency", BROWSER, True, False, Format.PNG),
        ("f_auto,fl_preserve_transparency", BROWSER, False, False, Format.AVIF),
        ("f_auto", "image/avif;q=0, image/webp", False, False, Format.WEBP),
        ("f_tiff", BROWSER, False, False, Format.TIFF),
        ("w_10", BROWSER, False, False, Format.PNG),
    ],
)
def test_the_format_follows_browser_content_and_flags(
    text: str, accept: str, alpha: bool, moving: bool, written: Format
) -> None:
    assert asked(text, accept=accept, alpha=alpha, moving=moving).format is written


@pytest.mark.parametrize(
    ("text", "master", "moves"),
    [
        ("f_gif", Format.WEBP, True),
        ("", Format.WEBP, True),
        ("f_webp", Format.GIF, False),
        ("f_webp,fl_awebp", Format.GIF, True),
        ("f_webp,fl_animated", Format.GIF, True),
        ("f_png", Format.GIF, False),
        ("f_png,fl_apng", Format.GIF, True),
        ("f_jpg,fl_animated", Format.GIF, False),
        ("f_avif,fl_animated", Format.GIF, False),
    ],
)
def test_an_animation_stays_one_where_a_flag_or_the_format_says_so(
    text: str, master: Format, moves: bool
) -> None:
    assert asked(text, master=master, moving=True).animated is moves


def test_f_auto_keeps_an_animation_moving() -> None:
    how = asked("f_auto", accept=BROWSER, master=Format.GIF, moving=True)
    assert (how.format, how.animated) == (Format.WEBP, True)


@pytest.mark.parametrize("text", ["f_png,fl_apng", "f_webp,fl_awebp", "f_gif", "f_gif,fl_lossy"])
def test_all_frames_are_written_with_their_delays(text: str) -> None:
    animation = shown(frames(), text)
    assert getattr(animation, "n_frames", 1) == 3
    for index in range(3):
        animation.seek(index)
        animation.load()
        assert animation.info["duration"] == 100
        pixel = animation.convert("RGB").getpixel((15, 10))
        assert isinstance(pixel, tuple)
        assert abs(pixel[0] - 60 * (index + 1)) < 12


@pytest.mark.parametrize(
    ("flag", "alpha", "mode"),
    [
        ("png8", False, "P"),
        ("png24", True, "RGB"),
        ("png32", False, "RGBA"),
        ("png32", True, "RGBA"),
        ("progressive", False, "RGB"),
    ],
)
def test_png_flags_choose_the_kind_of_pixels(flag: str, alpha: bool, mode: str) -> None:
    found = shown(picture(alpha=alpha), f"f_png,fl_{flag}", alpha=alpha)
    assert (found.format, found.mode) == ("PNG", mode)


def test_png24_puts_transparency_on_white() -> None:
    found = shown(picture(alpha=True), "f_png,fl_png24", alpha=True)
    assert found.getpixel((3, 3)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("flags", "progressive"),
    [
        ("progressive", True),
        ("progressive:semi", True),
        ("progressive:steep", True),
        ("progressive:none", False),
        ("attachment", False),
    ],
)
def test_progressive_jpegs_are_written_when_asked_for(flags: str, progressive: bool) -> None:
    assert ("progressive" in shown(picture(), f"f_jpg,fl_{flags}").info) is progressive


def test_any_format_lets_a_drawing_become_a_palette_and_a_photograph_stay(corpus: Path) -> None:
    drawing = shown(picture(), "f_png,q_auto,fl_any_format")
    assert drawing.mode == "P"
    photograph = pyvips.Image.thumbnail(str(corpus / "photos" / "craft-beer.jpg"), 200)
    assert shown(photograph, "f_png,q_auto,fl_any_format").mode == "RGB"
    assert shown(picture(), "f_png,fl_any_format").mode == "RGB"


def test_a_tiff_is_compressed_without_loss() -> None:
    for flags, name in (("tiff8_lzw", "tiff_lzw"), ("attachment", "tiff_adobe_deflate")):
        found = shown(picture(), f"f_tiff,fl_{flags}")
        assert (found.format, found.info["compression"]) == ("TIFF", name)
        assert found.getpixel((3, 3)) == (220, 30, 30)


def test_chroma_keeps_its_resolution_when_asked() -> None:
    sizes = [len(encoded(picture(), asked(f"f_jpg,q_80{c}"))) for c in (":420", ":444")]
    assert sizes[0] < sizes[1]


def test_force_icc_writes_a_profile_and_nothing_else_does() -> None:
    for form in ("jpg", "png", "webp", "avif", "tiff"):
        assert "icc_profile" in shown(picture(), f"f_{form},fl_force_icc").info
        assert "icc_profile" not in shown(picture(), f"f_{form}").info
        assert "icc_profile" not in shown(picture(), f"f_{form},fl_force_icc.strip_profile").info


@pytest.mark.parametrize(
    ("text", "keep"),
    [
        ("f_jpg", Keep.NOTHING),
        ("fl_keep_attribution", Keep.ATTRIBUTION),
        ("fl_keep_iptc", Keep.EVERYTHING),
        ("fl_keep_iptc,q_auto", Keep.NOTHING),
        ("fl_keep_iptc.keep_attribution/q_auto", Keep.ATTRIBUTION),
        ("fl_keep_iptc.force_strip", Keep.NOTHING),
    ],
)
def test_metadata_is_kept_as_the_flags_say(text: str, keep: Keep) -> None:
    assert asked(text).keep is keep


@pytest.mark.parametrize("form", ["jpg", "webp", "avif"])
def test_q_auto_is_smaller_for_a_worse_name(form: str, corpus: Path) -> None:
    path = str(corpus / "photos" / "clowns_colorful.jpg")
    photograph = pyvips.Image.thumbnail(path, 300).copy_memory()
    sizes = [
        len(encoded(photograph, asked(f"f_{form},q_auto:{name}")))
        for name in ("low", "eco", "good", "best")
    ]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes)


def test_q_auto_of_a_stream_reads_the_file_once(corpus: Path) -> None:
    path = str(corpus / "photos" / "craft-beer.jpg")
    stream = pyvips.Image.thumbnail(path, 400)
    assert Image.open(io.BytesIO(encoded(stream, asked("f_jpg,q_auto")))).size == (400, 267)


def test_a_side_too_long_for_the_format_is_said_before_work_begins() -> None:
    long = pyvips.Image.black(70_000, 1, bands=3).copy(interpretation="srgb")
    with pytest.raises(MediaError, match="65500"):
        encoded(long, asked("f_jpg,q_auto"))


@given(
    st.sampled_from(["jpg", "png", "webp", "gif", "tiff"]),
    st.integers(1, 9),
    st.integers(1, 9),
    st.booleans(),
    st.lists(
        st.sampled_from(["png8", "png24", "png32", "lossy", "progressive", "any_format"]),
        max_size=3,
        unique=True,
    ),
    st.sampled_from(["", ",q_auto", ",q_1", ",q_100:444", ",q_auto:best"]),
)
def test_every_combination_gives_a_file_of_the_right_size(
    form: str, width: int, height: int, alpha: bool, flags: list[str], quality: str
) -> None:
    text = f"f_{form}{quality}" + (f",fl_{'.'.join(flags)}" if flags else "")
    found = shown(picture(width, height, alpha=alpha), text, alpha=alpha)
    assert found.size == (width, height)


def test_the_automatic_level_is_found_for_each_picture_not_beforehand() -> None:
    assert asked("q_auto:eco").automatic is AutoQuality.ECO
    assert asked("q_auto:eco/q_70").automatic is None
