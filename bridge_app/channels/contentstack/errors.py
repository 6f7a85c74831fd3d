"""What Contentstack says no with, as errors for people."""

from collections.abc import Mapping
from typing import Any

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    CredentialsError,
    NotFoundError,
    RateLimitedError,
    RefusedByServiceError,
    ServiceTroubleError,
)

SERVICE = "Contentstack"


class FieldsRefusedError(RefusedByServiceError):
    """Contentstack did not take what was written.

    `fields` has what it says of each field.
    """

    text = QT_TRANSLATE_NOOP("errors", "{service} did not take this: {detail}.")

    def __init__(self, *, fields: Mapping[str, tuple[str, ...]], **facts: object) -> None:
        self.fields = fields
        super().__init__(**facts)


def trouble(status: int, body: object) -> BridgeError:
    """The error that an answer of 400 and above stands for. Source: destinations.md, 1.3."""
    told: Mapping[str, Any] = body if isinstance(body, dict) else {}
    message = str(told.get("error_message") or f"HTTP {status}").rstrip(".")
    fields = _fields(told.get("errors"))
    if status in (401, 403, 412):
        return CredentialsError(service=SERVICE, detail=message)
    if status == 404:
        return NotFoundError(what=f"What was asked of {SERVICE} ({message})")
    if status == 429:
        return RateLimitedError(retry_after_s=None, service=SERVICE)
    if status >= 500:
        return ServiceTroubleError(service=SERVICE, detail=f"HTTP {status}")
    if fields:
        texts = (f"{name} {', '.join(said)}" for name, said in fields.items())
        detail = f"{message} ({'; '.join(texts)})"
        return FieldsRefusedError(fields=fields, service=SERVICE, detail=detail)
    return RefusedByServiceError(service=SERVICE, detail=message)


def _fields(told: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(told, dict):
        return {}
    return {
        str(name): tuple(map(str, said)) if isinstance(said, list) else (str(said),)
        for name, said in told.items()
    }
