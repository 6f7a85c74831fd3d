"""1,000 files of 200 KB to the sandbox at 50 ms a request, against `cld upload_dir`."""

import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.delivery.accounts import NewAccount
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.secrets import Secret, choose_store
from tests.desk import ACCOUNT, Desk

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1200)]

FILES = 1000
BYTES = 200_000
LATENCY_S = 0.05
ROUNDS = 3
AT_MOST = 0.8
CLD_PEAK_MB = 60
PASSPHRASE = "bench"
ROOT = Path(__file__).resolve().parents[2]


class Bench:
    """A prepared profile, the same files for the peer, and whole-process figures."""

    def __init__(self, home: Path, decoder: DecoderPool) -> None:
        self.home = home
        self._desk = Desk(home, sandbox=None, decoder=decoder)
        self._desk.open()
        self.files = self._desk.folder
        rng = random.Random(1)  # noqa: S311 - the same files each time
        picture = home / "base.jpg"
        Image.new("RGB", (64, 64), (90, 120, 200)).save(picture)
        base = picture.read_bytes()
        for number in range(FILES):
            padding = rng.randbytes(BYTES - len(base))
            (self.files / f"picture-{number:04}.jpg").write_bytes(base + padding)
        self._desk.library()
        self._desk.approve()
        self._desk.close()

    def ours(self, url: str) -> tuple[float, float]:
        """(wall seconds, peak MB) of `asset-bridge push --approved --wait`."""
        profile = self.home / "run"
        shutil.rmtree(profile, ignore_errors=True)
        shutil.copytree(self.home / "profile", profile)
        self._add_account(profile, url)
        environment = {
            **os.environ,
            "ASSET_BRIDGE_HOME": str(profile),
            "ASSET_BRIDGE_PASSPHRASE": PASSPHRASE,
        }
        command = [sys.executable, "-m", "bridge_app", "push", "--approved", "--wait", "--json"]
        took = measured(command, environment, ROOT)
        self.idle = measured(command, environment, ROOT)[1]
        return took

    def peer(self, url: str) -> tuple[float, float]:
        """The same of `cld upload_dir` at its defaults."""
        host = url.removeprefix("http://")
        environment = {
            **os.environ,
            "CLOUDINARY_CLOUD_NAME": ACCOUNT.cloud_name,
            "CLOUDINARY_API_KEY": ACCOUNT.api_key,
            "CLOUDINARY_API_SECRET": ACCOUNT.api_secret,
            "CLOUDINARY_UPLOAD_PREFIX": url,
            "CLOUDINARY_CNAME": host,
            "CLOUDINARY_SECURE": "false",
            "CLOUDINARY_HOME": str(self.home / "cld"),
        }
        command = [str(Path(sys.executable).with_name("cld")), "upload_dir", str(self.files)]
        return measured(command, environment, self.home)

    def _add_account(self, profile: Path, url: str) -> None:
        host = url.removeprefix("http://")
        new = NewAccount(
            cloud_name=ACCOUNT.cloud_name,
            api_key=ACCOUNT.api_key,
            secret=Secret(ACCOUNT.api_secret),
            upload_prefix=url,
            cname=host,
        )
        parts = self._desk.build(
            profile, choose_store(profile=profile, passphrase=Secret(PASSPHRASE))
        )
        parts.environments.keep(new)
        parts.close()


def measured(command: list[str], environment: dict[str, str], folder: Path) -> tuple[float, float]:
    """Run a process to its end: wall seconds and its own peak resident set in MB.

    The peak is the kernel's high-water mark, read until the process ends; `wait4` would count
    this process's own memory at the fork.
    """
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak_kb = 0
    pause = threading.Event()
    while process.poll() is None:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
        peak_kb = int(found.group(1)) if found else peak_kb
        pause.wait(0.02)
    took = time.perf_counter() - began
    assert process.returncode == 0
    return took, peak_kb / 1024


@contextmanager
def slow_sandbox() -> Iterator[str]:
    """The address of a fresh sandbox."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.slow_sandbox", str(LATENCY_S)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.communicate("")


def test_a_thousand_files_take_less_time_than_the_vendors_command_line(
    tmp_path: Path, decoder: DecoderPool
) -> None:
    bench = Bench(tmp_path, decoder)
    ours, peer = [], []
    for _ in range(ROUNDS):
        with slow_sandbox() as url:
            peer.append(bench.peer(url))
        with slow_sandbox() as url:
            ours.append(bench.ours(url))
    ratio = statistics.median(a[0] / b[0] for a, b in zip(ours, peer, strict=True))
    figures = {
        "files": FILES,
        "latency_ms": LATENCY_S * 1000,
        "ours_s": [round(took, 2) for took, _ in ours],
        "cld_s": [round(took, 2) for took, _ in peer],
        "ratio": round(ratio, 3),
        "ours_peak_mb": round(max(peak for _, peak in ours)),
        "ours_idle_mb": round(bench.idle),
        "cld_peak_mb": round(max(peak for _, peak in peer)),
    }
    sys.stdout.write("\n" + json.dumps(figures) + "\n")
    assert ratio <= AT_MOST
    assert figures["ours_peak_mb"] <= CLD_PEAK_MB + figures["ours_idle_mb"]  # type: ignore[operator]
