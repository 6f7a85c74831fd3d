"""Trouble with addresses that people gave us to send to, or to read from."""

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, TransientError


class NotAllowedHostError(BridgeError):
    """The host is one of this computer or of a private network."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{host} is an address of this computer or of a private network ({address}). Nothing was "
        "sent. Allow private addresses for it if that is meant.",
    )


class UnusableAddressError(BridgeError):
    """It is no address that can be called."""

    text = QT_TRANSLATE_NOOP("errors", "{url} cannot be called: {detail}.")


class ReceiverTroubleError(TransientError):
    """Nobody answered, or not in a way that means success."""

    text = QT_TRANSLATE_NOOP("errors", "{host} did not take it ({detail}). It is tried again.")


class SourceTroubleError(TransientError):
    """What is read from did not answer, or not to the end."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{host} could not be read ({detail}). What was known before stays as it is."
    )


class RefusedAnswerError(BridgeError):
    """Somebody answered, but not with what was asked for."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{host} did not give what was asked for: {detail}. Nothing was changed."
    )


class AnswerTooLargeError(BridgeError):
    """More than anybody wants to keep."""

    text = QT_TRANSLATE_NOOP("errors", "The answer is larger than {most} MB. Nothing was changed.")
