"""Edits in the ledger: said, delivered, in conflict; on the disk before anybody is told so."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import Conflict, Edit, EditState, FieldPath, NewEdit, Subject, fold
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.metadata_fields import FieldValue, normalised
from bridge_app.storage.database import Writer
from bridge_app.storage.jobs import ADD as ADD_JOB
from bridge_app.storage.jobs import NewJob, new_values

FIELDS = """
    change, batch, environment, asset, asset_id, name, path, base, value, state, who, at, error
"""
ADD = f"""
    INSERT INTO edit ({FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, NULL)
"""
OF_FIELD = f"""
    SELECT {FIELDS} FROM edit WHERE asset = ? AND path = ? AND state = ? ORDER BY seq
"""
OPEN = f"""
    SELECT {FIELDS} FROM {{schema}}edit
    WHERE state IN ('pending', 'sending', 'failed', 'conflict')
        AND asset IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
HISTORY = f"SELECT {FIELDS} FROM edit WHERE asset = ? ORDER BY seq"
BATCH = f"SELECT {FIELDS} FROM edit WHERE batch = ? ORDER BY seq"
DUE_ASSETS = """
    SELECT asset FROM edit WHERE environment = ? AND state IN ('pending', 'sending')
    GROUP BY asset ORDER BY min(seq) LIMIT ?
"""
TAKE = """
    UPDATE edit SET state = 'sending'
    WHERE environment = ? AND state = 'pending' AND asset IN (SELECT value FROM json_each(?))
"""
TAKEN = f"""
    SELECT {FIELDS} FROM edit WHERE environment = ? AND state = 'sending'
        AND asset IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
END = """
    UPDATE edit SET state = ?, error = ?, settled_at = ?
    WHERE state IN ('pending', 'sending') AND change IN (SELECT value FROM json_each(?))
"""
WITHDRAW = """
    UPDATE edit SET state = 'withdrawn', settled_at = ?
    WHERE batch = ? AND state IN ('pending', 'failed')
"""
SETTLE_FIELD = """
    UPDATE edit SET state = 'settled', settled_at = ?
    WHERE asset = ? AND path = ? AND state IN ('failed', 'conflict')
"""
TRY_AGAIN = """
    UPDATE edit SET state = 'pending', error = NULL
    WHERE state = 'failed' AND asset IN (SELECT value FROM json_each(?))
"""
DISCARD = """
    UPDATE edit SET state = 'withdrawn', settled_at = ?
    WHERE state = 'failed' AND asset IN (SELECT value FROM json_each(?)) AND path = ?
"""
CONFLICT_FIELDS = """
    id, environment, asset, asset_id, name, path, base, ours, theirs, found_at, settled_at, chosen
"""
ADD_CONFLICT = """
    INSERT INTO conflict (environment, asset, asset_id, name, path, base, ours, theirs, found_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (asset, path) WHERE settled_at IS NULL
    DO UPDATE SET ours = excluded.ours, theirs = excluded.theirs, found_at = excluded.found_at
"""
CONFLICTS = f"""
    SELECT {CONFLICT_FIELDS} FROM {{schema}}conflict
    WHERE settled_at IS NULL AND asset IN (SELECT value FROM json_each(?)) ORDER BY id
"""
ALL_CONFLICTS = f"SELECT {CONFLICT_FIELDS} FROM conflict WHERE settled_at IS NULL ORDER BY id"
ONE_CONFLICT = f"SELECT {CONFLICT_FIELDS} FROM conflict WHERE id = ?"
SETTLE_CONFLICT = """
    UPDATE conflict SET settled_at = ?, chosen = ?
    WHERE asset = ? AND path = ? AND settled_at IS NULL
"""
JOB_WAITS = """
    SELECT 1 FROM job WHERE kind = ? AND environment = ? AND state IN ('queued', 'waiting')
"""
JOB_UNFINISHED = """
    SELECT 1 FROM job WHERE kind = ? AND state IN ('queued', 'running', 'waiting') LIMIT 1
"""
DUE = "SELECT DISTINCT environment FROM edit WHERE state IN ('pending', 'sending')"
ANY_DUE = """
    SELECT 1 FROM edit WHERE state IN ('pending', 'sending')
        AND change IN (SELECT value FROM json_each(?)) LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How the open edits of one field ended; `conflict` goes with that state, `error` with its."""

    changes: tuple[str, ...]
    state: EditState
    error: Trouble | None = None
    conflict: Conflict | None = None


class Edits:
    """The edits of the ledger; thread-safe. What is written is on the disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def add(
        self,
        edits: Sequence[tuple[str, NewEdit]],
        *,
        batch: str,
        who: str,
        at: datetime,
        job: NewJob,
    ) -> None:
        """Record (change ID, edit) pairs said together, and queue what delivers them.

        An edit of a field that failed before, or is in conflict, takes the place of what was
        said then. One queued job of an environment delivers all its edits.
        """
        with self._writer.atomic() as connection:
            for change, edit in edits:
                based = replace(edit, base=_first_base(connection, edit))
                _settle(connection, edit.asset, edit.path, edit.value, at)
                connection.execute(ADD, _new_edit(change, based, batch, who, at))
            _queue(connection, job, at)

    def open_of(self, assets: Collection[AssetId]) -> dict[AssetId, list[Edit]]:
        """What is not delivered yet, or waits for a person; oldest first."""
        with self._writer.reading() as connection:
            return open_edits(connection, assets, schema="")

    def conflicts(self, assets: Collection[AssetId] | None = None) -> list[Conflict]:
        """The conflicts that nobody has settled, of these assets or of all."""
        with self._writer.reading() as connection:
            if assets is not None:
                return open_conflicts(connection, assets, schema="")
            return [_conflict(row) for row in connection.execute(ALL_CONFLICTS)]

    def conflict(self, number: int) -> Conflict | None:
        """A conflict by its number."""
        with self._writer.reading() as connection:
            row = connection.execute(ONE_CONFLICT, (number,)).fetchone()
        return None if row is None else _conflict(row)

    def history(self, asset: AssetId) -> list[Edit]:
        """Everything that was said here about an asset, oldest first."""
        with self._writer.reading() as connection:
            return [_edit(row) for row in connection.execute(HISTORY, (asset,))]

    def batch(self, batch: str) -> list[Edit]:
        """What was said together."""
        with self._writer.reading() as connection:
            return [_edit(row) for row in connection.execute(BATCH, (batch,))]

    def take(self, environment: str, *, assets: int) -> list[Edit]:
        """Mark the edits of up to so many assets as being sent, and return them, oldest first.

        From now on they can be compensated, but not withdrawn. What a crash left being sent is
        among them.
        """
        with self._writer.atomic() as connection:
            found = connection.execute(DUE_ASSETS, (environment, assets)).fetchall()
            due = json.dumps([row[0] for row in found])
            connection.execute(TAKE, (environment, due))
            return [_edit(row) for row in connection.execute(TAKEN, (environment, due))]

    def end(self, endings: Iterable[Ending], *, at: datetime) -> None:
        """Record how edits ended, all in one go."""
        with self._writer.atomic() as connection:
            for ending in endings:
                error = None if ending.error is None else _error_text(ending.error)
                done = at.isoformat() if not ending.state.is_open else None
                values = (ending.state.value, error, done, json.dumps(ending.changes))
                connection.execute(END, values)
                if ending.conflict is not None:
                    connection.execute(ADD_CONFLICT, _new_conflict(ending.conflict))

    def withdraw(self, batch: str, *, at: datetime) -> tuple[list[Edit], list[Edit]]:
        """Take back what was said together, as far as it is not on its way.

        Returns what was withdrawn, and what was sent already and has to be compensated.
        """
        with self._writer.atomic() as connection:
            before = [_edit(row) for row in connection.execute(BATCH, (batch,))]
            connection.execute(WITHDRAW, (at.isoformat(), batch))
        takeable = (EditState.PENDING, EditState.FAILED)
        sent = (EditState.SENDING, EditState.DELIVERED)
        return (
            [edit for edit in before if edit.state in takeable],
            [edit for edit in before if edit.state in sent],
        )

    def settle(self, conflict: Conflict, chosen: FieldValue, *, at: datetime) -> None:
        """A person has chosen what becomes of a conflict."""
        with self._writer.atomic() as connection:
            _settle(connection, conflict.asset, conflict.path, chosen, at)

    def try_again(self, assets: Collection[AssetId], *, at: datetime, job: NewJob) -> None:
        """What the service refused is to be sent once more."""
        with self._writer.atomic() as connection:
            connection.execute(TRY_AGAIN, (json.dumps(list(assets)),))
            _queue(connection, job, at)

    def discard(self, assets: Collection[AssetId], path: FieldPath, *, at: datetime) -> None:
        """What the service refused of this field is given up."""
        with self._writer.atomic() as connection:
            chosen = json.dumps(list(assets))
            connection.execute(DISCARD, (at.isoformat(), chosen, str(path)))

    def due(self) -> list[str]:
        """The environments for which edits wait to be delivered."""
        with self._writer.reading() as connection:
            return [row[0] for row in connection.execute(DUE)]

    def queue(self, job: NewJob, *, at: datetime) -> None:
        """Queue a delivery, unless one waits already."""
        with self._writer.atomic() as connection:
            _queue(connection, job, at)

    def has_job(self, kind: str) -> bool:
        """Is a delivery queued, running or waiting?"""
        with self._writer.reading() as connection:
            return connection.execute(JOB_UNFINISHED, (kind,)).fetchone() is not None

    def is_due(self, changes: Collection[str]) -> bool:
        """Are any of these still to be delivered?"""
        with self._writer.reading() as connection:
            found = connection.execute(ANY_DUE, (json.dumps(list(changes)),))
            return found.fetchone() is not None


def open_edits(
    connection: sqlite3.Connection, assets: Collection[AssetId], *, schema: str = "ledger."
) -> dict[AssetId, list[Edit]]:
    """The open edits of these assets, oldest first, on a connection that has the ledger."""
    found: dict[AssetId, list[Edit]] = {}
    for row in connection.execute(OPEN.format(schema=schema), (json.dumps(list(assets)),)):
        edit = _edit(tuple(row))
        found.setdefault(edit.asset, []).append(edit)
    return found


def open_conflicts(
    connection: sqlite3.Connection, assets: Collection[AssetId], *, schema: str = "ledger."
) -> list[Conflict]:
    """The conflicts of these assets that nobody has settled."""
    rows = connection.execute(CONFLICTS.format(schema=schema), (json.dumps(list(assets)),))
    return [_conflict(tuple(row)) for row in rows]


def _queue(connection: sqlite3.Connection, job: NewJob, at: datetime) -> None:
    if connection.execute(JOB_WAITS, (job.kind, job.environment)).fetchone() is None:
        connection.execute(ADD_JOB, new_values(job, at))


def _first_base(connection: sqlite3.Connection, edit: NewEdit) -> FieldValue:
    """What the record said before those edits of the field that the service refused."""
    rows = connection.execute(OF_FIELD, (edit.asset, str(edit.path), EditState.FAILED.value))
    wish = fold(_edit(row) for row in rows).get(edit.path)
    return edit.base if wish is None else wish.base


def _settle(
    connection: sqlite3.Connection,
    asset: AssetId,
    path: FieldPath,
    chosen: FieldValue,
    at: datetime,
) -> None:
    moment = at.isoformat()
    connection.execute(SETTLE_FIELD, (moment, asset, str(path)))
    connection.execute(SETTLE_CONFLICT, (moment, _text(chosen), asset, str(path)))


def _new_edit(change: str, edit: NewEdit, batch: str, who: str, at: datetime) -> tuple[object, ...]:
    return (
        change,
        batch,
        edit.environment,
        edit.asset,
        edit.asset_id,
        edit.name,
        str(edit.path),
        _text(edit.base),
        _text(edit.value),
        who,
        at.isoformat(),
    )


def _new_conflict(conflict: Conflict) -> tuple[object, ...]:
    return (
        conflict.environment,
        conflict.asset,
        conflict.asset_id,
        conflict.name,
        str(conflict.path),
        _text(conflict.base),
        _text(conflict.ours),
        _text(conflict.theirs),
        conflict.found_at,
    )


def _edit(row: tuple[Any, ...]) -> Edit:
    change, batch, environment, asset, asset_id, name, path, base, value, state, who, at, error = (
        row
    )
    return Edit(
        change=change,
        batch=batch,
        environment=environment,
        asset=AssetId(asset),
        asset_id=asset_id,
        name=name,
        path=_path(path),
        base=_value(base),
        value=_value(value),
        state=EditState(state),
        who=who,
        at=at,
        error=_error(error),
    )


def _conflict(row: tuple[Any, ...]) -> Conflict:
    number, environment, asset, asset_id, name, path, base, ours, theirs, found_at = row[:10]
    settled_at, chosen = row[10:]
    return Conflict(
        id=number,
        environment=environment,
        asset=AssetId(asset),
        asset_id=asset_id,
        name=name,
        path=_path(path),
        base=_value(base),
        ours=_value(ours),
        theirs=_value(theirs),
        found_at=found_at,
        settled_at=settled_at,
        chosen=None if chosen is None else _value(chosen),
    )


def _path(text: str) -> FieldPath:
    """A path as it was written, whatever its key holds."""
    subject, _, key = text.partition(".")
    return FieldPath(Subject(subject), key)


def _text(value: FieldValue) -> str:
    return json.dumps(value)


def _value(text: str) -> FieldValue:
    found: str | int | list[str] | None = json.loads(text)
    return normalised(found)


def _error_text(error: Trouble) -> str:
    return json.dumps([error.kind, error.text, error.facts])


def _error(text: str | None) -> Trouble | None:
    if text is None:
        return None
    kind, template, facts = json.loads(text)
    return Trouble(kind=kind, text=template, facts=facts)
