"""Edits in the ledger: said, delivered, in conflict; on the disk before anybody is told so."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_destinations import FILE, SHELTER
from bridge_app.domain.edits import (
    Attempt,
    Conflict,
    Edit,
    EditState,
    FieldPath,
    NewEdit,
    fold,
    same,
)
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.storage.database import Writer
from bridge_app.storage.edit_rows import (
    CONFLICT_FIELDS,
    FIELDS,
    attempt_text,
    conflict_from,
    edit_from,
    new_conflict_values,
    new_edit_values,
    value_text,
)
from bridge_app.storage.job_rows import error_text
from bridge_app.storage.jobs import ADD as ADD_JOB
from bridge_app.storage.jobs import NewJob, new_values

ADD = f"""
    INSERT INTO edit ({FIELDS})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, NULL, NULL)
"""
STUCK = f"""
    SELECT {FIELDS} FROM edit WHERE state IN ('failed', 'conflict')
        AND asset IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
UNSETTLED = """
    SELECT asset, path FROM conflict
    WHERE settled_at IS NULL AND asset IN (SELECT value FROM json_each(?))
"""
OPEN = f"""
    SELECT {FIELDS} FROM {{schema}}edit
    WHERE state IN ('pending', 'sending', 'failed', 'conflict')
        AND asset IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
HISTORY = f"SELECT {FIELDS} FROM edit WHERE asset = ? ORDER BY seq"
BATCH = f"SELECT {FIELDS} FROM edit WHERE batch = ? ORDER BY seq"
OF_MASTERS = f"(environment LIKE '{FILE}%' OR environment LIKE '{SHELTER}%')"
NAMED = f"batch = :it AND {OF_MASTERS} = (SELECT max({OF_MASTERS}) FROM edit WHERE batch = :it)"
"""What a batch is called after: copies that follow their masters were not edited by anybody."""
FIELDS_OF = f"SELECT path FROM edit WHERE {NAMED} GROUP BY path ORDER BY min(seq)"
REACH = f"SELECT count(DISTINCT asset) FROM edit WHERE {NAMED}"
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
ATTEMPT = """
    UPDATE edit SET attempt = ? WHERE change IN (SELECT value FROM json_each(?))
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
FAILED_PLACES = """
    SELECT DISTINCT environment FROM edit
    WHERE state = 'failed' AND asset IN (SELECT value FROM json_each(?))
"""
FAILED_NOW = f"""
    SELECT {FIELDS} FROM edit
    WHERE state = 'failed' AND change IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
SAID_LATER = f"""
    SELECT {FIELDS} FROM edit
    WHERE asset = ? AND path = ? AND state IN ('pending', 'sending')
        AND seq > (SELECT max(seq) FROM edit WHERE change IN (SELECT value FROM json_each(?)))
    ORDER BY seq LIMIT 1
"""
GIVE_WAY = """
    UPDATE edit SET state = ?, settled_at = ? WHERE change IN (SELECT value FROM json_each(?))
