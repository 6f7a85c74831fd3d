"""Small pictures for contracts: real JPEG files, each with bytes of its own."""

import io

from PIL import Image


def jpeg(number: int, width: int = 64, height: int = 48) -> bytes:
    """A JPEG of that size; others for each number."""
    colour = ((number * 67) % 256, (number * 151) % 256, (number * 29 + 80) % 256)
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "JPEG", comment=str(number).encode())
    return file.getvalue()
