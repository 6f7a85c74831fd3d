"""How many transfers run at once: more while it goes well, half when the service pushes back."""

from dataclasses import dataclass, replace

SMALLEST = 1
FIRST = 32
LARGEST = 64


@dataclass(frozen=True, slots=True)
class Pace:
    """The number of transfers that may run at once; a value, changed by what happened."""

    lanes: int = FIRST
    successes: int = 0

    def after_success(self) -> "Pace":
        """One more lane for each quarter of a round of successes."""
        if self.successes + 1 < max(1, self.lanes // 4):
            return replace(self, successes=self.successes + 1)
        return Pace(min(LARGEST, self.lanes + 1))

    def after_push_back(self) -> "Pace":
        """Half the lanes after a 420, a 429 or a fault of the service."""
        return Pace(max(SMALLEST, self.lanes // 2))
