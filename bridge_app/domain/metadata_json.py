"""Metadata definitions as the service writes them: JSON to values and back.

Source: reference/cloudinary.md 6.2 and 6.4. Reading is tolerant: unknown keys are passed over, an
unknown validation is kept as it is, and a field or rule that cannot be understood is left out.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

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
    normalised,
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
)
from bridge_app.domain.metadata_values import typed

Json = Mapping[str, Any]
TYPES = {kind.value for kind in FieldType}
MAX_DEPTH = 20


def schema_from(fields: Iterable[object], rules: Iterable[object]) -> Schema:
    """The definitions of a product environment, as far as they can be understood."""
    known = (field_from(one) for one in fields)
    found = (rule_from(one) for one in rules)
    return Schema(
        fields=tuple(one for one in known if one is not None),
        rules=tuple(one for one in found if one is not None),
    )


def field_from(given: object) -> MetadataField | None:
    """A field; None if this is not one."""
    if not isinstance(given, Mapping) or str(given.get("type")) not in TYPES:
        return None
    external_id = given.get("external_id")
    if not isinstance(external_id, str) or not external_id:
        return None
    restrictions = given.get("restrictions")
    made = MetadataField(
        external_id=external_id,
        label=str(given.get("label") or external_id),
        type=FieldType(given["type"]),
        mandatory=given.get("mandatory") is True,
        validation=_validation_from(given.get("validation"), MAX_DEPTH),
        default_disabled=given.get("default_disabled") is True,
        readonly_ui=isinstance(restrictions, Mapping) and restrictions.get("readonly_ui") is True,
        dynamic_entries=given.get("allow_dynamic_list_values") is True,
        entries=_entries_from(given.get("datasource")),
    )
    return replace(made, default=typed(made, given.get("default_value")))


def field_json(field: MetadataField) -> dict[str, Any]:
    """The body that defines the field; without an external ID the service chooses one."""
    body: dict[str, Any] = {
        "type": field.type.value,
        "label": field.label,
        "mandatory": field.mandatory,
        "default_value": value_json(field.default),
        "validation": None if field.validation is None else _validation_json(field.validation),
        "default_disabled": field.default_disabled,
        "restrictions": {"readonly_ui": field.readonly_ui},
    }
    if field.external_id:
        body["external_id"] = field.external_id
    if field.type.has_datasource:
        body["datasource"] = {"values": entries_json(field.entries)}
        body["allow_dynamic_list_values"] = field.dynamic_entries
    return body


def entries_json(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """The active entries of a data source; those without an external ID are new."""
    return [
        {"value": entry.value, **({"external_id": entry.external_id} if entry.external_id else {})}
        for entry in entries
        if entry.active
    ]


def rule_from(given: object) -> MetadataRule | None:
    """A rule; None if this is not one, or has a condition or an effect we do not know."""
    if not isinstance(given, Mapping):
        return None
    condition = _condition_from(given.get("condition"), MAX_DEPTH)
    result = given.get("result")
    target = given.get("metadata_field_id")
    if condition is None or not isinstance(result, Mapping) or not isinstance(target, str):
        return None
    enable, mandatory = result.get("enable"), result.get("set_mandatory")
    position = given.get("position")
    return MetadataRule(
        external_id=str(given.get("external_id") or ""),
        target=target,
        name=str(given.get("name") or ""),
        condition=condition,
        enable=enable if isinstance(enable, bool) else None,
        activate=_activation_from(result.get("activate_values")),
        apply=_application_from(result),
        mandatory=mandatory if isinstance(mandatory, bool) else None,
        active=given.get("state", "active") != "inactive",
        position=position if isinstance(position, int) else None,
    )


def rule_json(rule: MetadataRule) -> dict[str, Any]:
    """The body that defines the rule."""
    result: dict[str, Any] = {}
    if rule.enable is not None:
        result["enable"] = rule.enable
    if rule.activate is not None:
        chosen, mode = rule.activate.external_ids, "append" if rule.activate.append else "override"
        whole = "all" if chosen is None else {"external_ids": list(chosen), "mode": mode}
        result["activate_values"] = whole
    if rule.apply is not None:
        mode = "append" if rule.apply.append else "default"
        result["apply_value"] = {"value": value_json(rule.apply.value), "mode": mode}
    if rule.mandatory is not None:
        result["set_mandatory"] = rule.mandatory
    return {
        "metadata_field_id": rule.target,
        "name": rule.name,
        "condition": _condition_json(rule.condition),
        "result": result,
        "state": "active" if rule.active else "inactive",
    }


def value_json(value: FieldValue) -> str | int | list[str] | None:
    """A value as JSON."""
    return list(value) if isinstance(value, tuple) else value


def _entries_from(datasource: object) -> tuple[Entry, ...]:
    values = datasource.get("values") if isinstance(datasource, Mapping) else None
    if not isinstance(values, list):
        return ()
    return tuple(
        Entry(
            external_id=str(one["external_id"]),
            value=str(one.get("value", one["external_id"])),
            active=one.get("state", "active") != "inactive",
        )
        for one in values
        if isinstance(one, Mapping) and one.get("external_id")
    )


def _validation_from(given: object, depth: int) -> Validation | None:
    if not isinstance(given, Mapping) or not given:
        return None
    match given.get("type"):
        case "greater_than" | "less_than" if _is_bound(given.get("value")):
            above = given["type"] == "greater_than"
            return Bound(value=given["value"], above=above, equals=given.get("equals") is True)
        case "strlen":
            return Length(least=_count(given.get("min")) or 0, most=_count(given.get("max")))
        case "strregex" if isinstance(given.get("regex"), str):
            return Pattern(regex=given["regex"])
        case "and" if isinstance(given.get("rules"), list) and depth:
            parts = (_validation_from(one, depth - 1) for one in given["rules"])
            return AllOf(checks=tuple(one for one in parts if one is not None))
    return UnknownCheck(json=json.dumps(dict(given), sort_keys=True))


def _validation_json(check: Validation) -> dict[str, Any]:
    match check:
        case Bound():
            kind = "greater_than" if check.above else "less_than"
            return {"type": kind, "value": check.value, "equals": check.equals}
        case Length():
            most = {} if check.most is None else {"max": check.most}
            return {"type": "strlen", "min": check.least, **most}
        case Pattern():
            return {"type": "strregex", "regex": check.regex}
        case AllOf():
            return {"type": "and", "rules": [_validation_json(one) for one in check.checks]}
        case UnknownCheck():
            found: dict[str, Any] = json.loads(check.json)
            return found


def _is_bound(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _condition_from(given: object, depth: int) -> Condition | None:
    if not isinstance(given, Mapping) or not depth:
        return None
    for name, combined in (("and", Every), ("or", Some)):
        if isinstance(given.get(name), list):
            found = [_condition_from(one, depth - 1) for one in given[name]]
            known = tuple(one for one in found if one is not None)
            return combined(conditions=known) if len(known) == len(found) else None
    field = given.get("metadata_field_id")
    return _test_from(field, given) if isinstance(field, str) else None


def _test_from(field: str, given: Json) -> Condition | None:
    if isinstance(given.get("populated"), bool):
        return Populated(field=field, populated=given["populated"])
    if isinstance(given.get("includes"), list):
        return Includes(field=field, values=tuple(str(one) for one in given["includes"]))
    if "equals" in given:
        return Equals(field=field, value=_plain(given["equals"]))
    return None


def _condition_json(condition: Condition) -> dict[str, Any]:
    match condition:
        case Every():
            return {"and": [_condition_json(one) for one in condition.conditions]}
        case Some():
            return {"or": [_condition_json(one) for one in condition.conditions]}
        case Populated():
            return {"metadata_field_id": condition.field, "populated": condition.populated}
        case Includes():
            return {"metadata_field_id": condition.field, "includes": list(condition.values)}
        case Equals():
            return {"metadata_field_id": condition.field, "equals": value_json(condition.value)}


def _activation_from(given: object) -> Activation | None:
    if given == "all":
        return Activation(external_ids=None)
    if not isinstance(given, Mapping):
        return None
    chosen = given.get("external_ids")
    if not isinstance(chosen, list):
        return Activation(external_ids=None)
    ids = tuple(str(one) for one in chosen)
    return Activation(external_ids=ids, append=given.get("mode") == "append")


def _application_from(result: Json) -> Application | None:
    given = result.get("apply_value")
    if isinstance(given, Mapping) and "value" in given:
        return Application(value=_plain(given["value"]), append=given.get("mode") == "append")
    if "apply_default_value" in result:
        return Application(value=_plain(result["apply_default_value"]))
    return None


def _plain(given: object) -> FieldValue:
    """A value whose field is not at hand."""
    if isinstance(given, Sequence) and not isinstance(given, str):
        return normalised([str(one) for one in given])
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    return None if given is None else normalised(str(given))
