"""What Cloudinary's moderation comes to, and what a decision here means there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.cloud import Moderation
from bridge_app.domain.moderations import ModerationStatus, decision_of, status_of, to_tell

PENDING, GOOD, BAD = (
    ModerationStatus.PENDING,
    ModerationStatus.APPROVED,
    ModerationStatus.REJECTED,
)
said = st.builds(
    Moderation,
    kind=st.sampled_from(["manual", "aws_rek", "duplicate:0.8"]),
    status=st.sampled_from(["queued", "pending", "approved", "rejected", "aborted"]),
)


def by(**statuses: str) -> list[Moderation]:
    return [Moderation(kind=kind, status=status) for kind, status in statuses.items()]


@pytest.mark.parametrize(
    ("told", "status", "decision"),
    [
        (by(), ModerationStatus.NONE, None),
        (by(manual="pending"), PENDING, None),
        (by(manual="approved"), GOOD, (Approval.APPROVED, "Cloudinary · manual")),
        (by(manual="rejected"), BAD, (Approval.REJECTED, "Cloudinary · manual")),
        (by(aws_rek="approved"), GOOD, None),
        (
            by(aws_rek="rejected", manual="aborted"),
            BAD,
            (Approval.REJECTED, "Cloudinary · aws_rek"),
        ),
        (by(aws_rek="approved", manual="pending"), PENDING, None),
        (
            by(aws_rek="approved", manual="approved"),
            GOOD,
            (Approval.APPROVED, "Cloudinary · manual"),
        ),
    ],
)
def test_only_a_person_approves_and_anybody_rejects(
    told: list[Moderation], status: ModerationStatus, decision: tuple[Approval, str] | None
) -> None:
    assert status_of(told) is status
    assert decision_of(told) == decision


@given(told=st.lists(said, max_size=5))
def test_one_rejection_is_enough_and_an_approval_needs_all(told: list[Moderation]) -> None:
    statuses = {one.status for one in told}
    assert (status_of(told) is BAD) == ("rejected" in statuses)
    assert (status_of(told) is GOOD) == (statuses == {"approved"})


def test_only_decisions_are_told_and_only_where_they_are_news() -> None:
    assert to_tell(Approval.APPROVED, PENDING) is GOOD
    assert to_tell(Approval.APPROVED, BAD) is GOOD
    assert to_tell(Approval.CHANGES_REQUESTED, GOOD) is BAD
    assert to_tell(Approval.REJECTED, BAD) is None
    assert to_tell(Approval.IN_REVIEW, GOOD) is None
    assert to_tell(Approval.DRAFT, BAD) is None
    assert to_tell(Approval.APPROVED, ModerationStatus.NONE) is None
