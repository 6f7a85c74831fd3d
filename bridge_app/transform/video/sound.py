"""A film's sound: the wanted part, louder or softer, at the film's new pace."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bridge_app.transform.model import AudioCodec, Component, Effect, Number
from bridge_app.transform.video.allowance import Allowance
from bridge_app.transform.video.codecs import SoundEncoder, rate_for
from bridge_app.transform.video.containers import decoded, opened
from bridge_app.transform.video.film import Film, starts_at
from bridge_app.transform.video.filters import Filter, sound_through
from bridge_app.transform.video.pictures import seek
from bridge_app.transform.video.span import Span
from bridge_app.transform.video.timeline import Timeline, sampled, sound_in_time

_USUAL_RATE = 48_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPlan:
    """What happens to the sound, in order: `volume` holds filters; `rate` is in Hz."""

    encoder: SoundEncoder
    codec: str
    rate: int | None
    is_mono: bool
    volume: tuple[Filter, ...]


def is_silenced(components: tuple[Component, ...]) -> bool:
    """Whether `ac_none` drops the sound."""
    codecs = [codec for c in components if (codec := c.find("ac", AudioCodec))]
    return bool(codecs) and codecs[-1].name == "none"


def asked_rate(components: tuple[Component, ...]) -> int | None:
    """`af_` in Hz; None when the master's own is kept."""
    rates = [number for c in components if (number := c.find("af", Number))]
    return int(rates[-1].amount) if rates else None


def volume_filters(components: tuple[Component, ...]) -> tuple[Filter, ...]:
    """`e_volume`: a percentage more or less, decibels, `mute` or `auto`."""
    effects = [e for c in components if (e := c.find("e", Effect)) and e.name == "volume"]
    return tuple(
        found for e in effects if (found := _volume(e.arguments[0] if e.arguments else ""))
    )


def heard(
    film: Film, span: Span, timeline: Timeline, plan: SoundPlan, allowance: Allowance
) -> Iterator[Any]:
    """The sound as it is to be encoded; `pts` counts samples from 0."""
    with opened(film.path) as (container, _):
        stream = container.streams.audio[0]
        seek(container, span.start)
        decoded = _of(container, stream, span)
        pace = (("atempo", f"{float(timeline.speed):.6f}"),) if timeline.speed != 1 else ()
        trimmed = sound_through(decoded, (*_trimmed(span), *pace))
        seconds = None if span.length is None else span.length / timeline.speed
        moved = sound_in_time(trimmed, timeline, seconds=seconds, allowance=allowance)
        wanted = _written(plan, stream.codec_context.sample_rate or _USUAL_RATE)
        yield from sampled(sound_through(moved, (*plan.volume, wanted)))


def _of(container: Any, stream: Any, span: Span) -> Iterable[Any]:
    """Frames from around the span, their time stamps counted from its beginning."""
    zero = starts_at(container) + span.start
    end = None if span.end is None else span.end - span.start
    for frame in decoded(container, stream):
        if frame.pts is None:
            continue
        at = frame.pts * frame.time_base - zero
        if end is not None and at >= end:
            break
        if at + Fraction(frame.samples, frame.sample_rate) > 0:
            frame.pts = round(at / frame.time_base)
            yield frame


def _trimmed(span: Span) -> tuple[Filter, ...]:
    end = "" if span.length is None else f":end={float(span.length):.6f}"
    # Where the sound begins late there is silence, or pictures and sound would part.
    return (("aresample", "async=1:first_pts=0"), ("atrim", f"start=0{end}"))


def _written(plan: SoundPlan, own_rate: int) -> Filter:
    rate = rate_for(plan.encoder, plan.rate or own_rate)
    held = plan.encoder.layouts
    layout = "mono" if plan.is_mono and "mono" in held else held
    return (
        "aformat",
        f"sample_rates={rate}:channel_layouts={layout}:sample_fmts={plan.encoder.samples}",
    )


def _volume(text: str) -> Filter | None:
    if text == "mute":
        return "volume", "0"
    if text == "auto":
        return "dynaudnorm", ""
    number = text.lower().removesuffix("db")
    try:
        amount = float(number)
    except ValueError:
        return None
    if number != text.lower():
        return "volume", f"{max(-100.0, min(100.0, amount)):.3f}dB"
    return "volume", f"{1 + max(-100.0, min(400.0, amount)) / 100:.4f}"
