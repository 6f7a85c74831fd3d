"""Expected trouble: each kind is a class with a sentence for people.

The sentence is a template that lupdate finds (through `QT_TRANSLATE_NOOP`, which here does
nothing but mark it); the facts fill it. The window translates the template, the command line
prints it as it is. A bug is never a `BridgeError`.
"""

from typing import ClassVar


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - lupdate knows this name only
    """Mark `text` for translation in `context` and return it unchanged."""
    del context
    return text


class BridgeError(Exception):
    """Trouble a person can understand: what happened, what was kept, what to do.

    Args:
        **facts: What fills the template's `{names}`; shown to people, so never a secret.
    """

    text: ClassVar[str] = QT_TRANSLATE_NOOP("errors", "Something went wrong. Nothing was lost.")

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.text.format(**facts))


class TransientError(BridgeError):
    """Trouble that ends by itself: the job waits and is tried again."""


class OfflineError(TransientError):
    """The service could not be reached."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} cannot be reached. Nothing was lost: what is queued goes out by itself "
        "when the connection is back.",
    )


class RateLimitedError(TransientError):
    """The service asks for patience.

    `retry_after_s` is the number of seconds the service asked for, or None.
    """

    text = QT_TRANSLATE_NOOP(
        "errors", "{service} asks us to slow down. The work continues by itself."
    )

    def __init__(self, *, retry_after_s: float | None, **facts: object) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(**facts)


class ServiceTroubleError(TransientError):
    """The service answered, but with a fault of its own (5xx, broken reply)."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{service} has a problem of its own ({detail}). It is tried again by itself."
    )


class RefusedByServiceError(BridgeError):
    """The service said no, and would say it again."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{service} refused this: {detail}. Nothing was changed there."
    )


class CredentialsError(BridgeError):
    """The service does not accept the key."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} does not accept the key of this account ({detail}). Check the account's key "
        "and secret; what is queued stays queued.",
    )


class GateRefusalError(BridgeError):
    """The gate said no: nothing left this machine."""

    text = QT_TRANSLATE_NOOP("errors", "{name} was not pushed: {reasons}. Nothing was sent.")


class NoAddressError(GateRefusalError):
    """The gate lets nobody know an address now."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{name}: {reasons}. No address is given out while that is so."
    )


class FileTroubleError(BridgeError):
    """A file could not be read or written."""

    text = QT_TRANSLATE_NOOP("errors", "{path} could not be read: {detail}. It was left as it is.")


class FileChangedError(BridgeError):
    """The file is not the one that was approved any more."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} has changed since the push was queued. Nothing was sent: look at the new "
        "version and approve it again.",
    )


class MediaError(BridgeError):
    """No picture could be made of a file."""

    text = QT_TRANSLATE_NOOP("errors", "No preview could be made: {detail}.")


class DecoderLimitError(MediaError):
    """The decoder hit a limit of time, memory or pixels, or crashed."""

    text = QT_TRANSLATE_NOOP(
        "errors", "No preview could be made within the limits: {detail}. The file was left alone."
    )


class DiskFullError(BridgeError):
    """The disk is full."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The disk with {path} is full. What you said before is safe, and your originals are "
        "untouched. Free some space, then try again.",
    )


class StorageTroubleError(BridgeError):
    """A database of ours cannot be read or written."""

    text = QT_TRANSLATE_NOOP("errors", "The database {path} cannot be used: {detail}.")


class NewerDatabaseError(StorageTroubleError):
    """The database was written by a newer version of this program."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The database {path} was written by a newer Asset Bridge. Please update the program; "
        "nothing was changed.",
    )


class NoKeyringError(BridgeError):
    """There is no service that keeps secrets."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "There is no keyring service here to keep the secret in. Choose a passphrase (or set "
        "ASSET_BRIDGE_PASSPHRASE), and it is kept in an encrypted file instead.",
    )


class WrongPassphraseError(BridgeError):
    """The passphrase does not open the encrypted file."""

    text = QT_TRANSLATE_NOOP(
        "errors", "This passphrase does not open the key store. Nothing was changed."
    )


class NotFoundError(BridgeError):
    """What was named does not exist here."""

    text = QT_TRANSLATE_NOOP("errors", "{what} was not found.")


class NoAccountError(NotFoundError):
    """There is no such account here: a person may add it, again or for the first time."""


class InvalidInputError(BridgeError):
    """What was given cannot be used."""

    text = QT_TRANSLATE_NOOP("errors", "{what} cannot be used: {detail}.")
