"""Looks after what is delivered: takes away what may not be seen any more, and gives it back.

One thread looks when something was decided or a library changed, and now and then because rights
end by themselves. What takes away much waits for a person's word.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.retractions import (
    Retraction,
    RetractionPlan,
    RetractionState,
    RetractionStep,
    plan_retractions,
)
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.jobs import Jobs, NewJob
from bridge_app.storage.retractions import Retractions
from bridge_app.storage.search import Readers
from bridge_app.work.events import Event
from bridge_app.work.kinds import RETRACT, RETRACT_RENDITION
from bridge_app.work.rendition_retraction import RenditionWatch, jobs_for, key_of
from bridge_app.work.retraction_jobs import RetractJob

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 30.0
"""A right that ends by itself is noticed so much later at most."""
SETTLE_S = 0.2
"""Many decisions are made one after another; they are looked at together."""
SOON_S = 2.0
"""When to look again at a copy that a job is busy with."""
REST = 10
"""So many times the length of a look is rested after it, however much there is to hear."""
NOT_AGAIN = timedelta(minutes=15)
"""A step that failed is queued again after so long."""


class RetractionDesk:
    """Every method may be called from any thread; those marked *blocking* only off the GUI's.

    Args:
        environments: The environments in which something can be changed; from memory.
        queue: Puts jobs into the ledger; on disk when it returns.
        tell: Hears when something waits for a person's word.
        renditions: Who knows which made renditions have to go.
    """

    def __init__(  # noqa: PLR0913 - each is a part of its own
        self,
        readers: Readers,
        record: Retractions,
        deliveries: Deliveries,
        jobs: Jobs,
        *,
        environments: Callable[[], Sequence[str]],
        queue: Callable[[Sequence[NewJob]], list[int]],
        tell: Callable[[Event], None],
        now: Callable[[], datetime],
        renditions: RenditionWatch,
    ) -> None:
        self._renditions = renditions
        self._readers = readers
        self._record = record
        self._deliveries = deliveries
        self._jobs = jobs
        self._environments = environments
        self._queue = queue
        self._tell = tell
        self._now = now
        self._waiting: dict[str, RetractionPlan] = {}
        self._busy = False
        self._news = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="retractions", daemon=True)

    def start(self) -> None:
        """Look now, for rights may have ended meanwhile, and from now on by itself."""
        self._news.set()
        self._thread.start()

    def close(self, timeout_s: float) -> None:
        """End; what is queued is in the ledger."""
        self._closing.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def hear(self, event: Event) -> None:
        """Take note: decisions, rights or deliveries may be different."""
        if isinstance(event, ChangeSet) and (event.assets or event.listing or event.accounts):
            self._news.set()

    # What people ask

    def plan(self, environment: str) -> RetractionPlan:
        """What has to be taken away or given back now. Blocking."""
        now = self._now()
        with self._readers.lent() as reader:
            plan = plan_retractions(
                reader.delivered(environment, now),
                environment=environment,
                total=reader.count_delivered(environment),
                at=now,
            )
        return replace(plan, renditions=self._renditions.unasked(environment))

    def carry_out(self, plan: RetractionPlan) -> str:
        """Queue all of a plan that a person has seen; on disk on return. Returns the batch.

        Blocking.
        """
        self._waiting.pop(plan.environment, None)
        batch = uuid.uuid4().hex
        self._put(plan.steps, batch)
        self._queue(jobs_for(plan.renditions, batch))
        self._tell(ChangeSet(retractions=True))
        return batch

    def waiting(self) -> tuple[RetractionPlan, ...]:
        """The plans that take away so much that a person has to confirm them; from memory."""
        return tuple(self._waiting.values())

    def record(self, environment: str) -> tuple[Retraction, ...]:
        """What was taken away or given back, the latest first. Blocking."""
        known = self._record.all(environment)
        return tuple(one for one in known if one.state is not RetractionState.OPEN)

    def retraction(self, copy: CloudCopy) -> Retraction | None:
        """What was done to a delivered copy last. Blocking."""
        return self._record.one(copy.environment, copy.asset_id)

    def outdated(self, assets: Iterable[AssetId], environment: str) -> Mapping[AssetId, CloudCopy]:
        """Those of these whose delivered copy is an earlier version, with that copy. Blocking.

        Pushing them again puts the new version in the old one's place.
        """
        placed = self._deliveries.remote_state(environment, frozenset()).placed
        with self._readers.lent() as reader:
            found = reader.assets([asset for asset in assets if asset in placed])
        return {
            asset.id: placed[asset.id]
            for asset in found
            if asset.content is not None and asset.content != placed[asset.id].sha256
        }

    def look(self) -> None:
        """Queue what may be done unasked in every environment. Blocking. Raises BridgeError."""
        failed, busy = self._failed_lately(), False
        for environment in self._environments():
            plan = self.plan(environment)
            due = [step for step in plan.unasked if _key(step) not in failed]
            # A job that is busy with a copy may not have seen what was decided since.
            busy |= self._put(due, uuid.uuid4().hex) < len(due)
            if plan.renditions and not plan.is_large:
                tried = set(map(key_of, self._lately(RETRACT_RENDITION)))
                made = (one for one in plan.renditions if one.key not in tried)
                self._queue(jobs_for(made, uuid.uuid4().hex))
            self._keep_waiting(plan)
        self._busy = busy

    def _keep_waiting(self, plan: RetractionPlan) -> None:
        before = self._waiting.pop(plan.environment, None)
        if plan.is_large:
            self._waiting[plan.environment] = plan
        if (before is not None or plan.is_large) and before != plan:
            self._tell(ChangeSet(retractions=True))

    def _failed_lately(self) -> frozenset[tuple[str, str, str]]:
        """The steps that would fail again."""
        failed = map(RetractJob.from_params, self._lately(RETRACT))
        return frozenset((one.environment, one.asset_id, one.act.value) for one in failed)

    def _lately(self, kind: str) -> list[Mapping[str, object]]:
        """What the jobs of a kind were about that failed a short while ago."""
        since = (self._now() - NOT_AGAIN).isoformat()
        found = map(self._jobs.one, self._jobs.in_state(kind, JobState.FAILED))
        return [job.params for job in found if job is not None and job.updated_at > since]

    def _put(self, steps: Sequence[RetractionStep], batch: str) -> int:
        """Queue steps; how many of them no unfinished job is busy with."""
        if not steps:
            return 0
        return len(self._queue([RetractJob.from_step(step).new_job(batch) for step in steps]))

    def _loop(self) -> None:
        """One error policy: trouble with the databases is logged, and the next look comes."""
        pause_s = 0.0
        while not self._closing.wait(pause_s):
            if self._news.wait(SOON_S if self._busy else LOOK_EVERY_S):
                self._closing.wait(SETTLE_S)
            self._news.clear()
            if self._closing.is_set():
                return
            began = time.monotonic()
            try:
                self.look()
            except BridgeError as error:
                logger.warning("what is delivered could not be looked at: %s", error)
            pause_s = REST * (time.monotonic() - began)


def _key(step: RetractionStep) -> tuple[str, str, str]:
    return step.copy.environment, step.copy.asset_id, step.act.value
