"""An archive's steps are on disk with how far they are, so that any crash is gone on from."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.archive_plan import ArchiveAction, ArchivePlan, CopyFate, plan_archive
from bridge_app.storage.archives import Archives, ArchiveState, StepState
from bridge_app.storage.ledger import open_ledger
from tests.domain.test_archive_plan import CAMPAIGN, WISH, member

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def archives(tmp_path: Path) -> Iterator[Archives]:
    writer = open_ledger(tmp_path / "ledger.db")
    yield Archives(writer)
    writer.close()


def plan() -> ArchivePlan:
    return plan_archive(WISH, CAMPAIGN, [member(1), member(2, elsewhere=True)], total=2)


def test_only_the_steps_that_are_carried_out_are_kept_in_their_order(archives: Archives) -> None:
    archives.begin("x", plan(), who="Robin", at=NOW)
    steps = archives.steps("x")
    assert [one.action for one in steps] == [one.action for one in plan().doing]
    assert [one.name for one in steps] == [one.name for one in plan().doing]
    assert {one.state for one in steps} == {StepState.OPEN}
    record = archives.one("x")
    assert record is not None
    assert record.wish == WISH
    assert record.wish.copies is CopyFate.RESTRICT
    assert (record.who, record.state, record.name) == ("Robin", ArchiveState.DOING, "Spring")
    assert archives.everything() == (record,)


def test_a_step_keeps_what_undoing_it_needs(archives: Archives) -> None:
    archives.begin("x", plan(), who="Robin", at=NOW)
    archives.set_step("x", 0, StepState.DONE, result={"option": "Approved"}, at=NOW)
    archives.set_state("x", ArchiveState.DONE, at=NOW)
    first = archives.steps("x")[0]
    assert (first.state, dict(first.result)) == (StepState.DONE, {"option": "Approved"})
    assert archives.everything()[0].state is ArchiveState.DONE


def test_a_copy_is_closed_once_its_step_is_done_and_until_it_is_undone(archives: Archives) -> None:
    archives.begin("x", plan(), who="Robin", at=NOW)
    (step,) = [one for one in archives.steps("x") if one.action is ArchiveAction.RESTRICT]
    environment, _, asset_id = step.subject.partition("/")
    closed = {"state": "restricted", "before": []}
    assert not archives.is_closed(environment, asset_id)
    archives.set_step("x", step.place, StepState.OPEN, result=closed, at=NOW)
    assert not archives.is_closed(environment, asset_id)
    archives.set_step("x", step.place, StepState.DONE, result=closed, at=NOW)
    assert archives.is_closed(environment, asset_id)
    archives.set_step("x", step.place, StepState.UNDONE, result=closed, at=NOW)
    assert not archives.is_closed(environment, asset_id)
    archives.set_step("x", step.place, StepState.DONE, result={"state": "gone"}, at=NOW)
    assert not archives.is_closed(environment, asset_id)


def test_an_end_is_kept_only_while_nobody_has_asked_for_the_other_way(archives: Archives) -> None:
    archives.begin("x", plan(), who="Robin", at=NOW)
    archives.set_state("x", ArchiveState.UNDOING, at=NOW)
    assert not archives.end("x", ArchiveState.DONE, at=NOW)
    assert archives.everything()[0].state is ArchiveState.UNDOING
    assert archives.end("x", ArchiveState.UNDONE, at=NOW)
    assert archives.everything()[0].state is ArchiveState.UNDONE
