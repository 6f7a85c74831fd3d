"""A film or sound through a transformation, as Cloudinary would deliver it: another film."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain as chained
from pathlib import Path
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, MediaError
from bridge_app.transform.chain import Chain, Lay
from bridge_app.transform.fidelity import Assessment, assess, worst
from bridge_app.transform.focus import Focus
from bridge_app.transform.geometry import Size
from bridge_app.transform.model import Component, Transformation
from bridge_app.transform.rendered import Rendered
from bridge_app.transform.steps import picture_components
from bridge_app.transform.video.allowance import USUAL_SECONDS, Allowance
from bridge_app.transform.video.codecs import HOLDERS
from bridge_app.transform.video.containers import decoding
from bridge_app.transform.video.film import Film
from bridge_app.transform.video.film_effects import film_effects
from bridge_app.transform.video.filters import Filter, pictures_through
from bridge_app.transform.video.geometry_filters import evening_filters, step_filters
from bridge_app.transform.video.painting import Painter, needs_painting, on_black
from bridge_app.transform.video.pictures import Pace, pace_filters, reading, upright
from bridge_app.transform.video.plan import PicturePlan, picture_plan, sound_codec
from bridge_app.transform.video.product import Outcome, Product, drops_pictures, outcome_of
from bridge_app.transform.video.sound import (
    SoundPlan,
    asked_rate,
    heard,
    is_silenced,
    volume_filters,
)
from bridge_app.transform.video.span import Span, span_of
from bridge_app.transform.video.timeline import Timeline, in_time, timeline_of
from bridge_app.transform.video.truth import about_film
from bridge_app.transform.video.writing import Output

# Painted frames are RGB; they become BT.709, and say so.
_PAINTED_MATRIX = "out_color_matrix=bt709:out_range=tv"
_PAINTED_COLOURS = {"colorspace": 1, "color_primaries": 1, "color_trc": 1, "color_range": 1}
Part = tuple[Any, Iterator[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What else a film is made with.

    `focus` finds content for crops, in one frame for all; `lay` lays layers on every frame (None:
    they are left out); `doubts` are what the caller has to say of the result.
    """

    focus: Focus | None = None
    lay: Lay | None = None
    doubts: tuple[Assessment, ...] = ()


def render_video(
    path: Path, transformation: Transformation, *, accept: str = "", seconds: float = USUAL_SECONDS
) -> Rendered:
    """Render a film or sound as a film or sound. Decodes here: untrusted files belong in a child.

    Args:
        path: A film or sound, by content.
        transformation: Resolved. What we cannot do is left out; fidelity and reasons say so.
        accept: The browser's `Accept` header, for `f_auto`.
        seconds: How long it may take.

    Raises:
        FileTroubleError: The file cannot be opened.
        MediaError: It cannot be read, or a still or an animation is asked for.
        DecoderLimitError: It would take more time or memory than is allowed.
        TransformationError: Offsets, codecs or sizes that cannot be.
    """
    film = Film.open(path)
    components = tuple(component for _, component in picture_components(transformation))
    outcome = outcome_of(film, components, accept=accept)
    if outcome.product not in {Product.FILM, Product.SOUND}:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "a picture is asked for, not a film"))
    return rendered_film(film, transformation, outcome, allowance=Allowance(seconds=seconds))


def rendered_film(
    film: Film,
    transformation: Transformation,
    outcome: Outcome,
    *,
    wishes: Wishes | None = None,
    allowance: Allowance,
) -> Rendered:
    """The same for a film whose facts are known and whose outcome is a film or sound."""
    wishes = wishes or Wishes()
    making = _Making(film, transformation, outcome, wishes, allowance)
    with decoding():
        data, size = making.made()
    about = about_film(film, transformation, outcome)
    truth = worst([assess(transformation), *about, *wishes.doubts])
    return Rendered(
        data=data,
        format=outcome.format,
        width=size.width if size else 0,
        height=size.height if size else 0,
        fidelity=truth.fidelity,
        reasons=truth.reasons,
    )


