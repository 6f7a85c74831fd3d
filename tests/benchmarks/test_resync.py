"""A folder of 10,000 files that were all pushed: looked through and planned again."""

import os
import statistics
import threading
import time
from pathlib import Path

import pytest

from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.jobs import JobState
from bridge_app.domain.push_plan import PushAction, PushTarget
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.jobs import NewJob, Result
from tests.benchmarks.pushing import tell
from tests.desk import ACCOUNT, Desk

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

FILES = 10_000
FOLDERS = 100
ROUNDS = 5
AT_MOST = 2.0


@pytest.fixture
def pushed(sandbox: Sandbox, decoder: DecoderPool, tmp_path: Path) -> Desk:
    """A desk whose files are all known to be delivered."""
    desk = Desk(tmp_path, sandbox=sandbox, decoder=decoder)
    for number in range(FILES):
        folder = desk.folder / f"{number % FOLDERS:03}"
        folder.mkdir(exist_ok=True)
        (folder / f"notes-{number:05}.txt").write_text(f"notes {number}")
    desk.open()
    library = desk.parts.worker.add_library(desk.folder)
    look_through(desk, 0.05)
    assert library.location == str(desk.folder)
    desk.approve()
    deliver(desk)
    return desk


def look_through(desk: Desk, pause_s: float) -> None:
    """Wait until the look is over."""
    pause = threading.Event()
    while desk.parts.worker.is_scanning():
        pause.wait(pause_s)


def deliver(desk: Desk) -> None:
    """Record a delivered copy of every asset, as a push would have."""
    jobs, now = desk.parts.stock.jobs, desk.clock()
    assets = desk.assets()
    new = [
        NewJob(
            kind="bench",
            identity=asset.id,
            batch="b",
            name=asset.name,
            params={},
            environment=ACCOUNT.cloud_name,
            asset=asset.id,
            public_id=asset.name,
        )
        for asset in assets
    ]
    jobs.add(new, at=now)
    taken = jobs.exchange([], ["bench"], limit=FILES, at=now)
    by_id = {asset.id: asset for asset in assets}
    results = [
        Result(
            job=job.id,
            state=JobState.DONE,
            copy=CloudCopy(
                environment=ACCOUNT.cloud_name,
                public_id=job.name,
                resource_type="raw",
                delivery_type="upload",
                version=1,
                asset_id=f"{job.id:032x}",
                format="",
                etag="",
                sha256=by_id[job.asset].sha256 or "",  # type: ignore[index]
                bytes=1,
                url="",
            ),
        )
        for job in taken
    ]
    jobs.exchange(results, [], limit=0, at=now)


def walked(folder: Path) -> float:
    """Seconds to walk a folder and stat every file in it."""
    began = time.perf_counter()
    found = [(Path(place) / name).stat() for place, _, names in os.walk(folder) for name in names]
    assert len(found) == FILES
    return time.perf_counter() - began


def test_a_folder_that_is_all_there_costs_a_walk_and_no_request(
    pushed: Desk, sandbox: Sandbox
) -> None:
    worker = pushed.parts.worker
    (library,) = worker.libraries()
    assets = [asset.id for asset in pushed.assets()]
    sandbox.stop()
    began = time.perf_counter()
    worker.plan_push(assets, PushTarget())
    first = time.perf_counter() - began
    looks, plans, walks = [], [], []
    for _ in range(ROUNDS):
        walks.append(walked(pushed.folder))
        began = time.perf_counter()
        worker.scan(library.id)
        look_through(pushed, 0.001)
        looks.append(time.perf_counter() - began)
        began = time.perf_counter()
        plan = worker.plan_push(assets, PushTarget())
        plans.append(time.perf_counter() - began)
        assert plan.count(PushAction.SAME_CONTENT) == FILES
    pushed.close()
    ratio = statistics.median(a / b for a, b in zip(looks, walks, strict=True))
    whole = statistics.median((a + p) / b for a, p, b in zip(looks, plans, walks, strict=True))
    tell(
        {
            "files": FILES,
            "walk_s": [round(took, 3) for took in walks],
            "look_s": [round(took, 3) for took in looks],
            "first_plan_s": round(first, 3),
            "plan_s": [round(took, 3) for took in plans],
            "ratio": round(ratio, 2),
            "ratio_with_plan": round(whole, 2),
        }
    )
    assert whole <= AT_MOST
