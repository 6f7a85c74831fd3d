"""Paper and pencils of the demo's pictures: palettes, a sheet that collects SVG, noise, lettering.

Lengths are units: the short edge of a sheet is 1000 of them, whatever its pixels will be.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

SHORT_EDGE = 1000.0

Point = tuple[float, float]
Stops = Sequence[tuple[float, str, float]]  # offset 0..1, colour, opacity 0..1


def mixed(one: str, other: str, share: float) -> str:
    """`one` with `share` (0..1) of `other`, both `#rrggbb`."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by role, `#rrggbb`; the recipe holds the values."""

    sky: tuple[str, str, str]  # from the zenith to the horizon
    sun: str
    far: str  # the farthest ridge
    near: str  # the nearest
    ink: str  # the darkest
    paper: str  # the lightest
    accent: str
    second: str
    skin: str
    hair: str

    def depth(self, nearness: float) -> str:
        """The colour of land at `nearness`: 0 at the horizon, 1 before our feet."""
        return mixed(self.far, self.near, nearness)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """One line of type; `x`, `y` is the baseline's start, middle or end as `anchor` says."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    weight: str = "Bold"  # one of the bundled ones
    anchor: str = "start"  # start, middle, end
    tracking: float = 0.0  # units added after each letter
    opacity: float = 1.0


class Noise:
    """Smooth values in -1..1 along a line, the same for the same `rng` state."""

    def __init__(self, rng: Random) -> None:
        self._values = [rng.uniform(-1, 1) for _ in range(256)]

    def at(self, x: float) -> float:
        """The value at `x`; one bump is about one unit wide."""
        cell = int(x // 1)
        part = x - cell
        part = part * part * (3 - 2 * part)
        left, right = self._values[cell % 256], self._values[(cell + 1) % 256]
        return left + (right - left) * part

    def octaves(self, x: float, count: int = 4, gain: float = 0.5) -> float:
        """A sum of ever finer bumps, in -1..1."""
        total, weight, sum_of_weights = 0.0, 1.0, 0.0
        for octave in range(count):
            total += self.at(x * 2**octave + 37.7 * octave) * weight
            sum_of_weights += weight
            weight *= gain
        return total / sum_of_weights

    def ridged(self, x: float, count: int = 5) -> float:
        """Sharp crests: 0 in the valleys, 1 on the peaks."""
        total, weight, sum_of_weights = 0.0, 1.0, 0.0
        for octave in range(count):
            crest = 1 - abs(self.at(x * 2**octave + 91.3 * octave))
            total += crest * crest * weight
            sum_of_weights += weight
            weight *= 0.42
        return total / sum_of_weights


class Sheet:
    """Collects what is drawn as SVG, back to front; what is lettered stays apart for the font.

    Args:
        width: In units; `height` likewise. The shorter one is 1000.
        palette: The colours of this picture.
        rng: Where every accident comes from.
        words: What a poster says, from the recipe.
        moment: 0..1 through a film; stills stand at 0.
    """

    def __init__(
        self,
        width: float,
        height: float,
        *,
        palette: Palette,
        rng: Random,
        words: Sequence[str] = (),
        moment: float = 0.0,
    ) -> None:
        self.width, self.height = width, height
        self.brand = "LUMENFELL"
        """Whose name stands on things, in the letters of `drawing_marks.LETTERS`."""
        self.palette, self.rng = palette, rng
        self.words, self.moment = tuple(words), moment
        self.lettering: list[Lettering] = []
        self._definitions: list[str] = []
        self._shapes: list[str] = []

    @property
    def wide(self) -> float:
        """Width over height."""
        return self.width / self.height

    def shape(self, kind: str, fill: str = "none", **attributes: str | float) -> None:
        """Draw an SVG element; `stroke_width` becomes `stroke-width` and so on."""
        # `opacity` has librsvg paint on a layer of its own, many times slower than these two.
        if "opacity" in attributes and (fill == "none") != ("stroke" not in attributes):
            own = "stroke_opacity" if fill == "none" else "fill_opacity"
            attributes[own] = attributes.pop("opacity")
        self._shapes.append(f'<{kind} fill="{fill}"{_written(attributes)}/>')

    def path(self, points: Iterable[Point], fill: str = "none", **attributes: str | float) -> None:
        """Draw a polygon through `points`; `line=1` leaves it open."""
        closing = "" if attributes.pop("line", 0) else "Z"
        self.shape("path", fill, d=f"M{_joined(points)}{closing}", **attributes)

    def curve(self, d: str, fill: str = "none", **attributes: str | float) -> None:
        """Draw SVG path data."""
        self.shape("path", fill, d=d, **attributes)

    def rect(self, box: tuple[float, float, float, float], fill: str, **more: str | float) -> None:
        """Draw x, y, width, height."""
        x, y, width, height = box
        self.shape("rect", fill, x=x, y=y, width=width, height=height, **more)

    def circle(self, at: Point, radius: float, fill: str = "none", **more: str | float) -> None:
        """Draw a circle."""
        self.shape("circle", fill, cx=at[0], cy=at[1], r=radius, **more)

    def ellipse(self, at: Point, radii: Point, fill: str = "none", **more: str | float) -> None:
        """Draw an ellipse."""
        self.shape("ellipse", fill, cx=at[0], cy=at[1], rx=radii[0], ry=radii[1], **more)

    def group(self, draw: Callable[[], None], **attributes: str | float) -> None:
        """Whatever `draw` draws, with the attributes (transform, opacity, clip-path) in common."""
        self._shapes.append(f"<g{_written(attributes)}>")
        draw()
        self._shapes.append("</g>")

    def clip(self, d: str) -> str:
        """A clip path to be given as `clip_path`."""
        return self._defined("clipPath", {}, f'<path d="{d}"/>')

    def fade(self, stops: Stops, *, across: bool = False) -> str:
        """A fill that changes from top to bottom of the shape, or across it."""
        ends: dict[str, str | float] = (
            {"x1": 0, "y1": 0, "x2": 1, "y2": 0} if across else {"x1": 0, "y1": 0, "x2": 0, "y2": 1}
        )
        return self._defined("linearGradient", ends, _stops(stops))

    def glow(self, colour: str, strength: float = 1.0, hardness: float = 0.0) -> str:
        """A fill that fades from the middle outwards; `hardness` is the share that stays full."""
        soft = [(0.0, 1.0), (0.25, 0.62), (0.5, 0.3), (0.75, 0.09), (1.0, 0.0)]
        stops = [(hardness + (1 - hardness) * at, colour, strength * o) for at, o in soft]
        return self._defined("radialGradient", {}, _stops(stops))

    def letter(self, text: Lettering) -> None:
        """Set a line of type above everything drawn."""
        self.lettering.append(text)

    def svg(self) -> str:
        """The whole sheet, without its lettering."""
        head = (
            '<svg xmlns="http://www.w3.org/2000/svg" '
            f'viewBox="0 0 {self.width:.2f} {self.height:.2f}" '
            f'width="{self.width:.2f}" height="{self.height:.2f}">'
        )
        return f"{head}<defs>{''.join(self._definitions)}</defs>{''.join(self._shapes)}</svg>"

    def _defined(self, kind: str, attributes: dict[str, str | float], content: str) -> str:
        name = f"d{len(self._definitions)}"
        self._definitions.append(f'<{kind} id="{name}"{_written(attributes)}>{content}</{kind}>')
        return f"url(#{name})"


def smooth(points: Sequence[Point]) -> str:
    """Path data of a soft line through `points` (Catmull-Rom)."""
    parts = [f"M{_pair(points[0])}"]
    for index in range(len(points) - 1):
        before, start = points[max(index - 1, 0)], points[index]
        end, after = points[index + 1], points[min(index + 2, len(points) - 1)]
        one = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        two = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        parts.append(f"C{_pair(one)} {_pair(two)} {_pair(end)}")
    return "".join(parts)


def _pair(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"


def _joined(points: Iterable[Point]) -> str:
    return " ".join(_pair(point) for point in points)


def _written(attributes: dict[str, str | float]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{value if isinstance(value, str) else f"{value:.3f}"}"'
        for name, value in attributes.items()
    )


def _stops(stops: Stops) -> str:
    return "".join(
        f'<stop offset="{at:.3f}" stop-color="{colour}" stop-opacity="{opacity:.3f}"/>'
        for at, colour, opacity in stops
    )
