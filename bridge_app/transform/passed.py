"""What has been drawn of a chain, kept for the next one that begins with the same steps.

Whoever drags a control changes one step again and again: what comes before it is drawn once.
"""

from dataclasses import dataclass, field

import pyvips

from bridge_app.transform.geometry import Size
from bridge_app.transform.steps import Step

_MOST = 8
"""Each is a picture in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A picture on its way: as it is, the size it counts as, and what the plan foresaw."""

    image: pyvips.Image
    now: Size
    before: Size


@dataclass(slots=True, kw_only=True)
class Passed:
    """The stages of the chain drawn last, from one picture; asked for in their order.

    Layers end it: their files may change without the chain saying so.
    """

    _start: Size | None = None
    _kept: list[tuple[Step, Stage]] = field(default_factory=list)
    _at: int = 0

    def begin(self, start: Size) -> None:
        """A chain begins, with the picture at this size."""
        if start != self._start:
            self._start, self._kept = start, []
        self._at = 0

    def after(self, step: Step) -> Stage | None:
        """What the next step led to; None when it or one before it is another than last time."""
        if self._at < len(self._kept) and self._kept[self._at][0] == step:
            self._at += 1
            return self._kept[self._at - 1][1]
        del self._kept[self._at :]
        return None

    def keep(self, step: Step, stage: Stage) -> Stage:
        """Remember what a step that was asked for has led to; gives it back, in memory."""
        if self._at == len(self._kept) < _MOST:
            stage = Stage(image=stage.image.copy_memory(), now=stage.now, before=stage.before)
            self._kept.append((step, stage))
            self._at += 1
        return stage
