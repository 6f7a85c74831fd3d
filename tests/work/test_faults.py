"""What the network and the service do to a push; in the end every file is there exactly once."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bridge_app.domain.jobs import JobState
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret, choose_store
from tests.desk import ACCOUNT, Desk, picture, states

UPLOAD = "/upload"
FILES = 50
PASSPHRASE = "correct horse"
SEEDS_IN_CI = range(4)
SEEDS_TO_SOAK = range(100, 150)


def prepared(desk: Desk, files: int) -> None:
    for number in range(files):
        picture(desk.folder / f"{number:02}.jpg", seed=number)
    desk.library()
    desk.approve()


def everything_is_there_once(desk: Desk, sandbox: Sandbox) -> bool:
    stored = sandbox.stored(ACCOUNT.cloud_name)
    wanted = sorted(asset.sha256 or "" for asset in desk.assets())
    return sorted(asset.sha256 for asset in stored) == wanted and all(
        asset.uploads == 1 for asset in stored
    )


def test_a_lost_reply_after_the_effect_does_not_send_twice(desk: Desk, sandbox: Sandbox) -> None:
    prepared(desk, 5)
    sandbox.faults.lose_reply(times=3, path_contains=UPLOAD)
    jobs = desk.push()
    assert states(jobs) == {JobState.DONE}
    assert everything_is_there_once(desk, sandbox)
    assert sandbox.faults.pending == 0


@pytest.mark.parametrize("status", [420, 429])
def test_a_storm_of_refusals_is_waited_out(desk: Desk, sandbox: Sandbox, status: int) -> None:
    prepared(desk, 12)
    sandbox.faults.answer(
        status=status, times=30, headers={"Retry-After": "0"}, path_contains=UPLOAD
    )
    assert states(desk.push()) == {JobState.DONE}
    assert everything_is_there_once(desk, sandbox)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_faults_of_the_service_are_tried_again(desk: Desk, sandbox: Sandbox, status: int) -> None:
    prepared(desk, 3)
    sandbox.faults.answer(status=status, times=4, path_contains=UPLOAD)
    assert states(desk.push()) == {JobState.DONE}
    assert everything_is_there_once(desk, sandbox)


def test_a_connection_that_breaks_on_the_way_is_tried_again(desk: Desk, sandbox: Sandbox) -> None:
    prepared(desk, 3)
    sandbox.faults.reset_after(received_bytes=500, times=4, path_contains=UPLOAD)
    assert states(desk.push()) == {JobState.DONE}
    assert everything_is_there_once(desk, sandbox)


class Killed:
    """A prepared profile that a process works on, is killed in the middle of, and goes on with."""

    def __init__(self, home: Path, decoder: DecoderPool) -> None:
        self._decoder = decoder
        self._sandbox = Sandbox(accounts=(ACCOUNT,), decoder=decoder)
        self._desk = Desk(home, sandbox=self._sandbox, decoder=decoder)
        self._desk.open()
        prepared(self._desk, FILES)
        self.wanted = sorted(asset.sha256 or "" for asset in self._desk.assets())
        self._desk.close()
        profile = home / "profile"
        store = choose_store(profile=profile, passphrase=Secret(PASSPHRASE))
        store.put(ACCOUNT.cloud_name, Secret(ACCOUNT.api_secret))
        self._profile = home / "template"
        profile.rename(self._profile)

    def run(self, seed: int, folder: Path) -> None:
        """Push, kill the process after a random number of arrivals, push again, and compare."""
        rng = random.Random(seed)  # noqa: S311 - a reproducible history
        profile = folder / "profile"
        shutil.copytree(self._profile, profile)
        port = int(self._sandbox.url.rpartition(":")[2])
        sandbox = Sandbox(accounts=(ACCOUNT,), decoder=self._decoder, state=folder / "s", port=port)
        sandbox.faults.latency_s = rng.choice([0.0, 0.02, 0.05])
        sandbox.start()
        try:
            for _ in range(rng.randint(1, 3)):
                self._killed_after(sandbox, profile, rng.randint(0, FILES - 1), rng.random() / 50)
            if rng.random() < 0.5:
                sandbox.faults.lose_reply(times=2, path_contains=UPLOAD)
            ended = self._process(profile)
            out, err = ended.communicate(timeout=90)
            assert ended.returncode == 0, (out, err)
            stored = sandbox.stored(ACCOUNT.cloud_name)
        finally:
            sandbox.stop()
        assert sorted(asset.sha256 for asset in stored) == self.wanted
        assert {asset.uploads for asset in stored} == {1}
        shutil.rmtree(folder)

    def _killed_after(
        self, sandbox: Sandbox, profile: Path, arrivals: int, moment_s: float
    ) -> None:
        process = self._process(profile)
        pause = threading.Event()
        while process.poll() is None and len(sandbox.stored(ACCOUNT.cloud_name)) < arrivals:
            pause.wait(0.002)
        pause.wait(moment_s)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    def _process(self, profile: Path) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "bridge_app", "push", "--approved", "--wait", "--json"],
            env={
                **os.environ,
                "ASSET_BRIDGE_HOME": str(profile),
                "ASSET_BRIDGE_PASSPHRASE": PASSPHRASE,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory, decoder: DecoderPool) -> Killed:
    return Killed(tmp_path_factory.mktemp("killed"), decoder)


@pytest.mark.parametrize("seed", SEEDS_IN_CI)
def test_a_killed_worker_goes_on_and_delivers_each_file_once(
    killed: Killed, seed: int, tmp_path: Path
) -> None:
    killed.run(seed, tmp_path / "run")


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_many_killed_workers_deliver_each_file_once(killed: Killed, tmp_path: Path) -> None:
    for seed in SEEDS_TO_SOAK:
        killed.run(seed, tmp_path / str(seed))
    print(json.dumps({"kills survived, histories": len(SEEDS_TO_SOAK)}))  # noqa: T201
