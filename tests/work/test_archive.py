"""A campaign's end: shown first, kept whole, closed, moved, resumable at any step, undoable."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.archive_plan import (
    ArchiveAction,
    ArchiveBlocker,
    ArchivePlan,
    ArchiveWish,
    CopyFate,
)
from bridge_app.domain.channel_events import EventType
from bridge_app.domain.errors import FileTroubleError, InvalidInputError
from bridge_app.domain.gate import Reason
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.webhooks import Endpoint
from bridge_app.storage.archives import ArchiveState, StepState
from tests.receivers import Receiver
from tests.work.campaign import Campaign, is_delivered


def wish(campaign: Campaign, **changes: Any) -> ArchiveWish:
    usual = ArchiveWish(
        account=campaign.account,
        container=campaign.brand.campaign,
        year=2027,
        folder=str(campaign.desk.home / "archive"),
    )
    return replace(usual, **changes)


def planned(campaign: Campaign, **changes: Any) -> ArchivePlan:
    return campaign.desk.parts.worker.archive.plan(wish(campaign, **changes))


def archived(campaign: Campaign, **changes: Any) -> str:
    desk = campaign.desk.parts.worker.archive
    archive = desk.begin(planned(campaign, **changes))
    assert [job.error for job in campaign.desk.finished(archive)] == [None]
    campaign.recorded()
    return archive


def undone(campaign: Campaign, archive: str) -> JobRecord:
    campaign.desk.parts.worker.archive.undo(archive)
    job = campaign.desk.finished(archive)[-1]
    campaign.recorded()
    return job


def copy_url(campaign: Campaign, name: str = "hero.jpg") -> str:
    copy = campaign.asset(name).cloud
    assert copy is not None
    return copy.url


def parents(campaign: Campaign) -> list[str]:
    """The names above the campaign's collection at the service, the nearest first."""
    names, container = [], campaign.brand.state.container(campaign.brand.campaign)
    while container.parents:
        container = campaign.brand.state.container(container.parents[0])
        names.append(container.name)
    return names


def folder_of(campaign: Campaign) -> Path:
    return campaign.desk.home / "archive"


def test_a_campaign_is_shown_then_kept_closed_and_moved(campaign: Campaign) -> None:
    campaign.publish()
    campaign.brand.state.clear_log()
    plan = planned(campaign)
    assert [one.action for one in plan.doing] == [
        ArchiveAction.FREEZE,
        ArchiveAction.RENDITION,
        ArchiveAction.DESCRIBE,
        ArchiveAction.SEAL,
        ArchiveAction.RESTRICT,
        ArchiveAction.MOVE,
        ArchiveAction.CLOSE,
    ]
    assert plan.blockers == ()
    assert campaign.brand.state.log() == []
    assert not folder_of(campaign).exists()
    url = copy_url(campaign)
    assert is_delivered(url)
    archived(campaign, originals=True)
    # At the service: marked, moved, closed, and its renditions beside it.
    assert campaign.brand.chosen("hero.jpg") == {"Archived"}
    assert parents(campaign) == ["2027", "_Archive"]
    assert campaign.brand.state.container(campaign.brand.campaign).mode == "private"
    kept = campaign.brand.files("Spring 2027 · renditions")
    assert sorted(name.partition("__")[2].partition("-")[0] for name in kept) == [
        "archive",
        "square",
    ]
    # At delivery: nobody gets it without a token.
    assert not is_delivered(url)
    # Here: the gate is shut.
    campaign.synced()
    assert campaign.asset("hero.jpg").restrictions.archived
    # And it is told to who asks at the master.
    told = campaign.brand.document("Finals · renditions", "hero__renditions.json")
    assert told["renditions"] == []
    assert told["cloudinary"]["withdrawn"]
    assert_any_tool_can_check(campaign, folder_of(campaign))


