"""Archives and records at the service: killed at random points, whole, and nothing twice."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bridge_app.domain.archive_plan import CopyFate
from bridge_app.libraries.photoshelter import service
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.archives import ArchiveState, StepState
from bridge_app.storage.shelters import WriteBackMode
from bridge_app.work.archive_bag import Bag
from tests.desk import ACCOUNT, Desk
from tests.told_store import ToldStore
from tests.work.campaign import SQUARE, WIDE, Campaign, is_delivered
from tests.work.test_archive import copy_url, folder_of, parents, planned

ROOT = Path(__file__).resolve().parents[2]
CHANCE = random.Random(20_261_121)  # noqa: S311 - where it is killed is no secret
NAMES = ("hero.jpg", "dusk.jpg")
GALLERY, BESIDE = "Spring 2027 · renditions", "Finals · renditions"
WRITES = frozenset({"POST", "PATCH", "PUT", "DELETE"})
PATIENCE_S = 30.0


class Killed(Campaign):
    """A published campaign whose jobs are carried out by processes that are killed."""

    def __init__(self, desk: Desk, sandbox: Sandbox) -> None:
        super().__init__(desk, sandbox)
        self.deaths = 0
        self.store = ToldStore()
        desk.store = self.store

    def writes(self) -> int:
        """How often the service was asked to change something."""
        return sum(one.method in WRITES for one in self.brand.state.log())

    def killed(self, times: int) -> None:
        """Carry out what is queued, and be killed so often, each time a few changes further on."""
        self.desk.parts.close()
        for _ in range(times):
            self._killed_after(CHANCE.randint(1, 3), later_s=CHANCE.random() * 0.05)
        assert self.deaths
        self.desk.parts = self.desk.build()
        self.desk.open()

    def _killed_after(self, changes: int, *, later_s: float) -> None:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.work.worker_child", str(self.desk.home / "profile")],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert child.stdin is not None
        child.stdin.write(json.dumps(self.store.told) + "\n")
        child.stdin.close()
        enough = self.writes() + changes
        pause = threading.Event()
        for _ in range(int(PATIENCE_S / 0.001)):
            if child.poll() is not None or self.writes() >= enough:
                break
            pause.wait(0.001)
        pause.wait(later_s)
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        self.deaths += child.wait() == -signal.SIGKILL


@pytest.fixture
def campaign(
    decoder: DecoderPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Killed]:
    """Two masters with two renditions each, published and recorded nowhere."""
    monkeypatch.setattr(service, "Pacing", partial(Pacing, per_s=10_000.0))
    sandbox = Sandbox(
        accounts=(ACCOUNT,), decoder=decoder, shelter=ShelterSettings(rate_limit=None)
    )
    desk = Desk(tmp_path, sandbox=sandbox, decoder=decoder)
    made = Killed(desk, sandbox)
    made.brand.move_in()
    for name in NAMES:
        made.brand.add(name, iptc={"title": name, "keywords": ["dawn"]})
    sandbox.start()
    desk.open()
    made.connect()
    desk.parts.worker.shelters.set_write_back(made.account, WriteBackMode.OFF)
    made.publish(presets=(SQUARE, WIDE))
    desk.parts.worker.set_work_offline(on=True)
    yield made
    desk.close()
    sandbox.stop()


KILLS = 12


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_an_archive_that_is_killed_again_and_again_is_whole_and_nothing_in_it_twice(
    campaign: Killed,
) -> None:
    url = copy_url(campaign)
    archive = campaign.worker.archive.begin(planned(campaign))
    campaign.killed(KILLS)
    desk = campaign.worker.archive
    assert [job.error for job in campaign.desk.finished(archive)] == [None]
    assert {one.state for one in desk.steps(archive)} == {StepState.DONE}
    assert parents(campaign) == ["2027", "_Archive"]
    made = ("2027", "_Archive", GALLERY)
    assert [len(campaign.brand.containers(name)) for name in made] == [1, 1, 1]
    files = campaign.brand.files(GALLERY)
    assert len(files) == len(NAMES) * 2 + 1
    # Sent again after a kill, it is still the same upload; only what says what there is may differ.
    kept = [one for name, one in files.items() if "__archive" not in name]
    assert {len(one.versions) for one in kept} == {1}
    assert [campaign.brand.chosen(name) for name in NAMES] == [{"Archived"}] * 2
    Bag(folder=folder_of(campaign)).check()
    assert not list(folder_of(campaign).rglob("*.part"))
    assert not is_delivered(url)


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("copies", [CopyFate.RESTRICT, CopyFate.REMOVE])
def test_an_archive_that_is_taken_back_after_a_kill_and_killed_again_is_undone(
    campaign: Killed, copies: CopyFate
) -> None:
    archive = campaign.worker.archive.begin(planned(campaign, copies=copies))
    campaign.killed(4)
    campaign.worker.set_work_offline(on=True)
    campaign.worker.archive.undo(archive)
    campaign.killed(6)
    campaign.desk.finished(archive)
    (record,) = campaign.worker.archive.archives()
    assert record.state is ArchiveState.UNDONE
    assert parents(campaign) == []
    assert campaign.brand.state.container(campaign.brand.campaign).mode == "permission"
    assert not any("Archived" in campaign.brand.chosen(name) for name in NAMES)


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_a_record_that_is_killed_again_and_again_is_written_once(
    campaign: Killed,
) -> None:
    worker = campaign.worker
    worker.shelters.set_write_back(campaign.account, WriteBackMode.FILE)
    worker.write_back.queue([campaign.asset(name).id for name in NAMES])
    campaign.killed(KILLS)
    campaign.recorded()
    assert len(campaign.brand.containers(BESIDE)) == 1
    files = campaign.brand.files(BESIDE)
    stems = [name.partition(".")[0] for name in NAMES]
    assert sorted(files) == sorted(
        f"{stem}__{what}"
        for stem in stems
        for what in ("renditions.json", "square.jpg", "wide.png")
    )
    assert {len(one.versions) for one in files.values()} == {1}
    for stem in stems:
        told = campaign.brand.document(BESIDE, f"{stem}__renditions.json")
        assert [one["name"] for one in told["renditions"]] == ["square", "wide"]
        assert campaign.brand.keywords(f"{stem}.jpg").count("rendered:cloudinary") == 1
