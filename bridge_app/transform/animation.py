"""Effects on the time of an animated picture: delays, backwards, there and back, again, fades.

Source of the rules: reference/cloudinary.md 9.4 (`dl`) and 9.7.
"""

from itertools import accumulate

import pyvips

from bridge_app.transform.model import Component, Number, Transformation
from bridge_app.transform.steps import picture_components
from bridge_app.transform.video.timeline import (
    Again,
    Fade,
    Order,
    Timeline,
    loops_of,
    timeline_of,
)

MOST_FRAMES = 2000
USUAL_DELAY_MS = 100
_SHORTEST_MS = 20  # players show what is shorter much longer
Frame = tuple[pyvips.Image, int]
"""A frame and how long it is shown, in milliseconds."""


def retimed(image: pyvips.Image, transformation: Transformation) -> pyvips.Image:
    """An animation (frames below one another) at the pace and in the order that are asked for.

    `e_loop` alone plays it for ever, with a number that many times more; `dl_` is the delay of
    every frame in milliseconds.
    """
    components = tuple(component for _, component in picture_components(transformation))
    timeline, delay, loops = timeline_of(components), _delay(components), loops_of(components)
    moves = tuple(move for move in timeline.moves if not isinstance(move, Again))
    if timeline.speed == 1 and not moves:
        return _marked(image, [delay] * _count(image) if delay else None, loops)
    pages = [page.copy() for page in image.pagesplit()]
    frames = list(zip(pages, _delays(image, delay, timeline), strict=True))
    for move in moves:
        frames = _moved(frames, move)
    joined = pyvips.Image.arrayjoin([picture for picture, _ in frames], across=1).copy()
    joined.set_type(pyvips.GValue.gint_type, "page-height", pages[0].height)
    joined.set_type(pyvips.GValue.gint_type, "n-pages", len(frames))
    return _marked(joined, [ms for _, ms in frames], loops)


def _delay(components: tuple[Component, ...]) -> int | None:
    found = [number for c in components if (number := c.find("dl", Number))]
    return max(_SHORTEST_MS, int(found[-1].amount)) if found else None


def _count(image: pyvips.Image) -> int:
    count: int = image.height // image.get_page_height()
    return count


def _delays(image: pyvips.Image, delay: int | None, timeline: Timeline) -> list[int]:
    count = _count(image)
    own = list(image.get("delay")) if image.get_typeof("delay") else []
    shown = [delay or ms or USUAL_DELAY_MS for ms in (own + [0] * count)[:count]]
    return [max(_SHORTEST_MS, round(ms / timeline.speed)) for ms in shown]


def _moved(frames: list[Frame], move: Order | Fade | Again) -> list[Frame]:
    if isinstance(move, Fade):
        return _faded(frames, move)
    if move is Order.REVERSED:
        return frames[::-1]
    return [*frames, *frames[::-1]][:MOST_FRAMES]


def _faded(frames: list[Frame], fade: Fade) -> list[Frame]:
    """Towards black, frame by frame, over the fade's time."""
    ends = list(accumulate(ms for _, ms in frames))
    lasting = max(1.0, float(fade.seconds * 1000))
    found = []
    for (picture, ms), end in zip(frames, ends, strict=True):
        distance = ends[-1] - end + ms if fade.is_out else end
        light = min(1.0, distance / lasting)
        found.append((_darkened(picture, light), ms))
    return found


def _darkened(picture: pyvips.Image, light: float) -> pyvips.Image:
    if light >= 1:
        return picture
    factors = [light] * 3 + [1.0] * (picture.bands - 3)
    return picture.linear(factors, [0] * picture.bands, uchar=True).copy(interpretation="srgb")


def _marked(image: pyvips.Image, delays: list[int] | None, loops: int | None) -> pyvips.Image:
    image = image.copy()
    if delays is not None:
        image.set_type(pyvips.GValue.array_int_type, "delay", delays)
    if loops is not None:
        image.set_type(pyvips.GValue.gint_type, "loop", loops)
    return image
