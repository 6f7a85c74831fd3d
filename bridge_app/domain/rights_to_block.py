"""A claim as the block in a master's instructions: never wider than what others said there."""

from dataclasses import replace
from datetime import datetime

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.rights import Restrictions
from bridge_app.domain.rights_block import RightsBlock
from bridge_app.domain.rights_claims import RightsClaim, stricter
from bridge_app.domain.territories import NOWHERE


class NothingAllowedThereError(BridgeError):
    """No block can say that nothing at all is allowed."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name}: what was claimed here and what {service} says have no {what} in common, which "
        "cannot be written there. Here nothing of it is delivered.",
    )

    def __init__(self, *, name: str, service: str, what: str) -> None:
        super().__init__(name=name, service=service, what=what)


def claimed_block(
    theirs: RightsBlock, claim: RightsClaim, *, name: str, service: str
) -> RightsBlock:
    """What to write for a claim where others have said `theirs`: of both, the stricter.

    Raises NothingAllowedThereError.
    """
    said = Restrictions(territories=theirs.regions, channels=theirs.channels)
    limits = stricter(said, claim.limits())
    for what, left in (("territory", limits.territories), ("channel", limits.channels)):
        if NOWHERE in left:
            raise NothingAllowedThereError(name=name, service=service, what=what)
    return replace(
        theirs,
        starts=_later(theirs.starts, claim.window.starts),
        expires=_earlier(theirs.expires, claim.window.ends),
        regions=limits.territories,
        channels=limits.channels,
        credit_required=theirs.credit_required or bool(claim.credit_line),
    )


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)
