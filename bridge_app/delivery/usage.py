"""What an environment is like: its folder mode, its plan's limits, and how much of it is used.

Source: reference/cloudinary.md 4.1, 4.2 (`config`), 7 and 14.
"""

import calendar
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import cloudinary.api

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.asset_answers import misunderstood, object_of
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.environments import HourlyBudget, MediaLimits, Meter, Usage
from bridge_app.domain.errors import CredentialsError, RefusedByServiceError

LONGEST_NAME = 100
MOST_METERS = 60
LIMITS: Mapping[str, str] = {
    "image_bytes": "image_max_size_bytes",
    "video_bytes": "video_max_size_bytes",
    "raw_bytes": "raw_max_size_bytes",
    "image_px": "image_max_px",
    "total_px": "asset_max_total_px",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What an environment told of itself; None is what it would not tell, or what it did not."""

    folder_mode: FolderMode | None = None
    media_limits: MediaLimits | None = None
    usage: Usage | None = None
    budget: HourlyBudget | None = None


def survey(credentials: Credentials, *, at: datetime) -> Survey:
    """Ask for everything: three calls. Blocking.

    Raises CredentialsError if the key is not accepted, OfflineError, RateLimitedError or
    ServiceTroubleError. What the key may not see is left out.
    """
    with cloudinary_errors():
        reply = object_of(lambda: cloudinary.api.ping(**credentials.options()))
    if reply.get("status") != "ok":
        raise misunderstood("it is not the object it should be")
    config = _allowed(cloudinary.api.config, credentials, settings=True)
    told = _allowed(cloudinary.api.usage, credentials)
    return Survey(
        folder_mode=read_folder_mode(config),
        media_limits=read_limits(told),
        usage=read_usage(told, at=at) if told else None,
        budget=read_budget(reply if told is None else told),
    )


def _allowed(call: Any, credentials: Credentials, **options: object) -> Any:
    """The reply of a call, or None where this key may not make it."""
    try:
        with cloudinary_errors():
            return call(**options, **credentials.options())
    except (CredentialsError, RefusedByServiceError):
        # The ping before it was taken, so the key as such is good.
        return None


def read_folder_mode(config: Any) -> FolderMode | None:
    """The folder mode that `config?settings=true` tells."""
    settings = config.get("settings") if isinstance(config, Mapping) else None
    mode = settings.get("folder_mode") if isinstance(settings, Mapping) else None
    return FolderMode(mode) if isinstance(mode, str) and mode in set(FolderMode) else None


def read_limits(told: Any) -> MediaLimits | None:
    """The largest files, of a reply of `usage`."""
    limits = told.get("media_limits") if isinstance(told, Mapping) else None
    if not isinstance(limits, Mapping):
        return None
    return MediaLimits(**{ours: _whole(limits.get(theirs)) for ours, theirs in LIMITS.items()})


def read_usage(told: Mapping[str, Any], *, at: datetime) -> Usage:
    """A reply of `usage`; what is not as documented is left out."""
    meters = {
        name[:LONGEST_NAME]: meter
        for name, value in list(told.items())[:MOST_METERS]
        if isinstance(value, Mapping) and (meter := _meter(value)) is not None
    }
    return Usage(
        read_at=at,
        plan=str(told.get("plan") or "")[:LONGEST_NAME],
        last_updated=str(told.get("last_updated") or "")[:LONGEST_NAME],
        meters=meters,
        resources=_whole(told.get("resources")),
        derived=_whole(told.get("derived_resources")),
        requests=_whole(told.get("requests")),
    )


def read_budget(reply: Any) -> HourlyBudget | None:
    """What the rate headers of a reply say."""
    limit = _whole(getattr(reply, "rate_limit_allowed", None))
    remaining = _whole(getattr(reply, "rate_limit_remaining", None))
    if limit is None or remaining is None:
        return None
    resets = getattr(reply, "rate_limit_reset_at", None)
    try:
        at = datetime.fromtimestamp(calendar.timegm(resets), UTC) if resets else None
    except (TypeError, ValueError, OverflowError):
        at = None
    return HourlyBudget(limit=limit, remaining=remaining, resets_at=at)


def _meter(value: Mapping[str, Any]) -> Meter | None:
    used = _number(value.get("usage"))
    if used is None:
        return None
    return Meter(
        used=used,
        limit=_number(value.get("limit")),
        credits_used=_number(value.get("credits_usage")),
    )


def _number(value: object) -> float | None:
    """A count that is one; None for anything else, also for negative and endless ones."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _whole(value: object) -> int | None:
    number = _number(value)
    return None if number is None else int(number)
