"""A new version beside the approved one: how much it differs, and what may keep its approval."""

import io
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from bridge_app.domain.approvals import Approval, subject_text
from bridge_app.domain.assets import AssetId
from bridge_app.domain.jobs import TransferSummary
from bridge_app.domain.policies import Policy
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.stale_approvals import Cause
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.differences import POLICY, DifferenceDesk
from tests.desk import Desk

HERO = RenditionPreset(
    name="hero-test", title="Hero", transformation="c_fill,h_100,w_200", format="jpg"
)
NAME = "shot.png"


class Story:
    """A master that gets new versions, and somebody who approves them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.put(0)
        desk.library()

    @property
    def differences(self) -> DifferenceDesk:
        return self.desk.parts.worker.differences

    @property
    def id(self) -> AssetId:
        return self.desk.asset(NAME).id

    def put(self, retouched: int) -> None:
        """A version of which so many pixels a side are another colour."""
        image = Image.linear_gradient("L").resize((640, 400)).convert("RGB")
        if retouched:
            box = (300, 100, 299 + retouched, 99 + retouched)
            ImageDraw.Draw(image).rectangle(box, fill=(255, 0, 0))
        image.save(self.desk.folder / NAME)

    def new_version(self, retouched: int) -> None:
        before = self.desk.asset(NAME).content
        self.put(retouched)
        (record,) = [one for one in self.desk.parts.worker.libraries() if one.location]
        self.desk.parts.worker.scan(record.id)
        self.desk.until(lambda: self.desk.asset(NAME).content != before, what="the new version")
        self.desk.settled()

    def approve(self, transformation: str = "") -> None:
        self.desk.parts.worker.decide([self.id], Approval.APPROVED, transformation=transformation)
        self.watched()

    def watched(self) -> None:
        """Wait until the picture of what is approved is kept."""
        asset = self.desk.asset(NAME)
        kept = self.desk.parts.stock.differences
        wanted = asset.approval is Approval.APPROVED
        self.desk.until(
            lambda: not wanted or kept.size(asset.content or "") is not None, what="the picture"
        )

    def policy(self, keeps_below: float | None) -> None:
        self.desk.parts.worker.policies.put([Policy(name="retouching", keeps_below=keeps_below)])


@pytest.fixture
def story(sandbox: Sandbox, decoder: DecoderPool, tmp_path: Path) -> Iterator[Story]:
    desk = Desk(tmp_path, sandbox=sandbox, decoder=decoder)
    desk.open()
    yield Story(desk)
    desk.close()


def test_a_new_version_is_shown_beside_the_approved_one(story: Story) -> None:
    assert story.differences.against_approved(story.id) is None
    story.approve()
    story.new_version(60)
    found = story.differences.against_approved(story.id)
    assert found is not None
    assert found.approved.approval is Approval.APPROVED
    assert 0.005 < found.difference.pixels < 0.05
    assert found.difference.perceptual > found.difference.pixels
    for picture in (found.before, found.after, found.difference.picture):
        assert Image.open(io.BytesIO(picture)).size == (640, 400)
    assert found.before != found.after
    (stale,) = story.differences.stale([story.id])
    assert (stale.transformation, stale.why) == ("", Cause.MASTER)


def test_a_changed_preset_asks_for_its_rendition_alone(story: Story) -> None:
    presets = story.desk.parts.worker.rendition_presets
    presets.save(HERO)
    first = subject_text(HERO.transformation, HERO.format)
    story.approve()
    story.approve(first)
    assert story.differences.stale([story.id]) == []
    presets.save(
        RenditionPreset(
            name=HERO.name, title="Hero", transformation="c_fill,g_north,h_100,w_200", format="jpg"
        )
    )
    (stale,) = story.differences.stale([story.id])
    assert (stale.why, stale.preset) == (Cause.PRESET, HERO.name)
    assert stale.transformation == subject_text("c_fill,g_north,h_100,w_200", "jpg")
    assert [one.transformation for one in story.differences.holding([story.id])] == [""]
    found = story.differences.against_approved(story.id, stale.transformation)
    assert found is not None
    assert found.approved.transformation == first
    assert Image.open(io.BytesIO(found.after)).size == (200, 100)
    presets.save(HERO)
    assert story.differences.stale([story.id]) == []


def test_a_rendition_of_a_new_version_is_compared_through_the_same_transformation(
    story: Story,
) -> None:
    cut = subject_text("c_crop,g_north_west,h_100,w_200")
    story.approve()
    story.approve(cut)
    story.new_version(30)
    whole = story.differences.against_approved(story.id)
    corner = story.differences.against_approved(story.id, cut)
    assert whole is not None
    assert corner is not None
    assert whole.difference.score > 0.01
    assert corner.difference.score == 0.0


def test_without_a_policy_no_difference_is_small_enough(story: Story) -> None:
    story.approve()
    story.new_version(1)
    assert not story.differences.keep_approval(story.id)
    story.policy(None)
    assert not story.differences.keep_approval(story.id)
    assert story.desk.asset(NAME).approval is Approval.DRAFT


def test_a_policy_lets_a_small_difference_keep_its_approval_on_the_record(story: Story) -> None:
    story.policy(0.2)
    story.approve()
    story.new_version(3)
    story.desk.until(
        lambda: story.desk.asset(NAME).approval is Approval.APPROVED, what="the kept approval"
    )
    *_, kept = story.desk.parts.worker.history(story.id)
    assert kept.who == POLICY
    assert "%" in kept.comment
    assert "0.2" in kept.comment
    assert story.differences.stale([story.id]) == []


def test_a_large_difference_waits_for_a_person(story: Story) -> None:
    story.policy(0.05)
    story.approve()
    story.new_version(120)
    assert not story.differences.keep_approval(story.id)
    assert story.desk.asset(NAME).approval is Approval.DRAFT
    story.desk.parts.worker.decide([story.id], Approval.REJECTED)
    story.policy(1.0)
    assert not story.differences.keep_approval(story.id)
    assert story.desk.asset(NAME).approval is Approval.REJECTED


def test_what_somebody_put_in_review_is_not_kept(story: Story) -> None:
    story.approve()
    story.new_version(2)
    story.desk.parts.worker.decide([story.id], Approval.IN_REVIEW)
    story.policy(1.0)
    assert not story.differences.keep_approval(story.id)
    assert story.desk.asset(NAME).approval is Approval.IN_REVIEW


def test_small_steps_do_not_add_up_to_a_large_one(story: Story) -> None:
    story.approve()
    story.new_version(20)
    first = story.differences.against_approved(story.id)
    story.new_version(40)
    second = story.differences.against_approved(story.id)
    assert first is not None
    assert second is not None
    limit = (first.difference.score + second.difference.score) / 2
    story.policy(limit)
    story.new_version(20)
    assert story.differences.keep_approval(story.id)
    story.new_version(40)
    assert not story.differences.keep_approval(story.id)


def test_where_the_approved_picture_is_gone_somebody_has_to_look(story: Story) -> None:
    story.policy(1.0)
    story.approve()
    content = story.desk.asset(NAME).content or ""
    thumbs = sqlite3.connect(story.desk.parts.home / "thumbs.db", timeout=10)
    with closing(thumbs), thumbs:
        thumbs.execute("DELETE FROM picture WHERE sha256 = ?", (content,))
    story.new_version(2)
    assert story.differences.against_approved(story.id) is None
    assert not story.differences.keep_approval(story.id)


def test_while_masters_are_being_sent_no_picture_is_made(story: Story) -> None:
    watch = story.desk.parts.worker._crew.watchers.approvals
    story.desk.parts.worker.decide([story.id], Approval.APPROVED)
    story.desk.parts.tell(TransferSummary(running=1))
    looking = threading.Thread(target=watch.look, args=[[story.id]])
    looking.start()
    looking.join(0.3)
    assert looking.is_alive()
    story.desk.parts.tell(TransferSummary(running=0))
    looking.join()
    story.watched()
