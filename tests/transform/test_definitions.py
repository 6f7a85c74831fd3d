"""Which named transformations a text needs, of those that are known here."""

import pytest

from bridge_app.transform import Fidelity, TransformationError
from bridge_app.transform.definitions import about_definitions, definitions_used
from bridge_app.transform.fidelity import worst

NAMED = {
    "hero": "c_fill,h_630,w_1200/t_warm",
    "warm": "e_sepia:20",
    "round": "r_max/t_round",
    "broken": "w_abc",
    "other": "w_1",
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("c_fill,w_100", set()),
        ("t_hero", {"hero", "warm"}),
        ("w_100/t_warm.round,q_auto", {"warm", "round"}),
        ("t_unknown/t_broken", {"broken"}),
        ("l_logo/t_warm/fl_layer_apply", {"warm"}),
        ("l_text:Arial_20:t_hero", set()),
    ],
)
def test_what_a_text_names_comes_with_what_that_names(text: str, found: set[str]) -> None:
    assert definitions_used(text, NAMED) == {name: NAMED[name] for name in found}


def test_a_text_that_is_none_is_told() -> None:
    with pytest.raises(TransformationError):
        definitions_used("t_hero/w_abc", NAMED)


def test_a_preset_that_stands_in_is_no_certainty() -> None:
    said = worst(about_definitions({"warm": "e_sepia:20"}))
    assert said.fidelity is Fidelity.APPROXIMATE
    assert "t_warm" in said.reasons[0]
    assert about_definitions({}) == []
