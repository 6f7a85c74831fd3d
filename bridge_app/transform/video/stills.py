"""A film as a master for pictures: one frame of it, or an animation's frames."""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

import pyvips

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, DecoderLimitError, MediaError
from bridge_app.transform.fidelity import Assessment
from bridge_app.transform.geometry import Size
from bridge_app.transform.model import Format, FrameRate, Sampling, Transformation
from bridge_app.transform.pixels import Master
from bridge_app.transform.steps import picture_components
from bridge_app.transform.video.allowance import HELD_BYTES, Allowance
from bridge_app.transform.video.containers import decoding
from bridge_app.transform.video.film import Film
from bridge_app.transform.video.filters import Filter
from bridge_app.transform.video.painting import picture_of
from bridge_app.transform.video.pictures import Pace, pace_filters, reading, upright
from bridge_app.transform.video.product import Outcome, Product
from bridge_app.transform.video.span import Span, moment_of, span_of
from bridge_app.transform.video.truth import about_frames, about_moment

MOST_FRAMES = 400
MOST_A_SECOND = Fraction(10)
"""Without `vs_` an animation takes the whole part, up to 400 frames, up to 10 a second."""
_SHORTEST_MS = 10
_SLOWEST = Fraction(1, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """Which frames an animation takes: so many (`rate`) of each second of `span`."""

    span: Span
    rate: Fraction
    frames: int

    @property
    def delay_ms(self) -> int:
        """How long each is shown, at the film's own pace."""
        return max(_SHORTEST_MS, round(1000 / self.rate))


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmMaster(Master):
    """A film whose frames are decoded when their size is known.

    `sampled` is None for a still, which is the frame shown at `moment`. `doubts` is what there is
    to say about the choice of frames.
    """

    film: Film = field(repr=False)
    moment: Fraction
    sampled: Sampled | None
    doubts: tuple[Assessment, ...] = ()

    def load(self, size: Size, *, every_frame: bool) -> pyvips.Image:
        """The frame, or with `every_frame` all of them below one another, upright and sRGB.

        Raises:
            MediaError: They cannot be decoded.
            DecoderLimitError: They need more time or memory than is allowed.
        """
        with decoding():
            if self.sampled is not None and every_frame:
                return _animation(self.film, self.sampled, _smaller(size, self.size))
            scaled = ("scale", f"{size.width}:{size.height}:flags=lanczos")
            span = Span(start=self.moment)
            with reading(self.film, span) as stored:
                frames = upright(stored, self.film, (scaled, ("format", "rgb24")))
                frame = next(frames, None)
                if frame is None:
                    raise MediaError(
                        detail=QT_TRANSLATE_NOOP("facts", "no frame of the film could be read")
                    )
                return picture_of(frame)


def film_master(film: Film, transformation: Transformation, outcome: Outcome) -> FilmMaster:
    """The master for a still or an animation of a film.

    Raises:
        MediaError: There are no pictures in it.
        TransformationError: The moment or the part is not in the film.
    """
    if film.size is None:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "there is sound only"))
    moves = outcome.product is Product.ANIMATION
    sampled = _sampled(film, transformation) if moves else None
    span = span_of(transformation, film.duration_s) if moves else None
    return FilmMaster(
        path=film.path,
        size=film.size,
        alpha=False,
        profiled=False,
        frames=sampled.frames if sampled else 1,
        format=Format.WEBP if moves else None,
        film=film,
        moment=span.start if span else moment_of(transformation, film.duration_s),
        sampled=sampled,
        doubts=tuple(about_frames(transformation) if moves else about_moment(transformation)),
    )


def _sampled(film: Film, transformation: Transformation) -> Sampled:
    components = tuple(component for _, component in picture_components(transformation))
    span = span_of(transformation, film.duration_s)
    length = span.length or MOST_FRAMES / MOST_A_SECOND
    samplings = [every for c in components if (every := c.find("vs", Sampling))]
    rates = [each for c in components if (each := c.find("fps", FrameRate))]
    if samplings:
        every = samplings[-1]
        count = length / every.amount if every.seconds else every.amount
        rate = min(Fraction(MOST_FRAMES), max(Fraction(1), count)) / length
    else:
        wanted = (rates[-1].highest or rates[-1].lowest) if rates else None
        rate = min(wanted or MOST_A_SECOND, film.rate, MOST_FRAMES / length)
    rate = rate.limit_denominator(1000) or _SLOWEST
    return Sampled(span=span, rate=rate, frames=max(1, round(length * rate)))


def _smaller(size: Size, own: Size) -> Size:
    """Frames are enlarged one by one where they are drawn, not all at once."""
    return Size(width=min(size.width, own.width), height=min(size.height, own.height))


def _animation(film: Film, sampled: Sampled, size: Size) -> pyvips.Image:
    if size.pixels * 3 * sampled.frames > HELD_BYTES:
        raise DecoderLimitError(
            detail=f"an animation of {sampled.frames} frames of {size.width} x {size.height} "
            "pixels is too large: ask for a smaller size, a shorter part or fewer frames (vs_)"
        )
    scaled: Filter = ("scale", f"{size.width}:{size.height}:flags=lanczos")
    filters = (*pace_filters(Pace(rate=sampled.rate, is_sampled=True)), scaled, ("format", "rgb24"))
    with reading(film, sampled.span) as stored:
        shown = upright(Allowance().each(stored), film, filters)
        pictures = [picture_of(frame) for frame in islice(shown, sampled.frames)]
    if not pictures:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "no frame of the film could be read"))
    image = pyvips.Image.arrayjoin(pictures, across=1).copy()
    image.set_type(pyvips.GValue.gint_type, "page-height", pictures[0].height)
    image.set_type(pyvips.GValue.gint_type, "n-pages", len(pictures))
    image.set_type(pyvips.GValue.array_int_type, "delay", [sampled.delay_ms] * len(pictures))
    image.set_type(pyvips.GValue.gint_type, "loop", 1)
    return image
