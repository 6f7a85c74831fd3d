"""Who takes an archive back has the last word, however its first job stood at that moment."""

import pytest

from bridge_app.domain.jobs import JobProgress, JobState
from bridge_app.storage.archives import ArchiveState, StepState
from bridge_app.work.archive_jobs import ArchiveJob
from bridge_app.work.events import Event
from tests.work.campaign import Campaign
from tests.work.test_archive import parents, planned


def stands(campaign: Campaign) -> tuple[ArchiveState, set[StepState]]:
    """How the one archive and its steps stand."""
    desk = campaign.desk.parts.worker.archive
    (record,) = desk.archives()
    return record.state, {one.state for one in desk.steps(record.id) if one.result}


def test_an_archive_that_is_taken_back_while_it_runs_goes_no_step_further(
    campaign: Campaign,
) -> None:
    worker = campaign.desk.parts.worker
    desk = worker.archive
    campaign.publish()
    undone: list[str] = []

    def hear(event: Event) -> None:
        if isinstance(event, JobProgress) and event.done == 2 and not undone:
            undone.append(desk.archives()[0].id)
            desk.undo(undone[0])

    worker.listen(hear)
    archive = desk.begin(planned(campaign))
    campaign.desk.until(lambda: len(worker.batch(archive)) == 2, what="the taking back")
    jobs = campaign.desk.finished(archive)
    assert [one.state for one in jobs] == [JobState.CANCELLED, JobState.DONE]
    assert stands(campaign) == (ArchiveState.UNDONE, {StepState.UNDONE})
    assert campaign.brand.containers("_Archive") == []
    assert not (campaign.desk.home / "archive" / "manifest-sha256.txt").exists()


@pytest.mark.parametrize("again", ["retried", "queued"])
def test_an_old_job_does_not_archive_again_what_was_taken_back(
    campaign: Campaign, again: str
) -> None:
    worker = campaign.desk.parts.worker
    desk = worker.archive
    campaign.sandbox.faults.answer(status=403, times=2, path_contains="/collections")
    archive = desk.begin(planned(campaign))
    (failed,) = campaign.desk.finished(archive)
    assert failed.state is JobState.FAILED
    campaign.sandbox.faults.clear()
    desk.undo(archive)
    assert campaign.desk.finished(archive)[-1].state is JobState.DONE
    number = failed.id
    if again == "retried":
        worker.retry([number])
    else:
        job = ArchiveJob.from_params(failed.params).new_job(archive)
        (number,) = campaign.desk.parts.stock.jobs.add([job], at=campaign.desk.clock())
    (last,) = (one for one in campaign.desk.finished(archive) if one.id == number)
    assert last.state is JobState.FAILED
    assert last.error is not None
    assert "taken back" in last.error.text
    assert stands(campaign) == (ArchiveState.UNDONE, {StepState.UNDONE})
    assert parents(campaign) == []


def test_an_archive_that_still_waits_is_called_off(campaign: Campaign) -> None:
    worker = campaign.desk.parts.worker
    worker.set_work_offline(on=True)
    archive = worker.archive.begin(planned(campaign))
    worker.archive.undo(archive)
    assert [one.state.is_finished for one in worker.batch(archive)] == [True, False]
    worker.set_work_offline(on=False)
    jobs = campaign.desk.finished(archive)
    assert [one.state for one in jobs] == [JobState.CANCELLED, JobState.DONE]
    assert stands(campaign) == (ArchiveState.UNDONE, set())
