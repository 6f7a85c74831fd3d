"""Completion in the raw editor: the language's words, where they can stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import TransformationError, parse
from bridge_app.transform.completion import Completion, complete
from bridge_app.transform.model import CropMode, Gravity
from bridge_app.transform.vocabulary import KEYS


def words(text: str, cursor: int | None = None) -> list[str]:
    return [found.text for found in complete(text, len(text) if cursor is None else cursor)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ["c_", "w_", "h_", "ar_", "g_", "q_"]),
        ("c_fill,w_10/", ["c_", "w_"]),
        ("wid", ["w_"]),
        ("eff", ["e_"]),
        ("sep", ["e_sepia"]),
        ("layer_a", ["fl_layer_apply"]),
        ("c_fi", ["fill", "fill_pad", "fit"]),
        ("g_north_", ["north_east", "north_west"]),
        ("fl_lossy.prog", ["progressive", "progressive:none"]),
        ("a_90.hf", ["hflip"]),
        ("e_blur:", ["100"]),
        ("e_contrast:", ["level_", "type_linear"]),
        ("e_simulate_colorblind:prot", ["protanopia"]),
        ("if_", ["else", "end", "w", "h"]),
        ("if_w_", ["eq", "ne", "lt", "gt"]),
        ("if_w_gt_3_", ["and", "or"]),
        ("if_w_gt_3_and_i", ["iw", "ih", "iar"]),
        ("w_iw_", ["add", "sub", "mul"]),
        ("w_iw_mul_ta", ["tar", "tags"]),
        ("$wide_300/w_$", ["$wide"]),
        ("$wide_300/w_iw_sub_$", ["$wide"]),
    ],
)
def test_what_may_stand_at_the_cursor_is_offered_likeliest_first(
    text: str, first: list[str]
) -> None:
    assert words(text)[: len(first)] == first


@pytest.mark.parametrize(
    "text", ["c_fill", "zz_", "$new_", "l_text:Arial_20:wid", "u_subtitles:Arial_20:c", "e_none:"]
)
def test_nothing_is_offered_where_nothing_is_known(text: str) -> None:
    assert words(text) in ([], ["fill_pad"])


@pytest.mark.parametrize(
    ("text", "meant"),
    [("c_fil1", "fill"), ("e_seepia", "sepia"), ("width=300", "w_300"), ("g_norht", "north")],
)
def test_a_misspelt_word_is_offered_as_it_may_be_meant(text: str, meant: str) -> None:
    assert meant in words(text)


def test_the_word_around_the_cursor_is_replaced_and_the_rest_stays() -> None:
    text = "c_fill,g_nort,w_300/q_auto"
    completion = next(c for c in complete(text, 12) if c.text == "north_east")
    assert completion == Completion(text="north_east", start=9, end=13, about="gravity")
    assert completion.applied(text) == "c_fill,g_north_east,w_300/q_auto"


def test_an_effect_is_offered_with_its_range() -> None:
    (hue,) = complete("e_hu", 4)
    assert (hue.text, hue.about) == ("hue", "-100 … 100 (80)")


def test_a_flag_is_offered_once() -> None:
    assert "lossy" not in words("fl_lossy.")
    assert "lossy" in words("fl_relative.")


def test_every_mode_and_anchor_that_can_be_computed_is_in_the_vocabulary() -> None:
    assert set(CropMode) <= set(KEYS["c"].words)
    assert set(Gravity) <= set(KEYS["g"].words)


@given(st.sampled_from(sorted(KEYS)))
def test_a_whole_word_that_is_offered_is_a_value_that_parses(key: str) -> None:
    for word in KEYS[key].words:
        if word[-1] not in ":_":
            assert str(parse(f"{key}_{word}")) == f"{key}_{word}"


_TYPED = st.lists(
    st.sampled_from(
        [
            *"cwhegq_:.,/$!;09 -",
            "if_",
            "fl_",
            "e_",
            "l_text:",
            "blur",
            "width",
            "_gt_",
            "mul",
            "$a_1",
        ]
    ),
    max_size=12,
).map("".join)


@given(st.one_of(_TYPED, st.text(max_size=60)), st.integers(-5, 70))
def test_completion_of_anything_changes_the_word_at_the_cursor_only(text: str, cursor: int) -> None:
    for found in complete(text, cursor):
        assert 0 <= found.start <= max(0, min(cursor, len(text))) <= found.end <= len(text)
        assert found.applied(text) != text
        assert not {",", "/"} & set(text[found.start : found.end])


@given(_TYPED)
def test_a_completed_word_does_not_break_what_was_right(text: str) -> None:
    try:
        parse(text)
    except TransformationError:
        return
    for found in complete(text, len(text)):
        if found.text[-1] not in ":_(" and "." not in text and "$" not in text:
            assert str(parse(found.applied(text)))
