"""The chain of steps: text and list say the same, whatever is done to either."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import TransformationError
from bridge_app.transform.geometry import Box, Size
from bridge_app.ui.studio.chain import Chain, Step, StepKind
from bridge_app.ui.studio.edits import (
    crop_before,
    effect_value,
    moved_to,
    position_of,
    size_before,
    value_of,
    with_crop,
    with_effect,
    with_values,
)
from bridge_app.ui.studio.picture_overlay import PictureOverlay

LAYER = "co_white,l_text:Arial_40:Hi/fl_layer_apply,x_0,y_0"
TEXTS = ["a_90", "c_fill,w_400", "e_sepia", "q_auto", LAYER, "r_20", "if_w_gt_3/e_blur/if_end"]
BOX = Box(left=10, top=20, width=300, height=200)
chains = st.lists(st.tuples(st.sampled_from(TEXTS), st.booleans()), max_size=6).map(
    lambda steps: Chain(steps=tuple(Step(text=text, on=on) for text, on in steps))
)


def texts(chain: Chain) -> list[str]:
    return [step.text for step in chain.steps]


@given(st.lists(st.sampled_from(TEXTS), max_size=6))
def test_a_text_is_split_into_steps_and_comes_back_identical(steps: list[str]) -> None:
    text = "/".join(steps)
    chain = Chain.of(text)
    assert str(chain) == text
    assert texts(chain) == steps


@given(chains, st.lists(st.sampled_from(TEXTS), max_size=5))
def test_typing_another_text_never_loses_what_is_switched_off(
    chain: Chain, typed: list[str]
) -> None:
    text = "/".join(typed)
    retyped = chain.retyped(text)
    assert str(retyped) == text
    off = [step.text for step in chain.steps if not step.on]
    assert [step.text for step in retyped.steps if not step.on] == off


@given(chains, st.data())
def test_moving_a_step_keeps_all_of_them(chain: Chain, data: st.DataObject) -> None:
    if not chain.steps:
        return
    place = data.draw(st.integers(0, len(chain.steps) - 1))
    to = data.draw(st.integers(0, len(chain.steps) - 1))
    moved = chain.moved(place, to)
    assert moved.steps[to] == chain.steps[place]
    assert sorted(map(repr, moved.steps)) == sorted(map(repr, chain.steps))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a_90", StepKind.TURN),
        ("c_crop,w_300", StepKind.CROP),
        ("c_fill,w_300", StepKind.SIZE),
        ("w_300", StepKind.SIZE),
        ("e_blur:300", StepKind.EFFECT),
        ("r_max", StepKind.SHAPE),
        ("bo_4px_solid_red", StepKind.SHAPE),
        ("f_auto,q_auto", StepKind.DELIVERY),
        ("so_1,eo_3", StepKind.TRIM),
        (LAYER, StepKind.TEXT),
        ("l_logo,w_50", StepKind.LAYER),
        ("if_w_gt_100/e_sepia/if_end", StepKind.CONDITION),
        ("t_card", StepKind.OTHER),
    ],
)
def test_a_step_says_what_it_is_about(text: str, kind: StepKind) -> None:
    assert Chain.of(text).steps[0].kind is kind


def test_new_steps_go_where_they_make_sense() -> None:
    chain = Chain.of("c_fill,h_300,w_400/q_auto")
    chain = with_effect(chain, "sepia", "60", neutral="0")
    chain = with_crop(chain, BOX)
    chain = with_values(chain, StepKind.TURN, {"a": "90"})
    assert str(chain) == ("a_90/c_crop,h_200,w_300,x_10,y_20/c_fill,h_300,w_400/e_sepia:60/q_auto")


def test_a_control_changes_its_own_parameters_and_leaves_the_others() -> None:
    chain = Chain.of("c_fill,g_auto,h_300,w_400")
    chain = with_values(chain, StepKind.SIZE, {"w": "800", "h": ""})
    assert str(chain) == "c_fill,g_auto,w_800"
    assert value_of(chain, StepKind.SIZE, "g") == "auto"


def test_a_neutral_effect_leaves_no_step() -> None:
    chain = with_effect(Chain(), "brightness", "30")
    assert effect_value(chain, "brightness") == "30"
    assert str(with_effect(chain, "brightness", "0")) == ""
    assert effect_value(Chain(), "brightness") is None


def test_a_crop_counts_in_pixels_of_what_comes_before_it() -> None:
    chain = Chain.of("a_90/c_crop,h_100,w_100/c_fill,w_50")
    assert crop_before(chain) == "a_90"
    assert size_before(Size(width=600, height=400), "a_90") == Size(width=400, height=600)


def test_an_overlay_is_moved_without_a_change_of_its_looks() -> None:
    step = PictureOverlay(public_id="brand/logo", width_px=120, opacity=60).step
    moved = moved_to(step, 40, -8)
    assert moved == "l_brand:logo/c_scale,w_120/o_60/fl_layer_apply,x_40,y_-8"
    assert position_of(moved) == (40, -8)


def test_a_text_that_is_no_transformation_is_refused_with_its_place() -> None:
    with pytest.raises(TransformationError) as caught:
        Chain.of("c_fill,w_400/oops")
    assert caught.value.position == 13
