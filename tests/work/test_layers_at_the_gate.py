"""What is laid on a rendition is delivered with it: the gate is asked about that, too."""

import base64

import pytest

from bridge_app.delivery.links import AddressWish
from bridge_app.domain.approvals import Approval
from bridge_app.domain.cloud import catalog_id
from bridge_app.domain.errors import NoAddressError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.reasons import Reason
from bridge_app.domain.rendition_plan import Obstacle, RenditionPlan, RenditionWish
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.domain.uses import Use
from tests.desk import ACCOUNT, Desk, picture

CLOUD = ACCOUNT.cloud_name
LAID_ON = "c_fill,h_80,w_80/l_brand:logo/fl_layer_apply,g_south_east"


@pytest.fixture
def pushed(desk: Desk) -> Desk:
    """A picture and a logo, both approved and delivered."""
    picture(desk.folder / "hero.jpg", 1)
    picture(desk.folder / "logo.jpg", 2)
    desk.library()
    desk.approve()
    desk.push(folder="brand")
    desk.parts.worker.cloud.sync(CLOUD)
    desk.settled()
    return desk


def plan(desk: Desk, transformation: str) -> RenditionPlan:
    preset = RenditionPreset(
        name="badge", title="Badge", transformation=transformation, format="png"
    )
    wish = RenditionWish(presets=(preset,))
    return desk.parts.worker.renditions.plan([desk.asset("hero.jpg").id], wish)


def address(desk: Desk, transformation: str) -> str:
    hero = desk.asset("hero.jpg").cloud
    assert hero is not None
    wish = AddressWish(transformation=transformation)
    return desk.parts.worker.cloud_desk.address(catalog_id(CLOUD, hero.asset_id), wish)


def test_a_rendition_with_something_rejected_laid_on_does_not_leave(pushed: Desk) -> None:
    before = plan(pushed, LAID_ON)
    assert [step.obstacle for step in before.steps] == [None]
    assert address(pushed, LAID_ON)
    pushed.parts.worker.decide([pushed.asset("logo.jpg").id], Approval.REJECTED)
    (step,) = plan(pushed, LAID_ON).steps
    assert (step.obstacle, step.reasons) == (Obstacle.GATE, (Reason.LAYER,))
    (job,) = pushed.finished(pushed.parts.worker.renditions.carry_out(before))
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert job.error.facts["reasons"] == "what is laid on it may not be shown"


@pytest.mark.parametrize(
    "transformation",
    [
        "l_brand:logo/fl_layer_apply",
        "u_brand:logo.jpg/fl_layer_apply",
        "$mark_!brand:logo!/l_$mark/fl_layer_apply",
        "l_image:upload:brand:logo,w_20",
        "c_scale,w_40/l_fetch:{fetched}/fl_layer_apply",
        "c_scale,w_40/l_fetch:{within}/fl_layer_apply",
        "t_badge",
        "c_scale,t_badge,w_40",
        "t_framed",
    ],
)
def test_however_it_is_named_it_is_found(pushed: Desk, transformation: str) -> None:
    logo = pushed.asset("logo.jpg").cloud
    assert logo is not None
    fetched = base64.urlsafe_b64encode(logo.url.encode()).decode()
    hero = pushed.asset("hero.jpg").cloud
    assert hero is not None
    laid = hero.url.replace("/upload/", "/upload/l_brand:logo/fl_layer_apply/")
    within = base64.urlsafe_b64encode(laid.encode()).decode()
    chain = transformation.format(fetched=fetched, within=within)
    for name, text in (("badge", LAID_ON), ("framed", "c_scale,w_40/t_badge")):
        preset = RenditionPreset(name=name, title="", transformation=text, format="png")
        pushed.parts.worker.rendition_presets.save(preset)
    assert address(pushed, chain)
    pushed.parts.worker.decide([pushed.asset("logo.jpg").id], Approval.REJECTED)
    with pytest.raises(NoAddressError, match="what is laid on it may not be shown"):
        address(pushed, chain)
    assert address(pushed, "c_scale,w_40/l_text:Inter_40:brand%3Alogo")


def test_what_is_laid_on_has_rights_of_its_own(pushed: Desk) -> None:
    limited = RightsClaim(territories=frozenset({"NO"}))
    pushed.parts.worker.rights.claim([pushed.asset("logo.jpg").id], limited)
    gate = pushed.parts.stock.gate
    with pushed.parts.stock.readers.lent() as reader:
        hero = reader.standing(pushed.asset("hero.jpg").id)
    assert hero is not None
    for market, against in (("NO", ()), ("DE", (Reason.LAYER,))):
        use = Use(market=market)
        assert gate.answer(hero, CLOUD, use=use, subject=LAID_ON).against == against
        assert gate.answer(hero, CLOUD, use=use).against == ()
