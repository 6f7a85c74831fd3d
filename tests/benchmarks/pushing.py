"""What the benchmarks of pushes share: prepared profiles, processes that are measured, a sandbox.

Ours and the peer send the same files to fresh sandboxes, in turn, each in a process of its own
that is measured from its start to its end.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bridge_app.delivery.accounts import NewAccount
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.secrets import Secret, choose_store
from tests.desk import ACCOUNT, Desk

PASSPHRASE = "bench"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """Wall seconds of a process, and its own peak resident set in MB."""

    wall_s: float
    peak_mb: float


class Bench:
    """A prepared profile with approved files in one folder, and the peer's view of the folder."""

    def __init__(self, home: Path, decoder: DecoderPool) -> None:
        self.home = home
        self._desk = Desk(home, sandbox=None, decoder=decoder)
        self.files = self._desk.folder

    def pictures(self, count: int, size: int) -> None:
        """Make `count` JPEG files of `size` bytes, the same each time."""
        rng = random.Random(1)  # noqa: S311 - the same files each time
        picture = self.home / "base.jpg"
        Image.new("RGB", (64, 64), (90, 120, 200)).save(picture)
        base = picture.read_bytes()
        for number in range(count):
            padding = rng.randbytes(size - len(base))
            (self.files / f"picture-{number:04}.jpg").write_bytes(base + padding)

    def prepare(self) -> None:
        """Read and approve everything."""
        self._desk.open()
        self._desk.library()
        self._desk.approve()
        self._desk.close()

    def ours(self, url: str) -> Took:
        """`asset-bridge push --approved --wait`."""
        return self.pushed(self.profile_for(url))

    def idle(self, url: str) -> Took:
        """The same when there is nothing to send, after `ours`."""
        del url
        return self.pushed(self.home / "run")

    def profile_for(self, url: str) -> Path:
        """A copy of the prepared profile whose account is the sandbox at `url`."""
        profile = self.home / "run"
        shutil.rmtree(profile, ignore_errors=True)
        shutil.copytree(self.home / "profile", profile)
        new = NewAccount(
            cloud_name=ACCOUNT.cloud_name,
            api_key=ACCOUNT.api_key,
            secret=Secret(ACCOUNT.api_secret),
            upload_prefix=url,
            cname=url.removeprefix("http://"),
        )
        parts = self._desk.build(
            profile, choose_store(profile=profile, passphrase=Secret(PASSPHRASE))
        )
        parts.environments.keep(new)
        parts.close()
        return profile

    def pushed(self, profile: Path) -> Took:
        """Push what is approved in a profile."""
        environment = {
            **os.environ,
            "ASSET_BRIDGE_HOME": str(profile),
            "ASSET_BRIDGE_PASSPHRASE": PASSPHRASE,
        }
        command = [sys.executable, "-m", "bridge_app", "push", "--approved", "--wait", "--json"]
        return measured(command, environment, ROOT)

    def cld_upload_dir(self, url: str) -> Took:
        """The vendor's command line at its defaults."""
        command = [str(Path(sys.executable).with_name("cld")), "upload_dir", str(self.files)]
        return measured(command, self._vendors(url), self.home)

    def sdk_upload_large(self, url: str, file: Path) -> Took:
        """The SDK's own way with large files."""
        script = "import sys; from cloudinary import uploader; uploader.upload_large(sys.argv[1])"
        command = [sys.executable, "-c", script, str(file)]
        return measured(command, self._vendors(url), self.home)

    def _vendors(self, url: str) -> dict[str, str]:
        return {
            **os.environ,
            "CLOUDINARY_CLOUD_NAME": ACCOUNT.cloud_name,
            "CLOUDINARY_API_KEY": ACCOUNT.api_key,
            "CLOUDINARY_API_SECRET": ACCOUNT.api_secret,
            "CLOUDINARY_UPLOAD_PREFIX": url,
            "CLOUDINARY_CNAME": url.removeprefix("http://"),
            "CLOUDINARY_SECURE": "false",
            "CLOUDINARY_HOME": str(self.home / "cld"),
        }


def measured(command: list[str], environment: dict[str, str], folder: Path) -> Took:
    """Run a process to its end.

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
    return Took(wall_s=took, peak_mb=peak_kb / 1024)


SANDBOX = "slow_sandbox"
LEAN = "lean_service"


@contextmanager
def slow_sandbox(latency_s: float, kind: str = SANDBOX) -> Iterator[str]:
    """The address of a fresh service that is so far away: the sandbox, or the lean one."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.benchmarks.{kind}", str(latency_s)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.communicate("")


def tell(figures: dict[str, object]) -> None:
    """Print the figures of a benchmark on one line."""
    sys.stdout.write("\n" + json.dumps(figures) + "\n")
