"""Each parameter's value as a type: what stands in the text, in units one can compute with."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import parse
from bridge_app.transform.model import (
    Angle,
    AudioCodec,
    AutoBackground,
    BackgroundMode,
    BitRate,
    BlurredBackground,
    Border,
    Colour,
    ColourSpace,
    Direction,
    Effect,
    FrameRate,
    Move,
    Number,
    Opacity,
    Orientation,
    Pages,
    Radius,
    Sampling,
    Value,
    Verbatim,
    VideoCodec,
    VideoTime,
)
from bridge_app.transform.values import read_colour

RED = Colour(red=255, green=0, blue=0)
WHITE = Colour(red=255, green=255, blue=255)


def value_of(text: str) -> Value:
    (component,) = parse(text).components
    (parameter,) = component.parameters
    return parameter.value


def corners(*radii: int | None) -> Radius:
    first, second, third, fourth = (None if r is None else Fraction(r) for r in radii)
    return Radius(corners=(first, second, third, fourth))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a_17", Angle(parts=(Fraction(17),))),
        ("a_-7.5", Angle(parts=(Fraction(-15, 2),))),
        ("a_17.hflip", Angle(parts=(Fraction(17), Move.FLIP_HORIZONTAL))),
        ("a_90.-7.5.vflip", Angle(parts=(Move.TURN_90, Fraction(-15, 2), Move.FLIP_VERTICAL))),
        ("a_ignore", Angle(parts=(Orientation.IGNORE,))),
        ("a_auto_right.hflip", Angle(parts=(Orientation.AUTO_RIGHT, Move.FLIP_HORIZONTAL))),
        ("r_max", corners(None, None, None, None)),
        ("r_20", corners(20, 20, 20, 20)),
        ("r_10:20", corners(10, 20, 10, 20)),
        ("r_10:20:30", corners(10, 20, 30, 20)),
        ("r_10:0:30:max", corners(10, 0, 30, None)),
        ("bo_4px_solid_rgb:f00", Border(width=Fraction(4), colour=RED)),
        ("bo_4_solid_red", Border(width=Fraction(4), colour=RED)),
        ("o_0", Opacity(percent=Fraction(0))),
        ("o_62.5", Opacity(percent=Fraction(125, 2))),
        ("co_white", WHITE),
        ("co_rgb:ff000080", Colour(red=255, green=0, blue=0, alpha=128)),
        ("b_auto", AutoBackground()),
        ("b_auto:border_contrast", AutoBackground(mode=BackgroundMode.BORDER_CONTRAST)),
        (
            "b_auto:predominant_gradient:4:diagonal_desc:palette_red_white",
            AutoBackground(
                mode=BackgroundMode.PREDOMINANT_GRADIENT,
                count=4,
                direction=Direction.DIAGONAL_DESC,
                palette=(RED, WHITE),
            ),
        ),
        ("b_auto:newest", Verbatim()),
        ("b_auto:border:palette_red_reddest", Verbatim()),
        ("b_blurred", BlurredBackground()),
        ("b_blurred:400:-15", BlurredBackground(intensity=400, brightness=-15)),
        ("cs_tinysrgb", ColourSpace.TINY_SRGB),
        ("cs_icc:profiles:uncoated.icc", Verbatim()),
        ("e_sepia", Effect(name="sepia")),
        ("e_cartoonify:20:bw", Effect(name="cartoonify", arguments=("20", "bw"))),
        ("e_tint:40:rgb:f00:0p:red", Effect(name="tint", arguments=("40", "rgb:f00", "0p", "red"))),
        (
            "e_zoompan:from_(g_auto:face;zoom_2);to_(x_1)",
            Effect(name="zoompan", arguments=("from_(g_auto:face;zoom_2);to_(x_1)",)),
        ),
        ("e_trim:", Effect(name="trim", arguments=("",))),
        ("pg_3", Pages(ranges=((3, 3),))),
        ("pg_1;3-5;7-", Pages(ranges=((1, 1), (3, 5), (7, None)))),
        ("pg_name:Logo:Claim", Pages(names=("Logo", "Claim"))),
        ("pg_embedded:2", Pages(ranges=((2, 2),), embedded=True)),
        ("pg_embedded:name:box", Pages(names=("box",), embedded=True)),
        ("pg_$page", Verbatim()),
        ("dn_300", Number(amount=Fraction(300))),
        ("dn_idn", Verbatim()),
        ("dl_0", Verbatim()),
        ("ki_0.5", Number(amount=Fraction(1, 2))),
        ("so_2.5", VideoTime(amount=Fraction(5, 2))),
        ("eo_35p", VideoTime(amount=Fraction(35), percent=True)),
        ("du_35%", VideoTime(amount=Fraction(35), percent=True)),
        ("vc_h264:basic:3.1", VideoCodec(name="h264", profile="basic", level="3.1")),
        (
            "vc_h264:main:3.1:bframes_no",
            VideoCodec(name="h264", profile="main", level="3.1", b_frames=False),
        ),
        ("vc_h265:bframes_no", VideoCodec(name="h265", b_frames=False)),
        ("vc_none", VideoCodec(name="none")),
        ("ac_none", AudioCodec(name="none")),
        ("br_250k", BitRate(bits=250_000)),
        ("br_2m:constant", BitRate(bits=2_000_000, constant=True)),
        ("br_av:1m", Verbatim()),
        ("fps_25", FrameRate(lowest=Fraction(25), highest=Fraction(25))),
        ("fps_20-29.97", FrameRate(lowest=Fraction(20), highest=Fraction(2997, 100))),
        ("fps_24-", FrameRate(lowest=Fraction(24), highest=None)),
        ("fps_-24", FrameRate(lowest=None, highest=Fraction(24))),
        ("fps_-", Verbatim()),
        ("vs_20", Sampling(amount=Fraction(20))),
        ("vs_2.3s", Sampling(amount=Fraction(23, 10), seconds=True)),
    ],
)
def test_a_value_we_can_compute_with_has_a_type(text: str, value: Value) -> None:
    assert value_of(text) == value


def test_an_effect_gives_its_arguments_as_numbers_and_options() -> None:
    effect = value_of("e_contrast:level_50;type_linear:-7.5")
    assert isinstance(effect, Effect)
    assert (effect.option("level"), effect.option("type"), effect.option("kind")) == (
        "50",
        "linear",
        "",
    )
    assert effect.number(1, Fraction(1)) == Fraction(-15, 2)
    assert effect.number(0, Fraction(1)) == 1
    assert effect.number(9, Fraction(2)) == 2


@pytest.mark.parametrize(
    ("text", "colour"), [("f00", RED), ("ff0000", RED), ("rgb:ff0000ff", RED), ("red", RED)]
)
def test_effects_name_colours_with_and_without_rgb(text: str, colour: Colour) -> None:
    assert read_colour(text) == colour


_PIECES = st.sampled_from(
    [
        "1",
        "-0.5",
        "90",
        "max",
        "auto",
        "hflip",
        "exif",
        "rgb:f00",
        "red",
        "px_solid_",
        "2",
        "4",
        "border",
        "palette_",
        "h264",
        "bframes_no",
        "10p",
        "250k",
        "constant",
        "name",
        "embedded",
        ".",
        ":",
        ";",
        "-",
        "_",
        "(",
        ")",
        "$x",
        "blurred",
        "transparent",
        "٣",
        "5%",
    ]
)
_KEYS = st.sampled_from(
    [
        "a",
        "b",
        "bo",
        "co",
        "cs",
        "e",
        "o",
        "r",
        "pg",
        "dn",
        "dl",
        "ki",
        "so",
        "eo",
        "du",
        "vc",
        "ac",
        "br",
        "fps",
        "vs",
        "af",
    ]
)


@given(_KEYS, st.lists(_PIECES, min_size=1, max_size=9).map("".join))
def test_every_value_is_read_or_kept_and_never_changes_the_text(key: str, text: str) -> None:
    written = f"{key}_{text}"
    assert str(parse(written)) == written
    value = value_of(written)
    if isinstance(value, Colour):
        assert all(0 <= c <= 255 for c in (value.red, value.green, value.blue, value.alpha))
