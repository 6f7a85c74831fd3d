"""Pictures of ours as images, decoded without holding the interpreter."""

import io

from PySide6.QtGui import QImage

Layout = tuple[str, str, QImage.Format]
"""Pillow's mode, the order of its bytes, and Qt's name for it."""
OPAQUE: Layout = ("RGB", "BGRX", QImage.Format.Format_RGB32)
WITH_ALPHA: Layout = ("RGBA", "BGRA", QImage.Format.Format_ARGB32)


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
            mode, order, form = WITH_ALPHA if has_alpha else OPAQUE
            image = found if found.mode == mode else found.convert(mode)
            data = image.tobytes("raw", order)
    except OSError:
        return QImage()
    return QImage(data, image.width, image.height, 4 * image.width, form).copy()
