"""A plan in which nothing is sent is kept for as long as it would come out the same."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.policies import Policy
from bridge_app.domain.push_plan import PushAction, PushPlan, PushTarget, plan_push
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, Desk, licensed_picture, picture

CLOUD = ACCOUNT.cloud_name


@pytest.fixture
def desk(sandbox: Sandbox, decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    """A desk of two pictures that were pushed; one may be used for two more days."""
    made = Desk(tmp_path, sandbox=sandbox, decoder=decoder)
    picture(made.folder / "hero.jpg", 1)
    licensed_picture(made.folder / "fair.jpg", until=made.clock() + timedelta(days=2), seed=2)
    made.open()
    made.library()
    made.approve()
    made.push()
    yield made
    made.close()


def look_again(desk: Desk) -> None:
    (library,) = desk.parts.worker.libraries()
    desk.parts.worker.scan(library.id)
    desk.settled()


def planned(desk: Desk, target: PushTarget | None = None) -> PushPlan:
    assets = sorted(asset.id for asset in desk.assets())
    return desk.parts.worker.plan_push(assets, target or PushTarget())


def actions(plan: PushPlan) -> set[PushAction]:
    return {step.action for step in plan.steps}


def test_what_is_all_there_is_planned_once(desk: Desk) -> None:
    first = planned(desk)
    assert actions(first) == {PushAction.SAME_CONTENT}
    look_again(desk)
    assert planned(desk) is first


def test_a_licence_that_ends_by_the_clock_alone_is_seen(desk: Desk) -> None:
    planned(desk)
    desk.clock.forward(timedelta(days=4))
    assert PushAction.REFUSED in actions(planned(desk))


def test_a_decision_that_is_taken_meanwhile_is_seen(desk: Desk) -> None:
    planned(desk)
    hero = desk.asset("hero.jpg")
    desk.parts.worker.decide([hero.id], Approval.REJECTED)
    assert PushAction.REFUSED in actions(planned(desk))


def test_a_decision_in_another_process_is_seen(desk: Desk) -> None:
    planned(desk)
    other = desk.build()
    try:
        other.worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED)
    finally:
        other.close()
    assert PushAction.REFUSED in actions(planned(desk))


def test_a_changed_file_and_another_wish_are_planned_anew(desk: Desk) -> None:
    first = planned(desk)
    assert planned(desk, PushTarget(folder="spring")) is not first
    picture(desk.folder / "hero.jpg", 7)
    look_again(desk)
    desk.approve()
    assert actions(planned(desk)) == {PushAction.SAME_CONTENT, PushAction.NEW_VERSION}


def test_a_plan_that_sends_is_made_anew_each_time(desk: Desk) -> None:
    picture(desk.folder / "new.jpg", 8)
    look_again(desk)
    desk.approve()
    assert planned(desk) is not planned(desk)


def as_the_planner_says(desk: Desk) -> PushPlan:
    """The plan of all, of which none was taken for settled."""
    stock = desk.parts.stock
    with stock.readers.lent() as reader:
        assets = reader.assets(sorted(asset.id for asset in desk.assets()))
    queued, policies = stock.jobs.queued_pushes(CLOUD), stock.gate.policies(CLOUD)
    return plan_push(
        assets,
        target=PushTarget(),
        environment=CLOUD,
        remote=stock.deliveries.remote_state(CLOUD, queued, policies),
        now=desk.clock(),
    )


def test_who_is_settled_has_the_step_that_the_planner_would_make(desk: Desk) -> None:
    (desk.folder / "twin.jpg").write_bytes((desk.folder / "hero.jpg").read_bytes())
    picture(desk.folder / "new.jpg", 8)
    look_again(desk)
    desk.approve()
    picture(desk.folder / "draft.jpg", 9)
    look_again(desk)
    whole = as_the_planner_says(desk)
    assert planned(desk) == whole
    assert [whole.count(one) for one in PushAction] == [1, 0, 3, 0, 0, 0, 1]


Saying = Callable[[Desk, AssetId], object]
SAID: dict[str, tuple[Saying, PushAction]] = {
    "a rejection": (
        lambda desk, hero: desk.parts.worker.decide([hero], Approval.REJECTED),
        PushAction.REFUSED,
    ),
    "a no in a stage": (
        lambda desk, hero: desk.parts.worker.decide([hero], Approval.REJECTED, stage="legal"),
        PushAction.REFUSED,
    ),
    "a missing release": (
        lambda desk, hero: desk.parts.worker.rights.claim(
            [hero], RightsClaim(model_released=False)
        ),
        PushAction.REFUSED,
    ),
    "a licence that is over": (
        lambda desk, hero: desk.parts.worker.rights.claim(
            [hero], RightsClaim(window=RightsWindow(ends=desk.clock() - timedelta(days=1)))
        ),
        PushAction.REFUSED,
    ),
    "a policy": (
        lambda desk, _: desk.parts.worker.policies.put([Policy(name="all", stages=("legal",))]),
        PushAction.REFUSED,
    ),
    "a deletion at Cloudinary": (
        lambda desk, _: desk.parts.stock.deliveries.forget_copies(
            CLOUD, [one.asset_id for one in desk.parts.stock.deliveries.copies(CLOUD)]
        ),
        PushAction.NEW,
    ),
}


@pytest.mark.parametrize("said", SAID)
def test_whatever_is_said_is_in_the_first_plan_after_it(desk: Desk, said: str) -> None:
    say, expected = SAID[said]
    hero = desk.asset("hero.jpg").id
    say(desk, hero)
    plan = planned(desk)
    assert plan == as_the_planner_says(desk)
    assert {step.action for step in plan.steps if step.asset == hero} == {expected}
