"""The words between `l_text:` and the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform.text_style import WEIGHTS, Align, Decoration, TextStyle, text_style

STYLES = st.builds(
    TextStyle,
    family=st.sampled_from(["Inter", "Open Sans", "Source Sans 3", "brand/my_font.ttf"]),
    size=st.integers(1, 999_999),
    weight=st.sampled_from(sorted(set(WEIGHTS))),
    italic=st.booleans(),
    decoration=st.sampled_from(Decoration),
    align=st.none() | st.sampled_from(Align),
    stroke=st.booleans(),
    letter_spacing=st.integers(-999, 999).map(float),
    line_spacing=st.integers(-999, 999).map(float),
    antialias=st.sampled_from(["", "none", "gray", "best"]),
    hinting=st.sampled_from(["", "none", "full"]),
)


@given(STYLES)
def test_what_is_written_is_read_again(style: TextStyle) -> None:
    assert text_style(str(style)) == style


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Arial_40", TextStyle(family="Arial", size=40)),
        (
            "Verdana_50_bold_underline_letter_spacing_14",
            TextStyle(
                family="Verdana",
                size=50,
                weight="bold",
                decoration=Decoration.UNDERLINE,
                letter_spacing=14,
            ),
        ),
        (
            "Arial_30_bold_line_spacing_-10_center",
            TextStyle(family="Arial", size=30, weight="bold", line_spacing=-10, align=Align.CENTER),
        ),
        (
            "fonts:proxima_nova-extrabold.ttf_80_center_line_spacing_-18",
            TextStyle(
                family="fonts/proxima_nova-extrabold.ttf",
                size=80,
                align=Align.CENTER,
                line_spacing=-18,
            ),
        ),
        (
            "Arial_14_demibold_antialias_fast_letter_spacing_17",
            TextStyle(
                family="Arial", size=14, weight="demibold", antialias="fast", letter_spacing=17
            ),
        ),
        (
            "Roboto_20_italic_strikethrough_stroke_hinting_slight",
            TextStyle(
                family="Roboto",
                size=20,
                italic=True,
                decoration=Decoration.STRIKETHROUGH,
                stroke=True,
                hinting="slight",
            ),
        ),
    ],
)
def test_the_words_may_stand_in_any_order(written: str, wanted: TextStyle) -> None:
    assert text_style(written) == wanted


def test_the_size_is_the_first_number_that_only_known_words_follow() -> None:
    assert text_style("Font_2_head_30_bold") == TextStyle(
        family="Font_2_head", size=30, weight="bold"
    )


@pytest.mark.parametrize(
    "written", ["", "Arial", "Arial_", "_40", "Arial_bold", "Arial_40_boldish", "Arial_40_", "40"]
)
def test_what_is_no_style_is_told_apart(written: str) -> None:
    assert text_style(written) is None


def test_a_family_is_an_upload_when_it_ends_like_a_font_file() -> None:
    assert TextStyle(family="brand/Face.OTF", size=10).is_uploaded
    assert not TextStyle(family="Inter", size=10).is_uploaded


@given(st.text(max_size=60))
def test_no_text_at_all_raises(written: str) -> None:
    found = text_style(written)
    assert found is None or found.family
