"""Changes of one cloud asset are carried out in the order in which they were wished."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.work.cloud_jobs import comes_after
from bridge_app.work.context import Context
from bridge_app.work.outcome import Outcome, Waiting

LOOK_AGAIN = timedelta(seconds=1)
"""How soon to see whether what was wished before is done."""


class InTurn:
    """Hands a job to its handler once the jobs before it are finished; any thread.

    Args:
        handler: What carries it out.
        job: A job by its number; None if there is none any more.
    """

    def __init__(
        self,
        handler: Callable[[JobRecord, Context], Outcome],
        *,
        job: Callable[[int], JobRecord | None],
    ) -> None:
        self._handler = handler
        self._job = job

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Carry it out, or wait for its turn."""
        for earlier in map(self._job, comes_after(job.params)):
            if earlier is not None and not earlier.state.is_finished:
                until = context.now() + LOOK_AGAIN
                if earlier.waiting_until:
                    until = max(until, datetime.fromisoformat(earlier.waiting_until))
                return Waiting(reason=WaitingFor.ARRIVAL, until=until)
        return self._handler(job, context)
