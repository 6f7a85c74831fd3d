"""What people read of a conditional metadata rule: when it holds, and what it does then."""

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.metadata_fields import FieldValue, MetadataField
from bridge_app.domain.metadata_rules import (
    Condition,
    Equals,
    Every,
    Includes,
    MetadataRule,
    Populated,
    Schema,
    Some,
)
from bridge_app.domain.metadata_values import shown
from bridge_app.ui.messages import one_line

translate = QCoreApplication.translate  # a name that lupdate knows


def condition_text(condition: Condition, schema: Schema) -> str:
    """A condition in words; parts of other kinds stand in brackets."""
    match condition:
        case Every():
            between = translate("metadata_rules", " and ")
            return between.join(_part(one, schema) for one in condition.conditions)
        case Some():
            between = translate("metadata_rules", " or ")
            return between.join(_part(one, schema) for one in condition.conditions)
        case Populated():
            text = (
                translate("metadata_rules", "{field} is filled in")
                if condition.populated
                else translate("metadata_rules", "{field} is empty")
            )
            return text.format(field=label_text(condition.field, schema))
        case Includes():
            return translate("metadata_rules", "{field} has {value}").format(
                field=label_text(condition.field, schema),
                value=_value_text(condition.field, condition.values, schema),
            )
        case Equals():
            return translate("metadata_rules", "{field} is {value}").format(
                field=label_text(condition.field, schema),
                value=_value_text(condition.field, condition.value, schema),
            )


def result_text(rule: MetadataRule, schema: Schema) -> str:
    """What becomes of the field, in words."""
    field = label_text(rule.target, schema)
    parts = []
    if rule.enable is not None:
        parts.append(
            translate("metadata_rules", "{field} is switched on")
            if rule.enable
            else translate("metadata_rules", "{field} is switched off")
        )
    if rule.mandatory is not None:
        parts.append(
            translate("metadata_rules", "{field} must be filled in")
            if rule.mandatory
            else translate("metadata_rules", "{field} may be empty")
        )
    if rule.activate is not None:
        parts.append(_choices_text(rule, schema))
    if rule.apply is not None:
        value = _value_text(rule.target, rule.apply.value, schema)
        text = (
            translate("metadata_rules", "{field} also gets {value}")
            if rule.apply.append
            else translate("metadata_rules", "{field} becomes {value} if it is empty")
        )
        parts.append(text.replace("{value}", value))
    return ", ".join(part.replace("{field}", field) for part in parts)


def label_text(external_id: str, schema: Schema) -> str:
    """What people call the field; one that is gone goes by its ID."""
    field = schema.field(external_id)
    return one_line(field.label if field else external_id)


def _part(condition: Condition, schema: Schema) -> str:
    text = condition_text(condition, schema)
    return f"({text})" if isinstance(condition, Every | Some) else text


def _choices_text(rule: MetadataRule, schema: Schema) -> str:
    chosen = rule.activate.external_ids if rule.activate else None
    if chosen is None:
        return translate("metadata_rules", "{field} offers all its values")
    value = _value_text(rule.target, chosen, schema)
    text = (
        translate("metadata_rules", "{field} offers {value}, too")
        if rule.activate and rule.activate.append
        else translate("metadata_rules", "{field} offers only {value}")
    )
    return text.replace("{value}", value)


def _value_text(external_id: str, value: FieldValue, schema: Schema) -> str:
    field = schema.field(external_id)
    if field is None:
        return one_line(", ".join(value) if isinstance(value, tuple) else str(value))
    return one_line(values_text(field, value))


def values_text(field: MetadataField, value: FieldValue) -> str:
    """A value as it can be typed again; of a list the labels."""
    if isinstance(value, tuple) or not field.type.has_datasource:
        return shown(field, value)
    return field.label_of(str(value)) if value is not None else ""
