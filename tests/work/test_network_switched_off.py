"""A person switches the network off while something is on its way."""

from bridge_app.domain.jobs import JobProgress, JobState, WaitingFor
from bridge_app.work.events import Event
from tests.desk import Desk, picture

IN_PARTS = 21_000_000
"""Bytes that are sent in parts, between which one can stop."""


def test_what_was_in_hand_waits_for_the_network_like_the_rest(desk: Desk) -> None:
    with picture(desk.folder / "hero.jpg").open("ab") as file:
        file.write(bytes(IN_PARTS))
    desk.library()
    desk.approve()
    worker = desk.parts.worker
    once = iter([True])

    def pulls_the_plug(event: Event) -> None:
        if isinstance(event, JobProgress) and next(once, False):
            worker.set_work_offline(on=True)

    worker.listen(pulls_the_plug)
    batch = worker.push(desk.plan())
    desk.until(lambda: worker.batch(batch)[0].state is JobState.WAITING, what="the wait")
    assert worker.batch(batch)[0].waiting_for is WaitingFor.NETWORK
    worker.set_work_offline(on=False)
    (job,) = desk.finished(batch)
    assert job.state is JobState.DONE
