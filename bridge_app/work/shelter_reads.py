"""Reads masters by their ids: what they are now, and proof that they are gone.

Nothing is forgotten because a listing does not show it: the service has to say twice, an hour
apart, that there is none of that id; and of many at once a person decides.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.shelter import ShelterAsset, service_name
from bridge_app.libraries.photoshelter.errors import (
    BadRecordError,
    NoPermissionError,
    NotThereError,
)
from bridge_app.work.events import trouble_of
from bridge_app.work.scan import may_go_unasked
from bridge_app.work.shelter_keep import ShelterKeep, ShelterListing, ShelterStores

TWICE = timedelta(hours=1)
"""So long after it was first not there an asset is asked for again. Photoshelter.md, 13."""
MOST = 500
"""Reads by id in one sync; the others follow in the next ones."""
DOUBT = 20
"""If none of so many is gone that a listing left out, the listing was at fault."""
PAGE = 50
"""Masters that are kept together."""
UNSURE = "Its service does not have it any more, as it seems; it is asked once more."
GONE = "Its service does not have it any more."


class ManyGoneFromShelterError(BridgeError):
    """So many masters are gone at once that it may be a mistake."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{count} masters are not at {service} any more, {first} among them. They are kept in "
        "the catalog until you say that they may be forgotten.",
    )


class ShelterReads:
    """Reads by id in one account; bounded, so that no listing can make us ask for everything."""

    def __init__(
        self,
        service: ShelterListing,
        stores: ShelterStores,
        keep: ShelterKeep,
        *,
        account: str,
        check: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        self._service = service
        self._stores = stores
        self._keep = keep
        self._account = account
        self._check = check
        self._now = now
        self._left = MOST
        self.trouble: Trouble | None = None
        """What a person has to know after the reads."""

    def again(self, media_ids: Sequence[str], *, are_doubtful: bool = False) -> None:
        """Read these; keep what they are now, note those that are not there.

        `are_doubtful` are those that a listing did not show; if the first few are all there, the
        listing was short, and the others are left.
        """
        read = 0
        for start in range(0, len(media_ids), PAGE):
            some = media_ids[start : start + min(PAGE, max(self._left, 0))]
            gone = self._read(some)
            read += len(some)
            if are_doubtful and not gone and read >= DOUBT:
                return

    def confirm(self) -> None:
        """Ask for the second time; what is not there again is gone."""
        mirror = self._stores.mirror
        due = mirror.gone(self._account, (self._now() - TWICE).isoformat())
        proven: list[ShelterAsset] = []
        for start in range(0, len(due), PAGE):
            proven.extend(self._read(due[start : start + min(PAGE, max(self._left, 0))]))
        if proven:
            self._forget(proven)

    def _read(self, media_ids: Sequence[str]) -> list[ShelterAsset]:
        """Read each and keep what is there; returns what was known of what is not."""
        found: list[ShelterAsset] = []
        missing: list[str] = []
        for media_id in media_ids:
            self._check()
            self._left -= 1
            try:
                asset = self._service.media(media_id)
            except (NoPermissionError, BadRecordError, NotThereError) as error:
                self._stores.mirror.skip(self._account, media_id, str(error))
                continue
            if asset is None:
                missing.append(media_id)
            else:
                found.append(asset)
        for media_id in self._keep.keep(found) if found else ():
            self._keep.read_again(media_id, self._service.media)
        known = self._stores.mirror.known(self._account, missing)
        gone = [one.asset for one in known.values()]
        if gone:
            self._stores.mirror.mark_gone(self._account, gone, self._now().isoformat(), UNSURE)
            self._tell(one.id for one in gone)
        return gone

    def _forget(self, proven: Sequence[ShelterAsset]) -> None:
        mirror = self._stores.mirror
        ids = [one.id for one in proven]
        going = len(mirror.gone(self._account, self._now().isoformat()))
        if may_go_unasked(going, mirror.size(self._account)):
            self._keep.withdraw(proven)
            mirror.remove(ids)
        else:
            mirror.mark_missing(ids, GONE)
            first = min(one.file_name for one in proven)
            service = service_name(self._account)
            self.trouble = trouble_of(
                ManyGoneFromShelterError(count=going, first=first, service=service)
            )
        self._tell(ids)

    def _tell(self, assets: Iterable[AssetId]) -> None:
        changed = frozenset(assets)
        self._stores.emit(ChangeSet(assets=changed, listing=True, libraries=True))
