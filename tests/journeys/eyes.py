"""What somebody in front of a screen sees: colours, where they are, and pictures of it all."""

import hashlib
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy
from PySide6.QtGui import QColor, QImage

HEADER_WORDS = 25
PATIENCE_S = 60.0
"""So long nothing at all may change on the screen: a busy machine is slow, and no fault."""
LONGEST_S = 900.0
BLINK_S = 0.1
NEAR = 6
"""How far each channel of a colour may be off."""

Pixels = numpy.ndarray[Any, numpy.dtype[numpy.uint8]]


class Area(NamedTuple):
    """A part of the screen."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def middle(self) -> tuple[int, int]:
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2


class Eyes:
    """Looks at the screen of an Xvfb that was started with `-fbdir`."""

    def __init__(self, frames: Path) -> None:
        self._file = frames / "Xvfb_screen0"
        self._blink = threading.Event()

    def find(self, colour: QColor, within: Area, least: int = 200) -> Area | None:
        """Where most of that colour is; None where there are fewer than `least` pixels of it."""
        part = self._screen()[within.top : within.bottom, within.left : within.right]
        wanted = numpy.array([colour.blue(), colour.green(), colour.red()], dtype=numpy.int16)
        hit = (numpy.abs(part.astype(numpy.int16) - wanted) <= NEAR).all(axis=2)
        if int(hit.sum()) < least:
            return None
        rows, columns = numpy.nonzero(hit)
        top, bottom = numpy.percentile(rows, (2, 98)).astype(int)
        left, right = numpy.percentile(columns, (2, 98)).astype(int)
        return Area(
            within.left + int(left),
            within.top + int(top),
            within.left + int(right),
            within.top + int(bottom),
        )

    def await_colour(self, colour: QColor, within: Area, least: int = 200) -> Area:
        """The same, as soon as it is there."""
        found: list[Area] = []

        def look() -> bool:
            place = self.find(colour, within, least)
            found.extend([place] if place else [])
            return bool(place)

        self.until(look, f"{colour.name()} within {within}")
        return found[0]

    def colours(self, within: Area) -> int:
        """How many different ones there are."""
        part = self._screen()[within.top : within.bottom, within.left : within.right]
        shade = part.astype(numpy.uint32) @ numpy.array([1, 1 << 8, 1 << 16], dtype=numpy.uint32)
        return len(numpy.unique(shade))

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Look again and again."""
        begun = changed = time.monotonic()
        before = b""
        while not holds():
            now, shown = time.monotonic(), self._digest()
            changed, before = (now, shown) if shown != before else (changed, before)
            assert now < min(changed + PATIENCE_S, begun + LONGEST_S), f"never seen: {what}"
            self._blink.wait(BLINK_S)  # a screen tells nobody that it has changed

    def _digest(self) -> bytes:
        return hashlib.blake2b(self._screen().tobytes(), digest_size=16).digest()

    def picture(self, file: Path) -> None:
        """Keep what can be seen."""
        screen = numpy.ascontiguousarray(self._screen())
        height, width = screen.shape[:2]
        image = QImage(screen.tobytes(), width, height, width * 3, QImage.Format.Format_BGR888)
        file.parent.mkdir(parents=True, exist_ok=True)
        assert image.save(str(file))

    def _screen(self) -> Pixels:
        raw = self._file.read_bytes()
        words = struct.unpack(f">{HEADER_WORDS}I", raw[: 4 * HEADER_WORDS])
        header, width, height, line, colours = words[0], words[4], words[5], words[12], words[19]
        start = header + colours * 12
        pixels = numpy.frombuffer(raw, numpy.uint8, height * line, start)
        return pixels.reshape(height, line)[:, : width * 4].reshape(height, width, 4)[:, :, :3]
