"""Which format and quality a rendition gets, and its bytes.

Source of the rules: reference/cloudinary.md 9.4 (`q_`, `f_`) and 9.9 (flags).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyvips

from bridge_app.domain.errors import MediaError
from bridge_app.transform.auto_quality import auto_level
from bridge_app.transform.kept_metadata import Keep, carried_over
from bridge_app.transform.model import AutoQuality, Component, Format, Quality
from bridge_app.transform.writers import Writing, written

DEFAULT_QUALITY = 80
ATTRIBUTION, ALL_METADATA = "keep_attribution", "keep_iptc"

_WORDS = re.compile(r"[A-Za-z]{3}")
_LONGEST_SIDES: Mapping[Format, int] = {
    Format.JPG: 65_500,
    Format.WEBP: 16_383,
    Format.AVIF: 16_384,
    Format.GIF: 65_535,
}
_OPAQUE_FORMATS = frozenset({Format.JPG})
_WITH_LEVELS = frozenset({Format.JPG, Format.WEBP, Format.AVIF})
_MOVING_FORMATS = frozenset({Format.GIF, Format.WEBP, Format.PNG})
_MOVING_FLAGS: Mapping[Format, str] = {Format.WEBP: "awebp", Format.PNG: "apng"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How a picture is written; `asked` tells whether anybody asked for that format.

    `automatic` finds the quality for each picture, and `quality` does not count then.
    `may_switch` allows a PNG to become one with a palette where that is as good. `animated` tells
    whether the flags ask for all frames of an animation.
    """

    format: Format
    asked: bool
    quality: int = DEFAULT_QUALITY
    automatic: AutoQuality | None = None
    full_chroma: bool = False
    progressive: bool = False
    may_switch: bool = False
    palette: bool = False
    transparent: bool | None = None
    lossy: bool = False
    lzw: bool = False
    animated: bool = False
    profile: bool = False
    keep: Keep = Keep.NOTHING


def encoding(
    components: tuple[Component, ...],
    *,
    master: Format | None,
    accept: str,
    alpha: bool,
    moving: bool = False,
) -> Encoding:
    """What `f_`, `q_` and the flags ask for; the last one counts, wherever it stands.

    Args:
        components: Those that work on the picture itself.
        master: The master's own format; None when the web does not show it.
        accept: The `Accept` header that `f_auto` goes by.
        alpha: Whether the picture may be transparent.
        moving: Whether the master is an animation, which `f_auto` then keeps.
    """
    flags = frozenset(flag for component in components for flag in component.flags)
    wanted = _last_format(components)
    is_free = wanted in {None, Format.AUTO}
    if wanted is Format.AUTO:
        wanted = _accepted(accept, alpha=alpha, moving=moving, flags=flags)
    chosen = wanted or master or Format.JPG
    quality = next(
        (q for c in reversed(components) if (q := _quality(c))), Quality(level=DEFAULT_QUALITY)
    )
    automatic = quality if isinstance(quality, AutoQuality) else None
    return Encoding(
        format=chosen,
        asked=wanted is not None,
        quality=quality.level if isinstance(quality, Quality) else DEFAULT_QUALITY,
        automatic=automatic,
        full_chroma=isinstance(quality, Quality) and quality.full_chroma,
        progressive=_is_progressive(flags),
        may_switch="any_format" in flags and automatic is not None,
        palette="png8" in flags,
        transparent=False if "png24" in flags else True if "png32" in flags else None,
        lossy="lossy" in flags,
        lzw="tiff8_lzw" in flags,
        animated=_is_animated(chosen, flags, own=chosen is master, is_free=is_free),
        profile="force_icc" in flags and "strip_profile" not in flags,
        keep=_kept(flags, automatic),
    )


