"""Renditions of masters that live at a service: made on what the service says at that moment."""

from bridge_app.domain.approvals import Approval
from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.domain.rendition_plan import RenditionWish
from tests.work.campaign import SQUARE, Campaign


def queued(campaign: Campaign) -> str:
    """The square of the hero is asked for; the batch."""
    desk = campaign.worker.renditions
    chosen = [campaign.asset("hero.jpg").id]
    return str(desk.carry_out(desk.plan(chosen, RenditionWish(presets=(SQUARE,)))))


def finished(campaign: Campaign, batch: str) -> JobRecord:
    (job,) = campaign.desk.finished(batch)
    return job


def test_what_was_withdrawn_at_the_service_is_not_made_before_any_sync(campaign: Campaign) -> None:
    assert all(job.error is None for job in campaign.push("hero.jpg"))
    media = campaign.brand.of("hero.jpg")
    campaign.sandbox.shelter.update_media(media.id, model_released=False)
    job = finished(campaign, queued(campaign))
    assert job.error is not None
    assert job.error.kind == "GateRefusalError"
    assert campaign.worker.renditions.made_of(campaign.asset("hero.jpg").id) == ()


def test_what_is_gone_at_the_service_is_not_made(campaign: Campaign) -> None:
    assert all(job.error is None for job in campaign.push("hero.jpg"))
    campaign.sandbox.shelter.purge(campaign.brand.of("hero.jpg").id)
    job = finished(campaign, queued(campaign))
    assert job.error is not None
    assert job.error.kind == "MasterGoneError"


def test_a_decision_reaches_the_service_before_anything_is_made_on_it(campaign: Campaign) -> None:
    assert all(job.error is None for job in campaign.push("hero.jpg"))
    campaign.sandbox.faults.answer(status=503, times=30, path_contains="/psapi/")
    campaign.worker.decide([campaign.asset("hero.jpg").id], Approval.APPROVED)
    batch = queued(campaign)
    campaign.desk.until(
        lambda: campaign.worker.batch(batch)[0].state is JobState.WAITING, what="the wait"
    )
    assert campaign.worker.batch(batch)[0].waiting_for is WaitingFor.SCAN
    campaign.sandbox.faults.clear()
