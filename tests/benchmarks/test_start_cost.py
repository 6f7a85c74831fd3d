"""A cold start to a grid of 100,000 assets that can be used, against an empty window of Qt."""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.benchmarks.large_profile import PASSPHRASE, large_profile
from tests.benchmarks.pushing import ROOT, slow_sandbox, tell

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

ASSETS = 100_000
ROUNDS = 7
AT_MOST = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Seconds until the window could be used: those of the wall, and those of the processor."""

    wall_s: float
    cpu_s: float


def test_a_start_takes_little_longer_than_an_empty_window(tmp_path: Path) -> None:
    home = tmp_path / "profile"
    with slow_sandbox(0.0) as url:
        large_profile(home, tmp_path / "masters", url, ASSETS)
        environment = {
            **os.environ,
            "ASSET_BRIDGE_HOME": str(home),
            "ASSET_BRIDGE_PASSPHRASE": PASSPHRASE,
        }
        started("ours", environment)  # what the disk had to read is read
        bare, ours = [], []
        for _ in range(ROUNDS):
            bare.append(started("bare", environment))
            ours.append(started("ours", environment))
    wall = statistics.median(a.wall_s / b.wall_s for a, b in zip(ours, bare, strict=True))
    cpu = statistics.median(a.cpu_s / b.cpu_s for a, b in zip(ours, bare, strict=True))
    tell(
        {
            "ours_s": [round(one.wall_s, 2) for one in ours],
            "bare_s": [round(one.wall_s, 2) for one in bare],
            "ours_cpu_s": round(statistics.median(one.cpu_s for one in ours), 3),
            "bare_cpu_s": round(statistics.median(one.cpu_s for one in bare), 3),
            "cpu_ratio": round(cpu, 2),
            "ratio": round(wall, 2),
        }
    )
    assert wall <= AT_MOST


def started(kind: str, environment: dict[str, str]) -> Start:
    """Start a process, and wait for the line that says its window can be used."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.starting", kind],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    took = time.perf_counter() - began
    process.communicate()
    return Start(wall_s=took, cpu_s=told["cpu_s"])