def assert_any_tool_can_check(campaign: Campaign, folder: Path) -> None:
    listed = (folder / "manifest-sha256.txt").read_text().splitlines()
    told = {line.partition("  ")[2]: line.partition("  ")[0] for line in listed}
    there = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "data").rglob("*")
        if path.is_file()
    }
    assert told == there
    assert (folder / "bagit.txt").read_text().startswith("BagIt-Version: 1.0\n")
    (metadata,) = (folder / "data" / "metadata.jsonl").read_text().splitlines()
    facts = json.loads(metadata)
    assert facts["media_id"] == campaign.brand.media["hero.jpg"]
    assert facts["approval"] == "approved"
    assert facts["iptc"]["title"] == "Hero"
    audit = [json.loads(one) for one in (folder / "data" / "audit.jsonl").read_text().splitlines()]
    assert "approved" in {one["approval"] for one in audit}
    summary = json.loads((folder / "data" / "archive.json").read_text())
    (rendition,) = summary["renditions"]
    assert (rendition["preset"], rendition["channel"]) == ("square", "web")
    assert told[rendition["file"]] == rendition["sha256"]
    (original,) = (folder / "data" / "originals").rglob("hero.jpg")
    hero = campaign.brand.bytes_of(campaign.brand.of("hero.jpg"))
    assert original.read_bytes() == hero


def test_a_percent_sign_in_a_name_is_no_trouble_for_tools_that_check(campaign: Campaign) -> None:
    campaign.brand.add("50 % off.jpg")
    campaign.synced()
    archived(campaign, originals=True)
    folder = folder_of(campaign)
    listed = (folder / "manifest-sha256.txt").read_text().splitlines()
    files = [path for path in (folder / "data").rglob("*") if path.is_file()]
    assert {line.partition("  ")[2] for line in listed} == {
        path.relative_to(folder).as_posix() for path in files
    }
    assert "50 _ off.jpg" in {path.name for path in files}


def test_undoing_gives_everything_back(campaign: Campaign) -> None:
    campaign.publish()
    url = copy_url(campaign)
    archive = archived(campaign)
    campaign.synced()
    plan = campaign.desk.plan([campaign.asset("hero.jpg").id])
    assert [Reason.ARCHIVED in step.reasons for step in plan.steps] == [True]
    assert undone(campaign, archive).state is JobState.DONE
    assert parents(campaign) == []
    assert campaign.brand.state.container(campaign.brand.campaign).mode == "permission"
    assert is_delivered(url)
    assert "Archived" not in campaign.brand.chosen("hero.jpg")
    campaign.synced()
    assert not campaign.asset("hero.jpg").restrictions.archived
    told = campaign.brand.document("Finals · renditions", "hero__renditions.json")
    assert [one["name"] for one in told["renditions"]] == ["square"]
    (record,) = campaign.desk.parts.worker.archive.archives()
    assert record.state is ArchiveState.UNDONE
    states = {one.state for one in campaign.desk.parts.worker.archive.steps(archive)}
    assert states == {StepState.UNDONE}


def test_copies_that_are_removed_come_back_from_the_services_backup(campaign: Campaign) -> None:
    campaign.publish()
    url = copy_url(campaign)
    archive = archived(campaign, copies=CopyFate.REMOVE)
    assert not is_delivered(url)
    assert campaign.asset("hero.jpg").cloud is None
    job = undone(campaign, archive)
    assert job.state is JobState.DONE
    (step,) = [
        one
        for one in campaign.desk.parts.worker.archive.steps(archive)
        if one.action is ArchiveAction.REMOVE
    ]
    assert step.result["back"] is step.result["backup"]
    assert (campaign.asset("hero.jpg").cloud is not None) is step.result["back"]


@pytest.mark.soak
def test_kept_copies_stay_as_they_are(campaign: Campaign) -> None:
    campaign.publish()
    archived(campaign, copies=CopyFate.KEEP)
    assert is_delivered(copy_url(campaign))
    told = campaign.brand.document("Finals · renditions", "hero__renditions.json")
    assert [one["name"] for one in told["renditions"]] == ["square"]


def test_a_right_that_ended_meanwhile_keeps_a_copy_closed(campaign: Campaign) -> None:
    campaign.publish()
    url = copy_url(campaign)
    archive = archived(campaign)
    hero = campaign.asset("hero.jpg").id
    campaign.desk.parts.worker.decide([hero], Approval.REJECTED)
    assert undone(campaign, archive).state is JobState.DONE
    assert not is_delivered(url)


