"""The gate and reviews: stages, approved renditions, and who lets something pass in spite of it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval, RenditionStanding, Stages, overall, settled
from bridge_app.domain.gate import LIFTABLE, Override, Reason, Verdict, verdict
from bridge_app.domain.overrides import OverrideRefusedError
from bridge_app.domain.policies import NO_DEMANDS, Demands
from bridge_app.domain.rights import Restrictions, RightsWindow

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
YES, NO, DRAFT = Approval.APPROVED, Approval.REJECTED, Approval.DRAFT
CHANGES, WAITING = Approval.CHANGES_REQUESTED, Approval.IN_REVIEW
STAGED = Demands(environment="shop", stages=("brand", "legal"))
RENDITIONS = Demands(environment="shop", renditions=True)
BOTH = replace(STAGED, renditions=True)
MAY = replace(STAGED, may_override=frozenset({"legal"}))
SQUARE = RenditionStanding(transformation="c_fill,w_60")


@dataclass(frozen=True, kw_only=True)
class Master:
    """What the gate asks of an asset; approved unless said otherwise."""

    approval: Approval = YES
    lapsed: bool = False
    stages: Stages = ()
    overrides: tuple[Override, ...] = ()
    rights: RightsWindow = field(default_factory=RightsWindow)
    restrictions: Restrictions = field(default_factory=Restrictions)
    filled: frozenset[str] = frozenset()


LET_PASS = Override(
    asset="hero",
    name="hero.jpg",
    content="bytes",
    environment="shop",
    who="Kim (legal)",
    role="legal",
    reason="The launch is tonight.",
    lifts=frozenset({Reason.STAGE_MISSING, Reason.NOT_APPROVED}),
    at=NOW.isoformat(),
)


def against(
    master: Master, demands: Demands = NO_DEMANDS, rendition: RenditionStanding | None = None
) -> tuple[Reason, ...]:
    return verdict(master, at=NOW, demands=demands, rendition=rendition).against


# Stages


@pytest.mark.parametrize(
    ("whole", "stages", "demands", "reasons"),
    [
        (DRAFT, (("brand", YES), ("legal", YES)), STAGED, ()),
        (YES, (("brand", YES), ("legal", YES)), STAGED, ()),
        (YES, (("brand", YES),), STAGED, (Reason.STAGE_MISSING,)),
        (YES, (), STAGED, (Reason.STAGE_MISSING,)),
        (DRAFT, (), STAGED, (Reason.STAGE_MISSING,)),
        (WAITING, (("brand", YES), ("legal", WAITING)), STAGED, (Reason.STAGE_MISSING,)),
        (YES, (("brand", YES), ("legal", NO)), STAGED, (Reason.REJECTED, Reason.STAGE_MISSING)),
        (NO, (("brand", YES), ("legal", YES)), STAGED, (Reason.REJECTED,)),
        (CHANGES, (("brand", YES), ("legal", YES)), STAGED, (Reason.CHANGES_REQUESTED,)),
        (YES, (("brand", YES), ("legal", YES), ("press", NO)), STAGED, (Reason.REJECTED,)),
        (YES, (("legal", NO),), NO_DEMANDS, (Reason.REJECTED,)),
        (YES, (("legal", CHANGES),), NO_DEMANDS, (Reason.CHANGES_REQUESTED,)),
        (DRAFT, (("legal", YES),), NO_DEMANDS, (Reason.NOT_APPROVED,)),
    ],
)
def test_where_stages_are_demanded_all_of_them_approve(
    whole: Approval, stages: Stages, demands: Demands, reasons: tuple[Reason, ...]
) -> None:
    assert against(Master(approval=whole, stages=stages), demands) == reasons


def test_the_verdict_names_the_stages_that_are_missing_in_the_order_of_the_policy() -> None:
    answer = verdict(Master(stages=(("legal", WAITING),)), at=NOW, demands=STAGED)
    assert answer.missing == ("brand", "legal")
    assert answer.sentence() == "a stage of its review is missing (brand, legal)"
    half = verdict(Master(stages=(("brand", YES),)), at=NOW, demands=STAGED)
    assert half.missing == ("legal",)
    assert verdict(Master(), at=NOW).missing == ()
    assert verdict(Master(approval=NO), at=NOW).sentence() == "it was rejected"


def test_a_master_that_changed_since_its_stages_approved_says_so() -> None:
    changed = Master(approval=DRAFT, lapsed=True)
    assert against(changed, STAGED) == (Reason.LAPSED, Reason.STAGE_MISSING)
    begun = Master(approval=DRAFT, lapsed=True, stages=(("brand", YES),))
    assert against(begun, STAGED) == (Reason.STAGE_MISSING,)


@given(st.lists(st.tuples(st.sampled_from(["brand", "legal"]), st.sampled_from(Approval))))
def test_the_state_of_a_review_never_depends_on_the_order_of_its_stages(
    said: list[tuple[str, Approval]],
) -> None:
    stages = tuple(dict(said).items())
    found = {overall(DRAFT, order, ("brand", "legal")) for order in permutations(stages)}
    assert len(found) == 1
    if found == {YES}:
        assert stages
        assert all(approval is YES for _, approval in stages)


@pytest.mark.parametrize(
    ("whole", "stages", "state"),
    [
        (DRAFT, (), DRAFT),
        (DRAFT, (("brand", DRAFT),), DRAFT),
        (YES, (), WAITING),
        (DRAFT, (("brand", YES),), WAITING),
        (DRAFT, (("brand", YES), ("legal", YES)), YES),
        (DRAFT, (("brand", CHANGES), ("legal", NO)), NO),
    ],
)
def test_a_review_in_stages_has_one_state(whole: Approval, stages: Stages, state: Approval) -> None:
    assert overall(whole, stages, ("brand", "legal")) is state


@pytest.mark.parametrize(
    ("said", "stages", "state"),
    [
        (YES, (), YES),
        (YES, (("brand", YES),), YES),
        (YES, (("brand", YES), ("legal", DRAFT)), WAITING),
        (YES, (("legal", WAITING),), WAITING),
        (YES, (("other", DRAFT),), YES),
        (YES, (("other", NO),), NO),
        (DRAFT, (("brand", YES),), WAITING),
        (WAITING, (("brand", YES), ("legal", YES)), YES),
    ],
)
def test_what_was_approved_as_a_whole_stays_so_until_a_demanded_stage_says_otherwise(
    said: Approval, stages: Stages, state: Approval
) -> None:
    assert settled(said, stages, ("brand", "legal")) is state


@pytest.mark.parametrize(
    ("said", "stages", "state"),
    [
        (YES, (), YES),
        (YES, (("legal", YES),), YES),
        (YES, (("legal", YES), ("brand", WAITING)), WAITING),
        (YES, (("legal", DRAFT),), WAITING),
        (YES, (("legal", CHANGES),), CHANGES),
        (DRAFT, (("legal", YES),), DRAFT),
        (NO, (("legal", YES),), NO),
    ],
)
def test_an_approval_from_elsewhere_speaks_for_no_stage_that_took_its_own_back(
    said: Approval, stages: Stages, state: Approval
) -> None:
    assert settled(said, stages, None) is state


# Renditions


@pytest.mark.parametrize(
    ("approval", "everywhere", "demanded"),
    [
        (YES, (), ()),
        (DRAFT, (), (Reason.RENDITION_NOT_APPROVED,)),
        (WAITING, (), (Reason.RENDITION_IN_REVIEW,)),
        (CHANGES, (Reason.RENDITION_CHANGES_REQUESTED,), (Reason.RENDITION_CHANGES_REQUESTED,)),
        (NO, (Reason.RENDITION_REJECTED,), (Reason.RENDITION_REJECTED,)),
    ],
)
def test_a_no_to_a_rendition_holds_everywhere_and_a_yes_is_needed_where_a_policy_says_so(
    approval: Approval, everywhere: tuple[Reason, ...], demanded: tuple[Reason, ...]
) -> None:
    one = replace(SQUARE, approval=approval)
    assert against(Master(), NO_DEMANDS, one) == everywhere
    assert against(Master(), RENDITIONS, one) == demanded
    assert against(Master(), RENDITIONS) == ()


def test_an_approved_rendition_takes_nothing_from_its_master() -> None:
    approved = replace(SQUARE, approval=YES)
    assert against(Master(approval=DRAFT), RENDITIONS, approved) == (Reason.NOT_APPROVED,)


def test_a_rendition_that_changed_since_it_was_approved_says_so() -> None:
    lapsed = replace(SQUARE, lapsed=True)
    assert against(Master(), RENDITIONS, lapsed) == (Reason.RENDITION_LAPSED,)
    assert against(Master(), NO_DEMANDS, lapsed) == ()
    again = replace(lapsed, approval=YES)
    assert against(Master(), RENDITIONS, again) == ()
    waiting = replace(lapsed, approval=WAITING)
    assert against(Master(), RENDITIONS, waiting) == (Reason.RENDITION_IN_REVIEW,)


@pytest.mark.parametrize(
    ("whole", "stages", "reasons"),
    [
        (YES, (), (Reason.RENDITION_STAGE_MISSING,)),
        (YES, (("brand", YES),), (Reason.RENDITION_STAGE_MISSING,)),
        (DRAFT, (("brand", YES), ("legal", YES)), ()),
        (
            DRAFT,
            (("brand", YES), ("legal", NO)),
            (Reason.RENDITION_REJECTED, Reason.RENDITION_STAGE_MISSING),
        ),
    ],
)
def test_stages_are_asked_of_renditions_where_a_policy_wants_both(
    whole: Approval, stages: Stages, reasons: tuple[Reason, ...]
) -> None:
    master = Master(stages=(("brand", YES), ("legal", YES)))
    one = replace(SQUARE, approval=whole, stages=stages)
    assert against(master, BOTH, one) == reasons
    only_rejected = (Reason.RENDITION_REJECTED,) if NO in dict(stages).values() else ()
    assert against(master, STAGED, one) == only_rejected


def test_the_missing_stages_of_a_rendition_are_named() -> None:
    master = Master(stages=(("brand", YES), ("legal", YES)))
    one = replace(SQUARE, stages=(("brand", YES),))
    assert verdict(master, at=NOW, demands=BOTH, rendition=one).missing == ("legal",)


# Overrides


def test_whom_the_policy_names_may_let_it_pass() -> None:
    answer = verdict(Master(overrides=(LET_PASS,)), at=NOW, demands=MAY)
    assert answer.allows
    assert answer.overridden == (Reason.STAGE_MISSING,)
    assert answer.missing == ()
    assert verdict(Master(), at=NOW, demands=MAY).overridden == ()


@pytest.mark.parametrize(
    "changed",
    [
        replace(LET_PASS, environment="elsewhere"),
        replace(LET_PASS, role="intern"),
        replace(LET_PASS, until=NOW),
        replace(LET_PASS, lifts=frozenset({Reason.IN_REVIEW})),
        replace(LET_PASS, transformation="c_fill,w_60"),
    ],
    ids=["environment", "role", "until", "lifts", "rendition"],
)
def test_an_override_holds_for_its_place_its_role_its_time_and_its_reasons(
    changed: Override,
) -> None:
    assert against(Master(overrides=(changed,)), MAY) == (Reason.STAGE_MISSING,)


def test_an_override_holds_until_its_end() -> None:
    master = Master(overrides=(replace(LET_PASS, until=NOW + DAY),))
    assert against(master, MAY) == ()
    later = verdict(master, at=NOW + DAY, demands=MAY)
    assert later.against == (Reason.STAGE_MISSING,)


def test_a_policy_that_no_longer_lets_the_role_override_ends_it() -> None:
    assert against(Master(overrides=(LET_PASS,)), STAGED) == (Reason.STAGE_MISSING,)


def test_the_last_word_about_a_subject_counts() -> None:
    taken_back = replace(LET_PASS, lifts=frozenset())
    assert against(Master(overrides=(LET_PASS, taken_back)), MAY) == (Reason.STAGE_MISSING,)
    assert against(Master(overrides=(taken_back, LET_PASS)), MAY) == ()


def test_letting_a_rendition_pass_opens_the_gate_for_it_alone() -> None:
    demands = replace(MAY, renditions=True, stages=())
    lifted = frozenset({Reason.RENDITION_NOT_APPROVED})
    one = replace(LET_PASS, transformation=SQUARE.transformation, lifts=lifted)
    master = Master(overrides=(one,))
    assert against(master, demands, SQUARE) == ()
    other = replace(SQUARE, transformation="c_scale,w_80")
    assert against(master, demands, other) == (Reason.RENDITION_NOT_APPROVED,)


def test_letting_a_master_pass_lets_pass_what_it_says_of_its_renditions() -> None:
    demands = replace(MAY, renditions=True, stages=())
    lifted = frozenset({Reason.RENDITION_NOT_APPROVED})
    master = Master(overrides=(replace(LET_PASS, lifts=lifted),))
    assert against(master, demands, SQUARE) == ()
    assert against(master, demands, replace(SQUARE, approval=NO)) == (Reason.RENDITION_REJECTED,)


@pytest.mark.parametrize("reason", sorted(set(Reason) - LIFTABLE))
def test_nobody_overrides_a_rejection_or_what_rights_say(reason: Reason) -> None:
    with pytest.raises(OverrideRefusedError, match="nobody may override"):
        replace(LET_PASS, lifts=frozenset({reason}))


approvals = st.sampled_from(Approval)
states = st.lists(st.tuples(st.sampled_from(["brand", "legal", "press"]), approvals)).map(
    lambda said: tuple(dict(said).items())
)


@given(approvals, states, approvals, states, st.booleans())
def test_a_rejection_of_anybody_is_never_let_pass(
    whole: Approval, stages: Stages, of_rendition: Approval, in_stages: Stages, both: bool
) -> None:
    everything = replace(LET_PASS, lifts=LIFTABLE)
    master = Master(approval=whole, stages=stages, overrides=(everything,))
    one = replace(SQUARE, approval=of_rendition, stages=in_stages)
    answer = verdict(master, at=NOW, demands=replace(MAY, renditions=both), rendition=one)
    said = {whole, *dict(stages).values(), of_rendition, *dict(in_stages).values()}
    assert answer.allows == (NO not in said)


# Required fields


def test_a_master_leaves_only_with_the_fields_that_a_policy_asks_for() -> None:
    asked = Demands(environment="shop", required=("title", "credit", "usage_terms"))
    assert against(Master(), asked) == (Reason.FIELDS_MISSING,)
    assert against(Master(filled=frozenset({"title", "credit"})), asked) == (Reason.FIELDS_MISSING,)
    assert against(Master(filled=frozenset(asked.required)), asked) == ()
    assert against(Master()) == ()


def test_the_verdict_names_the_fields_that_are_empty_in_the_order_of_the_policy() -> None:
    asked = Demands(required=("usage_terms", "title", "credit"), stages=("legal",))
    answer = verdict(Master(filled=frozenset({"title"})), at=NOW, demands=asked)
    assert answer.fields == ("usage_terms", "credit")
    assert answer.sentence() == (
        "a stage of its review is missing, required fields are empty (usage terms, credit line) "
        "(legal)"
    )
    assert verdict(Master(), at=NOW).fields == ()


def test_where_nobody_knows_which_fields_are_empty_none_are_named() -> None:
    assert Verdict((Reason.FIELDS_MISSING,)).sentence() == "required fields are empty"


def test_nobody_overrides_that_a_required_field_is_empty() -> None:
    assert Reason.FIELDS_MISSING not in LIFTABLE
    with pytest.raises(OverrideRefusedError):
        replace(LET_PASS, lifts=frozenset({Reason.FIELDS_MISSING}))
