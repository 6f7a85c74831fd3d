"""What of a rendition breaks its channel's contract, as values that the window puts into words."""

from dataclasses import dataclass
from enum import StrEnum

from bridge_app.domain.errors import QT_TRANSLATE_NOOP


class Demand(StrEnum):
    """What a contract demands; the MOST_ ones at most."""

    WIDTH = "width"
    HEIGHT = "height"
    MOST_WIDTH = "most_width"
    MOST_HEIGHT = "most_height"
    MOST_BYTES = "most_bytes"
    FORMAT = "format"


BREACHES = {
    Demand.WIDTH: QT_TRANSLATE_NOOP("contract", "width {found} instead of {asked}"),
    Demand.HEIGHT: QT_TRANSLATE_NOOP("contract", "height {found} instead of {asked}"),
    Demand.MOST_WIDTH: QT_TRANSLATE_NOOP("contract", "width {found} instead of ≤ {asked}"),
    Demand.MOST_HEIGHT: QT_TRANSLATE_NOOP("contract", "height {found} instead of ≤ {asked}"),
    Demand.MOST_BYTES: QT_TRANSLATE_NOOP("contract", "{found} instead of ≤ {asked}"),
    Demand.FORMAT: QT_TRANSLATE_NOOP("contract", "{found} instead of {asked}"),
}
"""Each in words, to be translated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What was demanded, and what is there: pixels, bytes, or extensions."""

    demand: Demand
    found: int | str
    asked: int | tuple[str, ...]

    def __str__(self) -> str:
        """In English."""
        unit = " bytes" if self.demand is Demand.MOST_BYTES else ""
        asked = " or ".join(self.asked) if isinstance(self.asked, tuple) else self.asked
        return BREACHES[self.demand].format(found=f"{self.found}{unit}", asked=asked)
