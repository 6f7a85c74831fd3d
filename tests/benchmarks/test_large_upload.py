"""One file of 2 GiB to the sandbox, against the SDK's own `upload_large`."""

import os
import statistics
from pathlib import Path

import pytest

from bridge_app.media.decoder_pool import DecoderPool
from tests.benchmarks.pushing import Bench, slow_sandbox, tell

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

BYTES = 2 << 30
BLOCK = 32 << 20
ROUNDS = 3
AT_MOST = 0.65
GROWTH_MB = 80


def test_two_gibibytes_take_less_time_than_the_sdk_and_constant_memory(
    tmp_path: Path, decoder: DecoderPool
) -> None:
    bench = Bench(tmp_path, decoder)
    film = bench.files / "film.bin"
    block = os.urandom(BLOCK)
    with film.open("wb") as file:
        for _ in range(BYTES // BLOCK):
            file.write(block)
    bench.prepare()
    ours, peer, idle = [], [], []
    for _ in range(ROUNDS):
        with slow_sandbox(0.0) as url:
            peer.append(bench.sdk_upload_large(url, film))
        with slow_sandbox(0.0) as url:
            ours.append(bench.ours(url))
            idle.append(bench.idle(url))
    ratio = statistics.median(a.wall_s / b.wall_s for a, b in zip(ours, peer, strict=True))
    growth = max(took.peak_mb for took in ours) - min(took.peak_mb for took in idle)
    tell(
        {
            "bytes": BYTES,
            "ours_s": [round(took.wall_s, 2) for took in ours],
            "sdk_s": [round(took.wall_s, 2) for took in peer],
            "ratio": round(ratio, 3),
            "growth_mb": round(growth),
            "sdk_peak_mb": round(max(took.peak_mb for took in peer)),
        }
    )
    assert ratio <= AT_MOST
    assert growth < GROWTH_MB
