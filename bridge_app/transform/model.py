"""A transformation as values: what stands in the text, and what we understand of it.

The text is the truth: every parameter keeps its own characters, the typed value stands beside
them, so writing a transformation back never changes it (Cloudinary caches by the literal text).
"""

import re
from dataclasses import dataclass
from enum import Enum, StrEnum
from fractions import Fraction
from typing import TypeVar

_DECIMAL = re.compile(r"[-+]?(?:[0-9]{1,9}|[0-9]{0,9}\.[0-9]{1,20})")


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


class Orientation(StrEnum):
    """The words of `a_` that ask for the master's own orientation instead of an angle."""

    AUTO_RIGHT = "auto_right"
    AUTO_LEFT = "auto_left"
    IGNORE = "ignore"
    EXIF = "exif"


class BackgroundMode(StrEnum):
    """Where the colours of `b_auto` are taken from."""

    BORDER = "border"
    PREDOMINANT = "predominant"
    BORDER_CONTRAST = "border_contrast"
    PREDOMINANT_CONTRAST = "predominant_contrast"
    BORDER_GRADIENT = "border_gradient"
    PREDOMINANT_GRADIENT = "predominant_gradient"
    BORDER_GRADIENT_CONTRAST = "border_gradient_contrast"
    PREDOMINANT_GRADIENT_CONTRAST = "predominant_gradient_contrast"


class Direction(StrEnum):
    """Which way the gradient of `b_auto` runs."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"
    DIAGONAL_DESC = "diagonal_desc"
    DIAGONAL_ASC = "diagonal_asc"


class ColourSpace(StrEnum):
    """`cs_`, as far as no profile of the account is named."""

    SRGB = "srgb"
    TRUE_COLOUR = "srgb:truecolor"
    TINY_SRGB = "tinysrgb"
    CMYK = "cmyk"
    NO_CMYK = "no_cmyk"
    KEEP_CMYK = "keep_cmyk"
    COPY = "copy"


class Format(StrEnum):
    """A picture format we can write (`f_`), or the wish to have it chosen."""

    JPG = "jpg"
    PNG = "png"
    WEBP = "webp"
    AVIF = "avif"
    GIF = "gif"
    TIFF = "tiff"
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
    """`dpr_ z_` (factors), `dn_` (dots per inch), `dl_` (ms), `ki_` (s), `af_` (Hz): above 0."""

    amount: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectRatio:
    """`ar_`: width divided by height, above 0."""

    ratio: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """`b_ co_`: sRGB channels and opacity, 0–255 each."""

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
    """`a_`: turns and flips in the order they are done, when all turns are right angles."""

    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Angle:
    """`a_17`, `a_-7.5.hflip`, `a_ignore`: what `Turn` cannot say, in the order it is done.

    A `Fraction` is a clockwise turn in degrees, as typed (not reduced to one circle).
    """

    parts: tuple[Fraction | Move | Orientation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Radius:
    """`r_`: pixels of each corner, clockwise from the top left; None: as round as can be."""

    corners: tuple[Fraction | None, Fraction | None, Fraction | None, Fraction | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """`bo_4px_solid_red`: width in pixels, 0 or more."""

    width: Fraction
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Opacity:
    """`o_`: 0 (not seen) to 100 (as it is)."""

    percent: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoBackground:
    """`b_auto…`: padding in colours found in the picture; `count` (2 or 4) is a gradient's."""

    mode: BackgroundMode = BackgroundMode.BORDER
    count: int = 2
    direction: Direction = Direction.HORIZONTAL
    palette: tuple[Colour, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlurredBackground:
    """`b_blurred…`: padding with the picture itself; 1–2000, and -300–100."""

    intensity: int = 100
    brightness: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """`e_name:a:b`: the colon-separated arguments as typed; `rgb:f00` is one argument."""

    name: str
    arguments: tuple[str, ...] = ()

    def number(self, index: int, default: Fraction) -> Fraction:
        """Argument `index` as a number; `default` when it is absent or none."""
        found = self.arguments[index] if index < len(self.arguments) else ""
        return Fraction(found) if _DECIMAL.fullmatch(found) else default

    def option(self, key: str) -> str:
        """What follows `key_` in arguments such as `level_50;type_linear`; "" when absent."""
        written = (piece for argument in self.arguments for piece in argument.split(";"))
        return next((p[len(key) + 1 :] for p in written if p.startswith(f"{key}_")), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """`pg_`: inclusive ranges counted from 1 (None: to the end), or layers by their names.

    `embedded` speaks of the pictures embedded in a layered file (`pg_embedded:2`).
    """

    ranges: tuple[tuple[int, int | None], ...] = ()
    names: tuple[str, ...] = ()
    embedded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoTime:
    """`so_ eo_ du_`: seconds, or with `percent` a share 0–100 of the length."""

    amount: Fraction
    percent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoCodec:
    """`vc_h264:main:3.1:bframes_no`; the name may be `auto` or `none` (no picture at all)."""

    name: str
    profile: str = ""
    level: str = ""
    b_frames: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioCodec:
    """`ac_`: the codec's name; `none` drops the sound."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BitRate:
    """`br_500k`, `br_2m:constant`: bits per second."""

    bits: int
    constant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRate:
    """`fps_25`, `fps_20-30`, `fps_24-`, `fps_-24`: bounds, None where it is open."""

    lowest: Fraction | None
    highest: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """`vs_20` (frames in all) or `vs_2.3s` (seconds between frames)."""

    amount: Fraction
    seconds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """`fl_`: the dot-joined names, each with its own arguments."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbatim:
    """A value we do not read: an expression, a newer word, a parameter for the cloud alone."""


_Words = CropMode | Gravity | Format | AutoQuality | ColourSpace | Flags | Verbatim
_Frame = Length | Number | AspectRatio | Turn | Angle | Radius | Border | Pages
_Look = Colour | Opacity | AutoBackground | BlurredBackground | Effect | Quality
_Time = VideoTime | VideoCodec | AudioCodec | BitRate | FrameRate | Sampling
Value = _Words | _Frame | _Look | _Time
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
