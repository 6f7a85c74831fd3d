"""Decisions on renditions and in stages, policies and overrides: told, and enforced at the end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bridge_app.delivery.links import AddressWish
from bridge_app.domain.approvals import Approval, Ruling, subject_text
from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import GateRefusalError, InvalidInputError
from bridge_app.domain.gate import Reason
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.overrides import OverrideRefusedError
from bridge_app.domain.policies import Policy, PolicyError, PolicyMatch
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.push_plan import PushAction
from bridge_app.domain.rendition_plan import Obstacle, RenditionWish
from bridge_app.work.approvals import ApprovalDesk, NotYourStageError, OverrideWish
from tests.desk import Desk, picture

YES, NO = Approval.APPROVED, Approval.REJECTED
SQUARE = RenditionPreset(name="square", title="", transformation="h_60,c_fill,w_60", format="jpg")
WIDE = RenditionPreset(name="wide", title="", transformation="c_scale,w_80", format="png")
OF_SQUARE = subject_text(SQUARE.transformation, SQUARE.format)
IN_CLOUD = RenditionWish(presets=(SQUARE, WIDE))
STAGED = Policy(name="all", stages=("brand", "legal"), may_override=frozenset({"legal"}))
EACH = Policy(name="each", renditions=True, may_override=frozenset({"legal"}))
NIGHT = OverrideWish(reason="The launch is tonight.")


@pytest.fixture
def pushed(desk: Desk) -> Desk:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    desk.approve()
    desk.push()
    return desk


def hero(desk: Desk) -> AssetId:
    return desk.asset("hero.jpg").id


def signs(desk: Desk, who: str) -> None:
    settings = desk.parts.settings
    settings.save(replace(settings.load(), who=who))


def approvals(desk: Desk) -> ApprovalDesk:
    return desk.parts.worker.approvals


def demand(desk: Desk, *policies: Policy) -> None:
    desk.parts.worker.policies.put(policies)


def against(desk: Desk, transformation: str = "") -> tuple[Reason, ...]:
    return desk.parts.worker.standing(hero(desk), transformation).verdict.against


def made(desk: Desk) -> list[JobRecord]:
    renditions = desk.parts.worker.renditions
    return desk.finished(renditions.carry_out(renditions.plan([hero(desk)], IN_CLOUD)))


# Renditions


def test_one_spelling_stands_for_all_of_a_rendition(pushed: Desk) -> None:
    pushed.parts.worker.decide([hero(pushed)], NO, transformation="w_60,c_fill,h_60/f_jpg")
    assert against(pushed, OF_SQUARE) == (Reason.RENDITION_REJECTED,)
    assert against(pushed) == ()
    assert pushed.asset("hero.jpg").approval is YES


@pytest.mark.parametrize(
    ("said", "form", "same"),
    [
        ("", "jpg", True),
        ("", "jpeg", True),
        ("/f_jpg", "", True),
        ("/f_jpeg", "jpg", True),
        ("", "png", False),
        ("/f_png", "", False),
    ],
)
def test_a_format_that_is_the_master_s_own_need_not_be_said(
    pushed: Desk, said: str, form: str, same: bool
) -> None:
    crop = "c_fill,h_60,w_60"
    pushed.parts.worker.decide([hero(pushed)], NO, transformation=f"{crop}{said}")
    expected = (Reason.RENDITION_REJECTED,) if same else ()
    assert against(pushed, subject_text(crop, form)) == expected
    # The newest word on one spelling is that of whoever reviews it so.
    pushed.parts.worker.decide([hero(pushed)], YES, transformation=subject_text(crop, form))
    assert against(pushed, subject_text(crop, form)) == ()


def test_a_rejected_rendition_is_neither_planned_nor_made_nor_is_its_address_told(
    pushed: Desk,
) -> None:
    worker = pushed.parts.worker
    plan = worker.renditions.plan([hero(pushed)], IN_CLOUD)
    worker.decide([hero(pushed)], NO, transformation=OF_SQUARE)
    again = worker.renditions.plan([hero(pushed)], IN_CLOUD)
    assert [step.obstacle for step in again.steps] == [Obstacle.GATE, None]
    assert again.steps[0].detail == "this rendition was rejected"
    (job,) = pushed.finished(worker.renditions.carry_out(plan))
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert job.error.kind == "GateRefusalError"
    with pytest.raises(GateRefusalError, match="rendition was rejected"):
        worker.link(pushed.asset("hero.jpg"), SQUARE)
    assert worker.link(pushed.asset("hero.jpg"), WIDE).url
    assert worker.original_url(hero(pushed))


def test_the_same_picture_by_its_name_is_not_told_either(pushed: Desk) -> None:
    worker = pushed.parts.worker
    worker.rendition_presets.save(SQUARE)
    worker.decide([hero(pushed)], NO, transformation=OF_SQUARE)
    with pytest.raises(GateRefusalError, match="rendition was rejected"):
        worker.link(pushed.asset("hero.jpg"), SQUARE.named())


def test_where_a_policy_asks_for_it_each_rendition_is_approved_itself(pushed: Desk) -> None:
    demand(pushed, EACH)
    assert against(pushed) == ()
    assert against(pushed, OF_SQUARE) == (Reason.RENDITION_NOT_APPROVED,)
    pushed.parts.worker.decide([hero(pushed)], YES, transformation=OF_SQUARE)
    plan = pushed.parts.worker.renditions.plan([hero(pushed)], IN_CLOUD)
    assert [step.obstacle for step in plan.steps] == [None, Obstacle.GATE]
    (job,) = pushed.finished(pushed.parts.worker.renditions.carry_out(plan))
    assert job.state is JobState.DONE


def test_a_new_version_makes_the_approvals_of_its_renditions_lapse(pushed: Desk) -> None:
    demand(pushed, EACH)
    pushed.parts.worker.decide([hero(pushed)], YES, transformation=OF_SQUARE)
    picture(pushed.folder / "hero.jpg", 2)
    pushed.parts.worker.scan(pushed.parts.worker.libraries()[0].id)
    pushed.settled()
    pushed.approve()
    state = pushed.parts.worker.standing(hero(pushed), OF_SQUARE)
    assert (state.approval, state.lapsed) == (Approval.DRAFT, True)
    assert state.verdict.against == (Reason.RENDITION_LAPSED,)


def test_a_policy_for_a_channel_is_for_the_renditions_that_go_there(pushed: Desk) -> None:
    match = PolicyMatch(channels=frozenset({"social"}))
    demand(pushed, Policy(name="social", match=match, renditions=True))
    assert pushed.parts.worker.link(pushed.asset("hero.jpg"), SQUARE).url
    with pytest.raises(GateRefusalError, match="nobody has approved this rendition"):
        pushed.parts.worker.link(pushed.asset("hero.jpg"), replace(SQUARE, channel="social"))


# Stages


def test_stages_approve_together_and_say_who_is_next(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    demand(desk, STAGED)
    worker = desk.parts.worker
    state = worker.standing(hero(desk))
    assert (state.next_stage, state.approval) == ("brand", Approval.DRAFT)
    signs(desk, "Kim")
    worker.decide([hero(desk)], YES, stage="Brand")
    state = worker.standing(hero(desk))
    assert [(one.stage, one.approval, one.who) for one in state.stages] == [
        ("brand", YES, "Kim"),
        ("legal", Approval.DRAFT, ""),
    ]
    assert (state.next_stage, state.verdict.missing) == ("legal", ("legal",))
    assert desk.asset("hero.jpg").approval is Approval.IN_REVIEW
    assert desk.plan().steps[0].action is PushAction.REFUSED
    worker.decide([hero(desk)], YES, stage="legal")
    assert desk.asset("hero.jpg").approval is YES
    (job,) = desk.push()
    assert job.state is JobState.DONE


def test_an_approval_of_the_whole_does_not_stand_for_the_stages(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    desk.approve()
    plan_before = desk.plan()
    demand(desk, STAGED)
    (job,) = desk.finished(desk.parts.worker.push(plan_before))
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert "a stage of its review is missing (brand, legal)" in job.error.sentence()
    assert desk.plan().steps[0].reasons == (Reason.STAGE_MISSING,)


def test_a_decision_tells_what_it_touched_and_who_asked(pushed: Desk) -> None:
    asked = object()
    pushed.parts.worker.decide([hero(pushed)], YES, stage="brand", initiator=asked)
    told = [event for event in pushed.events if isinstance(event, ChangeSet) and event.initiator]
    assert [(one.assets, one.initiator) for one in told] == [(frozenset({hero(pushed)}), asked)]


def test_somebody_elses_verdict_is_recorded_under_their_name(pushed: Desk) -> None:
    ruling = Ruling(approval=NO, comment="too dark", who="Ada (review pack)")
    assert approvals(pushed).rule([hero(pushed)], ruling) == 1
    last = pushed.parts.worker.history(hero(pushed))[-1]
    assert (last.who, last.comment, last.approval) == ("Ada (review pack)", "too dark", NO)


# Overrides


def test_a_role_that_the_policy_names_lets_pass_and_what_passed_stays(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    demand(desk, STAGED)
    signs(desk, "Kim (legal)")
    assert approvals(desk).override([hero(desk)], NIGHT) == 1
    state = desk.parts.worker.standing(hero(desk))
    assert state.verdict.overridden == (Reason.STAGE_MISSING,)
    (job,) = desk.push()
    assert job.state is JobState.DONE
    desk.parts.worker.retractions.look()
    assert desk.parts.worker.retractions.plan("studio").steps == ()
    (one,) = desk.parts.worker.policies.overrides()
    assert (one.who, one.role, one.reason) == ("Kim (legal)", "legal", NIGHT.reason)
    assert approvals(desk).take_back([hero(desk)], "It was postponed.") == 1
    assert against(desk) == (Reason.STAGE_MISSING,)


def test_an_override_ends_with_its_time(pushed: Desk) -> None:
    demand(pushed, STAGED)
    signs(pushed, "legal")
    until = pushed.clock() + timedelta(hours=1)
    approvals(pushed).override([hero(pushed)], replace(NIGHT, until=until))
    assert against(pushed) == ()
    pushed.clock.forward(timedelta(hours=2))
    assert against(pushed) == (Reason.STAGE_MISSING,)


def test_one_rendition_may_be_let_pass_alone(pushed: Desk) -> None:
    demand(pushed, EACH)
    signs(pushed, "legal")
    wish = replace(NIGHT, transformation="h_60,c_fill,w_60/f_jpg")
    assert approvals(pushed).override([hero(pushed)], wish) == 1
    assert against(pushed, OF_SQUARE) == ()
    assert against(pushed, "c_scale,w_80/f_png") == (Reason.RENDITION_NOT_APPROVED,)


@pytest.mark.parametrize(
    ("policies", "who", "detail"),
    [
        ((STAGED,), "Kim", "only legal may override"),
        ((STAGED, Policy(name="strict")), "legal", "no policy of studio lets anybody"),
    ],
)
def test_who_may_not_override_is_told_who_may(
    pushed: Desk, policies: tuple[Policy, ...], who: str, detail: str
) -> None:
    demand(pushed, *policies)
    signs(pushed, who)
    with pytest.raises(OverrideRefusedError, match=detail):
        approvals(pushed).override([hero(pushed)], NIGHT)
    assert pushed.parts.worker.policies.overrides() == []


def test_nobody_overrides_a_rejection(pushed: Desk) -> None:
    demand(pushed, EACH)
    signs(pushed, "legal")
    pushed.parts.worker.decide([hero(pushed)], NO)
    with pytest.raises(OverrideRefusedError, match="nobody may override that it was rejected"):
        approvals(pushed).override([hero(pushed)], NIGHT)


def test_an_override_says_why_and_ends_after_it_begins(pushed: Desk) -> None:
    demand(pushed, STAGED)
    signs(pushed, "legal")
    for wrong in (
        replace(NIGHT, reason=" "),
        replace(NIGHT, reason="x" * 2001),
        replace(NIGHT, until=pushed.clock() - timedelta(days=1)),
    ):
        with pytest.raises(InvalidInputError):
            approvals(pushed).override([hero(pushed)], wrong)


def test_what_is_not_held_back_needs_no_override(pushed: Desk) -> None:
    assert approvals(pushed).override([hero(pushed)], NIGHT) == 0


# Policies


def test_policies_are_checked_before_they_hold(pushed: Desk) -> None:
    with pytest.raises(PolicyError, match="this name"):
        demand(pushed, EACH, replace(EACH, stages=("brand",)))
    assert pushed.parts.worker.policies.policies() == ()


def test_what_policies_mean_for_an_asset_can_be_looked_at(pushed: Desk) -> None:
    demand(pushed, STAGED, EACH)
    (found,) = pushed.parts.worker.policies.check([hero(pushed)])
    assert (found.demands.stages, found.demands.renditions) == (("brand", "legal"), True)
    assert found.verdict.against == (Reason.STAGE_MISSING,)
    (elsewhere,) = pushed.parts.worker.policies.check([hero(pushed)], environment="press")
    assert elsewhere.verdict.allows


def test_an_asset_of_the_cloud_keeps_the_address_of_a_rejected_rendition(pushed: Desk) -> None:
    worker = pushed.parts.worker
    worker.cloud.sync("studio")
    pushed.settled()
    (mirrored,) = [one for one in pushed.assets() if one.library.startswith("cloud:")]
    wish = AddressWish(transformation=SQUARE.transformation, format=SQUARE.format)
    assert worker.cloud_desk.address(mirrored.id, wish)
    worker.decide([hero(pushed)], NO, transformation=OF_SQUARE)
    with pytest.raises(GateRefusalError, match="rendition was rejected"):
        worker.cloud_desk.address(mirrored.id, wish)
    assert worker.cloud_desk.address(mirrored.id)


# Who may decide in a stage


BY_COUNSEL = Policy(
    name="all",
    stages=("brand", "legal"),
    deciders=(("legal", frozenset({"counsel"})),),
)


def test_only_the_roles_that_a_policy_names_decide_in_a_stage(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg", 1)
    picture(desk.folder / "detail.jpg", 2)
    desk.library()
    demand(desk, BY_COUNSEL)
    signs(desk, "Kim (brand)")
    both = [hero(desk), desk.asset("detail.jpg").id]
    yes = Ruling(approval=YES, stage="Legal", comment="Fine with me.")
    with pytest.raises(NotYourStageError, match="only counsel may"):
        approvals(desk).rule(both, yes)
    with pytest.raises(NotYourStageError):
        approvals(desk).rule(both, replace(yes, approval=NO))
    assert approvals(desk).history(hero(desk)) == []
    assert approvals(desk).rule(both, replace(yes, stage="brand")) == 2
    signs(desk, "Ada (counsel)")
    assert approvals(desk).rule(both, yes) == 2
    assert against(desk) == ()


def test_a_no_for_the_whole_counts_from_anybody(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    demand(desk, BY_COUNSEL)
    signs(desk, "Kim (brand)")
    approvals(desk).rule([hero(desk)], Ruling(approval=NO))
    assert Reason.REJECTED in against(desk)


def test_a_reviewer_is_led_to_the_stage_that_is_theirs(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    demand(desk, replace(BY_COUNSEL, stages=("legal", "brand")))
    signs(desk, "Kim (brand)")
    state = desk.parts.worker.standing(hero(desk))
    assert state.next_stage == "brand"
    assert [(one.stage, one.roles, one.is_open) for one in state.stages] == [
        ("legal", ("counsel",), False),
        ("brand", (), True),
    ]
    approvals(desk).rule([hero(desk)], Ruling(approval=YES, stage="brand"))
    assert desk.parts.worker.standing(hero(desk)).next_stage == "legal"


def test_a_verdict_that_comes_back_in_somebody_elses_name_has_their_roles(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    demand(desk, BY_COUNSEL)
    signs(desk, "Ada (counsel)")
    theirs = Ruling(approval=YES, stage="legal", who="Kim (review pack)")
    with pytest.raises(NotYourStageError, match="Kim"):
        approvals(desk).rule([hero(desk)], theirs)
