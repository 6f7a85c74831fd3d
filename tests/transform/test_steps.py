"""Chains: what the whole transformation makes of a size."""

import pytest

from bridge_app.transform import TransformationError, output_size, parse
from bridge_app.transform.roles import Role, roles


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", (1200, 800)),
        ("q_auto/f_auto", (1200, 800)),
        ("c_fill,w_600,h_600/c_scale,w_300", (300, 300)),
        ("c_crop,w_600,h_600/c_scale,w_0.5", (300, 300)),
        ("c_scale,w_300/c_scale,w_iw", (1200, 800)),
        ("a_90", (800, 1200)),
        ("a_90.hflip/a_90", (1200, 800)),
        ("a_180", (1200, 800)),
        ("w_600,a_-90", (400, 600)),
        ("a_90/c_scale,w_400", (400, 600)),
        ("c_fill,w_400/q_auto/dpr_2.0", (800, 533)),
        ("dpr_2.0/c_fill,w_400,h_400", (800, 800)),
        ("dpr_3.0/c_crop,w_900,h_600/c_scale,w_100", (300, 200)),
        ("/c_scale,w_600//", (600, 400)),
        ("a_auto_right,c_fit,h_600,w_300", (300, 450)),
        ("a_auto_left,c_limit,h_300,w_600", (450, 300)),
    ],
)
def test_each_component_works_on_what_the_one_before_made(text: str, size: tuple[int, int]) -> None:
    assert output_size(parse(text), 1200, 800) == size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("l_logo,w_50,h_50/c_scale,w_600", (600, 400)),
        ("l_logo/c_scale,w_50/fl_layer_apply,g_south/c_scale,w_600", (600, 400)),
        ("l_a/l_b/c_scale,w_9/fl_layer_apply/w_5/fl_layer_apply/w_600", (600, 400)),
        ("l_old,w_5/l_b/w_9/fl_layer_apply/w_600", (600, 400)),
        ("if_ils_gt_0.5,c_scale,w_10/w_600", (600, 400)),
        ("if_ils_gt_0.5/w_10/if_else/w_20/if_end/w_600", (600, 400)),
        ("if_ils_gt_0.5,w_10/if_else,w_20/if_end/w_600", (600, 400)),
        ("w_600/if_ils_gt_0.5/w_10", (600, 400)),
        ("c_scale,w_$x", (1200, 800)),
        ("t_unknown", (1200, 800)),
        ("c_crop,g_face", (1200, 800)),
    ],
)
def test_layers_and_what_nobody_knows_here_leave_the_picture_its_size(
    text: str, size: tuple[int, int]
) -> None:
    assert output_size(parse(text), 1200, 800) == size


def test_a_layers_components_belong_to_the_layer() -> None:
    chain = parse("w_9/l_logo/w_5/fl_layer_apply,x_1/q_auto/if_fc_gt_1,e_blur/e_sepia")
    assert roles(chain) == (
        Role.PICTURE,
        Role.LAYER,
        Role.LAYER,
        Role.LAYER,
        Role.PICTURE,
        Role.CONDITION,
        Role.PICTURE,
    )


def test_an_output_beyond_the_limit_is_refused_at_its_component() -> None:
    with pytest.raises(TransformationError) as caught:
        output_size(parse("q_auto/c_scale,w_99999,h_99999"), 1200, 800)
    assert caught.value.position == 7
    assert caught.value.cloudinary.startswith("Maximum image size is 50 Megapixels")


@pytest.mark.parametrize(
    "text",
    [
        "c_scale,w_99999",
        "c_fill,w_999999999,h_999999999",
        "c_pad,w_1,h_99999999",
        "dpr_999999999.0,w_1",
        "w_1200/e_blur/c_crop,w_100/c_mfit,w_99999",
        "c_scale,w_9999_mul_9999",
        "bo_99999px_solid_red",
        "c_scale,w_7000/e_shear:85:85",
    ],
)
def test_no_step_may_enlarge_beyond_the_limit(text: str) -> None:
    with pytest.raises(TransformationError, match="megapixels"):
        output_size(parse(text), 1200, 800)


@pytest.mark.parametrize(
    "text",
    [
        "c_crop,fl_no_overflow,w_1201,h_5",
        "c_crop,fl_no_overflow,w_300,h_200,x_901,y_0",
        "c_crop,fl_no_overflow,w_300,h_200,x_0,y_-1",
        "c_crop,fl_no_overflow,g_south_east,w_300,h_200,x_-1",
    ],
)
def test_a_crop_that_leaves_the_picture_is_refused_where_no_overflow_is_asked_for(
    text: str,
) -> None:
    with pytest.raises(TransformationError, match="inside the picture") as caught:
        output_size(parse(f"q_80/{text}"), 1200, 800)
    assert caught.value.position == 5
    output_size(parse(text.replace("fl_no_overflow,", "")), 1200, 800)


@pytest.mark.parametrize("text", ["c_crop,w_300,h_200,x_900,y_600", "c_crop,w_1.0", "c_fill,w_9"])
def test_no_overflow_lets_pass_what_lies_inside(text: str) -> None:
    assert output_size(parse(f"{text},fl_no_overflow"), 1200, 800) == output_size(
        parse(text), 1200, 800
    )


def test_a_master_larger_than_the_limit_may_keep_its_size() -> None:
    assert output_size(parse("c_limit,w_20000"), 20_000, 10_000) == (20_000, 10_000)


def test_a_narrow_strip_may_be_filled_to_a_square() -> None:
    assert output_size(parse("c_fill,w_1000,h_1000"), 30_000, 1) == (1000, 1000)
