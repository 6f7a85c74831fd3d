"""Undo and redo of decisions never decide over what came since, in the real catalog and ledger."""

from collections.abc import Sequence

import pytest

from bridge_app.domain.approvals import Approval, Ruling
from bridge_app.domain.assets import AssetId
from bridge_app.ui.decision_step import Decided, decide, decide_again, take_back
from tests.desk import Desk, picture

NAMES = ("beach.jpg", "cliff.jpg")


@pytest.fixture
def coast(desk: Desk) -> Desk:
    """The desk with two pictures in its library."""
    for number, name in enumerate(NAMES):
        picture(desk.folder / name, number)
    desk.library()
    return desk


def ids(desk: Desk) -> tuple[AssetId, ...]:
    return tuple(desk.asset(name).id for name in NAMES)


def states(desk: Desk) -> list[Approval]:
    return [desk.asset(name).approval for name in NAMES]


def approved(desk: Desk, assets: Sequence[AssetId]) -> Decided:
    return decide(desk.parts.worker, assets, Approval.APPROVED, comment="")


def test_what_somebody_else_decided_meanwhile_stays(coast: Desk) -> None:
    worker, (beach, _) = coast.parts.worker, ids(coast)
    step = approved(coast, ids(coast))
    # The same answer, and still another person's.
    worker.approvals.rule([beach], Ruling(approval=Approval.APPROVED, who="Mira"))
    taken = take_back(worker, step, comment="Taken back")
    assert (step.count, taken.count) == (2, 1)
    assert states(coast) == [Approval.APPROVED, Approval.DRAFT]
    again = decide_again(worker, taken)
    assert (again.count, states(coast)) == (1, [Approval.APPROVED, Approval.APPROVED])


def test_what_was_decided_after_undo_is_not_decided_over_by_redo(coast: Desk) -> None:
    worker, (beach, _) = coast.parts.worker, ids(coast)
    taken = take_back(worker, approved(coast, ids(coast)), comment="")
    worker.decide([beach], Approval.REJECTED)
    assert decide_again(worker, taken).count == 1
    assert states(coast) == [Approval.REJECTED, Approval.APPROVED]


def test_an_approval_of_other_bytes_is_not_given_to_these(coast: Desk) -> None:
    worker, (beach, _) = coast.parts.worker, ids(coast)
    approved(coast, [beach])
    step = decide(worker, [beach], Approval.REJECTED, comment="")
    before = coast.asset("beach.jpg").content
    picture(coast.folder / "beach.jpg", seed=9)
    coast.until(lambda: coast.asset("beach.jpg").content not in (before, None), what="the new file")
    assert take_back(worker, step, comment="").count == 0
    assert coast.asset("beach.jpg").approval is not Approval.APPROVED


def test_what_was_decided_in_stages_is_not_rubbed_out(coast: Desk) -> None:
    worker, (beach, cliff) = coast.parts.worker, ids(coast)
    worker.decide([beach], Approval.APPROVED, stage="legal")
    step = approved(coast, (beach, cliff))
    assert take_back(worker, step, comment="").count == 1
    stages = worker.standing(beach).stages
    assert [(one.stage, one.approval) for one in stages] == [("legal", Approval.APPROVED)]
    later = approved(coast, [cliff])
    worker.decide([cliff], Approval.APPROVED, stage="legal")
    assert take_back(worker, later, comment="").count == 0
