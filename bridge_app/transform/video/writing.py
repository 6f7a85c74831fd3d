"""Puts encoded pictures and sound into a container, in memory and bounded."""

import heapq
from collections.abc import Iterable, Iterator
from fractions import Fraction
from io import BytesIO
from typing import Any

import av

from bridge_app.domain.errors import DecoderLimitError
from bridge_app.transform.video.allowance import OUTPUT_BYTES

_INDEX_FIRST = {"mp4": {"movflags": "+faststart"}, "mov": {"movflags": "+faststart"}}


class Output:
    """A file that is being written.

    Add the streams first, then `write` once; `data` is the file.
    """

    def __init__(self, muxer: str) -> None:
        self._sink = _Sink()
        # The muxer reads what it has written when it moves the index to the front.
        self._container = av.open(
            self._sink,
            "w",
            format=muxer,
            container_options={"fflags": "+bitexact", **_INDEX_FIRST.get(muxer, {})},
            io_open=lambda *_: _Again(self._sink),
        )

    def add_pictures(self, encoder: str, *, rate: Fraction, **attributes: object) -> Any:
        """A stream of pictures; `attributes` are PyAV's, set before it is opened."""
        return _with(self._container.add_stream(encoder, rate=rate), attributes)

    def add_sound(self, encoder: str, *, rate: int, **attributes: object) -> Any:
        """A stream of sound at `rate` Hz; `attributes` are PyAV's."""
        return _with(self._container.add_stream(encoder, rate=rate), attributes)

    def write(self, parts: Iterable[tuple[Any, Iterable[Any]]]) -> bytes:
        """Encode every part's frames into its stream, in the order of their times.

        Raises:
            DecoderLimitError: The file grows beyond what is allowed.
        """
        timed = [_timed(number, stream, frames) for number, (stream, frames) in enumerate(parts)]
        streams = []
        for _, _, stream, frame in heapq.merge(*timed, key=lambda item: item[:2]):
            if frame is not None:
                self._container.mux(stream.encode(frame))
            elif stream not in streams:
                streams.append(stream)
        for stream in streams:
            self._container.mux(stream.encode(None))
        self._container.close()
        return self._sink.getvalue()


def _timed(
    number: int, stream: Any, frames: Iterable[Any]
) -> Iterator[tuple[Fraction, int, Any, Any]]:
    """Each frame with its time; last, a mark that there are no more."""
    at = Fraction(0)
    for frame in frames:
        at = frame.pts * frame.time_base
        yield at, number, stream, frame
    yield at, number, stream, None


def _with(stream: Any, attributes: dict[str, object]) -> Any:
    for name, value in attributes.items():
        setattr(stream, name, value)
    return stream


class _Sink(BytesIO):
    """Memory that refuses to grow for ever."""

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > OUTPUT_BYTES:
            raise DecoderLimitError(
                detail=f"the film would be larger than {OUTPUT_BYTES >> 20} MiB: "
                "ask for a shorter part (so_, du_) or a smaller size"
            )
        return super().write(data)


class _Again:
    """The same memory, read at a place of its own."""

    def __init__(self, sink: _Sink) -> None:
        self._sink = sink
        self._at = 0

    def read(self, count: int) -> bytes:
        """The next bytes."""
        with self._sink.getbuffer() as whole:
            data = bytes(whole[self._at : self._at + count])
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place, from the beginning, from here, or from the end."""
        with self._sink.getbuffer() as whole:
            self._at = offset + (0, self._at, len(whole))[whence]
        return self._at

    def tell(self) -> int:
        """The place."""
        return self._at

    def close(self) -> None:
        """Nothing is open."""
