"""How much time and memory one film may take; whoever loops over frames asks it."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, DecoderLimitError

USUAL_SECONDS = 100.0
HELD_BYTES = 400 << 20
"""Frames that are kept for playing them backwards or again."""
OUTPUT_BYTES = 200 << 20


class Allowance:
    """Starts counting when it is made.

    Args:
        seconds: Wall time.
        clock: Seconds that never run backwards.
    """

    def __init__(
        self, *, seconds: float = USUAL_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._clock = clock
        self._until = clock() + seconds
        self._held = 0

    def each(self, frames: Iterable[Any]) -> Iterator[Any]:
        """The same frames, as long as there is time.

        Raises:
            DecoderLimitError: There is none left.
        """
        for frame in frames:
            if self._clock() > self._until:
                raise DecoderLimitError(
                    detail=f"the film takes longer than {self._seconds:g} seconds to make: "
                    "ask for a shorter part (so_, du_) or a smaller size"
                )
            yield frame

    def held(self, frames: Iterable[Any]) -> list[Any]:
        """All frames at once.

        Raises:
            DecoderLimitError: They need more memory than is allowed.
        """
        kept = []
        for frame in self.each(frames):
            self._held += sum(plane.buffer_size for plane in frame.planes)
            if self._held > HELD_BYTES:
                raise DecoderLimitError(
                    detail=QT_TRANSLATE_NOOP(
                        "facts",
                        "the film is too long to be played backwards or again: "
                        "ask for a shorter part (so_, du_) or a smaller size",
                    )
                )
            kept.append(frame)
        return kept
