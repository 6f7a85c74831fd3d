"""Rules in rows, and what is wrong with one before it is sent."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.metadata_fields import (
    Entry,
    FieldType,
    FieldValue,
    MetadataField,
    WrongDefinitionError,
)
from bridge_app.domain.metadata_rules import (
    Activation,
    Application,
    Condition,
    Equals,
    Every,
    Includes,
    MetadataRule,
    Populated,
    Schema,
    Some,
    holds,
)
from bridge_app.domain.rule_checks import MOST_TESTS, alternatives, checked_rule, joined

ENTRIES = (Entry(external_id="a", value="Acme"), Entry(external_id="b", value="Bolt"))
SCHEMA = Schema(
    fields=(
        MetadataField(external_id="brand", label="Brand", type=FieldType.ENUM, entries=ENTRIES),
        MetadataField(external_id="lines", label="Lines", type=FieldType.SET, entries=ENTRIES),
        MetadataField(external_id="code", label="Code", type=FieldType.INTEGER),
        MetadataField(external_id="note", label="Note", type=FieldType.STRING),
    )
)
RULE = MetadataRule(
    external_id="",
    target="lines",
    name=" Lines of Acme ",
    condition=Equals(field="brand", value="a"),
    mandatory=True,
)
NAMES = st.sampled_from(["one", "two", "three"])
TESTS = st.one_of(
    st.builds(Populated, field=NAMES, populated=st.booleans()),
    st.builds(Equals, field=NAMES, value=st.sampled_from(["x", "y"])),
)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.builds(Every, conditions=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Some, conditions=st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
VALUES = st.dictionaries(NAMES, st.sampled_from(["x", "y", ""]))


@given(CONDITIONS, st.lists(VALUES, min_size=1, max_size=4))
def test_rows_say_what_the_nested_condition_said(
    condition: Condition, assets: list[dict[str, FieldValue]]
) -> None:
    rows = alternatives(condition)
    assert rows is not None
    assert all(holds(joined(rows), one) == holds(condition, one) for one in assets)


def test_a_condition_that_would_take_too_many_rows_is_not_put_into_rows() -> None:
    pairs = [
        Some(conditions=tuple(Equals(field=f"{n}{side}", value="x") for side in "ab"))
        for n in range(6)
    ]
    assert MOST_TESTS < 2**6
    assert alternatives(Every(conditions=tuple(pairs))) is None


def test_a_rule_that_can_be_sent_is_sent_with_its_name_tidied() -> None:
    assert checked_rule(RULE, SCHEMA) == replace(RULE, name="Lines of Acme")


@pytest.mark.parametrize(
    ("rule", "detail"),
    [
        (replace(RULE, name=" "), "needs a name"),
        (replace(RULE, target="gone"), "no field that there is"),
        (replace(RULE, mandatory=None), "changes nothing"),
        (replace(RULE, condition=joined([])), "at least one condition"),
        (replace(RULE, condition=Populated(field="lines")), "the field that the rule changes"),
        (replace(RULE, condition=Populated(field="gone")), "no field gone"),
        (replace(RULE, condition=Equals(field="brand", value="z")), "“z” is not in the list"),
        (replace(RULE, condition=Equals(field="code", value="z")), "whole number"),
        (replace(RULE, condition=Equals(field="note", value=None)), "which value of “Note”"),
        (replace(RULE, condition=Includes(field="brand", values=("a",))), "only one value"),
        (replace(RULE, activate=Activation(external_ids=("z",))), "“z” is not in the list"),
        (replace(RULE, activate=Activation(external_ids=())), "nothing could be chosen"),
        (replace(RULE, target="note", activate=Activation(external_ids=None)), "no list"),
        (replace(RULE, apply=Application(value=None)), "which value “Lines” gets"),
        (replace(RULE, target="code", apply=Application(value=1, append=True)), "only one value"),
        (
            replace(
                RULE,
                activate=Activation(external_ids=("a",)),
                apply=Application(value=("b",), append=True),
            ),
            "cannot be chosen",
        ),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_before_it_is_sent(
    rule: MetadataRule, detail: str
) -> None:
    with pytest.raises(WrongDefinitionError) as caught:
        checked_rule(rule, SCHEMA)
    assert detail in str(caught.value.facts["detail"])


def test_a_number_that_is_zero_is_a_value() -> None:
    rule = replace(RULE, condition=Equals(field="code", value=0))
    assert checked_rule(rule, SCHEMA).condition == rule.condition
