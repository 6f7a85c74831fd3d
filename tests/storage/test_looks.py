"""Pushes that ended unheard: which ones are looked for, and how what is found is recorded."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.jobs import JobRecord, JobState, Trouble, WaitingFor
from bridge_app.storage.database import Writer
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.looks import CERTAIN, LOOK, FoundPushes

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
SOON = NOW + timedelta(seconds=5)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Writer]:
    writer = open_ledger(tmp_path / "ledger.db")
    yield writer
    writer.close()


@pytest.fixture
def jobs(ledger: Writer) -> Jobs:
    return Jobs(ledger, lambda: "Kim")


def added(jobs: Jobs, name: str = "hero", kind: str = "push") -> int:
    new = NewJob(
        kind=kind,
        identity=f"{kind}:{name}",
        batch="batch",
        name=name,
        params={"sha256": f"sha of {name}"},
        environment="studio",
        asset=AssetId(name),
        public_id=name,
    )
    (number,) = jobs.add([new], at=NOW)
    return number


def ended(
    jobs: Jobs, state: JobState, job: int, *, error: str = "", counted: bool = True
) -> list[JobRecord]:
    """Take the job in hand and end it so; the looks that are there then."""
    jobs.exchange([], ["push", "push_reference", "export"], limit=9, at=SOON)
    trouble = Trouble(kind=error, text="…") if error else None
    jobs.exchange(
        [Result(job=job, state=state, error=trouble, counted=counted)], [], limit=0, at=SOON
    )
    return looks(jobs)


def looks(jobs: Jobs) -> list[JobRecord]:
    return [one for number in jobs.unfinished(LOOK) if (one := jobs.one(number)) is not None]


def test_a_push_that_was_never_taken_in_hand_is_not_looked_for(jobs: Jobs) -> None:
    jobs.cancel([added(jobs)], at=SOON)
    assert looks(jobs) == []


@pytest.mark.parametrize("kind", ["push", "push_reference"])
def test_a_push_that_is_stopped_while_it_runs_is_looked_for(jobs: Jobs, kind: str) -> None:
    job = added(jobs, kind=kind)
    (look,) = ended(jobs, JobState.CANCELLED, job, counted=False)
    assert look.params == {"sha256": "sha of hero", "pushed_as": kind}
    assert (look.environment, look.asset, look.name) == ("studio", "hero", "hero")
    assert look.created_at == SOON.isoformat()


def test_a_run_that_was_given_back_may_have_reached_the_service_all_the_same(jobs: Jobs) -> None:
    job = added(jobs)
    jobs.exchange([], ["push"], limit=1, at=NOW)
    waiting = Result(job=job, state=JobState.WAITING, waiting_for=WaitingFor.NETWORK, counted=False)
    jobs.exchange([waiting], [], limit=0, at=NOW)
    found = jobs.one(job)
    assert found is not None
    assert found.attempts == 0
    jobs.cancel([job], at=SOON)
    assert len(looks(jobs)) == 1


def test_a_push_that_the_crash_of_the_program_left_running_is_looked_for(jobs: Jobs) -> None:
    job = added(jobs)
    jobs.exchange([], ["push"], limit=1, at=NOW)
    jobs.revive(at=NOW)
    jobs.cancel([job], at=SOON)
    assert len(looks(jobs)) == 1


@pytest.mark.parametrize("error", CERTAIN)
def test_a_first_run_that_certainly_sent_nothing_is_not_looked_for(jobs: Jobs, error: str) -> None:
    assert ended(jobs, JobState.FAILED, added(jobs), error=error) == []


@pytest.mark.parametrize("error", ["BridgeError", "WrongBytesArrivedError", ""])
def test_a_run_whose_end_says_nothing_of_its_effect_is_looked_for(jobs: Jobs, error: str) -> None:
    assert len(ended(jobs, JobState.FAILED, added(jobs), error=error)) == 1


def test_a_later_run_that_is_refused_says_nothing_of_the_one_before(jobs: Jobs) -> None:
    job = added(jobs)
    jobs.exchange([], ["push"], limit=1, at=NOW)
    jobs.revive(at=NOW)
    assert len(ended(jobs, JobState.FAILED, job, error="GateRefusalError")) == 1


@pytest.mark.parametrize("state", [JobState.DONE, JobState.QUEUED, JobState.WAITING])
def test_a_push_that_is_not_over_or_went_well_is_not_looked_for(
    jobs: Jobs, state: JobState
) -> None:
    assert ended(jobs, state, added(jobs)) == []


def test_other_jobs_are_not_looked_for(jobs: Jobs) -> None:
    assert ended(jobs, JobState.CANCELLED, added(jobs, kind="export")) == []


def test_cancelling_twice_looks_once(jobs: Jobs) -> None:
    job = added(jobs)
    ended(jobs, JobState.CANCELLED, job, counted=False)
    jobs.cancel([job], at=SOON + timedelta(seconds=1))
    assert len(looks(jobs)) == 1


def test_the_end_of_a_push_and_its_look_are_written_together_or_not_at_all(
    jobs: Jobs, ledger: Writer
) -> None:
    job = added(jobs)
    jobs.exchange([], ["push"], limit=1, at=NOW)
    with ledger.atomic() as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON job BEGIN SELECT RAISE(ROLLBACK, 'full'); END"
        )
    with pytest.raises(sqlite3.IntegrityError, match="full"):
        jobs.exchange([Result(job=job, state=JobState.CANCELLED)], [], limit=0, at=SOON)
    found = jobs.one(job)
    assert found is not None
    assert found.state is JobState.RUNNING


def copy_at(public_id: str, *, version: int = 1, asset_id: str = "x") -> CloudCopy:
    return CloudCopy(
        environment="studio",
        public_id=public_id,
        resource_type="image",
        delivery_type="upload",
        version=version,
        asset_id=asset_id,
        format="jpg",
        etag="e",
        sha256="sha of hero",
        bytes=10,
        url="https://example.com/x",
    )


def place_of(ledger: Writer) -> str:
    with ledger.reading() as connection:
        return str(connection.execute("SELECT public_id FROM placement").fetchone()[0])


def test_what_is_found_is_delivered_from_then_on_and_told_once(jobs: Jobs, ledger: Writer) -> None:
    (look,) = ended(jobs, JobState.CANCELLED, added(jobs), counted=False)
    found = FoundPushes(ledger)
    assert found.record(copy_at("hero-1"), look.id, at=SOON)
    assert not found.record(copy_at("hero-1"), look.id, at=SOON)
    deliveries = Deliveries(ledger, now=lambda: SOON)
    assert deliveries.copies("studio") == [copy_at("hero-1")]
    assert place_of(ledger) == "hero-1"
    with ledger.reading() as connection:
        told = connection.execute("SELECT kind, who, name FROM audit").fetchall()
    assert [tuple(row) for row in told] == [("push", "Kim", "hero")]


def test_a_copy_that_took_its_place_since_stays_recorded(jobs: Jobs, ledger: Writer) -> None:
    (look,) = ended(jobs, JobState.CANCELLED, added(jobs), counted=False)
    deliveries = Deliveries(ledger, now=lambda: SOON)
    deliveries.keep_copy(copy_at("hero", version=7), at=SOON)
    assert not FoundPushes(ledger).record(copy_at("hero", version=6), look.id, at=SOON)
    assert deliveries.copies("studio") == [copy_at("hero", version=7)]


def test_a_newer_copy_at_the_same_place_is_news(jobs: Jobs, ledger: Writer) -> None:
    (look,) = ended(jobs, JobState.CANCELLED, added(jobs), counted=False)
    deliveries = Deliveries(ledger, now=lambda: SOON)
    deliveries.keep_copy(copy_at("hero", version=7, asset_id="old"), at=SOON)
    newer = copy_at("hero", version=7)
    assert FoundPushes(ledger).record(newer, look.id, at=SOON)
    assert FoundPushes(ledger).record(replace(newer, version=8), look.id, at=SOON)
    assert [one.version for one in deliveries.copies("studio")] == [8]


def test_an_asset_whose_delivered_copy_is_known_stays_with_it(jobs: Jobs, ledger: Writer) -> None:
    (look,) = ended(jobs, JobState.CANCELLED, added(jobs), counted=False)
    Deliveries(ledger, now=lambda: SOON).keep_copy(copy_at("hero"), at=SOON)
    FoundPushes(ledger).record(copy_at("elsewhere", asset_id="y"), look.id, at=SOON)
    assert place_of(ledger) == "hero"
