"""Values of structured metadata: read from a request, checked against fields and rules, shown.

Source: reference/cloudinary.md 6.3 and 6.4. Pure.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.json_text import parsed_json
from bridge_app.sandbox.cloudinary.metadata_checks import Value, is_empty, typed
from bridge_app.sandbox.cloudinary.metadata_fields import LISTS, MetadataField
from bridge_app.sandbox.cloudinary.metadata_rules import MetadataRule, Values
from bridge_app.sandbox.cloudinary.params import parse_context

ESCAPED_QUOTE = re.compile(r'\\"')


@dataclass(frozen=True, slots=True)
class FieldState:
    """What the rules make of a field for one asset; `allowed` is None for every active entry."""

    enabled: bool
    mandatory: bool
    allowed: frozenset[str] | None = None
    value: Value = None

    def admits(self, one: MetadataField, value: Value) -> bool:
        """Whether the field may have this value here."""
        if not self.enabled or not one.accepts(value):
            return False
        return self.allowed is None or self.allowed.issuperset(_texts(value))


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of a product environment by external ID, and its rules in their order."""

    fields: Mapping[str, MetadataField] = field(default_factory=dict)
    rules: tuple[MetadataRule, ...] = ()

    def shown(self, stored: Values) -> dict[str, Value]:
        """What an asset with these stored values has: defaults too, nothing of disabled fields."""
        if self.rules:
            values = {name: one.value for name, one in self.states(stored).items()}
        else:
            # A search asks this of every asset, so what no rule can change is not worked out.
            values = {
                name: one.default_value if is_empty(stored.get(name)) else stored[name]
                for name, one in self.fields.items()
                if not one.default_disabled
            }
        return {name: value for name, value in values.items() if not is_empty(value)}

    def states(self, stored: Values) -> dict[str, FieldState]:
        """The state of every field. Rules depend on one another, so it is found in rounds."""
        values: dict[str, Value] = {}
        states: dict[str, FieldState] = {}
        for _ in range(len(self.rules) + 1):
            before = values
            states = {
                name: self._state(one, stored.get(name), before)
                for name, one in self.fields.items()
            }
            values = {name: one.value for name, one in states.items()}
            if values == before:
                break
        return states

    def _state(self, one: MetadataField, stored: Value, values: Values) -> FieldState:
        results = [
            rule.result
            for rule in self.rules
            if rule.metadata_field_id == one.external_id and rule.holds(values)
        ]
        enabled = not one.default_disabled
        for result in results:
            enabled = bool(result.get("enable", enabled))
        state = FieldState(
            enabled=enabled,
            mandatory=one.mandatory or any(result.get("set_mandatory") for result in results),
            allowed=_allowed(one, results),
        )
        if not enabled:
            return state
        value = _applied(one, stored, results)
        if is_empty(value) and not is_empty(one.default_value):
            value = one.default_value if state.admits(one, one.default_value) else None
        return FieldState(state.enabled, state.mandatory, state.allowed, value)

    def assigned(
        self, stored: Values, given: Mapping[str, object], *, clear_invalid: bool = False
    ) -> dict[str, Value]:
        """What is to be stored after setting `given`; an empty value clears its field.

        Stored values of a field that is disabled by this are cleared; those that its new list of
        allowed entries leaves out are refused, or cleared with `clear_invalid`.

        Raises:
            CloudinaryError: 400, a value is not allowed, or a mandatory one is missing.
        """
        wanted = {name: self._typed(name, value) for name, value in given.items()}
        candidate = {
            name: value
            for name, value in {**stored, **wanted}.items()
            if name in self.fields and not is_empty(value)
        }
        before, after = self.states(stored), self.states(candidate)
        for name in [name for name in candidate if name not in wanted]:
            one, value = self.fields[name], candidate[name]
            made_invalid = before[name].admits(one, value) and not after[name].admits(one, value)
            if after[name].enabled and made_invalid:
                if not clear_invalid:
                    raise _invalid(name, value)
                del candidate[name]
        return self._checked(candidate, wanted)

    def _checked(self, candidate: dict[str, Value], wanted: Values) -> dict[str, Value]:
        """The values that stay, if every wanted one may and no mandatory one is missing."""
        kept: dict[str, Value] = {}
        for name, state in self.states(candidate).items():
            value = candidate.get(name)
            if name in wanted and not is_empty(value):
                if not state.enabled:
                    raise bad_request(f"field {name} is disabled")
                if not state.admits(self.fields[name], value):
                    raise _invalid(name, value)
            cleared = name in wanted and is_empty(value) and self.fields[name].mandatory
            if state.enabled and state.mandatory and (cleared or is_empty(state.value)):
                raise bad_request(f"field {name} is mandatory")
            is_default = is_empty(value) and state.value == self.fields[name].default_value
            if state.enabled and not is_default:
                kept[name] = state.value
        return {name: value for name, value in kept.items() if not is_empty(value)}

    def _typed(self, name: str, value: object) -> Value:
        """A value as its field keeps it; None to clear it."""
        one = self.fields.get(name)
        if one is None:
            raise bad_request(f"field {name} doesn't exist")
        if is_empty(value):
            return None
        try:
            return typed(one.type, _read(value) if one.type == "set" else value)
        except ValueError as error:
            raise _invalid(name, value) from error


