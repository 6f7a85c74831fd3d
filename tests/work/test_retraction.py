"""What was delivered is taken back when its rights or its approval end, and given back after."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from cloudinary import uploader

from bridge_app.delivery.operations import Operations
from bridge_app.domain.approvals import Approval
from bridge_app.domain.cloud import AccessRule, FolderMode
from bridge_app.domain.jobs import JobState, WaitingFor
from bridge_app.domain.policies import Policy
from bridge_app.domain.retractions import RetractionState
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.kinds import RETRACT
from tests.delivery.masters_host import MastersHost
from tests.desk import ACCOUNT, Desk, licensed_picture, picture
from tests.plain_http import plain

CLOUD = ACCOUNT.cloud_name
NOBODY = "http://127.0.0.1:9"


def delivered(desk: Desk, *names: str) -> dict[str, str]:
    """Approved and pushed; the delivery addresses by name."""
    for seed, name in enumerate(names):
        picture(desk.folder / name, seed, size=(40, 30))
    desk.library()
    desk.approve()
    desk.push()
    return addresses(desk)


def addresses(desk: Desk) -> dict[str, str]:
    return {asset.name: asset.cloud.url for asset in desk.assets() if asset.cloud is not None}


def is_open(url: str) -> bool:
    return plain.get(url).status_code == 200


def settled(desk: Desk, name: str, state: RetractionState) -> None:
    """Wait until the record says so of the asset."""

    def holds() -> bool:
        known = desk.parts.worker.retractions.record(CLOUD)
        return any((one.name, one.state) == (name, state) for one in known)

    desk.until(holds, what=f"{name} {state}")


def decide(desk: Desk, approval: Approval, *names: str) -> None:
    chosen = [asset.id for asset in desk.assets() if asset.name in names]
    desk.parts.worker.decide(chosen, approval)


def test_a_rejected_master_is_not_delivered_until_it_is_allowed_again(
    desk: Desk, sandbox: Sandbox
) -> None:
    urls = delivered(desk, "hero.jpg", "other.jpg")
    decide(desk, Approval.REJECTED, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert {name: is_open(url) for name, url in urls.items()} == {
        "hero.jpg": False,
        "other.jpg": True,
    }
    (stored,) = [one for one in sandbox.stored(CLOUD) if one.public_id == "hero"]
    assert [dict(rule) for rule in stored.access_control] == [{"access_type": "token"}]
    decide(desk, Approval.APPROVED, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RESTORED)
    assert is_open(urls["hero.jpg"])
    assert rules(desk, "hero.jpg") == ()
    decide(desk, Approval.REJECTED, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert not is_open(urls["hero.jpg"])


@pytest.mark.parametrize("no", [Approval.REJECTED, Approval.CHANGES_REQUESTED])
def test_a_no_of_one_stage_takes_away_what_is_approved_as_a_whole(desk: Desk, no: Approval) -> None:
    urls = delivered(desk, "hero.jpg", "other.jpg")
    desk.parts.worker.decide([desk.asset("hero.jpg").id], no, stage="legal")
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert {name: is_open(url) for name, url in urls.items()} == {
        "hero.jpg": False,
        "other.jpg": True,
    }
    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.APPROVED, stage="legal")
    settled(desk, "hero.jpg", RetractionState.RESTORED)
    assert is_open(urls["hero.jpg"])


def test_a_stage_that_takes_its_approval_back_takes_the_copy_away_until_it_approves_again(
    desk: Desk,
) -> None:
    url = delivered(desk, "hero.jpg")["hero.jpg"]
    worker, chosen = desk.parts.worker, [desk.asset("hero.jpg").id]
    worker.policies.put([Policy(name="all", stages=("legal",))])
    worker.decide(chosen, Approval.APPROVED, stage="legal")
    assert worker.retractions.plan(CLOUD).steps == ()
    worker.decide(chosen, Approval.DRAFT, stage="legal")
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    worker.decide(chosen, Approval.APPROVED)
    assert worker.retractions.plan(CLOUD).steps == ()
    assert not is_open(url)
    worker.decide(chosen, Approval.APPROVED, stage="legal")
    settled(desk, "hero.jpg", RetractionState.RESTORED)
    assert is_open(url)


def test_the_first_of_the_stages_of_a_new_policy_to_approve_takes_nothing_away(desk: Desk) -> None:
    url = delivered(desk, "hero.jpg")["hero.jpg"]
    worker, chosen = desk.parts.worker, [desk.asset("hero.jpg").id]
    worker.policies.put([Policy(name="all", stages=("brand", "legal"))])
    worker.decide(chosen, Approval.APPROVED, stage="brand")
    assert worker.retractions.plan(CLOUD).steps == ()
    assert is_open(url)


def test_a_right_that_ends_takes_its_delivered_copy_with_it(desk: Desk) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + timedelta(days=3))
    desk.library()
    desk.approve()
    desk.push()
    url = addresses(desk)["hero.jpg"]
    desk.parts.worker.retractions.look()
    assert desk.parts.worker.retractions.plan(CLOUD).steps == ()
    desk.clock.forward(timedelta(days=5))
    desk.parts.worker.retractions.look()
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert not is_open(url)
    (known,) = desk.parts.worker.retractions.record(CLOUD)
    assert [reason.value for reason in known.reasons] == ["rights_ended"]


def test_more_than_a_few_wait_for_a_persons_word(desk: Desk) -> None:
    names = [f"{number}.jpg" for number in range(22)]
    urls = delivered(desk, *names)
    decide(desk, Approval.REJECTED, *names)
    desk.until(lambda: bool(desk.parts.worker.retractions.waiting()), what="the question")
    (plan,) = desk.parts.worker.retractions.waiting()
    assert plan.is_large
    assert {step.name for step in plan.steps} == set(names)
    assert desk.parts.worker.retractions.record(CLOUD) == ()
    batch = desk.parts.worker.retractions.carry_out(plan)
    assert {job.state for job in desk.finished(batch)} == {JobState.DONE}
    assert not any(is_open(url) for url in urls.values())
    desk.until(lambda: desk.parts.worker.retractions.waiting() == (), what="the answer")


def test_what_somebody_else_put_in_its_place_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    urls = delivered(desk, "hero.jpg")
    other = picture(tmp_path / "other.jpg", seed=77)
    replaced(desk, other, "hero")
    decide(desk, Approval.REJECTED, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.LEFT_ALONE)
    assert is_open(urls["hero.jpg"])
    desk.parts.worker.retractions.look()
    assert desk.parts.worker.retractions.plan(CLOUD).steps == ()


def test_what_cannot_be_taken_away_is_one_job_however_often_it_is_tried(
    desk: Desk, sandbox: Sandbox
) -> None:
    urls = delivered(desk, "hero.jpg")
    sandbox.faults.answer(status=403, times=3, path_contains="/explicit")
    decide(desk, Approval.REJECTED, "hero.jpg")
    jobs, tries = desk.parts.stock.jobs, []
    for left in (2, 1, 0):
        desk.until(lambda left=left: sandbox.faults.pending == left, what="a try")  # type: ignore[misc]
        desk.until(lambda: bool(jobs.in_state(RETRACT, JobState.FAILED)), what="its end")
        tries += jobs.in_state(RETRACT, JobState.FAILED)
        desk.clock.forward(timedelta(minutes=16))
        desk.parts.worker.retractions.look()
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert not is_open(urls["hero.jpg"])
    assert len(set(tries)) == 1
    assert jobs.in_state(RETRACT, JobState.FAILED) == []


def test_rules_that_somebody_set_after_a_retraction_stay_when_it_is_restored(desk: Desk) -> None:
    delivered(desk, "hero.jpg")
    decide(desk, Approval.REJECTED, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    theirs = (AccessRule(access_type="anonymous", end="2031-01-01T00:00:00Z"),)
    operations = Operations(desk.parts.environments.credentials(CLOUD))
    asset = desk.asset("hero.jpg")
    assert asset.cloud is not None
    kept = operations.now(asset.cloud.asset_id, FolderMode.DYNAMIC)
    assert kept is not None
    operations.set_access(kept.asset, theirs)
    decide(desk, Approval.APPROVED, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RESTORED)
    assert rules(desk, "hero.jpg") == theirs


def test_a_lost_reply_and_a_new_start_end_with_the_rules_it_had_remembered(
    desk: Desk, sandbox: Sandbox
) -> None:
    urls = delivered(desk, "hero.jpg")
    sandbox.faults.lose_reply(times=1, path_contains="/explicit")
    decide(desk, Approval.REJECTED, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert not is_open(urls["hero.jpg"])
    desk.reopen()
    decide(desk, Approval.APPROVED, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RESTORED)
    assert rules(desk, "hero.jpg") == ()


def test_a_lost_reply_while_it_is_given_back_is_not_taken_for_locked(
    desk: Desk, sandbox: Sandbox
) -> None:
    urls = delivered(desk, "hero.jpg")
    decide(desk, Approval.REJECTED, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    sandbox.faults.lose_reply(times=1, path_contains="/explicit")
    decide(desk, Approval.APPROVED, "hero.jpg")
    desk.until(lambda: is_open(urls["hero.jpg"]), what="the opening")
    decide(desk, Approval.REJECTED, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert not is_open(urls["hero.jpg"])


def test_a_copy_that_is_still_delivered_on_the_way_is_asked_for_until_it_is_not(
    decoder: DecoderPool, tmp_path: Path
) -> None:
    cdn = MastersHost()
    sandbox = Sandbox(accounts=(ACCOUNT,), decoder=decoder, delivery_base=cdn.url)
    sandbox.start()
    desk = Desk(tmp_path, sandbox=sandbox, decoder=decoder)
    desk.open()
    (url,) = delivered(desk, "hero.jpg").values()
    cdn.put(url.removeprefix(cdn.url), b"a copy on the way")
    decide(desk, Approval.REJECTED, "hero.jpg")
    jobs = desk.parts.stock.jobs
    desk.until(lambda: any(job.error for job in jobs.recent(("retract",), limit=9)), what="a look")
    (job,) = jobs.recent(("retract",), limit=9)
    assert job.error is not None
    assert (job.waiting_for, job.error.kind) == (WaitingFor.NEXT_TRY, "StillDeliveredError")
    assert [one.state for one in desk.parts.worker.retractions.record(CLOUD)] == [
        RetractionState.BEGUN
    ]
    cdn.files.clear()
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    desk.close()
    sandbox.stop()
    cdn.close()


def test_a_host_that_was_given_up_is_not_asked_for_what_it_delivered(
    desk: Desk, sandbox: Sandbox
) -> None:
    urls = delivered(desk, "hero.jpg")
    with closing(sqlite3.connect(desk.parts.home / "ledger.db")) as ledger, ledger:
        ledger.execute("UPDATE delivery SET url = replace(url, ?, ?)", (sandbox.url, NOBODY))
    decide(desk, Approval.REJECTED, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert not is_open(urls["hero.jpg"])


def test_what_ended_while_nobody_was_here_is_taken_back_at_the_next_start(desk: Desk) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + timedelta(days=3))
    desk.library()
    desk.approve()
    desk.push()
    (url,) = addresses(desk).values()
    desk.parts.close()
    desk.clock.forward(timedelta(days=5))
    desk.parts = desk.build()
    desk.open()
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert not is_open(url)


def rules(desk: Desk, name: str) -> tuple[AccessRule, ...]:
    """Who may see it, as the service tells."""
    copy = desk.asset(name).cloud
    assert copy is not None
    operations = Operations(desk.parts.environments.credentials(CLOUD))
    kept = operations.now(copy.asset_id, FolderMode.DYNAMIC)
    assert kept is not None
    return kept.asset.access_control


def replaced(desk: Desk, path: Path, public_id: str) -> None:
    """Somebody else uploads other content there."""
    options = desk.parts.environments.credentials(CLOUD).options()
    uploader.upload(str(path), public_id=public_id, overwrite=True, **options)
