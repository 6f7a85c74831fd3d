"""A window with 100,000 assets: what it keeps in memory after all were seen, and how it rests."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.large_profile import PASSPHRASE, large_profile
from tests.benchmarks.pushing import ROOT, slow_sandbox, tell

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

ASSETS = 100_000
REST_S = 60
MOST_MB = 300
MOST_PERCENT = 0.5


def test_a_window_that_has_shown_everything_is_small_and_rests(tmp_path: Path) -> None:
    home = tmp_path / "profile"
    with slow_sandbox(0.0) as url:
        large_profile(home, tmp_path / "masters", url, ASSETS)
        ended = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.sitting", str(REST_S)],
            cwd=ROOT,
            env={
                **os.environ,
                "ASSET_BRIDGE_HOME": str(home),
                "ASSET_BRIDGE_PASSPHRASE": PASSPHRASE,
                "QT_QPA_PLATFORM": "offscreen",
            },
            capture_output=True,
            text=True,
            timeout=1500,
            check=True,
        )
    seen, rested = (json.loads(line) for line in ended.stdout.splitlines())
    tell({"seen": seen, "rested": rested})
    assert seen["rows"] == ASSETS
    assert seen["rss_mb"] < MOST_MB
    assert rested["idle_percent"] < MOST_PERCENT
