"""A push from the queue to the sandbox, and what the gate and the planner make of it."""

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cloudinary import uploader

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.gate import Reason
from bridge_app.domain.jobs import JobState, WaitingFor
from bridge_app.domain.metadata_values import MetadataValueError
from bridge_app.domain.push_plan import PushAction, PushTarget
from bridge_app.domain.push_policies import Moderated
from bridge_app.domain.rights import RightsState
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.events import Connectivity
from tests.desk import ACCOUNT, Desk, licensed_picture, picture, states
from tests.work.studio import Studio


def test_an_approved_picture_is_delivered_with_its_digest(desk: Desk, sandbox: Sandbox) -> None:
    picture(desk.folder / "spring" / "hero.jpg")
    desk.library()
    desk.approve()
    (job,) = desk.push(folder="spring")
    (stored,) = sandbox.stored(ACCOUNT.cloud_name)
    asset = desk.asset("hero.jpg")
    assert job.state is JobState.DONE
    assert (stored.public_id, stored.sha256, stored.uploads) == ("spring/hero", asset.sha256, 1)
    assert asset.cloud is not None
    assert asset.cloud.etag == asset.md5


def test_what_nobody_approved_is_not_sent(desk: Desk, sandbox: Sandbox) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    (step,) = desk.plan().steps
    assert (step.action, step.reasons) == (PushAction.REFUSED, (Reason.NOT_APPROVED,))
    assert desk.push() == []
    assert sandbox.stored(ACCOUNT.cloud_name) == []


def test_an_ended_licence_refuses_the_push(desk: Desk, sandbox: Sandbox) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=datetime.now(UTC) - timedelta(days=3))  # noqa: TID251
    desk.library()
    desk.approve()
    assert desk.asset("hero.jpg").rights.state(desk.clock()) is RightsState.ENDED
    (step,) = desk.plan().steps
    assert step.reasons == (Reason.RIGHTS_ENDED,)


def test_the_gate_is_asked_again_when_the_bytes_would_leave(desk: Desk, sandbox: Sandbox) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    chosen = desk.approve()
    desk.parts.worker.pause()
    batch = desk.parts.worker.push(desk.plan())
    desk.parts.worker.decide(chosen, Approval.REJECTED, comment="Wrong logo.")
    desk.parts.worker.resume()
    (job,) = desk.finished(batch)
    assert job.error is not None
    assert "rejected" in job.error.sentence()
    assert sandbox.stored(ACCOUNT.cloud_name) == []


def test_rights_that_end_while_a_push_waits_refuse_it(desk: Desk, sandbox: Sandbox) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + timedelta(days=2))
    desk.library()
    desk.approve()
    desk.parts.worker.set_work_offline(on=True)
    batch = desk.parts.worker.push(desk.plan())
    desk.clock.forward(timedelta(days=5))
    desk.parts.worker.set_work_offline(on=False)
    (job,) = desk.finished(batch)
    assert job.error is not None
    assert "rights have ended" in job.error.sentence()
    assert sandbox.stored(ACCOUNT.cloud_name) == []


def test_a_file_that_changed_since_it_was_approved_is_not_sent(
    desk: Desk, sandbox: Sandbox
) -> None:
    path = picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.parts.worker.pause()
    batch = desk.parts.worker.push(desk.plan())
    picture(path, seed=9)
    desk.parts.worker.resume()
    (job,) = desk.finished(batch)
    assert job.error is not None
    assert job.error.kind == "FileChangedError"
    assert sandbox.stored(ACCOUNT.cloud_name) == []


def test_an_approval_lapses_with_new_content_and_history_stays(desk: Desk) -> None:
    path = picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    picture(path, seed=9)
    desk.until(lambda: desk.asset("hero.jpg").lapsed, what="the lapse")
    asset = desk.asset("hero.jpg")
    assert asset.approval is Approval.DRAFT
    assert [entry.approval for entry in desk.parts.worker.history(asset.id)] == [Approval.APPROVED]


def test_the_same_content_is_never_sent_again(desk: Desk, sandbox: Sandbox) -> None:
    source = picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.push()
    desk.put(source, "copy of hero.jpg")
    desk.until(lambda: len(desk.assets()) == 2, what="the copy")
    desk.approve()
    assert {step.action for step in desk.plan().steps} == {PushAction.SAME_CONTENT}
    assert desk.push() == []
    assert [stored.uploads for stored in sandbox.stored(ACCOUNT.cloud_name)] == [1]


def test_different_files_with_one_md5_arrive_as_two(
    desk: Desk, sandbox: Sandbox, corpus: Path
) -> None:
    twins = sorted((corpus / "hash-collisions").glob("*md5*"))[:2] or sorted(
        (corpus / "hash-collisions").iterdir()
    )
    for path in twins:
        desk.put(path)
    desk.library()
    desk.approve()
    desk.push()
    assert {stored.sha256 for stored in sandbox.stored(ACCOUNT.cloud_name)} == {
        asset.sha256 for asset in desk.assets()
    }


