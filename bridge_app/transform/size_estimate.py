"""How many bytes a rendition will have, about, before it is made; better with each one that was."""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from bridge_app.domain.errors import BridgeError
from bridge_app.transform.model import AutoQuality, Component, Quality, Transformation
from bridge_app.transform.steps import picture_components
from bridge_app.transform.video.product import STILLS
from bridge_app.transform.video.span import span_of
from bridge_app.transform.video.timeline import timeline_of

_BYTES_A_PIXEL = {"avif": 0.06, "webp": 0.09, "jpg": 0.14, "png": 1.1, "gif": 0.6}
"""Of a usual photograph at the usual quality."""
_BYTES_A_MOVING_PIXEL = 0.35
"""A pixel's bytes for each second of a usual film of 1280 × 720."""
_SMALLER_IS_DENSER = 0.3
"""The power by which a pixel's bytes grow when there are fewer of them."""
_OTHER_NAMES = {"auto": "avif", "jpeg": "jpg", "jpe": "jpg"}
_WEIGHTS = (
    (0, 0.18),
    (20, 0.36),
    (40, 0.52),
    (60, 0.67),
    (80, 1.0),
    (90, 1.48),
    (95, 2.18),
    (100, 4.63),
)
"""What a quality makes of the bytes: the median of a dozen photographs as JPEG."""
_AUTOMATIC = {
    AutoQuality.BEST: 88,
    AutoQuality.GOOD: 78,
    AutoQuality.ECO: 68,
    AutoQuality.LOW: 50,
}
_LOSSLESS = frozenset({"png", "gif"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterSize:
    """A master's file: `size` in upright pixels or None, `seconds` only for films."""

    bytes: int
    ending: str
    size: tuple[int, int] | None = None
    seconds: float | None = None
    is_film: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """`format` is the extension; `seconds` how long a film lasts, None for pictures."""

    format: str
    bytes: int
    seconds: float | None = None


@dataclass(slots=True, kw_only=True)
class SizeEstimates:
    """Estimates for one master; a real file tells how heavy this very picture is."""

    master: MasterSize
    _heavier: dict[str, float] = field(default_factory=dict)

    def about(self, transformation: Transformation, size: tuple[int, int]) -> Estimate:
        """What a rendition of `size` pixels would be."""
        plain = self._plain(transformation, size)
        times = self._heavier.get(plain.format) or next(reversed(self._heavier.values()), 1.0)
        about = max(1000, round(plain.bytes * times, -3))
        return Estimate(format=plain.format, bytes=int(about), seconds=plain.seconds)

    def learn(self, transformation: Transformation, size: tuple[int, int], real: int) -> None:
        """A file of that transformation has `real` bytes."""
        plain = self._plain(transformation, size)
        self._heavier.pop(plain.format, None)  # what was learnt last counts for what is new
        self._heavier[plain.format] = real / max(1, plain.bytes)

    def _plain(self, transformation: Transformation, size: tuple[int, int]) -> Estimate:
        """As of a usual picture."""
        components = tuple(component for _, component in picture_components(transformation))
        texts = [p.text.partition(":")[0] for c in components if (p := c.parameter("f"))]
        asked = texts[-1] if texts else ""
        pixels, share = size[0] * size[1], _share(components)
        if self.master.is_film and asked not in STILLS:
            form = {"": self.master.ending, "auto": "mp4"}.get(asked, asked)
            seconds = self._seconds(transformation, components)
            rate = self._rate(pixels) * pixels * share
            return Estimate(format=form, bytes=round(rate * (seconds or 1)), seconds=seconds)
        form = _OTHER_NAMES.get(asked, asked if asked in _BYTES_A_PIXEL else "jpg")
        share = 1.0 if form in _LOSSLESS else share
        return Estimate(format=form, bytes=round(pixels * _BYTES_A_PIXEL[form] * share))

    def _rate(self, pixels: int) -> float:
        """Bytes for each pixel and second of a film; none gets denser than its master is."""
        master = self.master
        usual = _BYTES_A_MOVING_PIXEL * _denser(1280 * 720, pixels)
        if not master.size or not master.seconds:
            return usual
        whole = master.size[0] * master.size[1]
        own = master.bytes / (whole * master.seconds) * _denser(whole, pixels)
        return min(own, usual)

    def _seconds(
        self, transformation: Transformation, components: tuple[Component, ...]
    ) -> float | None:
        whole = self.master.seconds
        if whole is None:
            return None
        try:
            wanted = span_of(transformation, Fraction(str(whole))).length
        except BridgeError:  # it is told where the film itself is asked for
            wanted = None
        lasts = timeline_of(components).length(wanted or Fraction(str(whole)))
        return float(lasts)


def _denser(than: int, pixels: int) -> float:
    """How many times the bytes a pixel takes that it would among `than` pixels."""
    return float((than / max(1, pixels)) ** _SMALLER_IS_DENSER)


def _share(components: tuple[Component, ...]) -> float:
    """How many times the usual bytes the last quality asks for."""
    asked = [q for c in components if (q := c.find("q", Quality) or c.find("q", AutoQuality))]
    if not asked:
        return 1.0
    last = asked[-1]
    level = last.level if isinstance(last, Quality) else _AUTOMATIC[last]
    for (low, one), (high, other) in pairwise(_WEIGHTS):
        if low <= level <= high:
            return one + (other - one) * (level - low) / (high - low)
    return 1.0
