"""Who did what is on record, whoever did it, and what was refused as well."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import NO_PREVIOUS, Approval
from bridge_app.domain.audit import AuditFilter, AuditKind, AuditRecord, link_digest, record_texts
from bridge_app.domain.errors import GateRefusalError
from bridge_app.domain.query import Query
from bridge_app.work.audit_report import cell, csv_bytes, detail_text, json_bytes
from tests.desk import ACCOUNT, Desk, licensed_picture, picture

EVERYTHING = AuditFilter()


def trail(desk: Desk, wanted: AuditFilter = EVERYTHING) -> list[AuditRecord]:
    return list(desk.parts.worker.audit.report(wanted, "").records)


def kinds(desk: Desk) -> list[AuditKind]:
    return [record.entry.kind for record in trail(desk)]


def test_a_push_is_told_with_who_asked_for_it_and_where_it_went(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    settings = desk.parts.settings
    settings.save(replace(settings.load(), who="Kim"))
    desk.push(desk.approve())
    decision, push = (record.entry for record in trail(desk))
    hero = desk.asset("hero.jpg")
    assert (decision.kind, push.kind) == (AuditKind.DECISION, AuditKind.PUSH)
    assert (push.who, push.asset, push.name) == ("Kim", hero.id, "hero.jpg")
    assert (push.content, push.environment) == (hero.sha256, ACCOUNT.cloud_name)
    assert hero.cloud is not None
    assert push.detail["public_id"] == hero.cloud.public_id
    assert desk.parts.worker.audit.check().is_sound


def test_what_the_gate_refuses_of_a_plan_is_told_once(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    for _ in range(2):
        desk.parts.worker.push(desk.plan())
    (record,) = trail(desk)
    assert record.entry.kind is AuditKind.REFUSAL
    assert record.entry.detail == {"act": "push", "reasons": "nobody has approved it yet"}


def test_what_the_gate_refuses_at_the_last_moment_is_told(desk: Desk) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + timedelta(days=2))
    desk.library()
    desk.parts.worker.pause()
    batch = desk.parts.worker.push(desk.plan(desk.approve()))
    desk.clock.forward(timedelta(days=9))
    desk.parts.worker.resume()
    desk.finished(batch)
    entry = trail(desk)[-1].entry
    assert (entry.kind, entry.detail["act"]) == (AuditKind.REFUSAL, "push")
    assert "ended" in str(entry.detail["reasons"])
    assert entry.content == desk.asset("hero.jpg").content


def test_a_retraction_and_a_restoration_are_told_of_their_master(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.push(desk.approve())
    hero, worker = desk.asset("hero.jpg"), desk.parts.worker
    worker.decide([hero.id], Approval.REJECTED)
    desk.until(lambda: AuditKind.RETRACTION in kinds(desk), what="the retraction")
    entry = trail(desk)[-1].entry
    assert (entry.asset, entry.content) == (hero.id, hero.sha256)
    assert entry.detail["reasons"] == ["rejected"]
    with pytest.raises(GateRefusalError):
        worker.original_url(hero.id)
    assert kinds(desk)[-1] is AuditKind.REFUSAL
    worker.decide([hero.id], Approval.APPROVED)
    desk.until(lambda: AuditKind.RESTORATION in kinds(desk), what="the restoration")
    assert desk.parts.worker.audit.check().is_sound


def test_a_campaign_is_what_a_search_finds(desk: Desk) -> None:
    for number, name in enumerate(("coast/a.jpg", "coast/b.jpg", "hills/c.jpg")):
        picture(desk.folder / name, number)
    library = desk.library()
    desk.approve()
    audit = desk.parts.worker.audit
    wanted = audit.narrowed(EVERYTHING, Query(library=library.id, folder="coast"))
    assert sorted(record.entry.name for record in trail(desk, wanted)) == ["a.jpg", "b.jpg"]
    page = audit.page(wanted, limit=1)
    assert (len(page.records), page.total) == (1, 2)


def test_the_json_of_a_report_can_be_checked_without_this_program(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.parts.worker.decide([desk.asset("hero.jpg").id], Approval.REJECTED, comment="=1+1 ä 🎬")
    desk.approve()
    told = json.loads(json_bytes(desk.parts.worker.audit.report(EVERYTHING, "everything")))
    assert told["trail"]["sound"] is True
    previous = NO_PREVIOUS
    for one in told["entries"]:
        detail = json.dumps(
            one["detail"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        names = ("at", "kind", "who", "asset", "name", "content", "transformation", "environment")
        texts = (*(one[name] for name in names), detail)
        assert one["previous"] == previous
        assert link_digest(one["seq"], texts, previous) == one["digest"]
        previous = one["digest"]
    assert told["trail"]["head"] == f"2:{previous}"


def test_the_table_of_a_report_holds_no_formula(desk: Desk) -> None:
    picture(desk.folder / "=HYPERLINK(1).jpg")
    desk.library()
    desk.approve()
    data = csv_bytes(desk.parts.worker.audit.report(EVERYTHING, ""))
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0]["name"] == "'=HYPERLINK(1).jpg"
    assert rows[0]["kind"] == "decision"


@given(st.text())
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    made = cell(text)
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert made.removeprefix("'") == text.removeprefix("'") or made == text


def test_facts_are_told_in_one_line() -> None:
    told = detail_text({"reasons": ["rejected", "rights"], "act": "push", "none": "", "version": 3})
    assert told == "reasons: rejected, rights; act: push; version: 3"


def test_an_entry_keeps_its_texts_whatever_they_are(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    hero = desk.asset("hero.jpg")
    desk.parts.worker.decide([hero.id], Approval.REJECTED, comment="<b>\0 \u202e é")
    (record,) = trail(desk)
    assert record.entry.detail["comment"] == "<b>\0 \u202e é"
    assert record_texts(record.entry)[1] == "decision"
    assert desk.parts.worker.audit.check().is_sound
