"""Decisions reach the service once, and come back as what is known already."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.domain.approvals import BOTH_HEARD, Approval
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.jobs import JobState, WaitingFor
from bridge_app.domain.push_plan import PushTarget
from bridge_app.libraries.photoshelter.service import ShelterService
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.ledger import open_ledger
from bridge_app.work.approval_jobs import approval_jobs
from bridge_app.work.job_groups import Group
from bridge_app.work.kinds import WRITE_APPROVAL
from tests.shelters import Shelf, Syncs
from tests.work.brand import FIELD, Brand, open_brand

APPROVED, REJECTED, DRAFT = Approval.APPROVED, Approval.REJECTED, Approval.DRAFT
IN_REVIEW = Approval.IN_REVIEW
LONG_AGO = "2000-01-01T00:00:00+00:00"


@pytest.fixture
def brand(decoder: DecoderPool, tmp_path: Path) -> Iterator[Brand]:
    """A sandbox with both services, and an open application."""
    with open_brand(tmp_path, decoder) as made:
        yield made


def us(brand: Brand) -> str:
    """Who decides here."""
    who = {name for _, name in brand.history("a.jpg") if not name.startswith("PhotoShelter")}
    assert len(who) == 1
    return who.pop()


def writes(brand: Brand) -> list[str]:
    """The calls that changed something at the service."""
    return [
        f"{call.method} {call.path.rpartition('/')[2]}"
        for call in brand.there.log()
        if call.method in {"PATCH", "PUT", "DELETE"}
    ]


def test_a_decision_is_written_to_the_field_once_and_comes_back_as_known(brand: Brand) -> None:
    brand.found()
    media = brand.add("a.jpg")
    brand.connect()
    brand.there.clear_log()
    brand.decide("a.jpg", APPROVED)
    (job,) = brand.told()
    assert job.state is JobState.DONE
    assert job.result == {"state": "approved", "source": "custom field"}
    assert brand.option(media) == "Approved"
    assert writes(brand) == ["PATCH custom-metadata"]
    brand.sync()
    brand.sync()
    assert brand.history("a.jpg") == [(APPROVED, us(brand))]
    assert brand.asset("a.jpg").approval is APPROVED


def test_without_the_field_it_is_a_keyword_and_the_old_one_goes(brand: Brand) -> None:
    brand.found(field=())
    media = brand.add("a.jpg", iptc={"keywords": ["sea", "approval:in_review"]})
    brand.connect()
    assert brand.asset("a.jpg").approval is IN_REVIEW
    brand.decide("a.jpg", APPROVED)
    (job,) = brand.told()
    assert job.result == {"state": "approved", "source": "keyword"}
    assert sorted(brand.keywords(media)) == ["approval:approved", "sea"]
    brand.sync()
    assert brand.history("a.jpg") == [
        (IN_REVIEW, "PhotoShelter · keyword"),
        (APPROVED, us(brand)),
    ]


def test_a_state_without_an_option_goes_to_the_keyword_and_the_field_is_emptied(
    brand: Brand,
) -> None:
    brand.found(field=("Approved", "Rejected"))
    media = brand.add("a.jpg", custom={"Approval Status": "Approved"})
    brand.connect()
    brand.decide("a.jpg", Approval.CHANGES_REQUESTED)
    brand.told()
    assert brand.option(media) == ""
    assert brand.keywords(media) == ["approval:changes_requested"]
    brand.sync()
    assert brand.asset("a.jpg").approval is Approval.CHANGES_REQUESTED


def test_what_is_there_already_is_not_written_again(brand: Brand) -> None:
    brand.found()
    brand.add("a.jpg", custom={"Approval Status": "Approved"})
    brand.connect()
    brand.there.clear_log()
    brand.decide("a.jpg", APPROVED)
    (job,) = brand.told()
    assert job.state is JobState.DONE
    assert writes(brand) == []


def test_only_the_last_of_several_decisions_is_told(brand: Brand) -> None:
    brand.found()
    media = brand.add("a.jpg")
    brand.connect()
    brand.desk.parts.worker.set_work_offline(on=True)
    for approval in (APPROVED, REJECTED, IN_REVIEW, REJECTED):
        brand.decide("a.jpg", approval)
    brand.there.clear_log()
    brand.desk.parts.worker.set_work_offline(on=False)
    brand.told()
    assert brand.option(media) == "Rejected"
    assert writes(brand) == ["PATCH custom-metadata"]


@pytest.mark.parametrize("then", [APPROVED, IN_REVIEW])
def test_what_was_just_told_the_service_is_no_decision_there_when_another_one_follows_here(
    brand: Brand, monkeypatch: pytest.MonkeyPatch, then: Approval
) -> None:
    brand.found()
    media = brand.add("a.jpg")
    brand.connect()
    tell = ShelterService.write_custom

    def told_and_overtaken(*asked: object) -> None:
        tell(*asked)  # type: ignore[arg-type]
        monkeypatch.setattr(ShelterService, "write_custom", tell)
        brand.decide("a.jpg", then)

    monkeypatch.setattr(ShelterService, "write_custom", told_and_overtaken)
    brand.decide("a.jpg", REJECTED)
    brand.told()
    brand.sync()
    assert brand.history("a.jpg") == [(REJECTED, us(brand)), (then, us(brand))]
    assert brand.asset("a.jpg").approval is then
    assert brand.option(media) == {APPROVED: "Approved", IN_REVIEW: "In Review"}[then]


@pytest.mark.parametrize("said", [APPROVED, IN_REVIEW, REJECTED])
def test_what_was_just_told_the_service_is_said_of_no_version_that_came_meanwhile(
    brand: Brand, monkeypatch: pytest.MonkeyPatch, said: Approval
) -> None:
    brand.found()
    media = brand.add("a.jpg")
    brand.connect()
    tell = ShelterService.write_custom

    def told_and_overtaken(*asked: object) -> None:
        tell(*asked)  # type: ignore[arg-type]
        brand.there.replace_file(media, b"another picture")

    monkeypatch.setattr(ShelterService, "write_custom", told_and_overtaken)
    before = brand.asset("a.jpg").content
    brand.decide("a.jpg", said)
    brand.told()
    brand.sync()
    assert brand.asset("a.jpg").content != before
    assert brand.asset("a.jpg").approval is DRAFT
    assert brand.history("a.jpg") == [(said, us(brand))]


def test_what_the_service_was_told_meanwhile_holds_if_it_is_stricter(brand: Brand) -> None:
    brand.found()
    media = brand.add("a.jpg")
    brand.connect()
    brand.desk.parts.worker.set_work_offline(on=True)
    brand.decide("a.jpg", APPROVED)
    brand.there.update_media(media, custom={"Approval Status": "Rejected"})
    brand.desk.parts.worker.set_work_offline(on=False)
    (job,) = brand.told()
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert "rejected" in job.error.sentence()
    assert brand.option(media) == "Rejected"
    assert brand.asset("a.jpg").approval is REJECTED
    both = [(REJECTED, "PhotoShelter · custom field"), (REJECTED, BOTH_HEARD)]
    assert brand.history("a.jpg")[-2:] == both
    (open_one,) = brand.desk.parts.worker.differences.disagreements([brand.asset("a.jpg").id])
    assert [one.approval for one in open_one.said] == [APPROVED, REJECTED]
    brand.decide("a.jpg", APPROVED)
    brand.told()
    assert brand.option(media) == "Approved"
    assert not brand.desk.parts.worker.differences.disagreements([brand.asset("a.jpg").id])


def test_who_knows_that_sources_contradict_each_other_settles_it(brand: Brand) -> None:
    brand.found()
    words = {"keywords": ["sea", "approval:rejected"]}
    media = brand.add("a.jpg", custom={"Approval Status": "Approved"}, iptc=words)
    brand.connect()
    assert brand.asset("a.jpg").approval is REJECTED
    brand.decide("a.jpg", APPROVED)
    (job,) = brand.told()
    assert job.state is JobState.DONE
    assert brand.option(media) == "Approved"
    assert set(brand.keywords(media)) == {"sea", "approval:approved"}
    brand.sync()
    assert brand.asset("a.jpg").approval is APPROVED


def test_our_decision_holds_if_it_is_the_stricter_one(brand: Brand) -> None:
    brand.found()
    media = brand.add("a.jpg")
    brand.connect()
    brand.desk.parts.worker.set_work_offline(on=True)
    brand.decide("a.jpg", REJECTED)
    brand.there.update_media(media, custom={"Approval Status": "Approved"})
    brand.desk.parts.worker.set_work_offline(on=False)
    brand.told()
    brand.sync()
    assert brand.option(media) == "Rejected"
    assert brand.asset("a.jpg").approval is REJECTED
    theirs, holds = brand.history("a.jpg")[-2:]
    assert theirs == (APPROVED, "PhotoShelter · custom field")
    assert holds == (REJECTED, BOTH_HEARD)
    brand.sync()
    assert brand.history("a.jpg")[-2:] == [theirs, holds]


def test_an_approval_that_another_source_contradicts_does_not_stand(brand: Brand) -> None:
    brand.found(gallery="_Review 2027")
    media = brand.add("a.jpg")
    brand.connect()
    assert brand.asset("a.jpg").approval is IN_REVIEW
    brand.decide("a.jpg", APPROVED)
    (job,) = brand.told()
    assert job.state is JobState.FAILED
    assert brand.option(media) == "Approved"
    assert brand.asset("a.jpg").approval is IN_REVIEW
    assert brand.history("a.jpg")[-1] == (IN_REVIEW, "PhotoShelter · gallery")
    brand.there.update_container(brand.gallery, name="Heroes")
    brand.sync()
    assert brand.asset("a.jpg").approval is APPROVED


def test_offline_it_is_counted_as_waiting_for_the_connection(brand: Brand) -> None:
    brand.found()
    brand.add("a.jpg")
    brand.connect()
    worker = brand.desk.parts.worker
    worker.set_work_offline(on=True)
    brand.decide("a.jpg", APPROVED)
    (told,) = worker.job_groups.counts(since=LONG_AGO)
    assert (told.group, told.unfinished, told.waiting) == (Group.DECISIONS, 1, 1)
    assert told.waiting_for is WaitingFor.NETWORK
    worker.set_work_offline(on=False)
    (job,) = brand.told()
    assert job.state is JobState.DONE


def test_what_may_not_be_written_gives_way_to_what_the_service_says(brand: Brand) -> None:
    brand.found(mode="everyone")
    media = brand.add("a.jpg", custom={"Approval Status": "Rejected"})
    brand.connect()
    brand.lose_rights()
    brand.decide("a.jpg", APPROVED)
    (job,) = brand.told()
    assert job.state is JobState.FAILED
    assert brand.option(media) == "Rejected"
    assert brand.asset("a.jpg").approval is REJECTED


def test_a_push_waits_until_the_service_was_told_and_its_sources_were_heard(brand: Brand) -> None:
    brand.found(gallery="_Review 2027")
    brand.add("a.jpg")
    brand.connect()
    worker = brand.desk.parts.worker
    worker.set_work_offline(on=True)
    brand.decide("a.jpg", APPROVED)
    plan = worker.plan_push([brand.asset("a.jpg").id], PushTarget())
    assert len(plan.sending) == 1
    batch = worker.push(plan)
    worker.set_work_offline(on=False)
    brand.desk.until(lambda: all(job.state.is_finished for job in worker.batch(batch)))
    (job,) = worker.batch(batch)
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert "review" in job.error.sentence()


def test_an_archived_master_is_left_archived(brand: Brand) -> None:
    brand.found()
    media = brand.add("a.jpg", custom={"Approval Status": "Archived"})
    brand.connect()
    brand.decide("a.jpg", APPROVED)
    (job,) = brand.told()
    assert job.state is JobState.FAILED
    assert brand.option(media) == "Archived"


def test_a_decision_about_a_file_that_was_replaced_meanwhile_is_not_told(brand: Brand) -> None:
    brand.found()
    media = brand.add("a.jpg")
    brand.connect()
    brand.desk.parts.worker.set_work_offline(on=True)
    brand.decide("a.jpg", APPROVED)
    brand.there.replace_file(media, size=3_000)
    brand.desk.parts.worker.set_work_offline(on=False)
    brand.sync()
    brand.told()
    assert brand.option(media) == ""
    assert brand.asset("a.jpg").approval is DRAFT


def test_a_crash_between_writing_and_recording_changes_nothing(brand: Brand) -> None:
    brand.found()
    media = brand.add("a.jpg")
    brand.connect()
    brand.desk.parts.worker.set_work_offline(on=True)
    brand.decide("a.jpg", APPROVED)
    # As if the program had ended right after its write.
    brand.there.update_media(media, custom={"Approval Status": "Approved"})
    brand.desk.reopen()
    brand.there.clear_log()
    brand.desk.parts.worker.set_work_offline(on=False)
    (job,) = brand.told()
    assert job.state is JobState.DONE
    assert writes(brand) == []
    assert brand.history("a.jpg") == [(APPROVED, us(brand))]


def test_a_decision_that_waits_when_the_catalog_is_lost_is_told_all_the_same(
    brand: Brand,
) -> None:
    brand.found()
    media = brand.add("a.jpg", custom={FIELD: "Approved"})
    brand.connect()
    faults = brand.sandbox.faults
    faults.answer(status=503, times=1_000, path_contains="/psapi/v4.0/media")
    brand.decide("a.jpg", REJECTED)
    brand.desk.parts.close()
    for one in brand.desk.home.rglob("catalog.db*"):
        one.unlink()
    brand.desk.parts = brand.desk.build()
    brand.desk.open()
    jobs = brand.desk.parts.stock.jobs
    brand.desk.until(
        lambda: jobs.recent((WRITE_APPROVAL,), limit=1)[0].waiting_for is WaitingFor.SCAN,
        what="the job to wait for the sync",
    )
    faults.clear()
    brand.sync()
    (job,) = brand.told()
    assert (job.state, brand.option(media)) == (JobState.DONE, "Rejected")
    assert brand.asset("a.jpg").approval is REJECTED


def test_decisions_on_local_files_are_told_to_nobody() -> None:
    local = Asset(
        id=AssetId("a"),
        library=LibraryId("0123456789ab"),
        path="a.jpg",
        name="a.jpg",
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=1,
        modified_at="2026-11-21T00:00:00+00:00",
        sha256="0" * 64,
    )
    assert approval_jobs([local], APPROVED) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "stands"),
    [(REJECTED, "Approved", REJECTED), (APPROVED, "Rejected", REJECTED)],
)
def test_a_sync_before_the_service_is_told_keeps_the_stricter_of_both(
    tmp_path: Path, ours: Approval, theirs: str, stands: Approval
) -> None:
    ledger = open_ledger(tmp_path / "ledger.db")
    catalog = Catalog.open(tmp_path / "catalog.db", ledger=tmp_path / "ledger.db")
    syncs = Syncs(Shelf(), catalog, Decisions(ledger))
    media = syncs.shelf.add("a.jpg", syncs.shelf.gallery("Heroes"))
    syncs.sync()
    (asset,) = syncs.found()
    jobs = approval_jobs([asset], ours)
    syncs.decisions.add([asset], ours, comment="", who="Ana", at=syncs.clock(), jobs=jobs)
    syncs.shelf.change(media, custom={FIELD: theirs})
    syncs.sync()
    assert syncs.found()[0].approval is stands
    catalog.close()
    ledger.close()
