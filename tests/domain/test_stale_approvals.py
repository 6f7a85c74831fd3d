"""What has to be looked at again after a new version or a changed preset, and what not."""

from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval, Decision
from bridge_app.domain.assets import AssetId
from bridge_app.domain.stale_approvals import (
    CAUSES,
    Cause,
    Lapses,
    PresetHistory,
    approved_before,
    lapses,
)

ASSET = AssetId("asset")
OLD, NEW = "old", "new"
HERO, HERO_NOW, WEB = "c_fill,w_100", "c_fill,w_200", "c_limit,w_50"
PRESETS = PresetHistory(
    current={"hero": HERO_NOW, "web": WEB},
    editions={
        "hero": frozenset({HERO, HERO_NOW}),
        "web": frozenset({WEB}),
        "gone": frozenset({"c_pad,w_9"}),
    },
)
APPROVED, REJECTED = Approval.APPROVED, Approval.REJECTED


def said(
    content: str,
    transformation: str = "",
    approval: Approval = APPROVED,
    *,
    stage: str = "",
    who: str = "Ann",
) -> Decision:
    return Decision(
        asset=ASSET,
        sha256=content,
        name="a.jpg",
        approval=approval,
        comment="",
        who=who,
        at="2026-11-21T10:00:00+00:00",
        previous="",
        digest="",
        transformation=transformation,
        stage=stage,
    )


def found(content: str, *decisions: Decision) -> Lapses:
    return lapses(ASSET, content, decisions, PRESETS)


def subjects(lapsed: Lapses) -> dict[str, Cause]:
    return {one.transformation: one.why for one in lapsed.stale}


def test_a_new_version_of_a_master_makes_each_of_its_approvals_stale() -> None:
    lapsed = found(NEW, said(OLD), said(OLD, WEB))
    assert subjects(lapsed) == {"": Cause.MASTER, WEB: Cause.MASTER}
    assert lapsed.holding == ()
    assert set(CAUSES) == set(Cause)


def test_a_changed_preset_makes_its_own_rendition_stale_and_nothing_else() -> None:
    master, hero, web = said(OLD), said(OLD, HERO), said(OLD, WEB)
    lapsed = found(OLD, master, hero, web)
    assert subjects(lapsed) == {HERO_NOW: Cause.PRESET}
    (stale,) = lapsed.stale
    assert (stale.preset, stale.approved) == ("hero", hero)
    assert lapsed.holding == (master, web)


def test_both_at_once_are_told_as_both() -> None:
    assert subjects(found(NEW, said(OLD, HERO))) == {HERO_NOW: Cause.BOTH}


def test_what_was_decided_in_its_new_form_is_not_stale() -> None:
    for approval in (APPROVED, REJECTED, Approval.CHANGES_REQUESTED):
        assert not found(NEW, said(OLD), said(NEW, approval=approval)).stale
    assert found(NEW, said(OLD), said(NEW, approval=Approval.IN_REVIEW)).stale


def test_what_was_rejected_since_or_never_approved_is_not_asked_for_again() -> None:
    assert not found(NEW, said(OLD), said(OLD, approval=REJECTED)).stale
    assert not found(NEW, said(OLD, approval=Approval.IN_REVIEW)).stale


def test_renditions_of_a_deleted_preset_need_no_look() -> None:
    assert not found(NEW, said(OLD, "c_pad,w_9")).stale


def test_a_rendition_of_no_preset_is_asked_for_as_it_was() -> None:
    assert subjects(found(NEW, said(OLD, "e_sepia"))) == {"e_sepia": Cause.MASTER}


def test_stages_count_together_and_one_that_refused_is_enough() -> None:
    brand, legal = said(OLD, stage="brand"), said(OLD, stage="legal")
    assert subjects(found(NEW, brand, legal)) == {"": Cause.MASTER}
    before = approved_before((NEW, ""), [brand, legal], PRESETS)
    assert before is not None
    assert before.stages == ("brand", "legal")
    refused = said(OLD, approval=REJECTED, stage="legal")
    assert not found(NEW, brand, legal, refused).stale


def test_the_newest_approval_of_an_earlier_form_is_what_is_compared_with() -> None:
    first, second = said("first"), said(OLD)
    decisions = [first, second, said("third", approval=REJECTED)]
    before = approved_before((NEW, ""), decisions, PRESETS)
    assert before is not None
    assert before.decision == second
    assert approved_before(("first", ""), [first], PRESETS) is None
    kept = said(OLD, who="Policy")
    by_people = approved_before((NEW, ""), [first, kept], PRESETS, not_by="Policy")
    assert by_people is not None
    assert by_people.decision == first


def test_a_preset_that_is_as_it_was_once_more_needs_no_look() -> None:
    again = PresetHistory(current={"hero": HERO}, editions={"hero": frozenset({HERO, HERO_NOW})})
    lapsed = lapses(ASSET, OLD, [said(OLD, HERO), said(OLD, HERO_NOW)], again)
    assert lapsed.stale == ()
    assert [one.transformation for one in lapsed.holding] == [HERO]


contents = st.sampled_from([OLD, NEW, "third"])
texts = st.sampled_from(["", HERO, HERO_NOW, WEB, "c_pad,w_9", "e_sepia"])
approvals = st.sampled_from(sorted(Approval))


@given(
    decisions=st.lists(st.builds(said, contents, texts, approvals), max_size=12), content=contents
)
def test_what_holds_is_approved_today_and_what_is_stale_was_not_looked_at(
    decisions: list[Decision], content: str
) -> None:
    lapsed = lapses(ASSET, content, decisions, PRESETS)
    for one in lapsed.holding:
        on_it = [
            d for d in decisions if (d.sha256, d.transformation) == (content, one.transformation)
        ]
        assert on_it[-1].approval is APPROVED
    for stale in lapsed.stale:
        on_it = [
            d for d in decisions if (d.sha256, d.transformation) == (content, stale.transformation)
        ]
        assert not on_it or on_it[-1].approval in (Approval.DRAFT, Approval.IN_REVIEW)
        assert stale.approved in decisions
    assert len({one.transformation for one in lapsed.stale}) == len(lapsed.stale)
