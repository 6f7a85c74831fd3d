"""A push that ended without an answer: what arrived is known, and taken back when it has to be."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cloudinary import uploader

from bridge_app.domain.approvals import Approval
from bridge_app.domain.audit import AuditEntry, AuditFilter, AuditKind
from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.domain.push_plan import PushAction, PushTarget
from bridge_app.domain.push_policies import Access
from bridge_app.domain.retractions import RetractionState
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.looks import LOOK
from tests.desk import ACCOUNT, Desk, picture
from tests.plain_http import plain
from tests.work.pushing import Pushing, open_pushing

CLOUD = ACCOUNT.cloud_name
UPLOAD = f"/v1_1/{CLOUD}/image/upload"
LATER = timedelta(minutes=20)


@pytest.fixture
def brand(decoder: DecoderPool, tmp_path: Path) -> Iterator[Pushing]:
    with open_pushing(tmp_path, decoder) as made:
        yield made


def begun(desk: Desk, target: PushTarget | None = None) -> list[int]:
    """A push whose answer was lost; its job."""
    desk.approve()
    worker = desk.parts.worker
    chosen = [asset.id for asset in desk.assets()]
    batch = worker.push(worker.plan_push(chosen, target or PushTarget()))
    desk.until(lambda: worker.batch(batch)[0].state is JobState.WAITING, what="the lost answer")
    return [job.id for job in worker.batch(batch)]


def hero_whose_answer_is_lost(desk: Desk, sandbox: Sandbox) -> list[int]:
    picture(desk.folder / "hero.jpg")
    desk.library()
    sandbox.faults.lose_reply(times=1, path_contains=UPLOAD)
    return begun(desk)


def looks(desk: Desk) -> list[JobRecord]:
    return desk.parts.stock.jobs.recent((LOOK,), limit=9)


def looked(desk: Desk) -> list[object]:
    """Wait until nothing is looked for any more; how each look ended."""
    desk.until(lambda: all(job.state.is_finished for job in looks(desk)), what="the looks")
    assert {job.state for job in looks(desk)} <= {JobState.DONE}
    return [(job.result or {})["state"] for job in looks(desk)]


def told_pushes(desk: Desk) -> list[AuditEntry]:
    wanted = AuditFilter(kinds=frozenset({AuditKind.PUSH}))
    return [one.entry for one in desk.parts.stock.audit.oldest_first(wanted)]


def is_seen(sandbox: Sandbox) -> bool:
    (stored,) = sandbox.stored(CLOUD)
    url = f"{sandbox.url}/{CLOUD}/image/upload/{stored.public_id}.{stored.format}"
    return plain.get(url).status_code == 200


def test_what_arrived_unheard_is_known_after_its_push_was_cancelled(
    desk: Desk, sandbox: Sandbox
) -> None:
    jobs = hero_whose_answer_is_lost(desk, sandbox)
    assert desk.asset("hero.jpg").cloud is None
    desk.parts.worker.cancel(jobs)
    assert looked(desk) == ["found"]
    copy = desk.asset("hero.jpg").cloud
    assert copy is not None
    assert [step.action for step in desk.plan().steps] == [PushAction.SAME_CONTENT]
    (pushed,) = told_pushes(desk)
    assert (pushed.asset, pushed.content) == (desk.asset("hero.jpg").id, copy.sha256)


def test_what_arrived_unheard_is_taken_back_when_it_is_rejected(
    desk: Desk, sandbox: Sandbox
) -> None:
    jobs = hero_whose_answer_is_lost(desk, sandbox)
    desk.parts.worker.cancel(jobs)
    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    looked(desk)
    assert [one.asset_id for one in sandbox.stored(CLOUD)]
    desk.until(lambda: not is_seen(sandbox), what="the end of its delivery")


def test_a_look_outlives_a_crash_and_days_without_a_network(desk: Desk, sandbox: Sandbox) -> None:
    jobs = hero_whose_answer_is_lost(desk, sandbox)
    desk.parts.worker.set_work_offline(on=True)
    desk.parts.worker.cancel(jobs)
    assert [job.state for job in looks(desk)] == [JobState.QUEUED]
    desk.clock.forward(timedelta(days=4))
    desk.reopen()
    desk.parts.worker.set_work_offline(on=False)
    assert looked(desk) == ["found"]
    assert desk.asset("hero.jpg").cloud is not None


def test_what_did_not_arrive_is_looked_for_again_and_then_nothing_is_recorded(
    desk: Desk, sandbox: Sandbox
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    sandbox.faults.answer(status=503, times=1, path_contains=UPLOAD)
    jobs = begun(desk)
    desk.parts.worker.cancel(jobs)
    for wait in (timedelta(minutes=2), LATER):
        desk.until(
            lambda: [job.waiting_for for job in looks(desk)] == [WaitingFor.ARRIVAL],
            what="another look",
        )
        desk.clock.forward(wait)
        desk.parts.worker.retry([])
    assert looked(desk) == ["not_there"]
    assert sandbox.stored(CLOUD) == []
    assert desk.asset("hero.jpg").cloud is None


def test_others_content_under_the_same_name_is_never_taken_for_what_arrived(
    desk: Desk, sandbox: Sandbox
) -> None:
    picture(desk.folder / "hero.jpg", seed=2)
    desk.library()
    sandbox.faults.answer(status=503, times=1, path_contains=UPLOAD)
    jobs = begun(desk)
    uploader.upload(
        io.BytesIO(picture(desk.home / "foreign.jpg", seed=1).read_bytes()),
        public_id="hero",
        cloud_name=CLOUD,
        api_key=ACCOUNT.api_key,
        api_secret=ACCOUNT.api_secret,
        upload_prefix=sandbox.url,
    )
    desk.parts.worker.cancel(jobs)
    desk.clock.forward(LATER)
    desk.parts.worker.retry([])
    assert looked(desk) == ["not_there"]
    assert desk.asset("hero.jpg").cloud is None


def test_a_person_cannot_cancel_a_look(desk: Desk, sandbox: Sandbox) -> None:
    jobs = hero_whose_answer_is_lost(desk, sandbox)
    desk.parts.worker.set_work_offline(on=True)
    desk.parts.worker.cancel(jobs)
    desk.parts.worker.cancel([job.id for job in looks(desk)])
    desk.parts.worker.cancel()
    assert [job.state for job in looks(desk)] == [JobState.QUEUED]
    desk.parts.worker.set_work_offline(on=False)
    assert looked(desk) == ["found"]


def test_a_push_that_is_tried_again_meanwhile_is_there_once(desk: Desk, sandbox: Sandbox) -> None:
    jobs = hero_whose_answer_is_lost(desk, sandbox)
    worker = desk.parts.worker
    worker.set_work_offline(on=True)
    worker.cancel(jobs)
    worker.retry(jobs)
    worker.set_work_offline(on=False)
    desk.until(lambda: worker.summary().active == 0, what="the push")
    looked(desk)
    (stored,) = sandbox.stored(CLOUD)
    assert stored.uploads == 1
    assert len(desk.parts.stock.deliveries.copies(CLOUD)) == 1
    assert {one.content for one in told_pushes(desk)} == {stored.sha256}


def test_the_gate_refuses_another_try_and_what_arrived_before_is_still_taken_back(
    desk: Desk, sandbox: Sandbox
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    sandbox.faults.lose_reply(times=1, path_contains=UPLOAD)
    (job,) = begun(desk)
    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    desk.clock.forward(timedelta(minutes=1))
    desk.parts.worker.retry([job])
    worker = desk.parts.worker
    desk.until(lambda: worker.summary().active == 0, what="the end of the push")
    desk.until(lambda: not is_seen(sandbox), what="the end of its delivery")


def test_who_may_see_what_arrived_is_known_as_well(desk: Desk, sandbox: Sandbox) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    sandbox.faults.lose_reply(times=1, path_contains=UPLOAD)
    jobs = begun(desk, PushTarget(access=Access.TOKEN))
    desk.parts.worker.cancel(jobs)
    assert looked(desk) == ["found"]
    copy = desk.asset("hero.jpg").cloud
    assert copy is not None
    known = desk.parts.worker.retractions.retraction(copy)
    assert known is not None
    assert (known.state, known.before) == (RetractionState.OPEN, ("token",))


def replaced_unheard(brand: Pushing) -> list[int]:
    """A new version that people see already, while the reply was lost."""
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", Approval.APPROVED)
    brand.push("hero.jpg")
    other = picture(brand.desk.home / "other.jpg", 7, size=(200, 100)).read_bytes()
    brand.there.replace_file(brand.ids["hero.jpg"], other)
    brand.sync()
    brand.decide("hero.jpg", Approval.APPROVED)
    brand.told()
    brand.sandbox.faults.lose_reply(times=1, path_contains=UPLOAD)
    worker = brand.desk.parts.worker
    batch = worker.push(worker.plan_push([brand.asset("hero.jpg").id], PushTarget()))
    brand.desk.until(lambda: worker.batch(batch)[0].state is JobState.WAITING, what="the wait")
    return [job.id for job in worker.batch(batch)]


def test_a_new_version_that_a_service_fetched_unheard_is_known_and_taken_back(
    brand: Pushing,
) -> None:
    jobs = replaced_unheard(brand)
    brand.desk.parts.worker.cancel(jobs)
    assert looked(brand.desk) == ["found"]
    brand.settled(RetractionState.RESTORED)
    assert brand.status("hero.jpg") == 200
    brand.decide("hero.jpg", Approval.REJECTED)
    brand.settled(RetractionState.RETRACTED)
    assert brand.status("hero.jpg") == 401


def test_a_new_version_that_arrived_damaged_and_unheard_is_seen_by_nobody(
    brand: Pushing, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = replaced_unheard(brand)
    monkeypatch.setattr("bridge_app.delivery.reference_uploads.Arrived.is_right", lambda *_: False)
    brand.desk.parts.worker.cancel(jobs)
    brand.desk.until(
        lambda: brand.rules() == [{"access_type": "token"}], what="the closing of what came"
    )
