"""Whose turn it is, stage by stage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.review_turns import (
    NOTHING,
    Asked,
    Newest,
    Standings,
    Turn,
    outcome,
    turn_of,
)

STAGED = Asked(stages=("brand", "legal"), since=10)
PLAIN = Asked(since=10)
BRAND, LEGAL, ANYBODY = frozenset({"brand"}), frozenset({"legal"}), frozenset({"kim"})
APPROVED, REJECTED = Approval.APPROVED, Approval.REJECTED
CHANGES, DRAFT = Approval.CHANGES_REQUESTED, Approval.DRAFT


def said(**stages: tuple[Approval, int]) -> Standings:
    return {
        "" if stage == "whole" else stage: Newest(approval=approval, seq=seq)
        for stage, (approval, seq) in stages.items()
    }


def turn(stage: str = "", waits: str = "", approval: Approval = DRAFT) -> Turn:
    return Turn(stage=stage, waits_for=waits, approval=approval, decided=approval is not DRAFT)


def test_without_stages_anybody_decides_the_whole() -> None:
    assert turn_of(ANYBODY, PLAIN, NOTHING) == turn()
    assert turn_of(ANYBODY, PLAIN, said(whole=(APPROVED, 3))) == turn(approval=APPROVED)


@pytest.mark.parametrize("refusal", [REJECTED, CHANGES])
def test_what_was_refused_before_the_request_is_asked_about_anew(refusal: Approval) -> None:
    before, since = said(whole=(refusal, 10)), said(whole=(refusal, 11))
    assert not turn_of(ANYBODY, PLAIN, before).decided
    assert turn_of(ANYBODY, PLAIN, before).approval is refusal
    assert turn_of(ANYBODY, PLAIN, since) == turn(approval=refusal)


def test_each_role_decides_its_stage_and_later_ones_wait_for_earlier_ones() -> None:
    assert turn_of(BRAND, STAGED, NOTHING) == turn("brand")
    assert turn_of(LEGAL, STAGED, NOTHING) == turn("legal", waits="brand")


def test_one_without_a_stage_decides_the_first_that_has_not_approved() -> None:
    assert turn_of(ANYBODY, STAGED, NOTHING) == turn("brand")
    assert turn_of(ANYBODY, STAGED, said(brand=(APPROVED, 1))) == turn("legal")


def test_one_with_all_roles_decides_them_one_after_another() -> None:
    assert turn_of(BRAND | LEGAL, STAGED, said(brand=(APPROVED, 11))) == turn("legal")


def test_who_has_approved_is_done_while_the_others_are_not() -> None:
    standings = said(brand=(APPROVED, 11), whole=(Approval.IN_REVIEW, 11))
    assert turn_of(BRAND, STAGED, standings) == turn("brand", approval=APPROVED)
    assert turn_of(LEGAL, STAGED, standings) == turn("legal")
    assert outcome(STAGED, standings) is DRAFT


def test_one_refusal_ends_it_for_everybody() -> None:
    standings = said(brand=(REJECTED, 11), whole=(REJECTED, 11))
    assert outcome(STAGED, standings) is REJECTED
    assert turn_of(LEGAL, STAGED, standings) == turn("legal", approval=REJECTED)


def test_an_approval_of_the_whole_does_not_stand_for_stages() -> None:
    assert outcome(STAGED, said(whole=(APPROVED, 11))) is DRAFT


def test_all_stages_together_approve() -> None:
    standings = said(brand=(APPROVED, 2), legal=(APPROVED, 12))
    assert outcome(STAGED, standings) is APPROVED


DECIDED = st.builds(Newest, approval=st.sampled_from(Approval), seq=st.integers(1, 20))


@given(
    st.dictionaries(st.sampled_from(["", "brand", "legal"]), DECIDED),
    st.sampled_from([STAGED, PLAIN]),
)
def test_what_is_decided_waits_for_nobody_and_a_decided_request_for_no_role(
    standings: Standings, asked: Asked
) -> None:
    turns = [turn_of(roles, asked, standings) for roles in (BRAND, LEGAL, ANYBODY)]
    assert all(not (one.decided and one.waits_for) for one in turns)
    if outcome(asked, standings) is not DRAFT:
        assert all(one.decided for one in turns)
    else:
        assert not all(one.decided for one in turns)
