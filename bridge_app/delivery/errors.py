"""Foreign errors stop here: the SDK's exceptions as this project's."""

from collections.abc import Iterator
from contextlib import contextmanager

from cloudinary import exceptions

from bridge_app.delivery.connections import SERVICE
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    CredentialsError,
    RateLimitedError,
    RefusedByServiceError,
    ServiceTroubleError,
)

LONGEST_DETAIL = 300


class WrongBytesArrivedError(ServiceTroubleError):
    """The checksum of the answer is not the checksum of what was sent."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} arrived damaged at {service}: its checksum is {etag} instead of {md5}. "
        "It is sent again.",
    )


REFUSALS = (
    exceptions.BadRequest,
    exceptions.NotAllowed,
    exceptions.NotFound,
    exceptions.AlreadyExists,
)


@contextmanager
def cloudinary_errors() -> Iterator[None]:
    """Raise a BridgeError for each exception the SDK can raise."""
    try:
        yield
    except exceptions.Error as error:
        raise bridge_error(error) from error


def bridge_error(error: exceptions.Error) -> BridgeError:
    """Our error for the SDK's."""
    detail = str(error)[:LONGEST_DETAIL]
    if isinstance(error, exceptions.AuthorizationRequired):
        return CredentialsError(service=SERVICE, detail=detail)
    if isinstance(error, exceptions.RateLimited):
        return RateLimitedError(service=SERVICE, retry_after_s=None)
    if isinstance(error, REFUSALS):
        return RefusedByServiceError(service=SERVICE, detail=detail)
    return ServiceTroubleError(service=SERVICE, detail=detail)
