"""Reading the language: nothing is lost, wrong numbers are named in place."""

from fractions import Fraction

import pytest
from cloudinary.utils import generate_transformation_string
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.errors import BridgeError
from bridge_app.transform import TransformationError, parse
from bridge_app.transform.model import (
    AspectRatio,
    AutoQuality,
    Colour,
    CropMode,
    Flags,
    Format,
    Gravity,
    Length,
    Move,
    Number,
    Parameter,
    Quality,
    Turn,
    Unit,
    Verbatim,
)

# Every kind of thing a delivery URL may hold, from the vendor's reference and its SDK's tests.
WRITTEN = [
    "",
    "c_fill,g_center,h_900,w_1600/q_auto",
    "w_0.5,h_1.0,x_-20,y_-.25,z_0.7",
    "w_iw,h_ih/w_ow,h_oh",
    "$w_100/c_scale,w_$w_mul_2,h_$w_div_iar",
    "$style_!Arial_12!/l_text:$style:hello-world",
    "$_height_100,$$width_10,$__x_1",
    "if_w_gt_100_and_fc_eq_1,$w_10,b_rgb:ff0000,c_fill,e_blur:300,f_auto,fl_lossy.progressive",
    "if_!sale!_in_tags/l_badge/fl_layer_apply/if_else/e_grayscale/if_end",
    "if_w_gt_100,c_scale,w_iw_div_2/if_else,a_90.hflip/if_end",
    "l_text:Times_70_bold_italic_letter_spacing_4:Hello%252C%20a%252Fb%20100%25,co_rgb:ff0",
    "l_fetch:aHR0cHM6Ly9leGFtcGxlLmNvbS9hLnBuZw==/c_scale,fl_relative,w_0.25/fl_layer_apply,o_60",
    "u_video:dir:clip,so_2.5,eo_35p,du_auto/e_reverse/fl_layer_apply.no_overflow,g_south_east",
    "c_foo,w_100,h_100",
    "zzz_anything:at!all;here",
    "q_80:444/q_auto:eco:sensitive/q_jpegmini:1/q_auto:next/q_0.4",
    "w_auto:breakpoints_50_1000_20_20:json,dpr_auto,c_fill",
    "fn_render:w_352;h_240;du_5;vars_(slides_((media_s64:aHR0))(media_i:dog)))",
    "sp_auto:maxres_1080p;subtitles_((code_en-US))",
    "b_gen_fill:prompt_two%20birds;seed_3,c_pad,ar_16:9",
    "e_recolor:0.3:0.7:0.1:0.3:0.6:0.1:0.2:0.5:0.1",
    "/c_fill,w_1//q_auto/",
    "t_media_lib_thumb,w_007",
    "w_1,w_2,w_1",
]


def only(text: str) -> Parameter:
    (component,) = parse(text).components
    (parameter,) = component.parameters
    return parameter


def kept_or_refused(text: str) -> str | TransformationError:
    try:
        return str(parse(text))
    except TransformationError as error:
        return error


@pytest.mark.parametrize("text", WRITTEN)
def test_writing_a_transformation_back_gives_the_identical_text(text: str) -> None:
    assert str(parse(text)) == text


_WORDS = st.text(st.characters(exclude_characters="/,"), min_size=1, max_size=12)
_NUMBERS = st.one_of(
    st.integers(1, 99_999).map(str),
    st.decimals(min_value="0.01", max_value=50, places=2).map(str),
    st.sampled_from(["iw", "ih", "auto", "$wide_mul_2", "iw_div_3"]),
)
_PARAMETERS = st.one_of(
    st.builds("{}_{}".format, st.sampled_from(["w", "h"]), _NUMBERS),
    st.builds("{}_{}".format, st.sampled_from(["c", "g", "f", "b", "a", "fl", "e", "l"]), _WORDS),
    st.builds("{}_{}".format, st.from_regex(r"[a-v]{2,3}", fullmatch=True), _WORDS).filter(
        lambda text: not text.startswith(("ar_", "dpr_"))
    ),
    st.builds("${}_{}".format, st.from_regex(r"[A-Za-z][A-Za-z0-9]*", fullmatch=True), _WORDS),
    st.builds("q_{}".format, st.integers(1, 100)),
)
_CHAINS = st.lists(st.lists(_PARAMETERS, min_size=1, max_size=5).map(",".join), max_size=6)


@given(_CHAINS.map("/".join))
def test_every_chain_of_the_grammar_survives_the_round_trip(text: str) -> None:
    assert str(parse(text)) == text


@given(st.one_of(st.text(), st.text("wchaxyqdpr_,/$.:-0123456789iwe", max_size=40)))
def test_any_text_is_either_kept_or_refused_with_a_place_inside_it(text: str) -> None:
    kept = kept_or_refused(text)
    if isinstance(kept, TransformationError):
        assert 0 <= kept.position <= len(text)
        assert text[kept.position :].startswith(kept.found)
    else:
        assert kept == text


