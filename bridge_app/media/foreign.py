"""Foreign decoders, each imported by the first file that needs it.

Together they take a second and a hundred megabytes; a folder of photographs needs none but
libvips and exiv2, and a child that replaces a crashed one should start at once.
"""

# ruff: noqa: PLC0415 - importing late is what this module is for

from typing import Any


def pillow() -> Any:
    """Pillow's Image module, with its own size limit off: ours is asked, with a sentence."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    return Image


def image_cms() -> Any:
    """Little CMS as Pillow wraps it."""
    from PIL import ImageCms

    return ImageCms


def jxl(threads: int) -> Any:
    """Pillow's Image module, knowing JPEG XL."""
    from pillow_jxl import JpegXLImagePlugin

    JpegXLImagePlugin.DECODE_THREADS = threads
    return pillow()


def heif() -> Any:
    """Libheif."""
    import pi_heif

    return pi_heif


def pdfium() -> Any:
    """PDFium."""
    import pypdfium2

    return pypdfium2


def libraw() -> Any:
    """LibRaw."""
    import rawpy

    return rawpy


def ffmpeg() -> Any:
    """FFmpeg, silent."""
    import av

    av.logging.set_level(None)
    return av


def exiv2() -> Any:
    """Exiv2, silent."""
    import exiv2 as library

    library.LogMsg.setLevel(library.LogMsg.Level.mute)
    return library
