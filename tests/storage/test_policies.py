"""Policies and overrides in the ledger, and decisions on renditions and in stages."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bridge_app.domain.approvals import (
    Approval,
    RenditionStanding,
    Ruling,
    broken_link,
    chain_digest,
)
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.audit import AuditKind
from bridge_app.domain.gate import Override, Reason
from bridge_app.domain.overrides import override_digest
from bridge_app.domain.policies import Policy, PolicyMatch
from bridge_app.storage.database import Writer
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.policies import Policies
from bridge_app.storage.reviewed import lifts_of

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
YES, NO, DRAFT = Approval.APPROVED, Approval.REJECTED, Approval.DRAFT
HERO = Asset(
    id=AssetId("hero"),
    library=LibraryId("home"),
    path="hero.jpg",
    name="hero.jpg",
    folder="",
    kind=Kind.IMAGE,
    format="jpeg",
    bytes=1,
    modified_at="2026-05-01T00:00:00+00:00",
    sha256="first bytes",
)
BYTES = "first bytes"
SQUARE = "c_fill,w_60"
STAGES = {HERO.id: ("brand", "legal")}
WEB = Policy(
    name="web",
    match=PolicyMatch(kinds=frozenset({Kind.IMAGE}), channels=frozenset({"web"})),
    stages=("brand", "legal"),
    renditions=True,
    keeps_below=0.02,
    may_override=frozenset({"legal"}),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Writer]:
    writer = open_ledger(tmp_path / "ledger.db")
    yield writer
    writer.close()


@pytest.fixture
def decisions(ledger: Writer) -> Decisions:
    return Decisions(ledger)


def rule(
    decisions: Decisions,
    approval: Approval,
    *,
    stage: str = "",
    of: str = "",
    asset: Asset = HERO,
    staged: bool = True,
) -> Approval:
    ruling = Ruling(approval=approval, who="Kim", stage=stage, transformation=of)
    ((_, state),) = decisions.rule(
        [asset], ruling, at=NOW, demanded=STAGES if staged else {AssetId(""): ()}
    )
    return state


def audited(ledger: Writer, kind: AuditKind) -> int:
    with ledger.reading() as connection:
        sql = "SELECT count(*) FROM audit WHERE kind = ?"
        count: int = connection.execute(sql, (kind.value,)).fetchone()[0]
    return count


# Renditions


def test_a_decision_on_a_rendition_says_nothing_of_its_master(decisions: Decisions) -> None:
    rule(decisions, YES, of=SQUARE)
    assert decisions.approval_of(BYTES) is DRAFT
    assert decisions.newest(BYTES) is None
    assert decisions.approval_of(BYTES, SQUARE) is YES
    standing = decisions.rendition(HERO.id, BYTES, SQUARE)
    assert standing == RenditionStanding(transformation=SQUARE, approval=YES)
    assert [one.transformation for one in decisions.history(HERO.id, BYTES)] == [SQUARE]


def test_an_approval_of_a_rendition_lapses_with_the_content_and_with_the_transformation(
    decisions: Decisions,
) -> None:
    rule(decisions, YES, of=SQUARE)
    changed = decisions.rendition(HERO.id, "other bytes", SQUARE)
    assert (changed.approval, changed.lapsed) == (DRAFT, True)
    other = decisions.rendition(HERO.id, BYTES, "c_fill,w_90")
    assert (other.approval, other.lapsed) == (DRAFT, False)


def test_old_entries_keep_their_digests_and_new_ones_bind_what_they_are_about(
    decisions: Decisions,
) -> None:
    rule(decisions, YES)
    rule(decisions, YES, of=SQUARE, stage="brand")
    plain, staged = decisions.everything()
    assert broken_link([plain, staged]) is None
    assert chain_digest(replace(plain, transformation="", stage="")) == plain.digest
    for forged in (
        replace(staged, transformation=""),
        replace(staged, stage=""),
        replace(staged, transformation=SQUARE + "brand", stage=""),
        replace(plain, stage="brand"),
    ):
        assert chain_digest(forged) not in (plain.digest, staged.digest)


# Stages


def test_all_stages_together_approve(decisions: Decisions, ledger: Writer) -> None:
    assert rule(decisions, YES, stage="brand") is Approval.IN_REVIEW
    assert rule(decisions, YES, stage="legal") is YES
    assert decisions.approval_of(BYTES) is YES
    newest = decisions.newest(BYTES)
    assert newest is not None
    assert (newest.approval, newest.stage) == (YES, "legal")
    assert {one.stage for one in decisions.in_stages(BYTES)} == {"brand", "legal"}
    assert audited(ledger, AuditKind.DECISION) == 2


def test_a_stage_that_rejects_rejects_the_whole_until_it_says_otherwise(
    decisions: Decisions,
) -> None:
    rule(decisions, YES, stage="brand")
    assert rule(decisions, NO, stage="legal") is NO
    assert rule(decisions, YES, stage="legal") is YES


def test_a_stage_that_nobody_demands_approves_nothing_and_takes_nothing(
    decisions: Decisions,
) -> None:
    assert rule(decisions, YES, stage="brand", staged=False) is DRAFT
    assert rule(decisions, YES, staged=False) is YES
    assert rule(decisions, YES, stage="legal", staged=False) is YES
    assert rule(decisions, NO, stage="legal", staged=False) is NO
    assert rule(decisions, YES, stage="legal", staged=False) is YES


@pytest.mark.parametrize(
    "anew", [DRAFT, NO, Approval.IN_REVIEW, Approval.CHANGES_REQUESTED], ids=str
)
def test_a_decision_on_the_whole_that_is_no_approval_begins_the_review_anew(
    decisions: Decisions, anew: Approval
) -> None:
    rule(decisions, YES, stage="brand")
    rule(decisions, YES, stage="legal")
    assert rule(decisions, anew) is anew
    assert decisions.in_stages(BYTES) == []


def test_a_rejection_of_the_whole_holds_until_the_whole_is_decided_on(
    decisions: Decisions,
) -> None:
    rule(decisions, NO)
    rule(decisions, YES, stage="brand")
    assert rule(decisions, YES, stage="legal") is NO
    assert rule(decisions, YES) is YES


def test_an_approval_of_the_whole_leaves_a_rejection_of_a_stage_where_it_is(
    decisions: Decisions,
) -> None:
    rule(decisions, NO, stage="legal")
    assert rule(decisions, YES) is NO
    assert decisions.approval_of(BYTES) is NO


# Policies


def test_the_policies_of_an_environment_are_its_own(ledger: Writer) -> None:
    policies = Policies(ledger)
    assert policies.get("shop") == ()
    policies.put("shop", [WEB, Policy(name="rest")], who="Kim", at=NOW)
    assert policies.get("shop") == (WEB, Policy(name="rest"))
    assert policies.get("press") == ()
    policies.put("shop", [], who="Kim", at=NOW)
    assert policies.get("shop") == ()


def test_a_change_of_policies_is_on_the_audit_trail_and_no_change_is_not(ledger: Writer) -> None:
    policies = Policies(ledger)
    for _ in range(2):
        policies.put("shop", [WEB], who="Kim", at=NOW)
    assert audited(ledger, AuditKind.POLICY_CHANGE) == 1


# Overrides


def let_pass() -> Override:
    return Override(
        asset=HERO.id,
        name=HERO.name,
        content=BYTES,
        environment="shop",
        who="Kim (legal)",
        role="legal",
        reason="The launch is tonight.",
        lifts=frozenset({Reason.STAGE_MISSING, Reason.NOT_APPROVED}),
        until=NOW + timedelta(days=1),
        at=NOW.isoformat(),
    )


def test_overrides_are_chained_and_come_back_as_they_were_said(ledger: Writer) -> None:
    policies = Policies(ledger)
    policies.override([let_pass(), replace(let_pass(), transformation=SQUARE, until=None)])
    first, second = policies.overrides()
    assert replace(first, previous="", digest="") == let_pass()
    assert second.previous == first.digest
    assert all(override_digest(one) == one.digest for one in (first, second))
    assert audited(ledger, AuditKind.OVERRIDE) == 2


def test_a_record_that_says_more_than_anybody_may_lifts_no_more() -> None:
    forged = lifts_of("stage_missing rejected rights_ended no_such_reason")
    assert forged == {Reason.STAGE_MISSING}


@pytest.mark.parametrize("act", ["DELETE FROM override", "UPDATE override SET reason = ''"])
def test_overrides_are_never_rewritten(ledger: Writer, act: str) -> None:
    Policies(ledger).override([let_pass()])
    with pytest.raises(sqlite3.IntegrityError), ledger.atomic() as connection:
        connection.execute(act)
