"""Writes docs/fidelity.md: `python -m bridge_app.transform.fidelity_table > docs/fidelity.md`.

Effects, flags, gravities and crop modes come from the language's own word lists, so none that we
know of can be missing on the page.
"""

import sys
from collections.abc import Iterable, Mapping

from bridge_app.transform.effect_words import EFFECTS
from bridge_app.transform.fidelity import Assessment, approximate, assess, worst
from bridge_app.transform.parse import parse
from bridge_app.transform.resolve import Facts, resolution
from bridge_app.transform.vocabulary import COMPASS, CROP_MODES, FLAGS, GRAVITIES

_INTRODUCTION = """\
# How true a local picture is

Asset Bridge shows what Cloudinary will deliver before anything is uploaded, and says how true
that is. *Exact*: a documented rule determines the pixels, up to resampling and encoding.
*Approximate*: near, and the reason says in what it differs. *Cloud only*: Cloudinary alone can
do it; here it is left out. A transformation is as true as its worst component. What depends on
the file (an animation, a font or a layer that is not here) is added when a picture is made.

This table is made by `python -m bridge_app.transform.fidelity_table > docs/fidelity.md`.
"""
_HEAD = "| For example | Here | Why |\n| --- | --- | --- |\n"

MASTER = Facts(width=1200, height=800, tags=("sale",), context={"type": "shoes"})
"""The master that the examples with conditions and arithmetic are worked out for."""

NAMED: Mapping[str, str] = {"card": "c_fill,h_300,w_400"}
"""Named transformations that the examples use."""

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "Sizes": (
        "c_scale,w_600",
        "c_scale,w_0.5",
        "ar_16:9,c_fill,w_600",
        "ar_1:1,c_crop",
        "c_crop,h_200,w_300,x_10,y_20",
        "c_crop,w_300",
        "c_fill,w_300",
        "c_scale,fl_ignore_aspect_ratio,w_300",
        "c_crop,fl_no_overflow,h_200,w_300",
        "c_fill,dpr_2.0,w_300,h_300",
        "c_fill,w_300,h_300/dpr_2.0",
        "c_fill,dpr_auto,w_300,h_300",
        "c_fill,w_auto",
        "c_crop,g_face",
        "c_crop,g_custom",
        "c_thumb,g_face,h_150,w_150,z_0.7",
        "c_thumb,g_north,h_150,w_150,z_0.7",
    ),
    "Turns, shapes and backgrounds": (
        "a_90.hflip",
        "a_17",
        "a_90,w_300",
        "a_auto_right,w_300",
        "a_ignore",
        "r_max",
        "r_20:0:20:0",
        "bo_2px_solid_red",
        "o_60",
        "b_rgb:336699,c_pad,h_600,w_600",
        "b_auto,c_pad,h_600,w_600",
        "b_auto:predominant_gradient:4,c_pad,h_600,w_600",
        "b_blurred:400:15,c_pad,h_600,w_600",
        "b_gen_fill,c_pad,h_600,w_600",
    ),
    "Layers": (
        "l_logo/c_scale,w_50/fl_layer_apply,g_south_east",
        "u_paper/fl_layer_apply",
        "l_logo/e_background_removal/fl_layer_apply",
        "l_fetch:aHR0cHM6Ly9leGFtcGxlLmNvbS9hLnBuZw==/fl_layer_apply",
        "co_white,l_text:Arial_40_bold:Hello/fl_layer_apply,g_south,y_20",
        "l_subtitles:words.srt/fl_layer_apply",
        "l_lut:warm.3dl/fl_layer_apply",
        "l_video:clip/fl_layer_apply",
        "l_audio:music/fl_layer_apply",
    ),
    "Variables, conditions, named transformations": (
        "$wide_600/c_scale,w_$wide",
        "c_scale,w_iw_div_2",
        "c_scale,w_$nowhere",
        "if_w_gt_600/c_scale,w_600/if_end",
        "if_!sale!_in_tags,e_grayscale",
        "if_fc_eq_0,e_grayscale",
        "if_ils_gt_0.5,e_grayscale",
        "t_card",
        "t_unknown",
        "fn_remote:aHR0cHM6Ly9leGFtcGxlLmNvbQ==",
    ),
    "Quality, format, pages": (
        "q_80",
        "q_80:444",
        "q_auto:eco",
        "q_jpegmini",
        "f_jpg",
        "f_png",
        "f_webp",
        "f_avif",
        "f_gif",
        "f_auto",
        "f_jxl",
        "cs_srgb",
        "cs_cmyk",
        "pg_2",
        "dn_300",
    ),
    "Films and sound": (
        "so_2,eo_5",
        "du_3.5",
        "vc_h264",
        "ac_aac",
        "br_500k",
        "fps_25",
        "ki_2.0",
        "vs_20",
        "dl_200",
        "f_mp4",
        "sp_hd",
    ),
}


# Effects that are none without an argument.
_WITH: Mapping[str, str] = {
    "distort": ":arc:30",
    "recolor": ":0:1:0:1:0:0:0:0:1",
    "theme": ":color_black",
}


def judged(text: str) -> Assessment:
    """The verdict on a transformation once it is worked out for `MASTER`."""
    found = resolution(parse(text), MASTER, named=NAMED)
    return worst([assess(found.transformation), *map(approximate, found.doubts)])


def fidelity_table() -> str:
    """The page in Markdown: a section for each subject, one row for each example."""
    written: dict[str, Iterable[str]] = {
        **EXAMPLES,
        "Crop modes": [_cropped(mode) for mode in CROP_MODES.split()],
        "Gravities": [_placed(word) for word in GRAVITIES.split() if word not in COMPASS.split()],
        "Effects": [f"e_{name}{_WITH.get(name, '')}" for name in EFFECTS],
        "Flags": [f"fl_{name}" for name in FLAGS.split() if not name.endswith(":")],
    }
    return _INTRODUCTION + "".join(
        f"\n## {title}\n\n{_HEAD}{_rows(examples)}" for title, examples in written.items()
    )


def _rows(examples: Iterable[str]) -> str:
    found = ((example, judged(example)) for example in examples)
    return "".join(
        f"| `{example}` | {said.fidelity.value} | {' '.join(said.reasons)} |\n"
        for example, said in found
    )


def _cropped(mode: str) -> str:
    looks = mode in {"fill_pad", "auto", "auto_pad"}
    return f"c_{mode}{',g_auto' if looks else ''},h_600,w_600"


def _placed(word: str) -> str:
    return f"c_fill,g_{word}{'!logo!' if word.endswith('_') else ''},h_600,w_600"


if __name__ == "__main__":
    sys.stdout.write(fidelity_table())
