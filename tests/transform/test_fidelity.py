"""What we say about how true a local picture is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import Fidelity, parse
from bridge_app.transform.fidelity import assess, assess_component
from bridge_app.transform.fidelity_table import EXAMPLES, fidelity_table


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c_fill,g_north,h_300,w_400",
        "ar_16:9,c_pad,b_rgb:336699,w_0.5",
        "c_crop,g_xy_center,w_10,h_10,x_5,y_5",
        "a_90.hflip",
        "q_80:444/f_webp",
        "dpr_2.0,w_100",
        "fl_progressive.immutable_cache.strip_profile,fl_attachment:name",
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
        ("q_auto:eco", "q_auto:eco"),
        ("f_auto", "f_auto"),
        ("dpr_2.0/w_100", "dpr_2.0"),
        ("w_auto", "w_auto"),
        ("w_100,a_90", "a_90"),
        ("z_0.5", "z_0.5"),
        ("fl_keep_iptc", "fl_keep_iptc"),
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
        ("c_crop,g_face", "decides the size too"),
        ("c_fill,g_cat,w_1,h_1", "g_cat"),
        ("w_$wide", "w_$wide"),
        ("b_gen_fill,c_pad,w_1,h_1", "b_gen_fill"),
        ("a_17", "a_17"),
        ("r_max", "r_max"),
        ("t_card", "t_card"),
        ("f_jxl", "f_jxl"),
        ("zzz_newer", "zzz_newer"),
        ("fl_waveform", "fl_waveform"),
        ("l_logo/w_9,a_17/fl_layer_apply,g_east", "l_logo"),
        ("if_w_gt_9,w_5", "Conditions"),
    ],
)
def test_what_cloudinary_alone_can_do_is_cloud_only_and_named(text: str, reason: str) -> None:
    found = assess(parse(text))
    assert found.fidelity is Fidelity.CLOUD_ONLY
    assert any(reason in sentence for sentence in found.reasons)


def test_inside_a_layer_only_the_layer_is_named() -> None:
    found = assess(parse("l_logo/w_9,e_sepia,r_max/fl_layer_apply"))
    assert found.reasons == ("The layer l_logo is laid on by Cloudinary only.",)


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


def test_the_page_in_the_documentation_says_what_the_code_does() -> None:
    page = Path(__file__).parents[2] / "docs" / "fidelity.md"
    assert page.read_text(encoding="utf-8") == fidelity_table()


def test_the_page_shows_every_kind_of_parameter_we_judge_by_a_rule() -> None:
    shown = {
        parameter.key
        for example in EXAMPLES
        for component in parse(example).components
        for parameter in component.parameters
    }
    assert {"a", "ar", "b", "c", "dpr", "f", "fl", "g", "h", "q", "w", "x", "y"} <= shown
