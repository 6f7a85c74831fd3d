"""Films whose every frame and sound is known, made for a test and read back after it."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np

RATE = 10
SAMPLES = 44_100
TONE_HZ = 440


def light_of(number: int) -> int:
    """How bright frame `number` of a made film is, 0–255; each is brighter than the last."""
    return 40 + 5 * number


def make_film(
    path: Path, *, seconds: float = 3, width: int = 64, height: int = 48, sound: bool = True
) -> Path:
    """An MP4 of grey frames, ten a second, as bright as `light_of` says, with a tone."""
    with av.open(str(path), "w", format="mp4") as container:
        pictures = container.add_stream("libx264", rate=RATE, options={"crf": "4"})
        pictures.width, pictures.height, pictures.pix_fmt = width, height, "yuv420p"
        tone = container.add_stream("aac", rate=SAMPLES, layout="mono") if sound else None
        for number in range(round(seconds * RATE)):
            grey = np.full((height, width, 3), light_of(number), dtype=np.uint8)
            container.mux(pictures.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        container.mux(pictures.encode(None))
        if tone:
            at = np.arange(round(seconds * SAMPLES)) / SAMPLES
            wave = (0.5 * np.sin(2 * np.pi * TONE_HZ * at)).astype(np.float32).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
            frame.sample_rate = SAMPLES
            container.mux(tone.encode(frame))
            container.mux(tone.encode(None))
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A film as a player shows it: frames as RGB arrays, sound as one wave per channel."""

    codecs: tuple[str, ...]
    frames: list[Any]
    times: list[float]
    sound: Any
    sample_rate: int

    @property
    def lights(self) -> list[int]:
        """The mean brightness of each frame."""
        return [round(float(frame.mean())) for frame in self.frames]

    @property
    def loudness(self) -> float:
        """The root mean square of the sound."""
        return float(np.sqrt(np.mean(np.square(self.sound))))

    @property
    def sound_seconds(self) -> float:
        """How long it sounds."""
        return float(self.sound.shape[-1] / self.sample_rate)


def seen(data: bytes) -> Seen:
    """Decode a film or sound completely."""
    frames, times, rate = [], [], 0
    waves: list[Any] = []
    container: Any
    with av.open(BytesIO(data)) as container:
        codecs = tuple(stream.codec_context.name for stream in container.streams)
        for frame in container.decode():
            if isinstance(frame, av.VideoFrame):
                assert int(frame.rotation) == 0
                frames.append(frame.to_ndarray(format="rgb24"))
                times.append(float(frame.time))
            else:
                rate = frame.sample_rate
                resampled = av.AudioResampler(format="fltp").resample(frame)
                waves.extend(part.to_ndarray() for part in resampled)
    sound = np.concatenate(waves, axis=1) if waves else np.zeros((1, 0))
    return Seen(codecs=codecs, frames=frames, times=times, sound=sound, sample_rate=rate or 1)


def near(found: list[int], wanted: list[int], within: int = 4) -> bool:
    """Whether two lists of brightnesses say the same."""
    return len(found) == len(wanted) and all(
        abs(one - other) <= within for one, other in zip(found, wanted, strict=True)
    )
