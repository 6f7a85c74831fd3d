"""What a decoder child answered, believed only as far as it is what was agreed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    DecoderLimitError,
    FileTroubleError,
    MediaError,
)
from bridge_app.media.wire import Header, WireError

V = TypeVar("V")


def believed(read: Callable[[], V]) -> V:
    """What `read` makes of a reply. Raises DecoderLimitError when it is not what was agreed."""
    try:
        return read()
    except WireError as error:
        raise DecoderLimitError(
            detail=QT_TRANSLATE_NOOP("facts", "the decoder answered nonsense")
        ) from error


def reported(header: Header, path: Path) -> BridgeError:
    """The child's own words as the error they stand for."""
    detail = str(header.get("detail", ""))
    kind = header["error"]
    if kind == "file":
        name = os.fsencode(path).decode("utf-8", "replace")
        return FileTroubleError(path=name, detail=detail)
    if kind == "transformation":
        from bridge_app.transform import TransformationError  # noqa: PLC0415 - libvips is slow to load

        position = header.get("position")
        return TransformationError(
            position=position if isinstance(position, int) else 0,
            found=str(header.get("found", "")),
            expected=str(header.get("expected", "")),
            cloudinary=str(header.get("cloudinary", "")),
        )
    if kind == "limit":
        return DecoderLimitError(detail=detail)
    return MediaError(detail=detail)
