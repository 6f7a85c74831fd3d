"""A service that asks for patience gets some, and what was wanted of it is not forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import cloudinary.api
import pytest

from bridge_app.domain.changes import ChangeSet
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.events import ScanProgress
from tests.clouds import LIBRARY, cloud_desk, fill, remote, stored, sync
from tests.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    """An application beside an environment of three assets."""
    fill(tmp_path / "sandbox", [stored(number) for number in range(3)], ["campaign"])
    with cloud_desk(tmp_path, decoder) as made:
        yield made


def folders(desk: Desk) -> dict[str, int]:
    with desk.parts.stock.readers.lent() as reader:
        return {folder.path: folder.assets for folder in reader.folders(LIBRARY)}


def test_a_whole_look_that_met_trouble_is_a_whole_one_the_next_time(desk: Desk) -> None:
    sync(desk)
    assert desk.sandbox is not None
    cloudinary.api.create_folder("new", **remote(desk))
    desk.sandbox.faults.answer(status=503, times=1, path_contains="/resources/search")
    sync(desk)
    desk.parts.worker.cloud.watch()
    desk.clock.forward(timedelta(minutes=6))
    desk.parts.tell(ChangeSet(accounts=True))
    desk.until(lambda: "new" in folders(desk), what="the next look")


def test_a_service_that_asks_for_patience_without_end_is_not_asked_at_once(desk: Desk) -> None:
    sync(desk)
    assert desk.sandbox is not None
    headers = {"Retry-After": "0"}
    desk.sandbox.faults.answer(status=429, times=1, headers=headers)
    sync(desk)
    (told,) = (one for one in desk.events if isinstance(one, ScanProgress) and one.trouble)
    assert datetime.fromisoformat(told.again_at or "") >= desk.clock() + timedelta(seconds=5)
