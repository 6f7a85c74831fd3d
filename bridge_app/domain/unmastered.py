"""Why content may not be seen of which no master is here: its library was removed, its file moved.

What was said of the content itself counts, and what is withdrawn stays withdrawn.
"""

from collections.abc import Iterable
from datetime import datetime

from bridge_app.domain.approvals import Approval
from bridge_app.domain.reasons import LIFTABLE, Reason
from bridge_app.domain.retractions import Delivered, against

_NOES = {
    Approval.REJECTED: (Reason.REJECTED,),
    Approval.CHANGES_REQUESTED: (Reason.CHANGES_REQUESTED,),
}
_REVIEW = LIFTABLE | {Reason.REJECTED, Reason.RENDITION_REJECTED}
"""What is asked of the record anew, as it is now; of rights nothing else is known than was then."""


def against_unmastered(
    approval: Approval, delivered: Iterable[Delivered], at: datetime
) -> tuple[Reason, ...]:
    """All reasons at `at` (UTC), by the newest decision on it and its delivered copies."""
    found = dict.fromkeys(_NOES.get(approval, ()))
    for one in delivered:
        found |= dict.fromkeys((*against(one, at), *_kept(one)))
    return tuple(found)


def _kept(delivered: Delivered) -> Iterable[Reason]:
    """The rights that a copy was withdrawn for, of this very content."""
    known = delivered.retraction
    if known is None or not known.is_withdrawn or known.content != delivered.copy.sha256:
        return ()
    return (reason for reason in known.reasons if reason not in _REVIEW)
