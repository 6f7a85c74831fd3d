"""Presets beside named transformations."""

import pytest

from bridge_app.domain.named_matching import Match, NamedTransformation, canonical, match_named
from bridge_app.domain.presets import RenditionPreset


def preset(name: str, transformation: str) -> RenditionPreset:
    return RenditionPreset(name=name, title="", transformation=transformation, format="")


def test_every_name_of_either_side_is_there_once() -> None:
    found = match_named(
        [preset("a", "c_fill,w_1"), preset("b", "w_1"), preset("c", "w_1")],
        [
            NamedTransformation(name="d", definition="w_4"),
            NamedTransformation(name="a", definition="w_1,c_fill", used=True),
            NamedTransformation(name="b", definition="w_2"),
        ],
    )
    assert [(one.name, one.match) for one in found] == [
        ("a", Match.SAME),
        ("b", Match.DIFFERENT),
        ("c", Match.ONLY_HERE),
        ("d", Match.ONLY_THERE),
    ]
    assert found[0].used
    assert (found[1].here, found[1].there) == ("w_1", "w_2")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("w_1,h_2", "h_2,w_1"),
        ("w_1//h_2", "w_1/h_2"),
        ("$b_1,w_$b,c_fill", "$b_1,c_fill,w_$b"),
        ("if_w_gt_1,w_2,c_fill", "if_w_gt_1,c_fill,w_2"),
    ],
)
def test_spellings_of_the_same_are_one(text: str, same: str) -> None:
    assert canonical(text) == canonical(same) == same


def test_the_order_of_steps_and_of_variables_means_something() -> None:
    assert canonical("w_1/h_2") != canonical("h_2/w_1")
    assert canonical("$a_1,$b_$a") != canonical("$b_$a,$a_1")
