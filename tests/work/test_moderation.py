"""Cloudinary's moderation in the same queue: what waits there, and decisions both ways, once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cloudinary.api
import cloudinary.uploader
import pytest

from bridge_app.delivery.moderation import CloudModeration
from bridge_app.domain.approvals import BOTH_HEARD, Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import ServiceTroubleError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.policies import Policy
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.kinds import MODERATE
from bridge_app.work.moderation import ModerationDesk
from tests.clouds import (
    ENVIRONMENT,
    cloud_desk,
    fill,
    mirrored,
    remote,
    stored,
    sync,
    upload,
)
from tests.desk import Desk, picture
from tests.plain_http import plain

APPROVED, REJECTED, CHANGES = Approval.APPROVED, Approval.REJECTED, Approval.CHANGES_REQUESTED
MANUAL = "Cloudinary · manual"


class Story:
    """A master whose copy somebody at Cloudinary is to look at."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        picture(desk.folder / "shot.jpg", 1)
        desk.library()
        desk.approve("shot.jpg")
        desk.push()
        desk.parts.worker.decide([self.master.id], Approval.IN_REVIEW)
        copy = self.master.cloud
        assert copy is not None
        self.public_id, self.url = copy.public_id, copy.url
        self.there(cloudinary.uploader.explicit, type="upload", moderation="manual")
        sync(desk)

    @property
    def moderation(self) -> ModerationDesk:
        return self.desk.parts.worker.moderation

    @property
    def master(self) -> Asset:
        return next(one for one in self.desk.assets() if one.name == "shot.jpg" and one.modified_at)

    @property
    def status(self) -> str:
        found = self.there(cloudinary.api.resource)
        return str(found["moderation"][0]["status"])

    def there(self, call: Any, **options: Any) -> Any:
        """Somebody else does something at Cloudinary."""
        return call(self.public_id, **options, **remote(self.desk))

    def they_say(self, status: str) -> None:
        self.there(cloudinary.api.update, moderation_status=status)

    def decide(self, approval: Approval) -> None:
        self.desk.parts.worker.decide([self.master.id], approval)

    def said(self) -> list[tuple[Approval, str]]:
        """What is on record since the review began."""
        history = self.desk.parts.worker.history(self.master.id)
        start = max(at for at, one in enumerate(history) if one.approval is Approval.IN_REVIEW)
        return [(one.approval, one.who) for one in history[start + 1 :]]

    def jobs(self) -> list[JobRecord]:
        return self.desk.parts.stock.jobs.recent((MODERATE,), limit=100)

    def told(self) -> None:
        """Wait until Cloudinary was told what was decided."""
        self.moderation.tell_decisions()
        jobs = self.desk.parts.stock.jobs
        self.desk.until(lambda: not jobs.unfinished(MODERATE), what="the moderation")


@pytest.fixture
def story(tmp_path: Path, decoder: DecoderPool) -> Iterator[Story]:
    with cloud_desk(tmp_path, decoder) as desk:
        yield Story(desk)


def test_what_waits_for_a_moderator_is_in_the_queue_also_offline(story: Story) -> None:
    assert story.moderation.look() == 1
    story.desk.parts.worker.set_work_offline(on=True)
    (one,) = story.moderation.pending()
    assert (one.name, one.kinds, one.environment) == ("shot.jpg", ("manual",), ENVIRONMENT)
    assert one.asset in {asset.id for asset in mirrored(story.desk)}


@pytest.mark.parametrize(
    ("approval", "status"), [(APPROVED, "approved"), (REJECTED, "rejected"), (CHANGES, "rejected")]
)
def test_a_decision_here_is_told_once(story: Story, approval: Approval, status: str) -> None:
    story.moderation.look()
    story.decide(approval)
    assert story.moderation.pending() == []
    story.told()
    assert story.status == status
    story.moderation.look()
    story.told()
    assert [job.state for job in story.jobs()] == [JobState.DONE]
    assert len(story.said()) == 1
    assert approval is APPROVED or plain.get(story.url).status_code in (401, 404)


@pytest.mark.parametrize(("status", "approval"), [("approved", APPROVED), ("rejected", REJECTED)])
def test_a_decision_there_is_a_decision_here_once(
    story: Story, status: str, approval: Approval
) -> None:
    story.moderation.look()
    story.they_say(status)
    for _ in range(3):
        story.moderation.look()
    assert story.said() == [(approval, MANUAL)]
    assert story.master.approval is approval
    story.told()
    assert story.jobs() == []


def test_a_decision_there_stands_in_the_file_where_that_is_wanted(story: Story) -> None:
    story.desk.parts.worker.file_approvals.switch(on=True)
    story.moderation.look()
    story.they_say("rejected")
    story.moderation.look()
    said = [("approval:rejected",), ()]
    story.desk.until(
        lambda: sorted((one.keywords for one in story.desk.assets()), reverse=True) == said,
        what="the file",
    )
    assert {one.approval for one in story.desk.assets()} == {REJECTED}


def test_of_two_who_decided_without_each_other_both_are_heard(story: Story) -> None:
    story.moderation.look()
    story.desk.parts.worker.set_work_offline(on=True)
    story.decide(REJECTED)
    story.they_say("approved")
    story.desk.parts.worker.set_work_offline(on=False)
    story.moderation.look()
    story.told()
    assert story.said()[1:] == [(APPROVED, MANUAL), (REJECTED, BOTH_HEARD)]
    assert story.master.approval is REJECTED
    assert story.status == "rejected"
    (open_one,) = story.desk.parts.worker.differences.disagreements([story.master.id])
    assert [one.approval for one in open_one.said] == [REJECTED, APPROVED]
    story.decide(APPROVED)
    story.told()
    assert story.status == "approved"
    assert story.desk.parts.worker.differences.disagreements([story.master.id]) == []


