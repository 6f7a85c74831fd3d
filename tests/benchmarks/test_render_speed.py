"""Renditions against libvips alone: one of a 24 MP photograph, and a thousand in bulk."""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.transform import parse, render

ROUNDS = 9
MOST = 1.3
RENDITIONS = 1000
LEAST_BUSY = 0.9
MOST_RSS = 600 << 20
CHAIN = "c_fill,g_auto,w_1200,h_630/f_jpg/q_auto"
BULK = ("c_fill,g_auto,w_600,h_315/f_jpg/q_auto", "c_limit,w_400/f_webp/q_auto:eco")

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]


@pytest.fixture
def photograph(corpus: Path) -> Path:
    return corpus / "photos" / "craft-beer.jpg"  # 6000 × 4000


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


def used_s(work: Callable[[], object]) -> float:
    """Processor time, of programs that are started too: what other work on the machine leaves."""
    before = _used_s(())
    for _ in range(3):
        work()
    return _used_s(()) - before


def test_a_share_picture_of_24_megapixels_costs_little_more_than_libvips_alone(
    photograph: Path, vipsthumbnail: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.jpg"
    options = ["--size", "1200x630", "--smartcrop", "attention", "-o", f"{out}[optimize_coding]"]

    def by_command() -> None:
        subprocess.run([vipsthumbnail, *options, str(photograph)], check=True)

    def by_render() -> None:
        rendered = render(photograph, parse(CHAIN))
        assert (rendered.width, rendered.height, rendered.format) == (1200, 630, "jpg")

    cold_s = seconds(by_render)
    used = {"vipsthumbnail": used_s(by_command), "render": used_s(by_render)}
    runs: dict[str, list[float]] = {"vipsthumbnail": [], "render": []}
    for _ in range(ROUNDS):
        runs["vipsthumbnail"].append(seconds(by_command))
        runs["render"].append(seconds(by_render))
    median = {name: statistics.median(times) for name, times in runs.items()}
    ratio = statistics.median(
        ours / theirs for ours, theirs in zip(runs["render"], runs["vipsthumbnail"], strict=True)
    )
    size_kb = len(render(photograph, parse(CHAIN)).data) / 1000
    sys.stdout.write(
        f"\n24 MP to 1200×630, {CHAIN}, median of {ROUNDS} pairs:"
        f"\n  vipsthumbnail  {median['vipsthumbnail'] * 1000:6.0f} ms,"
        f" {out.stat().st_size / 1000:.0f} KB"
        f"\n  render         {median['render'] * 1000:6.0f} ms, {size_kb:.0f} KB,"
        f" {ratio:.2f} × (at most {MOST} wanted); the first {cold_s * 1000:.0f} ms"
        f"\n  processor time {used['render'] / used['vipsthumbnail']:.2f} ×\n"
    )
    assert ratio <= MOST


def test_a_thousand_renditions_keep_both_cores_busy_in_little_memory(
    corpus: Path,
) -> None:
    masters = [
        path
        for path in sorted((corpus / "photos").iterdir())
        if path.suffix in {".jpg", ".jpeg"} and path.stat().st_size > 300_000
    ]
    wanted = [
        (masters[index % len(masters)], BULK[index // len(masters) % len(BULK)])
        for index in range(RENDITIONS)
    ]
    with DecoderPool(size=2) as pool, ThreadPoolExecutor(4) as callers:
        before_s, start = _used_s(()), time.perf_counter()
        peak = 0
        pids: set[int] = set()
        for index, made in enumerate(
            callers.map(lambda one: pool.render(one[0], one[1]), wanted), start=1
        ):
            assert made.data
            if index % 20 == 0:
                pids |= set(pool.pids)
                peak = max(peak, _rss(pool.pids))
        wall_s = time.perf_counter() - start
        used_s = _used_s(pool.pids) - before_s
    busy = used_s / wall_s / 2
    sys.stdout.write(
        f"\n{RENDITIONS} renditions of {len(masters)} photographs: {RENDITIONS / wall_s:.1f} a"
        f" second, both cores busy {busy:.0%} (at least {LEAST_BUSY:.0%} wanted),"
        f" {peak / 2**20:.0f} MB at most (below {MOST_RSS / 2**20:.0f} wanted),"
        f" {len(pids)} children\n"
    )
    assert peak < MOST_RSS
    assert busy >= LEAST_BUSY


def _rss(pids: tuple[int, ...]) -> int:
    """Of this process and the children together."""
    page = os.sysconf("SC_PAGE_SIZE")
    statm = [Path(f"/proc/{pid}/statm").read_text() for pid in (os.getpid(), *pids)]
    return sum(int(line.split()[1]) for line in statm) * page


def _used_s(pids: tuple[int, ...]) -> float:
    """Processor time of this process, of its children that ended and of those that live."""
    own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    living = sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")
    return sum(usage.ru_utime + usage.ru_stime for usage in own) + living
