"""Misspelt words: what may have been meant is said, and nothing is changed by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import TransformationError, parse
from bridge_app.transform.model import Format, Gravity
from bridge_app.transform.spelling import Doubt, doubts, meant_parameter, meant_values
from bridge_app.transform.vocabulary import KEYS


@pytest.mark.parametrize(
    ("text", "found", "suggestion"),
    [
        ("width_300", "width_300", "w_300"),
        ("c_fill,w=300", "w=300", "w_300"),
        ("w300", "w300", "w_300"),
        ("heigth:20", "heigth:20", "h_20"),
        ("crop: thumb", "crop: thumb", "c_thumb"),
        ("w_10/sepia", "sepia", "e_sepia"),
        ("l_logo/layer_aply", "layer_aply", "fl_layer_apply"),
        ("north_east", "north_east", "g_north_east"),
        ("w_300px", "300px", "300"),
        ("h_50%", "50%", "0.5"),
        ("q_atuo:best", "atuo:best", "auto:best"),
        ("q_high", "high", ""),
        ("dpr_atuo", "atuo", "auto"),
    ],
)
def test_a_refusal_says_what_may_have_been_meant(text: str, found: str, suggestion: str) -> None:
    with pytest.raises(TransformationError) as caught:
        parse(text)
    assert caught.value.found == found
    assert (*caught.value.suggestions, "")[0] == suggestion


def test_a_refused_parameter_names_its_suggestion_in_the_sentence() -> None:
    with pytest.raises(TransformationError, match=r"at character 8 stands “width=9”, where w_9"):
        parse("c_fill,width=9")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c_fil,w_1", Doubt(position=2, found="fil", suggestions=("fill", "lfill", "fit"))),
        ("w_1//g_norht", Doubt(position=7, found="norht", suggestions=("north",))),
        ("e_seepia:30", Doubt(position=2, found="seepia", suggestions=("sepia",))),
        ("fl_lossy.tilled", Doubt(position=9, found="tilled", suggestions=("tiled",))),
        ("f_jgp", Doubt(position=2, found="jgp", suggestions=("jpg", "jp2"))),
        ("wd_3", Doubt(position=0, found="wd", suggestions=("w", "d"))),
    ],
)
def test_a_word_near_a_known_one_is_kept_and_doubted(text: str, expected: Doubt) -> None:
    transformation = parse(text)
    assert str(transformation) == text
    assert doubts(transformation) == (expected,)


@pytest.mark.parametrize(
    "text",
    [
        "c_fill,g_auto:subject,h_300,w_400/f_auto/q_auto:best",
        "e_art:zorro/e_vectorize:colors_3;detail_5/e_tint:40:red",
        "g_$where,c_$how,e_$what",
        "g_region_!logo!,g_auto:cat_20",
        "l_text:Arial_20:Hi,co_darkorange/fl_layer_apply.no_overflow:x",
        "c_zzzzzz,e_brandnew,fl_whatsoever",
        "$fil_3,if_fil_gt_3",
        "a_17.hflip,r_10:20,b_rgb:ff0,t_fil",
        "b_auto:predominant_gradient:4,b_blurred:300:10",
    ],
)
def test_what_is_known_or_far_from_all_known_is_not_doubted(text: str) -> None:
    assert doubts(parse(text)) == ()


def test_the_vocabulary_knows_its_own_words() -> None:
    for key in KEYS.values():
        for word in key.words:
            assert doubts(parse(f"{key.code}_{word}")) == ()
    assert set(Gravity) <= set(KEYS["g"].words)
    assert set(Format) <= set(KEYS["f"].words)


@given(st.sampled_from(sorted(KEYS)), st.text(max_size=60))
def test_suggestions_are_few_and_never_the_text_itself(key: str, text: str) -> None:
    for found in (meant_parameter(text), meant_values(key, text)):
        assert len(found) <= 3
        assert text not in found


@given(st.sampled_from(KEYS["e"].words), st.integers(0, 20))
def test_an_effect_with_a_letter_lost_is_found_again(effect: str, place: int) -> None:
    lost = effect[: place % len(effect)] + effect[place % len(effect) + 1 :]
    if len(lost) > 4 and lost not in KEYS["e"].words:
        assert effect in meant_values("e", lost)