def test_an_approval_there_speaks_for_no_stage_that_took_its_own_back(story: Story) -> None:
    worker = story.desk.parts.worker
    worker.policies.put([Policy(name="all", stages=("legal",))])
    story.moderation.look()
    worker.set_work_offline(on=True)
    for stage, approval in (("", APPROVED), ("legal", APPROVED), ("legal", Approval.IN_REVIEW)):
        worker.decide([story.master.id], approval, stage=stage)
    story.they_say("approved")
    worker.set_work_offline(on=False)
    story.moderation.look()
    story.told()
    assert story.said()[-1] == (APPROVED, MANUAL)
    assert story.master.approval is Approval.IN_REVIEW


def test_the_stricter_one_of_them_holds_here_too(story: Story) -> None:
    story.moderation.look()
    story.desk.parts.worker.set_work_offline(on=True)
    story.decide(APPROVED)
    story.they_say("rejected")
    story.desk.parts.worker.set_work_offline(on=False)
    story.moderation.look()
    story.told()
    assert story.master.approval is REJECTED
    assert story.status == "rejected"
    assert story.said()[-1] == (REJECTED, BOTH_HEARD)


def test_who_was_told_of_a_decision_and_changes_it_has_decided_anew(story: Story) -> None:
    story.moderation.look()
    story.decide(REJECTED)
    story.told()
    story.they_say("approved")
    story.moderation.look()
    assert story.said()[1:] == [(APPROVED, MANUAL)]
    assert story.master.approval is APPROVED


def test_a_lost_reply_leads_to_the_same_world(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.moderation.look()
    lost: list[str] = []
    decide = CloudModeration.decide

    def losing(self: CloudModeration, *values: Any) -> None:
        decide(self, *values)
        if not lost:
            lost.append("the reply")
            raise ServiceTroubleError(service="Cloudinary", detail="it hung up", status=502)

    monkeypatch.setattr(CloudModeration, "decide", losing)
    story.decide(APPROVED)
    story.told()
    assert lost
    assert story.status == "approved"
    assert [one[0] for one in story.said()] == [APPROVED]


def test_what_is_decided_while_the_program_is_closed_halfway_is_told_after_a_start(
    story: Story,
) -> None:
    story.moderation.look()
    story.desk.parts.worker.set_work_offline(on=True)
    story.decide(REJECTED)
    story.desk.reopen()
    story.told()
    assert story.status == "rejected"
    assert len(story.said()) == 1


def test_an_asset_that_is_gone_there_leaves_the_queue(story: Story) -> None:
    story.moderation.look()
    cloudinary.api.delete_resources([story.public_id], **remote(story.desk))
    assert story.moderation.look() == 0
    assert story.desk.parts.stock.moderations.all(ENVIRONMENT) == ()


def test_what_only_cloudinary_has_can_be_decided_on_too(story: Story, tmp_path: Path) -> None:
    path = picture(tmp_path / "elsewhere" / "theirs.jpg", 7)
    reply = upload(story.desk, path, public_id="theirs", moderation="manual")
    sync(story.desk)
    assert story.moderation.look() == 2
    (one,) = [each for each in story.moderation.pending() if each.name == "theirs.jpg"]
    assert story.desk.parts.worker.decide([one.asset], REJECTED) == 1
    story.told()
    found = cloudinary.api.resource("theirs", **remote(story.desk))
    assert found["moderation"][0]["status"] == "rejected"
    assert plain.get(reply["secure_url"]).status_code == 404


def test_what_a_moderating_service_rejects_is_rejected_and_what_it_passes_is_not_approved(
    tmp_path: Path, decoder: DecoderPool
) -> None:
    told = (
        [("aws_rek", "rejected"), ("manual", "aborted")],
        [("aws_rek", "approved"), ("manual", "pending")],
        [("aws_rek", "approved")],
    )
    moderated = [
        stored(number, moderation=tuple({"kind": kind, "status": status} for kind, status in one))
        for number, one in enumerate(told)
    ]
    fill(tmp_path / "sandbox", moderated)
    with cloud_desk(tmp_path, decoder) as desk:
        sync(desk)
        worker = desk.parts.worker
        desk.until(lambda: len(worker.moderation.pending()) == 1, what="the mirror's news")
        worker.moderation.look()
        (waits,) = worker.moderation.pending()
        assert waits.kinds == ("aws_rek", "manual")
        by_name = {one.name: one for one in mirrored(desk)}
        refused, passed, waiting = (by_name[f"Shot {at:06}.jpg"] for at in (0, 2, 1))
        assert [(one.approval, one.who) for one in worker.history(refused.id)] == [
            (REJECTED, "Cloudinary · aws_rek")
        ]
        assert worker.history(passed.id) == worker.history(waiting.id) == []


def test_what_the_mirror_hears_of_needs_no_question(story: Story) -> None:
    story.moderation.look()
    story.they_say("rejected")
    sync(story.desk)
    story.desk.until(lambda: story.master.approval is REJECTED, what="the decision")
    assert story.said() == [(REJECTED, MANUAL)]
