"""Parameters as every client sends them."""

import cloudinary.utils
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bridge_app.sandbox.cloudinary.params import Params, parse_context

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
KEY = st.text(st.characters(exclude_characters="=|\\", exclude_categories=["Cs"]), min_size=1)


@given(st.dictionaries(KEY, TEXT, max_size=6))
def test_context_comes_back_as_the_sdk_sent_it(context: dict[str, str]) -> None:
    # The SDK does not escape a backslash, so one at a value's end swallows the separator.
    assume(not any(value.endswith("\\") for value in context.values()))
    assert dict(parse_context(cloudinary.utils.encode_context(context))) == context


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("a=b|c=d", [("a", "b"), ("c", "d")]),
        (r"a=b\=c\|d", [("a", "b=c|d")]),
        ("a=b=c", [("a", "b=c")]),
        (r"a\=b=c", [("a=b", "c")]),
        (r"path=C:\new", [("path", r"C:\new")]),
        ("line=one\ntwo", [("line", "one\ntwo")]),
        ("a=", [("a", "")]),
        ("nothing", []),
        ("=value", []),
        ("", []),
    ],
)
def test_context_is_split_at_what_is_not_escaped(text: str, pairs: list[tuple[str, str]]) -> None:
    assert parse_context(text) == pairs


@pytest.mark.parametrize(
    "pairs",
    [
        [("ids[]", "a,b"), ("ids[]", "c")],
        [("ids[0]", "a,b"), ("ids[1]", "c")],
        [("ids", "a,b"), ("ids", "c")],
        [("ids", '["a,b","c"]')],
    ],
)
def test_an_array_is_the_same_in_every_spelling(pairs: list[tuple[str, str]]) -> None:
    assert Params.of(pairs).array("ids") == ("a,b", "c")


def test_a_json_body_is_read_like_a_form() -> None:
    params = Params.of_json({"ids": ["a", "b"], "all": True, "none": None, "n": 5, "o": {"x": 1}})
    assert params.array("ids") == ("a", "b")
    assert params.flag("all")
    assert "none" not in params
    assert params.text("n") == "5"
    assert params.text("o") == '{"x": 1}'


def test_commas_separate_tags_and_empty_and_double_ones_go() -> None:
    assert Params.of([("tags", "a, b,,a"), ("tags", "c")]).csv("tags") == ("a", "b", "c")


def test_the_first_parameters_win_when_two_are_merged() -> None:
    merged = Params.of([("a", "1")]).merged(Params.of([("a", "2"), ("b", "3")]))
    assert (merged.text("a"), merged.text("b")) == ("1", "3")
