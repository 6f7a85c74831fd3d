"""Jobs as everybody sees them: what state a piece of work is in, and why."""

from dataclasses import dataclass, field
from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands. Only the first three are unfinished."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_finished(self) -> bool:
        """Nothing more happens unless a person asks for it."""
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class WaitingFor(StrEnum):
    """What a waiting job waits for."""

    NETWORK = "network"
    RATE_LIMIT = "rate_limit"
    BUDGET = "budget"
    NEXT_TRY = "next_try"
    SCAN = "scan"
    ACCOUNT = "account"
    ARRIVAL = "arrival"
    RECEIVER = "receiver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """An error as it is kept: a translatable template of `domain.errors`, and its facts."""

    kind: str
    text: str
    facts: dict[str, str] = field(default_factory=dict)

    def sentence(self) -> str:
        """The English text."""
        return self.text.format(**self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """One row of the ledger's job table.

    `params` and `result` are JSON objects; `done` and `total` count bytes for a push and
    items elsewhere; times are ISO 8601 in UTC; `environment` is the product environment that
    a job reaches, or None.
    """

    id: int
    kind: str
    identity: str
    batch: str
    environment: str | None
    asset: str | None
    name: str
    state: JobState
    attempts: int
    done: int
    total: int
    params: dict[str, object]
    waiting_for: WaitingFor | None = None
    waiting_until: str | None = None
    error: Trouble | None = None
    result: dict[str, object] | None = None
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProgress:
    """How far a running job is."""

    job: int
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSummary:
    """All pushes together since the queue was last empty. Rates are bytes per second."""

    queued: int = 0
    running: int = 0
    waiting: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0
    bytes_done: int = 0
    bytes_total: int = 0
    rate: float = 0.0
    paused: bool = False
    waiting_for: WaitingFor | None = None
    waiting_until: str | None = None

    @property
    def active(self) -> int:
        """How many pushes are not finished."""
        return self.queued + self.running + self.waiting
