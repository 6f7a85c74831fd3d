"""What the service's answers mean: an envelope with data, or one of its ways to say no.

Errors come as a list, as one object, under `error`, or as an HTML page; all are read.
Source: reference/photoshelter.md, 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bridge_app.domain.errors import (
    BridgeError,
    RateLimitedError,
    RefusedByServiceError,
    ServiceTroubleError,
)
from bridge_app.libraries.photoshelter.errors import (
    ApiKeyRefusedError,
    EditConflictError,
    NoPermissionError,
    NotForThisKindError,
    NotOfferedError,
    NotThereError,
    NotUnderstoodError,
    RangeRefusedError,
    SignInAgainError,
    refused,
)
from bridge_app.libraries.photoshelter.json_reading import UNREADABLE, parsed
from bridge_app.libraries.photoshelter.transport import Reply

NO_PERMISSION = "AcsPermissionException"
TOKEN_INVALID = "AuthTokenInvalidException"  # noqa: S105 - the name of an error
CODE_NEEDED = "TwoFactorRequiredException"
KEY_INVALID = "ApiKeyInvalidException"
ELSEWHERE = "it points to another address"
LONGEST_WAIT_S = 86_400.0

BY_ID: Mapping[str, type[BridgeError]] = {
    NO_PERMISSION: NoPermissionError,
    TOKEN_INVALID: SignInAgainError,
    CODE_NEEDED: SignInAgainError,
    KEY_INVALID: ApiKeyRefusedError,
    "EditConflictException": EditConflictError,
}
BY_STATUS: Mapping[int, type[BridgeError]] = {
    401: SignInAgainError,
    403: NoPermissionError,
    404: NotThereError,
    405: NotOfferedError,
    408: ServiceTroubleError,
    409: EditConflictError,
    410: NotThereError,
    415: NotForThisKindError,
    416: RangeRefusedError,
    501: NotOfferedError,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that says no: its status, the id of the error ("" if none), and its words."""

    status: int
    error_id: str
    detail: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """An answer that says yes; neither part is checked further here."""

    data: Any
    meta: Mapping[str, Any] = field(default_factory=dict)
    top: Mapping[str, Any] = field(default_factory=dict)


def refusal(reply: Reply) -> Refusal | None:
    """How an answer says no; None if it does not."""
    if 200 <= reply.status < 300:
        found = _object(reply.body)
        if found is None or not ({"errors", "error"} & found.keys()) or "data" in found:
            return None
        return _told(reply.status, found)
    return _told(reply.status, _object(reply.body) or {})


def error_of(no: Refusal, reply: Reply, *, service: str, at: datetime) -> BridgeError:
    """The trouble that a refusal is; `at` is now (UTC)."""
    detail = no.detail or f"HTTP {no.status}"
    kind = BY_ID.get(no.error_id) or BY_STATUS.get(no.status)
    if no.status == 429 or no.error_id == "TooManyRequestsException":
        return RateLimitedError(service=service, retry_after_s=retry_after_s(reply, at=at))
    if kind is None and 300 <= no.status < 400:
        kind, detail = NotUnderstoodError, ELSEWHERE
    if kind is None:
        kind = RefusedByServiceError if 400 <= no.status < 500 else ServiceTroubleError
    return refused(kind, service, detail)


def envelope(reply: Reply, *, service: str) -> Envelope:
    """What an answer that says yes holds. A bare list is its data. Raises NotUnderstoodError.

    What cannot be read within it is `json_reading.UNREADABLE`.
    """
    if reply.status == 204 or not reply.body.strip():
        return Envelope(None)
    try:
        found = parsed(reply.body)
    except ValueError as error:
        raise refused(NotUnderstoodError, service, "it is not JSON") from error
    if isinstance(found, list):
        return Envelope(found)
    if not isinstance(found, dict):
        raise refused(NotUnderstoodError, service, "it is not an object")
    if found.get("data") is UNREADABLE:
        raise refused(NotUnderstoodError, service, "its data cannot be read")
    meta = found.get("meta")
    return Envelope(found.get("data"), meta if isinstance(meta, dict) else {}, found)


def retry_after_s(reply: Reply, *, at: datetime) -> float | None:
    """Seconds that the service asks us to wait, by `Retry-After`; None if it does not say."""
    told = reply.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdecimal() and len(told) < 10:
        return min(float(told), LONGEST_WAIT_S)
    moment = http_date(told)
    return None if moment is None else min(max(0.0, (moment - at).total_seconds()), LONGEST_WAIT_S)


def http_date(text: str) -> datetime | None:
    """A date as HTTP writes it, in UTC; None if it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _told(status: int, found: Mapping[str, Any]) -> Refusal:
    errors = found.get("errors") or found.get("error")
    first = errors[0] if isinstance(errors, list) and errors else errors
    if not isinstance(first, dict):
        return Refusal(status, "", first if isinstance(first, str) else "")
    words = [first[name] for name in ("title", "detail") if isinstance(first.get(name), str)]
    said = first.get("status")
    if 200 <= status < 300 and isinstance(said, str) and said.isdecimal() and len(said) == 3:
        status = int(said)
    error_id = first.get("id")
    detail = ": ".join(dict.fromkeys(word for word in words if word))
    return Refusal(status, error_id if isinstance(error_id, str) else "", detail)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = parsed(body) if body.lstrip()[:1] == b"{" else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
