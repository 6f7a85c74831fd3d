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
from typing import Any

from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
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

Key = tuple[object, ...]
"""What a job is about."""

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
        if plan.steps:
            self._queue([_new_job(step, batch) for step in plan.steps])
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
        failed, busy = self._failed(RETRACT, _key_of), False
        made = self._failed(RETRACT_RENDITION, key_of)
        for environment in self._environments():
            plan, batch = self.plan(environment), uuid.uuid4().hex
            due = [(_key(step), _new_job(step, batch)) for step in plan.unasked]
            # A job that is busy with a copy may not have seen what was decided since.
            busy |= self._tried(due, failed)
            if plan.renditions and not plan.is_large:
                keys = (one.key for one in plan.renditions)
                jobs = jobs_for(plan.renditions, uuid.uuid4().hex)
                self._tried(zip(keys, jobs, strict=True), made)
            self._keep_waiting(plan)
        self._busy = busy

    def _tried(
        self, due: Iterable[tuple[Key, NewJob]], failed: Mapping[Key, tuple[int, bool]]
    ) -> bool:
        """Queue jobs, one that failed a while ago again; is another job busy with any of it?"""
        new: list[NewJob] = []
        again: list[int] = []
        for key, job in due:
            before, is_lately = failed.get(key, (None, False))
            if before is None:
                new.append(job)
            elif not is_lately:
                again.append(before)
        queued = len(self._queue(new)) if new else 0
        queued += len(self._jobs.retry(again, at=self._now())) if again else 0
        return queued < len(new) + len(again)

    def _keep_waiting(self, plan: RetractionPlan) -> None:
        before = self._waiting.pop(plan.environment, None)
        if plan.is_large:
            self._waiting[plan.environment] = plan
        if (before is not None or plan.is_large) and before != plan:
            self._tell(ChangeSet(retractions=True))

    def _failed(
        self, kind: str, key: Callable[[Mapping[str, Any]], Key]
    ) -> Mapping[Key, tuple[int, bool]]:
        """The jobs of a kind that failed, by what they are about; and whether that was lately."""
        since = (self._now() - NOT_AGAIN).isoformat()
        return {key(told): (job, at > since) for job, told, at in self._record.failed(kind)}

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


def _new_job(step: RetractionStep, batch: str) -> NewJob:
    return RetractJob.from_step(step).new_job(batch)


def _key(step: RetractionStep) -> Key:
    return step.copy.environment, step.copy.asset_id, step.act.value


def _key_of(params: Mapping[str, Any]) -> Key:
    """Which step a job carries out."""
    job = RetractJob.from_params(params)
    return job.environment, job.asset_id, job.act.value
