"""OpenCV, loaded when something needs it: 0.1 s and 60 MB."""

from functools import cache
from types import ModuleType


@cache
def opencv() -> ModuleType:
    """Its module, without threads of its own: bulk work uses processes."""
    import cv2  # noqa: PLC0415 - as said

    cv2.setNumThreads(1)
    return cv2
