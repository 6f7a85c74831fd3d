"""Arithmetic of the transformation language."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform.expressions import (
    Datum,
    ExpressionError,
    evaluate,
    is_computed,
    pieces,
    written,
)

NAMES: dict[str, Datum] = {
    "iw": Fraction(1200),
    "ih": Fraction(800),
    "$half": Fraction(1, 2),
    "$word": ("red",),
    "$digits": ("12",),
    "ctx:type": ("shoes",),
    "ctx:a_b": ("7",),
    "tags": ("sale", "new item"),
}


def value(text: str) -> Datum | None:
    return evaluate(pieces(text), NAMES.get)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("5", 5),
        ("-5", -5),
        (".25", Fraction(1, 4)),
        ("16:9", Fraction(16, 9)),
        ("iw_div_2", 600),
        ("2_add_3_mul_4", 14),
        ("2_mul_3_add_4", 10),
        ("10_sub_3_sub_2", 5),
        ("100_div_10_div_5", 2),
        ("2_mul_3_pow_2", 18),
        ("17_mod_5_mul_2", 4),
        ("iw_sub_ih_div_2_add_1", 801),
        ("iw_mul_$half", 600),
        ("9_pow_0.5", 3),
        ("2_pow_-2", Fraction(1, 4)),
        ("$digits_add_1", 13),
        ("7.9_to_i", 7),
        ("ctx:!a_b!_to_i_mul_2", 14),
        ("$digits_to_f_div_5", Fraction(12, 5)),
    ],
)
def test_arithmetic_binds_as_the_vendors_page_says(text: str, result: Fraction) -> None:
    assert value(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("!red!", ("red",)),
        ("!sale:new%20item!", ("sale", "new item")),
        ("!!", ()),
        ("!a_b_in_c!", ("a_b_in_c",)),
        ("ctx:!type!", ("shoes",)),
        ("tags", ("sale", "new item")),
        ("$word", ("red",)),
    ],
)
def test_strings_stand_between_exclamation_marks(text: str, result: tuple[str, ...]) -> None:
    assert value(text) == result


@pytest.mark.parametrize(
    "text",
    [
        "",
        "_",
        "iw_",
        "_iw",
        "iw_div",
        "mul_2",
        "iw_iw",
        "nobody",
        "$nobody",
        "ils_mul_2",
        "!x",
        "$word_mul_2",
        "tags_add_1",
        "md:!x!",
        "1_to_x",
        "to_i",
        "5_add_",
    ],
)
def test_what_is_unknown_or_no_expression_has_no_value(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "iw_div_0",
        "iw_mod_0",
        "1:0",
        "2_pow_65",
        "9_pow_99999999999",
        "0_pow_-1",
        "-4_pow_0.5",
        "_mul_".join(["999999999999999999"] * 50),
        "999999999999999999_pow_64",
    ],
)
def test_arithmetic_without_a_result_is_refused_fast(text: str) -> None:
    with pytest.raises(ExpressionError):
        value(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(5), "5"),
        (Fraction(-3), "-3"),
        (Fraction(1, 2), "0.5"),
        (Fraction(-1, 3), "-0.333333"),
        (Fraction(2, 3), "0.666667"),
        (Fraction(1, 10**9), "0"),
        (Fraction(-1, 10**9), "0"),
    ],
)
def test_a_number_is_written_plainly(number: Fraction, text: str) -> None:
    assert written(number) == text


def test_plain_values_are_told_from_computed_ones() -> None:
    assert [is_computed(text) for text in ("300", "iw", "auto:breakpoints_50_1000", "face")] == [
        False,
        False,
        False,
        False,
    ]
    assert is_computed("iw_div_2")
    assert is_computed("$x")


OPERANDS = st.integers(0, 999).map(str)
OPERATORS = st.sampled_from(["add", "sub", "mul"])


@given(first=OPERANDS, rest=st.lists(st.tuples(OPERATORS, OPERANDS), max_size=8))
def test_sums_and_products_are_those_of_python(first: str, rest: list[tuple[str, str]]) -> None:
    signs = {"add": "+", "sub": "-", "mul": "*"}
    text = "_".join([first, *(word for pair in rest for word in pair)])
    code = first + "".join(signs[operator] + operand for operator, operand in rest)
    assert value(text) == eval(code)  # noqa: S307 - digits and three signs, made above


@given(st.text(alphabet="iwh_$!:012.-acdmulv", max_size=60))
def test_any_text_has_a_value_or_none_or_is_refused(text: str) -> None:
    try:
        found = value(text)
    except ExpressionError:
        return
    assert found is None or isinstance(found, Fraction | tuple)
