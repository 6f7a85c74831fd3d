"""What renditions will cost: counted once each, with what is billed apart."""

import pytest

from bridge_app.domain.derived_costs import Billing, Wanted, charges, derived_costs


def wanted(*texts: str, asset: str = "env/a/1") -> list[Wanted]:
    return [Wanted(asset=asset, transformation=text, format="jpg") for text in texts]


def test_the_same_rendition_is_made_once() -> None:
    costs = derived_costs(wanted("w_1", "w_1", "w_2"))
    assert (costs.new, costs.transformations, costs.existing) == (2, 2, 0)


def test_what_is_there_costs_nothing() -> None:
    known = [one.identity for one in wanted("w_1")]
    costs = derived_costs(wanted("w_1", "w_2"), existing=known)
    assert (costs.new, costs.existing, costs.transformations) == (1, 1, 1)


def test_a_new_version_of_the_asset_is_derived_anew() -> None:
    known = [one.identity for one in wanted("w_1")]
    assert derived_costs(wanted("w_1", asset="env/a/2"), existing=known).new == 1


def test_a_format_for_each_browser_may_make_more_files() -> None:
    costs = derived_costs(wanted("w_1/f_auto", "w_2"))
    assert (costs.new, costs.at_most) == (2, 4)


@pytest.mark.parametrize(
    ("text", "name", "billing", "weight"),
    [
        ("e_gen_replace:from_a;to_b", "gen_replace", Billing.WEIGHTED, 120),
        ("b_gen_fill,c_pad,w_9", "gen_fill", Billing.WEIGHTED, 50),
        ("c_fill,e_background_removal", "background_removal", Billing.WEIGHTED, 75),
        ("c_imagga_crop,w_9", "imagga_crop", Billing.ADD_ON, 1),
        ("c_thumb,g_adv_faces,w_9", "adv_faces", Billing.ADD_ON, 1),
        ("w_9/q_jpegmini", "jpegmini", Billing.ADD_ON, 1),
    ],
)
def test_what_is_billed_apart_is_named(text: str, name: str, billing: Billing, weight: int) -> None:
    (charge,) = charges(text)
    assert (charge.name, charge.billing, charge.weight) == (name, billing, weight)


def test_an_ordinary_transformation_is_billed_as_one() -> None:
    assert charges("c_fill,e_blur:300,g_auto,h_9,w_9/q_auto/f_auto") == ()


def test_weights_add_up_and_are_told() -> None:
    costs = derived_costs(wanted("e_gen_restore/e_upscale", "w_1", "g_adv_face,c_thumb,w_2"))
    assert costs.transformations == 202
    assert costs.weighted == (("gen_restore", 1), ("upscale", 1))
    assert costs.add_ons == (("adv_face", 1),)
    assert "3 new derived assets" in costs.sentence()
    assert "gen_restore × 1 (billed apart)" in costs.sentence()
    assert "adv_face × 1 (an add-on)" in costs.sentence()


def test_a_named_transformation_costs_what_it_stands_for() -> None:
    costs = derived_costs(wanted("t_ai"), named={"ai": "e_gen_restore"})
    assert costs.weighted == (("gen_restore", 1),)
