"""Two reviewers who decided differently without knowing of each other: both are heard.

Both decisions are on record, then an entry of ours that says so and holds the stricter one, until
somebody decides again. The record alone tells who disagrees, here and on every other desktop.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bridge_app.domain.approvals import BOTH_HEARD, Approval, Decision
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.shelter_approval import stricter

DECIDED = frozenset({Approval.APPROVED, Approval.CHANGES_REQUESTED, Approval.REJECTED})
WHY = "Decided differently by {ours} ({our_state}) and {theirs} ({their_state}): “{holds}” holds."
DISAGREE = QT_TRANSLATE_NOOP(
    "disagreement",
    "{names} decided differently: {state} holds until somebody decides again.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """An open disagreement: what each of them said, oldest first, and what holds meanwhile."""

    said: tuple[Decision, ...]
    holds: Decision

    def sentence(self) -> str:
        """It in English, for the command line."""
        names = ", ".join(f"{one.who} ({_words(one.approval)})" for one in self.said)
        return DISAGREE.format(names=names, state=_words(self.holds.approval))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An entry for the record, before it is one."""

    approval: Approval
    who: str
    comment: str = ""


def is_disagreement(ours: Approval, theirs: Approval) -> bool:
    """Are these two different decisions? What waits for a review is none."""
    return ours is not theirs and {ours, theirs} <= DECIDED


def both(ours: Decision, theirs: Approval, who: str) -> tuple[Heard, Heard]:
    """What is recorded when `who` decided without knowing of our decision: theirs, and what holds.

    Both in one transaction, so that the milder one never holds alone.
    """
    holds = stricter(ours.approval, theirs)
    comment = WHY.format(
        ours=ours.who,
        our_state=_words(ours.approval),
        theirs=who,
        their_state=_words(theirs),
        holds=_words(holds),
    )
    return (
        Heard(approval=theirs, who=who),
        Heard(approval=holds, who=BOTH_HEARD, comment=comment),
    )


def disagreement(decisions: Sequence[Decision]) -> Disagreement | None:
    """The open disagreement about one subject, from all decisions on it, oldest first.

    Whatever anybody decides after it settles it, also the same again.
    """
    if len(decisions) < 3 or decisions[-1].who != BOTH_HEARD:
        return None
    said: list[Decision] = []
    place = len(decisions) - 1
    while place >= 2 and decisions[place].who == BOTH_HEARD:
        said.append(decisions[place - 1])
        place -= 2
    said.append(decisions[place])
    return Disagreement(said=tuple(reversed(said)), holds=decisions[-1])


def _words(approval: Approval) -> str:
    return approval.value.replace("_", " ")
