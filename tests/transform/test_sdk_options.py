"""Options of the official SDK and our model, both ways, compared with the SDK itself."""

from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction

import cloudinary
import pytest
from cloudinary.utils import generate_transformation_string, normalize_expression
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.errors import BridgeError, InvalidInputError
from bridge_app.transform import TransformationError, parse
from bridge_app.transform.sdk_expressions import written_expression
from bridge_app.transform.sdk_options import from_options, to_options

# Each form that an option may have. Source: reference/cloudinary.md, 9.1 and 9.4-9.12.
OPTIONS: list[dict[str, object]] = [
    {},
    {"width": 400, "height": 300, "crop": "fill", "gravity": "auto:subject"},
    {"width": 0.5, "height": 1.0, "crop": "scale", "x": -20, "y": 0, "zoom": 0.7},
    {"size": "10x20", "crop": "fit"},
    {"width": "auto:20", "crop": "fill", "dpr": "auto"},
    {"width": "initial_width / 2", "height": "height * 0.5 + $pad", "crop": "crop"},
    {"aspect_ratio": Fraction(16, 9), "crop": "fill", "width": 800},
    {"aspect_ratio": "initial_aspect_ratio", "crop": "fill"},
    {"angle": 45},
    {"angle": [90, "hflip"]},
    {"angle": "auto_right"},
    {"background": "#ff0000", "color": "#0f08", "border": {"width": 4, "color": "#fff"}},
    {"background": "auto:predominant", "border": {}},
    {"border": "2px_solid_rgb:001122"},
    {"effect": "sepia"},
    {"effect": ["blur", 300]},
    {"effect": {"hue": "$tone"}},
    {"effect": "tint:40:red:blue"},
    {"flags": ["lossy", "progressive"], "fetch_format": "auto"},
    {"flags": "layer_apply", "gravity": "south_east"},
    {"radius": 0},
    {"radius": "max"},
    {"radius": [10, "$edge", 30]},
    {"opacity": 30, "quality": "auto:eco", "density": 150, "page": "2", "prefix": "spr"},
    {"quality": 0.4, "color_space": "tinysrgb", "default_image": "none.png", "delay": 20},
    {"transformation": "card"},
    {"transformation": ["card", "small"], "width": 10},
    {"transformation": [{"width": 100, "crop": "fill"}, {"angle": 20}, "card"], "width": 50},
    {"transformation": {"effect": "sepia"}, "quality": "auto"},
    {"raw_transformation": "w_1,h_2", "width": 5, "crop": "scale"},
    {"responsive_width": True, "crop": "fill", "width": 100},
    {"if": "width > 100 && faceCount = 1", "crop": "fill", "width": 10, "$b": 2, "$a": "!x!"},
    {"variables": [["$z", 5], ["$a", "$z * 2"], ["$s", "!two words!"]], "width": "$a"},
    {"if": "end"},
    {"if": "!sale! in tags || context:!kind! = !shoe!"},
    {"if": "aspect_ratio > 0.5 && page_count < 3 && duration >= 4"},
    {"start_offset": 2.5, "end_offset": "35p"},
    {"start_offset": "auto", "duration": "10%"},
    {"start_offset": "$begin", "end_offset": "$end", "duration": "$length"},
    {"offset": "1..3.5p"},
    {"offset": [2, "40%"]},
    {"offset": ["auto", 7]},
    {"fps": 25},
    {"fps": [24, 29.97]},
    {"fps": "24-"},
    {"keyframe_interval": 2},
    {"keyframe_interval": "10"},
    {"video_codec": "auto", "audio_codec": "aac", "audio_frequency": 44100, "bit_rate": "2m"},
    {"video_codec": {"codec": "h264"}},
    {"video_codec": {"codec": "h264", "profile": "basic", "level": "3.1", "b_frames": False}},
    {"video_codec": {"codec": "h264", "level": "3.1"}, "streaming_profile": "hd"},
    {"video_sampling": "2.3s"},
    {"custom_function": {"function_type": "wasm", "source": "blur.wasm"}},
    {"custom_function": {"function_type": "remote", "source": "https://example.com/f?a=b"}},
    {"custom_pre_function": {"function_type": "wasm", "source": "blur.wasm"}},
    {"custom_function": "render:w_1"},
    {"overlay": "text:Arial_20:Hello", "width": 100, "crop": "fit"},
    {"overlay": "dir:logo", "gravity": "north"},
    {"overlay": "fetch:https://example.com/a b,c.png"},
    {"underlay": "video:fetch:https://example.com/a.mp4"},
    {"overlay": "image:fetch:https://example.com/a.png"},
    {"overlay": {"public_id": "dir/logo", "format": "png"}},
    {"overlay": {"public_id": "dir/logo", "type": "private"}},
    {"overlay": {"public_id": "clip", "resource_type": "video"}},
    {"overlay": {"public_id": "look.3dl", "resource_type": "lut"}},
    {"overlay": {"url": "https://example.com/ü.png"}},
    {"underlay": {"url": "https://example.com/a.mp4", "resource_type": "video"}},
    {"overlay": {"resource_type": "subtitles", "public_id": "a/b.srt", "font_family": "Arial"}},
    {"overlay": {"text": "Hello, a/b 100%", "font_family": "Arial", "font_size": 18}},
    {"overlay": {"text": "Ça va $(name) $(n) %2C\nnext", "public_id": "styles/card"}},
    {"overlay": {"text": "x", "text_style": "Arial_20_bold"}},
    {"overlay": {"text": "x", "text_style": " "}},
    {"overlay": {"text": "x", "font_size": 18}},
    {"overlay": {"resource_type": "text"}},
    {"overlay": {"format": "png"}},
    {
        "overlay": {
            "text": "all",
            "font_family": "Times New",
            "font_size": "$size",
            "font_weight": "bold",
            "font_style": "normal",
            "text_decoration": "underline",
            "text_align": "center",
            "stroke": "stroke",
            "letter_spacing": 0,
            "line_spacing": -4,
            "font_antialiasing": "best",
            "font_hinting": "medium",
        }
    },
    {"radius": []},
    {"radius": [1, 2, 3, 4, 5]},
    {"keyframe_interval": -1},
]


