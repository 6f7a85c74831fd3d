"""Edits of records at a service: what is refused of one master keeps no other one waiting."""

import pytest

from bridge_app.app.master_parts import shelter_handler
from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import EditState
from bridge_app.work.context import Context
from bridge_app.work.jobs import WRITE_SHELTER
from bridge_app.work.retry import ATTEMPTS
from tests.work.campaign import Campaign
from tests.work.test_master_edits import delivered, set_to

OFTEN = 1_000


def states(campaign: Campaign, asset: AssetId) -> list[EditState]:
    return [edit.state for edit in campaign.desk.parts.worker.masters.history(asset)]


@pytest.fixture
def two(campaign: Campaign) -> list[AssetId]:
    """Two masters."""
    campaign.brand.add("other.jpg")
    campaign.synced()
    return [campaign.asset(name).id for name in ("hero.jpg", "other.jpg")]


def test_a_record_that_may_not_be_seen_any_more_stops_no_other_one(
    campaign: Campaign, two: list[AssetId]
) -> None:
    desk, (hero, other) = campaign.desk, two
    masters = desk.parts.worker.masters
    campaign.sandbox.faults.answer(
        status=400, times=OFTEN, path_contains=campaign.brand.media["hero.jpg"]
    )

    masters.say(two, [set_to("title", "Morning")])
    desk.until(lambda: not desk.parts.stock.edits.due(), what="the edits")

    (failed,) = masters.history(hero)
    assert (failed.state, failed.error is None) == (EditState.FAILED, False)
    assert states(campaign, other) == [EditState.DELIVERED]
    campaign.sandbox.faults.clear()
    masters.try_again(two)
    delivered(desk, two)
    assert campaign.brand.of("hero.jpg").iptc["title"] == "Morning"


def test_the_last_try_fails_the_master_that_was_in_hand_alone(
    campaign: Campaign, two: list[AssetId]
) -> None:
    desk, (hero, other) = campaign.desk, two
    worker = desk.parts.worker
    worker.set_work_offline(on=True)
    worker.masters.say(two, [set_to("title", "Morning")])
    (record,) = desk.parts.stock.jobs.recent((WRITE_SHELTER,), limit=1)
    campaign.sandbox.faults.answer(
        status=500, times=OFTEN, path_contains=campaign.brand.media["hero.jpg"]
    )

    handler = shelter_handler(desk.parts.stock, worker.shelters, worker._crew.announcer)
    handler(record, Context(attempt=ATTEMPTS, now=desk.clock, report=lambda *_: None))

    assert states(campaign, hero) == [EditState.FAILED]
    assert states(campaign, other) == [EditState.DELIVERED]
