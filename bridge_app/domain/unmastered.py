"""Why content may not be seen of which no master is here: its library was removed, its file moved.

What was said of the content itself counts, and what is withdrawn stays withdrawn.
"""

from collections.abc import Iterable
from datetime import datetime

from bridge_app.domain.approvals import Approval
from bridge_app.domain.gate import Governed, verdict
from bridge_app.domain.reasons import LIFTABLE, Reason
from bridge_app.domain.retractions import Delivered, against
from bridge_app.domain.uses import ANY_USE, Use

_NOES = {
    Approval.REJECTED: (Reason.REJECTED,),
    Approval.CHANGES_REQUESTED: (Reason.CHANGES_REQUESTED,),
}
_REVIEW = LIFTABLE | {Reason.REJECTED, Reason.RENDITION_REJECTED}
"""What is asked of the record anew, as it is now; of rights nothing else is known than was then."""
_UNASKED = LIFTABLE - {Reason.CHANGES_REQUESTED}


def against_unmastered(
    approval: Approval, delivered: Iterable[Delivered], at: datetime
) -> tuple[Reason, ...]:
    """All reasons at `at` (UTC), by the newest decision on it and its delivered copies."""
    found = dict.fromkeys(_NOES.get(approval, ()))
    for one in delivered:
        found |= dict.fromkeys((*against(one, at), *_kept(one)))
    return tuple(found)


def against_mirrored(asset: Governed, at: datetime, use: Use = ANY_USE) -> tuple[Reason, ...]:
    """What speaks against what lies at the service alone, at `at` (UTC): what people said of it.

    Who put it there was asked for no review.
    """
    found = verdict(asset, at=at, use=use).against
    return tuple(reason for reason in found if reason not in _UNASKED)


def _kept(delivered: Delivered) -> Iterable[Reason]:
    """The rights that a copy was withdrawn for, of this very content."""
    known = delivered.retraction
    if known is None or not known.is_withdrawn or known.content != delivered.copy.sha256:
        return ()
    return (reason for reason in known.reasons if reason not in _REVIEW)
