"""What the worker tells those who listen."""

from dataclasses import dataclass
from enum import StrEnum

from bridge_app.domain.assets import LibraryId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import JobProgress, TransferSummary, Trouble


class Connectivity(StrEnum):
    """Can the delivery side be reached?"""

    ONLINE = "online"
    OFFLINE = "offline"
    WORK_OFFLINE = "work_offline"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanProgress:
    """How far the look through a library is.

    `found` counts files seen, `read` those whose content was read, out of `total` that have to
    be (None while the walk goes on); `skipped` those that could not be taken. After trouble with
    the number of calls it goes on by itself at `again_at` (ISO 8601, UTC).
    """

    library: LibraryId
    found: int = 0
    read: int = 0
    total: int | None = None
    skipped: int = 0
    finished: bool = False
    cancelled: bool = False
    trouble: Trouble | None = None
    again_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTrouble:
    """A job failed, and a person has to know."""

    job: int
    name: str
    trouble: Trouble


Event = ChangeSet | JobProgress | TransferSummary | ScanProgress | Connectivity | JobTrouble


def trouble_of(error: BridgeError) -> Trouble:
    """An error as it can be kept and translated later."""
    return Trouble(
        kind=type(error).__name__,
        text=error.text,
        facts={name: str(fact) for name, fact in error.facts.items()},
    )