def encoded(image: pyvips.Image, how: Encoding, *, master: Path | None = None) -> bytes:
    """The picture's file; transparency on white where the format has none.

    Args:
        image: sRGB, 8 bits; frames of an animation below one another.
        how: What was asked for.
        master: Where the metadata that is kept comes from; None: none is kept.

    Raises:
        MediaError: The format cannot hold the picture, or decoding failed on the way.
    """
    image = _with_alpha_as_asked(image, how)
    side, longest = max(image.width, image.get_page_height()), _LONGEST_SIDES.get(how.format)
    if longest and side > longest:
        raise MediaError(detail=f"a {how.format} holds {longest} pixels a side, not {side}")
    try:
        if how.automatic and (how.format in _WITH_LEVELS or how.may_switch):
            image = image.copy_memory()  # it is looked at before it is written
            how = _found(image, how, how.automatic)
        data = written(image, _writing(how))
    except pyvips.Error as error:
        raise MediaError(detail=reason_of(error)) from error
    return carried_over(data, master, how.keep) if master else data


def reason_of(error: pyvips.Error) -> str:
    """What libvips says about it: the last line with words; those before may be older."""
    lines = [line.strip() for line in str(error.detail).splitlines()]
    telling = (line for line in reversed(lines) if _WORDS.search(line))
    return next(telling, "the file is damaged, or of a kind that cannot be decoded here")


def _found(image: pyvips.Image, how: Encoding, wanted: AutoQuality) -> Encoding:
    level = auto_level(image, wanted, how.format)
    if how.format is not Format.PNG:
        return replace(how, quality=level)
    few = _writing(replace(how, palette=True))
    return replace(how, palette=how.palette or _is_as_good(image, written(image, few)))


def _is_as_good(image: pyvips.Image, data: bytes) -> bool:
    """Whether hardly a pixel differs: a drawing with a few plain colours."""
    shown = pyvips.Image.new_from_buffer(data, "")
    return bool(shown.bands == image.bands and (shown - image).abs().avg() < 0.5)


def _with_alpha_as_asked(image: pyvips.Image, how: Encoding) -> pyvips.Image:
    opaque = how.format in _OPAQUE_FORMATS or (
        how.format is Format.PNG and how.transparent is False
    )
    if image.hasalpha():
        return image.flatten(background=[255, 255, 255]) if opaque else image
    return image.addalpha() if how.format is Format.PNG and how.transparent else image


def _writing(how: Encoding) -> Writing:
    return Writing(
        format=how.format,
        quality=how.quality,
        full_chroma=how.full_chroma,
        progressive=how.progressive,
        palette=how.palette,
        lossy=how.lossy,
        lzw=how.lzw,
        profile=how.profile,
    )


def _is_progressive(flags: frozenset[str]) -> bool:
    return bool(flags & {"progressive", "progressive:semi", "progressive:steep"})


def _kept(flags: frozenset[str], automatic: AutoQuality | None) -> Keep:
    """`keep_iptc` does not go with `q_auto`, and stripping wins over keeping."""
    if "force_strip" in flags:
        return Keep.NOTHING
    if ALL_METADATA in flags and automatic is None:
        return Keep.EVERYTHING
    return Keep.ATTRIBUTION if ATTRIBUTION in flags else Keep.NOTHING


def _is_animated(chosen: Format, flags: frozenset[str], *, own: bool, is_free: bool) -> bool:
    """GIF always moves; the others when a flag says so, or when nobody asked for another."""
    if chosen not in _MOVING_FORMATS:
        return False
    if chosen is Format.GIF or own or is_free:
        return True
    return bool(flags & {"animated", _MOVING_FLAGS[chosen]})


def _last_format(components: tuple[Component, ...]) -> Format | None:
    return next((v for c in reversed(components) if (v := c.find("f", Format))), None)


def _quality(component: Component) -> Quality | AutoQuality | None:
    return component.find("q", Quality) or component.find("q", AutoQuality)


def _accepted(accept: str, *, alpha: bool, moving: bool, flags: frozenset[str]) -> Format:
    """The smallest format the browser names; wildcards name none."""
    if alpha and "preserve_transparency" in flags:
        return Format.PNG
    kinds = {
        kind.strip().lower()
        for kind, _, parameters in (entry.partition(";") for entry in accept.split(","))
        if parameters.replace(" ", "") not in {"q=0", "q=0.0"}
    }
    if "image/avif" in kinds and not moving:
        return Format.AVIF
    if "image/webp" in kinds:
        return Format.WEBP
    if moving:
        return Format.GIF
    return Format.PNG if alpha else Format.JPG
