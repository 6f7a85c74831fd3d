"""Jobs in the ledger: added once, claimed, and recorded together with what they achieved."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.jobs import JobRecord, JobState, Trouble, WaitingFor
from bridge_app.storage.database import Writer
from bridge_app.storage.deliveries import FORGET, PUT, copy_values
from bridge_app.storage.feed_delivered import tell_delivered
from bridge_app.storage.job_audit import tell_ends
from bridge_app.storage.job_rows import error_text, job_record
from bridge_app.storage.looks import queue_looks
from bridge_app.storage.product_copies import mark_delivered
from bridge_app.storage.stopped_edits import edits_again, edits_of, stop_edits
from bridge_app.storage.uploads import FORGET_CONTENT

ADD = """
    INSERT INTO job (kind, identity, batch, environment, asset, name, state, total, params,
        created_at, updated_at, who)
    VALUES (:kind, :identity, :batch, :environment, :asset, :name, 'queued', :total, :params,
        :at, :at, :who)
    ON CONFLICT DO NOTHING RETURNING id
"""
PLACE = """
    INSERT INTO placement (environment, asset, public_id) VALUES (?, ?, ?)
    ON CONFLICT (environment, asset) DO UPDATE SET public_id = excluded.public_id
"""
MOVE = """
    UPDATE placement SET public_id = ?
    WHERE environment = ? AND asset = (SELECT asset FROM job WHERE id = ?)
"""
CLAIM = """
    UPDATE job SET state = 'running', attempts = attempts + 1, claims = claims + 1,
        updated_at = :at, waiting_for = NULL, waiting_until = NULL
    WHERE id IN (
        SELECT id FROM job
        WHERE kind IN (SELECT value FROM json_each(:kinds))
            AND (state = 'queued' OR (state = 'waiting' AND waiting_until <= :at))
        ORDER BY state = 'waiting', id LIMIT :limit
    )
    RETURNING *
"""
NEXT_WAKE = """
    SELECT min(waiting_until) FROM job
    WHERE state = 'waiting' AND waiting_until > ? AND kind IN (SELECT value FROM json_each(?))
"""
RECORD = """
    UPDATE job SET state = :state, done = :done, waiting_for = :waiting_for,
        waiting_until = :waiting_until, error = :error, result = :result, updated_at = :at,
        attempts = attempts - :uncounted
    WHERE id = :id AND state = 'running'
"""
REVIVE = """
    UPDATE job SET state = 'queued', waiting_for = NULL, waiting_until = NULL, updated_at = ?
    WHERE state = 'running'
"""
RELEASE = """
    UPDATE job SET state = 'queued', waiting_for = NULL, waiting_until = NULL, updated_at = ?
    WHERE state = 'waiting' AND waiting_for IN (SELECT value FROM json_each(?))
"""
HOLD = """
    UPDATE job SET state = 'waiting', waiting_for = ?, waiting_until = NULL, updated_at = ?
    WHERE state = 'queued' AND kind IN ('push', 'push_reference')
"""
CANCEL = """
    UPDATE job SET state = 'cancelled', updated_at = ?
    WHERE state IN ('queued', 'waiting') AND id IN (SELECT value FROM json_each(?))
"""
RETRY = """
    UPDATE OR IGNORE job SET state = 'queued', error = NULL, done = 0, updated_at = ?,
        attempts = CASE kind WHEN 'webhook' THEN 0 ELSE min(attempts, 1) END
    WHERE state IN ('failed', 'cancelled') AND id IN (SELECT value FROM json_each(?))
    RETURNING id
"""
HURRY = """
    UPDATE job SET state = 'queued', waiting_for = NULL, waiting_until = NULL, updated_at = ?
    WHERE state = 'waiting' AND waiting_for IN ('next_try', 'account', 'receiver')
        AND id IN (SELECT value FROM json_each(?))
"""
UNFINISHED = """
    SELECT id FROM job WHERE kind IN (SELECT value FROM json_each(?))
        AND state IN ('queued', 'running', 'waiting')
"""
IN_STATE = "SELECT id FROM job WHERE kind = ? AND state = ?"
CLEAR = "DELETE FROM job WHERE kind = ? AND state IN ('done', 'failed', 'cancelled')"
CLEAR_FAILED = "DELETE FROM job WHERE kind = ? AND state IN ('failed', 'cancelled')"
RECENT = """
    SELECT * FROM job WHERE kind IN (SELECT value FROM json_each(?))
        AND NOT (state = 'done' AND kind IN (SELECT value FROM json_each(?)))
    ORDER BY state IN ('done', 'failed', 'cancelled'), state <> 'running', id DESC LIMIT ?
