"""Runs frames through FFmpeg's filters, one after another, without holding more than they do."""

from collections.abc import Iterable, Iterator
from typing import Any

import av

Filter = tuple[str, str]
"""A filter's name and its arguments, as FFmpeg writes them."""


def pictures_through(frames: Iterable[Any], filters: tuple[Filter, ...]) -> Iterator[Any]:
    """Video frames through filters; the first frame decides size and pixel format of all."""
    graph, first = None, None
    for frame in frames:
        if graph is None or first is None:
            graph, first = av.filter.Graph(), frame
            source = graph.add_buffer(
                width=frame.width,
                height=frame.height,
                format=frame.format,
                time_base=frame.time_base,
            )
            _linked(graph, source, filters, "buffersink")
        graph.vpush(_like(first, frame))
        yield from _ready(graph.vpull)
    if graph is not None:
        graph.vpush(None)
        yield from _ready(graph.vpull)


def sound_through(frames: Iterable[Any], filters: tuple[Filter, ...]) -> Iterator[Any]:
    """Audio frames through filters; the first frame decides the format of all."""
    graph = None
    for frame in frames:
        if graph is None:
            graph = av.filter.Graph()
            source = graph.add_abuffer(
                format=frame.format,
                sample_rate=frame.sample_rate,
                layout=frame.layout,
                time_base=frame.time_base,
            )
            _linked(graph, source, filters, "abuffersink")
        graph.push(frame)
        yield from _ready(graph.pull)
    if graph is not None:
        graph.push(None)
        yield from _ready(graph.pull)


def _linked(graph: Any, source: Any, filters: tuple[Filter, ...], sink: str) -> None:
    last = source
    for name, arguments in filters:
        following = graph.add(name, arguments or None)
        last.link_to(following)
        last = following
    last.link_to(graph.add(sink))
    graph.configure()


def _ready(pull: Any) -> Iterator[Any]:
    """What the filters give out by now."""
    while True:
        try:
            yield pull()
        except (av.BlockingIOError, av.EOFError):
            return


def _like(first: Any, frame: Any) -> Any:
    """A stream may change its size on the way; what it began with counts."""
    if (frame.width, frame.height, frame.format.name) == (
        first.width,
        first.height,
        first.format.name,
    ):
        return frame
    like = frame.reformat(width=first.width, height=first.height, format=first.format.name)
    like.pts, like.time_base = frame.pts, frame.time_base
    return like