@given(
    width=st.integers(1, 5000),
    height=st.one_of(st.integers(1, 5000), st.floats(0.01, 9.0).map(lambda f: round(f, 2))),
    crop=st.sampled_from(list(CropMode)),
    gravity=st.sampled_from(["center", "north_east", "auto:subject", "face"]),
    effect=st.sampled_from([None, "sepia", ["blur", 300]]),
)
def test_what_the_official_sdk_writes_is_read_and_kept(
    width: int, height: float, crop: CropMode, gravity: str, effect: object
) -> None:
    text, _ = generate_transformation_string(
        width=width,
        height=height,
        crop=str(crop),
        gravity=gravity,
        effect=effect,
        quality="auto",
        fetch_format="auto",
        angle=[90, "hflip"],
        background="#f00",
        flags=["progressive", "lossy"],
        variables=[["$w", 10]],
    )
    (component,) = parse(text).components
    assert str(component) == text
    assert component.find("c", CropMode) is crop
    assert component.find("b", Colour) == Colour(red=255, green=0, blue=0)
    assert component.find("a", Turn) == Turn(moves=(Move.TURN_90, Move.FLIP_HORIZONTAL))
    assert component.flags == {"progressive", "lossy"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("c_lpad", CropMode.LPAD),
        ("g_south_west", Gravity.SOUTH_WEST),
        ("w_300", Length(amount=Fraction(300), unit=Unit.PIXELS)),
        ("h_0.25", Length(amount=Fraction(1, 4), unit=Unit.SHARE)),
        ("w_1.0", Length(amount=Fraction(1), unit=Unit.SHARE)),
        ("w_ih", Length(amount=Fraction(1), unit=Unit.INITIAL_HEIGHT)),
        ("x_-12", Length(amount=Fraction(-12), unit=Unit.PIXELS)),
        ("y_-.5", Length(amount=Fraction(-1, 2), unit=Unit.SHARE)),
        ("ar_16:9", AspectRatio(ratio=Fraction(16, 9))),
        ("ar_1.5", AspectRatio(ratio=Fraction(3, 2))),
        ("dpr_2.0", Number(amount=Fraction(2))),
        ("z_0.75", Number(amount=Fraction(3, 4))),
        ("q_80", Quality(level=80)),
        ("q_100:444", Quality(level=100, full_chroma=True)),
        ("q_auto", AutoQuality.GOOD),
        ("q_auto:low:sensitive", AutoQuality.LOW),
        ("f_jpeg", Format.JPG),
        ("f_auto", Format.AUTO),
        ("b_red", Colour(red=255, green=0, blue=0)),
        ("b_rgb:0f08", Colour(red=0, green=255, blue=0, alpha=136)),
        ("b_rgb:336699", Colour(red=51, green=102, blue=153)),
        ("b_transparent", Colour(red=0, green=0, blue=0, alpha=0)),
        ("a_-90", Turn(moves=(Move.TURN_270,))),
        ("a_0", Turn(moves=())),
        ("a_450.vflip", Turn(moves=(Move.TURN_90, Move.FLIP_VERTICAL))),
        ("fl_progressive:steep.lossy", Flags(names=("progressive:steep", "lossy"))),
    ],
)
def test_known_parameters_have_typed_values(text: str, value: object) -> None:
    assert only(text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "c_imagga_scale",
        "g_auto:subject",
        "g_cat",
        "w_auto",
        "w_$wide",
        "h_ih_div_2",
        "ar_iar",
        "dpr_auto",
        "q_auto:newest",
        "f_newfmt",
        "b_rgb:12345",
        "a_$turn",
        "r_10:20:30:40:50",
        "o_101",
        "bo_4px_dashed_red",
        "b_ff0000",
        "so_auto",
        "t_card",
        "if_end",
        "$x_1",
    ],
)
def test_what_only_the_cloud_understands_is_kept_verbatim(text: str) -> None:
    assert only(text).value == Verbatim()


def test_of_two_equal_keys_the_last_counts() -> None:
    (component,) = parse("w_10,h_3,w_20").components
    assert component.find("w", Length) == Length(amount=Fraction(20), unit=Unit.PIXELS)


@pytest.mark.parametrize(
    ("text", "position", "found", "cloudinary"),
    [
        ("w_abc", 2, "abc", "Invalid width in transformation: abc"),
        ("c_fill,w_100/h_1e3", 15, "1e3", "Invalid height in transformation: 1e3"),
        ("w_0", 2, "0", "Invalid width in transformation: 0"),
        ("h_-5", 2, "-5", "Invalid height in transformation: -5"),
        ("w_" + "9" * 5000, 2, "9" * 5000, "Invalid width in transformation: " + "9" * 5000),
        ("w_\u0663", 2, "\u0663", "Invalid width in transformation: \u0663"),
        ("ar_16:0", 3, "16:0", "Invalid aspect ratio in transformation: 16:0"),
        ("q_101", 2, "101", "Invalid quality in transformation: 101"),
        ("x_left", 2, "left", "Invalid x in transformation: left"),
        ("dpr_0", 4, "0", "Invalid dpr in transformation: 0"),
        ("c_fill,hello", 7, "hello", ""),
        ("c_fill,,w_1", 7, "", ""),
        ("w_", 0, "w_", ""),
        ("photos/hero.jpg", 0, "photos", ""),
        ("$9_x", 0, "$9_x", ""),
    ],
)
def test_trouble_is_named_in_place_and_in_cloudinarys_words(
    text: str, position: int, found: str, cloudinary: str
) -> None:
    with pytest.raises(TransformationError) as caught:
        parse(text)
    assert isinstance(caught.value, BridgeError)
    assert (caught.value.position, caught.value.found) == (position, found)
    assert caught.value.cloudinary == cloudinary
    assert caught.value.expected in str(caught.value)
