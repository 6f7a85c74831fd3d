"""The bytes of each picture format, by libvips; animated PNG by Pillow, which alone writes it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyvips
from PIL import Image

from bridge_app.transform.model import Format

_DEFAULT_DELAY_MS = 100
# How much two frames' pixels may differ (0–32) and still count as the same in a lossy GIF.
_LOSSY_GIF_ERROR = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What an encoder is told; `quality` is on the format's own scale of 1–100."""

    format: Format
    quality: int
    full_chroma: bool = False
    progressive: bool = False
    palette: bool = False
    lossy: bool = False
    lzw: bool = False
    profile: bool = False


def written(image: pyvips.Image, how: Writing) -> bytes:
    """The file, without metadata; with sRGB's profile where that is asked for.

    Args:
        image: sRGB, 8 bits; frames of an animation below one another, as libvips has them.
        how: The format and its options.

    Raises:
        pyvips.Error: The picture cannot be decoded or written.
    """
    if how.format is Format.PNG and image.get_page_height() < image.height:
        return _animated_png(image)
    colours = {"keep": "icc", "profile": "srgb"} if how.profile else {"keep": "none"}
    data: bytes = image.write_to_buffer(f".{how.format}", **colours, **_options(how))
    return data


def _options(how: Writing) -> dict[str, Any]:
    chroma = "off" if how.full_chroma else "on"
    options: Mapping[Format, dict[str, Any]] = {
        Format.JPG: {
            "Q": how.quality,
            "optimize_coding": True,
            "interlace": how.progressive,
            "subsample_mode": chroma,
        },
        Format.PNG: {
            "interlace": how.progressive,
            **({"palette": True, "Q": how.quality} if how.palette else {}),
        },
        Format.WEBP: {"Q": how.quality},
        Format.AVIF: {"Q": how.quality, "effort": 2, "subsample_mode": chroma},
        # The default effort is twice as slow and hardly smaller.
        Format.GIF: {"effort": 4, "interframe_maxerror": _LOSSY_GIF_ERROR if how.lossy else 0.0},
        Format.TIFF: {"compression": "lzw" if how.lzw else "deflate", "predictor": "horizontal"},
    }
    return options[how.format]


def _animated_png(image: pyvips.Image) -> bytes:
    """All frames with their delays, repeated as often as the original."""
    frames = [Image.fromarray(np.asarray(frame.numpy())) for frame in image.pagesplit()]
    delays = image.get("delay") if image.get_typeof("delay") else []
    out = io.BytesIO()
    frames[0].save(
        out,
        "PNG",
        save_all=True,
        append_images=frames[1:],
        duration=[*delays, *[_DEFAULT_DELAY_MS] * len(frames)][: len(frames)],
        loop=image.get("loop") if image.get_typeof("loop") else 0,
    )
    return out.getvalue()
