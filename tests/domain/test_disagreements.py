"""Two who decided without knowing of each other: both are heard, and the stricter one holds."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import BOTH_HEARD, Approval, Decision
from bridge_app.domain.disagreements import (
    DECIDED,
    both,
    disagreement,
    is_disagreement,
)
from bridge_app.domain.shelter_approval import STRICTEST_FIRST

APPROVED, REJECTED, CHANGES = Approval.APPROVED, Approval.REJECTED, Approval.CHANGES_REQUESTED
decided = st.sampled_from(sorted(DECIDED))


def said(approval: Approval, who: str, comment: str = "") -> Decision:
    return Decision(
        asset="a",
        sha256="c" * 64,
        name="a.jpg",
        approval=approval,
        comment=comment,
        who=who,
        at="2026-11-21T10:00:00+00:00",
        previous="",
        digest="",
    )


def record(ours: Decision, theirs: Approval, who: str) -> list[Decision]:
    return [ours, *(said(one.approval, one.who, one.comment) for one in both(ours, theirs, who))]


def test_the_stricter_one_holds_and_both_are_named() -> None:
    found = disagreement(record(said(APPROVED, "Ann"), REJECTED, "Ben"))
    assert found is not None
    assert [(one.who, one.approval) for one in found.said] == [("Ann", APPROVED), ("Ben", REJECTED)]
    assert found.holds.approval is REJECTED
    for name in ("Ann", "Ben"):
        assert name in found.holds.comment
        assert name in found.sentence()


def test_whoever_decides_again_settles_it_also_the_same_again() -> None:
    decisions = record(said(APPROVED, "Ann"), REJECTED, "Ben")
    for settled in (said(APPROVED, "Ann"), said(REJECTED, "Ben")):
        assert disagreement([*decisions, settled]) is None


def test_a_third_one_joins_what_is_open() -> None:
    decisions = record(said(APPROVED, "Ann"), CHANGES, "Ben")
    decisions += record(decisions[-1], REJECTED, "Cleo")[1:]
    found = disagreement(decisions)
    assert found is not None
    assert [one.who for one in found.said] == ["Ann", "Ben", "Cleo"]
    assert found.holds.approval is REJECTED


def test_what_is_said_one_after_the_other_is_no_disagreement() -> None:
    assert disagreement([said(APPROVED, "Ann"), said(REJECTED, "Ben")]) is None
    assert disagreement([]) is None


def test_what_waits_for_a_review_is_no_decision() -> None:
    assert not is_disagreement(Approval.IN_REVIEW, APPROVED)
    assert not is_disagreement(APPROVED, APPROVED)
    assert is_disagreement(APPROVED, CHANGES)


@given(ours=decided, heard=st.lists(decided, min_size=1, max_size=5))
def test_nothing_milder_than_any_of_them_ever_holds(
    ours: Approval, heard: Sequence[Approval]
) -> None:
    decisions = [said(ours, "Ann")]
    for theirs in heard:
        if is_disagreement(decisions[-1].approval, theirs):
            decisions += record(decisions[-1], theirs, "Ben")[1:]
    strictest = min((one.approval for one in decisions), key=STRICTEST_FIRST.index)
    assert decisions[-1].approval is strictest
    found = disagreement(decisions)
    assert (found is not None) == (len(decisions) > 1)
    assert found is None or found.holds.who == BOTH_HEARD