def sdk(options: Mapping[str, object]) -> str:
    """What the SDK writes; empty for what it refuses."""
    cloudinary.reset_config()
    try:
        text, _ = generate_transformation_string(**options)
    except ValueError:
        return "refused"
    return str(text)


def ours(options: Mapping[str, object]) -> str:
    try:
        return str(from_options(options))
    except InvalidInputError:
        return "refused"


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_options_become_the_very_text_that_the_sdk_writes(options: dict[str, object]) -> None:
    assert ours(options) == sdk(options)


_EXPRESSIONS = st.lists(
    st.sampled_from(
        [
            "width",
            "initialWidth",
            "$width",
            "faceCount",
            "*",
            "/",
            ">=",
            "&&",
            "-",
            "tags",
            "in",
            "!a!b!",
            "ctx:!height!",
            "100",
            "0.5",
            "page_x",
            "_",
            "=",
            "duration",
            "$_x_y",
        ]
    ),
    max_size=7,
).map(" ".join)
_SCALARS = st.one_of(st.integers(1, 5000), st.sampled_from(["$w", "iw", "0.25", 0.5, "auto"]))
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(_EXPRESSIONS)
def test_an_expression_is_shortened_as_the_sdk_shortens_it(expression: str) -> None:
    assert written_expression(expression) == normalize_expression(expression)


@given(_TEXTS)
def test_a_layers_text_is_escaped_as_the_sdk_escapes_it(text: str) -> None:
    layer = {"text": text, "font_family": "Arial", "font_size": 20}
    assert ours({"overlay": layer}) == sdk({"overlay": layer})


