"""Foreign errors stop here: the SDK's exceptions as this project's."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from cloudinary import exceptions

from bridge_app.delivery.answers import SERVICE, NotUnderstoodError, meaning
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    RefusedByServiceError,
    ServiceTroubleError,
)

LONGEST_DETAIL = 300
STATUSES = {
    exceptions.BadRequest: 400,
    exceptions.AuthorizationRequired: 401,
    exceptions.NotAllowed: 403,
    exceptions.NotFound: 404,
    exceptions.AlreadyExists: 409,
    exceptions.RateLimited: 420,
    exceptions.GeneralError: 500,
}
ADMIN_PREFIX = re.compile(r"^Error \d{3} - ")
"""What the SDK puts before the message of an Admin call."""
UNREADABLE = "Error parsing server response"


class WrongBytesArrivedError(ServiceTroubleError):
    """The checksum of the answer is not the checksum of what was sent."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} arrived damaged at {service}: its checksum is {etag} instead of {md5}. "
        "It is sent again.",
    )


class PresetChangesFilesError(RefusedByServiceError):
    """What an upload preset made of the file is not what was approved."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The upload preset {preset} changes files as they arrive at {service}, so that what is "
        "there is not what was approved. Choose another preset.",
    )


@contextmanager
def cloudinary_errors() -> Iterator[None]:
    """Raise a BridgeError for each exception the SDK can raise."""
    try:
        yield
    except exceptions.Error as error:
        raise bridge_error(error) from error


def bridge_error(error: exceptions.Error) -> BridgeError:
    """Our error for the SDK's, by the table of answers."""
    message = ADMIN_PREFIX.sub("", str(error))
    if message.startswith(UNREADABLE):
        return NotUnderstoodError(service=SERVICE, detail=message[:LONGEST_DETAIL])
    status = next((n for kind, n in STATUSES.items() if isinstance(error, kind)), 500)
    return meaning(status, message)
