"""Looks after approvals: keeps pictures of what was approved, and what policies let keep it.

A picture is kept while the approved bytes are still here, because a new version takes their place.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError, StorageTroubleError
from bridge_app.domain.jobs import TransferSummary
from bridge_app.domain.stale_approvals import Stale
from bridge_app.storage.differences import Differences
from bridge_app.storage.search import Readers
from bridge_app.work.differences import DifferenceDesk
from bridge_app.work.events import Event

logger = logging.getLogger(__name__)

SETTLE_S = 0.5
"""Several changes are looked at together."""
AT_START = 200
"""Approvals whose pictures are looked for at a start: an end halfway may have lost some."""


class ApprovalWatch:
    """One thread. `hear` returns at once; any thread.

    Args:
        picture: Makes the preview of a master that lies here, and keeps it. Of others, whose
            services are asked for pictures only when somebody looks, tells whether it is kept.
            Raises BridgeError.
        keeps: Does any policy let a small difference keep an approval?
    """

    def __init__(
        self,
        differences: Differences,
        readers: Readers,
        desk: DifferenceDesk,
        *,
        picture: Callable[[Asset], bool],
        keeps: Callable[[], bool],
        now: Callable[[], datetime],
    ) -> None:
        self._differences = differences
        self._readers = readers
        self._desk = desk
        self._picture = picture
        self._keeps = keeps
        self._now = now
        self._lock = threading.Lock()
        self._changed: set[AssetId] = set()
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

    def is_idle(self) -> bool:
        """Is nothing left to look at?"""
        return not self._news.is_set()

    def look(self, assets: list[AssetId]) -> None:
        """Keep the pictures of those that are approved, and approvals that policies let keep."""
        with self._readers.lent() as reader:
            found = reader.assets(assets)
        for asset in self._without_picture(found):
            self._kept(asset)
        if self._closing.is_set() or not self._keeps():
            return
        for one in self._desk.stale([asset.id for asset in found]):
            if self._closing.is_set():
                return
            self._keep(one)

    def _without_picture(self, found: list[Asset]) -> list[Asset]:
        approved = [one for one in found if one.approval is Approval.APPROVED and one.content]
        known = self._differences.remembered(one.content or "" for one in approved)
        return [one for one in approved if one.content not in known and one.display_size]

    def _kept(self, asset: Asset) -> None:
        self._quiet.wait()
        if self._closing.is_set() or asset.display_size is None or not asset.content:
            return
        try:
            is_kept = self._picture(asset)
        except StorageTroubleError:
            raise
        except BridgeError as error:
            logger.debug("no picture of the approved %s is kept: %s", asset.name, error)
            return
        if is_kept and not self._closing.is_set():
            self._differences.remember(asset.content, asset.display_size, at=self._now())

    def _keep(self, one: Stale) -> None:
        try:
            self._desk.keep_approval(one.asset, one.transformation)
        except StorageTroubleError:
            raise
        except BridgeError as error:
            logger.info("an approval could not be compared: %s", error)

    def _loop(self) -> None:
        """One error policy: trouble with the databases is logged, and the next change comes."""
        is_first = True
        while True:
            self._news.wait()
            if self._closing.wait(SETTLE_S):
                return
            self._quiet.wait()
            try:
                if is_first:
                    self._remind()
                    is_first = False
                self.look(self._taken())
            except BridgeError as error:
                logger.warning("approvals could not be looked after: %s", error)
            with self._lock:
                if not self._changed and not self._presets:
                    self._news.clear()

    def _remind(self) -> None:
        """What was approved while nobody looked is looked at too."""
        with self._lock:
            self._changed.update(self._differences.not_remembered(AT_START))

    def _taken(self) -> list[AssetId]:
        with self._lock:
            changed, self._changed = self._changed, set()
            presets, self._presets = self._presets, False
        if presets and self._keeps():
            changed |= set(self._differences.with_renditions())
        return sorted(changed)
