"""Variables, arithmetic, conditions and named transformations, worked out for one picture."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import TransformationError, output_size, parse
from bridge_app.transform.resolve import Facts, resolution, resolve

PICTURE = Facts(
    width=1200,
    height=800,
    pages=3,
    faces=lambda: 2,
    duration=10.5,
    tags=("sale", "new item"),
    context={"type": "shoes", "claim": "Hi, 50%/2 € off"},
    metadata={"season": "winter"},
)
NAMED = {
    "card": "c_fill,w_$w,h_200/f_auto,q_auto",
    "plain": "c_scale,w_300",
    "bright": "e_brightness:20",
    "choosy": "if_w_gt_1000/c_scale,w_1000/if_end/dpr_auto,w_auto",
    "wrong": "w_-5",
}


def resolved(text: str) -> str:
    return str(resolve(parse(text), PICTURE, named=NAMED))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("c_scale,w_iw_div_2", "c_scale,w_600"),
        ("c_scale,w_iw_div_7", "c_scale,w_171"),
        ("c_scale,w_iw_div_9999", "c_scale,w_1"),
        ("c_fit,w_300/x_w_sub_100,y_-5_add_h", "c_fit,w_300/x_200,y_195"),
        ("ar_iar,c_fill,w_300", "ar_3:2,c_fill,w_300"),
        ("so_idu_div_2", "so_5.25"),
        ("a_5_mul_3", "a_15"),
        ("o_pc_mul_10", "o_30"),
        ("dpr_0.5_mul_3", "dpr_1.5"),
    ],
)
def test_arithmetic_becomes_plain_numbers(text: str, result: str) -> None:
    assert resolved(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("$wide_600/c_scale,w_$wide", "c_scale,w_600"),
        ("$half_0.5/c_scale,w_$half", "c_scale,w_0.5"),
        ("$x_10,e_blur:$x_mul_2", "e_blur:20"),
        ("$x_10/r_$x:0:$x_add_5", "r_10:0:15"),
        ("$x_1/$x_$x_add_1/w_$x", "w_2"),
        ("$mode_!fill!/c_$mode,h_9,w_9", "c_fill,h_9,w_9"),
        ("$c_!rgb:f00!/co_$c,e_colorize:40", "co_rgb:f00,e_colorize:40"),
        ("$r_16:9/ar_$r,c_fill,w_300", "ar_16:9,c_fill,w_300"),
        ("$mood_!sepia!/e_$mood:50", "e_sepia:50"),
        (
            "$who_!Ann%20Lee!,$size_40/l_text:Arial_$size:Hi%20$(who)%20w_mul_2",
            "l_text:Arial_40:Hi%20Ann%20Lee%20w_mul_2",
        ),
        ("$img_!dir:logo!/l_$img/fl_layer_apply", "l_dir:logo/fl_layer_apply"),
        ("$k_ctx:!type!/l_text:Arial_9:$(k)", "l_text:Arial_9:shoes"),
        (
            "$k_ctx:!claim!/l_text:Arial_9:$(k)",
            "l_text:Arial_9:Hi%252C%2050%25%252F2%20%E2%82%AC%20off",
        ),
        ("l_logo/w_w_mul_0.5/fl_layer_apply,x_w_div_10", "l_logo/w_w_mul_0.5/fl_layer_apply,x_120"),
    ],
)
def test_variables_are_filled_in(text: str, result: str) -> None:
    assert resolved(text) == result


@pytest.mark.parametrize(
    "text",
    [
        "if_w_gt_300",
        "if_w_gte_1200",
        "if_h_lte_800_and_w_ne_800",
        "if_w_eq_1_or_h_eq_800",
        "if_w_eq_1_and_h_eq_1_or_w_eq_1200",
        "if_ar_gt_4:3",
        "if_w_gt_h",
        "if_w_div_2_eq_600",
        "if_!sale!_in_tags",
        "if_!sale:new%20item!_in_tags",
        "if_!sold!_nin_tags",
        "if_ctx:!type!_eq_!shoes!",
        "if_ctx:!nothing!_eq_!!",
        "if_md:!season!_ne_!summer!",
        "if_fc_gte_2",
        "if_pc_eq_3",
        "if_idu_lt_11",
        "$x_5/if_$x_lt_6",
    ],
)
def test_a_condition_that_holds_keeps_its_branch(text: str) -> None:
    assert resolved(f"{text}/w_10/if_else/w_20/if_end/q_80") == "w_10/q_80"


@pytest.mark.parametrize(
    "text",
    [
        "if_w_lt_300",
        "if_w_eq_1_and_h_eq_800",
        "if_!sale:sold!_in_tags",
        "if_ar_lt_1.0",
        "if_!sale!_nin_tags",
        "if_ctx:!type!_eq_!hats!",
        "if_fc_eq_0",
        "if_tags_eq_!sale!",
    ],
)
def test_a_condition_that_fails_keeps_the_other_branch(text: str) -> None:
    assert resolved(f"{text}/w_10/if_else/w_20/if_end/q_80") == "w_20/q_80"
    assert resolved(f"{text}/w_10/if_end/q_80") == "q_80"
    assert resolved(f"{text},w_10/q_80") == "q_80"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("if_w_gt_9,w_10/h_5", "w_10/h_5"),
        ("if_w_gt_9/w_10/h_5", "w_10/h_5"),
        ("if_w_lt_9/w_10/h_5", ""),
        ("if_w_gt_100,c_scale,w_iw_div_2/if_else,a_90.hflip/if_end", "c_scale,w_600"),
        ("if_w_lt_100,c_scale,w_iw_div_2/if_else,a_90.hflip/if_end", "a_90.hflip"),
        ("if_w_gt_9/if_h_lt_9/w_1/if_else/w_2/if_end/if_else/w_3/if_end/q_80", "w_2/q_80"),
        ("if_w_lt_9/if_h_lt_9/w_1/if_else/w_2/if_end/if_else/w_3/if_end/q_80", "w_3/q_80"),
        ("w_100/if_w_gt_100/q_1/if_else/q_2/if_end", "w_100/q_2"),
        ("if_w_gt_9/$x_1/if_else/$x_2/if_end/e_blur:$x", "e_blur:1"),
    ],
)
def test_branches_nest_and_end_where_the_grammar_says(text: str, result: str) -> None:
    assert resolved(text) == result


@pytest.mark.parametrize(
    "text",
    [
        "if_ils_gt_0.5/w_5/if_else/w_7/if_end/q_80",
        "if_nobody_knows,w_5",
        "w_$nobody",
        "$x_ils_mul_2/w_$x",
        "t_unknown/w_w_div_2",
        "c_crop,g_face/w_w_div_2",
        "e_trim/w_w_div_2",
        "w_auto:breakpoints_50_1000_20_20:json",
        "l_logo,w_w_div_2",
        "fn_remote:aHR0cHM6Ly9leGFtcGxlLmNvbQ==",
        "e_tint:100:red!",
    ],
)
def test_what_needs_more_than_we_know_stays_as_it_is(text: str) -> None:
    assert resolved(text) == text


def test_a_transformation_with_nothing_to_work_out_is_the_same_object() -> None:
    chain = parse("c_fill,ar_16:9,w_300//l_text:Arial_40:2_mul_2/fl_layer_apply/q_auto/f_auto/")
    assert resolve(chain, PICTURE) is chain


def test_after_an_undecided_condition_nothing_it_may_set_is_believed() -> None:
    text = "$x_1/if_ils_gt_1/$x_2/w_5/if_end/e_blur:$x,x_w_div_2"
    assert resolved(text) == "if_ils_gt_1/$x_2/w_5/if_end/e_blur:$x,x_w_div_2"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("t_plain/q_80", "c_scale,w_300/q_80"),
        ("t_plain,q_80", "c_scale,w_300/q_80"),
        ("t_plain.bright", "c_scale,w_300/e_brightness:20"),
        ("$w_100/t_card", "c_fill,w_100,h_200/q_auto"),
        ("t_choosy/t_plain", "c_scale,w_1000/c_scale,w_300"),
        ("if_w_gt_9,t_plain", "c_scale,w_300"),
        ("l_logo/t_plain/fl_layer_apply", "l_logo/c_scale,w_300/fl_layer_apply"),
    ],
)
def test_named_transformations_stand_for_what_they_are(text: str, result: str) -> None:
    assert resolved(text) == result


@pytest.mark.parametrize(
    "named",
    [
        {"a": "t_a"},
        {"a": "w_9/t_b", "b": "if_w_gt_1,t_a"},
        {str(n): f"t_{n + 1}" for n in range(100)} | {"a": "t_0"},
        {
            "a": "t_b.b.b.b.b.b",
            "b": "t_c.c.c.c.c.c",
            "c": "t_d.d.d.d.d.d",
            "d": "t_e.e.e.e",
            "e": "",
        },
        {"a": "t_b.b.b.b.b.b", "b": "/".join(["w_9"] * 500)},
    ],
)
def test_named_transformations_without_an_end_are_refused(named: dict[str, str]) -> None:
    with pytest.raises(TransformationError) as caught:
        resolve(parse("q_80/t_a"), PICTURE, named=named)
    assert caught.value.position == 5


def test_a_named_transformation_with_a_mistake_is_refused_where_it_is_used() -> None:
    with pytest.raises(TransformationError, match="above 0") as caught:
        resolve(parse("q_80,t_wrong"), PICTURE, named=NAMED)
    assert (caught.value.position, caught.value.found) == (5, "t_wrong")


@pytest.mark.parametrize(
    ("text", "position", "found"),
    [
        ("q_80/h_5,w_iw_div_0", 11, "iw_div_0"),
        ("q_80/if_w_div_0_gt_1", 8, "w_div_0_gt_1"),
        ("$x_1_div_0/w_5", 3, "1_div_0"),
        ("$n_-5/c_scale,w_$n", 16, "$n"),
        ("w_9999_pow_99", 2, "9999_pow_99"),
    ],
)
def test_arithmetic_without_a_result_is_an_error_in_its_place(
    text: str, position: int, found: str
) -> None:
    with pytest.raises(TransformationError) as caught:
        resolve(parse(text), PICTURE)
    assert (caught.value.position, caught.value.found) == (position, found)


def test_each_component_knows_where_in_the_text_it_comes_from() -> None:
    text = "$w_100/t_card/if_w_gt_5/q_80/if_end/w_9"
    found = resolution(parse(text), PICTURE, named=NAMED)
    assert str(found.transformation) == "c_fill,w_100,h_200/q_auto/q_80/w_9"
    assert found.starts == (7, 7, 24, 36)


def test_an_error_behind_a_variable_is_placed_in_the_text_that_was_typed() -> None:
    with pytest.raises(TransformationError) as caught:
        output_size(parse("$side_90000/q_80/c_scale,h_$side,w_$side"), 1200, 800)
    assert caught.value.position == 17
    assert caught.value.found == "c_scale,h_90000,w_90000"


def test_faces_are_counted_only_when_their_number_decides() -> None:
    asked: list[int] = []

    def count() -> int:
        asked.append(1)
        return 1

    picture = Facts(width=10, height=10, faces=count)
    assert resolution(parse("if_w_gt_5,w_5"), picture).doubts == ()
    assert asked == []
    doubts = resolution(parse("if_fc_eq_1,w_5"), picture).doubts
    assert asked == [1]
    assert "counts" in doubts[0]


def test_thousands_of_nested_conditions_neither_hang_nor_overflow() -> None:
    text = "/".join(["if_w_gt_1"] * 2_000 + ["w_5"] + ["if_end"] * 2_000)
    assert resolved(text) == "w_5"


def test_every_form_of_the_reference_is_worked_out_or_left_as_it_is() -> None:
    listed = Path(__file__).with_name("reference_transformations.txt")
    for text in listed.read_text(encoding="utf-8").splitlines():
        if text and not text.startswith("#"):
            once = resolved(text)
            assert str(parse(once)) == once
            assert resolved(once) == once


PARTS = st.sampled_from(
    [
        "w_5",
        "if_w_gt_3",
        "if_ils_gt_3",
        "if_w_lt_3,h_4",
        "if_else",
        "if_else,q_1",
        "if_end",
        "$x_3",
        "w_$x",
        "l_logo",
        "fl_layer_apply",
        "t_plain",
        "t_nobody",
        "e_blur:$x_mul_w",
        "$x_!a!",
        "",
    ]
)


@given(st.lists(PARTS, max_size=12))
def test_any_chain_is_worked_out_or_refused_and_then_stays_so(parts: list[str]) -> None:
    try:
        once = resolve(parse("/".join(parts)), PICTURE, named=NAMED)
    except TransformationError:
        return
    assert str(parse(str(once))) == str(once)
    decided = not any(unknown in str(once) for unknown in ("ils", "nobody", "$", "l_logo"))
    if decided:
        assert "if_" not in str(once)
        assert resolve(once, PICTURE, named=NAMED) is once
