"""Every form of the language comes back as it was written, and any text is answered in time."""

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge_app.transform import Transformation, TransformationError, parse
from bridge_app.transform.completion import complete
from bridge_app.transform.roles import roles
from bridge_app.transform.sdk_options import from_options, to_options
from bridge_app.transform.spelling import doubts
from tests.transform.grammar import STRINGS, TEXTS, TRANSFORMATIONS, links


def comes_back(text: str) -> None:
    """What holds for each transformation that Cloudinary would take."""
    transformation = parse(text)
    assert str(transformation) == text
    assert len(roles(transformation)) == len(transformation.components)
    places = [transformation.start_of(i) for i in range(len(transformation.components))]
    for place, component in zip(places, transformation.components, strict=True):
        assert text[place:].startswith(str(component))


def read(text: str) -> Transformation | TransformationError:
    try:
        return parse(text)
    except TransformationError as error:
        return error


def is_answered(text: str) -> None:
    """Any text is kept as it is, or refused with a place inside it."""
    answer = read(text)
    if isinstance(answer, TransformationError):
        assert text[answer.position :].startswith(answer.found)
        assert answer.expected in str(answer)
        return
    assert str(answer) == text
    for doubt in doubts(answer):
        assert text[doubt.position :].startswith(doubt.found)
        assert doubt.suggestions


@given(TRANSFORMATIONS)
def test_every_form_of_the_language_survives_the_round_trip(text: str) -> None:
    comes_back(text)


@pytest.mark.soak
@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(links(), min_size=11, max_size=11, unique=True))
def test_a_hundred_thousand_chains_survive_the_round_trip(chained: list[str]) -> None:
    """Each draw gives 110 chains: every part of it behind every other one."""
    for first, second in permutations(chained, 2):
        comes_back(f"{first}/{second}")


@given(TRANSFORMATIONS)
def test_what_the_model_says_in_options_is_the_same_transformation(text: str) -> None:
    without_empty = "/".join(filter(None, map(str, parse(text).components)))
    assert str(from_options(to_options(parse(text)))) == without_empty


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    """A transformation with some of it lost, and something else in its place."""
    text = draw(TRANSFORMATIONS)
    first, last = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return text[:first] + draw(st.text(max_size=5)) + text[last:]


_ANYTHING = st.one_of(st.text(), _damaged(), st.text("wchaxyq_,/$.:-!()0123456789", max_size=60))


@given(_ANYTHING)
def test_any_text_is_kept_or_refused_in_place(text: str) -> None:
    is_answered(text)


@pytest.mark.soak
@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(_ANYTHING)
def test_twenty_thousand_texts_are_kept_or_refused_in_place(text: str) -> None:
    is_answered(text)


@given(st.sampled_from(["$label_{},w_1", "if_{}_in_tags,w_1", "g_region_{},w_1"]), STRINGS)
def test_commas_and_slashes_inside_a_string_separate_nothing(form: str, string: str) -> None:
    (component,) = parse(form.format(string)).components
    assert [str(p) for p in component.parameters] == [
        form.format(string).removesuffix(",w_1"),
        "w_1",
    ]


@given(TEXTS)
def test_an_exclamation_mark_in_a_text_layer_is_a_letter(text: str) -> None:
    said = text.replace(",", "%252C").replace("/", "%252F")
    written = f"l_text:Arial_20:Hi!{said},w_10/l_text:Arial_20:_!{said}"
    assert [len(component.parameters) for component in parse(written).components] == [2, 1]


@pytest.mark.parametrize(
    "name", ["l_dir:_!", "u_!new", "t_!", "d_no_!.png", "bl_!one", "new_!", "e_!x"]
)
def test_an_exclamation_mark_in_a_name_is_a_letter(name: str) -> None:
    found = parse(f"{name},w_1/$a_!x,y/z!,w_2").components
    assert [len(component.parameters) for component in found] == [2, 2]


LONG_TEXTS = [
    "!" * 100_000,
    "l_text:Arial_20:" + "a!" * 50_000,
    "$a_!" + ",/" * 50_000,
    "e_blur:" + "(" * 100_000,
    "e_tint:" + "rgb:" * 25_000,
    "a_" + "90." * 30_000,
    "a_" + "1.5." * 30_000 + "x",
    "w_" + "$a_mul_" * 20_000,
    "w_" + "9" * 100_000,
    "vc_" + "a:" * 50_000,
    "pg_" + "1-2;" * 30_000,
    "b_auto:palette_" + "red_" * 30_000,
    "/".join(["c_fill,w_1"] * 20_000),
    ",".join(["w_1"] * 50_000),
    "if_" + "w_gt_1_and_" * 20_000 + "!x",
]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", LONG_TEXTS, ids=lambda text: text[:12])
def test_a_hundred_thousand_characters_are_answered_at_once(text: str) -> None:
    is_answered(text)
    assert isinstance(complete(text, len(text)), list)


def test_the_parts_of_a_string_are_not_components() -> None:
    text = "$path_!a/b,c!/l_text:Arial_20:$(path)"
    assert isinstance(parse(text), Transformation)
    assert [str(c) for c in parse(text).components] == ["$path_!a/b,c!", "l_text:Arial_20:$(path)"]
