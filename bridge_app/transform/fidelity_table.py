"""Writes docs/fidelity.md: `python -m bridge_app.transform.fidelity_table > docs/fidelity.md`."""

import sys

from bridge_app.transform.fidelity import assess
from bridge_app.transform.parse import parse

_INTRODUCTION = """\
# How true a local picture is

Asset Bridge shows what Cloudinary will deliver before anything is uploaded, and says how true
that is. *Exact*: a documented rule determines the pixels, up to resampling and encoding.
*Approximate*: near, and the reason says in what it differs. *Cloud only*: Cloudinary alone can
do it; here it is left out. A transformation is as true as its worst component.

This table is made by `python -m bridge_app.transform.fidelity_table > docs/fidelity.md`.

| For example | Here | Why |
| --- | --- | --- |
"""

EXAMPLES = (
    "c_scale,w_600",
    "c_fit,h_600,w_600",
    "c_limit,h_600,w_600",
    "c_mfit,h_600,w_600",
    "c_fill,g_north,h_600,w_600",
    "c_lfill,h_600,w_600",
    "c_pad,b_rgb:336699,h_600,w_600",
    "c_lpad,h_600,w_600",
    "c_mpad,h_600,w_600",
    "c_crop,h_200,w_300,x_10,y_20",
    "c_thumb,g_center,h_150,w_150",
    "ar_16:9,c_fill,w_0.5",
    "c_fill,dpr_2.0,w_300",
    "c_fill,w_300/dpr_2.0",
    "c_fill,g_auto,h_600,w_600",
    "c_thumb,g_face,h_150,w_150",
    "c_crop,g_face",
    "c_fill,g_cat,h_600,w_600",
    "c_auto,g_auto,w_600",
    "c_fill_pad,g_auto,h_600,w_600",
    "c_imagga_crop,h_600,w_600",
    "c_fill,w_auto",
    "c_scale,w_iw_div_2",
    "a_90.hflip",
    "a_90,w_300",
    "a_17",
    "b_auto,c_pad,h_600,w_600",
    "q_80",
    "q_auto:eco",
    "f_webp",
    "f_auto",
    "f_jxl",
    "fl_progressive",
    "fl_keep_iptc",
    "fl_no_overflow",
    "e_sepia",
    "r_max",
    "bo_2px_solid_red",
    "o_60",
    "l_logo/c_scale,w_50/fl_layer_apply,g_south_east",
    "if_w_gt_600/c_scale,w_600/if_end",
    "$wide_600/c_scale,w_$wide",
    "t_card",
)


def fidelity_table() -> str:
    """The page in Markdown, one row for each example."""
    rows = [(example, assess(parse(example))) for example in EXAMPLES]
    return _INTRODUCTION + "".join(
        f"| `{example}` | {found.fidelity.value} | {' '.join(found.reasons)} |\n"
        for example, found in rows
    )


if __name__ == "__main__":
    sys.stdout.write(fidelity_table())
