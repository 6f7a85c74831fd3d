"""The gate: the one rule that is asked before bytes or URLs leave."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.rights import RightsState, RightsWindow


class Reason(StrEnum):
    """Why the gate stays shut."""

    NOT_APPROVED = "not_approved"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    RIGHTS_ENDED = "rights_ended"
    RIGHTS_NOT_YET = "rights_not_yet"
    RIGHTS_UNREADABLE = "rights_unreadable"
    UNREADABLE_FILE = "unreadable_file"


SENTENCES = {
    Reason.NOT_APPROVED: QT_TRANSLATE_NOOP("gate", "nobody has approved it yet"),
    Reason.IN_REVIEW: QT_TRANSLATE_NOOP("gate", "its review is not finished"),
    Reason.CHANGES_REQUESTED: QT_TRANSLATE_NOOP("gate", "changes were requested"),
    Reason.REJECTED: QT_TRANSLATE_NOOP("gate", "it was rejected"),
    Reason.LAPSED: QT_TRANSLATE_NOOP("gate", "it has changed since it was approved"),
    Reason.RIGHTS_ENDED: QT_TRANSLATE_NOOP("gate", "its rights have ended"),
    Reason.RIGHTS_NOT_YET: QT_TRANSLATE_NOOP("gate", "its rights have not begun"),
    Reason.RIGHTS_UNREADABLE: QT_TRANSLATE_NOOP("gate", "its rights dates cannot be read"),
    Reason.UNREADABLE_FILE: QT_TRANSLATE_NOOP("gate", "the file cannot be read"),
}

_BY_APPROVAL = {
    Approval.DRAFT: Reason.NOT_APPROVED,
    Approval.IN_REVIEW: Reason.IN_REVIEW,
    Approval.CHANGES_REQUESTED: Reason.CHANGES_REQUESTED,
    Approval.REJECTED: Reason.REJECTED,
}

_BY_RIGHTS = {
    RightsState.ENDED: Reason.RIGHTS_ENDED,
    RightsState.NOT_YET: Reason.RIGHTS_NOT_YET,
    RightsState.UNREADABLE: Reason.RIGHTS_UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says, with every reason against; none against means yes."""

    against: tuple[Reason, ...]

    @property
    def allows(self) -> bool:
        """May it leave?"""
        return not self.against

    def sentence(self) -> str:
        """The reasons as English text, for the command line and the ledger."""
        return ", ".join(SENTENCES[reason] for reason in self.against)


def verdict(
    *,
    approval: Approval,
    rights: RightsWindow,
    at: datetime,
    lapsed: bool = False,
    readable: bool = True,
) -> Verdict:
    """May this leave at `at` (UTC)? Every reason, not the first one.

    `approval` is the decision on exactly the bytes that would leave; `lapsed` says that only
    an earlier version was approved; `readable` that the bytes could be read at all.
    """
    against: list[Reason] = []
    if not readable:
        against.append(Reason.UNREADABLE_FILE)
    if approval is Approval.DRAFT and lapsed:
        against.append(Reason.LAPSED)
    elif approval is not Approval.APPROVED:
        against.append(_BY_APPROVAL[approval])
    state = rights.state(at)
    if state is not RightsState.OPEN:
        against.append(_BY_RIGHTS[state])
    return Verdict(tuple(against))
