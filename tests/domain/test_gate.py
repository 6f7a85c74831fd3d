"""The gate: one rule, every reason."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval, Stages
from bridge_app.domain.gate import (
    ANY_USE,
    LIFTS,
    SENTENCES,
    Override,
    Reason,
    Use,
    lifts,
    next_turn,
    verdict,
)
from bridge_app.domain.rights import (
    Restrictions,
    RightsState,
    RightsWindow,
    rights_from_metadata,
)
from bridge_app.domain.territories import NOWHERE

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OPEN = RightsWindow()
ENDED = RightsWindow(ends=NOW - DAY)
NOT_YET = RightsWindow(starts=NOW + DAY)
UNREADABLE = RightsWindow(unreadable="soon")

moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)


@dataclass(frozen=True, kw_only=True)
class Master:
    """What the gate asks of an asset."""

    approval: Approval
    lapsed: bool = False
    stages: Stages = ()
    overrides: tuple[Override, ...] = ()
    rights: RightsWindow = OPEN
    restrictions: Restrictions = field(default_factory=Restrictions)
    filled: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("approval", "lapsed", "rights", "against"),
    [
        (Approval.APPROVED, False, OPEN, ()),
        (Approval.APPROVED, True, OPEN, ()),
        (Approval.DRAFT, False, OPEN, (Reason.NOT_APPROVED,)),
        (Approval.DRAFT, True, OPEN, (Reason.LAPSED,)),
        (Approval.IN_REVIEW, False, OPEN, (Reason.IN_REVIEW,)),
        (Approval.CHANGES_REQUESTED, False, OPEN, (Reason.CHANGES_REQUESTED,)),
        (Approval.REJECTED, False, OPEN, (Reason.REJECTED,)),
        (Approval.APPROVED, False, ENDED, (Reason.RIGHTS_ENDED,)),
        (Approval.APPROVED, False, NOT_YET, (Reason.RIGHTS_NOT_YET,)),
        (Approval.APPROVED, False, UNREADABLE, (Reason.RIGHTS_UNREADABLE,)),
        (Approval.REJECTED, False, ENDED, (Reason.REJECTED, Reason.RIGHTS_ENDED)),
    ],
)
def test_the_gate_gives_every_reason(
    approval: Approval, lapsed: bool, rights: RightsWindow, against: tuple[Reason, ...]
) -> None:
    answer = verdict(Master(approval=approval, rights=rights, lapsed=lapsed), at=NOW)
    assert answer.against == against
    assert answer.allows is (against == ())


@pytest.mark.parametrize(
    ("limits", "use", "against"),
    [
        (Restrictions(territories=frozenset({"NO"})), ANY_USE, ()),
        (Restrictions(territories=frozenset({"NO"})), Use(market="nb-NO"), ()),
        (Restrictions(territories=frozenset({"NO"})), Use(market="SE"), (Reason.REGION,)),
        (Restrictions(channels=frozenset({"web"})), ANY_USE, ()),
        (Restrictions(channels=frozenset({"web"})), Use(channel="Web"), ()),
        (Restrictions(channels=frozenset({"web"})), Use(channel="print"), (Reason.CHANNEL,)),
        (Restrictions(), Use(market="SE", channel="print"), ()),
        (Restrictions(territories=frozenset({NOWHERE})), ANY_USE, (Reason.REGION,)),
        (Restrictions(channels=frozenset({NOWHERE})), ANY_USE, (Reason.CHANNEL,)),
        (Restrictions(model_released=False), ANY_USE, (Reason.MODEL_RELEASE,)),
        (Restrictions(property_released=False), ANY_USE, (Reason.PROPERTY_RELEASE,)),
        (Restrictions(model_released=True, property_released=None), ANY_USE, ()),
        (Restrictions(archived=True), ANY_USE, (Reason.ARCHIVED,)),
    ],
)
def test_the_gate_knows_where_and_for_what_an_asset_may_be_used(
    limits: Restrictions, use: Use, against: tuple[Reason, ...]
) -> None:
    master = Master(approval=Approval.APPROVED, restrictions=limits)
    assert verdict(master, at=NOW, use=use).against == against


@given(st.sampled_from(Approval), st.booleans(), st.none() | moments, st.none() | moments, moments)
def test_nothing_passes_that_is_not_approved_and_within_its_rights(
    approval: Approval,
    lapsed: bool,
    starts: datetime | None,
    ends: datetime | None,
    at: datetime,
) -> None:
    if starts and ends and ends <= starts:
        starts, ends = ends, starts + timedelta(seconds=1)
    rights = RightsWindow(starts=starts, ends=ends)
    allowed = verdict(Master(approval=approval, rights=rights, lapsed=lapsed), at=at).allows
    inside = (starts is None or at >= starts) and (ends is None or at < ends)
    assert allowed == (approval is Approval.APPROVED and inside)


def test_an_unreadable_file_never_passes() -> None:
    answer = verdict(Master(approval=Approval.APPROVED), at=NOW, readable=False)
    assert answer.against == (Reason.UNREADABLE_FILE,)


def test_every_reason_has_a_sentence_and_says_what_would_lift_it() -> None:
    assert set(SENTENCES) == set(LIFTS) == set(Reason)
    assert lifts(Reason.RIGHTS_ENDED) == "The licence is renewed and recorded."


def test_the_last_day_of_a_licence_still_counts() -> None:
    rights = rights_from_metadata(None, "2026-11-21")
    assert rights.state(NOW) is RightsState.OPEN
    assert rights.state(NOW + DAY) is RightsState.ENDED


def test_an_iim_date_is_read_like_an_iso_date() -> None:
    assert rights_from_metadata("2026:11:22", None).state(NOW) is RightsState.NOT_YET


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-40", "99999-01-01T00:00:00"])
def test_a_date_nobody_can_read_holds_the_asset_back(text: str) -> None:
    assert rights_from_metadata(None, text).state(NOW) is RightsState.UNREADABLE


def test_rights_that_end_before_they_begin_hold_the_asset_back() -> None:
    window = rights_from_metadata("2026-12-01", "2026-11-01")
    assert window.state(NOW) is RightsState.UNREADABLE


def test_the_clock_turns_a_verdict_next_where_rights_begin_or_end_or_an_override_ends() -> None:
    always = Master(approval=Approval.APPROVED)
    licensed = Master(
        approval=Approval.APPROVED, rights=RightsWindow(starts=NOW - DAY, ends=NOW + 3 * DAY)
    )
    tonight = Override(
        asset="hero",
        name="hero.jpg",
        content="bytes",
        environment="shop",
        who="Kim (legal)",
        role="legal",
        reason="The launch is tonight.",
        lifts=frozenset({Reason.NOT_APPROVED}),
        at=NOW.isoformat(),
        until=NOW + DAY / 2,
    )
    for_ever = replace(tonight, until=None)
    let_pass = Master(approval=Approval.DRAFT, overrides=(for_ever, tonight))
    assert next_turn([], NOW) is None
    assert next_turn([always, Master(approval=Approval.DRAFT, overrides=(for_ever,))], NOW) is None
    assert next_turn([always, licensed], NOW - 2 * DAY) == NOW - DAY
    assert next_turn([licensed, let_pass], NOW) == NOW + DAY / 2
    # What turns at this moment has turned.
    assert next_turn([licensed, let_pass], NOW + DAY / 2) == NOW + 3 * DAY
    assert next_turn([licensed, let_pass], NOW + 3 * DAY) is None
