"""Changes of cloud assets from the wish to the mirror, over lost replies, crashes and rivals."""

from datetime import timedelta
from pathlib import Path

import cloudinary.api
import cloudinary.uploader
import pytest

from bridge_app.delivery.operations import Operations
from bridge_app.domain.cloud import FolderMode, catalog_id
from bridge_app.domain.cloud_changes import CloudAction, Objection, Wish
from bridge_app.domain.errors import (
    GateRefusalError,
    NotFoundError,
    ServiceTroubleError,
)
from bridge_app.domain.jobs import JobState
from tests.desk import Desk, licensed_picture, picture, states
from tests.work.cloud_story import STUDIO, Story

DELETE = Wish(action=CloudAction.DELETE)


@pytest.fixture
def story(desk: Desk) -> Story:
    return Story(desk)


def test_a_rename_reaches_the_service_and_the_mirror_and_can_be_taken_back(story: Story) -> None:
    hero = story.upload("summer/hero")
    story.sync()
    plan = story.asks.plan([hero], Wish(action=CloudAction.RENAME, value="winter/hero"))
    assert plan.urls_changed == 1
    batch = story.asks.carry_out(plan)
    assert states(story.finished(batch)) == {JobState.DONE}
    assert story.there() == story.mirrored() == {"winter/hero"}
    assert story.asks.can_undo(batch)
    back = story.asks.undo(batch)
    assert back is not None
    story.finished(back)
    assert story.there() == story.mirrored() == {"summer/hero"}


def test_a_public_id_that_the_mirror_knows_is_not_planned(story: Story) -> None:
    hero, _ = story.upload("one", 1), story.upload("two", 2)
    story.sync()
    (step,) = story.asks.plan([hero], Wish(action=CloudAction.RENAME, value="two")).steps
    assert step.objection is Objection.NAME_TAKEN


def test_what_is_deleted_vanishes_here_and_comes_back_from_its_backup(story: Story) -> None:
    ids = [story.upload(f"hero{number}", number) for number in range(3)]
    story.sync()
    batch = story.asks.carry_out(story.asks.plan(ids, DELETE))
    (job,) = story.finished(batch)
    assert (job.state, job.result) == (JobState.DONE, {"deleted": 3, "backup": True})
    assert story.there() == story.mirrored() == set()
    assert {change.public_id for change in story.asks.deleted()} == {"hero0", "hero1", "hero2"}
    back = story.asks.undo(batch)
    assert back is not None
    assert states(story.finished(back)) == {JobState.DONE}
    assert story.there() == story.mirrored() == {"hero0", "hero1", "hero2"}


def test_a_deletion_that_nothing_keeps_offers_no_undoing(story: Story) -> None:
    hero = story.upload("hero", backup=False)
    story.sync()
    batch = story.asks.carry_out(story.asks.plan([hero], DELETE))
    story.finished(batch)
    assert not story.asks.can_undo(batch)
    assert story.asks.undo(batch) is None


def test_a_version_that_came_meanwhile_is_not_deleted_by_an_old_wish(story: Story) -> None:
    hero, other = story.upload("hero", 1), story.upload("other", 3)
    story.sync()
    plan = story.asks.plan([hero, other], DELETE)
    story.desk.clock.forward(timedelta(seconds=5))
    story.upload("hero", 2)
    (job,) = story.finished(story.asks.carry_out(plan))
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert "hero" in job.error.sentence()
    assert story.there() == {"hero"}


def test_a_name_that_somebody_else_gave_meanwhile_stays(story: Story) -> None:
    hero = story.upload("hero")
    story.sync()
    plan = story.asks.plan([hero], Wish(action=CloudAction.TITLE, value="Mine"))
    cloudinary.api.update("hero", display_name="Theirs", **story.options)
    (job,) = story.finished(story.asks.carry_out(plan))
    assert job.state is JobState.FAILED
    assert cloudinary.api.resource("hero", **story.options)["display_name"] == "Theirs"
    worker = story.desk.parts.worker
    assert [one.id for one in worker.transfers()] == [job.id]
    worker.clear_finished()
    assert worker.transfers() == []


def test_what_is_done_leaves_the_list_and_can_still_be_brought_back(story: Story) -> None:
    hero = story.upload("hero")
    story.sync()
    story.do([hero], DELETE)
    worker = story.desk.parts.worker
    worker.clear_finished()
    assert worker.transfers() == []
    (gone,) = story.asks.deleted()
    assert gone.public_id == "hero"
    story.finished(story.asks.queue(story.asks.plan_return([gone])))
    assert story.there() == {"hero"}


