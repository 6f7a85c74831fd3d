"""A plan in which nothing is sent is kept for as long as it would come out the same."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.push_plan import PushAction, PushPlan, PushTarget
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from tests.desk import Desk, licensed_picture, picture


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
