"""Opens films and sound by what is in them, and turns FFmpeg's errors into ours.

Only the demultiplexer that the first bytes ask for is offered, and nothing further is opened: a
playlist or a reference inside a file cannot make FFmpeg read another file or the network.
"""

import os
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    DecoderLimitError,
    FileTroubleError,
    MediaError,
)

HEAD_BYTES = 1 << 18
THREADS = 2
"""Of one decoder or encoder: each reserves a stack in the bounded address space of a child."""
MOST_DAMAGED = 200
"""Packets of one stream that may be undecodable before the film counts as damaged."""
_DEMUXERS = {
    "aac": "aac",
    "aiff": "aiff",
    "avi": "avi",
    "flac": "flac",
    "flv": "flv",
    "gif": "gif",
    "m4a": "mov",
    "mkv": "matroska",
    "mov": "mov",
    "mp3": "mp3",
    "mp4": "mov",
    "mpg": "mpeg",
    "mts": "mpegts",
    "mxf": "mxf",
    "ogg": "ogg",
    "wav": "wav",
    "webm": "matroska",
    "wmv": "asf",
}
GIF = "gif"
_GIF_MAGIC = b"GIF8"
_MAGIC = (
    (b"\x1a\x45\xdf\xa3", "mkv"),
    (b"OggS", "ogg"),
    (b"FLV\x01", "flv"),
    (b"fLaC", "flac"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"),
    (b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01", "mxf"),
    (b"\x00\x00\x01\xba", "mpg"),
    (b"\x00\x00\x01\xb3", "mpg"),
    (b"ID3", "mp3"),
)
_RIFF = {b"AVI ": "avi", b"WAVE": "wav", b"AIFF": "aiff", b"AIFC": "aiff"}
# ISO media brands that are pictures, and those whose container has a name of its own.
_STILL_BRANDS = (b"avi", b"hei", b"hev", b"mif", b"msf", b"crx ", b"jp2 ", b"jpx ", b"jxl ")
_BRANDS = {b"qt  ": "mov", b"M4A ": "m4a", b"M4B ": "m4a"}
_BEFORE_BRANDS = (b"free", b"skip", b"wide", b"pnot")
_PACKET_STARTS = ((0, 188, 376), (4, 196, 388))
_NO_MEMORY = ("cannot allocate", "out of memory")


def container_of(head: bytes) -> str | None:
    """The container that a file's first bytes (`HEAD_BYTES` are enough) announce.

    `mkv` stands for every Matroska but WebM; None for what is neither film nor sound.
    """
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return _narrowed(name, head)
    if head[:4] in {b"RIFF", b"RF64", b"FORM"}:
        return _RIFF.get(head[8:12])
    return _boxes(head) or _streamed(head)


def _narrowed(name: str, head: bytes) -> str:
    if name == "mkv" and b"webm" in head[:64]:
        return "webm"
    return "flac" if name == "mp3" and b"fLaC" in head else name


def is_film(path: Path) -> bool:
    """Whether a file is a film or sound, by its content.

    Raises:
        FileTroubleError: The file cannot be opened.
    """
    with _file(path) as stream:
        return container_of(stream.read(HEAD_BYTES)) is not None


def is_gif(path: Path) -> bool:
    """Whether a file is a GIF, which is a picture, but can be read as a film.

    Raises:
        FileTroubleError: The file cannot be opened.
    """
    with _file(path) as stream:
        return bool(stream.read(len(_GIF_MAGIC)) == _GIF_MAGIC)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Any, str]]:
    """FFmpeg's reader for a file, and the name of its container.

    Raises:
        FileTroubleError: The file cannot be opened.
        MediaError: It is no film we can read; also when that shows inside the `with`.
        DecoderLimitError: It needs more memory than there is.
    """
    with _file(path) as stream:
        head = stream.read(HEAD_BYTES)
        name = GIF if head.startswith(_GIF_MAGIC) else container_of(head)
        if name is None:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "it is neither film nor sound"))
        stream.seek(0)
        with (
            decoding(),
            _ffmpeg().open(
                stream, format=_DEMUXERS[name], io_open=_refuse, metadata_errors="replace"
            ) as container,
        ):
            for part in container.streams.video:
                part.thread_type, part.codec_context.thread_count = "AUTO", THREADS
            yield container, name


def decoded(container: Any, stream: Any) -> Iterator[Any]:
    """The frames of a stream as far as they can be read; packets that are damaged are skipped.

    Raises:
        MediaError: Too many are damaged.
    """
    av = _ffmpeg()
    damaged = 0
    for packet in _packets(container, stream):
        try:
            frames = packet.decode()
        except av.InvalidDataError as error:
            damaged += 1
            if damaged > MOST_DAMAGED:
                raise MediaError(
                    detail=QT_TRANSLATE_NOOP("facts", "the film is damaged")
                ) from error
            continue
        yield from frames


def _packets(container: Any, stream: Any) -> Iterator[Any]:
    """Until the end, or where a file that was cut off stops making sense."""
    try:
        yield from container.demux(stream)
    except _ffmpeg().InvalidDataError:
        return


@contextmanager
def decoding() -> Iterator[None]:
    """FFmpeg's errors, and those of its binding over a bad file, as ours."""
    av = _ffmpeg()
    try:
        yield
    except MemoryError as error:
        raise DecoderLimitError(
            detail=QT_TRANSLATE_NOOP("facts", "it needs too much memory")
        ) from error
    except (av.FFmpegError, ValueError, OverflowError, EOFError) as error:
        said = str(getattr(error, "strerror", "") or error)
        if any(mark in said.lower() for mark in _NO_MEMORY):
            raise DecoderLimitError(
                detail=QT_TRANSLATE_NOOP("facts", "it needs too much memory")
            ) from error
        raise MediaError(detail=f"the film: {said[:200]}") from error


def _ffmpeg() -> Any:
    """FFmpeg, silent; imported by the first film, since it takes a quarter of a second."""
    import av  # noqa: PLC0415

    av.logging.set_level(None)
    return av


@contextmanager
def _file(path: Path) -> Iterator[Any]:
    try:
        # Without O_NONBLOCK a named pipe would wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise FileTroubleError(path=path, detail=error.strerror or str(error)) from error
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise FileTroubleError(path=path, detail=QT_TRANSLATE_NOOP("facts", "it is not a file"))
        yield stream


def _refuse(url: str, *_: object) -> NoReturn:
    raise PermissionError(f"a file may not open another one: {url!r}")


def _boxes(head: bytes) -> str | None:
    """ISO base media: the brand in `ftyp`, which need not be the first box."""
    at = 0
    while at + 12 <= len(head):
        size, name = struct.unpack_from(">I4s", head, at)
        if name == b"ftyp":
            brand = head[at + 8 : at + 12]
            return None if brand.startswith(_STILL_BRANDS) else _BRANDS.get(brand, "mp4")
        if name in {b"moov", b"mdat"}:
            return "mov"
        if name not in _BEFORE_BRANDS or size < 8:
            return None
        at += size
    return None


def _streamed(head: bytes) -> str | None:
    """Packets without a header: MPEG transport streams and MPEG audio."""
    if any(all(head[at : at + 1] == b"\x47" for at in starts) for starts in _PACKET_STARTS):
        return "mts"
    if len(head) < 3 or head[0] != 0xFF or head[:3] == b"\xff\xd8\xff":
        return None
    if head[1] & 0xF6 == 0xF0:
        return "aac"
    is_layer = head[1] & 0xE0 == 0xE0 and head[1] & 0x06 and head[1] & 0x18 != 0x08
    return "mp3" if is_layer and head[1] != 0xFE else None
