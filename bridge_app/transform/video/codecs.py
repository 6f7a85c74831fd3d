"""Which codecs a container holds, by which encoder they are written, and with which options.

The encoders are those of the FFmpeg that comes with PyAV. Qualities are mapped to each encoder's
constant-quality scale; Cloudinary's own mapping is not documented.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bridge_app.transform.video.containers import THREADS


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A container: FFmpeg's muxer, and the codecs it holds, the usual one first."""

    muxer: str
    pictures: tuple[str, ...]
    sounds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureEncoder:
    """`name` is FFmpeg's; `options` gives its own for a quality of 1–100, `fixed` are always set.

    `bounded` are options that hold it to a bit rate as well as it can.
    """

    name: str
    pixels: str
    fixed: Mapping[str, str]
    options: Callable[[int], dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundEncoder:
    """`rates` are the sample rates it takes, none: any; `samples` and `layouts` as FFmpeg says."""

    name: str
    rates: tuple[int, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    bits: int | None = 128_000
    samples: str = "fltp"
    layouts: str = "mono|stereo"


HOLDERS: Mapping[str, Holder] = {
    "mp4": Holder(muxer="mp4", pictures=("h264", "h265", "av1", "vp9"), sounds=("aac", "mp3")),
    "mov": Holder(muxer="mov", pictures=("h264", "h265", "prores"), sounds=("aac", "mp3", "pcm24")),
    "mkv": Holder(
        muxer="matroska",
        pictures=("h264", "h265", "vp8", "vp9", "av1", "prores"),
        sounds=("aac", "mp3", "vorbis", "opus", "pcm24"),
    ),
    "webm": Holder(muxer="webm", pictures=("vp9", "vp8", "av1"), sounds=("opus", "vorbis")),
    "mp3": Holder(muxer="mp3", pictures=(), sounds=("mp3",)),
    "m4a": Holder(muxer="mp4", pictures=(), sounds=("aac",)),
    "aac": Holder(muxer="adts", pictures=(), sounds=("aac",)),
    "wav": Holder(muxer="wav", pictures=(), sounds=("pcm16", "pcm24")),
    "aiff": Holder(muxer="aiff", pictures=(), sounds=("pcm16be",)),
    "flac": Holder(muxer="flac", pictures=(), sounds=("flac",)),
    "ogg": Holder(muxer="ogg", pictures=(), sounds=("vorbis", "opus")),
    "opus": Holder(muxer="ogg", pictures=(), sounds=("opus",)),
}


def _scale(best: float, step: float) -> Callable[[int], dict[str, str]]:
    return lambda quality: {"crf": str(round(best + (100 - quality) * step))}


PICTURES: Mapping[str, PictureEncoder] = {
    "h264": PictureEncoder(
        name="libx264",
        pixels="yuv420p",
        fixed={"preset": "veryfast", "threads": str(THREADS)},
        options=_scale(16, 0.27),
    ),
    "h265": PictureEncoder(
        name="libx265",
        pixels="yuv420p",
        fixed={
            "preset": "veryfast",
            "x265-params": f"log-level=none:pools={THREADS}:frame-threads=1",
            "tag": "hvc1",
        },
        options=_scale(18, 0.27),
    ),
    "vp9": PictureEncoder(
        name="libvpx-vp9",
        pixels="yuv420p",
        fixed={"deadline": "realtime", "cpu-used": "7", "row-mt": "1", "threads": str(THREADS)},
        options=lambda quality: {**_scale(18, 0.4)(quality), "b": "0"},
    ),
    "vp8": PictureEncoder(
        name="libvpx",
        pixels="yuv420p",
        fixed={"deadline": "realtime", "cpu-used": "7", "threads": str(THREADS)},
        options=lambda quality: {**_scale(6, 0.45)(quality), "b": "4000000"},
    ),
    "av1": PictureEncoder(
        name="libsvtav1",
        pixels="yuv420p",
        fixed={"preset": "10", "svtav1-params": f"lp={THREADS}"},
        options=_scale(20, 0.4),
    ),
    "prores": PictureEncoder(
        name="prores_ks", pixels="yuv422p10le", fixed={"profile": "2"}, options=lambda _: {}
    ),
}
SOUNDS: Mapping[str, SoundEncoder] = {
    "aac": SoundEncoder(name="aac", rates=(8000, 16000, 22050, 32000, 44100, 48000, 96000)),
    "mp3": SoundEncoder(
        name="libmp3lame", rates=(8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
    ),
    "vorbis": SoundEncoder(name="vorbis", options=(("strict", "experimental"),), layouts="stereo"),
    "opus": SoundEncoder(
        name="libopus", rates=(8000, 12000, 16000, 24000, 48000), bits=96_000, samples="flt"
    ),
    "flac": SoundEncoder(name="flac", bits=None, samples="s16"),
    "pcm16": SoundEncoder(name="pcm_s16le", bits=None, samples="s16"),
    "pcm16be": SoundEncoder(name="pcm_s16be", bits=None, samples="s16"),
    "pcm24": SoundEncoder(name="pcm_s24le", bits=None, samples="s32"),
}


def rate_for(encoder: SoundEncoder, wanted: int) -> int:
    """The sample rate nearest above `wanted` that the encoder takes, else its highest."""
    if not encoder.rates:
        return wanted
    return next((rate for rate in encoder.rates if rate >= wanted), encoder.rates[-1])
