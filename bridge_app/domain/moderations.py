"""What Cloudinary's moderation means for our approvals, and our approvals for it.

Source: reference/cloudinary.md, 11.
"""

from collections.abc import Sequence
from enum import StrEnum

from bridge_app.domain.approvals import Approval
from bridge_app.domain.cloud import Moderation

MANUAL = "manual"
"""The kind that is a person; all others are services that look for one thing each."""
AT_CLOUDINARY = "Cloudinary"
"""How the name begins of whoever decided there."""
_TOLD = {
    Approval.APPROVED: "approved",
    Approval.CHANGES_REQUESTED: "rejected",
    Approval.REJECTED: "rejected",
}


class ModerationStatus(StrEnum):
    """What all moderations of an asset come to."""

    NONE = "none"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


def status_of(said: Sequence[Moderation]) -> ModerationStatus:
    """One rejection rejects it; while one is looked for it is pending.

    Services that nobody can read yet (`aborted` without a rejection) leave it pending.
    """
    statuses = [one.status for one in said]
    if not statuses:
        return ModerationStatus.NONE
    if ModerationStatus.REJECTED in statuses:
        return ModerationStatus.REJECTED
    approved = all(status == ModerationStatus.APPROVED for status in statuses)
    return ModerationStatus.APPROVED if approved else ModerationStatus.PENDING


def decision_of(said: Sequence[Moderation]) -> tuple[Approval, str] | None:
    """What was decided there, and by whom; None where nobody has decided.

    A service that finds nothing wrong approves nothing: only a person does. What either rejects
    is rejected.
    """
    status = status_of(said)
    if status is ModerationStatus.REJECTED:
        kind = next(one.kind for one in said if one.status == ModerationStatus.REJECTED)
        return Approval.REJECTED, f"{AT_CLOUDINARY} · {kind}"
    if status is ModerationStatus.APPROVED and any(one.kind == MANUAL for one in said):
        return Approval.APPROVED, f"{AT_CLOUDINARY} · {MANUAL}"
    return None


def to_tell(decided: Approval, status: ModerationStatus) -> ModerationStatus | None:
    """The status that a decision amounts to there; None where it says that already, or nothing.

    What waits for a review here is not told: a decision there cannot be taken back.
    """
    wanted = _TOLD.get(decided)
    if status is ModerationStatus.NONE or wanted is None or wanted == status:
        return None
    return ModerationStatus(wanted)
