"""Conditional metadata rules: which condition gives which field which state.

Source: reference/cloudinary.md 6.4. Pure.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.metadata_checks import Value, is_empty
from bridge_app.sandbox.journal import Row

Values = Mapping[str, Value]
"""External ID of a field -> its value."""
State = Literal["active", "inactive"]
SIGNATURES = uuid.UUID("5a3f6c1e-6c5e-3a0d-9d43-0d1f0a5b7c21")
MAX_DEPTH = 10
TESTS = frozenset({"equals", "includes", "populated"})
EFFECTS = frozenset(
    {"enable", "activate_values", "apply_value", "apply_default_value", "set_mandatory"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataRule:
    """What becomes of the field `metadata_field_id` when `condition` holds."""

    external_id: str
    metadata_field_id: str
    name: str | None
    condition: Mapping[str, Any]
    result: Mapping[str, Any]
    position: int
    state: State = "active"

    def row(self) -> Row:
        """As JSON to keep."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: Row) -> "MetadataRule":
        """From kept JSON."""
        return cls(**row)

    def holds(self, values: Values) -> bool:
        """Whether the rule is active and its condition true of these values."""
        return self.state == "active" and _holds(self.condition, values)

    def fields(self) -> frozenset[str]:
        """The fields that the rule speaks of."""
        return frozenset({self.metadata_field_id, *_named(self.condition)})


def new_rule(body: Row, *, new_id: Callable[[], str], position: int) -> MetadataRule:
    """A rule as a client defines it.

    Raises:
        CloudinaryError: 400, the definition is not valid.
    """
    plain = MetadataRule(
        external_id=new_id() + new_id(),
        metadata_field_id="",
        name=None,
        condition={},
        result={},
        position=position,
    )
    for name in ("metadata_field_id", "condition", "result"):
        if not body.get(name):
            raise bad_request(f"{name} is required")
    return changed_rule(plain, body)


def changed_rule(rule: MetadataRule, body: Row) -> MetadataRule:
    """The rule with what `body` says anew.

    Raises:
        CloudinaryError: 400, the definition would not be valid.
    """
    if body.get("metadata_field_id"):
        rule = replace(rule, metadata_field_id=str(body["metadata_field_id"]))
    if "name" in body:
        rule = replace(rule, name=None if body["name"] is None else str(body["name"]))
    if body.get("condition"):
        if not _is_condition(body["condition"], MAX_DEPTH):
            raise bad_request("condition is invalid")
        rule = replace(rule, condition=body["condition"])
    if rule.metadata_field_id in _named(rule.condition):
        raise bad_request("condition is invalid")
    if body.get("result"):
        rule = replace(rule, result=_result(body["result"]))
    match body.get("state", rule.state):
        case "active":
            return replace(rule, state="active")
        case "inactive":
            return replace(rule, state="inactive")
        case _:
            raise bad_request("state is invalid")


def rule_json(rule: MetadataRule) -> Row:
    """The rule in a reply."""
    return {
        "metadata_field_id": rule.metadata_field_id,
        "condition": dict(rule.condition),
        "result": dict(rule.result),
        "condition_signature": str(uuid.uuid3(SIGNATURES, repr(rule.condition))),
        "state": rule.state,
        "name": rule.name,
        "external_id": rule.external_id,
        "position": rule.position,
    }


def _is_condition(condition: object, depth: int) -> bool:
    if not isinstance(condition, dict) or depth == 0:
        return False
    for combined in ("and", "or"):
        if combined in condition:
            parts = condition[combined]
            return (
                len(condition) == 1
                and isinstance(parts, list)
                and bool(parts)
                and all(_is_condition(part, depth - 1) for part in parts)
            )
    return (
        isinstance(condition.get("metadata_field_id"), str)
        and len(TESTS & set(condition)) == 1
        and isinstance(condition.get("includes", []), list)
    )


def _result(given: object) -> Mapping[str, Any]:
    """What a rule does, in its present spelling."""
    if not isinstance(given, dict) or not EFFECTS.issuperset(given):
        raise bad_request("result is invalid")
    result = dict(given)
    if "apply_default_value" in result:
        result["apply_value"] = {"value": result.pop("apply_default_value"), "mode": "default"}
    chosen = result.get("activate_values", "all")
    applied = result.get("apply_value", {"value": ""})
    if not (chosen == "all" or _is_choice(chosen)):
        raise bad_request("result is invalid")
    if not isinstance(applied, dict) or "value" not in applied:
        raise bad_request("result is invalid")
    return result


def _is_choice(chosen: object) -> bool:
    """Whether this names entries of a data source, or all of them by null."""
    return isinstance(chosen, dict) and isinstance(chosen.get("external_ids"), list | None)


def _named(condition: Mapping[str, Any]) -> Iterator[str]:
    """The fields that a condition asks about."""
    for part in (*condition.get("and", ()), *condition.get("or", ())):
        yield from _named(part)
    if "metadata_field_id" in condition:
        yield condition["metadata_field_id"]


def _holds(condition: Mapping[str, Any], values: Values) -> bool:
    if "and" in condition:
        return all(_holds(part, values) for part in condition["and"])
    if "or" in condition:
        return any(_holds(part, values) for part in condition["or"])
    value = values.get(condition["metadata_field_id"])
    if "populated" in condition:
        return is_empty(value) != bool(condition["populated"])
    if "includes" in condition:
        return _texts(condition["includes"]) <= _texts(value)
    return not is_empty(value) and _texts(value) == _texts(condition["equals"])


def _texts(value: object) -> set[str]:
    """A value, or the values of a set, so that 5 and "5" are the same."""
    if is_empty(value):
        return set()
    return {str(one) for one in value} if isinstance(value, list) else {str(value)}
