"""Pictures of ours as images, decoded without holding the interpreter."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader


def decoded(picture: bytes) -> QImage:
    """A JPEG or PNG that a decoder process made; a null image if it is neither. Any thread.

    `QImage.fromData` does the same but keeps every other thread of Python from running until it
    is done, that of the window too.
    """
    source = QBuffer()
    source.setData(QByteArray(picture))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    return QImageReader(source).read()
