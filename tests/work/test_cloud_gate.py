"""What is done at Cloudinary opens nothing that the gate holds back."""

from datetime import timedelta

import cloudinary.api
import cloudinary.uploader
import pytest

from bridge_app.delivery.links import AddressWish
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import catalog_id
from bridge_app.domain.cloud_changes import CloudAction, Wish
from bridge_app.domain.errors import (
    GateRefusalError,
    NoAddressError,
)
from bridge_app.domain.folder_changes import FolderPlace
from bridge_app.domain.jobs import JobState
from bridge_app.domain.retractions import RetractionState
from tests.desk import Desk, licensed_picture, picture
from tests.work.cloud_story import STUDIO, Story

MOVE_TO_SPRING = Wish(action=CloudAction.MOVE, value="spring")


@pytest.fixture
def story(desk: Desk) -> Story:
    return Story(desk)


def pushed(story: Story) -> AssetId:
    """What was delivered of an approved master, as the mirror knows it."""
    desk = story.desk
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.push()
    story.sync()
    copy = desk.asset("hero.jpg").cloud
    assert copy is not None
    return catalog_id(STUDIO, copy.asset_id)


def test_access_is_not_widened_to_what_the_gate_holds_back(story: Story) -> None:
    desk, cloud = story.desk, pushed(story)
    locked, everybody = (
        Wish(action=CloudAction.ACCESS, values=rules) for rules in (("token",), ())
    )
    (job,) = story.do([cloud], locked)
    assert job.state is JobState.DONE
    soon = Wish(action=CloudAction.ACCESS, values=("token", "anonymous|2027-01-01T00:00:00Z"))
    eager = Wish(action=CloudAction.REFRESH, values=("c_fill,w_80/f_png",))
    planned = [story.asks.plan([cloud], one) for one in (everybody, soon, eager)]
    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.CHANGES_REQUESTED)
    # It is said to whoever asks for it now, and what was asked for before is not done either.
    with pytest.raises(GateRefusalError, match="changes were requested"):
        story.asks.plan([cloud], soon)
    for plan in planned:
        (job,) = story.finished(story.asks.carry_out(plan))
        assert job.error is not None
        assert job.error.facts["reasons"] == "changes were requested"
    desk.approve()
    (job,) = story.do([cloud], everybody)
    assert job.state is JobState.DONE


def test_a_version_comes_back_only_where_the_gate_allows_its_content(story: Story) -> None:
    desk = story.desk
    for seed, name in enumerate(("rejected.jpg", "hero.jpg")):
        picture(desk.folder / name, seed)
    desk.library()
    desk.approve("hero.jpg")
    desk.parts.worker.decide([desk.asset("rejected.jpg").id], Approval.REJECTED)
    hero = story.upload_file(desk.folder / "rejected.jpg", "hero")
    story.desk.clock.forward(timedelta(seconds=5))
    story.upload_file(
        desk.folder / "hero.jpg", "hero", context={"sha256": desk.asset("hero.jpg").sha256}
    )
    story.sync()
    first = min(story.asks.kept(hero).versions, key=lambda one: one.version)
    bring_back = Wish(action=CloudAction.RESTORE, value=first.version_id)
    (job,) = story.do([hero], bring_back)
    assert job.error is not None
    assert job.error.facts["reasons"] == "it was rejected"
    assert story.asks.kept(hero).asset.bytes == desk.asset("hero.jpg").bytes
    desk.approve("rejected.jpg")
    (job,) = story.do([hero], bring_back)
    assert job.state is JobState.DONE


def test_a_link_to_a_folder_shows_nothing_that_the_gate_holds_back(story: Story) -> None:
    desk, cloud = story.desk, pushed(story)
    story.upload("theirs", 7, asset_folder="spring")
    story.finished(story.asks.carry_out(story.asks.plan([cloud], MOVE_TO_SPRING)))
    story.sync()
    spring = FolderPlace(environment=STUDIO, path="spring")
    assert story.asks.folder_link(spring, seconds=60).startswith("http")
    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    with pytest.raises(NoAddressError, match="it was rejected"):
        story.asks.folder_link(spring, seconds=60)


def test_a_list_of_a_tag_shows_nothing_that_the_gate_holds_back(story: Story) -> None:
    desk = story.desk
    pushed(story)
    story.upload("theirs", 7, tags=["Spring"])
    hero = desk.asset("hero.jpg").cloud
    assert hero is not None
    cloudinary.uploader.add_tag("spring", [hero.public_id], **story.options)
    story.sync()
    wish = AddressWish()
    assert story.asks.list_address(STUDIO, "spring", wish).endswith("/image/list/spring.json")
    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    for tag in ("spring", "Spring"):
        with pytest.raises(NoAddressError, match="it was rejected"):
            story.asks.list_address(STUDIO, tag, wish)
    assert story.asks.list_address(STUDIO, "autumn", wish)


def test_nothing_is_approved_there_that_the_gate_holds_back(story: Story) -> None:
    desk, cloud = story.desk, pushed(story)
    accept, refuse = (
        Wish(action=CloudAction.MODERATE, value=value) for value in ("approved", "rejected")
    )
    planned = story.asks.plan([cloud], accept)
    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    with pytest.raises(GateRefusalError, match="it was rejected"):
        story.asks.plan([cloud], accept)
    (job,) = story.finished(story.asks.carry_out(planned))
    assert job.error is not None
    assert job.error.facts["reasons"] == "it was rejected"
    (job,) = story.do([cloud], refuse)
    assert job.state is JobState.DONE


def test_what_was_said_holds_also_when_its_library_is_not_here_any_more(story: Story) -> None:
    desk, cloud = story.desk, pushed(story)
    worker = desk.parts.worker
    everybody = Wish(action=CloudAction.ACCESS)
    accept = Wish(action=CloudAction.MODERATE, value="approved")
    before = story.asks.plan([cloud], accept)
    worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    settled(desk, RetractionState.RETRACTED)
    story.sync()
    (library,) = [one for one in worker.libraries() if not one.id.startswith("cloud:")]
    worker.remove_library(library.id)
    story.sync()
    with pytest.raises(NoAddressError, match="it was rejected"):
        story.asks.address(cloud)
    for wish in (everybody, accept):
        with pytest.raises(GateRefusalError, match="it was rejected"):
            story.asks.plan([cloud], wish)
    (job,) = story.finished(story.asks.carry_out(before))
    assert job.error is not None
    assert job.error.facts["reasons"] == "it was rejected"


def test_what_was_withdrawn_for_its_rights_stays_so_when_its_library_is_not_here_any_more(
    story: Story,
) -> None:
    desk, worker = story.desk, story.desk.parts.worker
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + timedelta(days=3))
    desk.library()
    desk.approve()
    desk.push()
    story.sync()
    hero = desk.asset("hero.jpg").cloud
    assert hero is not None
    cloud = catalog_id(STUDIO, hero.asset_id)
    desk.clock.forward(timedelta(days=5))
    worker.retractions.look()
    settled(desk, RetractionState.RETRACTED)
    story.sync()
    (library,) = [one for one in worker.libraries() if not one.id.startswith("cloud:")]
    worker.remove_library(library.id)
    with pytest.raises(NoAddressError, match="its rights have ended"):
        story.asks.address(cloud)
    with pytest.raises(GateRefusalError, match="its rights have ended"):
        story.asks.plan([cloud], Wish(action=CloudAction.ACCESS))


def settled(desk: Desk, state: RetractionState) -> None:
    record = desk.parts.worker.retractions.record
    desk.until(lambda: [one.state for one in record(STUDIO)] == [state], what=state)