class _Making:
    """One film being made."""

    def __init__(
        self,
        film: Film,
        transformation: Transformation,
        outcome: Outcome,
        wishes: Wishes,
        allowance: Allowance,
    ) -> None:
        self._film = film
        self._transformation = transformation
        self._outcome = outcome
        self._allowance = allowance
        self._components: tuple[Component, ...] = tuple(
            component for _, component in picture_components(transformation)
        )
        self._span: Span = span_of(transformation, film.duration_s)
        self._timeline: Timeline = timeline_of(self._components)
        shows = outcome.product is Product.FILM and not drops_pictures(self._components)
        self._chain = _chain_of(film, transformation, wishes.focus) if shows else None
        self._painter = (
            Painter(self._chain, wishes.lay)
            if self._chain and needs_painting(self._chain)
            else None
        )

    def made(self) -> tuple[bytes, Size | None]:
        """The file, and the size of its pictures; None for sound alone."""
        output = Output(HOLDERS[self._outcome.format].muxer)
        with ExitStack() as open_films:
            pictures, sound = self._pictures(output, open_films), self._sound(output)
            parts = [part for part in (pictures, sound) if part is not None]
            if not parts:
                raise MediaError(
                    detail=QT_TRANSLATE_NOOP(
                        "facts", "nothing is left of it, neither pictures nor sound"
                    )
                )
            stream = pictures[0] if pictures else None
            size = Size(width=stream.width, height=stream.height) if stream else None
            return output.write(parts), size

    def _pictures(self, output: Output, open_films: ExitStack) -> Part | None:
        chain = self._chain
        if chain is None:
            return None
        plan = picture_plan(self._transformation, self._film, self._outcome.format)
        stored = open_films.enter_context(reading(self._film, self._span))
        frames = in_time(
            self._shown(self._allowance.each(stored), chain, plan),
            self._timeline,
            rate=plan.rate,
            seconds=self._seconds(),
            allowance=self._allowance,
        )
        first = next(frames, None)
        if first is None:
            raise MediaError(
                detail=QT_TRANSLATE_NOOP("facts", "no frame of the wanted part could be read")
            )
        stream = output.add_pictures(
            plan.encoder,
            rate=plan.rate,
            width=first.width,
            height=first.height,
            pix_fmt=plan.pixels,
            options=dict(plan.options),
            **dict(_PAINTED_COLOURS if self._painter else self._film.colours),
            **({"bit_rate": plan.bit_rate} if plan.bit_rate else {}),
            **({"gop_size": plan.gop} if plan.gop else {}),
        )
        return stream, self._allowance.each(_typeless(chained([first], frames)))

    def _shown(self, stored: Iterator[Any], chain: Chain, plan: PicturePlan) -> Iterator[Any]:
        """Frames at an even pace, as the encoder takes them."""
        pace = (
            *pace_filters(Pace(rate=plan.rate, speed=self._timeline.speed)),
            *film_effects(self._components),
        )
        last = (("setsar", "1"), ("format", plan.pixels))
        if self._painter:
            ready = upright(stored, self._film, (*pace, *self._painter.filters))
            painted = self._painter.painted(ready)
            return _evenly(painted, (("scale", _PAINTED_MATRIX), *last))
        sized = step_filters(tuple(chain.planned.values()), chain.size)
        even = evening_filters(_result(chain))
        return upright(stored, self._film, (*pace, *sized, *even, *last))

    def _sound(self, output: Output) -> Part | None:
        if not self._film.has_sound or is_silenced(self._components):
            return None
        codec, encoder = sound_codec(self._transformation, self._outcome.format)
        flags = frozenset(flag for c in self._components for flag in c.flags)
        plan = SoundPlan(
            encoder=encoder,
            codec=codec,
            rate=asked_rate(self._components),
            is_mono="mono" in flags,
            volume=volume_filters(self._components),
        )
        frames = heard(self._film, self._span, self._timeline, plan, self._allowance)
        first = next(frames, None)
        if first is None:
            return None
        stream = output.add_sound(
            encoder.name,
            rate=first.sample_rate,
            layout=first.layout.name,
            format=encoder.samples,
            options=dict(encoder.options),
            **({"bit_rate": encoder.bits} if encoder.bits else {}),
        )
        return stream, self._allowance.each(chained([first], frames))

    def _seconds(self) -> Fraction | None:
        length = self._span.length
        return None if length is None else length / self._timeline.speed


def _chain_of(film: Film, transformation: Transformation, focus: Focus | None) -> Chain | None:
    if film.size is None:
        return None
    plain = Chain.of(transformation, film.size)
    return Chain.of(on_black(transformation, plain.planned), film.size, focus)


def _result(chain: Chain) -> Size:
    last = max(chain.planned, default=None)
    return chain.size if last is None else chain.planned[last].result


def _evenly(frames: Iterator[Any], filters: tuple[Filter, ...]) -> Iterator[Any]:
    """Frames whose size shows with the first one, cut to even sides."""
    first = next(frames, None)
    if first is None:
        return iter(())
    even = evening_filters(Size(width=first.width, height=first.height))
    return pictures_through(chained([first], frames), (*even, *filters))


def _typeless(frames: Iterator[Any]) -> Iterator[Any]:
    """The master's kinds of frames are nothing to the encoder."""
    for frame in frames:
        frame.pict_type = 0
        yield frame
