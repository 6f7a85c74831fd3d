"""Texts as pictures: their ink, colours, lines and bounds."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bridge_app.transform import TransformationError
from bridge_app.transform.model import Border, Colour
from bridge_app.transform.text_pixels import MAXIMUM_CHARACTERS, Setting, text_picture
from bridge_app.transform.text_style import Align, Decoration, TextStyle

RED, BLUE = Colour(red=255, green=0, blue=0), Colour(red=0, green=0, blue=255)
LOREM = "Lorem ipsum dolor sit amet, consectetur adipiscing elit. "


def pixels(text: str, *, size: int = 40, **more: Any) -> NDArray[np.uint8]:
    """Height × width × RGBA."""
    of_style = set(TextStyle.__dataclass_fields__) - {"stroke"}
    words = {key: more.pop(key) for key in list(more) if key in of_style}
    family = words.pop("family", "Inter")
    picture = text_picture(
        text, Setting(style=TextStyle(family=family, size=size, **words), **more)
    )
    assert picture is not None
    assert (picture.bands, picture.format, picture.interpretation) == (4, "uchar", "srgb")
    found: NDArray[np.uint8] = picture.numpy()
    return found


def ink(picture: NDArray[np.uint8]) -> float:
    """The covered share."""
    return float(picture[:, :, 3].mean() / 255)


def test_a_text_is_black_and_trimmed_to_its_ink() -> None:
    picture = pixels("Hello")
    height, width, _ = picture.shape
    assert 26 <= height <= 32
    assert 80 <= width <= 105
    alpha = picture[:, :, 3]
    assert alpha[0].any()
    assert alpha[-1].any()
    assert alpha[:, 0].any()
    assert alpha[:, -1].any()
    assert picture[alpha > 200][:, :3].max() == 0
    assert 0.2 < ink(picture) < 0.6


def test_twice_the_size_is_twice_the_picture() -> None:
    small, large = pixels("Hello"), pixels("Hello", size=80)
    assert abs(large.shape[0] - 2 * small.shape[0]) <= 3
    assert abs(large.shape[1] - 2 * small.shape[1]) <= 3


def test_the_colour_fills_the_letters_and_its_opacity_thins_them() -> None:
    picture = pixels("Hello", colour=Colour(red=255, green=0, blue=0, alpha=128))
    assert picture[:, :, 3].max() == 128
    assert tuple(picture[picture[:, :, 3] > 100][:, :3].mean(axis=0).round()) == (255, 0, 0)


def test_a_background_fills_the_box_behind_the_letters() -> None:
    picture = pixels("Hello", colour=RED, background=BLUE)
    assert picture[:, :, 3].min() == 255
    assert picture.shape == pixels("Hello").shape
    assert picture[:, :, 2].max() == 255
    assert picture[:, :, 0].max() == 255


def test_weights_are_heavier_one_after_the_other() -> None:
    inked = [
        float((pixels("Hamburg", weight=weight)[:, :, 3] / 255).sum())
        for weight in ("normal", "medium", "semibold", "bold")
    ]
    assert inked == sorted(inked)
    assert inked[-1] > 1.2 * inked[0]


def test_italic_leans() -> None:
    upright, italic = pixels("HHH"), pixels("HHH", italic=True)
    assert italic.shape[1] > upright.shape[1] + 3


@pytest.mark.parametrize("decoration", [Decoration.UNDERLINE, Decoration.STRIKETHROUGH])
def test_a_decoration_is_a_line_from_side_to_side(decoration: Decoration) -> None:
    plain, lined = pixels("a a"), pixels("a a", decoration=decoration)
    full = (lined[:, :, 3] > 128).mean(axis=1)
    assert full.max() > 0.95
    assert (plain[:, :, 3] > 128).mean(axis=1).max() < 0.9
    assert (lined.shape[0] > plain.shape[0]) is (decoration is Decoration.UNDERLINE)


def test_letters_stand_apart_by_the_pixels_asked_for() -> None:
    plain = pixels("HHHHH").shape[1]
    assert pixels("HHHHH", letter_spacing=10).shape[1] - plain == pytest.approx(40, abs=2)
    assert pixels("HHHHH", letter_spacing=-2).shape[1] - plain == pytest.approx(-8, abs=2)


def test_lines_stand_apart_by_the_pixels_asked_for() -> None:
    plain = pixels("Hg\nHg\nHg").shape[0]
    assert pixels("Hg\nHg\nHg", line_spacing=15).shape[0] == plain + 30
    assert pixels("Hg\nHg\nHg", line_spacing=-15).shape[0] == plain - 30


def left_edges(picture: NDArray[np.uint8]) -> tuple[int, int]:
    """Where the ink of the upper and of the lower half begins."""
    half = picture.shape[0] // 2
    first = [int(np.argmax(part[:, :, 3].any(axis=0))) for part in (picture[:half], picture[half:])]
    return first[0], first[1]


@pytest.mark.parametrize(
    ("text", "align", "at"),
    [
        ("HHHHHH\nH", None, "left"),
        ("HHHHHH\nH", Align.START, "left"),
        ("HHHHHH\nH", Align.CENTER, "middle"),
        ("HHHHHH\nH", Align.END, "right"),
        ("HHHHHH\nH", Align.RIGHT, "right"),
        ("שלוםשלום\nש", None, "right"),
        ("שלוםשלום\nש", Align.LEFT, "left"),
        ("שלוםשלום\nש", Align.RIGHT, "right"),
        ("שלוםשלום\nש", Align.END, "left"),
    ],
)
def test_lines_align_as_asked_and_start_where_the_script_starts(
    text: str, align: Align | None, at: str
) -> None:
    picture = pixels(text, align=align)
    _, second = left_edges(picture)
    share = second / picture.shape[1]
    assert at == ("left" if share < 0.1 else "middle" if share < 0.6 else "right")


@pytest.mark.parametrize("width", [120, 300, 777])
def test_lines_are_wrapped_by_the_width(width: int) -> None:
    wrapped = pixels(LOREM * 3, size=20, width=width)
    assert wrapped.shape[1] <= width
    assert wrapped.shape[0] > 2 * pixels("Hg", size=20).shape[0]


def test_justified_lines_reach_both_sides() -> None:
    ragged = pixels(LOREM * 3, size=20, width=300)
    even = pixels(LOREM * 3, size=20, width=300, align=Align.JUSTIFY)
    rows = even.shape[0] // 2
    assert even[:rows, -8:, 3].any()
    assert ragged.shape[1] <= even.shape[1] <= 300


@given(height=st.integers(20, 400), words=st.integers(1, 200))
@settings(max_examples=15)
def test_a_text_is_cut_by_the_height(height: int, words: int) -> None:
    picture = text_picture(
        "word " * words,
        Setting(style=TextStyle(family="Inter", size=20), width=200, height=height),
    )
    assert picture is not None
    assert picture.height <= height


def test_what_is_cut_shows_as_much_as_has_room() -> None:
    whole = pixels(LOREM * 9, size=20, width=300)
    cut = pixels(LOREM * 9, size=20, width=300, height=100)
    assert whole.shape[0] > 200
    assert 76 <= cut.shape[0] <= 100
    same = pixels(LOREM * 9, size=20, width=300, height=whole.shape[0])
    assert np.array_equal(same, whole)


def test_a_stroke_lies_around_the_letters_and_leaves_them_whole() -> None:
    plain = pixels("Hello", size=60, colour=RED)
    stroked = pixels(
        "Hello", size=60, stroke=Border(width=Fraction(5), colour=BLUE), colour=RED, width=None
    )
    assert stroked.shape[0] == plain.shape[0] + 10
    assert stroked.shape[1] == plain.shape[1] + 10
    inner = stroked[5:-5, 5:-5]
    solid = plain[:, :, 3] == 255
    assert (inner[solid][:, 0] == 255).all()
    blue = (stroked[:, :, 2] > 200) & (stroked[:, :, 3] > 200)
    assert blue.sum() > 0.5 * solid.sum()


@pytest.mark.parametrize("width", [1, 3, 12, 60])
def test_a_stroke_is_as_wide_as_asked(width: int) -> None:
    picture = pixels("I", size=200, stroke=Border(width=Fraction(width), colour=BLUE))
    plain = pixels("I", size=200)
    across = (picture[picture.shape[0] // 2, :, 3] / 255).sum()
    bar = (plain[plain.shape[0] // 2, :, 3] / 255).sum()
    assert across == pytest.approx(bar + 2 * width, abs=2 + width * 0.03)


def test_without_antialiasing_pixels_are_there_or_not() -> None:
    assert set(np.unique(pixels("Sogg", antialias="none")[:, :, 3])) == {0, 255}
    assert len(np.unique(pixels("Sogg")[:, :, 3])) > 20


def test_untrimmed_a_text_keeps_the_room_of_its_line() -> None:
    trimmed, roomy = pixels("ooo"), pixels("ooo", trimmed=False)
    assert roomy.shape[0] >= 40 > trimmed.shape[0]
    assert roomy.shape == pixels("ccc", trimmed=False).shape[:1] + roomy.shape[1:]
    assert ink(roomy) < ink(trimmed)


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\u200b"])
def test_a_text_without_ink_is_no_picture(text: str) -> None:
    assert text_picture(text, Setting(style=TextStyle(family="Inter", size=40))) is None


@pytest.mark.parametrize("text", ["<b>bold</b>", "a & b", "</span>", '"x"', "&amp;"])
def test_markup_is_text_like_any_other(text: str) -> None:
    assert pixels(text).shape[1] > pixels(text[0]).shape[1]


@pytest.mark.parametrize("family", ["No Such Family", 'A"B', "<x>", "a,b", "%", "Ü", "x.ttf"])
def test_a_font_that_is_not_there_is_replaced(family: str) -> None:
    assert ink(pixels("Hello", family=family)) > 0.1


def test_an_uploaded_font_is_used(corpus: Any) -> None:
    font = corpus / "fonts" / "PhillySans.otf"
    uploaded = pixels("Hello", family="brand/philly.otf", font=font)
    assert uploaded.shape != pixels("Hello").shape
    missing = pixels("Hello", family="brand/philly.otf")
    assert np.array_equal(missing, pixels("Hello"))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("a" * (MAXIMUM_CHARACTERS + 1), 1),
        ("a" * MAXIMUM_CHARACTERS, 40),
        ("Wide", 20_000),
        ("\n".join("x" * 400), 200),
        ("Hi", 0),
        ("Hi", 999_999),
    ],
)
def test_texts_too_large_to_draw_are_refused_in_place(text: str, size: int) -> None:
    with pytest.raises(TransformationError) as caught:
        text_picture(text, Setting(style=TextStyle(family="Inter", size=size)), position=7)
    assert caught.value.position == 7
    assert len(caught.value.found) <= 60


def test_ten_thousand_characters_are_wrapped() -> None:
    picture = pixels(LOREM * 175, size=20, width=1000)
    assert picture.shape[0] > 1000


def test_a_stroke_too_wide_to_draw_is_refused() -> None:
    with pytest.raises(TransformationError):
        pixels("Hello", stroke=Border(width=Fraction(40_000), colour=BLUE))


@given(text=st.text(max_size=40), size=st.integers(1, 80))
@settings(max_examples=60)
def test_any_text_is_a_picture_or_nothing(text: str, size: int) -> None:
    text = text.encode(errors="replace").decode().replace("\0", "")
    picture = text_picture(text, Setting(style=TextStyle(family="Inter", size=size)))
    assert picture is None or (picture.bands == 4 and picture.avg() >= 0)
