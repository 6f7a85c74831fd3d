"""Values of structured metadata, against fields and rules."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.sandbox.cloudinary.errors import CloudinaryError
from bridge_app.sandbox.cloudinary.metadata_checks import as_validation, satisfies
from bridge_app.sandbox.cloudinary.metadata_fields import MetadataField, new_field
from bridge_app.sandbox.cloudinary.metadata_rules import MetadataRule, new_rule
from bridge_app.sandbox.cloudinary.metadata_values import Schema, given_values


def field(external_id: str, kind: str, **more: Any) -> MetadataField:
    """A field; `entries` are the external IDs and values of its data source."""
    entries = more.pop("entries", ())
    datasource = {"values": [{"external_id": one, "value": one} for one in entries]}
    body = {
        "external_id": external_id,
        "label": external_id,
        "type": kind,
        **({"datasource": datasource} if kind in {"enum", "set"} else {}),
        **more,
    }
    return new_field(body, new_id=lambda: "made", created_at="2026-11-20T09:00:00Z", position=0)


def rule(target: str, condition: Mapping[str, Any], result: Mapping[str, Any]) -> MetadataRule:
    body = {"metadata_field_id": target, "condition": condition, "result": result}
    return new_rule(body, new_id=lambda: "made", position=0)


def schema(*fields: MetadataField, rules: tuple[MetadataRule, ...] = ()) -> Schema:
    return Schema({one.external_id: one for one in fields}, rules)


TITLE = field("title", "string")
COUNT = field("count", "integer")
DAY = field("day", "date")
COLOUR = field("colour", "enum", entries=["red", "green", "blue"])
SIZES = field("sizes", "set", entries=["s", "m", "l"])
ALL = schema(TITLE, COUNT, DAY, COLOUR, SIZES)


def test_values_are_kept_in_their_fields_types() -> None:
    text = r'title=a\=b\|c|count=5|day=2026-11-20|colour=red|sizes=["s","l"]'
    assert ALL.assigned({}, given_values(text)) == {
        "title": "a=b|c",
        "count": 5,
        "day": "2026-11-20",
        "colour": "red",
        "sizes": ["s", "l"],
    }


def test_both_official_sdks_spellings_of_quotes_are_read() -> None:
    assert given_values(r"title=say \"a\"") == {"title": 'say "a"'}
    tagged = schema(field("sizes", "set", entries=['1"']))
    assert tagged.assigned({}, given_values(r'sizes=["1\""]')) == {"sizes": ['1"']}
    assert given_values('{"count": 5, "sizes": ["s"]}') == {"count": 5, "sizes": ["s"]}


@given(st.dictionaries(st.sampled_from("abc"), st.text(st.characters(codec="utf-8")), min_size=1))
def test_any_text_survives_the_escapes_of_the_official_sdk(values: dict[str, str]) -> None:
    written = {
        name: value.replace("\\", "/").replace("=", "\\=").replace("|", "\\|")
        for name, value in values.items()
    }
    text = "|".join(f"{name}={value}" for name, value in written.items())
    assert given_values(text) == {n: v.replace("\\", "/") for n, v in values.items()}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nothing=1", "field nothing doesn't exist"),
        ("count=many", "Value many is invalid for field count"),
        ("day=2026-02-30", "Value 2026-02-30 is invalid for field day"),
        ("day=20261120", "Value 20261120 is invalid for field day"),
        ("colour=pink", "Value pink is invalid for field colour"),
        ('sizes=["s","xl"]', r'Value \["s", "xl"\] is invalid for field sizes'),
        ("nonsense", "Invalid metadata: nonsense"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(CloudinaryError, match=message) as refused:
        ALL.assigned({}, given_values(text))
    assert refused.value.status == 400


def test_setting_adds_to_what_is_there_and_an_empty_value_clears() -> None:
    stored = ALL.assigned({"title": "old", "count": 3}, given_values("title=new|sizes=[]"))
    assert stored == {"title": "new", "count": 3}
    assert ALL.assigned(stored, given_values("count=")) == {"title": "new"}


def test_a_default_is_shown_but_not_stored() -> None:
    known = schema(field("state", "string", default_value="draft"))
    assert known.assigned({}, {}) == {}
    assert known.shown({}) == {"state": "draft"}
    assert known.shown({"state": "final"}) == {"state": "final"}


def test_a_disabled_field_is_not_shown_with_or_without_rules() -> None:
    off = field("off", "string", default_disabled=True, default_value="draft")
    idle = rule("title", {"metadata_field_id": "off", "populated": True}, {"enable": False})
    for known in (schema(off, TITLE), schema(off, TITLE, rules=(idle,))):
        assert known.shown({"off": "x", "title": "y"}) == {"title": "y"}


def test_a_mandatory_value_cannot_be_cleared() -> None:
    known = schema(field("state", "string", mandatory=True, default_value="draft"))
    assert known.assigned({"state": "final"}, {"state": "new"}) == {"state": "new"}
    with pytest.raises(CloudinaryError, match="field state is mandatory"):
        known.assigned({"state": "final"}, {"state": ""})


@pytest.mark.parametrize(
    ("kind", "validation", "right", "wrong"),
    [
        ("integer", {"type": "greater_than", "value": 5}, 6, 5),
        ("integer", {"type": "greater_than", "value": 5, "equals": True}, 5, 4),
        ("date", {"type": "less_than", "value": "2026-01-02"}, "2026-01-01", "2026-01-02"),
        ("string", {"type": "strlen", "min": 2}, "ab", "a"),
        ("string", {"type": "strlen", "min": 0, "max": 2}, "", "abc"),
        ("string", {"type": "strregex", "regex": "^[a-c]+$"}, "abc", "abd"),
    ],
)
def test_each_validation_tells_right_from_wrong(
    kind: str, validation: dict[str, Any], right: Any, wrong: Any
) -> None:
    checked = as_validation(kind, validation)
    assert satisfies(checked, right)
    assert not satisfies(checked, wrong)


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-50, 50))
def test_joined_validations_are_a_range(low: int, high: int, value: int) -> None:
    bounds = [
        {"type": "greater_than", "value": low, "equals": True},
        {"type": "less_than", "value": high},
    ]
    assert satisfies({"type": "and", "rules": bounds}, value) == (low <= value < high)


@pytest.mark.parametrize(
    ("kind", "validation"),
    [
        ("string", {"type": "greater_than", "value": 5}),
        ("integer", {"type": "greater_than", "value": "many"}),
        ("integer", {"type": "strlen", "min": 2}),
        ("string", {"type": "strlen"}),
        ("string", {"type": "strregex", "regex": "("}),
        ("string", {"type": "and", "rules": []}),
        ("string", {"type": "magic"}),
        ("string", "strlen"),
    ],
)
def test_a_validation_that_cannot_be_is_refused(kind: str, validation: Any) -> None:
    with pytest.raises(CloudinaryError, match="validation is invalid"):
        field("one", kind, validation=validation)


DEFINED = ["type", "label", "mandatory", "default_value", "validation", "datasource"]
CHECKED = ["values", "value", "external_id", "rules", "min", "regex", "restrictions"]
RULED = ["metadata_field_id", "condition", "result", "name", "state", "equals", "includes", "and"]
DONE = ["enable", "activate_values", "external_ids", "mode", "apply_value", "set_mandatory"]
NAMES = [*DEFINED, *CHECKED, *RULED, *DONE]
WORDS = ["string", "integer", "set", "and", "strlen", "strregex", "less_than", "all", "title"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=5), JSON)
def test_any_json_is_a_definition_or_refused(body: dict[str, Any], value: object) -> None:
    with suppress(CloudinaryError):
        defined = {"type": "string", "label": "x", **body}
        one = new_field(defined, new_id=lambda: "made", created_at="", position=0)
        schema(one).assigned({}, {one.external_id: value})
    with suppress(CloudinaryError):
        ruled = {"metadata_field_id": "title", **body}
        known = new_rule(ruled, new_id=lambda: "made", position=0)
        schema(TITLE, COUNT, rules=(known,)).assigned({}, {"title": value})


CATEGORY = field("category", "enum", entries=["employee", "conference"])
TEAM = field("team", "enum", entries=["rnd", "hr"], default_disabled=True)
ROLE = field("role", "set", entries=["backend", "qa", "payroll"])
NOTE = field("note", "string")
EMPLOYEE = {"metadata_field_id": "category", "equals": "employee"}
RND = {"metadata_field_id": "team", "equals": "rnd"}


def test_a_field_is_off_until_a_rule_turns_it_on_and_loses_its_value_with_it() -> None:
    known = schema(CATEGORY, TEAM, rules=(rule("team", EMPLOYEE, {"enable": True}),))
    with pytest.raises(CloudinaryError, match="field team is disabled"):
        known.assigned({"category": "conference"}, {"team": "rnd"})
    stored = known.assigned({}, {"category": "employee", "team": "rnd"})
    assert stored == {"category": "employee", "team": "rnd"}
    assert known.assigned(stored, {"category": "conference"}) == {"category": "conference"}


def test_rules_reach_through_one_another() -> None:
    known = schema(
        CATEGORY,
        TEAM,
        ROLE,
        rules=(
            rule("role", RND, {"apply_value": {"value": ["qa"], "mode": "append"}}),
            rule("team", EMPLOYEE, {"enable": True, "apply_value": {"value": "rnd"}}),
        ),
    )
    stored = known.assigned({"role": ["payroll"]}, {"category": "employee"})
    assert stored == {"category": "employee", "team": "rnd", "role": ["payroll", "qa"]}


def test_a_rule_leaves_a_choice_of_entries() -> None:
    chosen = {"activate_values": {"external_ids": ["backend", "qa"]}}
    more = {"activate_values": {"external_ids": ["payroll"], "mode": "append"}}
    noted = {"metadata_field_id": "note", "populated": True}
    known = schema(
        CATEGORY, ROLE, NOTE, rules=(rule("role", EMPLOYEE, chosen), rule("role", noted, more))
    )
    assert known.assigned({}, {"role": ["payroll"]}) == {"role": ["payroll"]}
    with pytest.raises(CloudinaryError, match="is invalid for field role"):
        known.assigned({}, {"category": "employee", "role": ["payroll"]})
    both = {"category": "employee", "note": "x", "role": ["payroll"]}
    assert known.assigned({}, both) == both


def test_what_a_choice_leaves_out_is_refused_or_cleared() -> None:
    chosen = {"activate_values": {"external_ids": ["qa"]}}
    known = schema(CATEGORY, ROLE, rules=(rule("role", EMPLOYEE, chosen),))
    stored = {"role": ["backend"]}
    with pytest.raises(CloudinaryError, match="is invalid for field role"):
        known.assigned(stored, {"category": "employee"})
    cleared = known.assigned(stored, {"category": "employee"}, clear_invalid=True)
    assert cleared == {"category": "employee"}


def test_a_rule_can_make_a_field_mandatory() -> None:
    known = schema(CATEGORY, NOTE, rules=(rule("note", EMPLOYEE, {"set_mandatory": True}),))
    with pytest.raises(CloudinaryError, match="field note is mandatory"):
        known.assigned({}, {"category": "employee"})
    whole = {"category": "employee", "note": "x"}
    assert known.assigned({}, whole) == whole


@pytest.mark.parametrize(
    ("condition", "values", "expected"),
    [
        (
            {"metadata_field_id": "role", "equals": ["qa", "backend"]},
            {"role": ["backend", "qa"]},
            1,
        ),
        ({"metadata_field_id": "role", "equals": ["qa"]}, {"role": ["backend", "qa"]}, 0),
        ({"metadata_field_id": "role", "includes": ["qa"]}, {"role": ["backend", "qa"]}, 1),
        ({"metadata_field_id": "role", "includes": ["qa", "hr"]}, {"role": ["qa"]}, 0),
        ({"metadata_field_id": "note", "populated": True}, {"note": "x"}, 1),
        ({"metadata_field_id": "note", "populated": False}, {}, 1),
        ({"metadata_field_id": "count", "equals": "5"}, {"count": 5}, 1),
        ({"and": [EMPLOYEE, RND]}, {"category": "employee"}, 0),
        ({"or": [EMPLOYEE, RND]}, {"category": "employee"}, 1),
        ({"and": [{"or": [EMPLOYEE, RND]}, RND]}, {"team": "rnd"}, 1),
    ],
)
def test_conditions_combine(condition: Any, values: Any, expected: int) -> None:
    assert rule("target", condition, {"enable": True}).holds(values) == bool(expected)


@pytest.mark.parametrize(
    ("condition", "result"),
    [
        ({"metadata_field_id": "a"}, {"enable": True}),
        ({"and": []}, {"enable": True}),
        ({"metadata_field_id": "target", "populated": True}, {"enable": True}),
        ({"metadata_field_id": "a", "includes": "b"}, {"enable": True}),
        (EMPLOYEE, {"magic": True}),
        (EMPLOYEE, {"apply_value": "x"}),
        (EMPLOYEE, {"activate_values": "some"}),
    ],
)
def test_a_rule_that_cannot_be_is_refused(condition: Any, result: Any) -> None:
    with pytest.raises(CloudinaryError, match="is invalid"):
        rule("target", condition, result)
