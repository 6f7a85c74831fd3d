"""Moving pictures and sound through FFmpeg: facts, a poster frame, and odd stills it alone reads.

Only the demultiplexer that the content asks for is offered, and nothing further is opened: a
playlist or a reference inside a file cannot make FFmpeg read another file or the network.
"""

import itertools
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

import pyvips

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, MediaError
from bridge_app.media import foreign
from bridge_app.media.decoding import bounded
from bridge_app.media.source import Source, Wanted
from bridge_app.media.stills import from_pixels

DEMUXERS = {
    **dict.fromkeys(("mp4", "mov", "m4v", "3gp", "m4a", "avif"), "mov"),
    **dict.fromkeys(("mkv", "webm"), "matroska"),
    **dict.fromkeys(("wmv", "wma"), "asf"),
    **dict.fromkeys(("ogg", "ogv", "opus"), "ogg"),
    "avi": "avi",
    "flv": "flv",
    "mxf": "mxf",
    "mts": "mpegts",
    "mpg": "mpeg",
    "mp3": "mp3",
    "wav": "wav",
    "aiff": "aiff",
    "flac": "flac",
    "aac": "aac",
    "exr": "exr_pipe",
    "hdr": "hdr_pipe",
    "jp2": "j2k_pipe",
    "bmp": "bmp_pipe",
    "tiff": "tiff_pipe",
}
FRAMES_TRIED = 48
FRAMES_AFTER_SEEK = 24
POSTER_AT = 0.1
DARK, FLAT = 24.0, 6.0
NEAR_S = 0.001
"""Moments are told to the thousandth of a second; a frame may begin at a fraction of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A container's facts.

    `rotation` is clockwise degrees to show it upright.
    """

    width: int | None
    height: int | None
    rotation: int
    duration_s: float | None
    is_sound: bool
    tags: dict[str, str]


def read_clip(source: Source) -> Clip:
    """Facts without decoding more than one frame (where the rotation is kept)."""
    with _container(source) as container:
        stream = _pictures(container)
        rotation = 0
        if stream is not None:
            frame = _first(container, stream)
            rotation = -int(frame.rotation) % 360 if frame is not None else 0
        tags = dict(container.metadata)
        for part in container.streams:
            tags = {**part.metadata, **tags}
        return Clip(
            width=stream.codec_context.width or None if stream is not None else None,
            height=stream.codec_context.height or None if stream is not None else None,
            rotation=rotation,
            duration_s=_duration(container),
            is_sound=stream is None and bool(container.streams.audio),
            tags={key.lower(): value for key, value in tags.items()},
        )


def poster(wanted: Wanted) -> pyvips.Image:
    """An upright frame near a tenth of the film that is neither black nor blank.

    Where none is, the liveliest one seen; where a moment is wanted, the one that is seen then.
    Raises MediaError when no frame can be decoded.
    """
    best: tuple[float, Any] | None = None
    with _container(wanted.source) as container:
        stream = _pictures(container)
        if stream is None:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "there is sound only"))
        bounded(stream.codec_context.width, stream.codec_context.height, wanted.pixels)
        if wanted.at_s is not None:
            return _upright(_seen_at(container, stream, wanted.at_s), stream, wanted.edge_px)
        for frame in _candidates(container, stream):
            light, contrast = _liveliness(frame)
            if best is None or contrast > best[0]:
                best = contrast, frame
            if light > DARK and contrast > FLAT:
                break
        if best is None:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "no frame could be read"))
        return _upright(best[1], stream, wanted.edge_px)


def by_ffmpeg(wanted: Wanted) -> pyvips.Image:
    """A still that neither libvips nor Pillow reads."""
    with _container(wanted.source) as container:
        stream = _pictures(container)
        frame = None if stream is None else next(container.decode(stream), None)
        if frame is None:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "no picture could be read"))
        bounded(frame.width, frame.height, wanted.pixels)
        if "f32" in frame.format.name or "f16" in frame.format.name:
            light = frame.to_ndarray(format="gbrpf32le")
            image = pyvips.Image.new_from_array(light).copy(interpretation="scrgb")
            return image.colourspace("srgb")
        return _image(frame, frame.width, frame.height)


