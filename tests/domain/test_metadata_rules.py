"""Conditional rules: what they switch on, limit and fill in; and definitions as JSON."""

from collections.abc import Mapping
from typing import Any

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
)
from bridge_app.domain.metadata_json import (
    field_from,
    field_json,
    rule_from,
    rule_json,
    schema_from,
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
    asked_about,
    holds,
)

names = st.sampled_from(["a", "b", "c"])
texts = st.text("xyz", min_size=1, max_size=2)
values = st.one_of(st.none(), texts, st.integers(0, 3), st.lists(texts, min_size=1).map(tuple))
tests = st.one_of(
    st.builds(Equals, field=names, value=texts),
    st.builds(Includes, field=names, values=st.lists(texts, min_size=1).map(tuple)),
    st.builds(Populated, field=names, populated=st.booleans()),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    tests,
    lambda inner: st.one_of(
        st.builds(Every, conditions=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Some, conditions=st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)
records = st.dictionaries(names, values)
rules = st.builds(
    MetadataRule,
    external_id=texts,
    target=names,
    name=texts,
    condition=conditions,
    enable=st.one_of(st.none(), st.booleans()),
    activate=st.one_of(
        st.none(),
        st.builds(
            Activation,
            external_ids=st.lists(texts, max_size=3).map(tuple),
            append=st.booleans(),
        ),
    ),
    apply=st.one_of(st.none(), st.builds(Application, value=texts, append=st.booleans())),
    mandatory=st.one_of(st.none(), st.booleans()),
    active=st.booleans(),
)


def colours(external_id: str, *, off: bool = False) -> MetadataField:
    entries = tuple(Entry(external_id=one, value=one.upper()) for one in ("r", "g", "b"))
    return MetadataField(
        external_id=external_id,
        label=external_id,
        type=FieldType.SET,
        default_disabled=off,
        entries=entries,
    )


def plain(external_id: str, **facts: Any) -> MetadataField:
    return MetadataField(external_id=external_id, label=external_id, type=FieldType.STRING, **facts)


def rule(target: str, condition: Condition, **effect: Any) -> MetadataRule:
    return MetadataRule(external_id="r", target=target, name="", condition=condition, **effect)


@given(conditions, records)
def test_a_condition_depends_on_the_fields_it_asks_about_alone(
    condition: Condition, record: Mapping[str, FieldValue]
) -> None:
    asked = asked_about(condition)
    fewer = {name: value for name, value in record.items() if name in asked}
    assert holds(condition, record) == holds(condition, fewer)


@given(conditions, records)
def test_both_of_and_at_least_one_of_mean_what_they_say(
    condition: Condition, record: Mapping[str, FieldValue]
) -> None:
    assert holds(Every(conditions=(condition, condition)), record) == holds(condition, record)
    assert holds(Some(conditions=(condition,)), record) == holds(condition, record)


@given(rules)
def test_a_rule_reads_back_from_its_json(one: MetadataRule) -> None:
    body = {**rule_json(one), "external_id": one.external_id}
    read = rule_from(body)
    assert read is not None
    assert rule_json(read) == rule_json(one)


@given(st.lists(rules, max_size=6), records)
def test_any_rules_come_to_an_end_with_a_state_for_every_field(
    found: list[MetadataRule], record: Mapping[str, FieldValue]
) -> None:
    schema = Schema(fields=(plain("a"), colours("b"), plain("c", default="x")), rules=tuple(found))
    states = schema.states(record)
    assert set(states) == {"a", "b", "c"}
    assert all(state.enabled or state.value is None for state in states.values())


def test_a_rule_switches_a_field_on_and_off_with_what_another_says() -> None:
    when = Equals(field="kind", value="ad")
    schema = Schema(
        fields=(plain("kind"), plain("licence", default_disabled=True)),
        rules=(rule("licence", when, enable=True, mandatory=True),),
    )
    off, on = schema.states({})["licence"], schema.states({"kind": "ad"})["licence"]
    assert (off.enabled, on.enabled, on.mandatory) == (False, True, True)


def test_rules_that_build_on_one_another_are_followed() -> None:
    schema = Schema(
        fields=(plain("a"), plain("b"), plain("c")),
        rules=(
            rule("b", Populated(field="a"), apply=Application(value="from a")),
            rule("c", Equals(field="b", value="from a"), apply=Application(value="from b")),
        ),
    )
    assert schema.states({"a": "x"})["c"].value == "from b"


def test_lists_are_limited_widened_and_opened_again() -> None:
    first = rule("look", Populated(field="a"), activate=Activation(external_ids=("r",)))
    more = rule("look", Populated(field="b"), activate=Activation(external_ids=("g",), append=True))
    every = rule("look", Populated(field="c"), activate=Activation(external_ids=None))
    fields = (plain("a"), plain("b"), plain("c"), colours("look"))
    schema = Schema(fields=fields, rules=(first, more, every))
    assert schema.states({"a": "x"})["look"].allowed == frozenset({"r"})
    assert schema.states({"a": "x", "b": "x"})["look"].allowed == frozenset({"r", "g"})
    assert schema.states({"a": "x", "c": "x"})["look"].allowed is None


def test_an_applied_value_is_for_the_empty_and_an_appended_one_is_added() -> None:
    fields = (plain("a"), plain("b"), colours("look"))
    schema = Schema(
        fields=fields,
        rules=(
            rule("b", Populated(field="a"), apply=Application(value="new")),
            rule("look", Populated(field="a"), apply=Application(value=("g",), append=True)),
        ),
    )
    states = schema.states({"a": "x", "b": "old", "look": ("r",)})
    assert (states["b"].value, states["look"].value) == ("old", ("g", "r"))


FIELDS = [
    plain("text", validation=Length(least=1, most=9), mandatory=True, default="x"),
    plain("code", validation=AllOf(checks=(Pattern(regex="^a"), Length(least=2)))),
    plain("odd", validation=UnknownCheck(json='{"type": "astrology"}')),
    plain("for programs", readonly_ui=True, default_disabled=True),
    MetadataField(
        external_id="day",
        label="Day",
        type=FieldType.DATE,
        validation=Bound(value="2026-01-01", above=True, equals=True),
    ),
    colours("look"),
]


def test_a_field_reads_back_from_its_json() -> None:
    for field in FIELDS:
        assert field_from(field_json(field)) == field


junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    *("type", "external_id", "label", "validation", "datasource", "values"),
                    *("and", "condition", "result", "metadata_field_id", "equals", "rules"),
                    *("enum", "min"),
                ]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(st.lists(junk, max_size=3), st.lists(junk, max_size=3), records)
def test_whatever_a_service_answers_is_a_schema_and_never_an_error(
    fields: list[object], found: list[object], record: Mapping[str, FieldValue]
) -> None:
    schema_from(fields, found).states(record)


def test_unknown_keys_are_passed_over_and_unknown_kinds_left_out() -> None:
    known = {**field_json(plain("a")), "sparkle": {"new": True}}
    schema = schema_from([known, {"type": "hologram", "external_id": "b"}, 7], [{"name": "?"}])
    assert schema.fields == (plain("a"),)
    assert schema.rules == ()
