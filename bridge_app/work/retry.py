"""When to try again, and when to give up: pure rules."""

from datetime import datetime, timedelta
from random import Random

from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.limits import BudgetSpentError
from bridge_app.domain.errors import (
    BridgeError,
    CredentialsError,
    NoAccountError,
    OfflineError,
    RateLimitedError,
    TransientError,
)
from bridge_app.domain.jobs import WaitingFor
from bridge_app.work.outcome import Failed, Outcome, Waiting

FIRST_S = 1.0
LONGEST_S = 300.0
ATTEMPTS = 12
"""Tries against a service in trouble before a person is asked: about half an hour."""
RATE_LIMIT_S = 20.0
"""How long to wait where the service does not say."""
AWAY_S = 30.0
"""How long to leave a service alone that is not Cloudinary, and is not reached."""
LONGEST_RATE_LIMIT_S = 86_400.0


def after_trouble(error: BridgeError, *, attempts: int, now: datetime, rng: Random) -> Outcome:
    """What becomes of a job whose run number `attempts` (from 1) ended in `error`.

    Being offline and being asked to slow down never use up the tries; a wrong key, or none, waits
    for a person to mend the account. Of other services than Cloudinary the job alone waits.
    """
    if isinstance(error, OfflineError | RateLimitedError) and _is_elsewhere(error):
        wait_s = AWAY_S if isinstance(error, OfflineError) else _patience_s(error, rng)
        until = now + timedelta(seconds=wait_s)
        return Waiting(reason=WaitingFor.NEXT_TRY, until=until, error=error)
    if isinstance(error, OfflineError):
        return Waiting(reason=WaitingFor.NETWORK)
    if isinstance(error, CredentialsError | NoAccountError):
        return Waiting(reason=WaitingFor.ACCOUNT, error=error)
    if isinstance(error, RateLimitedError):
        spent = isinstance(error, BudgetSpentError)
        reason = WaitingFor.BUDGET if spent else WaitingFor.RATE_LIMIT
        return Waiting(reason=reason, until=now + timedelta(seconds=_patience_s(error, rng)))
    if isinstance(error, TransientError) and attempts < ATTEMPTS:
        return Waiting(
            reason=WaitingFor.NEXT_TRY,
            until=now + timedelta(seconds=back_off_s(attempts, rng)),
            error=error,
            counts=True,
        )
    return Failed(error=error)


def _is_elsewhere(error: BridgeError) -> bool:
    return error.facts.get("service") != SERVICE


def _patience_s(error: RateLimitedError, rng: Random) -> float:
    """Seconds that the service asked for, or ours, spread; some even where it asked for none."""
    asked_s = RATE_LIMIT_S if error.retry_after_s is None else error.retry_after_s
    wait_s = min(max(FIRST_S, asked_s), LONGEST_RATE_LIMIT_S)
    return wait_s + rng.uniform(0.0, max(1.0, wait_s / 10))


def back_off_s(attempts: int, rng: Random) -> float:
    """Seconds until the next try: doubling, bounded, with full jitter above a floor."""
    ceiling = min(LONGEST_S, FIRST_S * 2.0 ** (attempts - 1))
    return rng.uniform(ceiling / 2, ceiling)
