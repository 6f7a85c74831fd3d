"""The job table: added once, claimed before it runs, recorded together with what it achieved."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.audit import AuditFilter
from bridge_app.domain.errors import DiskFullError
from bridge_app.domain.jobs import JobRecord, JobState, Trouble, WaitingFor
from bridge_app.storage.audit import AuditTrail
from bridge_app.storage.database import Writer
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.ledger import open_ledger

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
PUSH = "push"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Writer]:
    writer = open_ledger(tmp_path / "ledger.db")
    yield writer
    writer.close()


@pytest.fixture
def jobs(ledger: Writer) -> Jobs:
    return Jobs(ledger)


def push(name: str, *, public_id: str | None = None, kind: str = PUSH) -> NewJob:
    return NewJob(
        kind=kind,
        identity=f"{kind}:{name}",
        batch="batch",
        name=name,
        params={"sha256": f"sha of {name}"},
        environment="studio",
        asset=AssetId(name),
        total=10,
        public_id=public_id,
    )


def copy_at(public_id: str, sha256: str = "sha of a") -> CloudCopy:
    return CloudCopy(
        environment="studio",
        public_id=public_id,
        resource_type="image",
        delivery_type="upload",
        version=1,
        asset_id="x",
        format="jpg",
        etag="e",
        sha256=sha256,
        bytes=10,
        url="https://example.com/x",
    )


def claim(jobs: Jobs, *, limit: int = 9, at: datetime = NOW) -> list[JobRecord]:
    return jobs.exchange([], [PUSH], limit=limit, at=at)


def end(jobs: Jobs, *results: Result, at: datetime = NOW) -> None:
    jobs.exchange(results, [], limit=0, at=at)


def added(jobs: Jobs, *names: str) -> list[int]:
    return jobs.add([push(name) for name in names], at=NOW)


def state(jobs: Jobs, job: int) -> JobState:
    record = jobs.one(job)
    assert record is not None
    return record.state


def test_of_two_unfinished_jobs_with_one_identity_only_the_first_is_kept(jobs: Jobs) -> None:
    (first,) = added(jobs, "a", "a")
    assert added(jobs, "a") == []
    claim(jobs)
    assert added(jobs, "a") == []
    end(jobs, Result(job=first, state=JobState.WAITING, waiting_for=WaitingFor.NETWORK))
    assert added(jobs, "a") == []


@pytest.mark.parametrize("ending", [s for s in JobState if s.is_finished])
def test_a_finished_job_is_no_hindrance_to_another(jobs: Jobs, ending: JobState) -> None:
    (first,) = added(jobs, "a")
    claim(jobs)
    end(jobs, Result(job=first, state=ending))
    (second,) = added(jobs, "a")
    assert second != first


def test_a_job_that_is_not_added_reserves_no_other_place(ledger: Writer, jobs: Jobs) -> None:
    jobs.add([push("a", public_id="first")], at=NOW)
    assert jobs.add([push("a", public_id="second")], at=NOW) == []
    state_there = Deliveries(ledger, now=lambda: NOW).remote_state("studio", frozenset())
    assert state_there.reserved == {AssetId("a"): "first"}


def test_a_claimed_job_is_running_and_counted_before_anybody_runs_it(jobs: Jobs) -> None:
    first, second, third = added(jobs, "a", "b", "c")
    assert [job.id for job in claim(jobs, limit=2)] == [first, second]
    record = jobs.one(first)
    assert record is not None
    assert (record.state, record.attempts) == (JobState.RUNNING, 1)
    assert [job.id for job in claim(jobs)] == [third]
    assert claim(jobs) == []


def test_only_the_kinds_asked_for_are_claimed(jobs: Jobs) -> None:
    jobs.add([push("a", kind="take_in"), push("b")], at=NOW)
    assert [job.name for job in claim(jobs)] == ["b"]


def test_an_uncounted_run_gives_its_attempt_back(jobs: Jobs) -> None:
    (job,) = added(jobs, "a")
    for counted, attempts in ((True, 1), (False, 1), (True, 2)):
        claim(jobs)
        end(jobs, Result(job=job, state=JobState.QUEUED, counted=counted))
        record = jobs.one(job)
        assert record is not None
        assert record.attempts == attempts


def test_after_a_crash_what_ran_is_queued_again(tmp_path: Path) -> None:
    before = open_ledger(tmp_path / "crashed.db")
    (job,) = added(Jobs(before), "a")
    claim(Jobs(before))
    before.close()
    after = open_ledger(tmp_path / "crashed.db")
    Jobs(after).revive(at=NOW)
    assert [record.id for record in claim(Jobs(after))] == [job]
    after.close()


def test_a_waiting_job_is_claimed_at_its_time_and_after_those_that_are_queued(jobs: Jobs) -> None:
    late, soon, queued = added(jobs, "late", "soon", "queued")
    claim(jobs, limit=2)
    for job, seconds in ((late, 60), (soon, 30)):
        until = (NOW + timedelta(seconds=seconds)).isoformat()
        reason = WaitingFor.NEXT_TRY
        end(
            jobs,
            Result(job=job, state=JobState.WAITING, waiting_for=reason, waiting_until=until),
        )
    due = NOW + timedelta(seconds=30)
    assert jobs.next_wake([PUSH], after=NOW) == due.isoformat()
    assert jobs.next_wake([PUSH], after=due) == (NOW + timedelta(seconds=60)).isoformat()
    assert jobs.next_wake(["take_in"], after=NOW) is None
    at = NOW + timedelta(seconds=30, microseconds=1)
    assert [job.id for job in claim(jobs, limit=1, at=at)] == [queued]
    assert [job.id for job in claim(jobs, at=at)] == [soon]
    assert [job.id for job in claim(jobs, at=NOW + timedelta(hours=1))] == [late]
    record = jobs.one(late)
    assert record is not None
    assert (record.waiting_for, record.waiting_until) == (None, None)


def test_without_a_time_a_job_waits_until_it_is_released(jobs: Jobs) -> None:
    offline, wanting = added(jobs, "a", "b")
    claim(jobs)
    end(
        jobs,
        Result(job=offline, state=JobState.WAITING, waiting_for=WaitingFor.NETWORK),
        Result(job=wanting, state=JobState.WAITING, waiting_for=WaitingFor.ACCOUNT),
    )
    assert claim(jobs, at=NOW + timedelta(days=9)) == []
    assert jobs.waits_for_account()
    jobs.release([WaitingFor.NETWORK], at=NOW)
    assert [job.id for job in claim(jobs)] == [offline]
    assert state(jobs, wanting) is JobState.WAITING


def test_held_pushes_say_what_they_wait_for_and_others_go_on(jobs: Jobs) -> None:
    jobs.add([push("a"), push("t", kind="take_in")], at=NOW)
    jobs.hold(WaitingFor.NETWORK, at=NOW)
    assert jobs.waiting_for(PUSH) == (WaitingFor.NETWORK, None)
    assert jobs.waiting_for("take_in") is None
    assert claim(jobs) == []
    assert len(jobs.exchange([], ["take_in"], limit=9, at=NOW)) == 1


def test_cancelling_spares_what_runs(jobs: Jobs) -> None:
    running, queued = added(jobs, "a", "b")
    claim(jobs, limit=1)
    jobs.cancel([running, queued], at=NOW)
    assert (state(jobs, running), state(jobs, queued)) == (JobState.RUNNING, JobState.CANCELLED)


def test_a_failed_job_is_tried_again_unless_its_like_is_under_way(jobs: Jobs) -> None:
    (failed,) = added(jobs, "a")
    claim(jobs)
    trouble = Trouble(kind="FileTroubleError", text="{path} is bad", facts={"path": "/x"})
    end(jobs, Result(job=failed, state=JobState.FAILED, error=trouble))
    record = jobs.one(failed)
    assert record is not None
    assert record.error == trouble
    (other,) = added(jobs, "a")
    assert jobs.retry([failed], at=NOW) == []
    jobs.cancel([other], at=NOW)
    assert jobs.retry([failed, other], at=NOW) == [failed]
    record = jobs.one(failed)
    assert record is not None
    assert (record.state, record.error) == (JobState.QUEUED, None)


def test_retrying_hurries_a_next_try_but_no_rate_limit(jobs: Jobs) -> None:
    hurried, patient = added(jobs, "a", "b")
    claim(jobs)
    until = (NOW + timedelta(hours=1)).isoformat()
    for job, reason in ((hurried, WaitingFor.NEXT_TRY), (patient, WaitingFor.RATE_LIMIT)):
        end(
            jobs,
            Result(job=job, state=JobState.WAITING, waiting_for=reason, waiting_until=until),
        )
    jobs.retry([hurried, patient], at=NOW)
    assert [job.id for job in claim(jobs)] == [hurried]


@contextmanager
def full_disk(ledger: Writer) -> Iterator[None]:
    """No more pages for the ledger, for as long as this lasts."""
    with ledger.reading() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    with ledger.reading() as connection:
        connection.execute("PRAGMA max_page_count = 100000")


def test_a_result_its_delivery_and_the_moved_place_are_one_transaction(
    ledger: Writer, jobs: Jobs
) -> None:
    jobs.add([push("a", public_id="wished"), push("b")], at=NOW)
    first, second = claim(jobs)
    done = Result(job=first.id, state=JobState.DONE, copy=copy_at("elsewhere"))
    huge = Result(job=second.id, state=JobState.DONE, result={"x": "y" * 500_000})
    with full_disk(ledger), pytest.raises(DiskFullError):
        end(jobs, done, huge)
    there = Deliveries(ledger, now=lambda: NOW).remote_state("studio", frozenset())
    assert (there.copies, there.reserved) == ({}, {AssetId("a"): "wished"})
    assert state(jobs, first.id) is JobState.RUNNING
    end(jobs, done, huge)
    there = Deliveries(ledger, now=lambda: NOW).remote_state("studio", frozenset())
    assert there.placed == {AssetId("a"): copy_at("elsewhere")}
    assert there.copies == {"sha of a": copy_at("elsewhere")}
    assert state(jobs, first.id) is JobState.DONE


def test_a_new_copy_at_a_public_id_takes_the_place_of_the_old_one(
    ledger: Writer, jobs: Jobs
) -> None:
    first, second = added(jobs, "a", "b")
    claim(jobs)
    end(jobs, Result(job=first, state=JobState.DONE, copy=copy_at("x", "old")))
    end(jobs, Result(job=second, state=JobState.DONE, copy=copy_at("x", "new")))
    assert Deliveries(ledger, now=lambda: NOW).remote_state(
        "studio", frozenset()
    ).copies.keys() == {"new"}


def test_the_result_of_a_job_that_no_longer_runs_changes_no_state(jobs: Jobs) -> None:
    (job,) = added(jobs, "a")
    jobs.cancel([job], at=NOW)
    end(jobs, Result(job=job, state=JobState.FAILED))
    assert state(jobs, job) is JobState.CANCELLED


def test_clearing_drops_the_finished_and_keeps_what_they_delivered(
    ledger: Writer, jobs: Jobs
) -> None:
    done, left = added(jobs, "a", "b")
    claim(jobs, limit=1)
    end(jobs, Result(job=done, state=JobState.DONE, copy=copy_at("x")))
    jobs.clear_finished(PUSH)
    assert [job.id for job in jobs.recent([PUSH], limit=9)] == [left]
    assert jobs.unfinished(PUSH) == [left]
    assert Deliveries(ledger, now=lambda: NOW).remote_state(
        "studio", frozenset()
    ).copies.keys() == {"sha of a"}


def test_a_list_shows_running_ones_then_unfinished_ones_then_the_newest(jobs: Jobs) -> None:
    ids = added(jobs, "done", "failed", "running", "queued")
    claim(jobs, limit=3)
    end(jobs, *(Result(job=job, state=JobState.DONE) for job in ids[:2]))
    shown = [job.name for job in jobs.recent([PUSH], limit=9)]
    assert shown == ["running", "queued", "failed", "done"]
    assert jobs.queued_pushes("studio") == {
        (AssetId("running"), "sha of running"),
        (AssetId("queued"), "sha of queued"),
    }


def test_pushes_of_both_kinds_are_held_counted_and_known_together(jobs: Jobs) -> None:
    master = NewJob(
        kind="push_reference",
        identity="m",
        batch="batch",
        name="m",
        params={"content": "version of m"},
        environment="studio",
        asset=AssetId("m"),
        total=5,
    )
    jobs.add([push("a"), master, push("other", kind="edit")], at=NOW)
    kinds = (PUSH, "push_reference")
    assert len(jobs.unfinished(*kinds)) == 2
    assert jobs.totals(*kinds, since=NOW.isoformat())[JobState.QUEUED] == (2, 0, 15)
    assert jobs.queued_pushes("studio") == {
        (AssetId("a"), "sha of a"),
        (AssetId("m"), "version of m"),
    }
    assert jobs.is_unfinished("studio", [AssetId("m")])
    assert [job.name for job in jobs.newest_pushes("studio", [AssetId("m")])] == ["m"]
    jobs.hold(WaitingFor.NETWORK, at=NOW)
    assert jobs.waiting_for(*kinds) == (WaitingFor.NETWORK, None)
    assert jobs.waiting_for("edit") is None


def test_a_wave_of_pushes_is_told_in_its_order_on_a_trail_without_a_gap(
    ledger: Writer, jobs: Jobs
) -> None:
    trail = AuditTrail(ledger)
    names = ("a", "b", "c")
    numbers = added(jobs, *names)
    claim(jobs)
    sent = [
        Result(job=number, state=JobState.DONE, copy=copy_at(name, f"sha of {name}"))
        for number, name in zip(numbers, names, strict=True)
    ]
    end(jobs, *sent)
    told = list(trail.oldest_first(AuditFilter()))
    assert [(one.entry.asset, one.entry.content) for one in told] == [
        (name, f"sha of {name}") for name in names
    ]
    assert trail.check().findings == ()


def test_of_two_copies_at_one_place_in_a_wave_the_later_one_is_known(
    ledger: Writer, jobs: Jobs
) -> None:
    first, second = added(jobs, "a", "b")
    claim(jobs)
    end(
        jobs,
        Result(job=first, state=JobState.DONE, copy=copy_at("p", "sha of a")),
        Result(job=second, state=JobState.DONE, copy=copy_at("p", "sha of b")),
    )
    (known,) = Deliveries(ledger, now=lambda: NOW).copies("studio")
    assert (known.public_id, known.sha256) == ("p", "sha of b")
