"""Conditional metadata rules: which values switch which field on, limit it, or fill it in.

Source: reference/cloudinary.md 6.4. A rule with a part we do not know is kept and not applied:
the service still does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bridge_app.domain.metadata_fields import FieldType, FieldValue, MetadataField, normalised

Values = Mapping[str, FieldValue]
"""External ID of a field -> its value; what is missing has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equals:
    """The field has exactly this value; of a set, exactly these."""

    field: str
    value: FieldValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Includes:
    """The set has at least these."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Populated:
    """The field has a value; or, if `populated` is False, it has none."""

    field: str
    populated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """All of these hold."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Some:
    """At least one of these holds."""

    conditions: tuple["Condition", ...]


Condition = Equals | Includes | Populated | Every | Some


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """The entries that may be chosen; `external_ids` None means all, `append` adds to others."""

    external_ids: tuple[str, ...] | None
    append: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A value for the field: for one without a value, or added to a set with `append`."""

    value: FieldValue
    append: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataRule:
    """What becomes of the field `target` when the condition holds; None changes nothing of it."""

    external_id: str
    target: str
    name: str
    condition: Condition
    enable: bool | None = None
    activate: Activation | None = None
    apply: Application | None = None
    mandatory: bool | None = None
    active: bool = True
    position: int | None = field(default=None, compare=False)
    """Where the service has it among all rules; None where it does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldState:
    """What the rules make of one field of one asset; `allowed` None lets every entry be chosen."""

    enabled: bool = True
    mandatory: bool = False
    allowed: frozenset[str] | None = None
    value: FieldValue = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The fields of a product environment in their order, and its rules in theirs."""

    fields: tuple[MetadataField, ...] = ()
    rules: tuple[MetadataRule, ...] = ()
    _by_id: dict[str, MetadataField] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        self._by_id.update({one.external_id: one for one in self.fields})

    def field(self, external_id: str) -> MetadataField | None:
        """The field of that external ID."""
        return self._by_id.get(external_id)

    def rules_beside(self, external_id: str) -> tuple[MetadataRule | None, MetadataRule | None]:
        """The rules about the same field that are applied just before this one, and just after.

        Rules about different fields are not applied one after the other.
        """
        rule = next((one for one in self.rules if one.external_id == external_id), None)
        same = [one for one in self.rules if rule is not None and one.target == rule.target]
        at = next((at for at, one in enumerate(same) if one is rule), None)
        if at is None:
            return None, None
        return next(iter(same[at - 1 : at] if at else ()), None), next(iter(same[at + 1 :]), None)

    def states(self, values: Values) -> dict[str, FieldState]:
        """The state of every field for these values; defaults and applied values are filled in.

        Rules depend on one another, so this goes in rounds until nothing changes, at most one
        more than there are rules.
        """
        before: dict[str, FieldValue] = {}
        states: dict[str, FieldState] = {}
        for _ in range(len(self.rules) + 2):
            states = {
                one.external_id: self._state(one, values.get(one.external_id), before)
                for one in self.fields
            }
            now = {name: state.value for name, state in states.items()}
            if now == before:
                break
            before = now
        return states

    def _state(self, one: MetadataField, stored: FieldValue, values: Values) -> FieldState:
        rules = [
            rule
            for rule in self.rules
            if rule.target == one.external_id and rule.active and holds(rule.condition, values)
        ]
        enabled = not one.default_disabled
        for rule in rules:
            enabled = enabled if rule.enable is None else rule.enable
        mandatory = one.mandatory or any(rule.mandatory for rule in rules)
        if not enabled:
            return FieldState(enabled=False, mandatory=mandatory)
        allowed = _allowed(one, rules)
        value = _applied(one, normalised(stored), rules)
        if value is None and _admits(allowed, one.default):
            value = one.default
        return FieldState(mandatory=mandatory, allowed=allowed, value=value)


def holds(condition: Condition, values: Values) -> bool:
    """Is the condition true of these values?"""
    match condition:
        case Every():
            return all(holds(one, values) for one in condition.conditions)
        case Some():
            return any(holds(one, values) for one in condition.conditions)
        case Populated():
            return (normalised(values.get(condition.field)) is not None) == condition.populated
        case Includes():
            return set(condition.values) <= _texts(values.get(condition.field))
        case Equals():
            there = _texts(values.get(condition.field))
            return bool(there) and there == _texts(condition.value)


def asked_about(condition: Condition) -> frozenset[str]:
    """The fields a condition looks at."""
    if isinstance(condition, Every | Some):
        return frozenset().union(*(asked_about(one) for one in condition.conditions))
    return frozenset({condition.field})


def _allowed(one: MetadataField, rules: Iterable[MetadataRule]) -> frozenset[str] | None:
    allowed: frozenset[str] | None = None
    for rule in rules:
        if rule.activate is None or not one.type.has_datasource:
            continue
        chosen = rule.activate.external_ids
        if chosen is None:
            allowed = None
        elif rule.activate.append and allowed is not None:
            allowed |= frozenset(chosen)
        else:
            allowed = frozenset(chosen)
    return allowed


def _applied(one: MetadataField, stored: FieldValue, rules: Iterable[MetadataRule]) -> FieldValue:
    value = stored
    for rule in rules:
        if rule.apply is None:
            continue
        new = rule.apply.value
        if rule.apply.append and one.type is FieldType.SET:
            value = normalised([*_sorted_texts(value), *_sorted_texts(new)])
        elif value is None:
            value = normalised(new)
    return value


def _admits(allowed: frozenset[str] | None, value: FieldValue) -> bool:
    return allowed is None or _texts(value) <= allowed


def _texts(value: FieldValue) -> set[str]:
    """A value, or those of a set, as texts: 5 and "5" are the same."""
    if value is None or value == "":
        return set()
    return set(value) if isinstance(value, tuple) else {str(value)}


def _sorted_texts(value: FieldValue) -> list[str]:
    return sorted(_texts(value))
