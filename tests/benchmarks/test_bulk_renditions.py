"""A thousand renditions into a folder: the whole way, against the decoders alone."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import pytest
from PIL import Image

from bridge_app.cli.session import wait_until
from bridge_app.domain.jobs import JobState
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.rendition_jobs import RenditionItem
from tests.desk import Desk, states

MASTERS = 40
PRESETS = tuple(
    RenditionPreset(
        name=f"p{width}",
        title="",
        transformation=f"c_fill,g_center,h_{width * 2 // 3},w_{width}/q_80",
        format="jpg",
    )
    for width in range(300, 1300, 40)
)
RENDITIONS = MASTERS * len(PRESETS)
SHARE = 0.9
"""Of the speed of two decoders that are never left without work."""
LARGEST_RSS = 600_000_000

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]


@pytest.fixture
def own_decoder() -> Iterator[DecoderPool]:
    with DecoderPool(size=2) as pool:
        yield pool


@pytest.fixture
def stocked(own_decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, sandbox=None, decoder=own_decoder)
    random = numpy.random.default_rng(7)
    for number in range(MASTERS):
        small = random.integers(0, 255, (40, 60, 3), dtype=numpy.uint8)
        picture = Image.fromarray(small).resize((3000, 2000), Image.Resampling.BICUBIC)
        picture.save(made.folder / f"{number}.jpg", quality=88)
    made.open()
    made.library()
    yield made
    made.close()


def decoders_alone(pool: DecoderPool, wanted: list[tuple[Path, str]]) -> float:
    """Seconds that two decoders take which are never left without work."""
    before = time.perf_counter()
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda one: len(pool.render(*one).data), wanted))
    return time.perf_counter() - before


def resident(pids: list[int]) -> int:
    """The most that these processes had in memory, in bytes, together."""
    total = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        total += next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    return total


def test_a_thousand_renditions_keep_both_decoders_busy(
    stocked: Desk, own_decoder: DecoderPool, tmp_path: Path
) -> None:
    items = [
        RenditionItem(
            preset=preset.name,
            channel="",
            market="",
            language="",
            transformation=preset.transformation,
            format=preset.format,
        )
        for preset in PRESETS
    ]
    wanted = [
        (stocked.folder / asset.path, item.to_render)
        for asset in stocked.assets()
        for item in items
    ]
    assert len(wanted) == RENDITIONS == 1000
    floor_s = decoders_alone(own_decoder, wanted[::2])

    desk = stocked.parts.worker.renditions
    wish = RenditionWish(presets=PRESETS, folder=str(tmp_path / "out"))
    before = time.perf_counter()
    batch = desk.carry_out(desk.plan([asset.id for asset in stocked.assets()], wish))
    jobs = stocked.parts.worker
    wait_until(lambda: not stocked.parts.stock.jobs.is_open(batch))
    ours_s = time.perf_counter() - before
    # Half before and half after, so that a machine that gets busier is the same for both.
    floor_s += decoders_alone(own_decoder, wanted[1::2])

    assert states(jobs.batch(batch)) == {JobState.DONE}
    assert len(list((tmp_path / "out").iterdir())) == RENDITIONS
    memory = resident([os.getpid(), *own_decoder.pids])
    print(  # noqa: T201 - a benchmark tells its figures
        f"{RENDITIONS} renditions: {ours_s:.1f} s, decoders alone {floor_s:.1f} s, "
        f"share {floor_s / ours_s:.2f}, {memory / 1e6:.0f} MB"
    )
    assert floor_s / ours_s >= SHARE
    assert memory < LARGEST_RSS
