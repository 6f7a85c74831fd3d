"""What can go wrong when metadata is written into a file, each with what became of the file."""

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    FileTroubleError,
    MediaError,
    TransientError,
)


class MetadataUnreadableError(MediaError):
    """What is in the file cannot be read whole, so writing would lose some of it."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The metadata could not be written: {detail}. What is there was left as it is.",
    )


class NotVerifiedError(MediaError):
    """The new file is not what was asked for; the old one was kept."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The metadata was not written: {detail}. The file was left as it is."
    )


class MasterChangedError(TransientError):
    """Somebody wrote to the file since it was read."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{path} was changed by another program meanwhile. It is read again."
    )


class MasterLockedError(TransientError):
    """Another program holds the file."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{path} is locked by another program. What you said is kept and tried again."
    )


class MasterReadOnlyError(FileTroubleError):
    """The file or its folder may not be written to."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{path} cannot be written to: {detail}. It was left as it is."
    )


class MasterGoneError(FileTroubleError):
    """There is no file any more."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{path} is not there any more. What you said about it is kept."
    )
