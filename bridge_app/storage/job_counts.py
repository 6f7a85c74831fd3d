"""How many jobs of each kind there are in each state, in one question."""

from dataclasses import dataclass

from bridge_app.domain.jobs import JobState, WaitingFor
from bridge_app.storage.database import Writer

COUNTS = """
    SELECT kind, state, waiting_for, min(waiting_until), count(*), sum(done), sum(total) FROM job
    WHERE state IN ('queued', 'running', 'waiting') OR updated_at >= ?
    GROUP BY kind, state, waiting_for ORDER BY count(*) DESC
"""

TROUBLES = """
    SELECT kind, json_extract(error, '$[0]'), count(*) FROM job
    WHERE error IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCount:
    """Jobs of one kind that stand alike; the first goes on at `waiting_until` (ISO 8601, UTC)."""

    kind: str
    state: JobState
    waiting_for: WaitingFor | None
    waiting_until: str | None
    count: int
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleCount:
    """Jobs of one kind that failed alike; `error` is the kind of error."""

    kind: str
    error: str
    count: int


class JobCounts:
    """Counts the jobs of a ledger; thread-safe."""

    def __init__(self, ledger: Writer) -> None:
        self._ledger = ledger

    def since(self, moment: str) -> tuple[JobCount, ...]:
        """Of the jobs that are unfinished, or changed since (ISO 8601, UTC); the most first."""
        with self._ledger.reading() as connection:
            rows = connection.execute(COUNTS, (moment,)).fetchall()
        return tuple(
            JobCount(
                kind=kind,
                state=JobState(state),
                waiting_for=WaitingFor(waiting) if waiting and state == "waiting" else None,
                waiting_until=until,
                count=count,
                done=done or 0,
                total=total or 0,
            )
            for kind, state, waiting, until, count, done, total in rows
        )

    def troubles(self) -> tuple[TroubleCount, ...]:
        """How often jobs failed, or wait after trouble, and with which kind of error."""
        with self._ledger.reading() as connection:
            rows = connection.execute(TROUBLES).fetchall()
        return tuple(TroubleCount(kind=kind, error=error, count=n) for kind, error, n in rows)