@pytest.mark.parametrize(
    "broken",
    [
        "/collections",
        *(pytest.param(one, marks=pytest.mark.soak) for one in ("/custom-metadata", "/explicit")),
    ],
)
def test_it_goes_on_where_it_was_stopped(campaign: Campaign, broken: str) -> None:
    campaign.publish()
    url = copy_url(campaign)
    faults = campaign.sandbox.faults
    faults.answer(status=403, times=2, path_contains=broken)
    desk = campaign.desk.parts.worker.archive
    archive = desk.begin(planned(campaign))
    job = campaign.desk.finished(archive)[-1]
    faults.clear()
    if job.state is not JobState.DONE:
        desk.go_on(archive)
        job = campaign.desk.finished(archive)[-1]
    assert (job.state, job.error) == (JobState.DONE, None)
    assert parents(campaign) == ["2027", "_Archive"]
    assert not is_delivered(url)
    assert len(campaign.brand.containers("_Archive")) == 1
    assert len(campaign.brand.files("Spring 2027 · renditions")) == 2
    assert {one.state for one in desk.steps(archive)} == {StepState.DONE}


@pytest.mark.parametrize("name", ["file/archive", "n" * 300], ids=["below a file", "too long"])
def test_a_folder_that_cannot_be_made_is_told_before_anything_is_frozen(
    campaign: Campaign, name: str
) -> None:
    campaign.publish()
    (campaign.desk.home / "file").write_text("mine")
    desk = campaign.desk.parts.worker.archive
    with pytest.raises(FileTroubleError):
        desk.begin(planned(campaign, folder=str(campaign.desk.home / name)))
    assert desk.archives() == ()


def test_it_begins_with_nothing_that_is_empty_and_in_no_folder_that_is_not(
    campaign: Campaign,
) -> None:
    empty = campaign.brand.state.add_collection("Empty", organization=campaign.brand.organization)
    campaign.synced()
    plan = planned(campaign, container=empty)
    assert ArchiveBlocker.EMPTY in plan.blockers
    with pytest.raises(InvalidInputError, match="nothing in it"):
        campaign.desk.parts.worker.archive.begin(plan)
    folder_of(campaign).mkdir()
    (folder_of(campaign) / "mine.txt").write_text("stays")
    with pytest.raises(InvalidInputError, match="something in it"):
        planned(campaign)


@pytest.mark.soak
def test_a_member_that_another_campaign_uses_stays_open(campaign: Campaign) -> None:
    other = campaign.brand.gallery("Autumn")
    campaign.brand.state.move(campaign.brand.media["hero.jpg"], to=[campaign.brand.finals, other])
    campaign.brand.add("only.jpg")
    campaign.synced()
    campaign.publish()
    archived(campaign)
    assert is_delivered(copy_url(campaign))
    assert not is_delivered(copy_url(campaign, "only.jpg"))


def test_endpoints_are_told_of_an_archived_campaign_and_its_masters_once(
    campaign: Campaign, receiver: Receiver
) -> None:
    campaign.desk.parts.worker.webhooks.add(
        Endpoint(
            id="",
            name="Shop",
            url=receiver.url,
            events=frozenset({EventType.ARCHIVED, EventType.CAMPAIGN_ARCHIVED}),
            private_allowed=True,
        )
    )
    archived(campaign)
    campaign.desk.until(lambda: len(receiver.received) == 2, what="the messages")
    master, whole = sorted(receiver.received, key=lambda one: one.type)
    data = master.told["data"]
    assert master.type == "asset.archived"
    assert (data["name"], data["campaign"]) == ("hero.jpg", "Spring 2027")
    assert data["source_media_id"] == campaign.brand.media["hero.jpg"]
    data = whole.told["data"]
    assert whole.type == "campaign.archived"
    assert (data["campaign"], data["container"]) == ("Spring 2027", campaign.brand.campaign)
