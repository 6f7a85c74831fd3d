"""A film's facts as its transformation needs them: upright size, length, pace."""

import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from bridge_app.domain.errors import DecoderLimitError
from bridge_app.transform.geometry import Size
from bridge_app.transform.video.containers import decoded, decoding, opened

MOST_PIXELS = 36_000_000
"""The largest frame that is decoded: 8K, and some."""
_SLOWEST, _FASTEST, _USUAL = Fraction(1, 10), Fraction(240), Fraction(25)
_MICROSECONDS = 1_000_000
_COLOURS = ("colorspace", "color_primaries", "color_trc", "color_range")
_UNSAID = {
    "colorspace": (0, 2),
    "color_primaries": (0, 2),
    "color_trc": (0, 2),
    "color_range": (0,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A film or a piece of sound, its headers and first frame read.

    `size` is upright and in square pixels, None where there are no moving pictures; `stored` is
    the decoder's. `moves` are the filters (`transpose`, `hflip`, `vflip`) that bring a stored
    frame upright, in order. `rate` is frames a second. `container` is a name such as `mp4`.
    """

    path: Path
    container: str
    size: Size | None
    stored: Size | None
    moves: tuple[str, ...]
    rate: Fraction
    duration_s: Fraction | None
    has_sound: bool
    colours: tuple[tuple[str, int], ...] = ()

    @classmethod
    def open(cls, path: Path) -> "Film":
        """Read the facts.

        Raises:
            FileTroubleError: The file cannot be opened.
            MediaError: It is no film we can read.
            DecoderLimitError: Its frames are larger than `MOST_PIXELS`.
        """
        with opened(path) as (container, name):
            stream = pictures_in(container)
            frame = _first_frame(container, stream) if stream is not None else None
            stored = Size(width=frame.width, height=frame.height) if frame is not None else None
            moves = _moves(frame) if frame is not None else ()
            return cls(
                path=path,
                container=name,
                size=_upright(stored, _pixel_aspect(stream), moves) if stored else None,
                stored=stored,
                moves=moves,
                rate=_rate(stream) if stream is not None else _USUAL,
                duration_s=_duration(container, stream),
                has_sound=bool(container.streams.audio),
                colours=_colours(stream) if stream is not None else (),
            )


def pictures_in(container: Any) -> Any:
    """The first stream of moving pictures or None; a cover belongs to a sound and is none."""
    for stream in container.streams.video:
        cover = getattr(stream.disposition, "attached_pic", None)
        if not (cover and stream.disposition & cover):
            return stream
    return None


def starts_at(container: Any) -> Fraction:
    """The time stamp of a film's beginning, in seconds."""
    return Fraction(container.start_time or 0, _MICROSECONDS)


def _first_frame(container: Any, stream: Any) -> Any:
    """It alone tells how the film is turned; None where no frame can be decoded."""
    width, height = stream.codec_context.width, stream.codec_context.height
    if width * height > MOST_PIXELS:
        raise DecoderLimitError(
            detail=f"{width} x {height} pixels are more than {MOST_PIXELS // 1_000_000} megapixels"
        )
    with decoding():
        return next(decoded(container, stream), None)


def _upright(stored: Size, aspect: Fraction, moves: tuple[str, ...]) -> Size:
    """As it is shown: square pixels, by stretching the width as players do, then turned."""
    width, height = max(1, round(stored.width * aspect)), stored.height
    if "transpose" in moves:
        width, height = height, width
    return Size(width=width, height=height)


def _pixel_aspect(stream: Any) -> Fraction:
    aspect = Fraction(stream.sample_aspect_ratio or 1)
    return aspect if Fraction(1, 16) <= aspect <= 16 else Fraction(1)


def _moves(frame: Any) -> tuple[str, ...]:
    """The display matrix: x' = a x + c y, y' = b x + d y (ISO 14496-12 8.3.2)."""
    blocks = [bytes(data) for data in frame.side_data if data.type.name == "DISPLAYMATRIX"]
    if not blocks:
        return ()
    a, b, _, c, d = struct.unpack_from("<5i", blocks[0])
    sideways = abs(b) > abs(a)
    across, down = (c, b) if sideways else (a, d)
    wanted = (("transpose", sideways), ("hflip", across < 0), ("vflip", down < 0))
    return tuple(name for name, is_wanted in wanted if is_wanted)


def _colours(stream: Any) -> tuple[tuple[str, int], ...]:
    """What the stream says about its colours, as far as it says anything."""
    context = stream.codec_context
    found = tuple((name, int(getattr(context, name))) for name in _COLOURS)
    return tuple((name, value) for name, value in found if value not in _UNSAID[name])


def _rate(stream: Any) -> Fraction:
    for rate in (stream.average_rate, stream.guessed_rate):
        if rate and _SLOWEST <= rate <= _FASTEST:
            return Fraction(rate).limit_denominator(1001)
    return _USUAL


def _duration(container: Any, stream: Any) -> Fraction | None:
    """Of the pictures where they state it, else of the longest stream; None when unknown."""
    own = [stream] if stream is not None else []
    for parts in (own, list(container.streams)):
        if known := [part.duration * part.time_base for part in parts if part.duration]:
            return Fraction(max(known))
    return Fraction(container.duration, _MICROSECONDS) if container.duration else None
