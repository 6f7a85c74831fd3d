"""Conditional rules as a form shows them, and what is wrong with one before it is sent.

However conditions are nested, they say the same as alternatives of which each is a list of tests:
that is what a form can show in rows joined by “and” and “or”.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.metadata_fields import (
    FieldType,
    FieldValue,
    MetadataField,
    WrongDefinitionError,
)
from bridge_app.domain.metadata_rules import (
    Activation,
    Condition,
    Equals,
    Every,
    FieldState,
    Includes,
    MetadataRule,
    Populated,
    Schema,
    Some,
    asked_about,
)
from bridge_app.domain.metadata_values import fault

MOST_TESTS = 60
"""More rows than this are no help to anybody: such a condition is kept as it is."""

Test = Equals | Includes | Populated
Alternatives = tuple[tuple[Test, ...], ...]
"""At least one of these holds, which is to say each of its tests."""


def alternatives(condition: Condition) -> Alternatives | None:
    """The same condition in rows; None if it would take more than `MOST_TESTS`."""
    match condition:
        case Some():
            parts = [alternatives(one) for one in condition.conditions]
            if any(part is None for part in parts):
                return None
            found = tuple(dict.fromkeys(row for part in parts for row in part or ()))
        case Every():
            found = ((),)
            for one in condition.conditions:
                more = alternatives(one)
                if more is None or len(found) * len(more) > MOST_TESTS:
                    return None
                pairs = product(found, more)
                found = tuple(dict.fromkeys(tuple(dict.fromkeys(a + b)) for a, b in pairs))
        case _:
            found = ((condition,),)
    return found if sum(map(len, found)) <= MOST_TESTS else None


def joined(rows: Iterable[Sequence[Test]]) -> Condition:
    """The condition that such rows say; one without any test holds for every asset."""
    groups = tuple(row[0] if len(row) == 1 else Every(conditions=tuple(row)) for row in rows if row)
    return groups[0] if len(groups) == 1 else Some(conditions=groups)


def checked_rule(rule: MetadataRule, schema: Schema) -> MetadataRule:
    """The rule, if it can be sent for these fields. Raises WrongDefinitionError with the reason.

    Source: reference/cloudinary.md 6.4; that a condition cannot ask about the field that the rule
    changes was seen at the service.
    """
    detail = _rule_fault(rule, schema)
    if detail:
        raise WrongDefinitionError(
            what=rule.name.strip() or QT_TRANSLATE_NOOP("facts", "A rule without a name"),
            detail=detail,
        )
    return replace(rule, name=rule.name.strip())


def _rule_fault(rule: MetadataRule, schema: Schema) -> str:
    if not rule.name.strip():
        return QT_TRANSLATE_NOOP("facts", "it needs a name")
    target = schema.field(rule.target)
    if target is None:
        return "it changes no field that there is"
    if not asked_about(rule.condition):
        return QT_TRANSLATE_NOOP("facts", "it needs at least one condition")
    if rule.target in asked_about(rule.condition):
        return QT_TRANSLATE_NOOP(
            "facts", "a condition cannot ask about the field that the rule changes"
        )
    parts = (rule.enable, rule.mandatory, rule.activate, rule.apply)
    if all(part is None for part in parts):
        return QT_TRANSLATE_NOOP("facts", "it changes nothing")
    return _condition_fault(rule.condition, schema) or _result_fault(rule, target)


def _condition_fault(condition: Condition, schema: Schema) -> str:
    if isinstance(condition, Every | Some):
        faults = (_condition_fault(one, schema) for one in condition.conditions)
        return next((one for one in faults if one), "")
    field = schema.field(condition.field)
    if field is None:
        return f"there is no field {condition.field}"
    if isinstance(condition, Populated):
        return ""
    if isinstance(condition, Includes) and field.type is not FieldType.SET:
        return f"“{field.label}” has only one value at a time"
    value = condition.values if isinstance(condition, Includes) else condition.value
    if not value and value != 0:
        return f"it has to say which value of “{field.label}”"
    return _value_fault(field, value)


def _result_fault(rule: MetadataRule, target: MetadataField) -> str:
    return _activation_fault(rule.activate, target) or _application_fault(rule, target)


def _activation_fault(activate: Activation | None, target: MetadataField) -> str:
    if activate is None:
        return ""
    if not target.type.has_datasource:
        return f"“{target.label}” has no list of values to choose from"
    if activate.external_ids == ():
        return f"nothing could be chosen for “{target.label}” any more"
    unknown = [one for one in activate.external_ids or () if one not in target.active_ids()]
    return f"“{unknown[0]}” is not in the list of “{target.label}”" if unknown else ""


def _application_fault(rule: MetadataRule, target: MetadataField) -> str:
    if rule.apply is None:
        return ""
    if rule.apply.value is None:
        return f"it has to say which value “{target.label}” gets"
    if rule.apply.append and target.type is not FieldType.SET:
        return f"“{target.label}” has only one value at a time"
    allowed = rule.activate.external_ids if rule.activate and not rule.activate.append else None
    return _value_fault(target, rule.apply.value, None if allowed is None else frozenset(allowed))


def _value_fault(
    field: MetadataField, value: FieldValue, allowed: frozenset[str] | None = None
) -> str:
    """Would the field take it?"""
    trouble = fault(field, value, FieldState(allowed=allowed))
    return trouble.text.format(**trouble.facts).rstrip(".") if trouble else ""
