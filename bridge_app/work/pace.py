"""How many transfers run at once: more while it goes well, half when the service pushes back.

And how many bytes: small files are held up by the distance, so many connections help them; large
ones fill the link with a few.
"""

from dataclasses import dataclass, replace

SMALLEST = 1
FIRST = 32
LARGEST = 64
BYTES_AT_ONCE = 40_000_000
"""More than a link of a gigabit a second holds at a distance of 200 ms. What is beyond that waits
in buffers, on both sides and between, and crowds out whatever else is on the link."""
LIGHT = BYTES_AT_ONCE // LARGEST
"""Bytes; of such files as many as there can be lanes are on their way without being too much."""
HEAVY_AT_LEAST = 4
"""So many go together whatever their size: while one waits for a reply, another sends."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The number of transfers that may run at once; a value, changed by what happened.

    `spared` transfers were on their way when the service pushed back: that more of them are
    refused says nothing new.
    """

    lanes: int = FIRST
    successes: int = 0
    spared: int = 0
    was_pushed_back: bool = False

    def after_success(self) -> "Pace":
        """One more lane; once the service has pushed back, for each quarter of a round."""
        if self.spared:
            return replace(self, spared=self.spared - 1)
        if not self.was_pushed_back:
            return replace(self, lanes=min(LARGEST, self.lanes + 1))
        if self.successes + 1 < max(1, self.lanes // 4):
            return replace(self, successes=self.successes + 1)
        return replace(self, lanes=min(LARGEST, self.lanes + 1), successes=0)

    def after_push_back(self, *, in_flight: int) -> "Pace":
        """Half of what ran after a 420, a 429 or a fault of the service; once for each round.

        `in_flight` is how many other transfers are on their way.
        """
        if self.spared:
            return replace(self, spared=self.spared - 1)
        lanes = max(SMALLEST, min(self.lanes, in_flight + 1) // 2)
        return Pace(lanes=lanes, spared=in_flight, was_pushed_back=True)


@dataclass(frozen=True, slots=True)
class Load:
    """What is on its way: transfers, those among them that are not light, and bytes."""

    transfers: int = 0
    heavy: int = 0
    bytes: int = 0

    def admits(self, size: int) -> bool:
        """May a transfer of so many bytes begin as well?"""
        fits = self.bytes + size <= BYTES_AT_ONCE
        return size <= LIGHT or self.heavy < HEAVY_AT_LEAST or fits

    def plus(self, size: int) -> "Load":
        """It began."""
        return Load(self.transfers + 1, self.heavy + (size > LIGHT), self.bytes + size)

    def minus(self, size: int) -> "Load":
        """It ended."""
        return Load(self.transfers - 1, self.heavy - (size > LIGHT), self.bytes - size)
