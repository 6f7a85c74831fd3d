"""Which made renditions may not be seen any more, by what was said of them alone."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bridge_app.domain.approvals import Approval, RenditionStanding, Stages
from bridge_app.domain.assets import AssetId
from bridge_app.domain.gate import Override, Reason
from bridge_app.domain.policies import Demands
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.rendition_retractions import (
    RenditionRetraction,
    against_rendition,
    each_once,
)
from bridge_app.domain.rights import Restrictions, RightsWindow

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
YES, NO, DRAFT = Approval.APPROVED, Approval.REJECTED, Approval.DRAFT
SQUARE = "c_fill,w_60"
ANY = Demands(environment="shop")
EACH = replace(ANY, renditions=True)
STAGED = replace(EACH, stages=("legal",))
MISSING = (Reason.RENDITION_NOT_APPROVED,)
LET_PASS = Override(
    asset="hero",
    name="hero.jpg",
    content="bytes",
    transformation=SQUARE,
    environment="shop",
    who="Kim (legal)",
    role="legal",
    reason="Tonight.",
    lifts=frozenset(MISSING),
    at=NOW.isoformat(),
)
TAKEN_BACK = replace(LET_PASS, lifts=frozenset(), role="")


@dataclass(frozen=True, kw_only=True)
class Master:
    """What the gate asks of an asset; nothing of it is approved, which is not the question."""

    approval: Approval = DRAFT
    lapsed: bool = False
    stages: Stages = ()
    overrides: tuple[Override, ...] = ()
    rights: RightsWindow = field(default_factory=RightsWindow)
    restrictions: Restrictions = field(default_factory=Restrictions)
    filled: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("approval", "demands", "was_decided", "overrides", "reasons"),
    [
        (DRAFT, ANY, False, (), ()),
        (YES, EACH, True, (), ()),
        (NO, ANY, True, (), (Reason.RENDITION_REJECTED,)),
        (NO, EACH, True, (LET_PASS,), (Reason.RENDITION_REJECTED,)),
        (Approval.CHANGES_REQUESTED, ANY, True, (), (Reason.RENDITION_CHANGES_REQUESTED,)),
        # A policy that comes later takes nothing away; an approval that is taken back does.
        (DRAFT, EACH, False, (), ()),
        (DRAFT, EACH, True, (), MISSING),
        (DRAFT, ANY, True, (), ()),
        (YES, STAGED, True, (), (Reason.RENDITION_STAGE_MISSING,)),
        (YES, STAGED, False, (), ()),
        # What was let pass stays as long as that holds.
        (DRAFT, EACH, False, (LET_PASS,), ()),
        (DRAFT, EACH, False, (LET_PASS, TAKEN_BACK), MISSING),
        (DRAFT, EACH, False, (replace(LET_PASS, until=NOW),), MISSING),
        (DRAFT, EACH, False, (replace(LET_PASS, until=NOW + HOUR),), ()),
        (DRAFT, EACH, False, (replace(LET_PASS, transformation="", until=NOW),), MISSING),
        # What was let pass elsewhere, or of something else, says nothing of this one.
        (DRAFT, EACH, False, (replace(LET_PASS, environment="other", until=NOW),), ()),
        (DRAFT, EACH, False, (replace(LET_PASS, transformation="w_9", until=NOW),), ()),
        (
            DRAFT,
            EACH,
            False,
            (replace(LET_PASS, lifts=frozenset({Reason.NOT_APPROVED}), until=NOW),),
            (),
        ),
    ],
)
def test_a_made_rendition_stays_as_long_as_what_was_said_of_it_holds(
    approval: Approval,
    demands: Demands,
    was_decided: bool,
    overrides: tuple[Override, ...],
    reasons: tuple[Reason, ...],
) -> None:
    found = against_rendition(
        Master(overrides=overrides),
        RenditionStanding(transformation=SQUARE, approval=approval),
        demands=demands,
        was_decided=was_decided,
        at=NOW,
    )
    assert found == reasons


def made(preset: str, transformation: str = SQUARE) -> RenditionRetraction:
    rendition = PublishedRendition(
        environment="shop",
        public_id="hero",
        version=1,
        transformation=transformation,
        format="jpg",
        asset=AssetId("hero"),
        name="hero.jpg",
        sha256="bytes",
        preset=preset,
        market="",
        language="",
        url="https://example.com/hero.jpg",
        width=60,
        height=60,
        bytes=300,
        made_at=NOW.isoformat(),
    )
    return RenditionRetraction(rendition=rendition, reasons=(Reason.RENDITION_REJECTED,))


def test_what_is_derived_once_goes_once_for_however_many_presets_it_was_made() -> None:
    steps = [made("square"), made("wide", "w_80"), made("tile")]
    assert each_once(steps) == (steps[0], steps[1])
    assert steps[0].sentence() == "this rendition was rejected"
