"""The effects `e_` by name: which words and numbers may follow, for completion and verdicts.

Source: reference/cloudinary.md, 9.7. What may be rendered here is told by `fidelity`, not here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A number's bounds, both allowed; `default` counts when it is left out."""

    lowest: int
    highest: int
    default: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectWord:
    """One effect: its numbers in their order, and words that may be its first argument."""

    name: str
    spans: tuple[Span, ...] = ()
    words: tuple[str, ...] = ()


def _number(name: str, *bounds: tuple[int, int, int], words: str = "") -> EffectWord:
    spans = tuple(Span(lowest=b[0], highest=b[1], default=b[2]) for b in bounds)
    return EffectWord(name=name, spans=spans, words=tuple(words.split()))


def _plain(names: str) -> tuple[EffectWord, ...]:
    return tuple(EffectWord(name=name) for name in names.split())


_WORDS = (
    _number("accelerate", (-50, 100, 0)),
    _number("anti_removal", (1, 100, 50)),
    _number(
        "art",
        words="al_dente athena audrey aurora daguerre eucalyptus fes frost hairspray hokusai"
        " incognito linen peacock primavera quartz red_rock refresh sizzle sonnet ukulele zorro",
    ),
    _number("assist_colorblind", (1, 100, 10), words="xray"),
    _number("auto_brightness", (0, 100, 100)),
    _number("auto_color", (0, 100, 100)),
    _number("auto_contrast", (0, 100, 100)),
    _number("background_removal", words="fineedges_y"),
    _number("blackwhite", (0, 100, 50)),
    _number("blue", (-100, 100, 0)),
    _number("blur", (1, 2000, 100)),
    _number("blur_faces", (1, 2000, 500)),
    _number("blur_region", (1, 2000, 100)),
    _number("brightness", (-99, 100, 80)),
    _number("brightness_hsb", (-99, 100, 80)),
    _number("cartoonify", (0, 100, 50), (0, 100, 0)),
    _number("colorize", (0, 100, 100)),
    _number("contrast", (-100, 100, 0), words="level_ type_linear type_sigmoidal"),
    _number("deshake", (16, 64, 16), words="16 32 48 64"),
    _number("distort", words="arc:"),
    _number("dropshadow", words="azimuth_ elevation_ spread_"),
    _number("extract", words="prompt_"),
    _number("fade", (-100_000, 100_000, 1000)),
    _number("fill_light", (0, 100, 100), (-100, 100, 0)),
    _number("gamma", (-50, 150, 0)),
    _number("gen_background_replace", words="prompt_ seed_"),
    _number("gen_recolor", words="prompt_ to-color_ multiple_true"),
    _number("gen_remove", words="prompt_ multiple_true region_"),
    _number("gen_replace", words="from_ to_ preserve-geometry_true multiple_true"),
    _number("gradient_fade", (0, 100, 20), words="symmetric symmetric_pad"),
    _number("green", (-100, 100, 0)),
    _number("hue", (-100, 100, 80)),
    _number("improve", (0, 100, 100), words="outdoor indoor"),
    _number("light", (0, 100, 30)),
    _number("loop", (1, 5, 1)),
    _number("make_transparent", (0, 100, 10)),
    _number("morphology", words="method_erode method_dilate method_convolve"),
    _number("noise", (0, 100, 0)),
    _number("oil_paint", (0, 100, 30)),
    _number("opacity_threshold", (1, 100, 50)),
    _number("ordered_dither", (0, 18, 0)),
    _number("outline", (1, 100, 5), (1, 200, 0), words="inner inner_fill outer fill"),
    _number("pixelate", (1, 200, 5)),
    _number("pixelate_faces", (1, 200, 5)),
    _number("pixelate_region", (1, 200, 5)),
    _number("progressbar", words="bar frame type_bar type_frame color_ width_"),
    _number("red", (-100, 100, 0)),
    _number("saturation", (-100, 100, 80)),
    _number("sepia", (1, 100, 80)),
    _number("shadow", (0, 100, 40)),
    _number("sharpen", (1, 2000, 100)),
    _number("shear", (-359, 359, 0), (-359, 359, 0)),
    _number(
        "simulate_colorblind",
        words="deuteranopia protanopia tritanopia tritanomaly deuteranomaly cone_monochromacy"
        " rod_monochromacy",
    ),
    _number("theme", words="color_"),
    _number("tint", (0, 100, 60), words="equalize"),
    _number("trim", (0, 100, 10)),
    _number("unsharp_mask", (1, 2000, 100)),
    _number(
        "vectorize",
        words="colors_ detail_ despeckle_ paths_ corners_",
    ),
    _number("vibrance", (-100, 100, 20)),
    _number("vignette", (0, 100, 20)),
    _number("volume", (-100, 400, 0), words="mute auto"),
    _number(
        "zoompan",
        words="mode_ztc mode_ztl mode_ztr mode_ofc mode_ofl mode_ofr maxzoom_ du_ fps_ from_( to_(",
    ),
    *_plain(
        "adv_redeye auto_enhance bgremoval boomerang camera cut_out displace embed_clipping_path"
        " enhance gen_fill gen_restore grayscale mask multiply negate overlay preview recolor"
        " redeye replace_color reverse screen style_transfer swap_image upscale viesus_correct"
    ),
)

EFFECTS: Mapping[str, EffectWord] = {
    word.name: word for word in sorted(_WORDS, key=lambda word: word.name)
}

_NUMBER = r"-?[0-9]+(\.[0-9]+)?"
_FIGURE = re.compile(_NUMBER)
# What follows the effects that take more, or other things, than numbers within bounds.
_WHOLE: Mapping[str, re.Pattern[str]] = {
    "distort": re.compile(rf"arc:{_NUMBER}|{_NUMBER}(:{_NUMBER}){{7}}"),
    "recolor": re.compile(rf"{_NUMBER}(:{_NUMBER}){{8}}|{_NUMBER}(:{_NUMBER}){{15}}"),
    "theme": re.compile(rf"color_[^:]+(:[0-9A-Fa-f]+)?(:photosensitivity_{_NUMBER})?"),
    "volume": re.compile(rf"mute|auto|{_NUMBER}(dB)?"),
    "loop": re.compile(r"[0-9]*"),
}
_ALONE = frozenset({"boomerang", "cut_out", "multiply", "negate", "overlay", "reverse", "screen"})


def is_understood(name: str, written: str) -> bool:
    """Whether what is written behind an effect's name is what may stand there.

    Of effects whose numbers have words beside them, nothing is known to be wrong.
    """
    if name in _WHOLE:
        return _WHOLE[name].fullmatch(written) is not None
    if name in _ALONE:
        return not written
    word = EFFECTS.get(name)
    if not written or word is None or word.words or len(word.spans) != 1:
        return True
    figure, (span,) = written.partition(":")[0], word.spans
    return _FIGURE.fullmatch(figure) is not None and span.lowest <= float(figure) <= span.highest