"""
ONE = "SELECT * FROM job WHERE id = ?"
BATCH = "SELECT * FROM job WHERE batch = ? ORDER BY id"
OPEN = """
    SELECT 1 FROM job
    WHERE batch = ? AND id IS NOT ? AND state IN ('running', 'queued', 'waiting')
        AND waiting_for IS NOT 'account' LIMIT 1
"""
MAY_GO_ON = "SELECT 1 FROM job WHERE batch = ? AND state NOT IN ('done', 'cancelled') LIMIT 1"
ANY_UNFINISHED = """
    SELECT 1 FROM job
    WHERE state IN ('running', 'queued', 'waiting') AND kind IN ('push', 'push_reference')
        AND environment = ? AND asset IN (SELECT value FROM json_each(?)) LIMIT 1
"""
ACCOUNT_WANTED = """
    SELECT 1 FROM job WHERE state = 'waiting' AND waiting_for = 'account'
        AND (environment = ? OR ifnull(error, '') NOT LIKE '["NoAccountError",%') LIMIT 1
"""
NEWEST = """
    SELECT * FROM job WHERE id IN (
        SELECT max(id) FROM job
        WHERE kind IN ('push', 'push_reference') AND environment = ?
            AND asset IN (SELECT value FROM json_each(?))
        GROUP BY asset
    ) ORDER BY id
"""
TOTALS = """
    SELECT state, count(*), sum(done), sum(total) FROM job
    WHERE kind IN (SELECT value FROM json_each(?)) AND batch IN (
        SELECT DISTINCT batch FROM job
        WHERE kind IN (SELECT value FROM json_each(?))
            AND (state IN ('queued', 'running', 'waiting') OR updated_at >= ?)
    ) GROUP BY state
"""
WAITING = """
    SELECT waiting_for, min(waiting_until) FROM job
    WHERE kind IN (SELECT value FROM json_each(?)) AND state = 'waiting'
    GROUP BY waiting_for ORDER BY count(*) DESC LIMIT 1
