"""Cloudinary's moderation beside our own review: what waits there, and decisions both ways.

A part of the worker's door of its own: `worker.moderation`. One thread tells what was decided
here when anything changes; everything else blocks, and the window asks off its own thread.
"""

import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.delivery.moderation import CloudModeration
from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.moderations import ModerationStatus, to_tell
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.moderations import ModeratedAsset
from bridge_app.work.events import Event
from bridge_app.work.lookout import Lookout
from bridge_app.work.moderation_jobs import Moderate
from bridge_app.work.moderation_news import ModerationNews

SETTLE_S = 0.2
"""Several decisions are told together."""
AGAIN_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationMeans:
    """What the desk is lent.

    `opened` is the moderation of an environment; raises BridgeError. `current` is the environment
    in use, `online` whether the network may be used, `against` why content may not be delivered
    there, or "". `queue` puts jobs into the ledger; on disk when it returns.
    """

    opened: Callable[[str], CloudModeration]
    current: Callable[[], str | None]
    online: Callable[[], bool]
    against: Callable[[str, str], str]
    queue: Callable[[Sequence[NewJob]], list[int]]
    now: Callable[[], datetime]


class ModerationDesk:
    """Every method may be called from any thread, and blocks but for `hear`."""

    def __init__(self, news: ModerationNews, means: ModerationMeans) -> None:
        self._news = news
        self._means = means
        self._looking = threading.Lock()
        self._noting = threading.Lock()
        self._asked: dict[tuple[str, str], ModerationStatus] = {}
        self._seen: set[AssetId] = set()
        self._lookout = Lookout(
            "moderation",
            self._look_at_news,
            trouble="moderation could not be looked at",
            settle_s=SETTLE_S,
            again_s=AGAIN_S,
        )

    def start(self) -> None:
        """From now on tell decisions by itself; those that were made before, too."""
        self._lookout.start()

    def close(self, timeout_s: float) -> None:
        """End."""
        self._lookout.close(timeout_s)

    def hear(self, event: Event) -> None:
        """Take note: something may have been decided, here or there."""
        if isinstance(event, ChangeSet) and (event.assets or event.listing):
            with self._noting:
                self._seen |= event.assets
            self._lookout.wake()

    # What waits

    def pending(self, environment: str | None = None) -> list[ModeratedAsset]:
        """What waits for a moderator, as it was read last; works offline.

        Of the environment in use unless another one is named. What was decided here is not
        among it, although the service may not have been told yet.
        """
        meant = environment or self._means.current()
        if meant is None:
            return []
        waiting = self._news.moderations.all(meant)
        return [
            one
            for one in waiting
            if one.status is ModerationStatus.PENDING and not self._is_decided(one.asset)
        ]

    def look(self, environment: str | None = None) -> int:
        """Ask the service what waits, and take over what was decided there; how many wait.

        A call for each 500 that wait, or are rejected, and one for each whose moderation is
        another one than was known. Raises BridgeError.
        """
        meant = environment or self._means.current()
        if meant is None:
            return 0
        with self._looking:
            service = self._means.opened(meant)
            found = service.found()
            known = {one.asset_id: one for one in self._news.moderations.all(meant)}
            for asset_id in _to_read(found, known):
                now = service.now(asset_id)
                if now is None or not now.moderation:
                    self._news.gone(meant, asset_id)
                else:
                    self._news.take(now, at=self._means.now())
        self.tell_decisions()
        return len(self.pending(meant))

    def _look_at(self, assets: Iterable[AssetId]) -> None:
        """Read those by their IDs of which the mirror says another thing than is known here."""
        if not self._means.online():
            return
        for one in self._news.differing(assets):
            if self._lookout.is_closing:
                return
            with self._looking:
                now = self._means.opened(one.environment).now(one.asset_id)
                if now is not None and now.moderation:
                    self._news.take(now, at=self._means.now())

    # What was decided

    def tell_decisions(self) -> int:
        """Queue what the service has yet to be told; how many that are.

        From what is on record, so that nothing is lost with a process that ends halfway. A wish
        that failed is a person's to try again; it is not queued anew by itself before a restart.
        """
        batch = uuid.uuid4().hex
        moderations = self._news.moderations
        with self._looking:
            jobs = [
                wish.new_job(batch)
                for environment in moderations.environments()
                for one in moderations.all(environment)
                for wish in self._wishes(one)
            ]
            return len(self._means.queue(jobs)) if jobs else 0

    def _wishes(self, one: ModeratedAsset) -> Iterator[Moderate]:
        asset, key = self._news.asset(one.asset), (one.environment, one.asset_id)
        if asset is None or not asset.content:
            return
        wanted = to_tell(asset.approval, one.status)
        against = self._means.against
        if wanted is ModerationStatus.APPROVED and against(asset.content, one.environment):
            wanted = None
        if wanted is None:
            self._asked.pop(key, None)
        elif self._asked.get(key) is not wanted:
            self._asked[key] = wanted
            yield Moderate(
                environment=one.environment,
                asset_id=one.asset_id,
                asset=one.asset,
                name=one.name,
                content=asset.content,
                status=wanted,
            )

    def _is_decided(self, asset: AssetId) -> bool:
        found = self._news.asset(asset)
        return found is not None and to_tell(found.approval, ModerationStatus.PENDING) is not None

    def _look_at_news(self) -> None:
        """What trouble left unread is read another time."""
        with self._noting:
            seen, self._seen = self._seen, set()
        try:
            self._look_at(seen)
        except BridgeError:
            with self._noting:
                self._seen |= seen
            raise
        self.tell_decisions()


def _to_read(
    found: Mapping[str, ModerationStatus], known: Mapping[str, ModeratedAsset]
) -> list[str]:
    """Those of which something may be new: the index may lag, so each of these is read by its ID.

    What waited when it was read last and is not found any more was decided, or is gone.
    """
    news = [
        asset_id
        for asset_id, status in found.items()
        if asset_id not in known or status is not known[asset_id].status
    ]
    left = [
        asset_id
        for asset_id, one in known.items()
        if asset_id not in found and one.status is not ModerationStatus.APPROVED
    ]
    return [*news, *left]
