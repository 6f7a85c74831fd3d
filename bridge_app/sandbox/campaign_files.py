"""From a piece of the recipe to a file of its kind on disk, metadata and age included."""

import errno
import os
from collections.abc import Callable, Iterator
from math import cos, pi
from pathlib import Path
from typing import Any, cast
from xml.sax.saxutils import escape

import av
import pyvips
from PIL import Image

from bridge_app.sandbox.campaign_metadata import EMBEDDABLE, embed, xmp_packet
from bridge_app.sandbox.campaign_recipe import Brand, Piece
from bridge_app.sandbox.campaign_scenes import TRANSPARENT, drawn
from bridge_app.sandbox.drawing_pixels import Press

FRAMES_PER_SECOND = 24
DRAWN_EVERY = 6  # frames of a film
GRAINY = frozenset({".jpg", ".jpeg"})  # elsewhere grain costs more bytes than it is worth
GRAIN = 3.0  # standard deviation in 8-bit steps
Stop = Callable[[], bool]


class StoppedError(Exception):
    """Somebody asked to stop while a film was being made."""


def write_piece(folder: Path, piece: Piece, brand: Brand, *, stop: Stop) -> None:
    """Draw the piece and write it below `folder`; films ask `stop` before each frame.

    Raises StoppedError when `stop` says so, and OSError. The file's age is when the piece was
    taken.
    """
    try:
        _write_piece(folder, piece, brand, stop)
    except pyvips.Error as error:
        full = os.strerror(errno.ENOSPC)
        if full not in str(error):
            raise
        raise OSError(errno.ENOSPC, full, str(folder)) from error


def _write_piece(folder: Path, piece: Piece, brand: Brand, stop: Stop) -> None:
    file = folder / piece.path
    file.parent.mkdir(parents=True, exist_ok=True)
    press = Press(brand.fonts)
    if piece.suffix == ".mp4":
        _write_film(file, piece, press, stop)
    elif piece.suffix == ".gif":
        _write_loop(file, piece, press)
    elif piece.suffix == ".svg":
        _write_drawing(file, piece)
    else:
        _write_still(file, piece, press, brand)
    if piece.suffix in EMBEDDABLE:
        embed(file, piece, brand)
    taken = piece.taken.timestamp()
    os.utime(file, (taken, taken))


def _write_still(file: Path, piece: Piece, press: Press, brand: Brand) -> None:
    grain = GRAIN if piece.suffix in GRAINY else 0.0
    image = press.print(drawn(piece), piece.size, grain=grain, seed=piece.seed)
    if piece.scene not in TRANSPARENT:
        image = image.flatten() if image.hasalpha() else image
    image = _in_colours(_stored(image, piece.orientation), piece.colours)
    quality = piece.quality
    if piece.suffix in GRAINY:
        image.jpegsave(str(file), Q=quality, keep="icc")
    elif piece.suffix == ".png":
        image.pngsave(str(file), compression=6, keep="icc")
    elif piece.suffix == ".tif":
        image.tiffsave(str(file), compression="deflate", predictor="horizontal", keep="icc")
    elif piece.suffix == ".webp":
        image.webpsave(str(file), Q=quality, effort=2, keep="icc")
    elif piece.suffix == ".avif":
        image = image.copy()
        image.set_type(pyvips.GValue.blob_type, "xmp-data", xmp_packet(piece, brand))
        image.heifsave(str(file), Q=quality, compression="av1", effort=2, keep="icc|xmp")
    elif piece.suffix == ".pdf":
        _write_page(file, piece, image, brand)
    else:
        raise ValueError(piece.suffix)


def _stored(image: Any, orientation: int) -> Any:
    """Turn what is seen into what is stored, so that a viewer that obeys Exif turns it back."""
    turns = {1: image.copy, 3: image.rot180, 6: image.rot270, 8: image.rot90}
    return turns[orientation]()


def _in_colours(image: Any, colours: str) -> Any:
    """Plain sRGB needs no profile to be read right; anything else carries its own."""
    return image if colours == "srgb" else image.icc_transform(colours, input_profile="srgb")


def _write_page(file: Path, piece: Piece, image: Any, brand: Brand) -> None:
    page = Image.frombytes("RGB", (image.width, image.height), image.write_to_memory())
    moment = piece.taken.timetuple()
    page.save(
        file,
        "PDF",
        resolution=150,
        quality=piece.quality,
        title=piece.title,
        author=brand.creator,
        subject=piece.caption,
        keywords=", ".join(piece.keywords),
        creationDate=moment,
        modDate=moment,
    )


def _write_drawing(file: Path, piece: Piece) -> None:
    head, body = drawn(piece).svg().split("<defs>", 1)
    words = f"<title>{escape(piece.title)}</title><desc>{escape(piece.caption)}</desc>"
    file.write_text(f"{head}{words}<defs>{body}", "utf-8")


def _write_loop(file: Path, piece: Piece, press: Press) -> None:
    """An animated GIF that goes there and back, so that it never jumps."""
    count = round(piece.seconds * 8)
    moments = [0.5 - 0.5 * cos(2 * pi * index / count) for index in range(count)]
    frames = [press.print(drawn(piece, moment=at), piece.size).flatten() for at in moments]
    strip = pyvips.Image.arrayjoin(frames, across=1).copy()
    strip.set_type(pyvips.GValue.gint_type, "page-height", piece.size[1])
    strip.set_type(pyvips.GValue.array_int_type, "delay", [125] * count)
    strip.set_type(pyvips.GValue.gint_type, "loop", 0)
    strip.gifsave(str(file), effort=2, dither=0.6)


def _write_film(file: Path, piece: Piece, press: Press, stop: Stop) -> None:
    width, height = piece.size
    codec = "libx264" if "libx264" in av.codecs_available else "mpeg4"
    with av.open(str(file), "w", options={"movflags": "+faststart"}) as container:
        container.metadata["title"] = piece.title
        container.metadata["comment"] = piece.caption
        stream = cast(av.VideoStream, container.add_stream(codec, rate=FRAMES_PER_SECOND))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        # Where x264 looks ahead, one film in some hundreds differs from the others.
        stream.options = {"crf": "25", "preset": "veryfast", "rc-lookahead": "0"}
        for image in _frames(piece, press, stop):
            pixels = bytes(image.write_to_memory())
            frame = av.VideoFrame.from_bytes(pixels, width, height, "rgba")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _frames(piece: Piece, press: Press, stop: Stop) -> Iterator[Any]:
    """Each frame of a film as RGBA; most are blends of two drawn ones, for motion is gentle."""
    count = round(piece.seconds * FRAMES_PER_SECOND / DRAWN_EVERY)
    before = None
    for index in range(count + 1):
        if stop():
            raise StoppedError
        sheet = drawn(piece, moment=index / count)
        after = press.print(sheet, piece.size).flatten().bandjoin(255).copy_memory()
        if before is not None:
            for step in range(DRAWN_EVERY):
                share = step / DRAWN_EVERY
                yield (before * (1 - share) + after * share).rint().cast("uchar")
        before = after
