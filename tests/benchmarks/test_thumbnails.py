"""Thumbnails of camera photographs: the pool, everything included, against `vipsthumbnail`."""

import csv
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bridge_app.media.decoder_pool import DecoderPool

EDGE_PX = 320
ROUNDS = 5
REPEATS = 3
LEAST_PIXELS = 4_000_000
FLOOR = 0.8

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]


@pytest.fixture
def photographs(corpus: Path) -> list[Path]:
    with (corpus / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["path"].startswith("photos/") and row["kind"] == "jpeg"
        ]
    large = [r for r in rows if int(r["width"]) * int(r["height"]) >= LEAST_PIXELS]
    return [corpus / row["path"] for row in large] * REPEATS


@pytest.fixture
def pool() -> Iterator[DecoderPool]:
    with DecoderPool(size=2) as pool:
        yield pool


@pytest.fixture
def vipsthumbnail() -> str:
    command = shutil.which("vipsthumbnail")
    if command is None:
        pytest.skip("vipsthumbnail (Debian: libvips-tools) is not installed")
    return command


def seconds(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def test_thumbnails_of_photographs_are_made_as_fast_as_vipsthumbnail_makes_them(
    photographs: list[Path], pool: DecoderPool, vipsthumbnail: str, tmp_path: Path
) -> None:
    def by_pool() -> None:
        with ThreadPoolExecutor(4) as callers:
            made = callers.map(lambda path: pool.thumbnail(path, edge_px=EDGE_PX), photographs)
            assert all(max(picture.width, picture.height) == EDGE_PX for picture in made)

    def by_inspection() -> None:
        with ThreadPoolExecutor(4) as callers:
            seen = callers.map(lambda path: pool.inspect(path, edge_px=EDGE_PX), photographs)
            assert all(inspection.thumbnail for inspection in seen)

    def by_vipsthumbnail() -> None:
        # Each name once: the command would overwrite its own output, and work no less.
        options = ["--size", str(EDGE_PX), "-o", f"{tmp_path}/%s.jpg"]
        subprocess.run(
            [vipsthumbnail, *options, *map(str, photographs)], check=True, capture_output=True
        )

    cold_s = seconds(by_pool)
    runs: dict[str, list[float]] = {"pool": [], "inspect": [], "vipsthumbnail": []}
    for _ in range(ROUNDS):
        runs["vipsthumbnail"].append(seconds(by_vipsthumbnail))
        runs["pool"].append(seconds(by_pool))
        runs["inspect"].append(seconds(by_inspection))
    median = {name: statistics.median(times) for name, times in runs.items()}
    ratio = median["vipsthumbnail"] / median["pool"]
    sys.stdout.write(
        f"\n{len(photographs)} photographs to {EDGE_PX} px, median of {ROUNDS}:"
        f"\n  vipsthumbnail     {len(photographs) / median['vipsthumbnail']:6.1f} a second"
        f"\n  pool.thumbnail    {len(photographs) / median['pool']:6.1f} a second,"
        f" {ratio:.2f} x vipsthumbnail (at least {FLOOR} wanted)"
        f"\n  pool.inspect      {len(photographs) / median['inspect']:6.1f} a second,"
        f" {median['vipsthumbnail'] / median['inspect']:.2f} x (facts and metadata as well)"
        f"\n  the first round, with the children's start, took {cold_s:.2f} s\n"
    )
    assert ratio >= FLOOR