@contextmanager
def _container(source: Source) -> Iterator[Any]:
    with foreign.ffmpeg().open(
        source.stream(), format=DEMUXERS[source.format], io_open=_refuse, metadata_errors="replace"
    ) as container:
        yield container


def _refuse(url: str, *_: object) -> NoReturn:
    raise PermissionError(f"a file may not open another one: {url!r}")


def _pictures(container: Any) -> Any:
    """The first stream of moving pictures; a cover belongs to a sound and is none."""
    for stream in container.streams.video:
        stream.thread_type = "NONE"
        cover = getattr(stream.disposition, "attached_pic", None)
        if not (cover and stream.disposition & cover):
            return stream
    return None


def _duration(container: Any) -> float | None:
    if container.duration:
        return float(container.duration / 1_000_000)
    known = [s.duration * s.time_base for s in container.streams if s.duration and s.time_base]
    return float(max(known)) if known else None


def _first(container: Any, stream: Any) -> Any:
    try:
        return next(container.decode(stream), None)
    except foreign.ffmpeg().FFmpegError:
        return None


def _candidates(container: Any, stream: Any) -> Iterator[Any]:
    """Frames from a tenth of the film, then from its start."""
    trouble = foreign.ffmpeg().FFmpegError
    if container.duration:
        try:
            container.seek(int(container.duration * POSTER_AT))
            yield from itertools.islice(container.decode(stream), FRAMES_AFTER_SEEK)
        except trouble:
            pass
        container.seek(0)
    try:
        yield from itertools.islice(container.decode(stream), FRAMES_TRIED)
    except trouble:
        return


def _seen_at(container: Any, stream: Any, seconds: float) -> Any:
    """The last frame that begins by then; the first or the last one outside of the film."""
    begins = float(stream.start_time * stream.time_base) if stream.start_time else 0.0
    container.seek(max(0, int((begins + seconds) * 1_000_000)))
    seen = None
    for frame in container.decode(stream):
        if seen is not None and frame.time is not None and frame.time - begins > seconds + NEAR_S:
            break
        seen = frame
    if seen is None:
        container.seek(0)
        seen = next(container.decode(stream), None)
    if seen is None:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "no frame could be read"))
    return seen


def _liveliness(frame: Any) -> tuple[float, float]:
    """Mean and deviation of the brightness, 0-255, of a small copy."""
    small = frame.reformat(width=64, height=64, format="gray").to_ndarray()
    return float(small.mean()), float(small.std())


def _upright(frame: Any, stream: Any, edge_px: int) -> pyvips.Image:
    aspect = float(stream.sample_aspect_ratio or 1) or 1.0
    width, height = max(1, round(frame.width * aspect)), frame.height
    scale = min(1.0, edge_px / max(width, height))
    image = _image(frame, max(1, round(width * scale)), max(1, round(height * scale)))
    return _turned(image, frame)


def _turned(image: pyvips.Image, frame: Any) -> pyvips.Image:
    """The frame as its display matrix asks: turned, and mirrored where the matrix does so.

    x' = a x + c y, y' = b x + d y (ISO 14496-12 8.3.2, `matrix`).
    """
    blocks = [bytes(data) for data in frame.side_data if data.type.name == "DISPLAYMATRIX"]
    if not blocks:
        return image
    a, b, _, c, d = struct.unpack_from("<5i", blocks[0])
    across, down = a, d
    if abs(b) > abs(a):
        image = image.rot90().fliphor()  # x and y change places
        across, down = c, b
    image = image.fliphor() if across < 0 else image
    return image.flipver() if down < 0 else image


def _image(frame: Any, width: int, height: int) -> pyvips.Image:
    pixels = frame.reformat(
        width=width, height=height, format="rgb24", interpolation="AREA"
    ).to_ndarray()
    return from_pixels(pixels.tobytes(), width=width, height=height, bands=3)
