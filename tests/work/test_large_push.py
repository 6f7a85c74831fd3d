"""A large file from the queue: killed, offline, sparse, and approved until its last part."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_app.delivery.accounts import NewAccount
from bridge_app.delivery.content import PART
from bridge_app.domain.approvals import Approval
from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret, choose_store
from tests.delivery.parts_service import PartsService
from tests.desk import ACCOUNT, Desk

PASSPHRASE = "correct horse"
PARTS = 4
BYTES = PARTS * PART - 7


@pytest.fixture
def service() -> Iterator[PartsService]:
    made = PartsService()
    yield made
    made.close()


@pytest.fixture
def away(service: PartsService, decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    """A desk with an approved film, whose account is the scripted service."""
    made = Desk(tmp_path, sandbox=None, decoder=decoder)
    made.parts.environments.keep(account(service))
    made.open()
    rng = random.Random(3)  # noqa: S311 - the same film each time
    (made.folder / "film.bin").write_bytes(rng.randbytes(BYTES))
    made.library()
    made.approve()
    yield made
    made.close()


def account(service: PartsService) -> NewAccount:
    return NewAccount(
        cloud_name=ACCOUNT.cloud_name,
        api_key=ACCOUNT.api_key,
        secret=Secret(ACCOUNT.api_secret),
        upload_prefix=service.url,
    )


def is_whole_and_right(desk: Desk, job: JobRecord) -> bool:
    asset = desk.asset("film.bin")
    return job.state is JobState.DONE and asset.cloud is not None and asset.cloud.etag == asset.md5


def test_a_killed_program_sends_at_most_one_part_again(away: Desk, service: PartsService) -> None:
    profile = away.home / "profile"
    away.parts.close()
    store = choose_store(profile=profile, passphrase=Secret(PASSPHRASE))
    store.put(ACCOUNT.cloud_name, Secret(ACCOUNT.api_secret))
    command = [sys.executable, "-m", "bridge_app", "push", "--approved", "--wait", "--json"]
    variables = {"ASSET_BRIDGE_HOME": str(profile), "ASSET_BRIDGE_PASSPHRASE": PASSPHRASE}

    def started() -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command,
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    pause = threading.Event()
    for arrived in (1, 2, 3):
        process = started()
        while process.poll() is None and len(service.story.parts) < arrived:
            pause.wait(0.001)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    last = started()
    out, err = last.communicate(timeout=60)
    assert last.returncode == 0, (out, err)
    starts = [part.start for part in service.story.parts]
    assert sorted(set(starts)) == [number * PART for number in range(PARTS)]
    assert len(starts) <= PARTS + 3
    assert len({part.upload_id for part in service.story.parts}) == 1
    away.parts = away.build()


def test_a_broken_network_uses_up_no_tries_as_long_as_parts_arrive(
    away: Desk, service: PartsService
) -> None:
    def before(number: int) -> None:
        if number % 2 == 0:
            raise ConnectionError

    service.story.before = before
    (job,) = away.push()
    assert is_whole_and_right(away, job)
    assert job.attempts == 1
    assert len(service.story.parts) == PARTS


def test_an_approval_that_is_taken_back_on_the_way_keeps_the_last_part_here(
    away: Desk, service: PartsService
) -> None:
    chosen = [asset.id for asset in away.assets()]

    def before(number: int) -> None:
        if number == PARTS - 1:
            away.parts.worker.decide(chosen, Approval.REJECTED, comment="Wrong cut.")

    service.story.before = before
    (job,) = away.push()
    assert job.error is not None
    assert job.error.kind == "GateRefusalError"
    assert len(service.story.parts) == PARTS - 1


def test_the_last_part_stays_here_when_the_catalog_has_lost_the_asset_on_the_way(
    away: Desk, service: PartsService
) -> None:
    worker = away.parts.worker
    (library,) = worker.libraries()

    def before(number: int) -> None:
        if number == PARTS - 1:
            worker.remove_library(library.id)

    service.story.before = before
    batch = worker.push(away.plan())
    away.until(
        lambda: worker.batch(batch)[0].waiting_for is WaitingFor.SCAN, what="the look at the folder"
    )
    assert len(service.story.parts) == PARTS - 1


def test_a_push_that_was_stopped_goes_on_where_it_was(away: Desk, service: PartsService) -> None:
    worker = away.parts.worker

    def before(number: int) -> None:
        if number == 2:
            worker.pause()

    service.story.before = before
    batch = worker.push(away.plan())
    away.until(lambda: worker.paused, what="the pause")
    away.until(lambda: worker.batch(batch)[0].state is JobState.QUEUED, what="the stop")
    away.clock.forward(timedelta(days=3))
    worker.resume()
    (job,) = away.finished(batch)
    assert is_whole_and_right(away, job)
    starts = [part.start for part in service.story.parts]
    assert len(starts) <= PARTS + 1


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_more_than_five_gigabytes_arrive(desk: Desk, sandbox: Sandbox) -> None:
    with (desk.folder / "film.bin").open("wb") as file:
        file.write(b"film")
        file.truncate(5_500_000_000)
    record = desk.parts.worker.add_library(desk.folder)
    patience = threading.Event()
    while desk.parts.worker.is_scanning():
        patience.wait(0.5)
    assert record.location == str(desk.folder)
    desk.approve()
    batch = desk.parts.worker.push(desk.plan())
    while not all(job.state.is_finished for job in desk.parts.worker.batch(batch)):
        patience.wait(0.5)
    (stored,) = sandbox.stored(ACCOUNT.cloud_name)
    assert stored.bytes == 5_500_000_000
    assert stored.sha256 == desk.asset("film.bin").sha256
