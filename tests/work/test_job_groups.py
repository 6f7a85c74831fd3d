"""Jobs are counted by what people call them, and stopped together."""

from bridge_app.domain.jobs import WaitingFor
from bridge_app.work.job_groups import KINDS, Group, GroupCount
from tests.desk import Desk, picture

LONG_AGO = "2000-01-01T00:00:00+00:00"


def test_a_group_is_counted_from_its_first_job_to_its_last(desk: Desk) -> None:
    picture(desk.folder / "beach.jpg", 1)
    picture(desk.folder / "cliff.jpg", 2)
    desk.library()
    worker = desk.parts.worker
    assert Group.PUSHES not in {one.group for one in worker.job_groups.counts(since=LONG_AGO)}
    worker.set_work_offline(on=True)
    worker.push(desk.plan(desk.approve()))
    (waiting,) = pushes(desk)
    assert (waiting.unfinished, waiting.waiting) == (2, 2)
    assert waiting.waiting_for is WaitingFor.NETWORK
    assert waiting.total == sum(asset.bytes for asset in desk.assets())
    worker.job_groups.stop(Group.PUSHES)
    (stopped,) = pushes(desk)
    assert (stopped.unfinished, stopped.cancelled) == (0, 2)
    assert pushes(desk, since="9999-01-01T00:00:00+00:00") == []


def test_no_kind_of_job_is_counted_twice() -> None:
    kinds = [kind for found in KINDS.values() for kind in found]
    assert len(kinds) == len(set(kinds))


def pushes(desk: Desk, since: str = LONG_AGO) -> list[GroupCount]:
    counts = desk.parts.worker.job_groups.counts(since=since)
    return [one for one in counts if one.group is Group.PUSHES]