"""
REBASE = "UPDATE edit SET base = ? WHERE change = ?"
DISCARD = """
    UPDATE edit SET state = 'withdrawn', settled_at = ?
    WHERE state = 'failed' AND asset IN (SELECT value FROM json_each(?)) AND path = ?
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
        jobs: Sequence[NewJob],
    ) -> None:
        """Record (change ID, edit) pairs said together, and queue what delivers them; all or none.

        An edit of a field that failed before, or is in conflict, takes the place of what was
        said then. One queued job of an environment delivers all its edits.
        """
        moment = at.isoformat()
        with self._writer.atomic() as connection:
            stuck = _stuck(connection, {edit.asset for _, edit in edits})
            rows: list[tuple[object, ...]] = []
            for change, edit in edits:
                before = stuck.pop((edit.asset, str(edit.path)), None)
                base = edit.base
                if before is not None:
                    base = _first_base(before, edit)
                    _settle(connection, edit.asset, edit.path, edit.value, at)
                rows.append(new_edit_values(change, edit, base, (batch, who, moment)))
            connection.executemany(ADD, rows)
            for job in jobs:
                _queue(connection, job, at)

    def together(self) -> AbstractContextManager[object]:
        """What is recorded inside is recorded as a whole, or not at all."""
        return self._writer.atomic()

    def open_of(self, assets: Collection[AssetId]) -> dict[AssetId, list[Edit]]:
        """What is not delivered yet, or waits for a person; oldest first."""
        with self._writer.reading() as connection:
            return open_edits(connection, assets, schema="")

    def conflicts(self, assets: Collection[AssetId] | None = None) -> list[Conflict]:
        """The conflicts that nobody has settled, of these assets or of all."""
        with self._writer.reading() as connection:
            if assets is not None:
                return open_conflicts(connection, assets, schema="")
            return [conflict_from(row) for row in connection.execute(ALL_CONFLICTS)]

    def conflict(self, number: int) -> Conflict | None:
        """A conflict by its number."""
        with self._writer.reading() as connection:
            row = connection.execute(ONE_CONFLICT, (number,)).fetchone()
        return None if row is None else conflict_from(row)

    def history(self, asset: AssetId) -> list[Edit]:
        """Everything that was said here about an asset, oldest first."""
        with self._writer.reading() as connection:
            return [edit_from(row) for row in connection.execute(HISTORY, (asset,))]

    def batch(self, batch: str) -> list[Edit]:
        """What was said together."""
        with self._writer.reading() as connection:
            return [edit_from(row) for row in connection.execute(BATCH, (batch,))]

    def reach(self, batch: str) -> tuple[list[FieldPath], int]:
        """Of which fields something was said together, and of how many masters, else assets."""
        it = {"it": batch}
        with self._writer.reading() as connection:
            paths = [FieldPath.read(row[0]) for row in connection.execute(FIELDS_OF, it)]
            return paths, connection.execute(REACH, it).fetchone()[0]

    def take(self, environment: str, *, assets: int) -> list[Edit]:
        """Mark the edits of up to so many assets as being sent, and return them, oldest first.

        From now on they can be compensated, but not withdrawn. What a crash left being sent is
        among them.
        """
        with self._writer.atomic() as connection:
            found = connection.execute(DUE_ASSETS, (environment, assets)).fetchall()
            due = json.dumps([row[0] for row in found])
            connection.execute(TAKE, (environment, due))
            return [edit_from(row) for row in connection.execute(TAKEN, (environment, due))]

    def attempt(self, attempts: Iterable[tuple[Sequence[str], Attempt]]) -> None:
        """Remember what is about to be sent: (changes, attempt), all in one go."""
        rows = [(attempt_text(one), json.dumps(list(changes))) for changes, one in attempts]
        if rows:
            with self._writer.atomic() as connection:
                connection.executemany(ATTEMPT, rows)

    def end(self, endings: Iterable[Ending], *, at: datetime) -> None:
        """Record how edits ended, all in one go.

        What failed gives way to what was said of its field meanwhile.
        """
        with self._writer.atomic() as connection:
            for ending in endings:
                error = None if ending.error is None else error_text(ending.error)
                done = at.isoformat() if not ending.state.is_open else None
                values = (ending.state.value, error, done, json.dumps(ending.changes))
                connection.execute(END, values)
                if ending.state is EditState.FAILED:
                    _give_way(connection, ending.changes, at)
                if ending.conflict is not None:
                    connection.execute(ADD_CONFLICT, new_conflict_values(ending.conflict))

    def withdraw(self, batch: str, *, at: datetime) -> tuple[list[Edit], list[Edit]]:
        """Take back what was said together, as far as it is not on its way.

        Returns what was withdrawn, and what was sent already and has to be compensated.
        """
        with self._writer.atomic() as connection:
            before = [edit_from(row) for row in connection.execute(BATCH, (batch,))]
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

    def try_again(
        self, assets: Collection[AssetId], job: Callable[[str], NewJob], *, at: datetime
    ) -> None:
        """What was refused of these is to be sent once more, by the `job` of each environment."""
        asked = (json.dumps(list(assets)),)
        with self._writer.atomic() as connection:
            places = connection.execute(FAILED_PLACES, asked).fetchall()
            connection.execute(TRY_AGAIN, asked)
            for (environment,) in places:
                _queue(connection, job(environment), at)

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
        edit = edit_from(tuple(row))
        found.setdefault(edit.asset, []).append(edit)
    return found


def open_conflicts(
    connection: sqlite3.Connection, assets: Collection[AssetId], *, schema: str = "ledger."
) -> list[Conflict]:
    """The conflicts of these assets that nobody has settled."""
    rows = connection.execute(CONFLICTS.format(schema=schema), (json.dumps(list(assets)),))
    return [conflict_from(tuple(row)) for row in rows]


def _queue(connection: sqlite3.Connection, job: NewJob, at: datetime) -> None:
    if connection.execute(JOB_WAITS, (job.kind, job.environment)).fetchone() is None:
        connection.execute(ADD_JOB, new_values(job, at))


def _stuck(
    connection: sqlite3.Connection, assets: Collection[AssetId]
) -> dict[tuple[AssetId, str], list[Edit]]:
    """The fields of these assets that failed or are in conflict, with the edits that did."""
    asked = (json.dumps(list(assets)),)
    found: dict[tuple[AssetId, str], list[Edit]] = {}
    for asset, path in connection.execute(UNSETTLED, asked):
        found[AssetId(asset), path] = []
    for row in connection.execute(STUCK, asked):
        edit = edit_from(row)
        found.setdefault((edit.asset, str(edit.path)), []).append(edit)
    return found


def _first_base(before: Sequence[Edit], edit: NewEdit) -> FieldValue:
    """What the record said before those edits of the field that the service refused."""
    wish = fold(one for one in before if one.state is EditState.FAILED).get(edit.path)
    return edit.base if wish is None else wish.base


def _give_way(connection: sqlite3.Connection, changes: Sequence[str], at: datetime) -> None:
    """What was said later starts from where the failed ones did: nothing of them is there.

    Of one that was undone meanwhile, its opposite finds out whether it arrived all the same.
    """
    failed: dict[tuple[AssetId, FieldPath], list[Edit]] = {}
    for row in connection.execute(FAILED_NOW, (json.dumps(changes),)):
        edit = edit_from(row)
        failed.setdefault((edit.asset, edit.path), []).append(edit)
    for (asset, path), edits in failed.items():
        own = json.dumps([edit.change for edit in edits])
        found = connection.execute(SAID_LATER, (asset, str(path), own)).fetchone()
        if found is None:
            continue
        later, base = edit_from(found), fold(edits)[path].base
        is_undone = same(later.value, base)
        state = EditState.WITHDRAWN if is_undone else EditState.SETTLED
        connection.execute(GIVE_WAY, (state.value, at.isoformat(), own))
        if not is_undone:
            connection.execute(REBASE, (value_text(base), later.change))


def _settle(
    connection: sqlite3.Connection,
    asset: AssetId,
    path: FieldPath,
    chosen: FieldValue,
    at: datetime,
) -> None:
    moment = at.isoformat()
    connection.execute(SETTLE_FIELD, (moment, asset, str(path)))
    connection.execute(SETTLE_CONFLICT, (moment, value_text(chosen), asset, str(path)))
