"""Jobs by what people call them, and how many of each are under way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bridge_app.domain.jobs import JobState, WaitingFor
from bridge_app.storage.job_counts import JobCount, JobCounts
from bridge_app.storage.jobs import Jobs
from bridge_app.work.jobs import EDIT, PUSHES, TAKE_IN, WRITE_FILE, WRITE_SHELTER
from bridge_app.work.kinds import (
    ARCHIVE,
    CLOUD_CHANGE,
    CONTENTSTACK,
    EXPORT,
    KIT,
    MAKE,
    MODERATE,
    NEW_VERSION,
    RETRACT,
    RETRACT_RENDITION,
    TAG_MASTER,
    TELL_FILE,
    WEBHOOK,
    WRITE_APPROVAL,
    WRITE_BACK,
    WRITE_RIGHTS,
)
from bridge_app.work.transfers import Transfers


class Group(StrEnum):
    """What people call them."""

    PUSHES = "pushes"
    COPIES = "copies"
    RENDITIONS = "renditions"
    KITS = "kits"
    ARCHIVES = "archives"
    EDITS = "edits"
    DECISIONS = "decisions"
    CHANGES = "changes"
    CHANNELS = "channels"


KINDS: dict[Group, tuple[str, ...]] = {
    Group.PUSHES: PUSHES,
    Group.COPIES: (TAKE_IN,),
    Group.RENDITIONS: (EXPORT, MAKE),
    Group.KITS: (KIT,),
    Group.ARCHIVES: (ARCHIVE,),
    Group.EDITS: (EDIT, WRITE_FILE, WRITE_SHELTER),
    Group.DECISIONS: (WRITE_APPROVAL, WRITE_RIGHTS, MODERATE, TELL_FILE),
    Group.CHANGES: (CLOUD_CHANGE, RETRACT, RETRACT_RENDITION),
    Group.CHANNELS: (WRITE_BACK, TAG_MASTER, NEW_VERSION, CONTENTSTACK, WEBHOOK),
}
STOPPABLE = frozenset(
    {Group.PUSHES, Group.COPIES, Group.RENDITIONS, Group.KITS, Group.ARCHIVES, Group.CHANNELS}
)
"""What is said of assets, and what is taken back, is stopped where it stands: job by job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """How the jobs of a group stand that are unfinished, or have ended since a moment.

    `done` and `total` are bytes or items, as the group's jobs count them; `waiting_until` is when
    the first of those that wait for the same goes on (ISO 8601, UTC).
    """

    group: Group
    unfinished: int = 0
    running: int = 0
    waiting: int = 0
    finished: int = 0
    failed: int = 0
    cancelled: int = 0
    done: int = 0
    total: int = 0
    waiting_for: WaitingFor | None = None
    waiting_until: str | None = None


class JobGroups:
    """Counts and stops jobs by group. Thread-safe; every call asks the ledger."""

    def __init__(self, counts: JobCounts, jobs: Jobs, transfers: Transfers) -> None:
        self._counts = counts
        self._jobs = jobs
        self._transfers = transfers

    def counts(self, *, since: str) -> tuple[GroupCount, ...]:
        """Those groups of which anything is unfinished, or has ended since (ISO 8601, UTC)."""
        groups = {kind: group for group, kinds in KINDS.items() for kind in kinds}
        rows = [self._as_it_is(row) for row in self._counts.since(since) if row.kind in groups]
        found: list[GroupCount] = []
        for group in Group:
            mine = [row for row in rows if groups[row.kind] is group]
            if not mine:
                continue
            by_state = {state: sum(r.count for r in mine if r.state is state) for state in JobState}
            waits = [row for row in mine if row.waiting_for is not None]
            reason = waits[0].waiting_for if waits else None
            found.append(
                GroupCount(
                    group=group,
                    unfinished=sum(by_state[s] for s in JobState if not s.is_finished),
                    running=by_state[JobState.RUNNING],
                    waiting=by_state[JobState.WAITING],
                    finished=by_state[JobState.DONE],
                    failed=by_state[JobState.FAILED],
                    cancelled=by_state[JobState.CANCELLED],
                    done=sum(row.done for row in mine),
                    total=sum(row.total for row in mine),
                    waiting_for=reason,
                    waiting_until=min(
                        (one.waiting_until for one in waits if one.waiting_for is reason),
                        key=lambda until: until or "",
                        default=None,
                    ),
                )
            )
        return tuple(found)

    def stop(self, group: Group) -> None:
        """Cancel what is unfinished of a group."""
        self._transfers.cancel(self._unfinished(group))

    def _as_it_is(self, row: JobCount) -> JobCount:
        """Of what is queued, only pushes are marked as waiting while the network is away."""
        if row.state is not JobState.QUEUED or not self._transfers.needs_network(row.kind):
            return row
        return replace(row, state=JobState.WAITING, waiting_for=WaitingFor.NETWORK)

    def _unfinished(self, group: Group) -> Sequence[int]:
        return self._jobs.unfinished(*KINDS[group])
