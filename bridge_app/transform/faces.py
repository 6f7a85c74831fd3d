"""Where faces are in a small grey picture: OpenCV's cascades, each find confirmed by two others.

Why these, and what they miss: docs/decisions/0027-faces-by-opencv-cascades.md.
"""

import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bridge_app.transform.geometry import Box

if TYPE_CHECKING:
    import cv2

EDGE_PX = 480
"""Pictures are looked at no longer than this a side: faces below a 20th of it are not found."""

GLANCE_PX = 256
"""Enough to know whether faces are what a picture shows; three times as fast."""

_LEAST_PX = 24
_PROPOSER = "haarcascade_frontalface_default.xml"
_WITNESSES = ("haarcascade_frontalface_alt.xml", "haarcascade_frontalface_alt2.xml")
# On 138 pictures of the test corpus: 20 of some 24 frontal faces, and 3 finds that are none.
_PROPOSAL_SCALE, _PROPOSAL_VOTES = 1.15, 2
_WITNESS_SCALE, _WITNESS_VOTES = 1.03, 9


def find_faces(grey: NDArray[np.uint8]) -> tuple[Box, ...]:
    """The faces that look at the camera, the largest first; deterministic.

    Args:
        grey: Height × width, 0–255, upright; at most `EDGE_PX` a side keeps it below 0.1 s.
    """
    if min(grey.shape) < _LEAST_PX:
        return ()
    return _finder().find(np.ascontiguousarray(grey))


class _Finder:
    """The cascades, read once. They keep state while they look, so one thread at a time."""

    def __init__(self) -> None:
        # 0.2 s and 60 MB: only for pictures in which somebody wants faces found.
        import cv2  # noqa: PLC0415

        cv2.setNumThreads(1)  # bulk work uses processes; and the answer is the same every time
        folder = Path(cv2.__file__).parent / "data"
        self._proposer = cv2.CascadeClassifier(str(folder / _PROPOSER))
        self._witnesses = [cv2.CascadeClassifier(str(folder / name)) for name in _WITNESSES]
        self._lock = threading.Lock()

    def find(self, grey: NDArray[np.uint8]) -> tuple[Box, ...]:
        with self._lock:
            proposals = self._proposer.detectMultiScale(
                grey,
                scaleFactor=_PROPOSAL_SCALE,
                minNeighbors=_PROPOSAL_VOTES,
                minSize=(_LEAST_PX, _LEAST_PX),
            )
            found = [_box(one) for one in proposals if self._is_confirmed(grey, one)]
        return tuple(sorted(found, key=lambda box: (-box.width, box.top, box.left)))

    def _is_confirmed(self, grey: NDArray[np.uint8], proposal: Sequence[int]) -> bool:
        left, top, side, _ = (int(value) for value in proposal)
        margin, least = side // 3, int(side * 0.6)
        around = grey[
            max(0, top - margin) : top + side + margin, max(0, left - margin) : left + side + margin
        ]
        return all(_sees(witness, around, least) for witness in self._witnesses)


def _sees(witness: "cv2.CascadeClassifier", around: NDArray[np.uint8], least: int) -> bool:
    found = witness.detectMultiScale(
        np.ascontiguousarray(around),
        scaleFactor=_WITNESS_SCALE,
        minNeighbors=_WITNESS_VOTES,
        minSize=(least, least),
    )
    return len(found) > 0


def _box(found: Sequence[int]) -> Box:
    left, top, width, height = (int(value) for value in found)
    return Box(left=left, top=top, width=width, height=height)


@cache
def _finder() -> _Finder:
    return _Finder()
