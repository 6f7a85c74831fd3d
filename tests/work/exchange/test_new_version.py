"""What another program makes of a master at its service becomes the new version there."""

from collections.abc import Callable

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.work.exchange.edited_files import EditedFile
from bridge_app.work.exchange.opening import OpeningDesk
from bridge_app.work.kinds import NEW_VERSION
from tests.work.campaign import Campaign, drawn


def opening(campaign: Campaign) -> OpeningDesk:
    desk: OpeningDesk = campaign.worker.opening
    return desk


def edited(campaign: Campaign, seed: int) -> EditedFile:
    """A program saved something else into the copy of the master that it was given."""
    hero = campaign.asset("hero.jpg")
    original = campaign.worker.leaving.original(
        hero, on_bytes=lambda _: None, cancelled=lambda: False
    )
    desk = opening(campaign)
    copy = desk.edited.begin(hero, original, campaign.desk.clock(), desk.versions.target(hero))
    copy.file.write_bytes(drawn(seed))
    (found,) = desk.changed()
    return found


def ended(campaign: Campaign, batch: str) -> JobRecord:
    (job,) = campaign.desk.finished(batch)
    return job


def numbers(campaign: Campaign) -> list[int]:
    return [one.number for one in campaign.brand.of("hero.jpg").versions]


def test_the_changed_file_is_the_new_version_and_its_approval_lapses(campaign: Campaign) -> None:
    hero = campaign.asset("hero.jpg")
    campaign.worker.decide([hero.id], Approval.APPROVED)
    copy = edited(campaign, 70)
    assert copy.service == "PhotoShelter"
    assert ended(campaign, opening(campaign).make_version(copy)).state is JobState.DONE
    assert campaign.brand.bytes_of(campaign.brand.of("hero.jpg")) == drawn(70)
    now = campaign.asset("hero.jpg")
    assert now.id == hero.id
    assert now.content != hero.content
    assert now.lapsed
    assert opening(campaign).changed() == []
    # The program is still open, and saves once more.
    copy.file.write_bytes(drawn(71))
    (again,) = opening(campaign).changed()
    assert ended(campaign, opening(campaign).make_version(again)).state is JobState.DONE
    assert numbers(campaign) == [1, 2, 3]


def test_offline_it_waits_and_nobody_is_asked_again(campaign: Campaign) -> None:
    copy = edited(campaign, 70)
    campaign.worker.set_work_offline(on=True)
    batch = opening(campaign).make_version(copy)
    # A second wish for the same content is the same one.
    assert opening(campaign).changed() == []
    opening(campaign).make_version(copy)
    assert len(campaign.desk.parts.stock.jobs.unfinished(NEW_VERSION)) == 1
    assert numbers(campaign) == [1]
    campaign.desk.reopen()
    campaign.worker.set_work_offline(on=False)
    campaign.desk.until(lambda: numbers(campaign) == [1, 2], what="the new version")
    assert campaign.desk.finished(batch)[0].state is JobState.DONE
    assert numbers(campaign) == [1, 2]


def saved_again(campaign: Campaign, copy: EditedFile) -> None:
    copy.file.write_bytes(drawn(72))


def replaced_there(campaign: Campaign, _: EditedFile) -> None:
    campaign.brand.state.replace_file(campaign.brand.media["hero.jpg"], drawn(73))


@pytest.mark.parametrize("happens", [saved_again, replaced_there])
def test_what_was_not_meant_is_neither_sent_nor_overwritten(
    campaign: Campaign, happens: Callable[[Campaign, EditedFile], None]
) -> None:
    copy = edited(campaign, 70)
    happens(campaign, copy)
    before = numbers(campaign)
    job = ended(campaign, opening(campaign).make_version(copy))
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert numbers(campaign) == before
    # It is still there, and offered.
    assert len(opening(campaign).changed()) == 1