def test_new_content_is_a_new_version_of_the_same_public_id(desk: Desk, sandbox: Sandbox) -> None:
    path = picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.push()
    (first,) = sandbox.stored(ACCOUNT.cloud_name)
    picture(path, seed=5)
    desk.until(lambda: desk.asset("hero.jpg").lapsed, what="the change")
    desk.approve()
    assert [step.action for step in desk.plan().steps] == [PushAction.NEW_VERSION]
    desk.push()
    (second,) = sandbox.stored(ACCOUNT.cloud_name)
    assert (second.asset_id, second.public_id) == (first.asset_id, first.public_id)
    assert second.sha256 == desk.asset("hero.jpg").sha256


def test_somebody_elses_content_under_the_name_is_left_alone(
    desk: Desk, sandbox: Sandbox, tmp_path: Path
) -> None:
    other = Desk(tmp_path / "other", sandbox=sandbox)
    other.open()
    picture(other.folder / "hero.jpg", seed=1)
    other.library()
    other.approve()
    other.push()
    other.close()
    picture(desk.folder / "hero.jpg", seed=2)
    desk.library()
    desk.approve()
    (job,) = desk.push()
    stored = {asset.public_id: asset for asset in sandbox.stored(ACCOUNT.cloud_name)}
    assert job.state is JobState.DONE
    assert len(stored) == 2
    assert stored["hero"].uploads == 1
    assert desk.asset("hero.jpg").cloud is not None


def test_a_cancelled_push_never_lets_a_later_one_replace_somebody_elses_content(
    desk: Desk, sandbox: Sandbox, tmp_path: Path
) -> None:
    picture(desk.folder / "hero.jpg", seed=2)
    desk.library()
    desk.approve()
    desk.parts.worker.pause()
    desk.parts.worker.push(desk.plan())
    desk.parts.worker.cancel()
    desk.parts.worker.resume()
    other = Desk(tmp_path / "other", sandbox=sandbox)
    other.open()
    picture(other.folder / "hero.jpg", seed=1)
    other.library()
    other.approve()
    other.push()
    theirs = other.asset("hero.jpg").sha256
    other.close()
    assert [step.action for step in desk.plan().steps] == [PushAction.NEW]
    desk.push()
    stored = {asset.public_id: asset for asset in sandbox.stored(ACCOUNT.cloud_name)}
    assert (stored["hero"].sha256, stored["hero"].uploads) == (theirs, 1)
    assert len(stored) == 2


def test_a_new_version_never_replaces_what_somebody_else_put_there_meanwhile(
    desk: Desk, sandbox: Sandbox
) -> None:
    path = picture(desk.folder / "hero.jpg", seed=1)
    desk.library()
    desk.approve()
    desk.push()
    uploader.upload(
        io.BytesIO(picture(desk.home / "foreign.jpg", seed=7).read_bytes()),
        public_id="hero",
        cloud_name=ACCOUNT.cloud_name,
        api_key=ACCOUNT.api_key,
        api_secret=ACCOUNT.api_secret,
        upload_prefix=sandbox.url,
    )
    picture(path, seed=5)
    desk.until(lambda: desk.asset("hero.jpg").lapsed, what="the change")
    desk.approve()
    (job,) = desk.push()
    (stored,) = sandbox.stored(ACCOUNT.cloud_name)
    assert job.error is not None
    assert job.error.kind == "ReplacedElsewhereError"
    assert stored.uploads == 2


def test_what_another_process_writes_into_the_ledger_is_taken_over(
    desk: Desk, tmp_path: Path
) -> None:
    picture(tmp_path / "more" / "other.jpg")
    beside = desk.build()
    beside.worker.add_library(tmp_path / "more")
    beside.close()
    desk.until(lambda: desk.names() == ["other.jpg"], what="the other library")