def test_a_lost_reply_is_no_second_deletion_and_no_failure(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    hero = story.upload("hero")
    story.sync()
    really, calls = Operations.delete, []

    def lost(operations: Operations, asset_ids: list[str]) -> None:
        really(operations, asset_ids)
        calls.append(asset_ids)
        raise ServiceTroubleError(service="Cloudinary", detail="the connection broke")

    monkeypatch.setattr(Operations, "delete", lost)
    (job,) = story.do([hero], DELETE)
    assert (job.state, len(calls)) == (JobState.DONE, 1)
    assert story.there() == set()


def test_a_rename_whose_reply_was_lost_is_found_done(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    hero = story.upload("hero")
    story.sync()
    really, calls = Operations.rename, []

    def lost(operations: Operations, *values: object) -> str:
        calls.append(really(operations, *values))  # type: ignore[arg-type]
        raise ServiceTroubleError(service="Cloudinary", detail="the connection broke")

    monkeypatch.setattr(Operations, "rename", lost)
    (job,) = story.do([hero], Wish(action=CloudAction.RENAME, value="star"))
    assert (job.state, len(calls)) == (JobState.DONE, 1)
    assert story.there() == {"star"}


def test_offline_they_wait_and_then_go_out(story: Story) -> None:
    hero = story.upload("hero")
    story.sync()
    worker = story.desk.parts.worker
    worker.set_work_offline(on=True)
    batch = story.asks.carry_out(story.asks.plan([hero], DELETE))
    assert story.asks.ended(batch) is None
    story.desk.reopen()
    story.desk.parts.worker.set_work_offline(on=False)
    assert states(story.finished(batch)) == {JobState.DONE}
    assert story.there() == set()


def test_what_is_wished_offline_builds_on_what_was_wished_before(story: Story) -> None:
    hero = story.upload("hero")
    story.sync()
    story.desk.parts.worker.set_work_offline(on=True)
    wishes = [
        Wish(action=CloudAction.TITLE, value="Frist"),
        Wish(action=CloudAction.MOVE, value="press"),
        Wish(action=CloudAction.TITLE, value="First"),
        Wish(action=CloudAction.RENAME, value="star"),
        Wish(action=CloudAction.RENAME, value="superstar"),
    ]
    batches = [story.asks.carry_out(story.asks.plan([hero], wish)) for wish in wishes]
    (again,) = story.asks.plan([hero], wishes[-1]).steps
    assert again.objection is Objection.NOTHING_TO_DO
    story.desk.reopen()
    story.desk.parts.worker.set_work_offline(on=False)
    for batch in batches:
        assert states(story.finished(batch)) == {JobState.DONE}
    there = cloudinary.api.resource("superstar", **story.options)
    assert (there["display_name"], there["asset_folder"]) == ("First", "press")
    back = story.asks.undo(batches[2])
    assert back is not None
    story.finished(back)
    assert cloudinary.api.resource("superstar", **story.options)["display_name"] == "Frist"


def test_a_wish_that_returns_to_an_earlier_one_counts(story: Story) -> None:
    hero = story.upload("hero")
    story.sync()
    worker = story.desk.parts.worker
    worker.set_work_offline(on=True)
    wishes = [Wish(action=CloudAction.TITLE, value=name) for name in ("Dawn", "hero", "Dawn")]
    batches = [story.asks.carry_out(story.asks.plan([hero], wish)) for wish in wishes]
    assert len(worker.transfers()) == 3
    worker.set_work_offline(on=False)
    for batch in batches:
        assert states(story.finished(batch)) == {JobState.DONE}
    assert cloudinary.api.resource("hero", **story.options)["display_name"] == "Dawn"


def test_a_wish_that_is_repeated_while_it_waits_is_one(story: Story) -> None:
    hero = story.upload("hero")
    story.sync()
    worker = story.desk.parts.worker
    worker.set_work_offline(on=True)
    for _ in range(2):
        story.asks.carry_out(story.asks.plan([hero], DELETE))
    assert len(worker.transfers()) == 1


def test_what_builds_on_a_wish_that_came_too_late_is_left_alone_too(story: Story) -> None:
    hero = story.upload("hero")
    story.sync()
    story.desk.parts.worker.set_work_offline(on=True)
    wishes = [Wish(action=CloudAction.TITLE, value=value) for value in ("Mine", "Mine too")]
    batches = [story.asks.carry_out(story.asks.plan([hero], wish)) for wish in wishes]
    cloudinary.api.update("hero", display_name="Theirs", **story.options)
    story.desk.parts.worker.set_work_offline(on=False)
    for batch in batches:
        assert states(story.finished(batch)) == {JobState.FAILED}
    assert cloudinary.api.resource("hero", **story.options)["display_name"] == "Theirs"


def test_what_we_delivered_is_known_by_its_new_name_and_forgotten_when_deleted(
    story: Story,
) -> None:
    picture(story.desk.folder / "hero.jpg", 5)
    story.desk.library()
    story.desk.approve()
    story.desk.push()
    story.sync()
    copy = story.desk.asset("hero.jpg").cloud
    assert copy is not None
    cloud = catalog_id(STUDIO, copy.asset_id)
    story.do([cloud], Wish(action=CloudAction.RENAME, value="star"))
    renamed = next(one for one in story.desk.assets() if one.path == "hero.jpg").cloud
    assert renamed is not None
    assert (renamed.public_id, renamed.asset_id) == ("star", copy.asset_id)
    assert story.desk.plan([story.desk.asset("hero.jpg").id]).sending == ()
    story.do([cloud], DELETE)
    (step,) = story.desk.plan([story.desk.asset("hero.jpg").id]).sending
    assert step.public_id == "star"


def test_what_a_person_shut_before_is_opened_by_the_wish_after_it(story: Story) -> None:
    hero = story.upload("hero")
    story.sync()
    worker = story.desk.parts.worker
    worker.set_work_offline(on=True)
    wishes = [Wish(action=CloudAction.ACCESS, values=values) for values in (("token",), ())]
    batches = [story.asks.carry_out(story.asks.plan([hero], wish)) for wish in wishes]
    worker.set_work_offline(on=False)
    for batch in batches:
        assert states(story.finished(batch)) == {JobState.DONE}
    assert not cloudinary.api.resource("hero", **story.options).get("access_control")


def test_what_somebody_shut_meanwhile_is_not_opened_by_an_old_wish(story: Story) -> None:
    picture(story.desk.folder / "hero.jpg", 5)
    story.desk.library()
    story.desk.approve()
    story.desk.push()
    story.sync()
    copy = story.desk.asset("hero.jpg").cloud
    assert copy is not None
    hero = catalog_id(STUDIO, copy.asset_id)
    open_for_a_time = Wish(action=CloudAction.ACCESS, values=("anonymous||2027-01-01T00:00:00Z",))
    plan = story.asks.plan([hero], open_for_a_time)
    shut = [{"access_type": "token"}]
    cloudinary.api.update(copy.public_id, access_control=shut, **story.options)
    (job,) = story.finished(story.asks.carry_out(plan))
    assert job.state is JobState.FAILED
    assert cloudinary.api.resource(copy.public_id, **story.options)["access_control"] == shut
    assert states(story.do([hero], open_for_a_time)) == {JobState.DONE}


def test_content_whose_rights_have_ended_does_not_come_back(story: Story) -> None:
    desk = story.desk
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + timedelta(days=3))
    desk.library()
    desk.approve()
    desk.push()
    story.sync()
    copy = desk.asset("hero.jpg").cloud
    assert copy is not None
    cloudinary.uploader.upload(
        str(desk.folder / "hero.jpg"), public_id=copy.public_id, backup=True, **story.options
    )
    cloudinary.api.update(
        copy.public_id, context={"sha256": copy.sha256}, type="upload", **story.options
    )
    story.sync()
    cloud = catalog_id(STUDIO, copy.asset_id)
    assert story.asks.address(cloud)
    batch = story.asks.carry_out(story.asks.plan([cloud], DELETE))
    desk.clock.forward(timedelta(days=9))
    with pytest.raises(GateRefusalError):
        story.asks.address(cloud)
    story.finished(batch)
    back = story.asks.undo(batch)
    assert back is not None
    (job,) = story.finished(back)
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert job.error.kind == "GateRefusalError"
    assert story.there() == set()


def test_in_fixed_mode_a_move_is_a_rename(story: Story) -> None:
    hero = story.upload("summer/hero")
    story.sync()
    story.desk.parts.stock.places.put_folder_mode(STUDIO, FolderMode.FIXED)
    story.desk.parts.environments.reload()
    plan = story.asks.plan([hero], Wish(action=CloudAction.MOVE, value="winter"))
    (step,) = plan.doing
    assert (step.change.action, step.change.value) == (CloudAction.RENAME, "winter/hero")
    assert plan.urls_changed == 1


def test_versions_and_addresses_are_asked_for_by_asset(story: Story, tmp_path: Path) -> None:
    hero = story.upload("hero", 1)
    story.desk.clock.forward(timedelta(seconds=5))
    story.upload("hero", 2)
    secret = story.upload("plan", 3, type="authenticated")
    story.sync()
    kept = story.asks.kept(hero)
    assert len(kept.versions) == 2
    old = kept.versions[-1]
    size = story.asks.download(hero, old.version_id, tmp_path / "old.jpg")
    assert size == old.bytes
    (job,) = story.do([hero], Wish(action=CloudAction.RESTORE, value=old.version_id))
    assert job.state is JobState.DONE
    assert story.asks.kept(hero).asset.bytes == old.bytes
    assert "/s--" not in story.asks.address(hero)
    assert "/authenticated/s--" in story.asks.address(secret)
    other = story.upload("other", 4)
    story.sync()
    story.do(
        [hero], Wish(action=CloudAction.RELATE, values=(story.asks.kept(other).asset.asset_id,))
    )
    assert [one.public_id for one in story.asks.related(hero)] == ["other"]


def test_files_here_are_no_assets_there(story: Story) -> None:
    picture(story.desk.folder / "hero.jpg")
    story.desk.library()
    with pytest.raises(NotFoundError):
        story.asks.plan([story.desk.asset("hero.jpg").id], DELETE)
