"""What arrives in an intake folder waits for its review, once, and goes nowhere before."""

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.gate import Reason
from tests.work.campaign import Campaign, drawn

GUESTS = "Guests"


@pytest.fixture
def event(campaign: Campaign) -> Campaign:
    """A gallery that takes in what guests photograph."""
    gallery = campaign.brand.gallery(GUESTS, parents=[campaign.brand.campaign])
    campaign.brand.add("old.jpg", galleries=[gallery])
    campaign.synced()
    campaign.desk.parts.worker.intake.mark(campaign.account, f"Spring 2027/{GUESTS}", on=True)
    return campaign


def arrives(event: Campaign, name: str) -> None:
    (gallery,) = event.brand.containers(GUESTS)
    event.brand.add(name, galleries=[gallery.id])
    event.brand.state.touch(gallery.id)
    event.synced()


def waiting(event: Campaign) -> list[str]:
    found = event.desk.parts.worker.intake.waiting(event.account)
    return [one.name for one in event.assets() if one.id in found]


def ids(event: Campaign, *names: str) -> list[AssetId]:
    return [event.asset(name).id for name in names]


def test_what_arrives_joins_the_review_queue_and_the_gate_stays_shut(event: Campaign) -> None:
    arrives(event, "guest.jpg")
    event.desk.until(lambda: waiting(event) == ["guest.jpg", "old.jpg"], what="the queue")
    assert event.asset("guest.jpg").approval is Approval.IN_REVIEW
    assert event.asset("hero.jpg").approval is Approval.DRAFT
    plan = event.desk.plan(ids(event, "guest.jpg"))
    assert [Reason.IN_REVIEW in step.reasons for step in plan.steps] == [True]
    worker = event.desk.parts.worker
    (folder,) = worker.intake.folders()
    assert (folder.folder, folder.waiting) == (f"Spring 2027/{GUESTS}", 2)
    # All of it is tagged and decided on at once.
    chosen = worker.intake.waiting(event.account)
    jobs = event.desk.finished(worker.intake.tag(chosen, ["event:launch", "guests", "guests"]))
    assert [job.error for job in jobs] == [None, None]
    assert worker.decide(chosen, Approval.APPROVED) == 2
    assert waiting(event) == []
    for name in ("guest.jpg", "old.jpg"):
        assert set(event.brand.keywords(name)) >= {"event:launch", "guests"}
        assert event.brand.keywords(name).count("guests") == 1
        assert "guests" in event.asset(name).keywords
    for word in ("a,b", "x" * 65):
        with pytest.raises(InvalidInputError):
            worker.intake.tag(chosen, [word])


def test_what_a_person_said_is_never_asked_again_and_without_its_mark_nothing_is(
    event: Campaign,
) -> None:
    worker = event.desk.parts.worker
    assert waiting(event) == ["old.jpg"]
    worker.decide(ids(event, "old.jpg"), Approval.REJECTED)
    assert worker.intake.look(event.account) == 0
    event.synced()
    assert waiting(event) == []
    assert event.asset("old.jpg").approval is Approval.REJECTED
    history = [one.who for one in worker.history(ids(event, "old.jpg")[0])]
    assert history.count("Intake") == 1
    worker.intake.mark(event.account, f"Spring 2027/{GUESTS}", on=False)
    arrives(event, "guest.jpg")
    assert worker.intake.look(event.account) == 0
    assert worker.intake.folders() == ()
    assert event.asset("guest.jpg").approval is Approval.DRAFT


@pytest.mark.soak
def test_another_file_in_its_place_is_looked_at_again(event: Campaign) -> None:
    worker = event.desk.parts.worker
    worker.decide(ids(event, "old.jpg"), Approval.APPROVED)
    event.brand.state.replace_file(event.brand.media["old.jpg"], drawn(99))
    event.synced()
    event.desk.until(lambda: waiting(event) == ["old.jpg"], what="the queue")
