"""What was decided of a content holds of one that differs from it in metadata alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bridge_app.domain.approvals import BOTH_HEARD, Approval, Ruling
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.disagreements import Heard, disagreement
from bridge_app.domain.overrides import Override
from bridge_app.domain.reasons import LIFTABLE
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.storage.audit import AuditTrail
from bridge_app.storage.carried import Carried
from bridge_app.storage.database import Writer
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.policies import Policies
from bridge_app.storage.rights_claims import RightsClaims
from bridge_app.storage.standing import CARRIED_BY

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
OLD, NEW = "a" * 64, "b" * 64
HERO = Asset(
    id=AssetId("hero"),
    library=LibraryId("lib"),
    path="hero.jpg",
    name="hero.jpg",
    folder="",
    kind=Kind.IMAGE,
    format="jpeg",
    bytes=1,
    modified_at="2026-01-01T00:00:00+00:00",
    sha256=OLD,
)
FRESH = replace(HERO, sha256=NEW)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Writer]:
    writer = open_ledger(tmp_path / "ledger.db")
    yield writer
    writer.close()


def test_approvals_hold_in_every_stage_and_of_every_rendition(ledger: Writer) -> None:
    decisions = Decisions(ledger)
    decisions.add([HERO], Approval.APPROVED, comment="fine", who="Mara", at=NOW)
    for through, stage in (("c_fill,w_60", ""), ("", "legal")):
        ruling = Ruling(
            approval=Approval.APPROVED, comment="", who="Ove", transformation=through, stage=stage
        )
        decisions.rule([HERO], ruling, at=NOW)
    assert Carried(ledger).carry(HERO, NEW, at=LATER) == 3
    assert decisions.approval_of(NEW) is Approval.APPROVED
    assert decisions.approval_of(NEW, "c_fill,w_60") is Approval.APPROVED
    (legal,) = decisions.in_stages(NEW)
    assert (legal.stage, legal.who) == ("legal", CARRIED_BY)
    assert "Ove" in legal.comment
    assert AuditTrail(ledger).check().is_sound


def test_what_was_carried_over_is_still_what_was_decided(ledger: Writer) -> None:
    decisions = Decisions(ledger)
    decisions.add([HERO], Approval.APPROVED, comment="", who="Mara", at=NOW)
    entry = decisions.last()
    Carried(ledger).carry(HERO, NEW, at=LATER)
    assert decisions.stands(FRESH, OLD, entry)
    assert not decisions.stands(replace(HERO, sha256="c" * 64), OLD, entry)
    decisions.add([FRESH], Approval.APPROVED, comment="", who="Ove", at=LATER)
    assert not decisions.stands(FRESH, OLD, entry)


def test_what_was_rejected_stays_rejected(ledger: Writer) -> None:
    decisions = Decisions(ledger)
    decisions.add([HERO], Approval.REJECTED, comment="", who="Mara", at=NOW)
    Carried(ledger).carry(HERO, NEW, at=LATER)
    assert decisions.approval_of(NEW) is Approval.REJECTED


def test_an_open_disagreement_stays_open(ledger: Writer) -> None:
    decisions = Decisions(ledger)
    decisions.add([HERO], Approval.APPROVED, comment="", who="Mara", at=NOW)
    heard = (
        Heard(approval=Approval.REJECTED, who="Ove"),
        Heard(approval=Approval.REJECTED, who=BOTH_HEARD),
    )
    decisions.hear(HERO, heard, at=NOW)
    Carried(ledger).carry(HERO, NEW, at=LATER)
    on_new = [one for one in decisions.history(FRESH.id, NEW) if one.sha256 == NEW]
    found = disagreement(on_new)
    assert found is not None
    assert [one.approval for one in found.said] == [Approval.APPROVED, Approval.REJECTED]


def test_overrides_and_claims_of_the_old_content_hold_too(ledger: Writer) -> None:
    told = Override(
        asset="hero",
        name="hero.jpg",
        content=OLD,
        environment="studio",
        who="Mara",
        role="owner",
        reason="the launch is today",
        lifts=frozenset(list(LIFTABLE)[:1]),
        at=NOW.isoformat(),
    )
    Policies(ledger).override([told])
    claims = RightsClaims(ledger)
    claims.add([(replace(HERO, id=AssetId("twin")), RightsClaim())], who="Mara", at=NOW)
    assert Carried(ledger).carry(HERO, NEW, at=LATER) == 2
    (_, carried) = Policies(ledger).overrides()
    assert (carried.content, carried.who, carried.lifts) == (NEW, "Mara", told.lifts)
    newest = claims.newest(HERO.id, NEW)
    assert newest is not None
    assert newest.content == NEW


def chain(ledger: Writer) -> tuple[Asset, Asset]:
    """Approved, and written twice since: the content in between, and the last one."""
    between, last = replace(HERO, sha256="1" * 64), replace(HERO, sha256="2" * 64)
    Decisions(ledger).add([HERO], Approval.APPROVED, comment="", who="Mara", at=NOW)
    Carried(ledger).carry(HERO, "1" * 64, at=NOW)
    Carried(ledger).carry(between, "2" * 64, at=NOW)
    return between, last


def test_an_older_approval_is_not_carried_over_a_later_rejection(ledger: Writer) -> None:
    between, last = chain(ledger)
    decisions = Decisions(ledger)
    # Said of a twin, that is of this content alone.
    twin = replace(between, id=AssetId("twin"))
    decisions.add([twin], Approval.REJECTED, comment="no", who="Ove", at=LATER)
    assert decisions.approval_of("2" * 64) is Approval.APPROVED
    Carried(ledger).carry(last, "1" * 64, at=LATER)
    assert decisions.approval_of("1" * 64) is Approval.REJECTED


def test_older_overrides_and_claims_are_not_carried_over_later_ones(ledger: Writer) -> None:
    first, second = (
        Override(
            asset="hero",
            name="hero.jpg",
            content=content,
            environment="studio",
            who="Mara",
            role="owner",
            reason="the launch is today",
            lifts=frozenset(list(LIFTABLE)[:1]),
            at=NOW.isoformat(),
        )
        for content in (OLD, NEW)
    )
    Policies(ledger).override([first, second])
    claims = RightsClaims(ledger)
    for content in (OLD, NEW):
        twin = replace(HERO, id=AssetId("twin"), sha256=content)
        claims.add([(twin, RightsClaim())], who="Mara", at=NOW)
    assert Carried(ledger).carry(HERO, NEW, at=LATER) == 0
    assert len(Policies(ledger).overrides()) == 2


@pytest.mark.parametrize("stage", ["", "legal"])
def test_what_is_ruled_while_a_file_is_written_holds_of_what_it_becomes(
    ledger: Writer, stage: str
) -> None:
    chain(ledger)
    decisions = Decisions(ledger)
    ruling = Ruling(approval=Approval.REJECTED, comment="no", who="Ove", stage=stage)
    ruled = decisions.rule([HERO], ruling, at=LATER)
    assert ruled == [(HERO, Approval.REJECTED)]
    contents = (OLD, "1" * 64, "2" * 64)
    assert {decisions.approval_of(one) for one in contents} == {Approval.REJECTED}
    decisions.rule([HERO], replace(ruling, approval=Approval.APPROVED), at=LATER)
    assert {decisions.approval_of(one) for one in contents} == {Approval.APPROVED}
    assert AuditTrail(ledger).check().is_sound


def test_an_approval_of_the_old_content_lifts_no_rejection_of_the_new_one(ledger: Writer) -> None:
    _, last = chain(ledger)
    decisions = Decisions(ledger)
    decisions.add([last], Approval.REJECTED, comment="wrong caption", who="Ove", at=LATER)
    decisions.add([HERO], Approval.APPROVED, comment="", who="Mara", at=LATER)
    assert decisions.approval_of(OLD) is Approval.APPROVED
    assert decisions.approval_of("2" * 64) is Approval.REJECTED
