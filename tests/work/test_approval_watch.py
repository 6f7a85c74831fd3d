"""Pictures of what was approved: what cannot be looked at now is not forgotten."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import (
    BridgeError,
    FileTroubleError,
    MediaError,
    OfflineError,
    StorageTroubleError,
)
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.approval_watch import ApprovalWatch, WatchMeans
from tests.desk import Desk

PATIENCE_S = 30.0
LATE_S = 3_600.0
OTHERS = ("lighthouse.png", "pier.png")


class Draughtsman:
    """Makes pictures, after what stands in the way is gone."""

    def __init__(self, *troubles: BridgeError) -> None:
        self.troubles = list(troubles)
        self.asked: list[str] = []
        self.others = threading.Semaphore(0)
        self.made = threading.Event()
        self.failed = threading.Event()

    def picture(self, asset: Asset) -> bool:
        """As the watch is lent it."""
        self.asked.append(asset.name)
        if asset.name != "harbour.png":
            self.others.release()
            return True
        if self.troubles:
            self.failed.set()
            raise self.troubles.pop(0)
        self.made.set()
        return True


@pytest.fixture
def desk(sandbox: Sandbox, decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    """A desk of three masters, one of them approved, of which no picture is kept."""
    made = Desk(tmp_path, sandbox=sandbox, decoder=decoder)
    for name, colour in zip(("harbour.png", *OTHERS), ("navy", "white", "brown"), strict=True):
        Image.new("RGB", (64, 48), colour).save(made.folder / name)
    made.open()
    made.library()
    made.parts.worker._crew.watchers.approvals.close(PATIENCE_S)
    made.parts.worker.decide([made.asset("harbour.png").id], Approval.APPROVED)
    yield made
    made.close()


def watch(desk: Desk, hand: Draughtsman, *, again_s: float) -> ApprovalWatch:
    stock = desk.parts.stock
    means = WatchMeans(picture=hand.picture, keeps=lambda: False, now=desk.clock, again_s=again_s)
    return ApprovalWatch(stock.differences, stock.readers, desk.parts.worker.differences, means)


@pytest.mark.parametrize(
    "trouble",
    [
        StorageTroubleError(path="ledger.db", detail="the database is busy"),
        FileTroubleError(path="harbour.png", detail="the disk is away"),
        OfflineError(service="PhotoShelter"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_look_that_ended_in_trouble_is_repeated(desk: Desk, trouble: BridgeError) -> None:
    hand = Draughtsman(trouble, trouble)
    looking = watch(desk, hand, again_s=0.01)
    looking.start()
    assert hand.made.wait(PATIENCE_S)
    looking.close(PATIENCE_S)
    assert hand.asked == ["harbour.png"] * 3


def others_are_looked_at(desk: Desk, looking: ApprovalWatch, hand: Draughtsman) -> None:
    """One after the other: whatever is due with the first was looked at before the second."""
    for name in OTHERS:
        other = desk.asset(name).id
        desk.parts.worker.decide([other], Approval.APPROVED)
        looking.hear(ChangeSet(assets=frozenset({other})))
        assert hand.others.acquire(timeout=PATIENCE_S)


@pytest.mark.parametrize(
    ("trouble", "again_s"),
    [(OfflineError(service="PhotoShelter"), LATE_S), (MediaError(detail="no picture"), 0.0)],
    ids=["before the pause is over", "what will never be a picture"],
)
def test_it_is_not_repeated(desk: Desk, trouble: BridgeError, again_s: float) -> None:
    hand = Draughtsman(trouble)
    looking = watch(desk, hand, again_s=again_s)
    looking.start()
    assert hand.failed.wait(PATIENCE_S)
    others_are_looked_at(desk, looking, hand)
    looking.close(PATIENCE_S)
    assert hand.asked == ["harbour.png", *OTHERS]
