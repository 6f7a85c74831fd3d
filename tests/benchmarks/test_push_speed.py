"""Many files to a service nearby, against `cld upload_dir` at its defaults (30 workers)."""

import statistics
from dataclasses import dataclass
from pathlib import Path

import pytest

from bridge_app.media.decoder_pool import DecoderPool
from tests.benchmarks.pushing import LEAN, SANDBOX, Bench, slow_sandbox, tell

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """So many files of so many bytes, so far away, and what is asked of us."""

    files: int
    size: int
    latency_s: float
    at_most: float
    service: str = SANDBOX


CASES = {
    "small files near": Case(files=1000, size=200_000, latency_s=0.05, at_most=0.62),
    "small files far": Case(files=1000, size=200_000, latency_s=0.2, at_most=0.45),
    "small files near, lean": Case(
        files=1000, size=200_000, latency_s=0.05, at_most=0.62, service=LEAN
    ),
    "middling files": Case(files=100, size=5_000_000, latency_s=0.0, at_most=0.8),
}
GROWTH_MB = 60


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_push_takes_less_time_than_the_vendors_command_line(
    tmp_path: Path, decoder: DecoderPool, case: Case
) -> None:
    bench = Bench(tmp_path, decoder)
    bench.pictures(case.files, case.size)
    bench.prepare()
    ours, peer, idle = [], [], []
    for _ in range(ROUNDS):
        with slow_sandbox(case.latency_s, case.service) as url:
            peer.append(bench.cld_upload_dir(url))
        with slow_sandbox(case.latency_s, case.service) as url:
            ours.append(bench.ours(url))
            idle.append(bench.idle(url))
    ratio = statistics.median(a.wall_s / b.wall_s for a, b in zip(ours, peer, strict=True))
    growth = max(took.peak_mb for took in ours) - min(took.peak_mb for took in idle)
    tell(
        {
            "service": case.service,
            "files": case.files,
            "bytes": case.size,
            "latency_ms": case.latency_s * 1000,
            "ours_s": [round(took.wall_s, 2) for took in ours],
            "cld_s": [round(took.wall_s, 2) for took in peer],
            "ratio": round(ratio, 3),
            "growth_mb": round(growth),
            "cld_peak_mb": round(max(took.peak_mb for took in peer)),
        }
    )
    assert ratio <= case.at_most
    assert growth < GROWTH_MB
