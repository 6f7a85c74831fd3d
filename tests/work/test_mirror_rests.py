"""How long the mirror leaves the service alone, whatever becomes of the clock and the account."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_app.delivery.permissions import Capability
from bridge_app.domain.changes import ChangeSet
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.events import Event, ScanProgress
from tests.clouds import ENVIRONMENT, cloud_desk, delete, fill, mirrored, stored
from tests.desk import Desk

FEW = 3


@pytest.fixture
def desk(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    fill(tmp_path / "sandbox", [stored(number) for number in range(FEW)])
    with cloud_desk(tmp_path, decoder) as made:
        yield made


def test_a_clock_that_is_set_back_keeps_nobody_from_looking(desk: Desk) -> None:
    desk.parts.worker.cloud.watch()
    desk.until(lambda: len(mirrored(desk)) == FEW, what="the first sync")
    desk.until(desk.parts.worker.cloud.is_idle)
    delete(desk, "campaign/shot-000001")
    desk.clock.forward(timedelta(days=-365))
    desk.parts.tell(ChangeSet(accounts=True))
    desk.until(lambda: len(mirrored(desk)) == FEW - 1, what="the next look")


def test_a_key_that_may_not_read_is_told_once_until_a_person_asks_again(desk: Desk) -> None:
    told: list[ScanProgress] = []

    def hear(event: Event) -> None:
        if isinstance(event, ScanProgress) and event.finished:
            told.append(event)

    desk.parts.worker.listen(hear)
    desk.parts.worker.environments.find_out(ENVIRONMENT)
    desk.parts.environments.heard(ENVIRONMENT, Capability.READ, 403, "not yours")
    assert desk.sandbox is not None
    desk.sandbox.faults.answer(status=403, times=1)
    desk.parts.worker.cloud.watch()
    desk.until(lambda: len(told) == 1, what="the refusal")
    desk.clock.forward(timedelta(minutes=6))
    # Whatever is due comes before what is asked of an environment nobody knows.
    desk.parts.worker.refresh_cloud([stored(1).asset_id], "left-behind")
    desk.until(lambda: any(one.cancelled for one in told), what="another look")
    desk.parts.worker.cloud.sync(ENVIRONMENT)
    desk.until(lambda: len(told) == 3, what="what may be read after all")
    assert [(one.trouble is None, one.cancelled) for one in told] == [
        (False, False),
        (True, True),
        (True, False),
    ]
    assert len(mirrored(desk)) == FEW


def test_of_an_environment_that_was_left_nothing_is_read_and_no_trouble_is_told(
    desk: Desk,
) -> None:
    told: list[ScanProgress] = []

    def hear(event: Event) -> None:
        if isinstance(event, ScanProgress) and event.finished:
            told.append(event)

    desk.parts.worker.listen(hear)
    desk.parts.worker.refresh_cloud([stored(1).asset_id], "left-behind")
    desk.until(lambda: bool(told), what="the end")
    desk.clock.forward(timedelta(minutes=10))
    desk.parts.worker.refresh_cloud([stored(1).asset_id])
    desk.until(desk.parts.worker.cloud.is_idle)
    assert [one.trouble for one in told] == [None]
