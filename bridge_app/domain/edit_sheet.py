"""What one or several assets say together, field by field, as a form shows it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.edits import (
    TAGS,
    Conflict,
    Edit,
    EditState,
    FieldPath,
    Record,
    Subject,
    checked,
    is_set,
    overlaid,
    record_of,
    same,
)
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.metadata_fields import FieldValue, normalised
from bridge_app.domain.metadata_rules import FieldState, Schema
from bridge_app.domain.metadata_values import fault

WORST_FIRST = (EditState.CONFLICT, EditState.FAILED, EditState.SENDING, EditState.PENDING)


class Spoken(Protocol):
    """An asset with what was said about it here, wherever it lives."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Our open edits of it, oldest first."""

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What nobody has settled about it."""

    def record(self) -> dict[FieldPath, FieldValue]:
        """What it says, with our edits on top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An asset with what was said about it here and is not settled."""

    asset: CloudAsset
    edits: tuple[Edit, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def record(self) -> dict[FieldPath, FieldValue]:
        """What it says, with our edits on top."""
        return overlaid(record_of(self.asset), self.edits)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSheet:
    """One field of all the assets: its `value` if they agree; else it is mixed.

    Of tags and sets, `value` are those that all have, and `some` those that only some have.
    """

    path: FieldPath
    value: FieldValue = None
    mixed: bool = False
    some: tuple[str, ...] = ()
    state: EditState | None = None
    error: Trouble | None = None
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All fields that any of the assets has, or the schema offers."""

    assets: tuple[Said, ...] = ()
    schema: Schema = field(default_factory=Schema)
    fields: Mapping[FieldPath, FieldSheet] = field(default_factory=dict)

    def field(self, path: FieldPath) -> FieldSheet:
        """A field; one that nobody speaks of is empty."""
        return self.fields.get(path) or FieldSheet(path=path)

    @property
    def is_empty(self) -> bool:
        """Is there no asset that can be edited?"""
        return not self.assets


def sheet_of(assets: Sequence[Said], schema: Schema) -> Sheet:
    """What these assets say together."""
    return Sheet(assets=tuple(assets), schema=schema, fields=fields_of(assets, (TAGS,)))


def fields_of(
    assets: Sequence[Spoken], always: Sequence[FieldPath] = ()
) -> dict[FieldPath, FieldSheet]:
    """Every field that any of these says something in, or is edited; and those `always` there."""
    values: defaultdict[FieldPath, list[FieldValue]] = defaultdict(list)
    edits: defaultdict[FieldPath, list[Edit]] = defaultdict(list)
    conflicts: defaultdict[FieldPath, list[Conflict]] = defaultdict(list)
    for said in assets:
        for path, value in said.record().items():
            values[path].append(value)
        for edit in said.edits:
            edits[edit.path].append(edit)
        for conflict in said.conflicts:
            conflicts[conflict.path].append(conflict)
    found: dict[FieldPath, FieldSheet] = {}
    for path in sorted({*values, *edits, *always}):
        told = values.get(path, [])
        silent = [None] if len(told) < len(assets) else []
        found[path] = _field(path, [*told, *silent], edits.get(path, ()), conflicts.get(path, ()))
    return found


def _field(
    path: FieldPath,
    values: Sequence[FieldValue],
    edits: Sequence[Edit],
    conflicts: Sequence[Conflict],
) -> FieldSheet:
    states = {edit.state for edit in edits}
    errors = [edit.error for edit in edits]
    some: tuple[str, ...] = ()
    mixed = any(not same(value, values[0]) for value in values)
    value = None if mixed else normalised(values[0]) if values else None
    if is_set(path, *values):
        sets = [frozenset(value if isinstance(value, tuple) else ()) for value in values]
        shared = frozenset.intersection(*sets) if sets else frozenset()
        value = normalised(tuple(shared))
        some = tuple(sorted(frozenset().union(*sets) - shared))
    return FieldSheet(
        path=path,
        value=value,
        mixed=mixed,
        some=some,
        state=next((state for state in WORST_FIRST if state in states), None),
        error=next((error for error in errors if error is not None), None),
        conflicts=tuple(conflicts),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is said of a field: a new value, or of a set what is added and removed.

    A set can also get a new `value` altogether; `value` None empties the field.
    """

    path: FieldPath
    value: FieldValue = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def after(self, before: FieldValue) -> FieldValue:
        """The field's value afterwards."""
        if not self.add and not self.remove:
            return normalised(self.value)
        there = before if isinstance(before, tuple) else () if before is None else (str(before),)
        return normalised([*((set(there) | set(self.add)) - set(self.remove))])


class RefusedHereError(InvalidInputError):
    """A value that the field does not take; the sentence says which and why."""

    text = QT_TRANSLATE_NOOP("errors", "{what}: {detail}")


def changed(said: Said, changes: Sequence[Change], schema: Schema) -> dict[FieldPath, FieldValue]:
    """The fields of the asset that differ afterwards. Raises InvalidInputError.

    Only what is changed is checked: what was wrong before stays for whoever knows better.
    """
    before = said.record()
    after = dict(before)
    for change in changes:
        after[change.path] = checked(change.path, change.after(after.get(change.path)))
    different = {path: value for path, value in after.items() if not same(value, before.get(path))}
    _check_metadata(said, different, after, schema)
    return different


def _check_metadata(said: Said, different: Record, after: Record, schema: Schema) -> None:
    values = {path.key: value for path, value in after.items() if is_structured(path)}
    states = schema.states(values)
    for path, value in different.items():
        known = schema.field(path.key) if is_structured(path) else None
        if known is None:
            continue
        trouble = fault(known, value, states[path.key])
        if trouble is not None:
            raise RefusedHereError(what=said.asset.name, detail=trouble.sentence())


def joint_states(assets: Sequence[Said], schema: Schema) -> dict[str, FieldState]:
    """What the rules make of each field for all these assets together, by external ID.

    A field is on if it is on for every one; only what each of them may choose can be chosen.
    """
    each = [
        schema.states(
            {path.key: value for path, value in said.record().items() if is_structured(path)}
        )
        for said in assets
    ]
    return {
        one.external_id: _joint([found[one.external_id] for found in each]) for one in schema.fields
    }


def is_structured(path: FieldPath) -> bool:
    """Is it a structured metadata field?"""
    return path.subject is Subject.METADATA


def _joint(states: Sequence[FieldState]) -> FieldState:
    if not states:
        return FieldState()
    limits = [state.allowed for state in states if state.allowed is not None]
    values = [state.value for state in states]
    alike = all(same(value, values[0]) for value in values)
    return FieldState(
        enabled=all(state.enabled for state in states),
        mandatory=any(state.mandatory for state in states),
        allowed=frozenset.intersection(*limits) if limits else None,
        value=values[0] if alike else None,
    )
