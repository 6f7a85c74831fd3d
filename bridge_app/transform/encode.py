"""Which format and quality a rendition gets, and its bytes. Metadata never goes along."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyvips

from bridge_app.domain.errors import MediaError
from bridge_app.transform.model import AutoQuality, Component, Format, Quality

DEFAULT_QUALITY = 80
# One fixed level per format until the quality is measured; AVIF's scale starts lower.
_AUTO_LEVELS: Mapping[AutoQuality, int] = {
    AutoQuality.BEST: 90,
    AutoQuality.GOOD: 80,
    AutoQuality.ECO: 68,
    AutoQuality.LOW: 52,
}
_AVIF_STEP = 20
_WORDS = re.compile(r"[A-Za-z]{3}")
_LONGEST_SIDES: Mapping[Format, int] = {
    Format.JPG: 65_500,
    Format.WEBP: 16_383,
    Format.AVIF: 16_384,
    Format.GIF: 65_535,
}
_OPAQUE_FORMATS = frozenset({Format.JPG})


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How a picture is written; `asked` tells whether anybody asked for that format."""

    format: Format
    asked: bool
    quality: int = DEFAULT_QUALITY
    full_chroma: bool = False
    progressive: bool = False


def encoding(
    components: tuple[Component, ...], *, master: Format | None, accept: str, alpha: bool
) -> Encoding:
    """What `f_`, `q_` and `fl_progressive` ask for; the last one counts, wherever it stands.

    Args:
        components: Those that work on the picture itself.
        master: The master's own format; None when the web does not show it.
        accept: The `Accept` header that `f_auto` goes by.
        alpha: Whether the picture may be transparent.
    """
    wanted = _last(components, "f", Format)
    if wanted is Format.AUTO:
        wanted = _accepted(accept, alpha=alpha)
    chosen = wanted or master or Format.JPG
    flags = frozenset(flag for component in components for flag in component.flags)
    quality = next(
        (q for c in reversed(components) if (q := _quality(c))), Quality(level=DEFAULT_QUALITY)
    )
    automatic = isinstance(quality, AutoQuality)
    level = _AUTO_LEVELS[quality] if isinstance(quality, AutoQuality) else quality.level
    return Encoding(
        format=chosen,
        asked=wanted is not None,
        quality=level - _AVIF_STEP if automatic and chosen is Format.AVIF else level,
        full_chroma=isinstance(quality, Quality) and quality.full_chroma,
        progressive=bool(flags & {"progressive", "progressive:semi", "progressive:steep"}),
    )


def encoded(image: pyvips.Image, how: Encoding) -> bytes:
    """The picture's file, without metadata; transparency on white where the format has none.

    Raises:
        MediaError: The format cannot hold the picture, or decoding failed on the way.
    """
    if how.format in _OPAQUE_FORMATS and image.hasalpha():
        image = image.flatten(background=[255, 255, 255])
    side, longest = max(image.width, image.get_page_height()), _LONGEST_SIDES.get(how.format)
    if longest and side > longest:
        raise MediaError(detail=f"a {how.format} holds {longest} pixels a side, not {side}")
    try:
        data: bytes = image.write_to_buffer(f".{how.format}", keep="none", **_options(how))
    except pyvips.Error as error:
        raise MediaError(detail=reason_of(error)) from error
    return data


def reason_of(error: pyvips.Error) -> str:
    """What libvips says about it: the last line with words; those before may be older."""
    lines = [line.strip() for line in str(error.detail).splitlines()]
    telling = (line for line in reversed(lines) if _WORDS.search(line))
    return next(telling, "the file is damaged, or of a kind that cannot be decoded here")


def _last(components: tuple[Component, ...], key: str, kind: type[Format]) -> Format | None:
    return next((v for c in reversed(components) if (v := c.find(key, kind))), None)


def _quality(component: Component) -> Quality | AutoQuality | None:
    return component.find("q", Quality) or component.find("q", AutoQuality)


def _accepted(accept: str, *, alpha: bool) -> Format:
    """The smallest format the browser names; wildcards name none."""
    kinds = {
        kind.strip().lower()
        for kind, _, parameters in (entry.partition(";") for entry in accept.split(","))
        if parameters.replace(" ", "") not in {"q=0", "q=0.0"}
    }
    if "image/avif" in kinds:
        return Format.AVIF
    if "image/webp" in kinds:
        return Format.WEBP
    return Format.PNG if alpha else Format.JPG


def _options(how: Encoding) -> dict[str, Any]:
    match how.format:
        case Format.JPG:
            return {
                "Q": how.quality,
                "optimize_coding": True,
                "interlace": how.progressive,
                "subsample_mode": "off" if how.full_chroma else "on",
            }
        case Format.PNG:
            return {"interlace": how.progressive}
        case Format.WEBP:
            return {"Q": how.quality}
        case Format.AVIF:
            chroma = "off" if how.full_chroma else "on"
            return {"Q": how.quality, "effort": 2, "subsample_mode": chroma}
        case Format.GIF:
            return {"effort": 4}  # the default is twice as slow and hardly smaller
        case _:
            return {}
