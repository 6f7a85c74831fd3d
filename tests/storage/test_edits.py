"""Edits in the ledger: once said, always there; what became of them, and of conflicts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import TAGS, TITLE, Conflict, EditState, FieldPath, NewEdit, Subject
from bridge_app.domain.jobs import JobState, Trouble
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.storage.database import Writer
from bridge_app.storage.edits import Edits, Ending
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.stopped_edits import STOPPED

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
HERO = AssetId("hero")
REFUSED = Trouble(kind="x", text="{name} is not taken.", facts={"name": "It"})


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Writer]:
    writer = open_ledger(tmp_path / "ledger.db")
    yield writer
    writer.close()


@pytest.fixture
def edits(ledger: Writer) -> Edits:
    return Edits(ledger)


def job(number: int = 0) -> NewJob:
    return NewJob(
        kind="edit",
        identity=f"edit:{number}",
        batch=str(number),
        name="studio",
        params={},
        environment="studio",
    )


def say(
    edits: Edits,
    change: str,
    value: FieldValue,
    *,
    base: FieldValue = None,
    path: FieldPath = TITLE,
) -> None:
    new = NewEdit(
        environment="studio",
        asset=HERO,
        asset_id="0" * 32,
        name="hero.jpg",
        path=path,
        base=base,
        value=value,
    )
    edits.add([(change, new)], batch=change, who="somebody", at=NOW, jobs=[job()])


def state(edits: Edits, change: str) -> EditState:
    return edits.batch(change)[0].state


def conflict(ours: FieldValue, theirs: FieldValue) -> Conflict:
    return Conflict(
        id=0,
        environment="studio",
        asset=HERO,
        asset_id="0" * 32,
        name="hero.jpg",
        path=TITLE,
        base=None,
        ours=ours,
        theirs=theirs,
        found_at=NOW.isoformat(),
    )


def test_what_was_said_is_there_when_the_ledger_is_opened_again(tmp_path: Path) -> None:
    writer = open_ledger(tmp_path / "ledger.db")
    say(Edits(writer), "a", ("x", "y"), base=("x",), path=TAGS)
    # Not closed: as if the process had been killed.
    other = open_ledger(tmp_path / "ledger.db")
    (edit,) = Edits(other).open_of([HERO])[HERO]
    assert (edit.base, edit.value, edit.who, edit.at) == (
        ("x",),
        ("x", "y"),
        "somebody",
        NOW.isoformat(),
    )
    other.close()
    writer.close()


def test_many_edits_need_one_delivery_and_another_while_that_runs(
    edits: Edits, ledger: Writer
) -> None:
    jobs = Jobs(ledger)
    say(edits, "a", "1")
    say(edits, "b", "2", base="1")
    assert len(jobs.unfinished("edit")) == 1
    (running,) = jobs.exchange([], ["edit"], limit=9, at=NOW)
    edits.queue(job(2), at=NOW)
    assert len(jobs.unfinished("edit")) == 2
    assert running.environment == "studio"


def test_what_is_on_its_way_is_taken_again_after_a_crash_and_ends_once(edits: Edits) -> None:
    say(edits, "a", "1")
    first = edits.take("studio", assets=10)
    again = edits.take("studio", assets=10)
    assert [edit.change for edit in first] == [edit.change for edit in again] == ["a"]
    assert edits.due() == ["studio"]
    edits.end([Ending(changes=("a",), state=EditState.DELIVERED)], at=NOW)
    edits.end([Ending(changes=("a",), state=EditState.FAILED, error=REFUSED)], at=NOW)
    assert (state(edits, "a"), edits.due()) == (EditState.DELIVERED, [])
    assert edits.open_of([HERO]) == {}


def test_only_what_is_not_on_its_way_can_be_withdrawn(edits: Edits) -> None:
    say(edits, "a", "1")
    edits.take("studio", assets=10)
    say(edits, "b", "2", base="1")
    assert [len(found) for found in edits.withdraw("b", at=NOW)] == [1, 0]
    assert [len(found) for found in edits.withdraw("a", at=NOW)] == [0, 1]
    assert (state(edits, "a"), state(edits, "b")) == (EditState.SENDING, EditState.WITHDRAWN)


def test_a_correction_takes_the_place_of_what_was_refused_with_its_first_base(
    edits: Edits,
) -> None:
    say(edits, "a", "wrong", base="was")
    edits.take("studio", assets=10)
    edits.end([Ending(changes=("a",), state=EditState.FAILED, error=REFUSED)], at=NOW)
    (failed,) = edits.open_of([HERO])[HERO]
    assert failed.error == REFUSED
    say(edits, "b", "right", base="wrong")
    assert state(edits, "a") is EditState.SETTLED
    assert edits.batch("b")[0].base == "was"


def test_what_was_said_while_another_value_was_refused_starts_from_where_that_did(
    edits: Edits,
) -> None:
    say(edits, "a", "wrong", base="was")
    edits.take("studio", assets=10)
    say(edits, "b", "right", base="wrong")
    say(edits, "c", "better", base="right")
    edits.end([Ending(changes=("a",), state=EditState.FAILED, error=REFUSED)], at=NOW)
    assert state(edits, "a") is EditState.SETTLED
    bases = [edit.base for edit in edits.open_of([HERO])[HERO]]
    assert bases == ["was", "right"]


def test_what_was_undone_on_its_way_and_then_refused_is_not_tried_again(edits: Edits) -> None:
    say(edits, "a", "wrong", base="was")
    edits.take("studio", assets=10)
    edits.withdraw("a", at=NOW)
    say(edits, "b", "was", base="wrong")
    edits.end([Ending(changes=("a",), state=EditState.FAILED, error=REFUSED)], at=NOW)
    assert state(edits, "a") is EditState.WITHDRAWN
    edits.try_again([HERO], lambda _: job(1), at=NOW)
    (opposite,) = edits.open_of([HERO])[HERO]
    assert (opposite.change, opposite.base) == ("b", "wrong")


def test_a_delivery_that_is_stopped_leaves_its_edits_to_a_person(
    edits: Edits, ledger: Writer
) -> None:
    jobs = Jobs(ledger)
    say(edits, "a", "1")
    (queued,) = jobs.unfinished("edit")
    jobs.cancel([queued], at=NOW)
    (failed,) = edits.batch("a")
    assert (failed.state, failed.error) == (EditState.FAILED, STOPPED)
    assert jobs.edited([queued]) == {HERO}

    jobs.retry([queued], at=NOW)
    assert state(edits, "a") is EditState.PENDING
    (running,) = jobs.exchange([], ["edit"], limit=9, at=NOW)
    edits.take("studio", assets=10)
    refused = Result(job=running.id, state=JobState.FAILED, error=REFUSED)
    jobs.exchange([refused], [], limit=0, at=NOW)
    (failed,) = edits.batch("a")
    assert (failed.state, failed.error) == (EditState.FAILED, REFUSED)


def test_a_stopped_delivery_leaves_what_another_one_is_to_deliver(
    edits: Edits, ledger: Writer
) -> None:
    jobs = Jobs(ledger)
    say(edits, "a", "1")
    (running,) = jobs.exchange([], ["edit"], limit=9, at=NOW)
    edits.take("studio", assets=10)
    edits.queue(job(2), at=NOW)
    stopped = Result(job=running.id, state=JobState.CANCELLED, counted=False)
    jobs.exchange([stopped], [], limit=0, at=NOW)
    assert state(edits, "a") is EditState.SENDING


def test_what_was_refused_can_be_tried_again_or_given_up(edits: Edits) -> None:
    say(edits, "a", "x")
    edits.take("studio", assets=10)
    edits.end([Ending(changes=("a",), state=EditState.FAILED, error=REFUSED)], at=NOW)
    edits.try_again([HERO], lambda _: job(1), at=NOW)
    assert (state(edits, "a"), edits.batch("a")[0].error) == (EditState.PENDING, None)
    edits.take("studio", assets=10)
    edits.end([Ending(changes=("a",), state=EditState.FAILED, error=REFUSED)], at=NOW)
    edits.discard([HERO], TITLE, at=NOW)
    assert state(edits, "a") is EditState.WITHDRAWN


def test_what_was_said_together_is_called_after_masters_and_not_after_copies_that_follow(
    edits: Edits,
) -> None:
    def said(asset: str, environment: str, path: FieldPath) -> NewEdit:
        return NewEdit(
            environment=environment,
            asset=AssetId(asset),
            asset_id="",
            name=asset,
            path=path,
            base=None,
            value="Bar",
        )

    words = FieldPath(Subject.CONTEXT, "alt")
    copies = [("2", said("copy", "studio", words)), ("3", said("other", "studio", TITLE))]
    of_master = ("1", said("hero.jpg", "file:beach", TITLE))
    edits.add([*copies, of_master], batch="both", who="somebody", at=NOW, jobs=[job()])
    assert edits.reach("both") == ([TITLE], 1)
    there = [(f"there {change}", one) for change, one in copies]
    edits.add(there, batch="there", who="somebody", at=NOW, jobs=[job()])
    assert edits.reach("there") == ([words, TITLE], 2)


def test_a_conflict_is_open_once_for_a_field_and_keeps_both_values(edits: Edits) -> None:
    for change, theirs in (("a", "Theirs"), ("b", "Theirs, later")):
        say(edits, change, f"Ours {change}")
        edits.take("studio", assets=10)
        ending = Ending(
            changes=(change,),
            state=EditState.CONFLICT,
            conflict=conflict(f"Ours {change}", theirs),
        )
        edits.end([ending], at=NOW)
    (found,) = edits.conflicts()
    assert (found.ours, found.theirs) == ("Ours b", "Theirs, later")
    edits.settle(found, "Both", at=NOW)
    settled = edits.conflict(found.id)
    assert settled is not None
    assert (settled.chosen, settled.settled_at) == ("Both", NOW.isoformat())
    assert (edits.conflicts([HERO]), edits.open_of([HERO])) == ([], {})


def test_so_many_assets_are_taken_at_once_and_the_rest_next_time(edits: Edits) -> None:
    for number in range(5):
        new = NewEdit(
            environment="studio",
            asset=AssetId(f"a{number}"),
            asset_id=f"{number:032}",
            name="x",
            path=TITLE,
            base=None,
            value="x",
        )
        edits.add([(f"c{number}", new)], batch="all", who="", at=NOW, jobs=[job()])
    first = edits.take("studio", assets=3)
    edits.end(
        [Ending(changes=tuple(edit.change for edit in first), state=EditState.DELIVERED)], at=NOW
    )
    assert (len(first), len(edits.take("studio", assets=3))) == (3, 2)
