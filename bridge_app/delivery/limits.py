"""The hourly budget of Admin calls: read from every answer, and kept to before it is spent.

Uploads are not counted; they go on while Admin calls wait. Source: reference/cloudinary.md 4.1.
"""

import email.utils
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bridge_app.domain.environments import HourlyBudget
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, RateLimitedError

HOUR = timedelta(hours=1)
"""No budget lasts longer: a moment beyond means that the clock here or there is wrong."""
TRY_AGAIN = re.compile(rb"[Tt]ry again on (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC")
ADMIN_CALL = re.compile(r"/v1_1/(?!provisioning/)([^/?]+)/(?!delete_by_token)")
UPLOAD_CALL = re.compile(
    r"/v1_1/[^/?]+/((image|video|raw|auto|all)/[a-z_]+|upload|asset/destroy)/?(\?|$)"
)


class BudgetSpentError(RateLimitedError):
    """No Admin call is left in this hour."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The hourly number of calls to {service}'s Admin API is used up. What needs one goes on "
        "by itself when the next hour begins; uploads go on meanwhile.",
    )


class Budgets:
    """What each product environment has left, as its last answers told; thread-safe."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._known: dict[str, HourlyBudget] = {}

    def of(self, environment: str) -> HourlyBudget | None:
        """What is left in this hour; None where no answer has told yet, or the hour is over."""
        with self._lock:
            return self._left(environment)

    def take(self, environment: str, service: str) -> None:
        """One call is about to be made. Raises BudgetSpentError if none is left."""
        with self._lock:
            known = self._left(environment)
            if known is None:
                return
            if known.remaining <= 0 and known.resets_at is not None:
                wait_s = (known.resets_at - self._now()).total_seconds()
                raise BudgetSpentError(service=service, retry_after_s=max(0.0, wait_s))
            self._known[environment] = replace(known, remaining=max(0, known.remaining - 1))

    def _left(self, environment: str) -> HourlyBudget | None:
        known = self._known.get(environment)
        if known is None or (known.resets_at is not None and known.resets_at <= self._now()):
            return None
        return known

    def note(self, environment: str, headers: Mapping[str, str]) -> None:
        """An answer tells what is left; answers may arrive in another order than they were given.

        `headers` have lower-case names.
        """
        limit, remaining = (headers.get(f"x-featureratelimit-{n}", "") for n in WORDS)
        resets_at = http_date(headers.get("x-featureratelimit-reset", ""))
        if not (_is_count(limit) and _is_count(remaining)):
            return
        if resets_at is not None:
            resets_at = min(resets_at, self._now() + HOUR)
        told = HourlyBudget(limit=int(limit), remaining=int(remaining), resets_at=resets_at)
        with self._lock:
            known = self._known.get(environment)
            if known is not None and known.resets_at == resets_at and known.limit == told.limit:
                told = replace(told, remaining=min(known.remaining, told.remaining))
            self._known[environment] = told


WORDS = ("limit", "remaining")


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def http_date(text: str) -> datetime | None:
    """A moment as headers write it; None if it is none."""
    parts = email.utils.parsedate_tz(text) if text else None
    try:
        return None if parts is None else datetime.fromtimestamp(email.utils.mktime_tz(parts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def retry_after_s(headers: Mapping[str, str], now: datetime, *, body: bytes = b"") -> float | None:
    """Seconds to wait by `Retry-After`, `X-FeatureRateLimit-Reset` or the message's own words.

    None if nothing says so; a moment that is over by the clock here says nothing.
    """
    lowered = {name.lower(): value for name, value in headers.items()}
    after = lowered.get("retry-after", "")
    if _is_count(after):
        return float(after)
    said = TRY_AGAIN.search(body)
    resets_at = http_date(lowered.get("x-featureratelimit-reset", ""))
    moments = [
        http_date(after),
        min(resets_at, now + HOUR) if resets_at else None,
        _utc(said[1].decode()) if said else None,
    ]
    coming = (moment for moment in moments if moment is not None and moment > now)
    return next(((moment - now).total_seconds() for moment in coming), None)


def _utc(text: str) -> datetime | None:
    try:
        return datetime.strptime(f"{text} +0000", "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        return None


def admin_environment(method: str, url: str) -> str | None:
    """The product environment whose budget a request is counted in; None for uploads."""
    if method == "POST" and UPLOAD_CALL.search(url):
        return None
    found = ADMIN_CALL.search(url)
    return found[1] if found else None
