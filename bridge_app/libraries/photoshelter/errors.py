"""Trouble with a PhotoShelter-style service, and what its answers mean.

Source: reference/photoshelter.md, 5 (errors) and 4.5 (roles).
"""

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    CredentialsError,
    InvalidInputError,
    RefusedByServiceError,
    ServiceTroubleError,
    TransientError,
)
from bridge_app.storage.redaction import redacted

LONGEST_DETAIL = 300


class SignInRefusedError(CredentialsError):
    """E-mail, password or code are not accepted."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{service} did not sign you in: {detail}. Nothing was changed here."
    )


class ApiKeyRefusedError(CredentialsError):
    """The API key is not accepted, whoever signs in with it."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} does not accept the API key ({detail}). A key for version 4 of its API is "
        "needed. Nothing was changed here.",
    )


class SignInAgainError(CredentialsError):
    """The session ended and cannot be renewed without its person."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The session at {service} has ended ({detail}). Sign in again; what is queued stays "
        "queued.",
    )


class NoCodeStepError(SignInRefusedError):
    """Two-factor codes are asked for, and there is nowhere to send them."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} asks for a code but does not take it here ({detail}). Sign in with the browser "
        "where that is offered, or as somebody who needs no code.",
    )


class NoPermissionError(RefusedByServiceError):
    """The role or the container's rights do not allow this."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Your role at {service} does not allow this ({detail}). Nothing was changed there.",
    )


class NotThereError(RefusedByServiceError):
    """The service says that there is no such thing."""

    text = QT_TRANSLATE_NOOP("errors", "{service} does not have this any more ({detail}).")


class EditConflictError(RefusedByServiceError):
    """Somebody changed the record after it was read."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Somebody has changed this at {service} meanwhile ({detail}). Nothing was overwritten: "
        "look at both and decide.",
    )


class NotForThisKindError(RefusedByServiceError):
    """The service does not do this for that kind of media."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{service} does not offer this for that kind of file ({detail})."
    )


class NameTakenError(RefusedByServiceError):
    """Another file of that name is in the gallery, and it was not to be replaced."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} already has another file of this name there ({detail}). It was left as it is.",
    )


class NotOfferedError(RefusedByServiceError):
    """This service has no such call."""

    text = QT_TRANSLATE_NOOP("errors", "{service} does not offer this: {detail}.")


class EndlessListingError(RefusedByServiceError):
    """A listing does not come to its end."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "A listing of {service} does not come to an end ({detail}). What was read so far was "
        "kept; nothing was taken for deleted.",
    )


class CutShortError(RefusedByServiceError):
    """A listing ended before it had shown as much as it claims."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "A listing of {service} ended too early ({detail}). What was read so far was kept; "
        "nothing was taken for deleted.",
    )


class WrongAddressError(InvalidInputError):
    """The address of the service cannot be used."""

    text = QT_TRANSLATE_NOOP("errors", "This address cannot be used: {detail}.")


class UnsafeLinkError(RefusedByServiceError):
    """The service links to an address that nothing is fetched from."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} links to an address that is not safe ({detail}). Nothing was sent there.",
    )


class NotUnderstoodError(ServiceTroubleError):
    """The answer is not what this API says."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "What came back from {service} cannot be understood ({detail}). Something on the way may "
        "have answered in its place. It is tried again by itself.",
    )


class AnswerTooLongError(RefusedByServiceError):
    """The answer is longer than any such answer has to be."""

    text = QT_TRANSLATE_NOOP(
        "errors", "An answer of {service} is too long to be right ({detail}). It was not read."
    )


class BadRecordError(RefusedByServiceError):
    """One record holds what cannot be taken over."""

    text = QT_TRANSLATE_NOOP(
        "errors", "A record of {service} cannot be taken over: {detail}. The others were."
    )


class NoPictureError(RefusedByServiceError):
    """There is no picture of this asset at the service."""

    text = QT_TRANSLATE_NOOP("errors", "{service} has no picture of this ({detail}).")


class RangeRefusedError(RefusedByServiceError):
    """There is nothing at the place where a download was to go on."""

    text = QT_TRANSLATE_NOOP("errors", "{service} has no more of this file ({detail}).")


class AlreadyFetchedError(TransientError):
    """Somebody else is fetching the same file."""

    text = QT_TRANSLATE_NOOP("errors", "{name} is being fetched already.")


class WrongBytesError(RefusedByServiceError):
    """What arrived is not the file that the service describes."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "What {service} sent of {name} is not the file it describes ({detail}). It was thrown "
        "away; nothing was changed.",
    )


class StoppedError(TransientError):
    """The call ended because the program, or the person, asked for that."""

    text = QT_TRANSLATE_NOOP(
        "errors", "This was stopped. What had arrived is kept, and the next try goes on from there."
    )


def refused(kind: type[BridgeError], service: str, detail: str) -> BridgeError:
    """An error of that kind in the service's words: on one line, bounded, without our secrets."""
    told = " ".join(redacted(detail).split())[:LONGEST_DETAIL]
    printable = "".join(one if one.isprintable() else "\ufffd" for one in told)
    return kind(service=service, detail=printable or "no reason")
