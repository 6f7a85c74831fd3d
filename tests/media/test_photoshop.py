"""The merged picture of a Photoshop file, in every mode and at every depth."""

import struct
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.media.decoder_pool import DecoderPool

WIDTH, HEIGHT = 40, 24
BITMAP, GREY, INDEXED, RGB, CMYK, MULTICHANNEL, LAB = 0, 1, 2, 3, 4, 7, 9
CODES = {8: "B", 16: "H", 32: "f"}


def photoshop(
    mode: int,
    depth: int,
    samples: Sequence[float],
    *,
    packed: bool = False,
    large: bool = False,
    palette: bytes = b"",
    layers: bytes = b"",
) -> bytes:
    """A file of one flat colour: `samples` is one number for each channel."""
    if depth == 1:
        rows = [bytes([int(sample)]) * ((WIDTH + 7) // 8) for sample in samples]
    else:
        rows = [struct.pack(f">{WIDTH}{CODES[depth]}", *[sample] * WIDTH) for sample in samples]
    size = "Q" if large else "I"
    header = struct.pack(
        ">4sH6xHIIHH", b"8BPS", 2 if large else 1, len(samples), HEIGHT, WIDTH, depth, mode
    )
    sections = struct.pack(">I", len(palette)) + palette + bytes(4)
    sections += struct.pack(">" + size, len(layers)) + layers
    if not packed:
        return header + sections + bytes(2) + b"".join(row * HEIGHT for row in rows)
    lines = [literally(row) for row in rows for _ in range(HEIGHT)]
    lengths = struct.pack(f">{len(lines)}{'I' if large else 'H'}", *map(len, lines))
    return header + sections + b"\0\1" + lengths + b"".join(lines)


def literally(row: bytes) -> bytes:
    """PackBits that packs nothing."""
    parts = [row[at : at + 128] for at in range(0, len(row), 128)]
    return b"".join(bytes([len(part) - 1]) + part for part in parts)


def shown(pool: DecoderPool, path: Path) -> tuple[int, ...]:
    made = pool.thumbnail(path, edge_px=64)
    assert (made.width, made.height) == (WIDTH, HEIGHT)
    pixel = Image.open(BytesIO(made.data)).convert("RGBA").getpixel((WIDTH // 2, HEIGHT // 2))
    assert isinstance(pixel, tuple)
    return tuple(int(value) for value in pixel)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    ("mode", "depth", "samples", "colour"),
    [
        (BITMAP, 1, [0xFF], (0, 0, 0)),
        (BITMAP, 1, [0x00], (255, 255, 255)),
        (GREY, 8, [90], (90, 90, 90)),
        (GREY, 16, [90 * 257], (90, 90, 90)),
        (GREY, 32, [0.2140], (127, 127, 127)),
        (RGB, 8, [200, 40, 60], (200, 40, 60)),
        (RGB, 16, [200 * 257, 40 * 257, 60 * 257], (200, 40, 60)),
        (RGB, 32, [1.0, 0.2140, 0.0], (255, 127, 0)),
        (CMYK, 8, [255, 255, 255, 255], (255, 255, 255)),
        (LAB, 8, [136, 128, 128], (127, 127, 127)),
        (LAB, 16, [65535, 32896, 32896], (255, 255, 255)),
        (MULTICHANNEL, 8, [77], (77, 77, 77)),
    ],
)
def test_every_mode_and_depth_shows_its_colour(
    *,
    pool: DecoderPool,
    tmp_path: Path,
    mode: int,
    depth: int,
    samples: list[float],
    colour: tuple[int, ...],
    packed: bool,
    large: bool,
) -> None:
    path = tmp_path / "flat"
    path.write_bytes(photoshop(mode, depth, samples, packed=packed, large=large))

    seen = shown(pool, path)

    assert pool.probe(path).format == ("psb" if large else "psd")
    assert all(abs(got - want) <= 3 for got, want in zip(seen, colour, strict=False)), seen


def test_an_index_is_looked_up_in_the_palette(pool: DecoderPool, tmp_path: Path) -> None:
    reds, greens, blues = (bytes([value]) * 256 for value in (10, 120, 230))
    path = tmp_path / "indexed.psd"
    path.write_bytes(photoshop(INDEXED, 8, [7], palette=reds + greens + blues))

    assert all(abs(a - b) <= 3 for a, b in zip(shown(pool, path), (10, 120, 230), strict=False))


def test_a_fourth_channel_is_transparency_when_the_layers_say_so(
    pool: DecoderPool, tmp_path: Path
) -> None:
    spot, clear = tmp_path / "spot.psd", tmp_path / "clear.psd"
    spot.write_bytes(photoshop(RGB, 8, [10, 20, 30, 99]))
    layers = struct.pack(">Ih", 2, -1)
    clear.write_bytes(photoshop(RGB, 8, [10, 20, 30, 99], layers=layers))

    assert shown(pool, spot)[3] == 255
    assert shown(pool, clear)[3] == 99
    assert not pool.probe(spot).has_alpha
    assert pool.probe(clear).has_alpha


def test_a_header_alone_still_gives_the_size(pool: DecoderPool, tmp_path: Path) -> None:
    path = tmp_path / "cut.psd"
    path.write_bytes(photoshop(RGB, 8, [1, 2, 3])[:26])

    found = pool.inspect(path)

    assert (found.facts.width, found.facts.height) == (WIDTH, HEIGHT)
    assert found.thumbnail is None
    assert found.trouble is not None
