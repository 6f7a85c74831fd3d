"""A transformation as values: what stands in the text, and what we understand of it.

The text is the truth: every parameter keeps its own characters, the typed value stands beside
them, so writing a transformation back never changes it (Cloudinary caches by the literal text).
"""

from dataclasses import dataclass
from enum import Enum, StrEnum
from fractions import Fraction
from typing import TypeVar


class CropMode(StrEnum):
    """How a picture meets the requested size (`c_`)."""

    SCALE = "scale"
    FIT = "fit"
    LIMIT = "limit"
    MFIT = "mfit"
    FILL = "fill"
    LFILL = "lfill"
    FILL_PAD = "fill_pad"
    PAD = "pad"
    LPAD = "lpad"
    MPAD = "mpad"
    CROP = "crop"
    THUMB = "thumb"
    AUTO = "auto"
    AUTO_PAD = "auto_pad"


class Gravity(StrEnum):
    """Where a crop or a padded picture is anchored (`g_`), as far as no content decides it."""

    NORTH_WEST = "north_west"
    NORTH = "north"
    NORTH_EAST = "north_east"
    WEST = "west"
    CENTER = "center"
    EAST = "east"
    SOUTH_WEST = "south_west"
    SOUTH = "south"
    SOUTH_EAST = "south_east"
    XY_CENTER = "xy_center"


class Unit(Enum):
    """What a length is counted in."""

    PIXELS = "pixels"
    SHARE = "share of the incoming side"
    INITIAL_WIDTH = "initial width"
    INITIAL_HEIGHT = "initial height"


class Move(Enum):
    """One turn or flip of `a_`; turns are clockwise."""

    TURN_90 = "90"
    TURN_180 = "180"
    TURN_270 = "270"
    FLIP_HORIZONTAL = "hflip"
    FLIP_VERTICAL = "vflip"


class Format(StrEnum):
    """A picture format we can write (`f_`), or the wish to have it chosen."""

    JPG = "jpg"
    PNG = "png"
    WEBP = "webp"
    AVIF = "avif"
    GIF = "gif"
    AUTO = "auto"


class AutoQuality(StrEnum):
    """The levels of `q_auto`."""

    BEST = "best"
    GOOD = "good"
    ECO = "eco"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """`w_ h_ x_ y_`: an amount and its unit; for the initial sides the amount is 1."""

    amount: Fraction
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """`dpr_ z_`: a factor above 0."""

    amount: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectRatio:
    """`ar_`: width divided by height, above 0."""

    ratio: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """`b_`: sRGB channels and opacity, 0–255 each."""

    red: int
    green: int
    blue: int
    alpha: int = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """`q_80`, `q_80:444`: a level 1–100, and whether colour keeps its full resolution."""

    level: int
    full_chroma: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """`a_`: turns and flips in the order they are done."""

    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """`fl_`: the dot-joined names, each with its own arguments."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbatim:
    """A value we do not read: an expression, a newer word, a parameter for the cloud alone."""


Value = (
    CropMode
    | Gravity
    | Length
    | Number
    | AspectRatio
    | Colour
    | Quality
    | AutoQuality
    | Format
    | Turn
    | Flags
    | Verbatim
)
Kind = TypeVar("Kind", bound=Value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One `key_text`; a variable's key carries its `$`, a condition's is `if`."""

    key: str
    text: str
    value: Value

    def __str__(self) -> str:
        """As it was typed."""
        return f"{self.key}_{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Parameters between two slashes, done together; an empty one does nothing."""

    parameters: tuple[Parameter, ...]

    def __str__(self) -> str:
        """As it was typed."""
        return ",".join(map(str, self.parameters))

    def parameter(self, key: str) -> Parameter | None:
        """The parameter that counts: of two with one key, the last."""
        return next((p for p in reversed(self.parameters) if p.key == key), None)

    def find(self, key: str, kind: type[Kind]) -> Kind | None:
        """The value under `key`; None when there is none, or none we understand."""
        found = self.parameter(key)
        return found.value if found and isinstance(found.value, kind) else None

    def has(self, key: str) -> bool:
        """Whether the key stands here, understood or not."""
        return self.parameter(key) is not None

    @property
    def flags(self) -> frozenset[str]:
        """All flags of the component, with their arguments."""
        return frozenset(
            name
            for parameter in self.parameters
            if isinstance(parameter.value, Flags)
            for name in parameter.value.names
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transformation:
    """Components in the order they are done; `str()` is the text it was parsed from."""

    components: tuple[Component, ...]

    def __str__(self) -> str:
        """As it was typed."""
        return "/".join(map(str, self.components))

    def start_of(self, index: int) -> int:
        """Where component `index` starts in the text (0-based)."""
        return sum(len(str(component)) + 1 for component in self.components[:index])
