"""Edits and conflicts of the ledger as rows, and back."""

import json
from functools import lru_cache
from typing import Any

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import Attempt, Conflict, Edit, EditState, FieldPath, NewEdit, Subject
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.metadata_fields import FieldValue, normalised

FIELDS = """
    change, batch, environment, asset, asset_id, name, path, base, value, state, who, at, error,
    attempt
"""
CONFLICT_FIELDS = """
    id, environment, asset, asset_id, name, path, base, ours, theirs, found_at, settled_at, chosen
"""


def new_edit_values(
    change: str, edit: NewEdit, base: FieldValue, said: tuple[str, str, str]
) -> tuple[object, ...]:
    """The values of a new edit; `said` are the batch, who says it, and when (ISO 8601)."""
    batch, who, at = said
    return (
        change,
        batch,
        edit.environment,
        edit.asset,
        edit.asset_id,
        edit.name,
        str(edit.path),
        value_text(base),
        value_text(edit.value),
        who,
        at,
    )


def new_conflict_values(conflict: Conflict) -> tuple[object, ...]:
    """The values of a new conflict."""
    return (
        conflict.environment,
        conflict.asset,
        conflict.asset_id,
        conflict.name,
        str(conflict.path),
        value_text(conflict.base),
        value_text(conflict.ours),
        value_text(conflict.theirs),
        conflict.found_at,
    )


def edit_from(row: tuple[Any, ...]) -> Edit:
    """The edit that a row of `FIELDS` describes."""
    change, batch, environment, asset, asset_id, name, path, base, value, state, who, at = row[:12]
    error, attempt = row[12:]
    return Edit(
        change=change,
        batch=batch,
        environment=environment,
        asset=AssetId(asset),
        asset_id=asset_id,
        name=name,
        path=_path(path),
        base=value_from(base),
        value=value_from(value),
        state=EditState(state),
        who=who,
        at=at,
        error=_error(error),
        attempt=_attempt(attempt),
    )


def conflict_from(row: tuple[Any, ...]) -> Conflict:
    """The conflict that a row of `CONFLICT_FIELDS` describes."""
    number, environment, asset, asset_id, name, path, base, ours, theirs, found_at = row[:10]
    settled_at, chosen = row[10:]
    return Conflict(
        id=number,
        environment=environment,
        asset=AssetId(asset),
        asset_id=asset_id,
        name=name,
        path=_path(path),
        base=value_from(base),
        ours=value_from(ours),
        theirs=value_from(theirs),
        found_at=found_at,
        settled_at=settled_at,
        chosen=None if chosen is None else value_from(chosen),
    )


@lru_cache(maxsize=1_024)
def _path(text: str) -> FieldPath:
    """A path as it was written, whatever its key holds."""
    subject, _, key = text.partition(".")
    return FieldPath(Subject(subject), key)


@lru_cache(maxsize=256)
def value_text(value: FieldValue) -> str:
    """A value as JSON."""
    return json.dumps(value)


@lru_cache(maxsize=256)
def value_from(text: str) -> FieldValue:
    """A value from JSON; of many assets the same is said."""
    found: str | int | list[str] | None = json.loads(text)
    return normalised(found)


def attempt_text(attempt: Attempt) -> str:
    """An attempt as JSON."""
    return json.dumps([attempt.there, attempt.wanted, attempt.answered, attempt.version])


def _attempt(text: str | None) -> Attempt | None:
    if text is None:
        return None
    there, wanted, *more = json.loads(text)
    return Attempt(
        there=normalised(there),
        wanted=normalised(wanted),
        answered=more[:1] == [True],
        version=more[1] if len(more) > 1 else "",
    )


def _error(text: str | None) -> Trouble | None:
    if text is None:
        return None
    kind, template, facts = json.loads(text)
    return Trouble(kind=kind, text=template, facts=facts)
