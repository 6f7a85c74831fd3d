"""Pictures of ours as images, decoded without holding the interpreter."""

import io

from PySide6.QtGui import QImage

OPAQUE = QImage.Format.Format_RGB32
"""Its fourth byte has to be 255: Qt copies it, and a card would be seen through."""
WITH_ALPHA = QImage.Format.Format_ARGB32


def decoded(picture: bytes) -> QImage:
    """A JPEG or PNG that a decoder process made; a null image if it is neither. Any thread.

    Not by Qt: `QImage.fromData` keeps every other thread of Python from running until it is
    done, and a reader with a device of Python's asks for the interpreter while Qt holds the lock
    of its image plug-ins, for which the window may be waiting with the interpreter in its hands
    (seen with PySide6 6.11).
    """
    from PIL import Image  # noqa: PLC0415 - the window is shown before the first picture

    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG")) as found:
            has_alpha = found.mode in ("RGBA", "LA", "PA") or "transparency" in found.info
            image = found if found.mode == "RGBA" else found.convert("RGBA")
            data = image.tobytes("raw", "BGRA")
    except OSError:
        return QImage()
    form = WITH_ALPHA if has_alpha else OPAQUE
    return QImage(data, image.width, image.height, 4 * image.width, form).copy()
