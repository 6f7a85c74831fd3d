"""Pictures of ours as images, decoded without holding the interpreter."""

import os

from PySide6.QtGui import QImage, QImageReader


def decoded(picture: bytes) -> QImage:
    """A JPEG or PNG that a decoder process made; a null image if it is neither. Any thread.

    `QImage.fromData` does the same but keeps every other thread of Python from running until it
    is done, that of the window too. A device of Python's would ask for the interpreter while Qt
    holds the lock of its image plug-ins, for which the window may wait with the interpreter in
    its hands: neither would ever go on. So the bytes lie in a file in memory.
    """
    descriptor = os.memfd_create("picture", os.MFD_CLOEXEC)
    with os.fdopen(descriptor, "wb") as file:
        file.write(picture)
        file.flush()
        reader = QImageReader(f"/proc/self/fd/{descriptor}")
        reader.setDecideFormatFromContent(True)
        return reader.read()
