"""What counts beside a master's file when its renditions are drawn here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge_app.media.beside_files import NOTHING_NAMED
from bridge_app.work.drawn_boxes import DrawnBoxes

if TYPE_CHECKING:
    from bridge_app.transform.layer_sources import LayerSources

NAME = "t_"
"""What a named transformation is named behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The files of layers, what presets say of names, and boxes that people drew."""

    layers: "LayerSources"
    named: Callable[[], Mapping[str, str]]
    boxes: DrawnBoxes

    def named_in(self, transformation: str) -> Mapping[str, str]:
        """What names stand for; the ledger is asked only where one may stand there."""
        return self.named() if NAME in transformation else NOTHING_NAMED
