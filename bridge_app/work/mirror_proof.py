"""Reads assets by their IDs: what they are now, and proof that they are gone.

Nothing is forgotten because a search or a listing does not show it: only a read by asset ID
that says so lets that happen, and of many at once a person decides.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bridge_app.delivery.asset_answers import misunderstood
from bridge_app.delivery.listing import IDS, Listing
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.jobs import Trouble
from bridge_app.storage.cloud_mirror import CloudMirror, Vouchers
from bridge_app.storage.deliveries import Deliveries
from bridge_app.work.events import Event, trouble_of
from bridge_app.work.scan import may_go_unasked

LAG = timedelta(minutes=15)
"""So long the search index is trusted to need at most; the service speaks of seconds."""
FEW = 20
"""So many assets are read one by one, with everything that is known of them."""
GONE = "It is not in the environment any more."


class ManyGoneFromCloudError(BridgeError):
    """So many assets are gone at once that it may be a mistake."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{count} assets are not in {environment} any more, {first} among them. They are kept in "
        "the catalog until you say that they may be forgotten.",
    )


class RecentlyGone:
    """Assets that were read by ID and were gone: a search may show them for a while yet."""

    def __init__(self) -> None:
        self._gone: dict[tuple[str, str], datetime] = {}

    def add(self, environment: str, asset_ids: Iterable[str], at: datetime) -> None:
        """These are gone."""
        self._gone |= {(environment, asset_id): at for asset_id in asset_ids}

    def drop(self, assets: Iterable[CloudAsset]) -> None:
        """These are there again."""
        for asset in assets:
            self._gone.pop((asset.environment, asset.asset_id), None)

    def holds(self, asset: CloudAsset, now: datetime) -> bool:
        """Is what a search says of this asset older than what is known?"""
        at = self._gone.get((asset.environment, asset.asset_id))
        return at is not None and now - at < LAG


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorStores:
    """What a sync writes to, and who hears of it."""

    mirror: CloudMirror
    deliveries: Deliveries
    emit: Callable[[Event], None]
    gone: RecentlyGone = field(default_factory=RecentlyGone)


class Reads:
    """Reads by asset ID in one environment; what is proven to be gone is forgotten."""

    def __init__(
        self,
        listing: Listing,
        stores: MirrorStores,
        vouchers: Vouchers,
        *,
        check: Callable[[], None],
        keep: Callable[[Sequence[CloudAsset]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._listing = listing
        self._stores = stores
        self._vouchers = vouchers
        self._check = check
        self._keep = keep
        self._now = now
        self._environment = listing.environment
        self.trouble: Trouble | None = None
        """What a person has to know after the reads."""

    def again(self, asset_ids: Iterable[str], mode: FolderMode) -> None:
        """Read these assets; keep what they are now, forget those that are gone."""
        wanted = sorted(set(asset_ids))
        gone: list[str] = []
        for start in range(0, len(wanted), IDS):
            self._check()
            some = wanted[start : start + IDS]
            alive = self._each(some, mode) if len(wanted) <= FEW else self._together(some, mode)
            self._stores.gone.drop(alive)
            self._keep(alive)
            gone.extend(set(some) - {asset.asset_id for asset in alive})
        if gone:
            self._forget(sorted(gone))

    def _each(self, asset_ids: Sequence[str], mode: FolderMode) -> list[CloudAsset]:
        found: list[CloudAsset] = []
        for asset_id in asset_ids:
            self._check()
            asset = self._listing.one(asset_id, mode)
            if asset is not None and not asset.placeholder:
                if asset.asset_id != asset_id:
                    raise misunderstood("another asset was told than the one asked for")
                found.append(asset)
        return found

    def _together(self, asset_ids: Sequence[str], mode: FolderMode) -> list[CloudAsset]:
        """Many in one call; one of those it is silent about is read by itself to confirm that."""
        told = self._listing.by_ids(asset_ids, mode)
        alive = [asset for asset in told if asset.asset_id in set(asset_ids)]
        silent = [one for one in asset_ids if one not in {asset.asset_id for asset in alive}]
        if silent:
            doubted = self._listing.one(silent[0], mode)
            if doubted is not None and not doubted.placeholder:
                raise misunderstood("a read of several assets left out one that is there")
        known = self._stores.mirror.assets(self._environment, asset_ids)
        return [self._completed(asset, known.get(asset.asset_id), mode) for asset in alive]

    def _completed(
        self, asset: CloudAsset, known: CloudAsset | None, mode: FolderMode
    ) -> CloudAsset:
        """With what a read of several does not tell; a new version is read by itself."""
        if known is not None and known.version == asset.version:
            return replace(
                asset,
                etag=asset.etag or known.etag,
                duration_s=asset.duration_s or known.duration_s,
                pages=asset.pages or known.pages,
                moderation=asset.moderation or known.moderation,
                access_control=asset.access_control or known.access_control,
                updated_at=max(asset.updated_at, known.updated_at),
            )
        sent = self._vouchers.copies.get(asset.asset_id)
        if sent is not None and sent.version == asset.version:
            return replace(asset, etag=asset.etag or sent.etag)
        return self._listing.one(asset.asset_id, mode) or asset

    def _forget(self, gone: Sequence[str]) -> None:
        mirror, environment = self._stores.mirror, self._environment
        self._stores.gone.add(environment, gone, self._now())
        if may_go_unasked(len(gone), mirror.count(environment)):
            mirror.remove(environment, gone)
            self._stores.deliveries.forget_copies(environment, gone)
        else:
            known = mirror.assets(environment, gone)
            mirror.mark_missing(environment, gone, GONE)
            first = next((asset.name for asset in known.values()), gone[0])
            error = ManyGoneFromCloudError(count=len(gone), environment=environment, first=first)
            self.trouble = trouble_of(error)
        self._stores.emit(ChangeSet(listing=True, libraries=True))
