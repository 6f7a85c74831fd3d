"""Custom fields of a service: known by their definitions, said here, delivered there."""

import pytest

from bridge_app.domain.custom_fields import custom_path
from bridge_app.domain.edits import EditState
from tests.work.campaign import Campaign
from tests.work.test_master_edits import delivered, set_to

OFTEN = 1_000
REGION = "Region"


@pytest.fixture
def brand(campaign: Campaign) -> Campaign:
    """An organisation that sorts its masters by region; one of them says so."""
    campaign.brand.state.add_custom_field(
        campaign.brand.organization, REGION, ["North", "South", "East"]
    )
    worker = campaign.desk.parts.worker
    hero = campaign.asset("hero.jpg").id
    worker.masters.say([hero], [set_to(custom_path(REGION).key, "South")])
    delivered(campaign.desk, [hero])
    return campaign


def test_definitions_are_those_of_the_organisation_without_the_one_for_approvals(
    brand: Campaign,
) -> None:
    defined = brand.desk.parts.worker.shelters.custom_fields
    assert defined.of(brand.account) == {REGION: ("North", "South", "East")}
    assert defined.anywhere() == {REGION: ("North", "South", "East")}


def test_where_the_service_cannot_be_asked_what_masters_say_is_offered(brand: Campaign) -> None:
    brand.sandbox.faults.answer(status=500, times=OFTEN, path_contains="/metadata/fields")
    defined = brand.desk.parts.worker.shelters.custom_fields
    assert defined.of(brand.account) == {REGION: ("South",)}


def test_what_is_chosen_is_told_to_the_service(brand: Campaign) -> None:
    assert "South" in brand.brand.chosen("hero.jpg")
    (edit,) = brand.desk.parts.worker.masters.history(brand.asset("hero.jpg").id)
    assert edit.state is EditState.DELIVERED
