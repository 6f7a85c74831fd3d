"""Looks after approvals: keeps pictures of what was approved, and what policies let keep it.

A picture is kept while the approved bytes are still here, because a new version takes their place.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import (
    BridgeError,
    FileTroubleError,
    StorageTroubleError,
    TransientError,
)
from bridge_app.domain.jobs import TransferSummary
from bridge_app.storage.differences import Differences
from bridge_app.storage.search import Readers
from bridge_app.work.differences import DifferenceDesk
from bridge_app.work.events import Event

logger = logging.getLogger(__name__)

PASSING = (TransientError, FileTroubleError)
"""What may be otherwise later, without anything that would be heard: a disk that is not there."""

SETTLE_S = 0.5
"""Several changes are looked at together."""
AGAIN_S = 60.0
"""The pause before what could not be looked at is looked at again."""
AT_START = 200
"""Approvals whose pictures are looked for at a start: an end halfway may have lost some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchMeans:
    """What the watch is lent.

    `picture` makes the preview of a master that lies here, and keeps it; of others, whose services
    are asked for pictures only when somebody looks, it tells whether it is kept. It raises
    BridgeError. `keeps`: does any policy let a small difference keep an approval? `again_s` are
    the seconds before another look at what could not be looked at.
    """

    picture: Callable[[Asset], bool]
    keeps: Callable[[], bool]
    now: Callable[[], datetime]
    again_s: float = AGAIN_S


class ApprovalWatch:
    """One thread. `hear` returns at once; any thread."""

    def __init__(
        self, differences: Differences, readers: Readers, desk: DifferenceDesk, means: WatchMeans
    ) -> None:
        self._differences = differences
        self._readers = readers
        self._desk = desk
        self._means = means
        self._lock = threading.Lock()
        self._changed: set[AssetId] = set()
        self._failed: set[AssetId] = set()
        self._failed_until = 0.0
        self._presets = False
        self._news = threading.Event()
        self._closing = threading.Event()
        self._quiet = threading.Event()
        self._quiet.set()
        self._thread = threading.Thread(target=self._loop, name="approvals", daemon=True)

    def start(self) -> None:
        """From now on look by itself."""
        self._news.set()
        self._thread.start()

    def close(self, timeout_s: float) -> None:
        """End."""
        self._closing.set()
        self._news.set()
        self._quiet.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def hear(self, event: Event) -> None:
        """Take note: something was decided, has a new version, or is made otherwise.

        While masters are being sent, pictures wait: they would take the processor from that.
        """
        if isinstance(event, TransferSummary):
            (self._quiet.clear if event.running else self._quiet.set)()
            if self._closing.is_set():
                self._quiet.set()
        if isinstance(event, ChangeSet) and (event.assets or event.presets):
            with self._lock:
                self._changed |= event.assets
                self._presets |= event.presets
            self._news.set()

    def look(self, assets: Iterable[AssetId]) -> None:
        """Keep the pictures of those that are approved, and approvals that policies let keep.

        What may be otherwise later is looked at again after a pause. Raises StorageTroubleError.
        """
        with self._readers.lent() as reader:
            found = reader.assets(sorted(assets))
        for asset in self._without_picture(found):
            with self._failing(asset.id, "no picture of an approved master is kept"):
                self._kept(asset)
        if self._closing.is_set() or not self._means.keeps():
            return
        for one in self._desk.stale([asset.id for asset in found]):
            if self._closing.is_set():
                return
            with self._failing(one.asset, "an approval could not be compared"):
                self._desk.keep_approval(one.asset, one.transformation)

    def _without_picture(self, found: list[Asset]) -> list[Asset]:
        approved = [one for one in found if one.approval is Approval.APPROVED and one.content]
        known = self._differences.remembered(one.content or "" for one in approved)
        return [one for one in approved if one.content not in known and one.display_size]

    def _kept(self, asset: Asset) -> None:
        self._quiet.wait()
        if self._closing.is_set() or asset.display_size is None or not asset.content:
            return
        if self._means.picture(asset) and not self._closing.is_set():
            self._differences.remember(asset.content, asset.display_size, at=self._means.now())

    @contextmanager
    def _failing(self, asset: AssetId, what: str) -> Iterator[None]:
        """One that cannot be looked at stops no other."""
        try:
            yield
        except StorageTroubleError:
            raise
        except BridgeError as error:
            logger.info("%s: %s", what, error)
            if isinstance(error, PASSING):
                with self._lock:
                    if not self._failed:
                        self._failed_until = time.monotonic() + self._means.again_s
                    self._failed.add(asset)

    def _loop(self) -> None:
        """One error policy: what trouble left undone is tried again after a pause."""
        is_first = True
        while not self._closing.is_set():
            self._news.wait(self._failed_until - time.monotonic() if self._failed else None)
            if self._closing.wait(SETTLE_S):
                return
            self._quiet.wait()
            try:
                if is_first:
                    self._remind()
                    is_first = False
                self._look_at_news()
            except BridgeError as error:
                logger.warning("approvals could not be looked after: %s", error)
                if self._closing.wait(self._means.again_s):
                    return

    def _remind(self) -> None:
        """What was approved while nobody looked is looked at too."""
        assets = self._differences.not_remembered(AT_START)
        with self._lock:
            self._changed.update(assets)

    def _look_at_news(self) -> None:
        """Nothing is forgotten where the look ends in trouble."""
        with self._lock:
            changed, self._changed = self._changed, set()
            presets, self._presets = self._presets, False
            if time.monotonic() >= self._failed_until:
                changed |= self._failed
                self._failed = set()
            self._news.clear()
        try:
            if presets and self._means.keeps():
                changed |= set(self._differences.with_renditions())
            self.look(changed)
        except BridgeError:
            with self._lock:
                self._changed |= changed
                self._presets |= presets
            self._news.set()
            raise
