"""What a structured metadata field takes, and what it says when it does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.metadata_fields import (
    AllOf,
    Bound,
    Entry,
    FieldType,
    FieldValue,
    Length,
    MetadataField,
    Pattern,
    UnknownCheck,
    Validation,
    WrongDefinitionError,
    checked_definition,
)
from bridge_app.domain.metadata_rules import FieldState, Schema
from bridge_app.domain.metadata_values import (
    MetadataValueError,
    fault,
    faults,
    matches,
    parsed,
    shown,
    typed,
)

ON = FieldState()
COLOURS = (
    Entry(external_id="r", value="Red"),
    Entry(external_id="g", value="Green"),
    Entry(external_id="x", value="Old", active=False),
)


def made(kind: FieldType, validation: Validation | None = None, **facts: bool) -> MetadataField:
    entries = COLOURS if kind.has_datasource else ()
    return MetadataField(
        external_id="f", label="Field", type=kind, validation=validation, entries=entries, **facts
    )


def sentence(field: MetadataField, value: FieldValue, state: FieldState = ON) -> str:
    found = fault(field, value, state)
    return found.sentence() if found else ""


@given(st.integers(-(10**17), 10**17))
def test_a_number_reads_back_as_it_is_shown(number: int) -> None:
    field = made(FieldType.INTEGER)
    assert parsed(field, shown(field, number)) == number
    assert fault(field, number, ON) is None


@given(st.dates())
def test_a_date_reads_back_as_it_is_shown(day: date) -> None:
    field = made(FieldType.DATE)
    assert parsed(field, shown(field, day.isoformat())) == day.isoformat()
    assert fault(field, day.isoformat(), ON) is None


@given(st.sets(st.sampled_from(["r", "g"])))
def test_a_set_reads_back_by_what_people_see(chosen: set[str]) -> None:
    field = made(FieldType.SET)
    value = parsed(field, sorted(chosen))
    assert parsed(field, shown(field, value)) == value


@given(st.one_of(st.text(), st.integers(), st.lists(st.text()), st.none(), st.floats()))
def test_whatever_the_service_says_becomes_a_value_and_never_an_error(given_value: object) -> None:
    for kind in FieldType:
        field = made(kind)
        value = typed(field, given_value)
        assert value is None or isinstance(value, str | int | tuple)
        fault(field, value, ON)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (FieldType.INTEGER, "3.5"),
        (FieldType.INTEGER, "٣"),
        (FieldType.DATE, "31.12.2026"),
        (FieldType.DATE, "2026-02-30"),
        (FieldType.ENUM, "Blue"),
        (FieldType.ENUM, "Old"),
        (FieldType.SET, "Red, Blue"),
    ],
)
def test_words_that_are_no_value_are_refused_by_name(kind: FieldType, words: str) -> None:
    with pytest.raises(MetadataValueError, match="“"):
        parsed(made(kind), words)


def test_entries_are_named_by_id_by_value_and_without_minding_capitals() -> None:
    field = made(FieldType.ENUM)
    assert [parsed(field, words) for words in ("r", "Red", "red", " RED ")] == ["r"] * 4
    assert parsed(field, "  ") is None


def bound(value: str | int, *, above: bool, equals: bool = False) -> Bound:
    return Bound(value=value, above=above, equals=equals)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (made(FieldType.INTEGER), "x", "“Field” needs a whole number."),
        (made(FieldType.DATE), "2026-13-01", "“Field” needs a date such as 2026-05-31."),
        (made(FieldType.ENUM), "x", "“Old” is not in the list of “Field”."),
        (made(FieldType.SET), ("g", "?"), "“?” is not in the list of “Field”."),
        (made(FieldType.STRING, Length(least=3)), "ab", "“Field” needs at least 3 characters."),
        (made(FieldType.STRING, Length(most=1)), "ab", "“Field” takes at most 1 characters."),
        (
            made(FieldType.STRING, Pattern(regex="^[A-Z]+$")),
            "ab",
            "“Field” has to match the pattern ^[A-Z]+$.",
        ),
        (
            made(FieldType.INTEGER, bound(5, above=True)),
            5,
            "“Field” has to be greater than 5.",
        ),
        (
            made(FieldType.INTEGER, bound(5, above=False, equals=True)),
            6,
            "“Field” has to be 5 or less.",
        ),
        (
            made(FieldType.DATE, bound("2026-01-01", above=True, equals=True)),
            "2025-12-31",
            "“Field” has to be 2026-01-01 or more.",
        ),
        (
            made(
                FieldType.INTEGER,
                AllOf(checks=(bound(1, above=True), bound(9, above=False))),
            ),
            9,
            "“Field” has to be less than 9.",
        ),
        (made(FieldType.STRING, mandatory=True), None, ""),
    ],
)
def test_a_fault_is_a_plain_sentence(field: MetadataField, value: FieldValue, told: str) -> None:
    assert sentence(field, value) == told


@given(st.integers(-20, 20), st.integers(-20, 20), st.booleans(), st.booleans())
def test_bounds_hold_for_numbers(value: int, limit: int, above: bool, equals: bool) -> None:
    field = made(FieldType.INTEGER, bound(limit, above=above, equals=equals))
    strictly = value > limit if above else value < limit
    assert (fault(field, value, ON) is None) == (strictly or (equals and value == limit))


def test_states_of_rules_decide_too() -> None:
    field = made(FieldType.ENUM)
    narrow = FieldState(allowed=frozenset({"g"}))
    assert "cannot be chosen" in sentence(field, "r", narrow)
    assert sentence(field, "g", narrow) == ""
    assert "switched off" in sentence(field, "g", FieldState(enabled=False))
    assert "must not be empty" in sentence(field, None, FieldState(mandatory=True))


def test_a_mandatory_field_with_a_default_may_be_empty_and_others_may_not() -> None:
    with_default = MetadataField(
        external_id="a", label="A", type=FieldType.STRING, mandatory=True, default="x"
    )
    without = MetadataField(external_id="b", label="B", type=FieldType.STRING, mandatory=True)
    assert set(faults(Schema(fields=(with_default, without)), {})) == {"b"}
    assert faults(Schema(), {"unknown": "value"}) == {}


def test_checks_we_do_not_know_are_left_to_the_service() -> None:
    assert fault(made(FieldType.STRING, UnknownCheck(json="{}")), "anything", ON) is None


@pytest.mark.parametrize(
    "regex", ["(a+)+$", "(a|a)*b", r"(a)\1", "a*a*a*a*b", "a?" * 30 + "a" * 30, "[", "(?<n>a)"]
)
def test_patterns_that_could_take_for_ever_or_cannot_be_read_are_left_to_the_service(
    regex: str,
) -> None:
    assert matches(regex, "a" * 300) is None


def test_ordinary_patterns_are_tried_here() -> None:
    assert matches(r"^[A-Z]{2}-\d{4}$", "AB-1234") is True
    assert matches(r"^[\w.]+@[\w.]+$", "nobody") is False


@pytest.mark.parametrize(
    ("field", "why"),
    [
        (MetadataField(external_id="", label=" ", type=FieldType.STRING), "label"),
        (MetadataField(external_id="", label="A", type=FieldType.ENUM), "at least one value"),
        (
            MetadataField(external_id="", label="A", type=FieldType.STRING, mandatory=True),
            "default value",
        ),
        (
            MetadataField(
                external_id="",
                label="A",
                type=FieldType.INTEGER,
                validation=Bound(value="2026-01-01", above=True),
            ),
            "bounds need",
        ),
        (
            MetadataField(
                external_id="", label="A", type=FieldType.DATE, validation=Length(least=1)
            ),
            "only texts",
        ),
        (MetadataField(external_id="", label="Taken", type=FieldType.STRING), "this label"),
        (MetadataField(external_id="x" * 256, label="A", type=FieldType.STRING), "external ID"),
    ],
)
def test_a_definition_the_service_would_refuse_is_refused_here(
    field: MetadataField, why: str
) -> None:
    there = MetadataField(external_id="t", label="Taken", type=FieldType.STRING)
    with pytest.raises(WrongDefinitionError, match=why):
        checked_definition(field, [there])
