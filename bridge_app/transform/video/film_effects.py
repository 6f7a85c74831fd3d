"""Effects that only films have, by FFmpeg's own filters.

Source of the rules: reference/cloudinary.md 9.7. `e_deshake` is not among them: the filter of that
name writes past its frames (FFmpeg 8.1, small frames, mirrored edges) and takes the decoder along.
"""

from fractions import Fraction

from bridge_app.transform.model import Component, Effect
from bridge_app.transform.video.filters import Filter


def film_effects(components: tuple[Component, ...]) -> tuple[Filter, ...]:
    """The filters of a chain's effects on whole frames, in order."""
    effects = (effect for c in components if (effect := c.find("e", Effect)))
    return tuple(_noise(effect) for effect in effects if effect.name == "noise")


def _noise(effect: Effect) -> Filter:
    strength = min(Fraction(100), max(Fraction(0), effect.number(0, Fraction(0))))
    return "noise", f"alls={round(strength)}:allf=t+u"
