"""Foreign decoders, each imported by the first file that needs it.

Together they take a second and a hundred megabytes; a folder of photographs needs none but
libvips and exiv2, and a child that replaces a crashed one should start at once.
"""

# ruff: noqa: PLC0415 - importing late is what this module is for

import os
from functools import cache
from typing import Any

PREFIXES = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
   xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
   xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:exifEX="http://cipa.jp/exif/1.0/"
   Iptc4xmpCore:a="1" Iptc4xmpExt:a="1" plus:a="1" exifEX:a="1"/>
 </rdf:RDF>
</x:xmpmeta>"""
"""Names the prefixes that exiv2 is to use inside of structures."""


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


def numpy() -> Any:
    """NumPy."""
    import numpy

    return numpy


def opencv() -> Any:
    """OpenCV, silent, with its decoder of OpenEXR, which it has off for whoever is not confined."""
    os.environ["OPENCV_IO_ENABLE_OPENEXR"] = "1"
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    cv2.setNumThreads(1)
    return cv2


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


@cache
def exiv2() -> Any:
    """Exiv2, silent, with the standards' own prefixes for what it has other ones for.

    The prefixes inside of structures are those of the first packet that a process has read.
    """
    import exiv2 as library

    library.LogMsg.setLevel(library.LogMsg.Level.mute)
    library.ImageFactory.open(PREFIXES).readMetadata()
    return library
