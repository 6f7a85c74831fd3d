"""What can go wrong when metadata is written into a file, each with what became of the file."""

from collections.abc import Iterator
from contextlib import contextmanager

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    DecoderLimitError,
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


class MetadataLimitError(DecoderLimitError):
    """Reading or writing hit a limit of time or memory, or the decoder crashed."""

    text = MetadataUnreadableError.text


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


@contextmanager
def about_metadata() -> Iterator[None]:
    """What a decoder's child reports is about metadata here, and not about a preview."""
    try:
        yield
    except (MetadataUnreadableError, MetadataLimitError, NotVerifiedError):
        raise
    except DecoderLimitError as error:
        raise MetadataLimitError(detail=error.facts["detail"]) from error
    except MediaError as error:
        raise MetadataUnreadableError(detail=error.facts["detail"]) from error