_FREE = st.fixed_dictionaries(
    {},
    optional={
        "width": _SCALARS,
        "height": _SCALARS,
        "crop": st.sampled_from(["fill", "thumb", "auto"]),
        "gravity": st.sampled_from(["auto", "face", "north_west"]),
        "angle": st.one_of(st.integers(-720, 720), st.just([90, "vflip"])),
        "effect": st.one_of(st.just("sepia"), st.just(["tint", 40, "red"])),
        "quality": st.one_of(st.integers(1, 100), st.just("auto:best")),
        "radius": st.lists(st.integers(1, 90), min_size=1, max_size=4),
        "flags": st.lists(st.sampled_from(["lossy", "relative"]), max_size=2),
        "opacity": st.integers(0, 100),
        "overlay": st.sampled_from(["logo", "text:Arial_20:Hi"]),
        "variables": st.just([["$a", 1], ["$b", "$a * 2"]]),
        "if": st.sampled_from(["w > 100", "else", "end"]),
        "fetch_format": st.sampled_from(["auto", "jpg"]),
        "start_offset": st.one_of(st.floats(0, 99).map(lambda f: round(f, 2)), st.just("5p")),
    },
)


@given(st.lists(_FREE, min_size=1, max_size=4))
def test_options_survive_the_way_through_our_model_and_back(options: list[object]) -> None:
    text = sdk({"transformation": options})
    transformation = from_options([o for o in options if isinstance(o, dict)])
    assert str(transformation) == text
    assert sdk({"transformation": to_options(transformation)}) == text


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (
            "c_fill,g_auto,h_300,w_400/f_auto/q_auto",
            [
                {"crop": "fill", "gravity": "auto", "height": 300, "width": 400},
                {"fetch_format": "auto"},
                {"quality": "auto"},
            ],
        ),
        ("fl_lossy.relative,w_1", [{"flags": ["lossy", "relative"], "width": 1}]),
        (
            "$a_1,$b_$a_mul_2,w_$b",
            [{"variables": [["$a", "1"], ["$b", "$a_mul_2"]], "width": "$b"}],
        ),
        ("t_card.small", [{"transformation": ["card", "small"]}]),
        ("if_w_gt_5/a_90.hflip/if_end", [{"if": "w_gt_5"}, {"angle": "90.hflip"}, {"if": "end"}]),
    ],
)
def test_a_component_in_the_sdks_order_becomes_named_options(
    text: str, options: list[object]
) -> None:
    assert to_options(parse(text)) == options


@pytest.mark.parametrize(
    "text",
    [
        "w_1,h_2",
        "w_1,w_2",
        "zzz_new,w_1",
        "bl_card",
        "w_007",
        "e_x:page_width",
        "l_fetch:aHR0cHM6Ly9hLmI=",
        "du_$length",
        "du_35%",
        "so_2.50",
        "$b_1,$a_2,if_w_gt_1",
        "$label_!two words!",
        "l_text:Arial_20:page_width%20%252C",
    ],
)
def test_what_the_sdk_would_write_otherwise_stays_raw_and_is_written_the_same(text: str) -> None:
    options = to_options(parse(text))
    assert sdk({"transformation": options}) == text


def test_empty_components_are_left_out_as_the_sdk_leaves_them_out() -> None:
    assert to_options(parse("/w_1//h_2/")) == [{"width": 1}, {"height": 2}]


@given(st.dictionaries(st.sampled_from(["width", "size", "overlay", "$a", "if"]), st.text()))
def test_wild_options_are_written_or_refused_with_a_sentence(options: dict[str, object]) -> None:
    with suppress(BridgeError):
        written = str(from_options(options))
        assert written == sdk(options)


def test_an_option_that_no_transformation_can_have_is_named_in_place() -> None:
    with pytest.raises(TransformationError) as caught:
        from_options({"crop": "fill", "width": "wide"})
    assert (caught.value.position, caught.value.found) == (9, "wide")
