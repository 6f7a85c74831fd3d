"""While others upload without a pause, no sync takes what it has not seen yet for a fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.delivery.listing import Listing
from bridge_app.media.decoder_pool import DecoderPool
from tests.clouds import ByHand, cloud_desk, delete, fill, mirrored, stored, upload
from tests.desk import Desk, picture

FEW = 12
CALLS = 8
"""Of a look that finds a little: settings, folders, changes twice, counts."""


@pytest.fixture
def desk(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    """An application beside an environment of twelve assets."""
    fill(tmp_path / "sandbox", [stored(number) for number in range(FEW)], ["campaign"])
    with cloud_desk(tmp_path, decoder) as made:
        yield made


@pytest.fixture
def run(desk: Desk) -> ByHand:
    """Syncs while others upload one more whenever everything is counted."""

    class Busy(Listing):
        made = 0

        def count(self, expression: str) -> int:
            if not expression:
                Busy.made += 1
                upload(desk, picture(desk.home / f"{self.made}.jpg", self.made))
            return super().count(expression)

    return ByHand(desk, Busy)


def test_what_comes_during_a_sync_is_left_to_the_next_one(desk: Desk, run: ByHand) -> None:
    run.sync()
    for number in range(1, 5):
        assert run.sync(thorough=False) <= CALLS
        assert len(mirrored(desk)) == FEW + number


def test_a_deletion_is_noticed_while_others_upload(desk: Desk, run: ByHand) -> None:
    run.sync()
    delete(desk, "campaign/shot-000001", "campaign/shot-000002", "campaign/shot-000003")
    run.sync()
    run.sync()
    assert {"shot-000001.jpg", "shot-000002.jpg"} & {one.name for one in mirrored(desk)} == set()
