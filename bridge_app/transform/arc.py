"""A picture bent along a circle (`e_distort:arc:N`): where its pixels go, in plain numbers."""

from dataclasses import dataclass
from math import ceil, cos, pi, radians, sin

from bridge_app.transform.geometry import Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """The middle row becomes an arc of `angle` (radians, above 0) and keeps its length.

    Distances in pixels from the circle's centre; the box around the bent picture reaches from
    `-half` to `half` across, and from `-outer` down to `bottom`.
    """

    angle: float
    inner: float
    outer: float
    half: float
    bottom: float

    @classmethod
    def of(cls, degrees: float, size: Size) -> "Arc":
        """The arc for a picture of `size`; the sign of the angle does not matter here."""
        angle = min(2 * pi, max(radians(1), radians(abs(degrees))))
        middle = size.width / angle
        outer = middle + size.height / 2
        inner = max(0.0, middle - size.height / 2)
        end = cos(angle / 2)
        return cls(
            angle=angle,
            inner=inner,
            outer=outer,
            half=outer if angle >= pi else outer * sin(angle / 2),
            bottom=-end * (inner if end > 0 else outer),
        )

    @property
    def size(self) -> Size:
        """The box around the bent picture."""
        return Size(
            width=max(1, ceil(2 * self.half - 1e-6)),
            height=max(1, ceil(self.bottom + self.outer - 1e-6)),
        )
