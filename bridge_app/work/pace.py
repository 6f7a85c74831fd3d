"""How many transfers run at once: more while it goes well, half when the service pushes back."""

from dataclasses import dataclass, replace

SMALLEST = 1
FIRST = 32
LARGEST = 64


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

    def after_push_back(self, *, in_flight: int = 0) -> "Pace":
        """Half the lanes after a 420, a 429 or a fault of the service; once for each round.

        `in_flight` is how many other transfers are on their way.
        """
        if self.spared:
            return replace(self, spared=self.spared - 1)
        lanes = max(SMALLEST, self.lanes // 2)
        return Pace(lanes=lanes, spared=in_flight, was_pushed_back=True)
