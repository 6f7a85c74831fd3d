"""Effects on time: faster and slower, backwards, there and back, again, in and out of black.

Source of the rules: reference/cloudinary.md 9.7.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import chain, repeat
from math import floor
from typing import Any

from bridge_app.transform.model import Component, Effect
from bridge_app.transform.video.allowance import Allowance
from bridge_app.transform.video.filters import Filter, pictures_through, sound_through

MOST_LOOPS = 5
_MOST_PLAYS = 10_000
_SLOWEST, _FASTEST = Fraction(1, 2), Fraction(2)
_USUAL_FADE_MS = Fraction(1000)
TIMED_EFFECTS = frozenset({"accelerate", "reverse", "boomerang", "loop", "fade"})


class Order(Enum):
    """How a film's frames follow one another."""

    REVERSED = "reversed"
    THERE_AND_BACK = "there and back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The film `times` more often."""

    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fade:
    """From black over the first `seconds`, or to black over the last when `is_out`."""

    seconds: Fraction
    is_out: bool


Move = Order | Again | Fade


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The pace of a film, and what is done to it in time, in order.

    The pace comes first: it changes nothing about what the others do, but for the length of a
    fade that stands before it, and that is reckoned in.
    """

    speed: Fraction = Fraction(1)
    moves: tuple[Move, ...] = ()

    def length(self, seconds: Fraction) -> Fraction:
        """How long a film of that length lasts then."""
        lasts = seconds / self.speed
        for move in self.moves:
            lasts = _lasts(move, lasts)
        return lasts


def timeline_of(components: tuple[Component, ...]) -> Timeline:
    """What a chain does to time."""
    effects = [e for c in components if (e := c.find("e", Effect)) and e.name in TIMED_EFFECTS]
    speed, moves = Fraction(1), []
    for effect in reversed(effects):
        if effect.name == "accelerate":
            speed *= 1 + effect.number(0, Fraction(0)) / 100
        else:
            moves.append(_move(effect, speed))
    return Timeline(speed=min(_FASTEST, max(_SLOWEST, speed)), moves=tuple(reversed(moves)))


def loops_of(components: tuple[Component, ...]) -> int | None:
    """How often an animation plays by `e_loop`; 0: for ever; None: nobody says."""
    loops = [e for c in components if (e := c.find("e", Effect)) and e.name == "loop"]
    if not loops:
        return None
    more = floor(loops[-1].number(0, Fraction(-1)))
    return 0 if more < 0 else min(more, _MOST_PLAYS) + 1


def in_time(
    frames: Iterable[Any],
    timeline: Timeline,
    *,
    rate: Fraction,
    seconds: Fraction | None,
    allowance: Allowance,
) -> Iterator[Any]:
    """Frames of an even `rate`, at their new places; `pts` counts frames from 0.

    Args:
        frames: At the film's new pace already.
        timeline: What is done.
        rate: Frames a second.
        seconds: How long the frames last; None when unknown: then nothing fades out.
        allowance: Bounds time and memory.

    Raises:
        DecoderLimitError: They cannot be held as long as is needed.
    """
    for move in timeline.moves:
        frames = _moved(frames, move, rate=rate, seconds=seconds, allowance=allowance)
        seconds = None if seconds is None else _lasts(move, seconds)
    return _counted(frames, rate)


def sound_in_time(
    frames: Iterable[Any], timeline: Timeline, *, seconds: Fraction | None, allowance: Allowance
) -> Iterator[Any]:
    """The same for sound; `pts` counts samples from 0. Arguments and errors as of `in_time`."""
    for move in timeline.moves:
        frames = _sounding(frames, move, seconds=seconds, allowance=allowance)
        seconds = None if seconds is None else _lasts(move, seconds)
    return sampled(frames)


def sampled(frames: Iterable[Any]) -> Iterator[Any]:
    """Sound without gaps, its samples numbered anew."""
    at = 0
    for frame in frames:
        frame.pts, frame.time_base = at, Fraction(1, frame.sample_rate)
        at += frame.samples
        yield frame


def _move(effect: Effect, faster_later: Fraction) -> Move:
    match effect.name:
        case "reverse":
            return Order.REVERSED
        case "boomerang":
            return Order.THERE_AND_BACK
        case "loop":
            return Again(times=_whole(effect.number(0, Fraction(1)), MOST_LOOPS))
        case _:
            ms = effect.number(0, _USUAL_FADE_MS)
            return Fade(seconds=abs(ms) / 1000 / faster_later, is_out=ms < 0)


def _whole(number: Fraction, most: int) -> int:
    return min(most, max(0, floor(number)))


def _lasts(move: Move, seconds: Fraction) -> Fraction:
    if isinstance(move, Again):
        return seconds * (1 + move.times)
    return seconds * 2 if move is Order.THERE_AND_BACK else seconds


def _moved(
    frames: Iterable[Any],
    move: Move,
    *,
    rate: Fraction,
    seconds: Fraction | None,
    allowance: Allowance,
) -> Iterable[Any]:
    if isinstance(move, Fade):
        return pictures_through(_counted(frames, rate), _faded("fade", move, seconds))
    held = allowance.held(frames)
    if isinstance(move, Again):
        return chain.from_iterable(repeat(held, 1 + move.times))
    return reversed(held) if move is Order.REVERSED else chain(held, reversed(held))


def _sounding(
    frames: Iterable[Any], move: Move, *, seconds: Fraction | None, allowance: Allowance
) -> Iterable[Any]:
    if isinstance(move, Fade):
        return sound_through(sampled(frames), _faded("afade", move, seconds))
    held = allowance.held(frames)
    if isinstance(move, Again):
        return chain.from_iterable(repeat(held, 1 + move.times))
    backwards = sound_through(sampled(held), (("areverse", ""),))
    return backwards if move is Order.REVERSED else chain(held, backwards)


def _faded(name: str, fade: Fade, seconds: Fraction | None) -> tuple[Filter, ...]:
    if fade.is_out and seconds is None:
        return ()
    start = max(Fraction(0), seconds - fade.seconds) if fade.is_out and seconds else Fraction(0)
    way = "out" if fade.is_out else "in"
    return ((name, f"type={way}:st={float(start):.6f}:d={float(fade.seconds):.6f}"),)


def _counted(frames: Iterable[Any], rate: Fraction) -> Iterator[Any]:
    """Frames numbered anew; one that is shown twice is given out twice."""
    for number, frame in enumerate(frames):
        frame.pts, frame.time_base = number, 1 / rate
        yield frame
