"""Paging through 200 renditions: the next picture is there when the key is pressed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
MASTERS = 40
P95_MS = 50.0
PACE_S = 2.0
"""A hundred in ten minutes are one in six seconds."""
KEPT_MB = 340
GROWN_MB = 700

pytestmark = pytest.mark.bench


def test_a_key_paints_the_next_of_200_renditions_within_50_ms_in_bounded_memory(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "masters"
    folder.mkdir()
    noise = Image.effect_noise((3000, 2000), 60)
    for number in range(MASTERS):
        turned = noise.rotate(number * 9)
        picture = Image.merge("RGB", (noise, turned, noise.transpose(Image.Transpose.ROTATE_180)))
        picture.save(folder / f"photo-{number:02}.jpg", quality=80)
    done = subprocess.run(
        [
            sys.executable,
            str(ROOT / "tests" / "benchmarks" / "review_paging.py"),
            str(folder),
            str(tmp_path / "profile"),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=220,
        check=True,
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    print(figures)  # noqa: T201 - a measurement
    assert figures["pictures"] == MASTERS * 5
    assert figures["p95_ms"] <= P95_MS
    assert figures["pace_s"] <= PACE_S
    assert figures["kept_mb"] <= KEPT_MB
    assert figures["grown_mb"] <= GROWN_MB
