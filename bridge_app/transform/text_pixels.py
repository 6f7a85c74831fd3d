"""Sets the words of a text layer: from a style and a text to a picture with transparency.

Letters are set by Pango through libvips. Lines are wrapped by a width (`c_fit,w_`), cut with an
ellipsis by a height, and the picture is trimmed to the ink (reference 9.8).
"""

from dataclasses import dataclass
from math import ceil
from pathlib import Path

import pyvips

from bridge_app.domain.expectations import Expected
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.fonts import BUNDLED_FAMILY, bundled_file, family_in, stand_in
from bridge_app.transform.letter_outline import thickened
from bridge_app.transform.model import Border, Colour, Component, Length
from bridge_app.transform.steps import MAXIMUM_PIXELS
from bridge_app.transform.text_markup import alignment, markup
from bridge_app.transform.text_style import WEIGHTS, Align, TextStyle

MAXIMUM_CHARACTERS = 10_000
"""Longer texts are no caption: laying one out would cost seconds."""

MAXIMUM_SIDE = 32_767
"""Pixels of a text's width or height; Pango's canvas holds no more."""

_BLACK = Colour(red=0, green=0, blue=0)
_ELLIPSIS = "…"
_MEASURING_PX = 8
_CERTAINLY_SMALL = 1_000_000  # characters × the square of their size: no need to measure
_OPAQUE_FROM = 127


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How a text is set: its style, and what its component says besides.

    `width` is where lines are wrapped, `height` where the text is cut, both in pixels. `font` is
    the file of an uploaded font, None when the style names an installed one or it is not known.
    """

    style: TextStyle
    colour: Colour = _BLACK
    background: Colour | None = None
    stroke: Border | None = None
    width: int | None = None
    height: int | None = None
    trimmed: bool = True
    font: Path | None = None


def setting(
    style: TextStyle, wording: Component, *, trimmed: bool, font: Path | None = None
) -> Setting:
    """Read `co_ b_ bo_` and, where lines are wrapped, `w_ h_`."""
    width, height = wording.find("w", Length), wording.find("h", Length)
    return Setting(
        style=style,
        colour=wording.find("co", Colour) or _BLACK,
        background=wording.find("b", Colour),
        stroke=wording.find("bo", Border) if style.stroke else None,
        width=max(1, int(width.amount)) if width else None,
        height=max(1, int(height.amount)) if width and height else None,
        trimmed=trimmed,
        font=font,
    )


def text_picture(text: str, how: Setting, *, position: int = 0) -> pyvips.Image | None:
    """The text with transparency around it, 8-bit sRGB; None when nothing of it can be seen.

    Args:
        text: As people read it; lines end with a line feed.
        how: Its style and setting.
        position: Where the layer stands in the transformation, for errors.

    Raises:
        TransformationError: The text is too long, or too large to be drawn.
    """
    if not text.strip():
        return None
    face = _Face.of(how)
    _refuse_vast(text, how, face, position)
    try:
        letters = _letters(_cut(text, how, face), how, face)
        if letters is None:
            return None
        letters = letters if how.trimmed else _with_room(letters, how, face)
        picture = _shaded(letters, how)
        if how.stroke and how.stroke.width > 0:
            _refuse_wide(letters, how.stroke, text, position)
            picture = _stroked(picture, letters[3], how.stroke)
        return _grounded(picture, how.background)
    except pyvips.Error as error:
        raise _vast(text, position) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Face:
    """Families in the order they are tried, and a font file that has to be known for that."""

    families: str
    file: Path | None

    @classmethod
    def of(cls, how: Setting) -> "_Face":
        weight = WEIGHTS[how.style.weight]
        ours = bundled_file(BUNDLED_FAMILY, weight)
        if how.style.is_uploaded:
            named = family_in(how.font) if how.font else ""
            families = ",".join(filter(None, (named, BUNDLED_FAMILY)))
            return cls(families=families, file=how.font if named else ours)
        other = stand_in(how.style.family)
        return cls(families=f"{how.style.family},{other}", file=ours)


def _letters(text: str, how: Setting, face: _Face, *, scale: float = 1) -> pyvips.Image | None:
    """The ink alone, RGBA; None when no glyph leaves any."""
    style = how.style
    options: dict[str, int | str] = {}
    if how.width is not None:
        options["width"] = max(1, round(how.width * scale))
    if face.file:
        options["fontfile"] = str(face.file)
    try:
        return pyvips.Image.text(
            markup(text, style, families=face.families, colour=how.colour, scale=scale),
            dpi=72,
            rgba=True,
            wrap="word",
            align=alignment(style, text),
            justify=style.align is Align.JUSTIFY,
            spacing=round(style.line_spacing * scale),
            **options,
        )
    except pyvips.Error as error:
        if "no text to render" in str(error):
            return None
        raise


def _refuse_vast(text: str, how: Setting, face: _Face, position: int) -> None:
    """Measured with small letters first: a hundredth of the work."""
    if len(text) > MAXIMUM_CHARACTERS:
        raise TransformationError(
            position=position,
            found=f"{text[:20]}{_ELLIPSIS}",
            expected=Expected.TEXT_LENGTH.format(count=MAXIMUM_CHARACTERS),
        )
    if how.style.size < 1:
        raise TransformationError(
            position=position, found=str(how.style), expected=Expected.FONT_SIZE
        )
    if len(text) * how.style.size**2 <= _CERTAINLY_SMALL:
        return
    scale = _MEASURING_PX / how.style.size
    try:
        small = _letters(text, how, face, scale=scale)
    except pyvips.Error as error:
        raise _vast(text, position) from error
    if small is None:
        return
    width, height = small.width / scale, small.height / scale
    if how.height is not None:
        height = min(height, how.height)
    if max(width, height) > MAXIMUM_SIDE or width * height > MAXIMUM_PIXELS:
        raise _vast(text, position)


def _refuse_wide(letters: pyvips.Image, stroke: Border, text: str, position: int) -> None:
    width, height = letters.width + 2 * stroke.width, letters.height + 2 * stroke.width
    if width * height > MAXIMUM_PIXELS:
        raise _vast(text, position)


def _vast(text: str, position: int) -> TransformationError:
    return TransformationError(
        position=position,
        found=text if len(text) <= 40 else f"{text[:40]}{_ELLIPSIS}",
        expected=Expected.TEXT_SIZE.format(side=MAXIMUM_SIDE, limit=MAXIMUM_PIXELS // 1_000_000),
    )


def _cut(text: str, how: Setting, face: _Face) -> str:
    """As much of the text as the height has room for; an ellipsis stands for the rest."""
    if how.height is None:
        return text

    def fits(count: int) -> bool:
        kept = text if count >= len(text) else text[:count].rstrip() + _ELLIPSIS
        drawn = _letters(kept, how, face)
        return drawn is None or drawn.height <= (how.height or 0)

    least, most = 0, 16
    while most < len(text) and fits(most):
        least, most = most, most * 2
    if most >= len(text) and fits(len(text)):
        return text
    most = min(most, len(text))
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if fits(middle) else (least, middle)
    return text[:least].rstrip() + _ELLIPSIS


def _with_room(letters: pyvips.Image, how: Setting, face: _Face) -> pyvips.Image:
    """With what stands around the ink in a line of text: the height of lines, and its bearings."""
    one, two = (_letters(lines, how, face) for lines in ("Hg", "Hg\nHg"))
    line = max(1, two.height - one.height) if one and two else letters.height
    left, top = max(0, letters.xoffset), max(0, letters.yoffset)
    lines = ceil((letters.height + top) / line)
    height = max(lines * line, letters.height + top)
    return letters.embed(left, top, letters.width + 2 * left, height)


def _stroked(letters: pyvips.Image, ink: pyvips.Image, stroke: Border) -> pyvips.Image:
    """A line of the stroke's width around the ink, below the letters."""
    margin = ceil(stroke.width)
    wide, high = letters.width + 2 * margin, letters.height + 2 * margin
    line = thickened(ink.embed(margin, margin, wide, high), float(stroke.width))
    colour = stroke.colour
    ground = line.new_from_image([colour.red, colour.green, colour.blue])
    ground = ground.bandjoin(line * (colour.alpha / 255)).cast("uchar").copy(interpretation="srgb")
    return ground.composite2(letters.embed(margin, margin, wide, high), "over").cast("uchar")


def _shaded(picture: pyvips.Image, how: Setting) -> pyvips.Image:
    """The opacity of the colour, and no half-covered pixels where none are wanted."""
    alpha = picture[3]
    if how.style.antialias == "none":
        alpha = (alpha > _OPAQUE_FROM).ifthenelse(255, 0)
    if how.colour.alpha < 255:
        alpha = alpha * (how.colour.alpha / 255)
    return picture[0:3].bandjoin(alpha.cast("uchar")).copy(interpretation="srgb")


def _grounded(picture: pyvips.Image, background: Colour | None) -> pyvips.Image:
    if background is None:
        return picture.copy_memory()
    colour = [background.red, background.green, background.blue, background.alpha]
    ground = picture.new_from_image(colour).copy(interpretation="srgb")
    return ground.composite2(picture, "over").cast("uchar").copy_memory()
