"""The longest stall of the event loop while 5,000 files are imported beside 100,000 assets."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.test_catalog_speed import ASSETS, filled
from tests.desk import picture

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

FILES = 5_000
AT_MOST_MS = 50
ROOT = Path(__file__).resolve().parents[2]


def test_the_window_never_stalls_while_files_are_imported(tmp_path: Path) -> None:
    folder = tmp_path / "masters"
    for number in range(FILES):
        picture(folder / f"{number % 50:02}" / f"{number:04}.jpg", seed=number)
    filled(tmp_path / "profile", ASSETS).close()
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.benchmarks.gui_stall",
            str(folder),
            str(tmp_path / "profile"),
        ],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    figures = json.loads(ended.stdout.splitlines()[-1])
    sys.stdout.write("\n" + json.dumps(figures) + "\n")
    assert figures["imported"] == FILES
    assert figures["longest_stall_ms"] <= AT_MOST_MS