def given_values(text: str) -> dict[str, object]:
    r"""The values in a `metadata` parameter: `id=value|set_id=["a","b"]`, or a JSON object.

    `\=`, `\|` and `\"` are literal. What the values mean depends on their fields.

    Raises:
        CloudinaryError: 400, it is neither.
    """
    if text.startswith("{"):
        parsed = _read(text)
        if isinstance(parsed, dict):
            return parsed
    pairs = parse_context(text)
    if text and not pairs:
        raise bad_request(f"Invalid metadata: {text}")
    return {
        name: value if value.startswith("[") else ESCAPED_QUOTE.sub('"', value)
        for name, value in pairs
    }


def _read(value: object) -> object:
    """A JSON array or object in a text; any other value as it is."""
    if not isinstance(value, str) or not value.startswith(("[", "{")):
        return value
    try:
        return parsed_json(value)
    except ValueError:
        return value


def _invalid(name: str, value: object) -> CloudinaryError:
    shown = value if isinstance(value, str) else json.dumps(value)
    return bad_request(f"Value {shown} is invalid for field {name}")


def _texts(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _allowed(one: MetadataField, results: Iterable[Mapping[str, object]]) -> frozenset[str] | None:
    """The entries that the rules leave; None for all, also when no rule speaks of them."""
    allowed: frozenset[str] | None = None
    for result in results:
        chosen = result.get("activate_values")
        if one.type not in LISTS or chosen is None:
            continue
        if not isinstance(chosen, dict) or chosen.get("external_ids") is None:
            allowed = one.active_ids()
        elif chosen.get("mode") == "append" and allowed is not None:
            allowed |= frozenset(map(str, chosen["external_ids"]))
        else:
            allowed = frozenset(map(str, chosen["external_ids"]))
    return allowed


def _applied(one: MetadataField, stored: Value, results: Iterable[Mapping[str, object]]) -> Value:
    """The stored value, or what a rule puts in its place, or adds to a set."""
    value = stored
    for result in results:
        applied = result.get("apply_value")
        if not isinstance(applied, dict):
            continue
        new = _fitting(one, applied["value"])
        if applied.get("mode") == "append" and isinstance(new, list):
            value = list(dict.fromkeys([*(value if isinstance(value, list) else []), *new]))
        elif is_empty(value):
            value = new
    return value


def _fitting(one: MetadataField, given: object) -> Value:
    """A rule's value as its field has it; one that does not fit applies nothing."""
    try:
        return typed(one.type, given)
    except ValueError:
        return None
