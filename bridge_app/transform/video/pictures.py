"""Decoded pictures of a film: the wanted part, upright, sized, at an even pace."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

import av

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, MediaError
from bridge_app.transform.video.containers import decoded, opened
from bridge_app.transform.video.film import Film, pictures_in, starts_at
from bridge_app.transform.video.filters import Filter, pictures_through
from bridge_app.transform.video.geometry_filters import upright_filters
from bridge_app.transform.video.span import Span

_MICROSECONDS = 1_000_000
_BACK = Fraction(1, 1_000)
"""Time stamps are rounded: a frame that begins this little early still belongs to a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Frames a second that come out, and how much faster than the master it plays.

    With `is_sampled` each is the frame shown at its very moment, else the nearest there is, which
    forgives time stamps that are rounded.
    """

    rate: Fraction
    speed: Fraction = Fraction(1)
    is_sampled: bool = False


@contextmanager
def reading(film: Film, span: Span) -> Iterator[Iterator[Any]]:
    """Decoded frames of the span as stored; the first has time 0. Closed with the `with`.

    Raises:
        MediaError: There are none, or they cannot be decoded; also inside the `with`.
    """
    with opened(film.path) as (container, _):
        stream = pictures_in(container)
        if stream is None or film.size is None:
            raise MediaError(
                detail=QT_TRANSLATE_NOOP("facts", "there are no moving pictures in it")
            )
        yield _frames(container, stream, span, 1 / film.rate)


def upright(frames: Iterator[Any], film: Film, filters: tuple[Filter, ...]) -> Iterator[Any]:
    """Stored frames turned upright, with square pixels, then through `filters`."""
    if film.size is None or film.stored is None:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "there are no moving pictures in it"))
    first = upright_filters(film.moves, film.size, film.stored)
    return pictures_through(frames, (*first, *filters))


def pace_filters(pace: Pace) -> tuple[Filter, ...]:
    """Frames of any time stamps at an even pace: doubled or left out where need be."""
    faster = (("setpts", f"PTS/({_fraction(pace.speed)})"),) if pace.speed != 1 else ()
    rounded = "up" if pace.is_sampled else "near"
    return (*faster, ("fps", f"fps={_fraction(pace.rate)}:start_time=0:round={rounded}"))


def seek(container: Any, second: Fraction) -> None:
    """To a key frame at or before a second, or to the beginning where it cannot be sought."""
    if second <= 0:
        return
    try:
        container.seek(floor((starts_at(container) + second) * _MICROSECONDS), backward=True)
    except av.FFmpegError:
        container.seek(0)


def _frames(container: Any, stream: Any, span: Span, lasts: Fraction) -> Iterator[Any]:
    """Frames with their times; the last one is shown as long as any, whatever it says itself."""
    seek(container, span.start)
    zero = starts_at(container) + span.start
    end = None if span.end is None else span.end - span.start
    slack = _BACK if end is None else min(_BACK, end / 2)
    before = None
    for frame in decoded(container, stream):
        if frame.pts is None:
            continue
        at = frame.pts * frame.time_base - zero
        if end is not None and at >= end - slack:
            break
        if at < -_BACK:
            before = frame  # still shown when the part begins
            continue
        if before is not None and at > _BACK:
            yield _at(before, Fraction(0), lasts)
        before = None
        yield _at(frame, max(Fraction(0), at), lasts)
    if before is not None:
        yield _at(before, Fraction(0), lasts)


def _at(frame: Any, seconds: Fraction, lasts: Fraction) -> Any:
    frame.pts = round(seconds / frame.time_base)
    frame.duration = max(frame.duration or 0, round(lasts / frame.time_base))
    return frame


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
