"""What the pool made of the corpus, and how far that agrees with what is known of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bridge_app.domain.errors import BridgeError
from bridge_app.media.facts import Inspection

SECONDS = 12.0
ENDLESS = {
    "hostile/xlinkLaughsTest.svg",
    "hostile/bug515-pattern-billion-laughs.svg",
    "hostile/useDosTest.svg",
}
ENDLESS_SECONDS = 2.0  # such drawings take all they are given


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file of the corpus: its row in the manifest, and what the pool made of it."""

    row: dict[str, str]
    answer: Inspection | BridgeError
    seconds: float

    @property
    def inspection(self) -> Inspection:
        assert isinstance(self.answer, Inspection), f"{self.row['path']}: {self.answer}"
        return self.answer


@dataclass(slots=True, kw_only=True)
class Agreement:
    """N of M, and the rest by name."""

    of: int = 0
    others: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return 1 - len(self.others) / self.of

    def __str__(self) -> str:
        return "\n  ".join([f"{self.of - len(self.others)} of {self.of}", *self.others])


def agreement(seen: Iterable[Seen], compare: Callable[[Seen], tuple[object, object]]) -> Agreement:
    """`compare` gives (known, found) for a file; equal is agreement."""
    total = Agreement()
    for file in seen:
        known, found = compare(file)
        total.of += 1
        if known != found:
            total.others.append(f"{file.row['path']}: {known} is known, {found} was found")
    return total
