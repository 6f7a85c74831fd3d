"""What is written: codecs, quality, bit rate and pace, as the chain asks and the container allows.

Source of the rules: reference/cloudinary.md 9.10.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from bridge_app.domain.expectations import Expected
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.model import (
    AudioCodec,
    AutoQuality,
    BitRate,
    FrameRate,
    Number,
    Quality,
    Transformation,
    Value,
    VideoCodec,
)
from bridge_app.transform.steps import picture_components
from bridge_app.transform.video.codecs import HOLDERS, PICTURES, SOUNDS, Holder, SoundEncoder
from bridge_app.transform.video.film import Film

USUAL_QUALITY = 75
_AUTOMATIC: Mapping[AutoQuality, int] = {
    AutoQuality.BEST: 90,
    AutoQuality.GOOD: 75,
    AutoQuality.ECO: 60,
    AutoQuality.LOW: 42,
}
_PROFILES = frozenset({"baseline", "main", "high"})
_LEVELS = frozenset({"3.0", "3.1", "4.0", "4.1", "4.2", "5.0", "5.1", "5.2"})
_FASTEST = Fraction(60)
_BIT_RATES = (10_000, 200_000_000)
_SECONDS_OF_BUFFER = 2
Kind = TypeVar("Kind", bound=Value)


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePlan:
    """`codec` in Cloudinary's words; the rest as PyAV's stream takes it."""

    codec: str
    encoder: str
    pixels: str
    rate: Fraction
    options: Mapping[str, str]
    bit_rate: int | None = None
    gop: int | None = None


def picture_plan(transformation: Transformation, film: Film, container: str) -> PicturePlan:
    """How the pictures of a film are encoded.

    Raises:
        TransformationError: The codec asked for does not fit into the container.
    """
    holder = HOLDERS[container]
    asked = _last(transformation, "vc", VideoCodec)
    codec = _fitting(transformation, "vc", asked.name if asked else "", holder.pictures, PICTURES)
    encoder = PICTURES[codec]
    rate = _rate(_last(transformation, "fps", FrameRate), film.rate)
    bits = _allowed(_last(transformation, "br", BitRate))
    options = {**encoder.fixed, **_profile(codec, asked)}
    if bits:
        options |= _bounded(bits)
    else:
        options |= encoder.options(_quality(transformation))
    keys = _last(transformation, "ki", Number)
    return PicturePlan(
        codec=codec,
        encoder=encoder.name,
        pixels=encoder.pixels,
        rate=rate,
        options=options,
        bit_rate=bits.bits if bits else None,
        gop=max(1, round(keys.amount * rate)) if keys else None,
    )


def sound_codec(transformation: Transformation, container: str) -> tuple[str, SoundEncoder]:
    """Cloudinary's word for the sound's codec, and what writes it.

    Raises:
        TransformationError: The codec asked for does not fit into the container.
    """
    asked = _last(transformation, "ac", AudioCodec)
    name = asked.name if asked else ""
    codec = _fitting(transformation, "ac", name, HOLDERS[container].sounds, SOUNDS)
    return codec, SOUNDS[codec]


def unheld(transformation: Transformation, container: str) -> str:
    """A codec that Cloudinary knows and nothing here writes; `""` when there is none."""
    codec = _last(transformation, "vc", VideoCodec)
    name = codec.name if codec else ""
    holder: Holder = HOLDERS[container]
    return "" if name in {"", "auto", "none", *PICTURES} or not holder.pictures else name


def _fitting(
    transformation: Transformation,
    key: str,
    name: str,
    held: tuple[str, ...],
    known: Mapping[str, object],
) -> str:
    """The codec asked for, or the container's usual one when none is, or none we write."""
    if name not in known:
        return held[0]
    if name not in held:
        index, component = next(
            (i, c) for i, c in reversed(picture_components(transformation)) if c.has(key)
        )
        at = str(component).find(f"{key}_{name}")
        raise TransformationError(
            position=transformation.start_of(index) + at,
            found=f"{key}_{name}",
            expected=Expected.CODEC.format(held=", ".join(held)),
            cloudinary=f"Invalid codec {name} for the requested format",
        )
    return name


def _last(transformation: Transformation, key: str, kind: type[Kind]) -> Kind | None:
    return next(
        (v for _, c in reversed(picture_components(transformation)) if (v := c.find(key, kind))),
        None,
    )


def _quality(transformation: Transformation) -> int:
    for _, component in reversed(picture_components(transformation)):
        if level := component.find("q", Quality):
            return level.level
        if automatic := component.find("q", AutoQuality):
            return _AUTOMATIC[automatic]
    return USUAL_QUALITY


def _rate(asked: FrameRate | None, own: Fraction) -> Fraction:
    """Within the bounds asked for; without any, the master's own."""
    rate = own
    if asked and asked.lowest is not None:
        rate = max(rate, asked.lowest)
    if asked and asked.highest is not None:
        rate = min(rate, asked.highest)
    return min(_FASTEST, max(Fraction(1), rate)).limit_denominator(1001)


def _allowed(bits: BitRate | None) -> BitRate | None:
    """What encoders can count with."""
    least, most = _BIT_RATES
    return replace(bits, bits=min(most, max(least, bits.bits))) if bits else None


def _bounded(bits: BitRate) -> dict[str, str]:
    most = {"maxrate": str(bits.bits), "bufsize": str(bits.bits * _SECONDS_OF_BUFFER)}
    return {**most, "minrate": str(bits.bits)} if bits.constant else most


def _profile(codec: str, asked: VideoCodec | None) -> dict[str, str]:
    """`vc_h264:main:3.1:bframes_no`; for other codecs the encoder decides."""
    if codec != "h264" or asked is None:
        return {}
    options = {}
    if asked.profile in _PROFILES:
        options["profile"] = asked.profile
    if asked.level in _LEVELS:
        options["level"] = asked.level
    if not asked.b_frames:
        options["bf"] = "0"
    return options