def test_a_damaged_catalog_is_put_aside_and_made_again(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.parts.close()
    catalog = desk.home / "profile" / "catalog.db"
    catalog.write_bytes(b"nonsense" * 1000)
    desk.parts = desk.build()
    desk.open()
    desk.settled()
    assert desk.asset("hero.jpg").approval is Approval.APPROVED
    assert list(catalog.parent.glob("damaged-*-catalog.db"))


def test_a_large_file_goes_in_parts_and_reports_its_progress(desk: Desk, sandbox: Sandbox) -> None:
    (desk.folder / "film.bin").write_bytes(os.urandom(13_000_000))
    desk.library()
    desk.approve()
    (job,) = desk.push()
    (stored,) = sandbox.stored(ACCOUNT.cloud_name)
    assert (job.state, job.done) == (JobState.DONE, 13_000_000)
    assert stored.sha256 == desk.asset("film.bin").sha256


def test_pushes_wait_while_the_service_is_away_and_go_out_by_themselves(
    desk: Desk, sandbox: Sandbox
) -> None:
    for number in range(3):
        picture(desk.folder / f"{number}.jpg", seed=number)
    desk.library()
    desk.approve()
    sandbox.stop()
    batch = desk.parts.worker.push(desk.plan())
    worker = desk.parts.worker
    desk.until(lambda: worker.connectivity() is Connectivity.OFFLINE, what="offline")
    desk.until(
        lambda: {job.waiting_for for job in worker.batch(batch)} == {WaitingFor.NETWORK},
        what="the jobs to say what they wait for",
    )
    sandbox.start()
    assert states(desk.finished(batch)) == {JobState.DONE}


def test_queued_pushes_survive_a_restart_days_later(desk: Desk, sandbox: Sandbox) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.parts.worker.set_work_offline(on=True)
    batch = desk.parts.worker.push(desk.plan())
    desk.reopen()
    desk.clock.forward(timedelta(days=4))
    assert states(desk.finished(batch)) == {JobState.DONE}


def test_a_cancelled_push_sends_nothing_and_can_be_tried_again(
    desk: Desk, sandbox: Sandbox
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.parts.worker.pause()
    batch = desk.parts.worker.push(desk.plan())
    desk.parts.worker.cancel()
    desk.parts.worker.resume()
    (job,) = desk.finished(batch)
    assert job.state is JobState.CANCELLED
    assert sandbox.stored(ACCOUNT.cloud_name) == []
    desk.parts.worker.retry([job.id])
    desk.until(
        lambda: desk.parts.worker.batch(batch)[0].state is JobState.DONE, what="the second try"
    )


def test_a_wrong_key_waits_for_a_person_and_loses_nothing(desk: Desk, sandbox: Sandbox) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.use_wrong_secret()
    batch = desk.parts.worker.push(desk.plan())
    worker = desk.parts.worker
    desk.until(lambda: worker.batch(batch)[0].waiting_for is WaitingFor.ACCOUNT, what="the refusal")
    desk.use_right_secret()
    assert states(desk.finished(batch)) == {JobState.DONE}


def test_tags_and_the_folder_travel_along(desk: Desk, sandbox: Sandbox) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    chosen = desk.approve()
    target = PushTarget(folder="a/b", tags=("spring", "hero"))
    desk.finished(desk.parts.worker.push(desk.parts.worker.plan_push(chosen, target)))
    (stored,) = sandbox.stored(ACCOUNT.cloud_name)
    assert (stored.asset_folder, set(stored.tags)) == ("a/b", {"spring", "hero"})


def test_structured_metadata_and_moderation_travel_along(desk: Desk, sandbox: Sandbox) -> None:
    studio = Studio(desk, sandbox)
    studio.define()
    picture(desk.folder / "hero.jpg")
    desk.library()
    chosen = desk.approve()
    target = PushTarget(metadata=(("uses", 3), ("brand", "a")), moderated=Moderated.MANUAL)
    desk.parts.worker.pause()
    batch = desk.parts.worker.push(desk.parts.worker.plan_push(chosen, target))
    desk.reopen()
    desk.parts.worker.resume()
    desk.finished(batch)
    (stored,) = sandbox.stored(ACCOUNT.cloud_name)
    assert stored.metadata == {"brand": "a", "uses": 3}
    assert [(one["kind"], one["status"]) for one in stored.moderation] == [("manual", "pending")]
    with pytest.raises(MetadataValueError, match="Nobody"):
        desk.parts.worker.plan_push(chosen, PushTarget(metadata=(("brand", "Nobody"),)))


def test_nothing_is_lost_when_the_cache_is_deleted(desk: Desk, sandbox: Sandbox) -> None:
    for number in range(4):
        picture(desk.folder / f"{number}.jpg", seed=number)
    desk.library()
    desk.approve("0.jpg", "1.jpg")
    desk.push()
    before = {asset.path: _said(asset) for asset in desk.assets()}
    desk.parts.close()
    for cache in (desk.home / "profile").glob("catalog.db*"):
        cache.unlink()
    for cache in (desk.home / "profile").glob("thumbs.db*"):
        cache.unlink()
    desk.parts = desk.build()
    desk.open()
    desk.settled()
    assert {asset.path: _said(asset) for asset in desk.assets()} == before
    assert desk.push() == []


def _said(asset: Asset) -> tuple[str, Approval, str | None]:
    return asset.id, asset.approval, asset.cloud.public_id if asset.cloud else None


def test_the_delivered_rendition_comes_from_its_delivery_url(desk: Desk, sandbox: Sandbox) -> None:
    picture(desk.folder / "hero.jpg", size=(1200, 800))
    desk.library()
    desk.approve()
    desk.push()
    asset = desk.asset("hero.jpg")
    delivered = desk.rendition(asset, "thumbnail")
    assert (delivered.width, delivered.height) == (320, 213)
    assert delivered.link.url.startswith(sandbox.url)
    assert delivered.link.markdown == f"![hero]({delivered.link.url})"
