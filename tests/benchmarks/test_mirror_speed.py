"""The first sync of a large environment waits for the service; later ones cost next to nothing."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_app.delivery.accounts import NewAccount
from bridge_app.media.decoder_pool import DecoderPool
from tests.benchmarks.pushing import tell
from tests.clouds import ByHand, mirrored
from tests.desk import ACCOUNT, Desk

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

LATENCY_S = 0.5
"""A page of 500 with all details takes the real service about that long, or longer."""
STALL_MS = 50
MOST_CALLS = 20
LEAST_SHARE = 0.5


@contextmanager
def full_sandbox(assets: int, latency_s: float) -> Iterator[str]:
    """The address of an environment with so many assets."""
    command = [sys.executable, "-m", "tests.benchmarks.full_sandbox", str(assets), str(latency_s)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.communicate()


@contextmanager
def desk_at(url: str, home: Path, decoder: DecoderPool) -> Iterator[Desk]:
    """An application whose account is there."""
    desk = Desk(home, sandbox=None, decoder=decoder)
    given = NewAccount.from_url(ACCOUNT.url(url))
    desk.parts.environments.keep(replace(given))
    desk.parts.worker.use_account(ACCOUNT.cloud_name)
    try:
        yield desk
    finally:
        desk.close()


def test_the_window_never_stalls_while_an_environment_is_mirrored(tmp_path: Path) -> None:
    with full_sandbox(50_000, LATENCY_S) as url:
        ended = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.gui_stall", ACCOUNT.url(url), str(tmp_path)],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            timeout=900,
            check=True,
        )
    figures = json.loads(ended.stdout.splitlines()[-1])
    tell(figures)
    assert figures["imported"] == 50_000
    assert figures["longest_stall_ms"] <= STALL_MS


@pytest.mark.parametrize("assets", [50_000, 100_000])
def test_a_large_environment_is_mirrored_and_costs_little_afterwards(
    tmp_path: Path, decoder: DecoderPool, assets: int
) -> None:
    with full_sandbox(assets, LATENCY_S) as url, desk_at(url, tmp_path, decoder) as desk:
        run = ByHand(desk)
        before = resource.getrusage(resource.RUSAGE_SELF)
        began = time.monotonic()
        calls = run.sync()
        wall_s = time.monotonic() - began
        share = run.listing.waited_s / wall_s
        after = resource.getrusage(resource.RUSAGE_SELF)
        found = len(mirrored(desk, text="number7"))
        began = time.monotonic()
        again = run.sync()
        again_s = time.monotonic() - began
        quick = run.sync(thorough=False)
    tell(
        {
            "assets": assets,
            "latency_ms": LATENCY_S * 1000,
            "first_calls": calls,
            "first_s": round(wall_s, 1),
            "waiting_for_replies": round(share, 3),
            "cpu_s": round(after.ru_utime - before.ru_utime, 1),
            "peak_mb": after.ru_maxrss // 1024,
            "unchanged_calls": again,
            "unchanged_s": round(again_s, 1),
            "poll_calls": quick,
        }
    )
    assert found > 0
    assert again <= MOST_CALLS
    assert quick <= again
    assert share >= LEAST_SHARE