"""
QUEUED = """
    SELECT asset, coalesce(json_extract(params, '$.content'), json_extract(params, '$.sha256'))
    FROM job WHERE kind IN ('push', 'push_reference') AND environment = ?
        AND state IN ('queued', 'running', 'waiting')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """A job to add; of two unfinished ones with the same `identity` only the first is kept."""

    kind: str
    identity: str
    batch: str
    name: str
    params: dict[str, object]
    environment: str | None = None
    asset: AssetId | None = None
    total: int = 0
    public_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How a run of a job ended, with the delivered copy it made, if any.

    `counted` False gives the attempt back: the job was stopped, it did not fail.
    """

    job: int
    state: JobState
    done: int = 0
    waiting_for: WaitingFor | None = None
    waiting_until: str | None = None
    error: Trouble | None = None
    result: dict[str, object] | None = None
    copy: CloudCopy | None = None
    counted: bool = True


class Jobs:
    """The job table; thread-safe. Every call is one transaction, on disk when it returns.

    `who` names the person at this desk, who is kept as whoever asked for a job.
    """

    def __init__(self, writer: Writer, who: Callable[[], str] = str) -> None:
        self._writer = writer
        self._who = who

    def add(self, jobs: Sequence[NewJob], *, at: datetime) -> list[int]:
        """Queue jobs, all or none; returns the ids of those that were not there already."""
        added: list[int] = []
        who = self._who()
        with self._writer.atomic() as connection:
            for job in jobs:
                row = connection.execute(ADD, new_values(job, at, who=who)).fetchone()
                if row is not None:
                    added.append(row[0])
                if row is not None and job.public_id is not None:
                    connection.execute(PLACE, (job.environment, job.asset, job.public_id))
        return added

    def exchange(
        self,
        results: Iterable[Result],
        kinds: Iterable[str],
        *,
        limit: int,
        at: datetime,
        few: Mapping[str, int] | None = None,
    ) -> list[JobRecord]:
        """Record how runs ended and what they delivered, and take up to `limit` jobs to run.

        `few` are kinds with limits of their own. One transaction: a wave of small transfers costs
        one write. The jobs taken are marked running, and their attempts counted, before they run.
        """
        wishes = [(list(kinds), limit), *(([kind], most) for kind, most in (few or {}).items())]
        claimed: list[JobRecord] = []
        with self._writer.atomic() as connection:
            _record_all(connection, list(results), at)
            for wanted, most in wishes:
                if most:
                    values = {"kinds": json.dumps(wanted), "limit": most, "at": at.isoformat()}
                    claimed += [job_record(row) for row in connection.execute(CLAIM, values)]
        return sorted(claimed, key=lambda job: job.id)

    def revive(self, *, at: datetime) -> None:
        """After a start: what was running when the program ended is queued again."""
        with self._writer.atomic() as connection:
            connection.execute(REVIVE, (at.isoformat(),))

    def release(self, reasons: Iterable[WaitingFor], *, at: datetime) -> None:
        """What these jobs waited for is there: queue them again."""
        with self._writer.atomic() as connection:
            connection.execute(RELEASE, (at.isoformat(), json.dumps(list(reasons))))

    def hold(self, reason: WaitingFor, *, at: datetime) -> None:
        """Queued pushes wait, and say what for."""
        with self._writer.atomic() as connection:
            connection.execute(HOLD, (reason.value, at.isoformat()))

    def cancel(self, jobs: Iterable[int], *, at: datetime) -> None:
        """Cancel jobs that are not running; running ones are stopped by their runner."""
        chosen = list(jobs)
        with self._writer.atomic() as connection:
            connection.execute(CANCEL, (at.isoformat(), json.dumps(chosen)))
            queue_looks(connection, chosen, at)
            stop_edits(connection, dict.fromkeys(chosen))

    def retry(self, jobs: Iterable[int], *, at: datetime) -> list[int]:
        """Queue failed or cancelled jobs again, and let waiting ones wait no longer."""
        chosen = json.dumps(list(jobs))
        with self._writer.atomic() as connection:
            connection.execute(HURRY, (at.isoformat(), chosen))
            again = [row[0] for row in connection.execute(RETRY, (at.isoformat(), chosen))]
            edits_again(connection, again)
            return again

    def edited(self, jobs: Iterable[int]) -> frozenset[AssetId]:
        """Of which assets is something said that these jobs are to deliver, or could not?"""
        with self._writer.reading() as connection:
            return edits_of(connection, jobs)

    def clear_finished(self, kind: str) -> None:
        """Drop finished jobs from the list; what they delivered stays recorded."""
        with self._writer.atomic() as connection:
            connection.execute(CLEAR, (kind,))

    def clear_failed(self, kind: str) -> None:
        """Drop those that came to nothing; what was done stays, so that it can be undone."""
        with self._writer.atomic() as connection:
            connection.execute(CLEAR_FAILED, (kind,))

    def unfinished(self, *kinds: str) -> list[int]:
        """The ids of jobs that are queued, running or waiting."""
        with self._writer.reading() as connection:
            return [row[0] for row in connection.execute(UNFINISHED, (json.dumps(kinds),))]

    def in_state(self, kind: str, state: JobState) -> list[int]:
        """The ids of jobs in this state."""
        with self._writer.reading() as connection:
            return [row[0] for row in connection.execute(IN_STATE, (kind, state.value))]

    def recent(
        self, kinds: Iterable[str], *, limit: int, passing: Iterable[str] = ()
    ) -> list[JobRecord]:
        """Jobs for a list: running, unfinished, then the newest; of `passing` kinds none done."""
        told = (json.dumps(list(kinds)), json.dumps(list(passing)))
        with self._writer.reading() as connection:
            found = connection.execute(RECENT, (*told, limit))
            return [job_record(row) for row in found]

    def one(self, job: int) -> JobRecord | None:
        """A job by its id."""
        with self._writer.reading() as connection:
            row = connection.execute(ONE, (job,)).fetchone()
            return None if row is None else job_record(row)

    def is_open(self, batch: str, *, but: int | None = None) -> bool:
        """Is any job of a batch, but this one, neither finished, nor waiting for a person?"""
        with self._writer.reading() as connection:
            return connection.execute(OPEN, (batch, but)).fetchone() is not None

    def may_go_on(self, batch: str) -> bool:
        """Is any job of a batch unfinished, or could be tried again?"""
        with self._writer.reading() as connection:
            return connection.execute(MAY_GO_ON, (batch,)).fetchone() is not None

    def batch(self, batch: str) -> list[JobRecord]:
        """All jobs that were queued together."""
        with self._writer.reading() as connection:
            return [job_record(row) for row in connection.execute(BATCH, (batch,))]

    def newest_pushes(self, environment: str, assets: Iterable[AssetId]) -> list[JobRecord]:
        """The newest push of each of these assets."""
        with self._writer.reading() as connection:
            found = connection.execute(NEWEST, (environment, json.dumps(list(assets))))
            return [job_record(row) for row in found]

    def is_unfinished(self, environment: str, assets: Iterable[AssetId]) -> bool:
        """Is a push of any of these assets not finished?"""
        with self._writer.reading() as connection:
            found = connection.execute(ANY_UNFINISHED, (environment, json.dumps(list(assets))))
            return found.fetchone() is not None

    def waits_for_account(self, environment: str = "") -> bool:
        """Does a job wait for an account: one that is there, or that of this environment?"""
        with self._writer.reading() as connection:
            return connection.execute(ACCOUNT_WANTED, (environment,)).fetchone() is not None

    def next_wake(self, kinds: Iterable[str], *, after: datetime) -> str | None:
        """When the first job that waits beyond `after` wants to be tried, ISO 8601 in UTC."""
        with self._writer.reading() as connection:
            found = connection.execute(NEXT_WAKE, (after.isoformat(), json.dumps(list(kinds))))
            until: str | None = found.fetchone()[0]
        return until

    def totals(self, *kinds: str, since: str) -> dict[JobState, tuple[int, int, int]]:
        """(jobs, done, total) by state, of the batches that are unfinished or changed since."""
        wanted = json.dumps(kinds)
        with self._writer.reading() as connection:
            rows = connection.execute(TOTALS, (wanted, wanted, since)).fetchall()
        return {
            JobState(state): (count, done or 0, total or 0) for state, count, done, total in rows
        }

    def waiting_for(self, *kinds: str) -> tuple[WaitingFor, str | None] | None:
        """What most waiting jobs wait for, and until when."""
        with self._writer.reading() as connection:
            row = connection.execute(WAITING, (json.dumps(kinds),)).fetchone()
        return None if row is None or row[0] is None else (WaitingFor(row[0]), row[1])

    def queued_pushes(self, environment: str) -> frozenset[tuple[AssetId, str]]:
        """(asset, content) of the pushes that are not finished."""
        with self._writer.reading() as connection:
            rows = connection.execute(QUEUED, (environment,))
            return frozenset((AssetId(row[0]), row[1]) for row in rows)


def _record_all(connection: sqlite3.Connection, results: Sequence[Result], at: datetime) -> None:
    """One statement for the whole wave wherever it can be: its cost is in the statements."""
    connection.executemany(RECORD, [_result_values(result, at) for result in results])
    if unsent := [one.job for one in results if one.state in (JobState.CANCELLED, JobState.FAILED)]:
        queue_looks(connection, unsent, at)
        stop_edits(connection, {one.job: one.error for one in results if one.job in unsent})
    tell_ends(connection, [(one.job, one.error, one.copy) for one in results], at=at)
    made = {one.job: one.copy for one in results if one.copy is not None}
    mark_delivered(connection, list(made))
    places = {(one.environment, one.resource_type, one.public_id): one for one in made.values()}
    connection.executemany(FORGET, places)
    connection.executemany(PUT, [copy_values(copy, at) for copy in places.values()])
    moves = [(one.public_id, one.environment, job) for job, one in made.items()]
    connection.executemany(MOVE, moves)
    connection.executemany(FORGET_CONTENT, [(one.environment, one.sha256) for one in made.values()])
    tell_delivered(connection, list(made), at)


def new_values(job: NewJob, at: datetime, *, who: str = "") -> dict[str, object]:
    """The values of `ADD`; `who` asked for it, "" if nobody did."""
    return {
        "who": who,
        "kind": job.kind,
        "identity": job.identity,
        "batch": job.batch,
        "environment": job.environment,
        "asset": job.asset,
        "name": job.name,
        "total": job.total,
        "params": json.dumps(job.params),
        "at": at.isoformat(),
    }


def _result_values(result: Result, at: datetime) -> dict[str, object]:
    error = result.error
    return {
        "id": result.job,
        "state": result.state.value,
        "done": result.done,
        "waiting_for": result.waiting_for,
        "waiting_until": result.waiting_until,
        "error": None if error is None else error_text(error),
        "result": None if result.result is None else json.dumps(result.result),
        "at": at.isoformat(),
        "uncounted": 0 if result.counted else 1,
    }
