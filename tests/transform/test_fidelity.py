"""What we say about how true a local picture is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import Fidelity, parse
from bridge_app.transform.effects import EFFECTS as DRAWN_EFFECTS
from bridge_app.transform.fidelity import assess, assess_component
from bridge_app.transform.fidelity_table import MASTER, NAMED, fidelity_table, judged
from bridge_app.transform.fidelity_words import EFFECTS, FLAGS
from bridge_app.transform.model import CropMode
from bridge_app.transform.resolve import resolve
from bridge_app.transform.vocabulary import FLAGS as ALL_FLAGS
from bridge_app.transform.vocabulary import GRAVITIES, KEYS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c_fill,g_north,h_300,w_400",
        "ar_16:9,c_pad,b_rgb:336699,w_0.5",
        "c_crop,g_xy_center,w_10,h_10,x_5,y_5",
        "c_crop,w_300",
        "c_thumb,g_west,h_9,w_9,z_2",
        "a_90.hflip",
        "a_17",
        "a_ignore",
        "r_max",
        "o_40",
        "e_negate",
        "q_80:444/f_webp",
        "dpr_2.0,w_100",
        "fl_progressive.immutable_cache.strip_profile,fl_attachment:name",
        "l_logo/w_9/a_17/fl_layer_apply,g_east",
    ],
)
def test_what_documented_rules_determine_is_exact(text: str) -> None:
    found = assess(parse(text))
    assert (found.fidelity, found.reasons) == (Fidelity.EXACT, ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("c_fill,g_auto,w_300,h_200", "g_auto"),
        ("c_thumb,g_face:auto,w_300,h_200", "g_face:auto"),
        ("c_auto,g_auto,w_300", "c_auto"),
        ("c_fill,w_300", "w_300 stands alone"),
        ("c_crop,g_face", "decides the size too"),
        ("c_fill,g_custom,w_9,h_9", "coordinates"),
        ("q_auto:eco", "q_auto:eco"),
        ("f_auto", "f_auto"),
        ("dpr_2.0/w_100", "dpr_2.0"),
        ("w_auto", "w_auto"),
        ("w_100,a_90", "a_90"),
        ("c_thumb,g_face,w_9,h_9,z_0.5", "z_0.5"),
        ("a_auto_right,w_9,h_5", "lies the other way"),
        ("e_sepia:50", "e_sepia:50"),
        ("bo_2px_solid_red", "bo_2px_solid_red"),
        ("l_text:Arial_20:Hi/fl_layer_apply", "another text engine"),
    ],
)
def test_what_is_near_the_truth_says_in_what_it_differs(text: str, reason: str) -> None:
    found = assess(parse(text))
    assert found.fidelity is Fidelity.APPROXIMATE
    assert any(reason in sentence for sentence in found.reasons)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("e_gen_restore", "e_gen_restore"),
        ("c_imagga_crop,w_1,h_1", "c_imagga_crop"),
        ("c_crop,g_custom", "decides the size too"),
        ("c_fill,g_cat,w_1,h_1", "g_cat"),
        ("w_$wide", "w_$wide"),
        ("e_blur:$x", "e_blur:$x"),
        ("r_$x", "r_$x"),
        ("$x_ils", "$x_ils"),
        ("b_gen_fill,c_pad,w_1,h_1", "b_gen_fill"),
        ("t_card", "t_card"),
        ("f_jxl", "f_jxl"),
        ("cs_cmyk", "cs_cmyk"),
        ("zzz_newer", "zzz_newer"),
        ("fl_waveform", "fl_waveform"),
        ("l_lut:warm.3dl/fl_layer_apply", "l_lut:warm.3dl"),
        ("l_logo/w_9,e_gen_restore/fl_layer_apply,g_east", "e_gen_restore"),
        ("if_w_gt_9,w_5", "if_w_gt_9"),
    ],
)
def test_what_cloudinary_alone_can_do_is_cloud_only_and_named(text: str, reason: str) -> None:
    found = assess(parse(text))
    assert found.fidelity is Fidelity.CLOUD_ONLY
    assert any(reason in sentence for sentence in found.reasons)


def test_what_stands_in_a_branch_that_is_left_out_is_not_judged() -> None:
    found = assess(parse("if_ils_gt_1/e_gen_restore/if_end"))
    assert len(found.reasons) == 1
    assert "if_ils_gt_1" in found.reasons[0]


@pytest.mark.parametrize(
    "text",
    ["$x_9/c_scale,w_$x", "if_w_gt_9/c_scale,w_iw_div_2/if_end", "if_!sale!_in_tags,w_5", "t_card"],
)
def test_what_is_worked_out_here_is_as_true_as_its_result(text: str) -> None:
    assert assess(parse(text)).fidelity is Fidelity.CLOUD_ONLY
    assert assess(resolve(parse(text), MASTER, named=NAMED)).fidelity is Fidelity.EXACT
    assert judged(text).fidelity is Fidelity.EXACT


def test_counted_faces_are_told() -> None:
    assert judged("if_fc_eq_0,q_80").fidelity is Fidelity.APPROXIMATE


_SOME = st.sampled_from(
    ["c_fill,w_9", "q_auto", "f_auto", "e_sepia", "a_17", "g_auto,w_9", "b_red", "r_9", "t_x"]
)


@given(st.lists(_SOME, min_size=1, max_size=6))
def test_a_transformation_is_as_true_as_its_worst_component(parts: list[str]) -> None:
    whole = parse("/".join(parts))
    order = list(Fidelity)
    each = [assess_component(component) for component in whole.components]
    assert order.index(assess(whole).fidelity) == max(order.index(a.fidelity) for a in each)
    assert set(assess(whole).reasons) == {reason for a in each for reason in a.reasons}


@given(st.lists(_SOME, max_size=6))
def test_reasons_are_whole_sentences_said_once_and_only_when_needed(parts: list[str]) -> None:
    found = assess(parse("/".join(parts)))
    assert len(set(found.reasons)) == len(found.reasons)
    assert all(reason.endswith(".") and "{" not in reason for reason in found.reasons)
    assert bool(found.reasons) == (found.fidelity is not Fidelity.EXACT)


@pytest.mark.parametrize(
    "text",
    [
        "e_colorize:abc",
        "e_colorize:150",
        "e_distort:1:2",
        "e_recolor:1:2",
        "e_negate:5",
        "e_blur:abc",
        "e_blur:99999",
        "e_pixelate:0",
        "r_abc",
        "r_-5",
        "o_200",
        "bo_red",
        "co_nocolour,e_colorize",
        "so_auto",
        "dl_soon",
    ],
)
def test_a_value_that_nobody_here_understands_is_never_called_true(text: str) -> None:
    assert assess(parse(text)).fidelity is Fidelity.CLOUD_ONLY


@pytest.mark.parametrize(
    "text",
    ["e_colorize", "e_colorize:35", "e_distort:arc:-90", "e_loop", "e_volume:-3dB", "d_avatar.png"],
)
def test_a_value_within_the_documented_bounds_is_exact(text: str) -> None:
    assert assess(parse(text)).fidelity is Fidelity.EXACT


def test_the_page_in_the_documentation_says_what_the_code_does() -> None:
    page = Path(__file__).parents[2] / "docs" / "fidelity.md"
    assert page.read_text(encoding="utf-8") == fidelity_table()


def test_the_page_speaks_of_every_word_of_the_language() -> None:
    page = fidelity_table()
    values = [
        *(f"fl_{flag}" for flag in ALL_FLAGS.split() if not flag.endswith(":")),
        *(f"c_{mode}" for mode in CropMode),
        *(f"g_{word}" for word in GRAVITIES.split() if ":" in word),
        *KEYS["e"].words,
    ]
    assert [value for value in values if value not in page] == []


def test_every_effect_that_is_drawn_here_has_its_line() -> None:
    assert sorted(DRAWN_EFFECTS - set(EFFECTS)) == []


def test_every_line_is_about_a_word_of_the_language() -> None:
    assert sorted(set(EFFECTS) - set(KEYS["e"].words)) == []
    assert sorted(set(FLAGS) - set(ALL_FLAGS.split())) == []
