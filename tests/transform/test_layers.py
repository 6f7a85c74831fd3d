"""Which components make a layer, what is done to it, and what places it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import TransformationError, parse
from bridge_app.transform.layers import MAXIMUM_DEPTH, LayerSpan, layer_spans


def one(text: str) -> LayerSpan:
    (span,) = layer_spans(parse(text))
    return span


def test_a_bracket_is_opened_filled_and_applied() -> None:
    span = one("c_fill,w_400/l_logo/c_scale,w_50/e_sepia/fl_layer_apply,g_south,x_5/q_auto")
    assert (span.first, span.last, str(span.source)) == (1, 4, "l_logo")
    assert str(span.chain) == "/c_scale,w_50/e_sepia/"
    assert str(span.placing) == "g_south,x_5"
    assert not span.is_under


def test_the_older_form_says_it_all_in_one_component() -> None:
    span = one("l_logo,w_50,g_south_east,x_5,e_multiply,o_40,fl_no_overflow")
    assert (span.first, span.last) == (0, 0)
    assert str(span.chain) == "w_50,o_40"
    assert str(span.placing) == "g_south_east,x_5,e_multiply"
    assert span.flags == {"no_overflow"}
    assert span.blend
    assert span.blend.text == "multiply"


def test_a_layer_that_is_opened_and_applied_at_once_is_the_older_form() -> None:
    span = one("u_logo,fl_layer_apply,g_west")
    assert span.is_under
    assert (str(span.chain), str(span.placing)) == ("", "g_west")


def test_what_a_closing_component_does_besides_placing_is_done_to_the_layer() -> None:
    span = one("l_logo/a_0,bo_6px_solid_red,fl_layer_apply.no_overflow,x_-6")
    assert str(span.chain) == "/a_0,bo_6px_solid_red"
    assert str(span.placing) == "x_-6"
    assert span.flags == {"layer_apply", "no_overflow"}


def test_a_gravity_inside_the_bracket_crops_and_does_not_place() -> None:
    span = one("l_photo,c_thumb,g_face,w_90,h_90/fl_layer_apply,g_south")
    assert str(span.chain) == "c_thumb,g_face,w_90,h_90/"
    assert str(span.placing) == "g_south"


def test_a_text_takes_its_colour_ground_and_width_for_itself() -> None:
    span = one("b_violet,c_fit,co_orchid,l_text:Arial_14:Hi,w_300,a_10/e_hue:9/fl_layer_apply")
    assert str(span.wording) == "b_violet,c_fit,co_orchid,w_300"
    assert str(span.chain) == "a_10/e_hue:9/"


@pytest.mark.parametrize(
    ("qualifiers", "wording"),
    [
        ("c_fit,w_0.5", ""),
        ("c_fit,fl_relative,w_200", ""),
        ("w_200", ""),
        ("c_scale,w_200", ""),
        ("c_fit,h_90,w_200", "c_fit,h_90,w_200"),
        ("bo_2px_solid_red", ""),
    ],
)
def test_only_a_fit_in_pixels_wraps_and_only_a_stroke_takes_the_border(
    qualifiers: str, wording: str
) -> None:
    assert str(one(f"l_text:Arial_14:a_stroke,{qualifiers}").wording) == wording


def test_a_stroked_text_takes_the_border() -> None:
    assert str(one("l_text:Arial_14_stroke:Hi,bo_2px_solid_red").wording) == "bo_2px_solid_red"


def test_flags_about_a_text_count_wherever_in_the_bracket_they_stand() -> None:
    text = "l_text:Arial_14:Hi/fl_text_no_trim/fl_text_disallow_overflow/fl_layer_apply"
    assert one(text).flags == {"layer_apply", "text_disallow_overflow", "text_no_trim"}


def test_flags_of_inner_layers_are_not_those_of_the_outer_one() -> None:
    span = one("l_a/l_b/fl_tiled/fl_layer_apply,fl_no_overflow/e_sepia/fl_layer_apply")
    assert span.flags == {"layer_apply"}
    (inner,) = layer_spans(span.chain)
    assert inner.flags == {"layer_apply", "no_overflow", "tiled"}


def test_older_and_newer_forms_stand_beside_one_another() -> None:
    spans = layer_spans(parse("l_a,w_5/e_sepia/l_b/c_scale,w_9/fl_layer_apply/u_c"))
    assert [(span.first, span.last, str(span.source)) for span in spans] == [
        (0, 0, "l_a"),
        (2, 4, "l_b"),
        (5, 5, "u_c"),
    ]


def test_the_position_is_that_of_the_layers_value() -> None:
    text = "c_scale,w_9/co_red,l_text:Arial_9:Hi,g_west/fl_layer_apply"
    assert text[one(text).position :].startswith("text:Arial_9:Hi")


def test_an_error_inside_a_layer_is_told_in_the_whole_text() -> None:
    text = "e_sepia/co_red,l_a,w_5/c_scale,w_99999/fl_layer_apply"
    span = one(text)
    at = str(span.chain).index("w_99999")
    error = span.located(TransformationError(position=at, found="w_99999", expected="less"))
    assert error.position == text.index("w_99999")


def test_layers_nest_sixteen_deep_and_no_deeper() -> None:
    def nested(depth: int) -> str:
        return "/".join(["l_a"] * depth + ["fl_layer_apply"] * depth)

    assert len(layer_spans(parse(nested(MAXIMUM_DEPTH)))) == 1
    with pytest.raises(TransformationError) as caught:
        layer_spans(parse(nested(MAXIMUM_DEPTH + 1)))
    assert caught.value.position == len("l_a/" * MAXIMUM_DEPTH)


def test_many_layers_side_by_side_are_no_nesting() -> None:
    assert len(layer_spans(parse("/".join(["l_a,w_5"] * 500 + ["l_b/fl_layer_apply"])))) == 501


COMPONENTS = st.sampled_from(
    [
        "l_a",
        "u_b,w_5",
        "l_text:Arial_9:x,co_red",
        "fl_layer_apply,g_west",
        "e_sepia",
        "c_fill,w_9",
        "",
    ]
)


@given(st.lists(COMPONENTS, max_size=24))
def test_every_source_is_in_exactly_one_layer_of_its_depth(parts: list[str]) -> None:
    chain = parse("/".join(parts))
    spans = layer_spans(chain)
    assert all(a.last < b.first for a, b in pairwise(spans))
    covered = {index for span in spans for index in range(span.first, span.last + 1)}
    sources = {i for i, c in enumerate(chain.components) if c.has("l") or c.has("u")}
    assert sources <= covered
