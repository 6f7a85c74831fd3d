"""The service's errors: a status, an identifier that programs read, and words.

Source: reference/photoshelter.md 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


class UnknownRecordError(LookupError):
    """A test or a demo asked for something that the service does not hold."""


@dataclass(eq=False)
class ShelterError(Exception):
    """A request that is refused. `headers` go with the reply, `id` is the `errors[].id`."""

    status: int
    id: str
    title: str
    detail: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def bad_request(title: str, *, error_id: str = "BadRequestException") -> ShelterError:
    """400."""
    return ShelterError(400, error_id, title)


def no_permission(resource: str) -> ShelterError:
    """401 on something that is there: the caller may not do this with it."""
    return ShelterError(
        401,
        "AcsPermissionException",
        f"Invalid access to resource: {resource}",
        headers={"WWW-Authenticate": "Bearer"},
    )


def not_signed_in() -> ShelterError:
    """401: the session token is wrong, or it has ended."""
    return ShelterError(
        401,
        "AuthTokenInvalidException",
        "The authentication token is invalid or has expired",
        headers={"WWW-Authenticate": "Bearer"},
    )


def wrong_key() -> ShelterError:
    """403."""
    return ShelterError(403, "ApiKeyInvalidException", "API key is missing or invalid")


def not_found(resource: str = "Resource") -> ShelterError:
    """404."""
    return ShelterError(404, "ResourceNotFoundException", f"{resource} not found")


def conflict(title: str, *, error_id: str = "EditConflictException") -> ShelterError:
    """409."""
    return ShelterError(409, error_id, title)


def wrong_kind(title: str) -> ShelterError:
    """415, whose identifier is that of 404: so it is in the service's own example."""
    return ShelterError(415, "ResourceNotFoundException", title)


def unprocessable(title: str, *, error_id: str = "ValidationException") -> ShelterError:
    """422."""
    return ShelterError(422, error_id, title)


def too_many(after_s: int) -> ShelterError:
    """429."""
    return ShelterError(
        429,
        "TooManyRequestsException",
        "Too many requests",
        headers={"Retry-After": str(after_s)},
    )
