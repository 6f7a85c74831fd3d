"""Which delivered copies have to go, which come back, and when a person is asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.cloud import AccessRule
from bridge_app.domain.gate import Reason, verdict
from bridge_app.domain.retractions import (
    LOCKED,
    Act,
    Delivered,
    Master,
    Retraction,
    RetractionState,
    against,
    is_locked,
    open_rules,
    plan_retractions,
    rule_texts,
    wanted,
)
from bridge_app.domain.rights import Restrictions, RightsWindow

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ENDED = RightsWindow(ends=NOW - DAY)
OPEN = RightsWindow()

COPY = CloudCopy(
    environment="studio",
    public_id="hero",
    resource_type="image",
    delivery_type="upload",
    version=7,
    asset_id="a" * 32,
    format="jpg",
    etag="e" * 32,
    sha256="c" * 64,
    bytes=1,
    url="https://example.com/hero.jpg",
)


def master(
    approval: Approval = Approval.APPROVED,
    rights: RightsWindow = OPEN,
    restrictions: Restrictions = Restrictions(),  # noqa: B008 - a frozen value
) -> Master:
    return Master(
        asset=AssetId("1"),
        name="hero.jpg",
        approval=approval,
        rights=rights,
        restrictions=restrictions,
    )


def delivered(*masters: Master, retraction: Retraction | None = None) -> Delivered:
    approval = masters[0].approval if masters else Approval.APPROVED
    return Delivered(copy=COPY, approval=approval, masters=masters, retraction=retraction)


def retraction(state: RetractionState, version: int = COPY.version) -> Retraction:
    return Retraction(
        environment="studio",
        asset_id=COPY.asset_id,
        public_id="hero",
        name="hero.jpg",
        content=COPY.sha256,
        version=version,
        state=state,
        at=NOW.isoformat(),
    )


approvals = st.sampled_from(Approval)
moments = st.one_of(st.none(), st.integers(-3, 3).map(lambda days: NOW + days * DAY))
windows = st.tuples(moments, moments).map(
    lambda pair: (
        RightsWindow(starts=pair[0], ends=pair[1])
        if not (pair[0] and pair[1] and pair[1] <= pair[0])
        else RightsWindow(unreadable="nonsense")
    )
)
limits = st.builds(
    Restrictions,
    model_released=st.sampled_from((None, True, False)),
    property_released=st.sampled_from((None, True, False)),
    archived=st.booleans(),
)
masters = st.builds(master, approval=approvals, rights=windows, restrictions=limits)


@given(st.lists(masters, min_size=1, max_size=3))
def test_content_stays_as_long_as_the_gate_lets_one_of_its_masters_through(
    found: list[Master],
) -> None:
    allowed = any(verdict(one, at=NOW).allows for one in found)
    reasons = against(delivered(*found), NOW)
    assert not (allowed and reasons)
    if not allowed and not reasons:
        assert any(one.restrictions.archived for one in found)


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (master(rights=ENDED), Reason.RIGHTS_ENDED),
        (master(rights=RightsWindow(starts=NOW + DAY)), Reason.RIGHTS_NOT_YET),
        (master(rights=RightsWindow(unreadable="soon")), Reason.RIGHTS_UNREADABLE),
        (master(Approval.REJECTED), Reason.REJECTED),
        (master(Approval.CHANGES_REQUESTED), Reason.CHANGES_REQUESTED),
        (master(Approval.IN_REVIEW), Reason.IN_REVIEW),
        (master(Approval.DRAFT), Reason.NOT_APPROVED),
        (master(restrictions=Restrictions(model_released=False)), Reason.MODEL_RELEASE),
        (master(restrictions=Restrictions(property_released=False)), Reason.PROPERTY_RELEASE),
    ],
)
def test_every_reason_of_the_gate_but_archiving_takes_a_copy_away(
    one: Master, reason: Reason
) -> None:
    plan = plan_retractions([delivered(one)], environment="studio", total=1, at=NOW)
    (step,) = plan.steps
    assert (step.act, step.reasons) == (Act.RETRACT, (reason,))


def test_archiving_alone_leaves_delivered_copies_where_they_are() -> None:
    archived = master(restrictions=Restrictions(archived=True))
    assert against(delivered(archived), NOW) == ()
    assert against(delivered(replace(archived, rights=ENDED)), NOW) == (Reason.RIGHTS_ENDED,)


@pytest.mark.parametrize("state", [RetractionState.RETRACTED, RetractionState.BEGUN])
def test_what_is_archived_is_opened_by_nobody_before_it_is_taken_back(
    state: RetractionState,
) -> None:
    known = retraction(state)
    archived = master(restrictions=Restrictions(archived=True))
    assert wanted(delivered(archived, retraction=known), (), NOW) is None
    assert wanted(delivered(archived, master(), retraction=known), (), NOW) is Act.RESTORE
    rejected = master(Approval.REJECTED)
    assert wanted(delivered(archived, rejected, retraction=known), (), NOW) is None
    ended = master(rights=ENDED, restrictions=Restrictions(archived=True))
    assert wanted(delivered(ended), (Reason.RIGHTS_ENDED,), NOW) is Act.RETRACT


def test_where_no_master_is_known_only_a_decision_on_the_content_counts() -> None:
    unknown = delivered()
    assert against(unknown, NOW) == ()
    rejected = replace(unknown, approval=Approval.REJECTED)
    assert against(rejected, NOW) == (Reason.REJECTED,)


@pytest.mark.parametrize("state", [RetractionState.RETRACTED, RetractionState.BEGUN])
@pytest.mark.parametrize("reason", [Reason.MODEL_RELEASE, Reason.RIGHTS_ENDED, Reason.REJECTED])
def test_what_is_withdrawn_is_opened_by_nobody_while_no_master_is_known(
    state: RetractionState, reason: Reason
) -> None:
    known = replace(retraction(state), reasons=(reason,))
    unknown = delivered(retraction=known)
    acts = [
        step.act
        for step in plan_retractions([unknown], environment="studio", total=1, at=NOW).steps
    ]
    assert acts == ([Act.RETRACT] if state is RetractionState.BEGUN else [])
    back = delivered(master(), retraction=known)
    (step,) = plan_retractions([back], environment="studio", total=1, at=NOW).steps
    assert step.act is Act.RESTORE


@pytest.mark.parametrize(
    ("state", "denied", "act"),
    [
        (RetractionState.BEGUN, True, Act.RETRACT),
        (RetractionState.RETRACTED, True, None),
        (RetractionState.LEFT_ALONE, True, None),
        (RetractionState.GONE, True, None),
        (RetractionState.RESTORED, True, Act.RETRACT),
        (RetractionState.BEGUN, False, Act.RESTORE),
        (RetractionState.RETRACTED, False, Act.RESTORE),
        (RetractionState.LEFT_ALONE, False, None),
        (RetractionState.RESTORED, False, None),
        (RetractionState.OPEN, True, Act.RETRACT),
        (RetractionState.OPEN, False, None),
    ],
)
def test_what_is_settled_is_not_done_again(
    state: RetractionState, denied: bool, act: Act | None
) -> None:
    reasons = (Reason.REJECTED,) if denied else ()
    assert wanted(delivered(master(), retraction=retraction(state)), reasons, NOW) is act


def test_a_newer_version_of_what_was_retracted_is_looked_at_anew() -> None:
    before = retraction(RetractionState.RETRACTED, version=COPY.version - 1)
    assert wanted(delivered(retraction=before), (Reason.REJECTED,), NOW) is Act.RETRACT


@pytest.mark.parametrize(
    ("going", "total", "asks"),
    [(20, 20, False), (21, 100, True), (30, 1000, False), (51, 1000, True)],
)
def test_more_than_twenty_or_a_twentieth_are_asked_about(
    going: int, total: int, asks: bool
) -> None:
    found = [delivered(master(rights=ENDED))] * going
    back = delivered(master(), retraction=retraction(RetractionState.RETRACTED))
    plan = plan_retractions([*found, back], environment="studio", total=total, at=NOW)
    assert plan.is_large is asks
    assert len(plan.unasked) == (1 if asks else going + 1)


def test_a_restored_copy_has_the_rules_it_had_with_the_window_of_its_rights_now() -> None:
    renewed = master(rights=RightsWindow(ends=datetime(2030, 1, 1, tzinfo=UTC)))

    def rules(before: tuple[str, ...], one: Master) -> tuple[AccessRule, ...]:
        known = replace(retraction(RetractionState.RETRACTED), before=before)
        return open_rules(delivered(one, retraction=known), NOW)

    window = ("token", "anonymous||2026-11-01T00:00:00Z")
    assert rules(window, renewed) == (
        AccessRule(access_type="token"),
        AccessRule(access_type="anonymous", end="2030-01-01T00:00:00Z"),
    )
    assert rules(window, master()) == ()
    assert rules((), renewed) == ()
    assert rules(rule_texts(LOCKED), renewed) == LOCKED


@pytest.mark.parametrize(
    ("ends", "before", "follows", "act"),
    [
        (None, (), True, None),
        (NOW + DAY, (), True, Act.MOVE),
        (NOW + DAY, ("token", "anonymous||2026-11-21T12:00:00Z"), True, None),
        (NOW + DAY, ("token", "anonymous||2030-01-01T00:00:00Z"), True, Act.MOVE),
        (None, ("token", "anonymous||2030-01-01T00:00:00Z"), True, Act.MOVE),
        (NOW + DAY, (), False, None),
    ],
)
def test_a_window_moves_with_the_rights_that_it_follows(
    ends: datetime | None, before: tuple[str, ...], follows: bool, act: Act | None
) -> None:
    known = replace(retraction(RetractionState.OPEN), before=before, follows_rights=follows)
    one = delivered(master(rights=RightsWindow(ends=ends)), retraction=known)
    plan = plan_retractions([one], environment="studio", total=1, at=NOW)
    assert [step.act for step in plan.steps] == ([act] if act else [])


def test_a_master_that_its_service_does_not_know_takes_nothing_away_and_opens_nothing() -> None:
    gone = replace(master(), is_gone=True)
    known = retraction(RetractionState.RETRACTED)
    assert against(delivered(gone), NOW) == ()
    assert wanted(delivered(gone, retraction=known), (), NOW) is None
    assert wanted(delivered(gone, master(), retraction=known), (), NOW) is Act.RESTORE


@pytest.mark.parametrize("follows", [True, False])
def test_a_copy_of_what_is_not_for_everybody_opens_with_a_token_only(follows: bool) -> None:
    limited = master(restrictions=Restrictions(channels=frozenset({"print"})))
    known = replace(retraction(RetractionState.OPEN), follows_rights=follows)
    one = delivered(limited, retraction=known)
    assert open_rules(one, NOW) == LOCKED
    assert wanted(one, (), NOW) is (Act.MOVE if follows else None)
    assert open_rules(delivered(limited, master(), retraction=known), NOW) == ()
    locked = replace(known, before=rule_texts(LOCKED))
    free = delivered(master(), retraction=locked)
    assert wanted(free, (), NOW) is (Act.MOVE if follows else None)


@pytest.mark.parametrize(
    ("rules", "locked"),
    [
        ((), False),
        (LOCKED, True),
        ((AccessRule(access_type="token"), AccessRule(access_type="anonymous")), False),
    ],
)
def test_locked_means_that_nobody_gets_in_without_a_token(
    rules: tuple[AccessRule, ...], locked: bool
) -> None:
    assert is_locked(rules) is locked
