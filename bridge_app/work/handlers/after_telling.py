"""Holds a job back until the master's service was told what was decided here.

Only then is it known whether every source of the approval agrees.
Source: reference/photoshelter.md, 10 "approval".
"""

from dataclasses import dataclass
from datetime import timedelta

from bridge_app.domain.assets import AssetId
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.storage.decisions import Decisions
from bridge_app.work.context import Context
from bridge_app.work.dispatcher import Handler
from bridge_app.work.kinds import WRITE_APPROVAL
from bridge_app.work.outcome import Outcome, Waiting

LOOK_AGAIN_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterTelling:
    """Runs another handler, once nothing is left to be told of the job's master."""

    handler: Handler
    decisions: Decisions

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Wait, or go on."""
        if job.asset and self.decisions.untold([AssetId(job.asset)], WRITE_APPROVAL):
            until = context.now() + timedelta(seconds=LOOK_AGAIN_S)
            return Waiting(reason=WaitingFor.SCAN, until=until)
        return self.handler(job, context)
