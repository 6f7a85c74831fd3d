"""What a job that tells a service something waits for, as long as the service cannot be asked."""

from datetime import timedelta

from bridge_app.domain.errors import NoKeyringError, OfflineError, RateLimitedError
from bridge_app.domain.jobs import WaitingFor
from bridge_app.work.context import Context
from bridge_app.work.outcome import Waiting

AGAIN_S = 30.0
"""How long to wait for a service that is not reached, or does not say when to come again."""
CANNOT_BE_ASKED = (NoKeyringError, OfflineError, RateLimitedError)


def until_it_can_be_asked(
    error: NoKeyringError | OfflineError | RateLimitedError, context: Context
) -> Waiting:
    """Wait for the key store to open, or for a while; no try is used up by it."""
    if isinstance(error, NoKeyringError):
        return Waiting(reason=WaitingFor.ACCOUNT, error=error)
    told_s = error.retry_after_s if isinstance(error, RateLimitedError) else None
    until = context.now() + timedelta(seconds=AGAIN_S if told_s is None else told_s)
    return Waiting(reason=WaitingFor.NEXT_TRY, until=until, error=error)
